import { dayMs, trackBeforePressMs, trackSlotMs } from '../limits.ts';
import type { TrackPoint } from '../position.ts';
import type { Alert } from './alert.ts';

/** However wrong a phone's clock is: what was measured earlier than this before the press stands in one place. */
const mostDaysBefore = 400;

/**
 * The stretch of time that a point of a track stands for, as its beginning in ISO 8601 UTC: 10 seconds, or a day of what
 * was measured over a day before the press. A track has one point of each, so that a phone that sends a hundred a second
 * fills no table and leaves the shape of its way.
 */
export const trackSlot = (
  { raisedAt }: Pick<Alert, 'raisedAt'>,
  { measuredAt }: Pick<TrackPoint, 'measuredAt'>,
): string => {
  const pressed = Date.parse(raisedAt);
  const measured = Math.max(Date.parse(measuredAt), pressed - mostDaysBefore * dayMs);
  const slotMs = pressed - measured > trackBeforePressMs ? dayMs : trackSlotMs;
  return new Date(Math.floor(measured / slotMs) * slotMs).toISOString();
};
