import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { FamilyDirectory } from '../domain/family/family-directory.ts';
import { familyOf, topicAttribute } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { type Change, present } from './table-expressions.ts';

/** Families in the table, read strongly consistent. */
export const dynamoFamilyDirectory = (client: DynamoDBClient, tableName: string): FamilyDirectory => {
  const table = dynamoTable(client, tableName);
  // An erased family must not come back as an item that holds nothing but this.
  const record = async (familyId: string, change: Change): Promise<void> => {
    await table.update(familyKey(familyId), { ...change, if: present('pk') });
  };
  return {
    get: async (familyId) => {
      const stored = await table.get(familyKey(familyId));
      return stored && familyOf(stored);
    },
    recordTopic: async (familyId, key, topic) => record(familyId, { set: { [topicAttribute(key)]: topic } }),
    recordSeizedDevice: async (familyId, deviceId) => record(familyId, { add: { seizedDevices: new Set([deviceId]) } }),
  };
};
