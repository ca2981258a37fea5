import * as z from 'zod';
import { position } from './common.ts';

/** `POST /v1/alerts/{alertId}/positions`: what a phone measured since the press, in any order. */
export const recordPositionsRequest = z
  .object({
    positions: z
      .array(position)
      .min(1, 'must hold at least one position')
      .max(100, 'must hold at most 100 positions')
      .describe('Any order; the same measurement twice is harmless.'),
  })
  .meta({ id: 'RecordPositionsRequest' });

/** Accepted; what came of it is on the alert's status. */
export const recordPositionsResponse = z.object({ accepted: z.int() }).meta({ id: 'RecordPositionsResponse' });
