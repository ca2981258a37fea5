import { dayMs, maximumClockSkewMs, maximumPressAgeMs } from './limits.ts';
import { plainText } from './plain-text.ts';
import type { Position } from './position.ts';

/*
 * Numbers and times as phones write them. Presses, positions and check-ins share this reader, so every route takes the
 * same. No schema library: this is on the press path.
 */

/** The table holds 1E-130 to 9.99E+125, and its client stops at 2^53. Numbers outside are no measurements. */
const isStorable = (number: number): boolean =>
  number === 0 || (Math.abs(number) >= 1e-130 && Math.abs(number) <= Number.MAX_SAFE_INTEGER);

/** The signs that may follow a number, by what it counts. A number with another sign is no value of the field. */
const signs = { degrees: '°', percent: '%٪', metres: 'mM' } as const;
type Unit = keyof typeof signs;

const numeral = /^([+-]?(?:\d+(?:[.,،]\d*)?|[.,،]\d+)(?:e[+-]?\d{1,3})?)(?: ?([°%٪m]))?$/i;

const parseNumber = (value: unknown, unit?: Unit): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.length > 60) return undefined;
  const [, digits, sign = ''] = numeral.exec(plainText(value)) ?? [];
  if (digits === undefined || !(unit ? signs[unit] : '').includes(sign)) return undefined;
  return Number(digits.replace(/[,،]/, '.'));
};

/**
 * A number, or a text that is one: `34.05`, `34,05`, `−118.24`, Arabic digits, with the sign of its unit or without.
 * `undefined` for everything else and for numbers that the table cannot hold, such as 4.9E-324, by which phones mark a
 * missing value.
 */
export const readNumber = (value: unknown, unit?: Unit): number | undefined => {
  const number = parseNumber(value, unit);
  return number !== undefined && isStorable(number) ? number : undefined;
};

export const readNumberBetween = (
  value: unknown,
  minimum: number,
  maximum: number,
  unit?: Unit,
): number | undefined => {
  const number = readNumber(value, unit);
  return number !== undefined && number >= minimum && number <= maximum ? number : undefined;
};

