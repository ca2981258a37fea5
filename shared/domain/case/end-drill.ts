import type { Alert } from './alert.ts';
import { listedOffices } from './alert.ts';
import type { Case, CaseChange } from './case.ts';
import { onAlert } from './case-event.ts';
import { keptMs } from './office-drill.ts';
import { drillEndsAfterMs } from '../limits.ts';
import type { Disposition } from '../vocabulary.ts';

/**
 * When a drill closes by itself, epoch milliseconds. `undefined`: it is closed, or one of earlier versions that its person
 * was forced to cancel.
 */
export const drillEndsAt = ({ state, raisedAt, duress }: Alert): number | undefined =>
  state === 'closed' || duress === true ? undefined : Date.parse(raisedAt) + drillEndsAfterMs;

/** Closes a case by itself, and tells nobody. */
export const closedByItself = (
  { alert, events }: Case,
  now: Date,
  retentionMs: number,
  { cause, disposition }: { readonly cause: 'drill-over' | 'alone-over'; readonly disposition: Disposition },
): CaseChange => {
  const at = now.toISOString();
  return {
    alert,
    set: { state: 'closed', disposition, closedAt: at },
    listing: { open: [], closed: listedOffices(alert) },
    forget: { at: new Date(now.getTime() + keptMs(alert, retentionMs)), timeline: events },
    events: [
      {
        ...onAlert(alert, now),
        eventId: `${cause}.${at}`,
        type: 'alert.closed.v1',
        by: { kind: 'system' },
        disposition,
        deliveries: {},
      },
    ],
  };
};

/** Closes a drill whose time is over, without telling anybody; `undefined`: it is not. */
export const endDrill = (current: Case, now: Date, retentionMs: number): CaseChange | undefined =>
  (drillEndsAt(current.alert) ?? Infinity) > now.getTime()
    ? undefined
    : closedByItself(current, now, retentionMs, { cause: 'drill-over', disposition: 'drill' });
