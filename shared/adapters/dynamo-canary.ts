import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { CanaryFamily } from '../domain/press/canary.ts';
import { readAs, tryReadAs } from '../domain/shape.ts';
import { canaryFamilyId } from '../names.ts';
import { alertKey, familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

const keySchema = v.object({ pk: v.string(), sk: v.string() });
const pressSchema = v.object({ pressedAt: v.string() });

/** @param topicArn of the family's topic, which the stack has made */
export const dynamoCanaryFamily = (client: DynamoDBClient, tableName: string, topicArn: string): CanaryFamily => {
  const table = dynamoTable(client, tableName);
  const { pk, sk } = familyKey(canaryFamilyId);
  return {
    renew: async ({ secretHash, deviceId, now }) => {
      const at = now.toISOString();
      const found = await table.query({ partition: ['pk', pk], project: ['pk', 'sk'] });
      await table.deleteAll(found.map((item) => readAs(keySchema, item)).filter((key) => key.sk !== sk));
      await table.put({
        pk,
        sk,
        itemType: 'family',
        eventType: 'contact.welcome.v1',
        familyId: canaryFamilyId,
        person: { name: 'Canary', language: 'es' },
        contacts: [],
        consent: { consularNotification: false, version: 'none', at },
        sharePositionWithFamily: false,
        registeredAt: at,
        devices: { [secretHash]: { deviceId, addedAt: at } },
        topic: { arn: topicArn, ensuredAt: at, confirmedAtOnce: 0 },
        // Nobody is welcomed.
        deliveries: { family: { status: 'sent', at } },
      });
    },
    pressedAt: async () => {
      const sort = ['sk', 'begins-with', alertKey(canaryFamilyId, '').sk] as const;
      const [press] = await table.first(1, { partition: ['pk', pk], sort, project: ['pressedAt'] });
      return tryReadAs(pressSchema, press)?.pressedAt;
    },
  };
};
