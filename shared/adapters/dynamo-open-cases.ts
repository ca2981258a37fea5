import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Alert } from '../domain/case/alert.ts';
import { type OpenCases, listedAlertSchema } from '../domain/case/open-cases.ts';
import type { Clock } from '../domain/clock.ts';
import { familySchema } from '../domain/family/family.ts';
import { readAs } from '../domain/shape.ts';
import { indexNames } from '../names.ts';
import { live } from './dynamo-items.ts';
import { alertKey, caseOfListing, familyIdOfReach, familyKey, familyReachKey, listingKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { type Condition, absent, atMost, either } from './table-expressions.ts';

/** The case of an entry, and at which revision of it the entry is written. */
type Listed = Pick<Alert, 'familyId' | 'alertId' | 'raisedAt'> & { readonly revision: number };

/**
 * The entry of a case in one office's list. With `officeId` it is in the index `office`, which has the open ones; that of
 * a closed case has `formerId` instead, which is as long: the PIN, which closes a case, writes no byte more or less than
 * the duress PIN (G7).
 */
export const listingItem = (
  { familyId, alertId, raisedAt, revision }: Listed,
  officeId: string,
  { open, forgetAt, listedAt }: { readonly open: boolean; readonly forgetAt: Date; readonly listedAt: string },
) => ({
  ...listingKey(familyId, alertId, officeId),
  itemType: 'listing' as const,
  [open ? 'officeId' : 'formerId']: officeId,
  raisedAt,
  listedAt,
  revision,
  expiresAt: Math.floor(forgetAt.getTime() / 1000),
});

/** Keeps what was written of a later revision: whoever tells an office may have read the case before it was closed. */
export const unlessLater = ({ revision }: Listed): Condition => either(absent('pk'), atMost('revision', revision));

const key = v.object({ pk: v.string(), sk: v.string() });

const listingTime = v.object({ ...key.entries, listedAt: v.optional(v.string()) });

const listedFamily = v.object({
  ...v.pick(familySchema, ['familyId', 'registeredAt']).entries,
  person: v.omit(familySchema.entries.person, ['phone']),
});

const personPaths = Object.keys(listedFamily.entries.person.entries).map((name) => `person.${name}`);

const reachItem = v.object({ reach: v.optional(v.object({ reachable: v.number() })) });

/** Open cases of an office by the sparse index `office`, and what its list shows of them, a hundred items a call. */
export const dynamoOpenCases = (client: DynamoDBClient, tableName: string, now: Clock): OpenCases => {
  const table = dynamoTable(client, tableName);
  return {
    ofOffice: async (officeId) => {
      const found = await table.query({
        partition: ['officeId', officeId],
        index: indexNames.office,
        newestFirst: true,
      });
      return found.flatMap((stored) => caseOfListing(readAs(key, stored)) ?? []);
    },

    alerts: async (refs) => {
      const keys = refs.map(({ familyId, alertId }) => alertKey(familyId, alertId));
      const found = await table.getAll(keys, [...Object.keys(listedAlertSchema.entries), 'expiresAt']);
      return found.filter((stored) => live(stored, now())).map((stored) => readAs(listedAlertSchema, stored));
    },

    listedAt: async (officeId, refs) => {
      const keys = refs.map(({ familyId, alertId }) => listingKey(familyId, alertId, officeId));
      const found = await table.getAll(keys, ['pk', 'sk', 'listedAt']);
      const times = new Map(
        found.map((stored) => {
          const { pk, sk, listedAt } = readAs(listingTime, stored);
          return [`${pk} ${sk}`, listedAt];
        }),
      );
      return keys.map(({ pk, sk }) => times.get(`${pk} ${sk}`));
    },

    families: async (familyIds) => {
      const [families, reaches] = await Promise.all([
        table.getAll(familyIds.map(familyKey), ['familyId', 'registeredAt', ...personPaths]),
        table.getAll(familyIds.map(familyReachKey), ['pk', 'sk', 'reach.reachable']),
      ]);
      const reachable = new Map(
        reaches.map((stored) => [familyIdOfReach(readAs(key, stored)), readAs(reachItem, stored).reach?.reachable]),
      );
      return families.map((stored) => {
        const family = readAs(listedFamily, stored);
        return { ...family, reachable: reachable.get(family.familyId) ?? 0 };
      });
    },
  };
};
