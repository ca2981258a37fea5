import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { type PinRecord, maximumWrongPins, pinLockMs } from '../domain/family/pins.ts';
import { readAs } from '../domain/shape.ts';
import { familyKey, pinAttemptsKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import { type Condition, above, absent, atMost, either, is } from './table-expressions.ts';

const familyItem = v.object({
  pins: v.object({
    pin: v.string(),
    duressPin: v.exactOptional(v.string()),
    former: v.exactOptional(v.string()),
    forced: v.exactOptional(v.boolean()),
  }),
});
const attemptsItem = v.object({ tries: v.number(), lastTryMs: v.number() });

// Each round fails only because another try was counted meanwhile, and those are few.
const maximumRounds = 2 * maximumWrongPins;

/** About as long as what an event carries beside its key. */
const filler = '0'.repeat(400);

const expiryOf = (now: Date): number => Math.ceil((now.getTime() + pinLockMs) / 1000);

/**
 * PINs in the table: hashes on the family's item, tries on one of their own, so that guessing does not get in the way of
 * other changes of the family. Each step is a conditional write.
 */
export const dynamoPinRecord = (client: DynamoDBClient, tableName: string): PinRecord => {
  const table = dynamoTable(client, tableName);

  /** @returns what stood there when the condition did not hold */
  const tryUpdate = async (familyId: string, now: Date, tries: number, condition: Condition) => {
    const outcome = await table.update(pinAttemptsKey(familyId), {
      set: { itemType: 'pin-attempts' as const, tries, lastTryMs: now.getTime(), expiresAt: expiryOf(now) },
      if: condition,
      explain: true,
    });
    return outcome.kind === 'applied' ? undefined : readAs(attemptsItem, outcome.found);
  };

  return {
    hashesOf: async (familyId) => {
      const stored = await table.get(familyKey(familyId), ['pins']);
      return stored && readAs(familyItem, stored).pins;
    },

    countTry: async (familyId, now) => {
      const isNew = either(absent('pk'), is('tries', 0), atMost('lastTryMs', now.getTime() - pinLockMs));
      let stands = await tryUpdate(familyId, now, 1, isNew);
      for (let round = 1; stands && round <= maximumRounds; round += 1) {
        if (stands.tries >= maximumWrongPins) return { lockedForMs: stands.lastTryMs + pinLockMs - now.getTime() };
        stands = await tryUpdate(familyId, now, stands.tries + 1, is('tries', stands.tries));
      }
      return stands ? { lockedForMs: pinLockMs } : 'counted';
    },

    takeBack: async (familyId) => {
      await table.update(pinAttemptsKey(familyId), { add: { tries: -1 }, if: above('tries', 0) });
    },

    clear: async (familyId) => {
      await table.update(pinAttemptsKey(familyId), { set: { tries: 0 }, if: above('tries', 0) });
    },

    pretend: async (familyId, now) => {
      await table.transact([
        { update: pinAttemptsKey(familyId), set: { pretence: `${now.getTime()}${filler}` } },
        {
          put: {
            ...pinAttemptsKey(familyId, '#PRETENCE'),
            itemType: 'pin-attempts' as const,
            pretence: filler,
            expiresAt: expiryOf(now),
          },
        },
      ]);
    },
  };
};
