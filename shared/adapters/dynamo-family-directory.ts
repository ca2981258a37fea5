import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { FamilyDirectory } from '../telling/announce-to-family.ts';
import { readFamilyItem } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';

/** Families in the table, read strongly consistent. */
export const dynamoFamilyDirectory = (client: DynamoDBClient, tableName: string): FamilyDirectory => {
  const update = async (familyId: string, expression: string, value: unknown): Promise<void> => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(familyKey(familyId)),
          UpdateExpression: expression,
          // An erased family must not come back as an item that holds nothing but this.
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: marshall({ ':value': value }),
        }),
      );
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    }
  };
  return {
    get: async (familyId) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(familyKey(familyId)), ConsistentRead: true }),
      );
      return Item && readFamilyItem(Item);
    },
    recordTopic: async (familyId, topic) => update(familyId, 'SET topic = :value', topic),
    recordSelfTopic: async (familyId, topic) => update(familyId, 'SET selfTopic = :value', topic),
    recordSeizedDevice: async (familyId, deviceId) => update(familyId, 'ADD seizedDevices :value', new Set([deviceId])),
  };
};
