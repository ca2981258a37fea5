import * as z from 'zod';
import { fieldProblems } from '../domain/vocabulary.ts';
import { isAbsent, readInstant, readNumber, writeInstant } from '../domain/sent-values.ts';

/** A UUID in any case; answers have it in lower case (RFC 9562 §4). */
export const uuid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'must be a UUID')
  .meta({ format: 'uuid' });

/** ISO 8601; the API writes UTC. */
export const instant = z.iso.datetime({ offset: true });

/** A point on WGS 84, degrees; `accuracyMeters` is the radius in which the phone believes itself. */
export const position = z
  .object({
    latitude: z.number('must be a number of degrees').min(-90).max(90),
    longitude: z.number('must be a number of degrees').min(-180).max(180),
    accuracyMeters: z.number('must be a number of metres').nonnegative().exactOptional(),
    measuredAt: instant.exactOptional(),
  })
  .meta({ id: 'Position' });

/**
 * A time as callers send it, in any of the forms that the domain reads; ISO 8601 with the offset by which it was written,
 * if it was.
 */
export const sentInstant = z.preprocess((value) => {
  const sent = readInstant(value);
  return sent ? writeInstant(sent) : value;
}, instant);

const readFields = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const { latitude, longitude, accuracyMeters, measuredAt }: Readonly<Record<string, unknown>> = { ...value };
  return {
    latitude: readNumber(latitude, 'degrees'),
    longitude: readNumber(longitude, 'degrees'),
    ...(!isAbsent(accuracyMeters) && { accuracyMeters: readNumber(accuracyMeters, 'metres') }),
    ...(!isAbsent(measuredAt) && { measuredAt: readInstant(measuredAt)?.at ?? measuredAt }),
  };
};

/** A position as callers send it, each of whose fields is an error if it cannot be read. */
export const sentPosition = z.preprocess(readFields, position);

/** RFC 9457 problem details. `errors` names each wrong field, never its value. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z
      .string()
      .exactOptional()
      .describe('The last part of `type`, for programs. Answers of the gateway have none.'),
    detail: z.string().exactOptional(),
    reason: z
      .string()
      .exactOptional()
      .describe('Why the state of a case or family refuses this, in a word for programs.'),
    requestId: z.string().exactOptional().describe('Give this to the operator, who finds it in the logs.'),
    errors: z
      .array(
        z.object({
          field: z.string().describe('Dotted path of the wrong field, such as `contacts.0.endpoint`.'),
          pointer: z.string().describe('The same as a JSON pointer, as RFC 9457 §3 shows: `#/contacts/0/endpoint`.'),
          code: z.enum(fieldProblems).describe('For programs. More may be added.'),
          detail: z.string(),
        }),
      )
      .exactOptional(),
  })
  .meta({ id: 'Problem' });
