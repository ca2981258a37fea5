import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { TrackPoint } from '../domain/position.ts';
import { trackPointSchema } from '../domain/position-schema.ts';
import type { TrackReader, TrackStore } from '../domain/case/record-positions.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { isExpired } from './dynamo-items.ts';
import { alertKey, trackKey } from './dynamo-keys.ts';

// What one BatchWriteItem takes.
const batchSize = 25;
const maximumRounds = 5;

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
  const writeBatch = async (items: readonly Record<string, unknown>[]): Promise<void> => {
    let requests = items.map((item) => ({ PutRequest: { Item: marshall(item, { removeUndefinedValues: true }) } }));
    for (let round = 1; requests.length > 0; round += 1) {
      if (round > maximumRounds) throw new Error('Positions stayed unprocessed.');
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }),
      );
      requests = (UnprocessedItems?.[tableName] ?? []).flatMap(({ PutRequest }) =>
        PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
      );
    }
  };

  const keepNewest = async (familyId: string, alertId: string, newest: TrackPoint): Promise<TrackPoint> => {
    try {
      await retryConflicts(async () =>
        client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: marshall(alertKey(familyId, alertId)),
            UpdateExpression: 'SET lastPosition = :newest',
            ConditionExpression:
              'attribute_exists(pk) AND (attribute_not_exists(lastPosition) OR lastPosition.measuredAt < :at)',
            ExpressionAttributeValues: marshall({ ':newest': newest, ':at': newest.measuredAt }),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        ),
      );
      return newest;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      return fault.Item ? known.parse(unmarshall(fault.Item)).lastPosition : newest;
    }
  };

  return {
    add: async ({ familyId, alertId }, points) => {
      // One request may not name an item twice, and a batch may hold the same measurement twice.
      const byTime = new Map(points.map((point) => [point.measuredAt, point]));
      const expiresAt = Math.floor((options.now().getTime() + options.retentionMs) / 1000);
      const items = [...byTime.values()].map((point) => ({
        ...trackKey(familyId, alertId, point.measuredAt),
        itemType: 'position',
        ...point,
        expiresAt,
      }));
      for (let start = 0; start < items.length; start += batchSize) {
        await writeBatch(items.slice(start, start + batchSize));
      }
      const newest = [...byTime.values()].reduce((a, b) => (a.measuredAt >= b.measuredAt ? a : b));
      return keepNewest(familyId, alertId, newest);
    },
  };
};

/** The same positions, for pages. */
export const dynamoTrackReader = (client: DynamoDBClient, tableName: string, now: Clock): TrackReader => ({
  newest: async ({ familyId, alertId }, limit) => {
    const { pk, sk } = trackKey(familyId, alertId, '');
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': sk }),
        ScanIndexForward: false,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return Items.filter((item) => !isExpired(item, now())).map((item) => trackPointSchema.parse(unmarshall(item)));
  },
});
