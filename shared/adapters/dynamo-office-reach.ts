import { readAs } from '../domain/shape.ts';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { OfficeReachStore } from '../telling/check-offices.ts';
import { officeReachKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, is } from './table-expressions.ts';

const officeReach = v.object({
  offices: v.record(
    v.string(),
    v.object({ confirmed: v.number(), pending: v.number(), isOld: v.exactOptional(v.literal(true)) }),
  ),
  checkAtMs: v.number(),
});

/** What was found of the offices' subscriptions: one item, as they are looked at together. */
export const dynamoOfficeReach = (client: DynamoDBClient, tableName: string): OfficeReachStore => {
  const table = dynamoTable(client, tableName);
  return {
    get: async () => {
      const stored = await table.get(officeReachKey);
      return stored && readAs(officeReach, stored);
    },

    put: async (former, next) => {
      const item = { ...officeReachKey, itemType: 'office-reach' as const, ...next };
      const outcome = await table.put(item, former ? is('checkAtMs', former.checkAtMs) : absent('pk'));
      return outcome.kind === 'applied';
    },
  };
};
