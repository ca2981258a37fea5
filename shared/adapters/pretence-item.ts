import type { Alert } from '../domain/case/alert.ts';
import type { DuressSignal } from '../domain/family/duress-signal.ts';
import { pinLockMs } from '../domain/family/pins.ts';
import { raisedAlertItem } from './alert-item.ts';
import { caseEventItem } from './dynamo-items.ts';
import { blankKey } from './dynamo-keys.ts';
import type { Write } from './table.ts';
import { absent, unlessSet } from './table-expressions.ts';

/** In the index of what is due, like an alert, and not due before the year 2286; it has as many digits as a time of today. */
const neverMs = 9_999_999_999_999;

/**
 * An alert that is not put, under a key and a type where nothing looks: new, with the same attributes, as many bytes and in
 * the same index, so that the write takes as long. Zeros of its size took half a millisecond less.
 */
export const pretenceItem = (alert: Alert, now: Date) => ({
  ...raisedAlertItem(alert),
  ...blankKey(alert.familyId, alert.alertId),
  itemType: 'blank' as const,
  dueAt: neverMs,
  expiresAt: Math.ceil((now.getTime() + pinLockMs) / 1000),
});

/** The alert that a duress PIN raises, or what is as long. */
export const signalWrite = ({ alert, raises }: Pick<DuressSignal, 'alert' | 'raises'>): Write => ({
  put: raises ? raisedAlertItem(alert) : pretenceItem(alert, new Date(alert.raisedAt)),
  if: absent('pk'),
});

/** Where nobody looks; the same each time, as the event's own key is. */
const blankEventItem = (event: DuressSignal['event']) => ({
  ...caseEventItem(event),
  ...blankKey(event.familyId, `${event.familyId}#${event.eventId}`),
  itemType: 'blank' as const,
  dueAt: neverMs,
  expiresAt: Math.ceil((Date.parse(event.at) + pinLockMs) / 1000),
});

/** All of a signal. One that was given before in this hour stays as it is: nobody is told twice, and no write is refused. */
export const signalWrites = (signal: DuressSignal): readonly Write[] => {
  const { pk, sk, ...item } = signal.tells ? caseEventItem(signal.event) : blankEventItem(signal.event);
  const set = Object.entries(item).map(([name, value]) => [name, unlessSet(value)] as const);
  return [signalWrite(signal), { update: { pk, sk }, set: Object.fromEntries(set) }];
};
