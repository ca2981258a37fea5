import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ForecastGeofenceEventsCommand, LocationClient } from '@aws-sdk/client-location';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';

/*
 * The alert button as a tutorial builds it: one function that stores the alert, asks Amazon Location and publishes, one call
 * after the other, and answers when all is done. Clients are made once, outside of the handler.
 */

const dynamo = new DynamoDBClient();
const location = new LocationClient();
const sns = new SNSClient();
const { TABLE, COLLECTION, FAMILY_TOPIC, OFFICE_TOPIC, MINISTRY_TOPIC } = process.env;

export const handler = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyResultV2> => {
  const { alertId, position } = JSON.parse(event.body ?? '{}');
  const alert = { pk: alertId, sk: 'ALERT', position, raisedAt: new Date().toISOString() };
  await dynamo.send(new PutItemCommand({ TableName: TABLE, Item: marshall(alert) }));
  const { ForecastedEvents = [] } = await location.send(
    new ForecastGeofenceEventsCommand({
      CollectionName: COLLECTION,
      DeviceState: { Position: [position.longitude, position.latitude], Speed: 500 },
      TimeHorizonMinutes: 60,
      SpeedUnit: 'KilometersPerHour',
      DistanceUnit: 'Kilometers',
    }),
  );
  const [nearest] = ForecastedEvents.toSorted((a, b) => (a.NearestDistance ?? 0) - (b.NearestDistance ?? 0));
  const Message = `ALERTA: ${alertId}. ${position.latitude}, ${position.longitude}. ${nearest?.GeofenceId}`;
  for (const TopicArn of [FAMILY_TOPIC, OFFICE_TOPIC, MINISTRY_TOPIC]) {
    await sns.send(new PublishCommand({ TopicArn, Message }));
  }
  return { statusCode: 202, body: JSON.stringify({ alertId }) };
};
