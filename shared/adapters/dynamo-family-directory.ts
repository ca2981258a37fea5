import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { FamilyDirectory } from '../domain/family/family-directory.ts';
import { readFamilyItem, topicAttribute } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';

/** Families in the table, read strongly consistent. */
export const dynamoFamilyDirectory = (client: DynamoDBClient, tableName: string): FamilyDirectory => {
  const update = async (familyId: string, action: 'SET #name =' | 'ADD #name', name: string, value: unknown) => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(familyKey(familyId)),
          UpdateExpression: `${action} :value`,
          // An erased family must not come back as an item that holds nothing but this.
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeNames: { '#name': name },
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
    recordTopic: async (familyId, key, topic) => update(familyId, 'SET #name =', topicAttribute(key), topic),
    recordSeizedDevice: async (familyId, deviceId) =>
      update(familyId, 'ADD #name', 'seizedDevices', new Set([deviceId])),
  };
};
