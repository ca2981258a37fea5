import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { contactStatuses } from '../domain/vocabulary.ts';
import type { DueCheck, FamilyReach, ReachStore } from '../domain/family/reach.ts';
import { indexNames } from '../names.ts';
import { checksBucket, familyIdOfReach, familyReachKey } from './dynamo-keys.ts';

const contactReach = z.object({
  status: z.enum(contactStatuses),
  confirmed: z.boolean().exactOptional(),
});
/** Absent until the first check. */
const reachItem = z.object({
  reach: z
    .object({ contacts: z.record(z.string(), contactReach), reachable: z.number(), checkedAt: z.string() })
    .optional(),
});

/** What a new family's item of this kind holds: nothing found yet, and the time of the first look. */
export const newReachItem = (familyId: string, dueAtMs: number): Record<string, AttributeValue> =>
  marshall({ ...familyReachKey(familyId), itemType: 'reach', dueBucket: checksBucket, dueAt: dueAtMs });

/**
 * What was found of families' subscriptions. The turns stand in the index `due` in a bucket of their own, so that they
 * never come before an alert.
 */
export const dynamoReachStore = (client: DynamoDBClient, tableName: string): ReachStore => ({
  due: async (now, limit) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: indexNames.due,
        KeyConditionExpression: 'dueBucket = :bucket AND dueAt <= :now',
        ExpressionAttributeValues: marshall({ ':bucket': checksBucket, ':now': now.getTime() }),
        Limit: limit,
      }),
    );
    return Items.flatMap(({ pk, sk, dueAt }): DueCheck[] => {
      const familyId = familyIdOfReach({ pk: pk?.S ?? '', sk: sk?.S ?? '' });
      return familyId === undefined ? [] : [{ familyId, dueAtMs: Number(dueAt?.N) }];
    });
  },

  get: async (familyId): Promise<FamilyReach | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(familyReachKey(familyId)), ConsistentRead: true }),
    );
    return Item && reachItem.parse(unmarshall(Item)).reach;
  },

  hasten: async (familyId, now) => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(familyReachKey(familyId)),
          UpdateExpression: 'SET dueAt = :now, dueBucket = :bucket',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: marshall({ ':now': now.getTime(), ':bucket': checksBucket }),
        }),
      );
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    }
  },

  end: async ({ familyId, dueAtMs }, nextMs, found) => {
    const sets = [...(nextMs === undefined ? [] : ['dueAt = :next']), ...(found ? ['reach = :found'] : [])];
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(familyReachKey(familyId)),
          UpdateExpression: [
            ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
            ...(nextMs === undefined ? ['REMOVE dueAt, dueBucket'] : []),
          ].join(' '),
          // Also what keeps an erased family's item from coming back.
          ConditionExpression: 'dueAt = :turn',
          ExpressionAttributeValues: marshall({
            ':turn': dueAtMs,
            ...(nextMs !== undefined && { ':next': nextMs }),
            ...(found && { ':found': found }),
          }),
        }),
      );
      return true;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      return false;
    }
  },
});
