import type { Alert } from './alert.ts';
import { isFamilysAlone, toldOffices } from './alert.ts';
import { authorityKeys, pendingTo } from './deliveries.ts';
import { onAlert } from './case-event.ts';
import type { CaseChange } from './case.ts';
import { distanceMeters } from '../offices/distance.ts';
import { mostMovesTold, movedEveryMs, movedMeters } from '../limits.ts';
import type { PositionFacts, TrackPoint } from '../position.ts';
import { trustOf } from '../position.ts';

type Move = { readonly position: TrackPoint; readonly distanceMeters?: number };

/**
 * What officers have to be told of the newest position, if anything: it is over 1 km from the place that they were last
 * told of and was measured after it, and the last such message is 10 minutes old. Without any
 * trusted place before, the first place is told: it came after a cancellation, or after an officer took the case.
 * Nobody is told of a drill's.
 *
 * From a cancellation on this depends on nothing that differs between the PINs, as the state of the case does (G7).
 */
export const moveOf = (alert: Alert, newest: TrackPoint, now: Date, facts: PositionFacts): Move | undefined => {
  const { toldPosition, deviceView, state } = alert;
  if (isFamilysAlone(alert) || (state === 'closed' && !deviceView)) return undefined;
  if (toldPosition && now.getTime() - Date.parse(toldPosition.toldAt) < movedEveryMs) return undefined;
  if (toldPosition && toldPosition.times >= mostMovesTold) return undefined;

  const before = [toldPosition, alert.position].find((position) => trustOf(position, facts).kind === 'trusted');
  // By the phone's clock alone: ours tells when a queue came, not when a position was measured.
  const since = before?.measuredAt ?? alert.pressedAt;
  if (since !== undefined && newest.measuredAt <= since) return undefined;
  if (!before) return { position: newest };
  const distance = distanceMeters(before, newest);
  return distance > movedMeters ? { position: newest, distanceMeters: Math.round(distance) } : undefined;
};

/**
 * The change that tells the ministry and every office that was told. If the PIN cancelled the case, it is written too and
 * told to nobody, so that the phone waits as long as after the duress PIN (G7).
 */
export const movedTo = (
  { now, newId, retentionMs }: { readonly now: Date; readonly newId: () => string; readonly retentionMs: number },
  alert: Alert,
  move: Move,
): CaseChange => {
  const at = now.toISOString();
  const keys = alert.state === 'closed' ? [] : authorityKeys(toldOffices(alert));
  const times = (alert.toldPosition?.times ?? 0) + 1;
  return {
    alert,
    set: { toldPosition: { ...move.position, toldAt: at, times } },
    events: [
      {
        ...onAlert(alert, now),
        eventId: `moved.${at}.${newId()}`,
        type: 'alert.position-moved.v1',
        by: { kind: 'system' },
        deliveries: pendingTo(keys),
        ...move,
      },
    ],
    // A place is kept no longer than the track.
    forgetEventsAt: new Date(now.getTime() + retentionMs),
  };
};
