import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Clock } from '../domain/clock.ts';
import { deviceViewSchema } from '../domain/case/alert.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import { isExpired, readAlertItem, readEventItem } from './dynamo-items.ts';
import { alertKey } from './dynamo-keys.ts';

const cancelled = z.object({ deviceView: deviceViewSchema.optional() });

/** Alerts in the table. */
export const dynamoAlertReader = (client: DynamoDBClient, tableName: string, now: Clock): AlertReader => ({
  get: async (familyId, alertId) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(alertKey(familyId, alertId)), ConsistentRead: true }),
    );
    return Item && !isExpired(Item, now()) ? readAlertItem(Item) : undefined;
  },

  deviceView: async (familyId, alertId) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: marshall(alertKey(familyId, alertId)),
        ConsistentRead: true,
        // With a key, so that one without a view differs from none.
        ProjectionExpression: 'pk, deviceView',
      }),
    );
    const { deviceView: view } = cancelled.parse(unmarshall(Item ?? {}));
    return Item && { ...(view && { view }) };
  },

  getWithEvents: async (familyId, alertId) => {
    const { pk, sk } = alertKey(familyId, alertId);
    const items: Record<string, AttributeValue>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': sk }),
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) items.push(...Items);
    const stored = items.filter((item) => !isExpired(item, now())).map(readEventItem);
    const alert = stored.find((item) => item?.kind === 'alert')?.alert;
    if (!alert) return undefined;
    const events = stored.flatMap((item) => (item?.kind === 'event' ? [item.event] : []));
    return { alert, events: events.sort((a, b) => a.at.localeCompare(b.at)) };
  },
});
