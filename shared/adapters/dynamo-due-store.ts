import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '../domain/clock.ts';
import type { EventRef } from '../domain/delivery.ts';
import type { DueStore } from '../domain/watch.ts';
import { isExpired, readEventItem } from './dynamo-items.ts';
import { dueBucketOf, dueBuckets, dueIndexName, eventKey, eventRefOf } from './dynamo-keys.ts';

type Page = { readonly bucket: string; readonly refs: EventRef[]; readonly next?: Record<string, AttributeValue> };

/** The watchman's reads and its writes of times. Sixteen queries a round find nothing but what is due. */
export const dynamoDueStore = (client: DynamoDBClient, tableName: string, now: Clock): DueStore => {
  const queryPage = async (bucket: string, until: Date, start?: Record<string, AttributeValue>): Promise<Page> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: dueIndexName,
        KeyConditionExpression: 'dueBucket = :bucket AND dueAt <= :until',
        ExpressionAttributeValues: marshall({ ':bucket': bucket, ':until': until.getTime() }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const refs = Items.map(({ pk, sk }) => eventRefOf({ pk: pk?.S ?? '', sk: sk?.S ?? '' }));
    return {
      bucket,
      refs: refs.filter((ref) => ref !== undefined),
      ...(LastEvaluatedKey && { next: LastEvaluatedKey }),
    };
  };

  /** @returns false when somebody else was here first, or it is gone */
  const unlessMoved = async (command: UpdateItemCommand): Promise<boolean> => {
    try {
      await client.send(command);
      return true;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      return false;
    }
  };

  return {
    due: async function* (until) {
      let pages = await Promise.all(dueBuckets.map(async (bucket) => queryPage(bucket, until)));
      while (pages.length > 0) {
        yield* pages.flatMap(({ refs }) => refs);
        const unfinished = pages.filter(({ next }) => next !== undefined);
        pages = await Promise.all(unfinished.map(async ({ bucket, next }) => queryPage(bucket, until, next)));
      }
    },

    read: async (ref) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(eventKey(ref)), ConsistentRead: true }),
      );
      return Item && !isExpired(Item, now()) ? readEventItem(Item) : undefined;
    },

    reschedule: async (ref, fromMs, toMs) => {
      await unlessMoved(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(eventKey(ref)),
          UpdateExpression: toMs === undefined ? 'REMOVE dueAt, dueBucket' : 'SET dueAt = :to',
          ConditionExpression: 'dueAt = :from',
          ExpressionAttributeValues: marshall({ ':from': fromMs, ...(toMs !== undefined && { ':to': toMs }) }),
        }),
      );
    },

    schedule: async (ref, atMs) =>
      unlessMoved(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(eventKey(ref)),
          UpdateExpression: 'SET dueAt = :at, dueBucket = :bucket',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(dueAt)',
          ExpressionAttributeValues: marshall({ ':at': atMs, ':bucket': dueBucketOf(ref.alertId ?? ref.familyId) }),
        }),
      ),
  };
};
