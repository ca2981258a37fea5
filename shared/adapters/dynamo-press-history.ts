import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { PressHistory } from '../domain/family/read-family.ts';
import { familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { is } from './table-expressions.ts';

const pastPress = z.object({ alertId: z.string(), deviceId: z.string(), drill: z.boolean(), raisedAt: z.string() });

/** A family's presses: one Query of its partition, page by page, of four attributes each. */
export const dynamoPressHistory = (client: DynamoDBClient, tableName: string): PressHistory => {
  const table = dynamoTable(client, tableName);
  return {
    list: async (familyId) => {
      const found = await table.query({
        partition: ['pk', familyKey(familyId).pk],
        sort: ['sk', 'begins-with', 'ALERT#'],
        // Later events of an alert lie under the same prefix.
        filter: is('itemType', 'alert'),
        project: ['alertId', 'deviceId', 'drill', 'raisedAt'],
      });
      return z.array(pastPress).parse(found);
    },
  };
};
