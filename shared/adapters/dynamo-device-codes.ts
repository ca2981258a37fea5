import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from '../domain/schema.ts';
import type { DeviceCode, DeviceCodes, RecoveryCodes } from '../domain/family/family-account.ts';
import { live } from './dynamo-items.ts';
import { deviceCodeKey, familyKey, recoveryKey } from './dynamo-keys.ts';
import type { Write } from './table.ts';
import { dynamoTable } from './table.ts';
import { absent, atMost, below, either, every, present } from './table-expressions.ts';

const mostTries = 5;

const codeItem = z.object({
  firstHalf: z.string(),
  codeHash: z.string(),
  familyId: z.string(),
  placeholder: z.string(),
  until: z.string(),
  usedAt: z.string().optional(),
});

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);

/** A code, unless another with this first half is still valid. */
export const putDeviceCode = (code: DeviceCode, now: Date): Write => ({
  put: {
    ...deviceCodeKey(code.firstHalf),
    itemType: 'device-code' as const,
    ...code,
    tries: 0,
    expiresAt: seconds(new Date(code.until)),
  },
  if: either(absent('pk'), atMost('expiresAt', seconds(now))),
});

/** Codes by which phones join: each for a quarter of an hour, once, and for five tries. */
export const dynamoDeviceCodes = (client: DynamoDBClient, tableName: string): DeviceCodes => {
  const table = dynamoTable(client, tableName);
  return {
    tryFirstHalf: async (firstHalf, now) => {
      const key = deviceCodeKey(firstHalf);
      const counted = await table.update(key, {
        add: { tries: 1 },
        if: every(present('pk'), below('tries', mostTries)),
      });
      if (counted.kind === 'refused') return undefined;
      const stored = live(await table.get(key), now);
      const code = stored && codeItem.parse(stored);
      return code?.usedAt === undefined ? code : undefined;
    },

    redeem: async ({ firstHalf, familyId, placeholder }, secretHash, now) => {
      const stored = await table.get(familyKey(familyId), [`devices.${placeholder}`]);
      const devices = z.object({
        devices: z.record(z.string(), z.object({ deviceId: z.string(), addedAt: z.string() })),
      });
      const device = devices.safeParse(stored).data?.devices[placeholder];
      if (!device) return false;
      const outcome = await table.transact([
        {
          update: familyKey(familyId),
          set: { [`devices.${secretHash}`]: device },
          remove: [`devices.${placeholder}`],
          if: every(present(`devices.${placeholder}`), absent(`devices.${placeholder}.muted`)),
        },
        { update: deviceCodeKey(firstHalf), set: { usedAt: now.toISOString() }, if: absent('usedAt') },
      ]);
      return outcome.kind === 'applied';
    },
  };
};

export const dynamoRecoveryCodes = (client: DynamoDBClient, tableName: string): RecoveryCodes => {
  const table = dynamoTable(client, tableName);
  return {
    find: async (codeHash, now) => {
      const stored = live(await table.get(recoveryKey(codeHash)), now);
      return stored && z.object({ familyId: z.string() }).parse(stored).familyId;
    },
  };
};
