import * as z from './schema.ts';

// Apart from `position.ts`, which the press imports without a schema library.

export const positionSchema = z.object({
  latitude: z.number(),
  longitude: z.number(),
  accuracyMeters: z.number().exactOptional(),
  /** Its accuracy was negative. */
  invalid: z.literal(true).exactOptional(),
  measuredAt: z.string().exactOptional(),
});

export const trackPointSchema = positionSchema.extend({ measuredAt: z.string() });

/** The place in the last message about a move. */
export const toldPositionSchema = trackPointSchema.extend({
  toldAt: z.string(),
  times: z.number(),
});
