import type { Alert } from './alert.ts';
import { listedOffices } from './alert.ts';
import type { Case, CaseChange } from './case.ts';
import { onAlert } from './case-event.ts';
import { drillEndsAfterMs } from '../limits.ts';

/**
 * When a drill closes by itself, epoch milliseconds. `undefined`: it is closed, or one of earlier versions that its person
 * was forced to cancel.
 */
export const drillEndsAt = ({ state, raisedAt, duress }: Alert): number | undefined =>
  state === 'closed' || duress === true ? undefined : Date.parse(raisedAt) + drillEndsAfterMs;

/** Closes a drill whose time is over, without telling anybody; `undefined`: it is not. */
export const endDrill = ({ alert, events }: Case, now: Date, retentionMs: number): CaseChange | undefined => {
  const at = now.toISOString();
  if ((drillEndsAt(alert) ?? Infinity) > now.getTime()) return undefined;
  return {
    alert,
    set: { state: 'closed', disposition: 'drill', closedAt: at },
    listing: { open: [], closed: listedOffices(alert) },
    forget: { at: new Date(now.getTime() + retentionMs), timeline: events },
    events: [
      {
        ...onAlert(alert, now),
        eventId: `drill-over.${at}`,
        type: 'alert.closed.v1',
        by: { kind: 'system' },
        disposition: 'drill',
        deliveries: {},
      },
    ],
  };
};
