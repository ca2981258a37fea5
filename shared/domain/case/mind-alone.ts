import { relativesOf, pendingTo } from './alert.ts';
import type { Case, CaseChange } from './case.ts';
import type { CaseEvent } from './case-event.ts';
import { onAlert } from './case-event.ts';
import { closedByItself } from './end-drill.ts';
import type { Due } from './minding.ts';

/** The case is over, without an officer who could close it, and nobody is told. */
const closing = (current: Case, now: Date, retentionMs: number): CaseChange => {
  const closed = closedByItself(current, now, retentionMs, { cause: 'alone-over', disposition: 'other' });
  const { pressedAgain = [] } = current.alert;
  return {
    ...closed,
    set: { ...closed.set, mindedUntil: now.toISOString() },
    presses: pressedAgain.map(({ alertId }) => ({ alertId, set: { state: 'closed' } })),
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
