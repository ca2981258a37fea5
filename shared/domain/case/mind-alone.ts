import type { Alert } from './alert.ts';
import { onAlert } from './case-event.ts';
import { pendingTo, relativesOf } from './deliveries.ts';
import type { Case, CaseChange } from './case.ts';
import { closedByItself } from './end-drill.ts';
import type { Due } from './minding.ts';
import { tellAgain } from './tell-again.ts';

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
 * the case closes by itself.
 */
export const mindAlone = (
  current: Case,
  now: Date,
  { isOver, throughMs }: Extract<Due, { kind: 'alone' }>,
  retentionMs: number,
): CaseChange => {
  if (isOver) return closing(current, now, retentionMs);
  return tellAgain(current.alert, now, throughMs, relativesOf(current.alert));
};

/**
 * What phone and family see of that where they alone believe it (G7): the same messages at the same times, and the same
 * end. Offices go on by their own clock, and know nothing of it.
 */
export const mindFamilyAlone = (
  alert: Alert,
  now: Date,
  { isOver, throughMs }: Extract<Due, { kind: 'family-alone' }>,
): CaseChange => {
  if (isOver) {
    const set = { familyAlone: { closedAt: now.toISOString() } };
    const { pressedAgain = [] } = alert;
    return { alert, set, events: [], presses: pressedAgain.map(({ alertId }) => ({ alertId, set })) };
  }
  const toldUntil = new Date(throughMs).toISOString();
  return {
    alert,
    set: { familyAlone: { toldUntil } },
    events: [
      {
        ...onAlert(alert, now),
        type: 'alert.silent.v1',
        by: { kind: 'system' },
        eventId: `family-alone.${toldUntil}`,
        familyAlone: true,
        deliveries: pendingTo(['family']),
      },
    ],
  };
};
