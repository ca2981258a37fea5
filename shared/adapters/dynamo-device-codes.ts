import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { DeviceCode, DeviceCodes, RecoveryCodes } from '../domain/family/family-account.ts';
import { readAs, tryReadAs } from '../domain/shape.ts';
import { live } from './dynamo-items.ts';
import { deviceCodeKey, familyKey, recoveryKey } from './dynamo-keys.ts';
import { type Write, dynamoTable } from './table.ts';
import { absent, atMost, below, either, every, present } from './table-expressions.ts';

const mostTries = 5;

const codeItem = v.object({
  firstHalf: v.string(),
  codeHash: v.string(),
  familyId: v.string(),
  placeholder: v.string(),
  until: v.string(),
  usedAt: v.optional(v.string()),
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
      const code = stored && readAs(codeItem, stored);
      return code?.usedAt === undefined ? code : undefined;
    },

    redeem: async ({ firstHalf, familyId, placeholder }, secretHash, now) => {
      const stored = await table.get(familyKey(familyId), [`devices.${placeholder}`]);
      const devices = v.object({
        devices: v.record(v.string(), v.object({ deviceId: v.string(), addedAt: v.string() })),
      });
      const device = tryReadAs(devices, stored)?.devices[placeholder];
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
      return stored && readAs(v.object({ familyId: v.string() }), stored).familyId;
    },
  };
};
