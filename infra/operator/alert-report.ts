import type { Desk } from '../../shared/domain/offices/consulate.ts';
import { isUntaken } from '../../shared/domain/case/alert.ts';
import { folioToSay } from '../../shared/domain/case/folio.ts';
import type { Outcome } from './command-line.ts';
import {
  listDestinations,
  isOverdue,
  minutesOpen,
  minutesSince,
  minutesUntaken,
  minutesWithoutEntry,
  causeOf,
  stateName,
  whoHasIt,
  whomToCall,
  writeMinutes,
} from './alert-facts.ts';
import type { SeenAlert, AlertRecord, FoundAlerts } from './alert-items.ts';
import { textTable } from './text-table.ts';

/** The stack's clock and its setting. */
export type Surroundings = { readonly now: Date; readonly escalationMinutes: readonly number[]; readonly desk: Desk };

/** The first letters of each id that tell it from the others, at least eight. */
export const shortIds = (records: readonly AlertRecord[]): ReadonlyMap<string, string> => {
  const ids = [...new Set(records.map(({ alert }) => alert.alertId))];
  const shorten = (id: string): string => {
    let length = 8;
    while (length < id.length && ids.some((other) => other !== id && other.startsWith(id.slice(0, length))))
      length += 1;
    return id.slice(0, length);
  };
  return new Map(ids.map((id) => [id, shorten(id)]));
};

/** Since when an officer has it, or how long nobody has. */
export const officer = (alert: SeenAlert, now: Date): string => {
  const nobodyFor = minutesUntaken(alert, now);
  if (nobodyFor !== undefined) return `NOBODY for ${writeMinutes(nobodyFor)}`;
  if (alert.acknowledgedAt !== undefined) {
    const after = writeMinutes(minutesSince(alert.raisedAt, new Date(alert.acknowledgedAt)));
    return alert.seenOnly ? `only SEEN, after ${after}` : `after ${after}`;
  }
  return alert.state === 'closed' ? 'nobody before it was closed' : 'not to be told';
};

/** How long ago an officer did or wrote something. */
export const lastEntry = (alert: SeenAlert, now: Date): string => {
  const minutes = minutesWithoutEntry(alert, now);
  return minutes === undefined ? 'none' : `${writeMinutes(minutes)} ago`;
};

/** A hand-over that waits; empty: none does. */
const handOver = ({ handOver: given }: SeenAlert, now: Date): string =>
  given
    ? `, handed over to ${given.to.id}, which has NOT taken it for ${writeMinutes(minutesSince(given.at, now))}`
    : '';

/** Who has it, and to whom it is being handed over. */
export const officeOf = (alert: SeenAlert, now: Date): string => `${whoHasIt(alert)}${handOver(alert, now)}`;

export const stateOf = (alert: SeenAlert): string => (alert.drill ? `${stateName(alert)} (drill)` : stateName(alert));

/** Each destination with its status. */
export const summary = (record: AlertRecord): string =>
  listDestinations(record)
    .map(({ id, status }) => `${id} ${status === 'unreachable' ? 'UNREACHABLE' : status}`)
    .join(', ') || '-';

/** What programs get of an alert, from `open` and `show` alike. */
export const alertJson = (record: AlertRecord, { now, escalationMinutes }: Surroundings) => {
  const { alert } = record;
  return {
    familyId: alert.familyId,
    alertId: alert.alertId,
    folio: folioToSay(alert) ?? null,
    office: alert.consulate?.id ?? null,
    state: alert.state,
    drill: alert.drill,
    origin: causeOf(alert),
    raisedAt: alert.raisedAt,
    minutesOpen: minutesOpen(alert, now),
    acknowledgedAt: alert.acknowledgedAt ?? null,
    seenOnly: alert.seenOnly ?? false,
    untakenSince: isUntaken(alert) ? (alert.untakenSince ?? alert.raisedAt) : null,
    lastEntryAt: alert.lastEntryAt ?? null,
    minutesWithoutEntry: minutesWithoutEntry(alert, now) ?? null,
    handOver: alert.handOver ? { to: alert.handOver.to.id, at: alert.handOver.at } : null,
    closedAt: alert.closedAt ?? null,
    disposition: alert.disposition ?? null,
    escalations: alert.escalations ?? 0,
    consularNotification: alert.consularNotification,
    overdue: isOverdue(alert, now, escalationMinutes),
    destinations: listDestinations(record),
  };
};

/**
 * What `open` says. Exit code 1 while an alert waits for an officer beyond the first step of silence, or cannot be
 * read, so that nobody knows.
 *
 * @param officeId whose alerts these are; all of them unless given
 */
export const reportOpen = (
  { records, unreadable }: FoundAlerts,
  { officeId, ...surroundings }: Surroundings & { readonly officeId?: string | undefined },
): Outcome => {
  const { now, escalationMinutes } = surroundings;
  const ids = shortIds(records);
  const overdue = records.filter(({ alert }) => isOverdue(alert, now, escalationMinutes));
  const shortId = ({ alertId }: SeenAlert): string => ids.get(alertId) ?? alertId;
  const lines =
    records.length === 0
      ? [officeId === undefined ? 'No alert is open.' : `No open alert is with ${officeId}.`]
      : [
          textTable([
            ['OFFICE', 'ALERT', 'FOLIO', 'AGE', 'STATE', 'OFFICER', 'LAST ENTRY', 'TOLD'],
            ...records.map((record) => [
              whoHasIt(record.alert),
              shortId(record.alert),
              folioToSay(record.alert) ?? '-',
              writeMinutes(minutesOpen(record.alert, now)),
              stateOf(record.alert),
              officer(record.alert, now),
              lastEntry(record.alert, now),
              summary(record),
            ]),
          ]),
          '',
          overdue.length === 0
            ? `${records.length} open; none has waited ${escalationMinutes[0]} minutes for an officer.`
            : `${records.length} open, ${overdue.length} without an officer for ${escalationMinutes[0]} minutes or more. Call:`,
          ...overdue.map(({ alert }) => `  ${shortId(alert)}  ${whomToCall(alert, surroundings.desk)}`),
          ...records.flatMap(({ alert }) => {
            const waits = handOver(alert, now);
            return waits === '' ? [] : [`${shortId(alert)}${waits}`];
          }),
        ];
  const broken =
    unreadable.length === 0
      ? []
      : ['', 'Not all can be read of:', ...unreadable.map(({ familyId, alertId }) => `  ${familyId} ${alertId}`)];
  return {
    exitCode: overdue.length + unreadable.length === 0 ? 0 : 1,
    text: [...lines, ...broken].join('\n'),
    json: {
      now: now.toISOString(),
      escalationMinutes,
      alerts: records.map((record) => alertJson(record, surroundings)),
      unreadable,
    },
  };
};
