import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { type DeliveryKey, deliveryKeySchema } from '../domain/case/deliveries.ts';
import { defined } from '../domain/defined.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { alertRetentionMs } from '../domain/limits.ts';
import { readAs } from '../domain/shape.ts';
import { indexNames } from '../names.ts';
import type { Waiting } from '../telling/deliver.ts';
import type { DigestEntry, DigestStore } from '../telling/digest-store.ts';
import { digestClaimKey, digestEntryKey, digestsBucket, officeOfDigest } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, atMost, either, is } from './table-expressions.ts';

const entryItem = v.object({
  entryId: v.string(),
  familyId: v.string(),
  alertId: v.string(),
  eventId: v.optional(v.string()),
  destination: deliveryKeySchema,
  drill: v.boolean(),
  urgent: v.boolean(),
  gatheredAt: v.string(),
});
const key = v.object({ pk: v.string(), sk: v.string() });

/** What waits, as its item. It is due at once, so that the watchman's next round finds it. */
export const digestEntryItem = (
  { familyId, alertId, eventId }: EventRef,
  destination: DeliveryKey,
  { officeId, drill, urgent, at }: Waiting,
) => {
  const gatheredAt = at.toISOString();
  const entryId = [gatheredAt, familyId, alertId, eventId, destination].filter((part) => part !== undefined).join('#');
  return {
    ...digestEntryKey(officeId, entryId),
    itemType: 'digest-entry' as const,
    entryId,
    familyId,
    alertId,
    eventId,
    destination,
    drill,
    urgent,
    gatheredAt,
    dueBucket: digestsBucket,
    dueAt: at.getTime(),
    expiresAt: Math.floor((at.getTime() + alertRetentionMs) / 1000),
  };
};

/** What waits for the digest of an office lies in one partition, and in a bucket of its own in the index of what is due. */
export const dynamoDigestStore = (client: DynamoDBClient, tableName: string): DigestStore => {
  const table = dynamoTable(client, tableName);
  return {
    offices: async (now) => {
      const due = await table.query({
        partition: ['dueBucket', digestsBucket],
        sort: ['dueAt', 'at-most', now.getTime()],
        index: indexNames.due,
      });
      return [...new Set(due.flatMap((stored) => officeOfDigest(readAs(key, stored)) ?? []))];
    },

    claim: async (officeId, { now, leaseMs, claimId }) => {
      const claimedUntil = now.getTime() + leaseMs;
      const outcome = await table.update(digestClaimKey(officeId), {
        set: {
          itemType: 'digest-claim',
          digestUntil: claimedUntil,
          digestBy: claimId,
          expiresAt: Math.floor(claimedUntil / 1000) + 3600,
        },
        if: either(absent('digestUntil'), atMost('digestUntil', now.getTime()), is('digestBy', claimId)),
      });
      return outcome.kind === 'applied';
    },

    entries: async (officeId) => {
      const { pk, sk } = digestEntryKey(officeId, '');
      const stored = await table.query({ partition: ['pk', pk], sort: ['sk', 'begins-with', sk] });
      return stored.map((item): DigestEntry => {
        const { familyId, alertId, eventId, ...entry } = readAs(entryItem, item);
        return { ...entry, ref: { familyId, alertId, ...defined({ eventId }) } };
      });
    },

    remove: async (officeId, entries) =>
      table.deleteAll(entries.map(({ entryId }) => digestEntryKey(officeId, entryId))),

    release: async (officeId, claimId) => {
      await table.update(digestClaimKey(officeId), { remove: ['digestUntil'], if: is('digestBy', claimId) });
    },
  };
};
