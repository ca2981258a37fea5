import * as z from 'zod';

/** A UUID in any case; answers carry it in lower case (RFC 9562 §4). */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a UUID')
  .meta({ format: 'uuid' });

/** A time as the API writes it: ISO 8601, UTC. */
export const instant = z.iso.datetime({ offset: true });

/** A point on WGS 84, degrees; `accuracyMeters` is the radius in which the phone believes itself. */
export const position = z
  .object({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    accuracyMeters: z.number().nonnegative().exactOptional(),
    measuredAt: instant.exactOptional(),
  })
  .meta({ id: 'Position' });

/** How an answer says what is wrong: RFC 9457 problem details. `errors` names each wrong field, never its value. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().exactOptional(),
    requestId: z.string().exactOptional().describe('Give this to the operator; the logs know it.'),
    errors: z
      .array(
        z.object({
          field: z.string().describe('Dotted path of the wrong field, such as `contacts.0.endpoint`.'),
          pointer: z.string().describe('The same as a JSON pointer, as RFC 9457 §3 shows: `#/contacts/0/endpoint`.'),
          detail: z.string(),
        }),
      )
      .exactOptional(),
  })
  .meta({ id: 'Problem' });
