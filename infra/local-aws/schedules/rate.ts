const minutesPer: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: 1440 };

/** Minutes of `rate(5 minutes)`; an expression of another kind is an error. */
export const rateMinutes = (expression: string): number => {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const minutes = Number(count) * (minutesPer[unit ?? ''] ?? Number.NaN);
  if (!Number.isInteger(minutes) || minutes < 1) throw new Error(`the schedule ${expression} is not understood`);
  return minutes;
};
