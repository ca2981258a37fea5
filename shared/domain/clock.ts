export type Clock = () => Date;

/** The day of UTC, as in 2026-11-28. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);

/** Whether a text is a day of the calendar, as 2026-11-31 is not. Years from 1000 on: counting back from one keeps four digits. */
export const isDay = (text: string): boolean =>
  /^[1-9]\d{3}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  // What `Date` takes as a day of the next month.
  utcDay(new Date(text)) === text;
