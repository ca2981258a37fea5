import * as z from 'zod';
import { position } from './common.ts';

/** How many points one request may hold. */
const mostPositions = 100;

const tooFew = 'must hold at least one position';
const tooMany = `must hold at most ${mostPositions} positions`;

/** `POST /v1/alerts/{alertId}/positions`, as it is published: what a phone measured since the press, in any order. */
export const recordPositionsRequest = z
  .object({
    positions: z
      .array(position)
      .min(1)
      .max(mostPositions)
      .describe('Any order; the same measurement twice is harmless. A point that cannot be read is dropped alone.'),
  })
  .meta({ id: 'RecordPositionsRequest' });

/** The same as it is taken: the domain reads each point, so that one odd one does not lose the others. */
export const sentPositions = z.object({
  positions: z.array(z.unknown()).min(1, tooFew).max(mostPositions, tooMany),
});

export const recordPositionsResponse = z
  .object({
    accepted: z.int().nonnegative().describe('How many points were kept.'),
    dropped: z
      .array(
        z.object({
          index: z.int().nonnegative().describe('Of the point in the request, from 0.'),
          field: z
            .enum(['position', 'latitude', 'longitude', 'accuracyMeters', 'measuredAt'])
            .describe(
              'What could not be read. `position`, `latitude`, `longitude`: the point is not kept. Others: it is, without that field.',
            ),
        }),
      )
      .describe('What could not be read. Do not send it again: it would be dropped again.'),
  })
  .meta({ id: 'RecordPositionsResponse' });
