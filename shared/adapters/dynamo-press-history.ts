import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { PressHistory } from '../domain/family/read-family.ts';
import { familyKey } from './dynamo-keys.ts';

const pastPress = z.object({ alertId: z.string(), deviceId: z.string(), drill: z.boolean(), raisedAt: z.string() });

/** A family's presses: one Query of its partition, page by page, of four attributes each. */
export const dynamoPressHistory = (client: DynamoDBClient, tableName: string): PressHistory => ({
  list: async (familyId) => {
    const items: Record<string, AttributeValue>[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :family AND begins_with(sk, :alerts)',
          // Later events of an alert lie under the same prefix.
          FilterExpression: 'itemType = :alert',
          ProjectionExpression: 'alertId, deviceId, drill, raisedAt',
          ExpressionAttributeValues: marshall({
            ':family': familyKey(familyId).pk,
            ':alerts': 'ALERT#',
            ':alert': 'alert',
          }),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return items.map((item) => pastPress.parse(unmarshall(item)));
  },
});
