import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { DueCheck, ReachStore } from '../domain/family/reach.ts';
import { contactStatuses } from '../domain/vocabulary.ts';
import { readAs } from '../domain/shape.ts';
import { indexNames } from '../names.ts';
import { checksBucket, familyIdOfReach, familyReachKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { is, present } from './table-expressions.ts';

const contactReach = v.object({
  status: v.picklist(contactStatuses),
  confirmed: v.exactOptional(v.boolean()),
});
/** Absent until the first check. */
const reachItem = v.object({
  reach: v.optional(
    v.object({ contacts: v.record(v.string(), contactReach), reachable: v.number(), checkedAt: v.string() }),
  ),
});

/** What a new family's item of this kind holds: nothing found yet, and the time of the first look. */
export const newReachItem = (familyId: string, dueAtMs: number) => ({
  ...familyReachKey(familyId),
  itemType: 'reach' as const,
  dueBucket: checksBucket,
  dueAt: dueAtMs,
});

const dueKey = v.object({ pk: v.string(), sk: v.string(), dueAt: v.number() });

/**
 * What was found of families' subscriptions. The turns stand in the index `due` in a bucket of their own, so that they
 * never come before an alert.
 */
export const dynamoReachStore = (client: DynamoDBClient, tableName: string): ReachStore => {
  const table = dynamoTable(client, tableName);
  return {
    due: async (now, limit) => {
      const found = await table.first(limit, {
        partition: ['dueBucket', checksBucket],
        sort: ['dueAt', 'at-most', now.getTime()],
        index: indexNames.due,
      });
      return found.flatMap((stored): DueCheck[] => {
        const { dueAt, ...key } = readAs(dueKey, stored);
        const familyId = familyIdOfReach(key);
        return familyId === undefined ? [] : [{ familyId, dueAtMs: dueAt }];
      });
    },

    get: async (familyId) => {
      const stored = await table.get(familyReachKey(familyId));
      return stored && readAs(reachItem, stored).reach;
    },

    hasten: async (familyId, now) => {
      await table.update(familyReachKey(familyId), {
        set: { dueAt: now.getTime(), dueBucket: checksBucket },
        if: present('pk'),
      });
    },

    end: async ({ familyId, dueAtMs }, nextMs, found) => {
      const outcome = await table.update(familyReachKey(familyId), {
        set: { dueAt: nextMs, reach: found },
        remove: nextMs === undefined ? ['dueAt', 'dueBucket'] : [],
        // Also what keeps an erased family's item from coming back.
        if: is('dueAt', dueAtMs),
      });
      return outcome.kind === 'applied';
    },
  };
};
