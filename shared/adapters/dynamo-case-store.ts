import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseChange, CaseStore } from '../domain/case/change-case.ts';
import type { AlertReader } from '../domain/case/read-alert.ts';
import type { FamilyReader } from '../domain/family/family.ts';
import { caseEventItem } from './dynamo-items.ts';
import { alertKey, eventKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import type { Change } from './table-expressions.ts';
import { absent, every, is, present } from './table-expressions.ts';

const epochSeconds = (time: Date): number => Math.floor(time.getTime() / 1000);

// A transaction takes 100 actions. What is beyond stays until its own, longer time is over.
const mostForgotten = 90;

/** The events whose time is the case's. A place keeps its own, which is that of the track. */
const forgettable = (timeline: readonly CaseEvent[]): readonly CaseEvent[] =>
  timeline.filter(({ type }) => type !== 'alert.position-moved.v1').slice(0, mostForgotten);

/**
 * The update of the alert, if nobody has changed it since it was read. The index of open cases is kept in step:
 * `officeId` stands on the item while the case is open.
 */
const updateOf = ({ alert, set, remove = [], forget }: CaseChange): Change => {
  const isClosed = (set.state ?? alert.state) === 'closed';
  return {
    set: {
      ...set,
      officeId: isClosed ? undefined : (set.consulate ?? alert.consulate)?.id,
      expiresAt: forget && epochSeconds(forget.at),
    },
    remove: [...remove, ...(isClosed ? ['officeId'] : [])],
    add: { revision: 1 },
    if: every(present('pk'), is('revision', alert.revision)),
  };
};

/** Cases in the table: the change of the alert and its events are one transaction, conditional on the revision. */
export const dynamoCaseStore = (
  client: DynamoDBClient,
  tableName: string,
  readers: { readonly alerts: Pick<AlertReader, 'getWithEvents'>; readonly families: FamilyReader },
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

    apply: async (change) => {
      const { alert, events, forget, forgetEventsAt } = change;
      const outcome = await table.transact([
        { update: alertKey(alert.familyId, alert.alertId), ...updateOf(change) },
        ...events.map((event) => ({ put: caseEventItem(event, forgetEventsAt ?? forget?.at), if: absent('pk') })),
        ...forgettable(forget?.timeline ?? []).map((event) => ({
          update: eventKey(event),
          set: { expiresAt: forget && epochSeconds(forget.at) },
          if: present('pk'),
        })),
      ]);
      return outcome.kind === 'applied' ? 'applied' : 'conflict';
    },
  };
};
