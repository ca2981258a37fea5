import { fill } from './fill.ts';
import type { TimeWords } from './local-time.ts';

/** Whole minutes from one instant to another; 0 if the other is the earlier one. */
export const minutesBetween = (from: string | Date, to: string | Date): number =>
  Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 60_000));

/** A span of time as people read it: `15 min`, `17 h 38 min`, from two days on `3 days`. */
export const writeDuration = (minutes: number, words: TimeWords): string => {
  if (minutes < 60) return fill(words.minutes, { minutes: String(minutes) });
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return fill(words.days, { days: String(Math.floor(hours / 24)) });
  return minutes % 60 === 0
    ? fill(words.wholeHours, { hours: String(hours) })
    : fill(words.hours, { hours: String(hours), minutes: String(minutes % 60) });
};

/** How long ago an instant was. One that is yet to come, by a wrong clock, is now. */
export const writeAge = (instant: string, now: Date, words: TimeWords): string => {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / 60_000);
  return minutes < 1 ? words.justNow : fill(words.ago, { duration: writeDuration(minutes, words) });
};

/** A phone as it is dialled by hand, its extension, if it has one, apart: `+12135550101 ext. 12`. */
export const writePhone = (phone: string): string => phone.replace(';ext=', ' ext. ');

/** A distance as people read it: `350 m`, `14.1 km`, `104 km`. */
export const writeDistance = (meters: number): string =>
  meters < 1000 ? `${Math.round(meters)} m` : `${(meters / 1000).toFixed(meters < 100_000 ? 1 : 0)} km`;
