import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { type Alert, alertSchema } from '../domain/case/alert.ts';
import { type DeliveryKey, officeOf } from '../domain/case/deliveries.ts';
import { defined } from '../domain/defined.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { type AssignedConsulate, assignedConsulateSchema } from '../domain/offices/consulate.ts';
import { type TwoOffices, sharedBy, twoOfficesSchema } from '../domain/offices/two-offices.ts';
import { alertRetentionMs } from '../domain/limits.ts';
import { readAs, tryReadAs } from '../domain/shape.ts';
import type { Claim, DeliveryStore, OfficesOfPress, PressDeliveryStore } from '../telling/deliver.ts';
import { digestEntryItem } from './dynamo-digest-store.ts';
import { eventKey } from './dynamo-keys.ts';
import { listingItem, unlessLater } from './dynamo-open-cases.ts';
import { pressDeliveries } from './dynamo-press-claims.ts';
import { settle, whilePending } from './dynamo-settle.ts';
import { type Stored, type Table, dynamoTable } from './table.ts';
import { absent, appended, atMost, either, every, is, unlessSet } from './table-expressions.ts';

const claimedItem = v.object({
  deliveries: v.record(v.string(), v.object({ status: v.string(), acceptedAt: v.optional(v.string()) })),
  raisedTo: v.optional(assignedConsulateSchema),
});

/** What a claim of the press keeps beside the claim: the first office that was chosen. */
const firstOffice = (consulate: AssignedConsulate) => ({
  raisedTo: unlessSet(consulate),
  consulate: unlessSet(consulate),
  toldConsulates: unlessSet([consulate.id]),
});

const recordedOffices = v.object({
  raisedTo: v.optional(assignedConsulateSchema),
  consulate: v.optional(assignedConsulateSchema),
  twoOffices: v.optional(twoOfficesSchema),
});

const recordOffices = async (table: Table, ref: EventRef, twoOffices: TwoOffices): Promise<OfficesOfPress> => {
  const { responsible, nearest } = twoOffices;
  const outcome = await table.updateAndRead(eventKey(ref), {
    set: {
      raisedTo: responsible,
      consulate: unlessSet(responsible),
      twoOffices,
      toldConsulates: appended([], [nearest.id, responsible.id]),
      [`deliveries.consulate:${nearest.id}`]: unlessSet({ status: 'pending' }),
    },
    if: every(
      whilePending('consulate'),
      absent('raisedTo'),
      // The ministry may have the case by silence before any office could be told.
      either(absent('consulate'), is('consulate.id', 'ministry')),
    ),
  });
  if (outcome.kind !== 'refused') return { chosen: responsible, twoOffices };
  const found = tryReadAs(recordedOffices, outcome.found);
  const chosen = found?.raisedTo ?? found?.consulate ?? responsible;
  return { chosen, ...defined({ twoOffices: sharedBy(chosen, found?.twoOffices) }) };
};

type ClaimOptions = Parameters<DeliveryStore['claim']>[2] & { readonly claimId: string };

const claim = async (
  table: Table,
  ref: EventRef,
  destination: DeliveryKey,
  { now, leaseMs, consulate, claimId }: ClaimOptions,
): Promise<{ readonly claimed: Claim; readonly item: Stored }> => {
  const at = `deliveries.${destination}`;
  const isFree = either(
    absent(`${at}.claimedUntil`),
    atMost(`${at}.claimedUntil`, now.getTime()),
    is(`${at}.claimedBy`, claimId),
  );
  const outcome = await table.updateAndRead(eventKey(ref), {
    set: {
      [`${at}.claimedUntil`]: now.getTime() + leaseMs,
      [`${at}.claimedBy`]: claimId,
      ...(consulate && firstOffice(consulate)),
    },
    if: every(whilePending(destination), absent(`${at}.gatheredAt`), isFree),
  });
  if (outcome.kind === 'refused') {
    const found = tryReadAs(claimedItem, outcome.found);
    const kind = found?.deliveries[destination]?.status === 'pending' ? 'held' : 'settled';
    return { claimed: { kind }, item: {} };
  }
  const { deliveries, raisedTo } = readAs(claimedItem, outcome.now);
  const accepted = deliveries[destination]?.acceptedAt !== undefined;
  return { claimed: { kind: 'claimed', accepted, ...defined({ consulate: raisedTo }) }, item: outcome.now };
};

