import type { AlertRecord, FoundAlerts } from './alert-items.ts';
import { officer, shortIds, stateOf } from './alert-report.ts';
import { whoHasIt } from './alert-facts.ts';
import type { Outcome } from './command-line.ts';
import { textTable } from './text-table.ts';

const closedAtOf = ({ alert }: AlertRecord): string => alert.closedAt ?? '';

/** What `closed` says: the last one first. */
export const reportClosed = ({ records, unreadable }: FoundAlerts, since: string, now: Date): Outcome => {
  const ids = shortIds(records);
  const closed = records.toSorted((a, b) => closedAtOf(b).localeCompare(closedAtOf(a)));
  const lines = closed.map(({ alert }) => [
    (alert.closedAt ?? '').slice(0, 16).replace('T', ' '),
    whoHasIt(alert),
    ids.get(alert.alertId) ?? alert.alertId,
    stateOf(alert),
    alert.disposition ?? '-',
    officer(alert, now),
  ]);
  return {
    exitCode: unreadable.length === 0 ? 0 : 1,
    text:
      closed.length === 0
        ? `No alert has been closed since ${since}, or it has been forgotten.`
        : textTable([['CLOSED (UTC)', 'OFFICE', 'ALERT', 'STATE', 'ENDED', 'OFFICER'], ...lines]),
    json: {
      since,
      alerts: closed.map(({ alert }) => ({
        familyId: alert.familyId,
        alertId: alert.alertId,
        office: alert.consulate?.id ?? null,
        drill: alert.drill,
        raisedAt: alert.raisedAt,
        acknowledgedAt: alert.acknowledgedAt ?? null,
        closedAt: alert.closedAt ?? null,
        disposition: alert.disposition ?? null,
      })),
      unreadable,
    },
  };
};
