import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { TrackReader, TrackStore } from '../domain/case/record-positions.ts';
import { trackSlot } from '../domain/case/track-slot.ts';
import type { Clock } from '../domain/clock.ts';
import { trackPointSchema } from '../domain/position-schema.ts';
import type { TrackPoint } from '../domain/position.ts';
import { readAs } from '../domain/shape.ts';
import { live } from './dynamo-items.ts';
import { alertKey, trackKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { absent, below, either, every, present } from './table-expressions.ts';

const known = v.object({ lastPosition: trackPointSchema });

/**
 * Positions as items of their own, one in ten seconds; beside the alert, so that reading a case does not read them.
 * Each is kept for `retentionDays` from when it came, as a case is from when it was closed.
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
    return outcome.kind === 'refused' && outcome.found ? readAs(known, outcome.found).lastPosition : newest;
  };

  return {
    add: async (alert, points, last) => {
      const { familyId, alertId } = alert;
      // One request may not name an item twice. Of one stretch of time the newest point stays.
      const oldestFirst = points.toSorted((a, b) => a.measuredAt.localeCompare(b.measuredAt));
      const bySlot = new Map(oldestFirst.map((point) => [trackSlot(alert, point), point]));
      const expiresAt = Math.floor((options.now().getTime() + options.retentionMs) / 1000);
      const items = [...bySlot].map(([slot, point]) => ({
        ...trackKey(familyId, alertId, slot),
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
      return found.filter((stored) => live(stored, now())).map((stored) => readAs(trackPointSchema, stored));
    },
  };
};
