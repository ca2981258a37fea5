import * as v from 'valibot';

// Apart from `position.ts`, which the press imports without a schema library.

export const positionSchema = v.object({
  latitude: v.number(),
  longitude: v.number(),
  accuracyMeters: v.exactOptional(v.number()),
  /** Its accuracy was negative. */
  invalid: v.exactOptional(v.literal(true)),
  measuredAt: v.exactOptional(v.string()),
});

export const trackPointSchema = v.object({ ...positionSchema.entries, measuredAt: v.string() });

/** The place in the last message about a move. */
export const toldPositionSchema = v.object({ ...trackPointSchema.entries, toldAt: v.string(), times: v.number() });
