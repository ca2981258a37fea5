import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from '../domain/schema.ts';
import type { OfficeReachStore } from '../telling/check-offices.ts';
import { officeReachKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, is } from './table-expressions.ts';

const officeReach = z.object({
  offices: z.record(
    z.string(),
    z.object({ confirmed: z.number(), pending: z.number(), isOld: z.literal(true).exactOptional() }),
  ),
  checkAtMs: z.number(),
});

/** What was found of the offices' subscriptions: one item, as they are looked at together. */
export const dynamoOfficeReach = (client: DynamoDBClient, tableName: string): OfficeReachStore => {
  const table = dynamoTable(client, tableName);
  return {
    get: async () => {
      const stored = await table.get(officeReachKey);
      return stored && officeReach.parse(stored);
    },

    put: async (former, next) => {
      const item = { ...officeReachKey, itemType: 'office-reach' as const, ...next };
      const outcome = await table.put(item, former ? is('checkAtMs', former.checkAtMs) : absent('pk'));
      return outcome.kind === 'applied';
    },
  };
};
