import { longestRetryMs } from './limits.ts';

/** Waits as long as the event is old, at most 15 minutes: 1, 2, 4, 8, 15, 15 … */
export const nextRetryAt = (startedAt: Date, now: Date): number =>
  now.getTime() + Math.min(Math.max(now.getTime() - startedAt.getTime(), 60_000), longestRetryMs);