export type SentInstant = {
  /** ISO 8601 UTC, with milliseconds. */
  readonly at: string;
  readonly offsetMinutes?: number;
};

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?`;
// First the names of RFC 5322, §4.3: EST, CDT and so on. Mexico has the same offsets. Java also writes AST (Puerto Rico),
// AKST (Alaska), HST (Hawaii), SST (Samoa) and ChST (Guam).
const zone = String.raw`(?:(?<utc>z|gmt|utc?)|(?:gmt|utc)?(?<sign>[+-])(?<zoneHour>\d{1,2}):?(?<zoneMinute>\d{2})?|(?<zoneName>(?:ak|ch|[aecmphs])[sd]t))`;
const forms = [
  // ISO 8601 and RFC 3339: 2026-11-22T14:32:05.123-06:00, with less or with a space for the T. Java's and Temporal's have
  // the zone after it, [America/Chicago] (RFC 9557), and Go's its short name.
  new RegExp(
    String.raw`^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[t ]${clock} ?${zone}(?:(?:\[[^\]]*\])+| [a-z]{3,4})?$`,
    'i',
  ),
  new RegExp(
    String.raw`^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})t(?<hour>\d{2})(?<minute>\d{2})(?:(?<second>\d{2})(?:[.,](?<fraction>\d+))?)?${zone}$`,
    'i',
  ),
  // RFC 1123 and 5322: Sun, 22 Nov 2026 20:32:05 GMT.
  new RegExp(
    String.raw`^(?:[a-z]{3,9},? )?(?<day>\d{1,2})[ -](?<month>[a-z]{3})[a-z]*[ -](?<year>\d{4}) ${clock} ${zone}$`,
    'i',
  ),
  // JavaScript's text of a Date: Sun Nov 22 2026 14:32:05 GMT-0600 (Central Standard Time).
  new RegExp(
    String.raw`^[a-z]{3} (?<month>[a-z]{3}) (?<day>\d{1,2}) (?<year>\d{4}) ${clock} ${zone}(?: \(.*\))?$`,
    'i',
  ),
  // Java's text of a Date: Sun Nov 22 14:32:05 GMT-06:00 2026.
  new RegExp(String.raw`^[a-z]{3} (?<month>[a-z]{3}) (?<day>\d{1,2}) ${clock} ${zone} (?<year>\d{4})$`, 'i'),
];

const instantOf = (milliseconds: number, offsetMinutes?: number): SentInstant | undefined => {
  const date = new Date(milliseconds);
  // No phone writes other years than of four digits, and they would not sort as text.
  if (Number.isNaN(date.getTime()) || !/^\d{4}-/.test(date.toISOString())) return undefined;
  return { at: date.toISOString(), ...(offsetMinutes !== undefined && { offsetMinutes }) };
};

type Fields = Readonly<Record<string, string | undefined>>;

const hoursWest: Readonly<Record<string, number>> = { a: 4, e: 5, c: 6, m: 7, p: 8, ak: 9, h: 10, s: 11, ch: -10 };

/** Minutes from UTC; `undefined` for UTC itself, which says nothing of where the phone was. */
const readOffset = ({ utc, zoneName, sign, zoneHour, zoneMinute }: Fields): number | undefined => {
  if (utc !== undefined) return undefined;
  const [, name = '', season] = /^(.*)([sd])t$/.exec((zoneName ?? '').toLowerCase()) ?? [];
  if (zoneName !== undefined) return ((hoursWest[name] ?? 0) - (season === 'd' ? 1 : 0)) * -60;
  const minutes = Number(zoneHour ?? 0) * 60 + Number(zoneMinute ?? 0);
  return sign === '-' ? -minutes : minutes;
};

/** 23:59:60 is a leap second, 24:00 the end of the day. */
const isClock = (hour: number, minute: number, second: number): boolean =>
  (hour < 24 && minute < 60 && second <= 60) || (hour === 24 && minute + second === 0);

const readFields = (fields: Fields): SentInstant | undefined => {
  const number = (name: string): number => Number(fields[name] ?? 0);
  const named = months.indexOf((fields['month'] ?? '').toLowerCase()) + 1;
  const month = named > 0 ? named : number('month');
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
  if (!isClock(hour, minute, second) || month < 1 || month > 12) return undefined;
  const day = Date.UTC(number('year'), month - 1, number('day'));
  if (new Date(day).getUTCDate() !== number('day')) return undefined;

  const offsetMinutes = readOffset(fields);
  if (Math.abs(offsetMinutes ?? 0) > 18 * 60) return undefined;
  const milliseconds = Number((fields['fraction'] ?? '').padEnd(3, '0').slice(0, 3));
  const local = day + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  return instantOf(local - (offsetMinutes ?? 0) * 60_000, offsetMinutes);
};

const appleEpochSeconds = Date.UTC(2001, 0, 1) / 1000;

/** Seconds since 1970, or thousandths of them and so on, or Swift's default, seconds since 2001. Their size tells which. */
const readEpoch = (number: number): SentInstant | undefined => {
  if (number >= 6e8 && number < 1e9) return instantOf((number + appleEpochSeconds) * 1000);
  if (number >= 1e9 && number < 1e10) return instantOf(number * 1000);
  const perMillisecond = [1, 1e3, 1e6].find((parts) => number >= 1e12 * parts && number < 1e13 * parts);
  return perMillisecond === undefined ? undefined : instantOf(Math.round(number / perMillisecond));
};

/** A time in one of the common forms. Date and clock without an offset are no time, because nobody knows the zone. */
export const readInstant = (value: unknown): SentInstant | undefined => {
  const number = parseNumber(value);
  if (number !== undefined) return readEpoch(number);
  if (typeof value !== 'string' || value.length > 100) return undefined;
  const text = plainText(value);
  for (const form of forms) {
    const found = form.exec(text);
    if (found?.groups) return readFields(found.groups);
  }
  return undefined;
};

const uuidForm = /^(?:urn:uuid:)?[{(]?([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})[)}]?$/i;

/** A UUID in the forms of .NET's `B`, `N` and `P`, and as URN: in lower case with its four hyphens. */
export const readUuid = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 60
    ? uuidForm.exec(plainText(value))?.slice(1).join('-').toLowerCase()
    : undefined;

/** `-06:00`. */
export const writeOffset = (minutes: number): string => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};

/** ISO 8601, by the offset of the phone if it gave one. */
export const writeInstant = ({ at, offsetMinutes }: SentInstant): string =>
  offsetMinutes === undefined
    ? at
    : new Date(Date.parse(at) + offsetMinutes * 60_000).toISOString().replace('Z', writeOffset(offsetMinutes));

/** GPS counts weeks with ten bits: old receivers fall back by 1,024 weeks. https://www.gps.gov/support/user/rollover/ */
const rolloverMs = 1024 * 7 * dayMs;

export const withoutRollover = (at: string, now: Date): string => {
  const age = now.getTime() - Date.parse(at);
  const turns = Math.round(age / rolloverMs);
  const left = age - turns * rolloverMs;
  const isRecent = left >= -maximumClockSkewMs && left <= maximumPressAgeMs;
  return turns > 0 && isRecent ? new Date(Date.parse(at) + turns * rolloverMs).toISOString() : at;
};

export type SentPosition = {
  readonly position: Position;
  readonly dropped: readonly ('accuracyMeters' | 'measuredAt')[];
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON's `null` and a field that is not there mean the same. */
export const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;

/**
 * @returns the readable part, or the name of the field without which there is none; `position` if it is no object
 */
export const readPosition = (
  value: unknown,
  now: Date,
): SentPosition | { readonly unreadable: 'latitude' | 'longitude' | 'position' } => {
  if (!isRecord(value)) return { unreadable: 'position' };
  const latitude = readNumberBetween(value['latitude'], -90, 90, 'degrees');
  const longitude = readNumberBetween(value['longitude'], -180, 180, 'degrees');
  if (latitude === undefined) return { unreadable: 'latitude' };
  if (longitude === undefined) return { unreadable: 'longitude' };
  const { accuracyMeters: accuracy, measuredAt: measured } = value;
  const accuracyMeters = readNumber(accuracy, 'metres');
  const measuredAt = readInstant(measured)?.at;
  return {
    position: {
      latitude,
      longitude,
      ...(accuracyMeters !== undefined && (accuracyMeters < 0 ? { invalid: true } : { accuracyMeters })),
      ...(measuredAt !== undefined && { measuredAt: withoutRollover(measuredAt, now) }),
    },
    dropped: [
      ...(accuracyMeters === undefined && !isAbsent(accuracy) ? ['accuracyMeters' as const] : []),
      ...(measuredAt === undefined && !isAbsent(measured) ? ['measuredAt' as const] : []),
    ],
  };
};
