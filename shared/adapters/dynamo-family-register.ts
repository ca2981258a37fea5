import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Family } from '../domain/family.ts';
import { firstReachCheckMs, registrationReplayMs, watchAfterMs } from '../domain/limits.ts';
import type { FamilyRegister, NewDevice } from '../domain/register-family.ts';
import { readFamilyItem } from './dynamo-items.ts';
import { dueBucketOf, familyKey, registrationKey } from './dynamo-keys.ts';
import { newReachItem } from './dynamo-reach-store.ts';

const registrationItem = z.object({ familyId: z.string(), secretHash: z.string() });
type Entry = Parameters<FamilyRegister['register']>[0];

// Another request with the same id may be in the middle of its own transaction; its end decides which case ours is.
const maximumTries = 4;

/** Families as they are registered: one transaction writes the family and what makes a repeat recognisable. */
export const dynamoFamilyRegister = (client: DynamoDBClient, tableName: string): FamilyRegister => {
  const putFamily = ({ family, pins, device, now }: Entry): TransactWriteItem => ({
    Put: {
      TableName: tableName,
      Item: marshall(
        {
          ...familyKey(family.familyId),
          itemType: 'family',
          eventType: 'contact.welcome.v1',
          ...family,
          pins,
          devices: { [device.secretHash]: storedDevice(device, now) },
          deliveries: { family: { status: 'pending' } },
          dueBucket: dueBucketOf(family.familyId),
          dueAt: now.getTime() + watchAfterMs,
        },
        { removeUndefinedValues: true },
      ),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  });

  const putReach = ({ family: { familyId }, now }: Entry): TransactWriteItem => ({
    Put: { TableName: tableName, Item: newReachItem(familyId, now.getTime() + firstReachCheckMs) },
  });

  const putRegistration = ({ family, device, now }: Entry, registrationId: string): TransactWriteItem => ({
    Put: {
      TableName: tableName,
      Item: marshall({
        ...registrationKey(registrationId),
        itemType: 'registration',
        familyId: family.familyId,
        secretHash: device.secretHash,
        createdAtMs: now.getTime(),
        expiresAt: Math.ceil((now.getTime() + registrationReplayMs) / 1000),
      }),
      ConditionExpression: 'attribute_not_exists(pk) OR createdAtMs <= :stale',
      ExpressionAttributeValues: marshall({ ':stale': now.getTime() - registrationReplayMs }),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  });

  const replaceDevice = async (
    { device, now }: Entry,
    registrationId: string,
    first: z.infer<typeof registrationItem>,
  ): Promise<void> => {
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Update: {
              TableName: tableName,
              Key: marshall(familyKey(first.familyId)),
              UpdateExpression: 'SET devices.#fresh = :device REMOVE devices.#first',
              ConditionExpression: 'attribute_exists(devices.#first)',
              ExpressionAttributeNames: { '#fresh': device.secretHash, '#first': first.secretHash },
              ExpressionAttributeValues: marshall({ ':device': storedDevice(device, now) }),
            },
          },
          {
            Update: {
              TableName: tableName,
              Key: marshall(registrationKey(registrationId)),
              UpdateExpression: 'SET secretHash = :fresh',
              ConditionExpression: 'secretHash = :first',
              ExpressionAttributeValues: marshall({ ':fresh': device.secretHash, ':first': first.secretHash }),
            },
          },
        ],
      }),
    );
  };

  const readFamily = async (familyId: string): Promise<Family> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(familyKey(familyId)), ConsistentRead: true }),
    );
    if (!Item) throw new Error('The family of this registration is gone.');
    return readFamilyItem(Item);
  };

  const tryRegister = async (entry: Entry): Promise<Family> => {
    const { registrationId, family } = entry;
    try {
      await client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            putFamily(entry),
            ...(registrationId === undefined ? [] : [putRegistration(entry, registrationId)]),
            putReach(entry),
          ],
        }),
      );
      return family;
    } catch (fault) {
      const first = fault instanceof TransactionCanceledException && fault.CancellationReasons?.[1]?.Item;
      if (!first || registrationId === undefined) throw fault;
      const existing = registrationItem.parse(unmarshall(first));
      await replaceDevice(entry, registrationId, existing);
      return readFamily(existing.familyId);
    }
  };

  return {
    register: async (entry) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await tryRegister(entry);
        } catch (fault) {
          if (!(fault instanceof TransactionCanceledException) || tries >= maximumTries) throw fault;
        }
      }
    },
  };
};

const storedDevice = (device: NewDevice, now: Date) => ({ deviceId: device.deviceId, addedAt: now.toISOString() });
