import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseChange, CaseStore } from '../domain/case/case.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import { defined } from '../domain/defined.ts';
import type { FamilyReader } from '../domain/family/family.ts';
import { alertRetentionMs } from '../domain/limits.ts';
import { isUndecided } from './dynamo-case-heads.ts';
import { caseEventItem } from './dynamo-items.ts';
import { endedViewItem, familyViewItem } from './dynamo-family-views.ts';
import { alertKey, eventKey, representativeKey } from './dynamo-keys.ts';
import { listingItem } from './dynamo-open-cases.ts';
import { rosterOfferItem } from './dynamo-roster.ts';
import type { RosterRef } from '../domain/representatives/representative.ts';
import { signalWrite } from './pretence-item.ts';
import { type Write, dynamoTable } from './table.ts';
import { type Change, absent, every, is, present, unlessSet } from './table-expressions.ts';

const epochSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
const mostActions = 100;

/** The events whose time is the case's. A place keeps its own, which is that of the track. */
const forgettable = (timeline: readonly CaseEvent[]): readonly CaseEvent[] =>
  timeline.filter(({ type }) => type !== 'alert.position-moved.v1');

/** The update of the alert, if nobody has changed it since it was read. */
const updateOf = ({ alert, set, remove, forget }: CaseChange): Change => ({
  set: { ...set, expiresAt: forget && epochSeconds(forget.at) },
  ...defined({ remove }),
  add: { revision: 1 },
  if: every(present('pk'), is('revision', alert.revision)),
});

/** What the change does to the lists of offices. */
const listingsOf = ({ alert, forget, listing, events }: CaseChange): readonly Write[] => {
  if (!listing) return [];
  const forgetAt = forget?.at ?? new Date(Date.parse(alert.raisedAt) + alertRetentionMs);
  const listed = { ...alert, revision: (alert.revision ?? 0) + 1 };
  const listedAt = events[0]?.at ?? alert.raisedAt;
  const entry = (open: boolean) => (officeId: string) => ({
    put: listingItem(listed, officeId, { open, forgetAt, listedAt }),
  });
  return [...listing.open.map(entry(true)), ...listing.closed.map(entry(false))];
};

/** The further presses of the case are kept as long as the case, so that none is missing in a later change. */
const pressesOf = ({ alert: { familyId }, presses = [], forget }: CaseChange): readonly Write[] =>
  presses.map(({ alertId, set, joins }) => ({
    update: alertKey(familyId, alertId),
    set: { ...set, expiresAt: forget && epochSeconds(forget.at) },
    if: joins === true ? isUndecided : present('pk'),
  }));

/** Whoever is asked, or takes the case, must be on the roster still; both are busy with it from then on. */
const rosterOf = ({ alert: { familyId, alertId }, roster, events }: CaseChange): readonly Write[] => {
  const at = events[0]?.at ?? '';
  const write = (ref: RosterRef, lastOfferedAt: unknown): readonly Write[] => [
    { update: representativeKey(ref.officeId, ref.representativeId), set: { lastOfferedAt }, if: present('pk') },
    { put: rosterOfferItem({ ...ref, familyId, alertId, open: true }, new Date(at)) },
  ];
  return [
    ...(roster?.asked ?? []).flatMap((ref) => write(ref, at)),
    ...(roster?.accepted ? write(roster.accepted, unlessSet(at)) : []),
  ];
};

/** Cases in the table: the change of the alert and its events are one transaction, conditional on the revision. */
export const dynamoCaseStore = (
  client: DynamoDBClient,
  tableName: string,
  readers: { readonly alerts: Pick<AlertReader, 'get' | 'getWithEvents'>; readonly families: FamilyReader },
): CaseStore => {
  const table = dynamoTable(client, tableName);
  return {
    read: async (familyId, alertId) => {
      const [found, family] = await Promise.all([
        readers.alerts.getWithEvents(familyId, alertId),
        readers.families.get(familyId),
      ]);
      return found && family ? { ...found, family } : undefined;
    },

    readCurrent: async (familyId, alertId) => {
      const [alert, family] = await Promise.all([
        readers.alerts.get(familyId, alertId),
        readers.families.get(familyId),
      ]);
      return alert && family ? { alert, family } : undefined;
    },

    apply: async (change) => {
      const { alert, events, forget, forgetEventsAt } = change;
      const writes: readonly Write[] = [
        { update: alertKey(alert.familyId, alert.alertId), ...updateOf(change) },
        ...events.map((event) => ({ put: caseEventItem(event, forgetEventsAt ?? forget?.at), if: absent('pk') })),
        ...listingsOf(change),
        ...pressesOf(change),
        ...(change.familyView ? [{ put: familyViewItem(change.familyView) }] : []),
        ...(change.endsFamilyView === true ? [{ put: endedViewItem(alert) }] : []),
        ...(change.signal ? [signalWrite(change.signal)] : []),
        ...rosterOf(change),
      ];
      const forgotten = forgettable(forget?.timeline ?? []).map((event) => ({
        update: eventKey(event),
        set: { expiresAt: forget && epochSeconds(forget.at) },
        if: present('pk'),
      }));
      // What is beyond stays until its own, longer time is over.
      const outcome = await table.transact([...writes, ...forgotten].slice(0, mostActions));
      return outcome.kind === 'applied' ? 'applied' : 'conflict';
    },
  };
};
