import { type Press, type QueueRecord, latestPress } from '../queue/record.ts';
import type { Queue } from '../queue/queue.ts';
import { now } from './http.ts';
import type { Place } from './place.ts';

const followMs = 6 * 60 * 60 * 1000;
/** A point at most so often: a track, not a stream. */
const everyMs = 30_000;

/** The press whose phone is followed: the latest real one, for six hours, until it is over. */
const followed = (record: QueueRecord): Press | undefined =>
  latestPress(record, ({ drill, closed, sent, pressedAt }) => {
    const age = Math.abs(now() - Date.parse(pressedAt));
    return !drill && closed !== true && sent !== 'refused' && age < followMs;
  });

/** Sends where the phone goes after a press, as long as the app is open. */
export const followPresses = (queue: Queue, place: Place): void => {
  let last = { alertId: '', at: 0 };
  place.onFix((position) => {
    const press = followed(queue.view().record);
    if (!press) return;
    const at = performance.now();
    if (press.alertId === last.alertId && at - last.at < everyMs) return;
    last = { alertId: press.alertId, at };
    void queue.moved(press.alertId, position);
  });
  let isFollowing = false;
  const watchIfNeeded = (): void => {
    const isNeeded = followed(queue.view().record) !== undefined;
    if (isNeeded) place.watch();
    else if (isFollowing) place.stop();
    isFollowing = isNeeded;
  };
  queue.onChange(watchIfNeeded);
  watchIfNeeded();
};
