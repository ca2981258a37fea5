import type * as z from 'zod';
import type { positionSchema, trackPointSchema } from './position-schema.ts';
import type { ReadOnly } from './read-only.ts';

export type Position = ReadOnly<z.infer<typeof positionSchema>>;
export type TrackPoint = ReadOnly<z.infer<typeof trackPointSchema>>;

/**
 * Whether an office may be chosen by this position. Exactly 0,0 is what phones and buggy clients send when
 * they know nothing, and lies in the Gulf of Guinea.
 */
export const isUsable = (position: Position | undefined): position is Position =>
  position !== undefined && !(position.latitude === 0 && position.longitude === 0);
