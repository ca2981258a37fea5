import { localFormats } from '../local-formats.ts';

/** Hours of some days of the week. Minutes of the day by the clock of the office; `until` may be past midnight. */
type Rule = { readonly days: readonly number[]; readonly from: number; readonly until: number };

/** When a representative is asked. None: always. */
export type Hours = readonly Rule[];

const dayNames = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const minutesADay = 24 * 60;
const minuteMs = 60_000;

const daysOf = (text: string): readonly number[] | undefined => {
  const days: number[] = [];
  for (const part of text.split(',')) {
    const [first, last = first, ...rest] = part.split('-').map((name) => dayNames.findIndex((day) => day === name));
    if (first === undefined || last === undefined || first < 0 || last < 0 || rest.length > 0) return undefined;
    // Fr-Mo goes over the weekend.
    const count = ((last - first + 7) % 7) + 1;
    for (let day = first; day < first + count; day += 1) days.push(day % 7);
  }
  return days;
};

const minuteOf = (hours: string, minutes: string): number | undefined => {
  const minute = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && minute <= minutesADay ? minute : undefined;
};

const ruleOf = (text: string): Rule | undefined => {
  const parts = /^([A-Za-z,-]+) (\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text.trim().replaceAll(/\s+/g, ' '));
  const [, dayText = '', fromHour = '', fromMinute = '', untilHour = '', untilMinute = ''] = parts ?? [];
  const days = daysOf(dayText);
  const from = minuteOf(fromHour, fromMinute);
  const until = minuteOf(untilHour, untilMinute);
  if (!parts || !days || from === undefined || until === undefined || from === until || from === minutesADay) {
    return undefined;
  }
  return { days, from, until: until > from ? until : until + minutesADay };
};

/** `Mo-Fr 09:00-18:00`; several are separated by `;`, an empty text is always. @returns `undefined` for any other text */
export const parseHours = (text: string): Hours | undefined => {
  if (text.trim() === '') return [];
  const rules = text.split(';').map(ruleOf);
  const known = rules.filter((rule) => rule !== undefined);
  return known.length === rules.length ? known : undefined;
};

const formatOf = localFormats('en-US', { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Minutes since Monday began, by the clock of a zone. */
const minuteOfWeek = (instant: Date, timeZone: string): number => {
  const parts = formatOf(timeZone).formatToParts(instant);
  const valueOf = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const day = dayNames.findIndex((name) => valueOf('weekday').startsWith(name));
  return day * minutesADay + Number(valueOf('hour')) * 60 + Number(valueOf('minute'));
};

const minutesAWeek = 7 * minutesADay;

/** How long after the rule's beginning on that day it is, within a week. */
const minutesSince = (minute: number, day: number, from: number): number =>
  (minute - (day * minutesADay + from) + minutesAWeek) % minutesAWeek;

/** Whether a representative may be asked at that instant. */
export const isWithinHours = (hours: Hours, instant: Date, timeZone: string): boolean => {
  if (hours.length === 0) return true;
  const minute = minuteOfWeek(instant, timeZone);
  return hours.some(({ days, from, until }) => days.some((day) => minutesSince(minute, day, from) < until - from));
};

/** When they may next be asked: now, or when their next hours begin. */
export const nextWithinHours = (hours: Hours, instant: Date, timeZone: string): Date => {
  if (isWithinHours(hours, instant, timeZone)) return instant;
  const minute = minuteOfWeek(instant, timeZone);
  const startMs = Math.floor(instant.getTime() / minuteMs) * minuteMs;
  const times = hours.flatMap(({ days, from }) =>
    days.map((day) => {
      const wanted = day * minutesADay + from;
      const atMs = startMs + ((wanted - minute + minutesAWeek) % minutesAWeek) * minuteMs;
      // The clocks may change in between.
      const off = wanted - minuteOfWeek(new Date(atMs), timeZone);
      const shift = off > minutesAWeek / 2 ? off - minutesAWeek : off < -minutesAWeek / 2 ? off + minutesAWeek : off;
      return atMs + shift * minuteMs;
    }),
  );
  return new Date(Math.min(...times.map((atMs) => Math.max(atMs, startMs + minuteMs))));
};
