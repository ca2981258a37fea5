/*
 * Clocks of the USA and of the ministry, by their law: to begin, Intl takes a tenth of what a cold function needs to tell
 * of a press. Every other zone is Intl's, and a test holds these to it for the years to come: if a law changes, Node's
 * next version fails that test.
 */

/** What a clock shows. `month` is 1 to 12. */
export type ClockTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** The zone's short name: `PST`. */
  readonly zone: string;
};

type KnownClock = { readonly offsetHours: number; readonly standard: string; readonly summer?: string };

const eastern: KnownClock = { offsetHours: -5, standard: 'EST', summer: 'EDT' };
const central: KnownClock = { offsetHours: -6, standard: 'CST', summer: 'CDT' };
const mountain: KnownClock = { offsetHours: -7, standard: 'MST', summer: 'MDT' };

export const knownClocks: ReadonlyMap<string, KnownClock> = new Map([
  ['America/New_York', eastern],
  ['America/Detroit', eastern],
  ['America/Indiana/Indianapolis', eastern],
  ['America/Kentucky/Louisville', eastern],
  ['America/Chicago', central],
  ['America/Denver', mountain],
  ['America/Boise', mountain],
  ['America/Phoenix', { offsetHours: -7, standard: 'MST' }],
  ['America/Los_Angeles', { offsetHours: -8, standard: 'PST', summer: 'PDT' }],
  ['America/Anchorage', { offsetHours: -9, standard: 'AKST', summer: 'AKDT' }],
  ['Pacific/Honolulu', { offsetHours: -10, standard: 'HST' }],
  ['America/Puerto_Rico', { offsetHours: -4, standard: 'AST' }],
  ['America/Mexico_City', { offsetHours: -6, standard: 'CST' }],
]);

const hourMs = 3_600_000;
/** The law of Mexico is the younger one: until October 2022 it had a summer time, too. */
const lawsSinceMs = Date.UTC(2023, 0, 1);

/** Two in the morning of a Sunday, as milliseconds of that clock. @param nth of the month, 1 for the first */
const sundayAtTwo = (year: number, month: number, nth: number): number => {
  const weekday = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Date.UTC(year, month, 1 + ((7 - weekday) % 7) + 7 * (nth - 1), 2);
};

/** From the second Sunday of March to the first of November, each at two: 15 U.S.C. 260a. */
const isSummer = (standardMs: number): boolean => {
  const year = new Date(standardMs).getUTCFullYear();
  return standardMs >= sundayAtTwo(year, 2, 2) && standardMs < sundayAtTwo(year, 10, 1) - hourMs;
};

/** `undefined`: for Intl to say. */
export const knownClockTime = (instant: Date, timeZone: string): ClockTime | undefined => {
  const known = knownClocks.get(timeZone);
  if (!known || !(instant.getTime() >= lawsSinceMs)) return undefined;
  const standardMs = instant.getTime() + known.offsetHours * hourMs;
  const summer = known.summer !== undefined && isSummer(standardMs) ? known.summer : undefined;
  const shown = new Date(standardMs + (summer === undefined ? 0 : hourMs));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    zone: summer ?? known.standard,
  };
};
