import { maximumClockSkewMs, maximumNoteLength, maximumPressAgeMs } from '../limits.ts';
import type { Position } from '../position.ts';

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
const isoDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const numberBetween = (value: unknown, minimum: number, maximum: number): number | undefined =>
  typeof value === 'number' && value >= minimum && value <= maximum ? value : undefined;

/** An ISO 8601 date-time with offset, in UTC; `undefined` when it is not one. */
export const parseInstant = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !isoDateTime.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
};

const parsePressedAt = (value: unknown, now: Date): string | undefined => {
  const instant = parseInstant(value);
  if (instant === undefined) return undefined;
  const ageMs = now.getTime() - Date.parse(instant);
  return ageMs > maximumPressAgeMs || ageMs < -maximumClockSkewMs ? undefined : instant;
};

// Cuts by code point: half a surrogate pair would be refused further down.
const parseNote = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined;
  const text = value
    .toWellFormed()
    .replaceAll(/[^\P{C}\n]/gu, ' ')
    .trim();
  return Array.from(text).slice(0, maximumNoteLength).join('');
};

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
    if (value === undefined || value === null) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) droppedFields.push(name);
    return parsed;
  };

  const parsePosition = (value: unknown): Position | undefined => {
    if (!isRecord(value)) return undefined;
    const latitude = numberBetween(value['latitude'], -90, 90);
    const longitude = numberBetween(value['longitude'], -180, 180);
    if (latitude === undefined || longitude === undefined) return undefined;
    const accuracyMeters = optional('position.accuracyMeters', value['accuracyMeters'], (accuracy) =>
      numberBetween(accuracy, 0, Number.MAX_SAFE_INTEGER),
    );
    const measuredAt = optional('position.measuredAt', value['measuredAt'], (at) => parsePressedAt(at, now));
    return {
      latitude,
      longitude,
      ...(accuracyMeters !== undefined && { accuracyMeters }),
      ...(measuredAt !== undefined && { measuredAt }),
    };
  };

  const position = optional('position', fields['position'], parsePosition);
  const pressedAt = optional('pressedAt', fields['pressedAt'], (value) => parsePressedAt(value, now));
  // A drill that cannot be read as one is an alert: a false alarm is the smaller harm.
  const drill = optional('drill', fields['drill'], (value) => (typeof value === 'boolean' ? value : undefined));
  const battery = optional('battery', fields['battery'], (value) => numberBetween(value, 0, 100));
  const note = optional('note', fields['note'], parseNote);

  return {
    kind: 'press',
    press: {
      alertId: alertId.toLowerCase(),
      drill: drill ?? false,
      ...(position && { position }),
      ...(pressedAt !== undefined && { pressedAt }),
      ...(battery !== undefined && { battery }),
      ...(note !== undefined && note !== '' && { note }),
      droppedFields,
    },
  };
};