/** The office behind a destination. */
const officeBehind = (destination: DeliveryKey, recorded: AssignedConsulate | undefined): string | undefined => {
  if (destination === 'consulate') return recorded?.id;
  return destination === 'ministry' ? destination : officeOf(destination);
};

/** What puts a case into an office's list: from the message on that tells the office of it, while the case is open. */
const list = async (
  table: Table,
  { familyId, alertId, raisedAt, state, revision = 0 }: Alert,
  officeId: string,
  now: Date,
): Promise<void> => {
  if (state === 'closed') return;
  const listed = { familyId, alertId, raisedAt, revision };
  const forgetAt = new Date(now.getTime() + alertRetentionMs);
  const { pk, sk, listedAt, ...item } = listingItem(listed, officeId, {
    open: true,
    forgetAt,
    listedAt: now.toISOString(),
  });
  // An office that is told again has had the case in its list before.
  const set = { ...item, listedAt: unlessSet(listedAt) };
  await table.update({ pk, sk }, { set, remove: ['formerId'], if: unlessLater(listed) });
};

const claimOf = (destination: DeliveryKey) => [
  `deliveries.${destination}.claimedUntil`,
  `deliveries.${destination}.claimedBy`,
];

/**
 * Deliveries as a map on the event item: `deliveries.<destination> = {status, at, claimedUntil, claimedBy, acceptedAt,
 * gatheredAt}`. Every step is one conditional UpdateItem. What has been settled, or erased, meanwhile is refused, and needs no more
 * from us.
 * @param newClaimId names a claim, so that the SDK's retry of a claim whose answer was lost is known as our own
 */
export const dynamoDeliveryStore = (
  client: DynamoDBClient,
  tableName: string,
  newClaimId: () => string,
): PressDeliveryStore => {
  const table = dynamoTable(client, tableName);
  const release: DeliveryStore['release'] = async (ref, destination) => {
    await table.update(eventKey(ref), { remove: claimOf(destination), if: whilePending(destination) });
  };
  return {
    claim: async (ref, destination, options) => {
      const { claimed, item } = await claim(table, ref, destination, { ...options, claimId: newClaimId() });
      if (claimed.kind !== 'claimed') return claimed;
      const officeId = officeBehind(destination, claimed.consulate);
      const alert = ref.eventId === undefined ? tryReadAs(alertSchema, item) : options.alert;
      if (officeId === undefined || !alert) return claimed;
      try {
        await list(table, alert, officeId, options.now);
        return claimed;
      } catch (fault) {
        await release(ref, destination);
        throw fault;
      }
    },

    ...pressDeliveries(table, newClaimId),

    recordOffices: async (ref, twoOffices) => recordOffices(table, ref, twoOffices),

    markAccepted: async (ref, destination, at) => {
      await table.update(eventKey(ref), {
        set: { [`deliveries.${destination}.acceptedAt`]: at.toISOString() },
        remove: [...claimOf(destination), `deliveries.${destination}.gatheredAt`],
        if: whilePending(destination),
      });
    },

    gather: async (ref, destination, waiting) => {
      const gatheredAt = `deliveries.${destination}.gatheredAt`;
      await table.transact([
        {
          update: eventKey(ref),
          set: { [gatheredAt]: waiting.at.toISOString() },
          remove: claimOf(destination),
          if: every(whilePending(destination), absent(gatheredAt)),
        },
        { put: digestEntryItem(ref, destination, waiting) },
      ]);
    },

    divideFamily: async (ref, keys) => {
      const own = keys.map((key) => [`deliveries.${key}`, unlessSet({ status: 'pending' })] as const);
      await table.update(eventKey(ref), {
        set: Object.fromEntries(own),
        remove: keys.includes('family') ? [] : ['deliveries.family'],
        if: whilePending('family'),
      });
    },

    settle: async (ref, destination, ended, followUp) => settle(table, ref, destination, ended, followUp),

    release,
  };
};
