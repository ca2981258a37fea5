import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { TrackReader, TrackStore } from '../domain/case/record-positions.ts';
import type { Clock } from '../domain/clock.ts';
import { trackPointSchema } from '../domain/position-schema.ts';
import type { TrackPoint } from '../domain/position.ts';
import { live } from './dynamo-items.ts';
import { alertKey, trackKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, below, either, every, present } from './table-expressions.ts';

const known = z.object({ lastPosition: trackPointSchema });

/**
 * Positions as items of their own, one a measurement; beside the alert, so that reading a case does not read them.
 * Each is kept as long as a closed case is, from when it came: never longer than the case itself.
 */
export const dynamoTrack = (
  client: DynamoDBClient,
  tableName: string,
  options: { readonly now: Clock; readonly retentionMs: number },
): TrackStore => {
  const table = dynamoTable(client, tableName);

  const keepNewest = async (familyId: string, alertId: string, newest: TrackPoint): Promise<TrackPoint> => {
    const outcome = await table.update(alertKey(familyId, alertId), {
      set: { lastPosition: newest },
      if: every(present('pk'), either(absent('lastPosition'), below('lastPosition.measuredAt', newest.measuredAt))),
      explain: true,
    });
    return outcome.kind === 'refused' && outcome.found ? known.parse(outcome.found).lastPosition : newest;
  };

  return {
    add: async ({ familyId, alertId }, points, last) => {
      // One request may not name an item twice, and a batch may hold the same measurement twice.
      const byTime = new Map(points.map((point) => [point.measuredAt, point]));
      const expiresAt = Math.floor((options.now().getTime() + options.retentionMs) / 1000);
      const items = [...byTime.values()].map((point) => ({
        ...trackKey(familyId, alertId, point.measuredAt),
        itemType: 'position' as const,
        ...point,
        expiresAt,
      }));
      await table.putAll(items);
      return last && keepNewest(familyId, alertId, last);
    },
  };
};

/** The same positions, for pages. */
export const dynamoTrackReader = (client: DynamoDBClient, tableName: string, now: Clock): TrackReader => {
  const table = dynamoTable(client, tableName);
  return {
    newest: async ({ familyId, alertId }, limit) => {
      const { pk, sk } = trackKey(familyId, alertId, '');
      const found = await table.first(limit, {
        partition: ['pk', pk],
        sort: ['sk', 'begins-with', sk],
        newestFirst: true,
      });
      return found.filter((stored) => live(stored, now())).map((stored) => trackPointSchema.parse(stored));
    },
  };
};
