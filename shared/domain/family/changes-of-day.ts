import * as v from 'valibot';
import { utcDay } from '../clock.ts';
import { changesPerDay } from '../limits.ts';
import type { ReadOnly } from '../read-only.ts';

export const changesOfDaySchema = v.object({
  day: v.string(),
  contacts: v.number(),
  devices: v.number(),
  recoveries: v.number(),
});

/** How much of a family was changed on a day of UTC. Every change is told to all contacts, so that they have a number. */
export type ChangesOfDay = ReadOnly<v.InferOutput<typeof changesOfDaySchema>>;

export type CountedChange = keyof typeof changesPerDay;

/** The counts with one more; `undefined`: the day's number is used up. The same for both PINs. */
export const oneChangeMore = (
  before: ChangesOfDay | undefined,
  change: CountedChange,
  now: Date,
): ChangesOfDay | undefined => {
  const day = utcDay(now);
  const today = before?.day === day ? before : { day, contacts: 0, devices: 0, recoveries: 0 };
  return today[change] >= changesPerDay[change] ? undefined : { ...today, [change]: today[change] + 1 };
};
