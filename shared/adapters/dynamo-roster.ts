import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { alertRetentionMs, dayMs } from '../domain/limits.ts';
import {
  type Load,
  type Representative,
  type RosterBook,
  type RosterEntry,
  type RosterLoads,
  type RosterReader,
  representativeSchema,
} from '../domain/representatives/representative.ts';
import { readAs } from '../domain/shape.ts';
import { live } from './dynamo-items.ts';
import { representativeKey, rosterOfferKey } from './dynamo-keys.ts';
import { type Stored, dynamoTable } from './table.ts';
import { present } from './table-expressions.ts';

const offerItem = v.object({ representativeId: v.string(), open: v.boolean() });

/** Until DynamoDB has deleted it nobody counts it: it is there so that a write of before does not come after. */
const doneKeptMs = 1 * dayMs;

/** A case that a representative was asked about. `open`: they may still have to do something for it. */
export type RosterOffer = {
  readonly officeId: string;
  readonly representativeId: string;
  readonly familyId: string;
  readonly alertId: string;
  readonly open: boolean;
};

/** Ids alone: no name, phone or place is in it. */
export const rosterOfferItem = (offer: RosterOffer, now: Date) => {
  const { officeId, representativeId, open } = offer;
  return {
    ...rosterOfferKey(officeId, representativeId, offer),
    itemType: 'roster-offer' as const,
    representativeId,
    open,
    expiresAt: Math.floor((now.getTime() + (open ? alertRetentionMs : doneKeptMs)) / 1000),
  };
};

const loadOf = (offers: readonly v.InferOutput<typeof offerItem>[]): Load => ({
  openCases: offers.filter(({ open }) => open).length,
});

const isRepresentative = ({ itemType }: Stored): boolean => itemType === 'representative';

/** Rosters in the table: one partition an office, which holds who is in it and what they were asked about. */
export const dynamoRoster = (
  client: Pick<DynamoDBClient, 'send'>,
  tableName: string,
  now: () => Date,
): RosterReader & RosterBook & RosterLoads => {
  const table = dynamoTable(client, tableName);

  const ofOffice = async (officeId: string): Promise<readonly RosterEntry[]> => {
    const found = await table.query({ partition: ['pk', representativeKey(officeId).pk] });
    const offers = Map.groupBy(
      found
        .filter((stored) => stored['itemType'] === 'roster-offer' && live(stored, now()))
        .map((stored) => readAs(offerItem, stored)),
      ({ representativeId }) => representativeId,
    );
    return found.filter(isRepresentative).map((stored) => {
      const representative = readAs(representativeSchema, stored);
      return { representative, load: loadOf(offers.get(representative.representativeId) ?? []) };
    });
  };

  const itemOf = (representative: Representative) => ({
    ...representativeKey(representative.officeId, representative.representativeId),
    itemType: 'representative' as const,
    ...representative,
  });

  return {
    ofOffice,

    get: async (officeId, representativeId) => {
      const stored = await table.get(representativeKey(officeId, representativeId));
      return stored && readAs(representativeSchema, stored);
    },

    putAll: async (representatives) => table.putAll(representatives.map(itemOf)),

    change: async ({ officeId, representativeId }, set) => {
      const outcome = await table.update(representativeKey(officeId, representativeId), { set, if: present('pk') });
      return outcome.kind === 'applied';
    },

    record: async ({ familyId, alertId }, offers) =>
      table.putAll(offers.map((offer) => rosterOfferItem({ ...offer, familyId, alertId }, now()))),

    remove: async ({ officeId, representativeId }) => {
      const offers = await table.query({
        partition: ['pk', representativeKey(officeId).pk],
        sort: ['sk', 'begins-with', `OFFERED#${representativeId}#`],
        project: ['pk', 'sk'],
      });
      const keys = readAs(v.array(v.object({ pk: v.string(), sk: v.string() })), offers);
      await table.delete(representativeKey(officeId, representativeId));
      await table.deleteAll(keys);
    },
  };
};
