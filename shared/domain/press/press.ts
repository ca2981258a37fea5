import { maximumClockSkewMs, maximumNoteLength, maximumPressAgeMs } from '../limits.ts';
import type { Position } from '../position.ts';
import { isAbsent, readInstant, readNumberBetween, readPosition, withoutRollover } from '../sent-values.ts';
import { tidyText } from '../typed-text.ts';

/** What a phone sent when the button was pressed, after everything that did not parse was dropped. */
export type Press = {
  /** UUID in lower case. */
  readonly alertId: string;
  readonly drill: boolean;
  readonly position?: Position;
  readonly pressedAt?: string;
  readonly battery?: number;
  readonly note?: string;
  /** Names of the fields that were sent and dropped, such as `position.accuracyMeters`. */
  readonly droppedFields: readonly string[];
};

/** The only way in which a body can be wrong: without a usable `alertId` we cannot keep one press one alert. */
export type PressOutcome =
  | { readonly kind: 'press'; readonly press: Press }
  | { readonly kind: 'invalid'; readonly field: 'alertId'; readonly detail: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAhead = (at: string, now: Date): boolean => Date.parse(at) - now.getTime() > maximumClockSkewMs;

const readPressedAt = (value: unknown, now: Date): string | undefined => {
  const sent = readInstant(value);
  if (sent === undefined) return undefined;
  const at = withoutRollover(sent.at, now);
  return isAhead(at, now) || now.getTime() - Date.parse(at) > maximumPressAgeMs ? undefined : at;
};

/** Only an accuracy, a time or both may be missing; a time ahead of ours says nothing. */
const readSentPosition = (value: unknown, now: Date) => {
  const read = readPosition(value, now);
  if ('unreadable' in read) return { dropped: ['position'] };
  const { measuredAt, ...place } = read.position;
  const dropped = read.dropped.map((field) => `position.${field}`);
  if (measuredAt === undefined) return { position: place, dropped };
  if (isAhead(measuredAt, now)) return { position: place, dropped: [...dropped, 'position.measuredAt'] };
  return { position: read.position, dropped };
};

// Cuts by code point: half a surrogate pair would be refused further down.
const readNote = (value: unknown): string | undefined =>
  typeof value === 'string' ? Array.from(tidyText(value)).slice(0, maximumNoteLength).join('').trim() : undefined;

/**
 * Reads the body of a press. Each optional field that does not parse is dropped and named in `droppedFields`; unknown
 * fields are ignored: a press is never refused for them (G9). This file has no schema library on purpose: it is
 * on the press path, where each kilobyte is load time; a property test holds it to the published contract.
 */
export const parsePress = (body: unknown, now: Date): PressOutcome => {
  const fields = isRecord(body) ? body : {};
  const { alertId } = fields;
  if (typeof alertId !== 'string' || !uuid.test(alertId)) {
    return { kind: 'invalid', field: 'alertId', detail: 'must be a UUID made by the client' };
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
  // A drill that cannot be read as one is an alert: a false alarm is the smaller harm.
  const drill = optional('drill', fields['drill'], (value) => (typeof value === 'boolean' ? value : undefined));
  const battery = optional('battery', fields['battery'], (value) => readNumberBetween(value, 0, 100));
  const note = optional('note', fields['note'], readNote);

  return {
    kind: 'press',
    press: {
      alertId: alertId.toLowerCase(),
      drill: drill ?? false,
      ...('position' in sent && { position: sent.position }),
      ...(pressedAt !== undefined && { pressedAt }),
      ...(battery !== undefined && { battery }),
      ...(note !== undefined && note !== '' && { note }),
      droppedFields,
    },
  };
};

const digits = String.raw`[+\-\u2212]?\p{Nd}+(?:[.,\u066B]\p{Nd}+)?`;
const searched = {
  alertId: /["']?alertId["']?\s*[:=]\s*["']?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/i,
  // Exactly as JSON has it, and not within a text: taking an alert for a drill is the greater harm.
  drill: /[{,\s]"drill"\s*:\s*true\b/,
  latitude: new RegExp(String.raw`["']?\blatitude["']?\s*[:=]\s*["']?(${digits})`, 'iu'),
  longitude: new RegExp(String.raw`["']?\blongitude["']?\s*[:=]\s*["']?(${digits})`, 'iu'),
} as const;

/** What can be found in a body that is no JSON: `NaN` in it, a line break in a note, a comma too many, half of it lost. */
const searchPress = (text: string): unknown => {
  const found = (name: keyof typeof searched): string | undefined => searched[name].exec(text)?.[1];
  const [latitude, longitude] = [found('latitude'), found('longitude')];
  return {
    alertId: found('alertId'),
    drill: searched.drill.test(text),
    ...(latitude !== undefined && longitude !== undefined && { position: { latitude, longitude } }),
  };
};

/** Reads a press from the text of its body, which is searched if it is no JSON (G9): see {@link parsePress}. */
export const parsePressText = (text: string, now: Date): PressOutcome => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    const outcome = parsePress(searchPress(text), now);
    if (outcome.kind === 'invalid') return outcome;
    const { press } = outcome;
    return { kind: 'press', press: { ...press, droppedFields: ['body', ...press.droppedFields] } };
  }
  return parsePress(body, now);
};
