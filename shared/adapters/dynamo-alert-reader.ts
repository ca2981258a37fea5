import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '../domain/clock.ts';
import type { AlertReader } from '../domain/read-alert.ts';
import { isExpired, readAlertItem } from './dynamo-items.ts';
import { alertKey } from './dynamo-keys.ts';

/** Alerts in the table. */
export const dynamoAlertReader = (client: DynamoDBClient, tableName: string, now: Clock): AlertReader => ({
  get: async (familyId, alertId) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(alertKey(familyId, alertId)), ConsistentRead: true }),
    );
    return Item && !isExpired(Item, now()) ? readAlertItem(Item) : undefined;
  },
});
