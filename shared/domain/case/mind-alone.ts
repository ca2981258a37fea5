import { relativesOf, listedOffices, pendingTo } from './alert.ts';
import type { Case, CaseChange } from './case.ts';
import type { CaseEvent } from './case-event.ts';
import { onAlert } from './case-event.ts';
import type { Due } from './minding.ts';

/** The case is over, without an officer who could close it, and nobody is told. */
const closing = ({ alert, events }: Case, now: Date, retentionMs: number): CaseChange => {
  const at = now.toISOString();
  const closed: CaseEvent = {
    ...onAlert(alert, now),
    eventId: `alone-over.${at}`,
    type: 'alert.closed.v1',
    by: { kind: 'system' },
    disposition: 'other',
    deliveries: {},
  };
  return {
    alert,
    set: { state: 'closed', disposition: 'other', closedAt: at, mindedUntil: at },
    listing: { open: [], closed: listedOffices(alert) },
    presses: (alert.pressedAgain ?? []).map(({ alertId }) => ({ alertId, set: { state: 'closed' } })),
    forget: { at: new Date(now.getTime() + retentionMs), timeline: events },
    events: [closed],
  };
};

/**
 * What is due of a case of which no office may know: the family hears again where to look and whom to ask, and after a week
 * the case closes by itself. Whoever was forced has silenced the family, and it closes all the same.
 */
export const mindAlone = (
  current: Case,
  now: Date,
  { isOver, throughMs }: Extract<Due, { kind: 'alone' }>,
  retentionMs: number,
): CaseChange => {
  if (isOver) return closing(current, now, retentionMs);
  const { alert } = current;
  const { escalations = 0 } = alert;
  const family = relativesOf(alert);
  const again: CaseEvent = {
    ...onAlert(alert, now),
    type: 'alert.silent.v1',
    by: { kind: 'system' },
    eventId: `silent.${escalations + 1}`,
    deliveries: pendingTo(family),
  };
  return {
    alert,
    set: { escalations: escalations + 1, mindedUntil: new Date(throughMs).toISOString() },
    events: family.length > 0 ? [again] : [],
  };
};
