import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from '../domain/schema.ts';
import type { CanaryFamily } from '../domain/press/canary.ts';
import { canaryFamilyId } from '../names.ts';
import { alertKey, familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';

const keySchema = z.object({ pk: z.string(), sk: z.string() });
const pressSchema = z.object({ pressedAt: z.string() });

/** @param topicArn of the family's topic, which the stack has made */
export const dynamoCanaryFamily = (client: DynamoDBClient, tableName: string, topicArn: string): CanaryFamily => {
  const table = dynamoTable(client, tableName);
  const { pk, sk } = familyKey(canaryFamilyId);
  return {
    renew: async ({ secretHash, deviceId, now }) => {
      const at = now.toISOString();
      const found = await table.query({ partition: ['pk', pk], project: ['pk', 'sk'] });
      await table.deleteAll(found.map((item) => keySchema.parse(item)).filter((key) => key.sk !== sk));
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
      return pressSchema.safeParse(press).data?.pressedAt;
    },
  };
};
