import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { OfficeReachStore } from '../telling/check-offices.ts';
import { officeReachKey } from './dynamo-keys.ts';

const officeReach = z.object({
  offices: z.record(z.string(), z.object({ confirmed: z.number(), pending: z.number() })),
  checkAtMs: z.number(),
});

/** What was found of the offices' subscriptions: one item, as they are looked at together. */
export const dynamoOfficeReach = (client: DynamoDBClient, tableName: string): OfficeReachStore => ({
  get: async () => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(officeReachKey), ConsistentRead: true }),
    );
    return Item && officeReach.parse(unmarshall(Item));
  },

  put: async (former, next) => {
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall({ ...officeReachKey, itemType: 'office-reach', ...next }),
          ConditionExpression: former ? 'checkAtMs = :turn' : 'attribute_not_exists(pk)',
          ...(former && { ExpressionAttributeValues: marshall({ ':turn': former.checkAtMs }) }),
        }),
      );
      return true;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      return false;
    }
  },
});
