import { maximumClockSkewMs, maximumNoteLength, maximumPressAgeMs } from '../limits.ts';
import { parseJson } from '../parse-json.ts';
import type { Position } from '../position.ts';
import type { SentInstant } from '../sent-values.ts';
import { isAbsent, readInstant, readNumberBetween, readPosition, readUuid, withoutRollover } from '../sent-values.ts';
import { tidyText } from '../typed-text.ts';
import type { FieldProblem } from '../vocabulary.ts';

export type Press = {
  readonly alertId: string;
  readonly drill: boolean;
  readonly position?: Position;
  readonly pressedAt?: string;
  /** By which offset from UTC the phone wrote that time, if it did. */
  readonly utcOffsetMinutes?: number;
  readonly battery?: number;
  readonly note?: string;
  readonly droppedFields: readonly string[];
};

/** A body can be wrong only in `alertId`: without it one press cannot stay one alert. */
export type PressOutcome =
  | { readonly kind: 'press'; readonly press: Press }
  | { readonly kind: 'invalid'; readonly field: 'alertId'; readonly code: FieldProblem; readonly detail: string };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAhead = (at: string, now: Date): boolean => Date.parse(at) - now.getTime() > maximumClockSkewMs;

const readPressedAt = (value: unknown, now: Date): SentInstant | undefined => {
  const sent = readInstant(value);
  if (sent === undefined) return undefined;
  const at = withoutRollover(sent.at, now);
  return isAhead(at, now) || now.getTime() - Date.parse(at) > maximumPressAgeMs ? undefined : { ...sent, at };
};

const readSentPosition = (value: unknown, now: Date) => {
  const read = readPosition(value, now);
  if ('unreadable' in read) return { dropped: ['position'] };
  const { measuredAt, ...place } = read.position;
  const dropped = read.dropped.map((field) => `position.${field}`);
  if (measuredAt === undefined) return { position: place, dropped };
  if (isAhead(measuredAt, now)) return { position: place, dropped: [...dropped, 'position.measuredAt'] };
  return { position: read.position, dropped };
};

/**
 * Percent. What is between 0 and 1 is a share of one, as browsers and iPhones write it: no phone counts parts of a percent.
 * 1 itself is one percent, as the contract says.
 */
const readBattery = (value: unknown): number | undefined => {
  const battery = readNumberBetween(value, 0, 100, 'percent');
  const isShare = battery !== undefined && battery > 0 && battery < 1 && !/[%٪]/.test(String(value));
  return isShare ? Math.round(battery * 100) : battery;
};

// Cuts by code point: the table would refuse half a surrogate pair.
const readNote = (value: unknown): string | undefined =>
  typeof value === 'string' ? Array.from(tidyText(value)).slice(0, maximumNoteLength).join('').trim() : undefined;

/** What does not parse is dropped and named (G9). Without a schema library: on the press path each kilobyte is load time. */
export const parsePress = (body: unknown, now: Date): PressOutcome => {
  const fields = isRecord(body) ? body : {};
  const alertId = readUuid(fields['alertId']);
  if (alertId === undefined) {
    const code = isAbsent(fields['alertId']) ? 'missing' : 'wrong-format';
    return { kind: 'invalid', field: 'alertId', code, detail: 'must be a UUID made by the client' };
  }

  const droppedFields: string[] = [];
  const optional = <T>(name: string, value: unknown, parse: (value: unknown) => T | undefined): T | undefined => {
    if (isAbsent(value)) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) droppedFields.push(name);
    return parsed;
  };

  const sent = isAbsent(fields['position']) ? { dropped: [] } : readSentPosition(fields['position'], now);
  droppedFields.push(...sent.dropped);
  const pressedAt = optional('pressedAt', fields['pressedAt'], (value) => readPressedAt(value, now));
  // If `drill` cannot be read, it is an alert: a false alarm does less harm.
  const drill = optional('drill', fields['drill'], (value) => (typeof value === 'boolean' ? value : undefined));
  const battery = optional('battery', fields['battery'], readBattery);
  const note = optional('note', fields['note'], readNote);

  return {
    kind: 'press',
    press: {
      alertId,
      drill: drill ?? false,
      ...('position' in sent && { position: sent.position }),
      ...(pressedAt && { pressedAt: pressedAt.at }),
      ...(pressedAt?.offsetMinutes !== undefined && { utcOffsetMinutes: pressedAt.offsetMinutes }),
      ...(battery !== undefined && { battery }),
      ...(note !== undefined && note !== '' && { note }),
      droppedFields,
    },
  };
};

const digits = String.raw`[+\-\u2212]?\p{Nd}+(?:[.,\u066B]\p{Nd}+)?`;
/**
 * Between a name and its value: in JSON, in a form (`position[latitude]=`), in XML, or in a form's parts, each with headers of
 * its own and an empty line (RFC 7578).
 */
const between = String.raw`[\\"'”\]]*(?:\s*[:=>]|\r?\n(?:[\w-]+:[^\r\n]*\r?\n){0,4}\r?\n)\s*[\\"'“]*`;
const searched = {
  alertId: new RegExp(
    String.raw`(?<!\w)alert_?id${between}[{(]*((?:urn:uuid:)?[\da-f]{8}-?(?:[\da-f]{4}-?){3}[\da-f]{12})(?![\w-])`,
    'i',
  ),
  // Only as JSON writes it, and not inside a text: taking an alert for a drill does more harm.
  drill: /[{,\s]"drill"\s*:\s*true\b/,
  latitude: new RegExp(String.raw`\blatitude${between}(${digits})`, 'iu'),
  longitude: new RegExp(String.raw`\blongitude${between}(${digits})`, 'iu'),
} as const;

/** A form's `%7B%22alertId%22`: ASCII is enough for what is searched. In JSON, which has quotes, a `%` is one. */
const withoutPercents = (text: string): string =>
  text.includes('"')
    ? text
    : text.replaceAll(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)));

/** A `NaN`, a line break in a note, a lost half; or JSON written twice, in a list, in a form, or with the name in other letters. */
const searchPress = (sent: string): unknown => {
  // The zeros are of UTF-16.
  const written = sent.replaceAll('\0', '');
  const text = withoutPercents(written);
  const found = (name: keyof typeof searched): string | undefined => searched[name].exec(text)?.[1];
  const [latitude, longitude] = [found('latitude'), found('longitude')];
  return {
    alertId: found('alertId'),
    // As it was sent, and of what begins as JSON: what a form or XML holds of it stands in a text. U+FFFD: a mark of UTF-16.
    drill: /^[\s\uFFFD]*[{["]/.test(written) && searched.drill.test(written),
    ...(latitude !== undefined && longitude !== undefined && { position: { latitude, longitude } }),
  };
};

/** As {@link parsePress}. A body that is no JSON, or has its id elsewhere, is searched (G9). */
export const parsePressText = (text: string, now: Date): PressOutcome => {
  const outcome = parsePress(parseJson(text), now);
  // An id that is there and wrong is the phone's own: another one in the body is that of something else.
  if (outcome.kind === 'press' || outcome.code !== 'missing') return outcome;
  const found = parsePress(searchPress(text), now);
  if (found.kind === 'invalid') return found;
  return { kind: 'press', press: { ...found.press, droppedFields: ['body', ...found.press.droppedFields] } };
};
