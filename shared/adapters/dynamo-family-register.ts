import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { firstReachCheckMs, registrationReplayMs, watchAfterMs } from '../domain/limits.ts';
import type { FamilyRegister, NewDevice, RegisterOutcome } from '../domain/family/register-family.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { countedEndpoints, countJoining } from './dynamo-endpoint-limit.ts';
import { dynamoFamilyAccounts } from './dynamo-family-account.ts';
import { dueBucketOf, familyKey, registrationKey } from './dynamo-keys.ts';
import { newReachItem } from './dynamo-reach-store.ts';

const registrationItem = z.object({ familyId: z.string(), secretHash: z.string() });
type Entry = Parameters<FamilyRegister['register']>[0];

// Another request with the same id may be in the middle of its own transaction; its end decides which case ours is.
const maximumTries = 4;

/** Families as they are registered: one transaction writes the family and what makes a repeat recognisable. */
export const dynamoFamilyRegister = (client: DynamoDBClient, tableName: string): FamilyRegister => {
  const accounts = dynamoFamilyAccounts(client, tableName);

  const putFamily = ({ family, pins, device, registrationId, now }: Entry): TransactWriteItem => ({
    Put: {
      TableName: tableName,
      Item: marshall(
        {
          ...familyKey(family.familyId),
          itemType: 'family',
          eventType: 'contact.welcome.v1',
          ...family,
          pins,
          registrationId,
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

  const putRegistration = (
    { family, device, now }: Entry,
    registrationId: string,
    revoked = '',
  ): TransactWriteItem => ({
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
      ConditionExpression: 'attribute_not_exists(pk) OR createdAtMs <= :stale OR secretHash = :revoked',
      ExpressionAttributeValues: marshall({ ':stale': now.getTime() - registrationReplayMs, ':revoked': revoked }),
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
              ConditionExpression: 'attribute_exists(devices.#first) AND attribute_not_exists(devices.#first.muted)',
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

  /** A repeat. Of a phone that was revoked since, or a family that was erased, by either PIN, it begins anew (G7). */
  const repeat = async (
    entry: Entry,
    registrationId: string,
    existing: z.infer<typeof registrationItem>,
  ): Promise<RegisterOutcome> => {
    try {
      await replaceDevice(entry, registrationId, existing);
    } catch (fault) {
      if (isRevoked(fault)) return tryRegister(entry, existing.secretHash);
      throw fault;
    }
    const account = await accounts.get(existing.familyId);
    if (!account) throw new Error('The family of this registration is gone.');
    return { kind: 'registered', family: { ...account.family, contacts: account.shownContacts } };
  };

  // What is at its limit must not keep a repeat from its answer: the first registration has counted already.
  const findFirst = async ({ now }: Entry, registrationId: string) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: marshall(registrationKey(registrationId)),
        ConsistentRead: true,
      }),
    );
    const createdAtMs = Number(Item?.['createdAtMs']?.N);
    return createdAtMs > now.getTime() - registrationReplayMs ? Item : undefined;
  };

  const tryRegister = async (entry: Entry, revoked?: string): Promise<RegisterOutcome> => {
    const { registrationId, family, now } = entry;
    const { person, contacts } = family;
    const joining = countedEndpoints([
      ...contacts.map(({ endpoint }) => endpoint),
      ...(person.phone === undefined ? [] : [person.phone]),
    ]);
    const own = [
      putFamily(entry),
      ...(registrationId === undefined ? [] : [putRegistration(entry, registrationId, revoked)]),
      putReach(entry),
    ];
    const command = new TransactWriteItemsCommand({
      TransactItems: [...own, ...joining.map((endpoint) => countJoining(tableName, endpoint, now))],
    });
    try {
      await retryConflicts(async () => client.send(command));
      return { kind: 'registered', family };
    } catch (fault) {
      if (!(fault instanceof TransactionCanceledException)) throw fault;
      const reasons = fault.CancellationReasons ?? [];
      const limited = joining.filter((_, index) => reasons[own.length + index]?.Code === 'ConditionalCheckFailed');
      if (registrationId !== undefined) {
        const first = reasons[1]?.Item ?? (limited.length > 0 ? await findFirst(entry, registrationId) : undefined);
        const existing = first && registrationItem.parse(unmarshall(first));
        if (existing && existing.secretHash !== revoked) return repeat(entry, registrationId, existing);
      }
      if (limited.length > 0) return { kind: 'limited', endpoints: limited };
      throw fault;
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

/** The family refused the exchange of tokens while the registration still named the old one: no race, it is gone. */
const isRevoked = (fault: unknown): boolean => {
  if (!(fault instanceof TransactionCanceledException)) return false;
  const [family, registration] = fault.CancellationReasons ?? [];
  return family?.Code === 'ConditionalCheckFailed' && registration?.Code === 'None';
};

const storedDevice = (device: NewDevice, now: Date) => ({ deviceId: device.deviceId, addedAt: now.toISOString() });
