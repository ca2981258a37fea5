import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { FamilyDirectory } from '../domain/announce-to-family.ts';
import { readFamilyItem } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';

/** Families in the table, read strongly consistent. */
export const dynamoFamilyDirectory = (client: DynamoDBClient, tableName: string): FamilyDirectory => ({
  get: async (familyId) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(familyKey(familyId)), ConsistentRead: true }),
    );
    return Item && readFamilyItem(Item);
  },

  recordTopic: async (familyId, topic) => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(familyKey(familyId)),
          UpdateExpression: 'SET topic = :topic',
          // An erased family must not come back as an item that holds nothing but a topic.
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: marshall({ ':topic': topic }),
        }),
      );
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    }
  },
});
