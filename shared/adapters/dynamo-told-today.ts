import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ToldTodayStore } from '../domain/case/told-today.ts';
import { toldTodaySchema } from '../domain/case/told-today.ts';
import { dayMs } from '../domain/limits.ts';
import { toldTodayKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { is } from './table-expressions.ts';

/** Longer than a case goes on by itself, so that what follows a press is told as the press was. */
const keptMs = 35 * dayMs;

/** One item a family, day and who hears: one read, and one conditional Put of what is new. */
export const dynamoToldToday = (client: DynamoDBClient, tableName: string): ToldTodayStore => {
  const table = dynamoTable(client, tableName);
  return {
    read: async ({ familyId, audience, day }) => {
      const stored = await table.get(toldTodayKey(familyId, audience, day));
      return stored && toldTodaySchema.parse(stored);
    },
    write: async ({ familyId, audience, day }, before, after) => {
      const expiresAt = Math.floor((Date.parse(`${day}T00:00:00.000Z`) + keptMs) / 1000);
      const item = { ...toldTodayKey(familyId, audience, day), itemType: 'told-today' as const, ...after, expiresAt };
      const outcome = await table.put(item, is('revision', before?.revision));
      return outcome.kind === 'applied' ? 'applied' : 'conflict';
    },
  };
};
