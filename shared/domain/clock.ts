export type Clock = () => Date;

/** The day of UTC, as in 2026-11-28. */
export const utcDay = (at: Date): string => at.toISOString().slice(0, 10);
