import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import { type NumbersStore, caseNumbersSchema } from '../domain/numbers/case-numbers.ts';
import { readAs } from '../domain/shape.ts';
import { numbersKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, atMost, either } from './table-expressions.ts';

/** Of random ids: nobody finds the case from it once the case is forgotten. */
const hashOf = (familyId: string, alertId: string): string =>
  createHash('sha256').update(`${familyId}.${alertId}`).digest('hex').slice(0, 32);

/** Numbers in the table: one item a case, by the month of its press. They have no TTL. */
export const dynamoNumbers = (client: DynamoDBClient, tableName: string): NumbersStore => {
  const table = dynamoTable(client, tableName);
  return {
    count: async ({ familyId, alertId, month }, numbers) => {
      const item = { ...numbersKey(month, hashOf(familyId, alertId)), itemType: 'numbers' as const, ...numbers };
      await table.put(item, either(absent('pk'), atMost('revision', numbers.revision)));
    },

    ofMonth: async (month) => {
      const { pk } = numbersKey(month, '');
      const found = await table.query({ partition: ['pk', pk] });
      return found.map((stored) => readAs(caseNumbersSchema, stored));
    },
  };
};
