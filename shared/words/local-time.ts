import { localFormats } from '../domain/local-formats.ts';
import type { Offices } from '../domain/offices/office-in-charge.ts';
import { fill } from './fill.ts';
import { type ClockTime, knownClockTime } from './known-clocks.ts';

/** How a language writes dates, times and spans. Plain data. */
export type TimeWords = {
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  /** 24 hours (`14:32`) or 12 (`2:32 PM`). */
  readonly clock: '24' | '12';
  /** `{day}`, `{month}`, `{year}`. */
  readonly longDate: string;
  /** `{day}`, `{month}`. */
  readonly shortDate: string;
  /** `{date}`, `{time}`. */
  readonly dateAndTime: string;
  readonly shortDateAndTime: string;
  /** After a clock time of central Mexico, whose short name, CST, is in summer not that of the US zone of the name. */
  readonly centralMexico: string;
  /** Spans of time: `{minutes}`; `{hours}`, `{minutes}`; `{hours}`; `{days}`. */
  readonly minutes: string;
  readonly hours: string;
  readonly wholeHours: string;
  readonly days: string;
  /** How long ago: under a minute; `{duration}`. */
  readonly justNow: string;
  readonly ago: string;
};

/** Without an office that gives a zone: the ministry desk's. The zone is always written with the time. */
export const deskTimeZone = 'America/Mexico_City';

/** The clock of an office; of the ministry, and of one that has left the data, that of the desk. */
export const officeTimeZone = ({ consulateById }: Pick<Offices, 'consulateById'>, officeId: string): string =>
  consulateById(officeId)?.timeZone ?? deskTimeZone;

/** Zones that keep the time of Mexico City all year. */
const centralMexico: ReadonlySet<string> = new Set([
  'America/Mexico_City',
  'America/Monterrey',
  'America/Merida',
  'America/Chihuahua',
  'America/Bahia_Banderas',
]);

type LocalTime = { readonly date: string; readonly time: string; readonly zone: string };

// Only numbers and the zone's short name come from Intl, so texts do not change with its version.
const formatOf = localFormats('en-US', {
  timeZoneName: 'short',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** What Intl says of any zone. */
export const intlClockTime = (instant: Date, timeZone: string): ClockTime => {
  const parts = formatOf(timeZone).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return {
    year: Number(part('year')),
    month: Number(part('month')),
    day: Number(part('day')),
    hour: Number(part('hour')),
    minute: Number(part('minute')),
    zone: part('timeZoneName'),
  };
};

const clockTime = (instant: Date, timeZone: string): ClockTime =>
  knownClockTime(instant, timeZone) ?? intlClockTime(instant, timeZone);

const twoDigits = (value: number): string => String(value).padStart(2, '0');

const localTime = (instant: Date, timeZone: string, words: TimeWords, style: 'long' | 'short'): LocalTime => {
  const { year, month, day, hour, minute, zone } = clockTime(instant, timeZone);
  return {
    date: fill(style === 'long' ? words.longDate : words.shortDate, {
      day: String(day),
      month: (style === 'long' ? words.months : words.shortMonths)[month - 1] ?? '',
      year: String(year),
    }),
    time:
      words.clock === '24'
        ? `${twoDigits(hour)}:${twoDigits(minute)}`
        : `${hour % 12 === 0 ? 12 : hour % 12}:${twoDigits(minute)} ${hour < 12 ? 'AM' : 'PM'}`,
    zone: centralMexico.has(timeZone) ? words.centralMexico : zone,
  };
};

/** An instant as people of that place write it, with the zone's short name: `22 nov 14:32 PST`. */
export const writeTime = (instant: Date, timeZone: string, words: TimeWords, style: 'long' | 'short'): string => {
  const { date, time, zone } = localTime(instant, timeZone, words, style);
  const template = style === 'long' ? words.dateAndTime : words.shortDateAndTime;
  return fill(template, { date, time: `${time} ${zone}` });
};

/** The clock alone, `14:32`, for where nothing else goes in. */
export const writeClock = (instant: Date, timeZone: string, words: TimeWords): string =>
  localTime(instant, timeZone, words, 'short').time;

/** A short date has no year: a time of another year than the reader's is written long. */
export const styleBeside = (instant: Date, other: Date, timeZone: string): 'long' | 'short' => {
  const yearOf = (date: Date) => clockTime(date, timeZone).year;
  return yearOf(instant) === yearOf(other) ? 'short' : 'long';
};

/** The second of two instants, without its date if that is the first one's. */
export const writeLaterTime = (
  later: Date,
  earlier: Date,
  timeZone: string,
  words: TimeWords,
  style: 'long' | 'short',
): string => {
  if (style === 'short' && styleBeside(later, earlier, timeZone) === 'long') {
    return writeTime(later, timeZone, words, 'long');
  }
  const [one, other] = [localTime(earlier, timeZone, words, style), localTime(later, timeZone, words, style)];
  return one.date === other.date ? `${other.time} ${other.zone}` : writeTime(later, timeZone, words, style);
};

/** A press is told apart from its receipt when it is more than this earlier: queued offline, or a slow network. */
const tellApartMs = 2 * 60 * 1000;

/**
 * When it was pressed and received; `late` if the two have to be told apart. `unknown`: the phone said when it was
 * pressed and it could not be read, so nobody may be told that it was just now.
 */
export const pressTimes = (alert: {
  readonly raisedAt: string;
  readonly pressedAt?: string;
  readonly droppedFields: readonly string[];
}): { readonly pressed: Date; readonly received: Date; readonly late: boolean; readonly unknown: boolean } => {
  const received = new Date(alert.raisedAt);
  const pressed = new Date(alert.pressedAt ?? alert.raisedAt);
  const late = received.getTime() - pressed.getTime() > tellApartMs;
  const unknown = ['pressedAt', 'body'].some((field) => alert.droppedFields.includes(field));
  return { pressed: late ? pressed : received, received, late, unknown };
};
