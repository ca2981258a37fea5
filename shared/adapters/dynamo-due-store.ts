import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '../domain/clock.ts';
import type { DueEvent, DueStore } from '../telling/watch.ts';
import { isExpired, readEventItem } from './dynamo-items.ts';
import { indexNames } from '../names.ts';
import { dueBucketOf, dueBuckets, eventKey, eventRefOf } from './dynamo-keys.ts';
import type { DuePage } from './oldest-first.ts';
import { oldestFirst } from './oldest-first.ts';

/** Keys a page: a round that ends before its list does has read no more than a page of each bucket too many. */
const pageSize = 50;

/** The watchman's reads and its one write. Sixteen queries a round find nothing but what is due. */
export const dynamoDueStore = (client: DynamoDBClient, tableName: string, now: Clock): DueStore => {
  const queryPage = async (
    bucket: string,
    until: Date,
    start?: Record<string, AttributeValue>,
  ): Promise<DuePage<DueEvent>> => {
    const { Items = [], LastEvaluatedKey: last } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: indexNames.due,
        KeyConditionExpression: 'dueBucket = :bucket AND dueAt <= :until',
        ExpressionAttributeValues: marshall({ ':bucket': bucket, ':until': until.getTime() }),
        Limit: pageSize,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const entries = Items.flatMap(({ pk, sk, dueAt }): DueEvent[] => {
      const ref = eventRefOf({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
      return ref ? [{ ...ref, dueAtMs: Number(dueAt?.N) }] : [];
    });
    return { entries, ...(last && { next: async () => queryPage(bucket, until, last) }) };
  };

  return {
    due: async function* (until) {
      yield* oldestFirst(dueBuckets.map((bucket) => ({ entries: [], next: async () => queryPage(bucket, until) })));
    },

    read: async (ref) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(eventKey(ref)), ConsistentRead: true }),
      );
      return Item && !isExpired(Item, now()) ? readEventItem(Item) : undefined;
    },

    reschedule: async (ref, fromMs, toMs) => {
      const isUnmoved = fromMs === undefined ? 'attribute_exists(pk) AND attribute_not_exists(dueAt)' : 'dueAt = :from';
      const bucket = dueBucketOf(ref.checkInId ?? ref.alertId ?? ref.familyId);
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: tableName,
            Key: marshall(eventKey(ref)),
            UpdateExpression: toMs === undefined ? 'REMOVE dueAt, dueBucket' : 'SET dueAt = :to, dueBucket = :bucket',
            ConditionExpression: isUnmoved,
            ExpressionAttributeValues: marshall({
              ...(fromMs !== undefined && { ':from': fromMs }),
              ...(toMs !== undefined && { ':to': toMs, ':bucket': bucket }),
            }),
          }),
        );
        return true;
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
        return false;
      }
    },
  };
};
