import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { PinRecord } from '../domain/family/pins.ts';
import { maximumWrongPins, pinLockMs } from '../domain/family/pins.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { familyKey, pinAttemptsKey } from './dynamo-keys.ts';

const familyItem = z.object({ pins: z.object({ pin: z.string(), duressPin: z.string().exactOptional() }) });
const attemptsItem = z.object({ tries: z.number(), lastTryMs: z.number() });

// Each round fails only because another try was counted meanwhile, and those are few.
const maximumRounds = 2 * maximumWrongPins;

/** About as long as what an event carries beside its key. */
const filler = '0'.repeat(400);

/**
 * PINs in the table: hashes on the family's item, tries on one of their own, so that guessing does not get in the way of
 * other changes of the family. Each step is a conditional write.
 */
export const dynamoPinRecord = (client: DynamoDBClient, tableName: string): PinRecord => {
  const attemptsOf = (familyId: string) => ({ TableName: tableName, Key: marshall(pinAttemptsKey(familyId)) });

  /** @returns what stood there when the condition did not hold */
  const tryUpdate = async (
    familyId: string,
    now: Date,
    tries: number,
    condition: { readonly expression: string; readonly values: Record<string, unknown> },
  ): Promise<z.infer<typeof attemptsItem> | undefined> => {
    const update = new UpdateItemCommand({
      ...attemptsOf(familyId),
      UpdateExpression: 'SET itemType = :itemType, tries = :tries, lastTryMs = :now, expiresAt = :expiresAt',
      ConditionExpression: condition.expression,
      ExpressionAttributeValues: marshall({
        ':itemType': 'pin-attempts',
        ':tries': tries,
        ':now': now.getTime(),
        ':expiresAt': Math.ceil((now.getTime() + pinLockMs) / 1000),
        ...condition.values,
      }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await retryConflicts(async () => client.send(update));
      return undefined;
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException) || !fault.Item) throw fault;
      return attemptsItem.parse(unmarshall(fault.Item));
    }
  };

  const setTries = async (familyId: string, expression: string, values: Record<string, unknown>): Promise<void> => {
    const update = new UpdateItemCommand({
      ...attemptsOf(familyId),
      UpdateExpression: `SET tries = ${expression}`,
      ConditionExpression: 'tries > :zero',
      ExpressionAttributeValues: marshall({ ':zero': 0, ...values }),
    });
    try {
      await retryConflicts(async () => client.send(update));
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    }
  };

  return {
    hashesOf: async (familyId) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: marshall(familyKey(familyId)),
          ConsistentRead: true,
          ProjectionExpression: 'pins',
        }),
      );
      return Item && familyItem.parse(unmarshall(Item)).pins;
    },

    countTry: async (familyId, now) => {
      const pauseBefore = now.getTime() - pinLockMs;
      let stands = await tryUpdate(familyId, now, 1, {
        expression: 'attribute_not_exists(pk) OR tries = :zero OR lastTryMs <= :pause',
        values: { ':zero': 0, ':pause': pauseBefore },
      });
      for (let round = 1; stands && round <= maximumRounds; round += 1) {
        if (stands.tries >= maximumWrongPins) return 'locked';
        stands = await tryUpdate(familyId, now, stands.tries + 1, {
          expression: 'tries = :seen',
          values: { ':seen': stands.tries },
        });
      }
      return stands ? 'locked' : 'counted';
    },

    takeBack: async (familyId) => setTries(familyId, 'tries - :one', { ':one': 1 }),

    clear: async (familyId) => setTries(familyId, ':zero', {}),

    pretend: async (familyId, now) => {
      const pretence = { ':filler': `${now.getTime()}${filler}` };
      const command = new TransactWriteItemsCommand({
        TransactItems: [
          {
            Update: {
              ...attemptsOf(familyId),
              UpdateExpression: 'SET pretence = :filler',
              ExpressionAttributeValues: marshall(pretence),
            },
          },
          {
            Put: {
              TableName: tableName,
              Item: marshall({
                ...pinAttemptsKey(familyId, '#PRETENCE'),
                itemType: 'pin-attempts',
                pretence: filler,
                expiresAt: Math.ceil((now.getTime() + pinLockMs) / 1000),
              }),
            },
          },
        ],
      });
      await retryConflicts(async () => client.send(command));
    },
  };
};
