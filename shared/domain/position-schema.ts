import * as z from 'zod';

/*
 * Beside `position.ts`, because the press imports that and carries no schema library.
 */

/** A point on WGS 84. Latitude and longitude in degrees. */
export const positionSchema = z.object({
  latitude: z.number(),
  longitude: z.number(),
  /** Radius of the circle in which the phone believes itself, in metres. */
  accuracyMeters: z.number().exactOptional(),
  /** The phone itself does not believe it: its accuracy was negative. */
  invalid: z.literal(true).exactOptional(),
  /** When the phone measured it, ISO 8601 UTC. */
  measuredAt: z.string().exactOptional(),
});

/** A position on the track of an alert: it always has a time, the phone's or ours. */
export const trackPointSchema = positionSchema.extend({ measuredAt: z.string() });

/** The place that officers were last told of by a message of its own. */
export const toldPositionSchema = trackPointSchema.extend({
  /** ISO 8601 UTC, by our clock. */
  toldAt: z.string(),
  /** How many such messages there have been. */
  times: z.number(),
});
