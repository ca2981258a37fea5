import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { type ToldToday, type ToldTodayStore, toldTodaySchema } from '../domain/case/told-today.ts';
import type { Clock } from '../domain/clock.ts';
import { alertRetentionMs, dayMs } from '../domain/limits.ts';
import { readAs } from '../domain/shape.ts';
import { newestCaseKey, toldTrustedKey } from './dynamo-keys.ts';
import { type Stored, dynamoTable } from './table.ts';
import { type Change, type Condition, is } from './table-expressions.ts';

/** Longer than a case goes on by itself, so that what follows a press is told as the press was. */
const keptMs = 35 * dayMs;

const prefix = 'heard:';

/** What a family heard of the cases of a day stands in the item of its newest case, so that both are one write. */
export const heardAttribute = (day: string): string => `${prefix}${day}`;

const lists = v.omit(toldTodaySchema, ['revision']);

/** @returns `undefined` of an item that has no revision: nobody heard anything by it yet */
export const heardOn = (stored: Stored | undefined, day: string): ToldToday | undefined => {
  const revision = stored?.['revision'];
  if (typeof revision !== 'number') return undefined;
  return { ...readAs(lists, stored?.[heardAttribute(day)] ?? { full: [], inTurn: [], again: [] }), revision };
};

/** Days of which nothing more is told. */
export const forgottenDays = (stored: Stored | undefined, day: string): readonly string[] => {
  const first = new Date(Date.parse(day) - keptMs).toISOString();
  const days = Object.keys(stored ?? {}).filter((name) => name.startsWith(prefix));
  return days.map((name) => name.slice(prefix.length)).filter((past) => past < first);
};

export const heardUpdate = (
  day: string,
  before: ToldToday | undefined,
  { revision, ...heard }: ToldToday,
): Change & { readonly if: Condition } => ({
  set: { itemType: 'newest-case', revision, [heardAttribute(day)]: heard },
  if: is('revision', before?.revision),
});

/** One read, and one conditional write of what is new. The trusted contact has an item of its own a day (G7). */
export const dynamoToldToday = (client: DynamoDBClient, tableName: string, now: Clock): ToldTodayStore => {
  const table = dynamoTable(client, tableName);
  return {
    read: async ({ familyId, audience, day }) => {
      if (audience === 'family') return heardOn(await table.get(newestCaseKey(familyId)), day);
      const stored = await table.get(toldTrustedKey(familyId, day));
      return stored && readAs(toldTodaySchema, stored);
    },
    write: async ({ familyId, audience, day }, before, after) => {
      if (audience === 'family') {
        const { set, ...rest } = heardUpdate(day, before, after);
        const expiresAt = Math.floor((now().getTime() + alertRetentionMs) / 1000);
        const written = await table.update(newestCaseKey(familyId), { ...rest, set: { ...set, expiresAt } });
        return written.kind === 'applied' ? 'applied' : 'conflict';
      }
      const expiresAt = Math.floor((Date.parse(`${day}T00:00:00.000Z`) + keptMs) / 1000);
      const item = { ...toldTrustedKey(familyId, day), itemType: 'told-today' as const, ...after, expiresAt };
      const outcome = await table.put(item, is('revision', before?.revision));
      return outcome.kind === 'applied' ? 'applied' : 'conflict';
    },
  };
};
