import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Alert, AlertState } from '../domain/alert.ts';
import { alertRetentionMs, watchAfterMs } from '../domain/limits.ts';
import type { Position } from '../domain/position.ts';
import type { DeviceDirectory, PressStore } from '../domain/raise-alert.ts';
import { alertKey, dueBucketOf, familyKey } from './dynamo-keys.ts';

// Hand-written guards instead of a schema library: this file is on the press path, where each kilobyte is load time.
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const states: readonly string[] = [
  'raised',
  'acknowledged',
  'locating',
  'located',
  'in-contact',
  'transferred',
  'closed',
] satisfies AlertState[];
const isState = (value: unknown): value is AlertState => typeof value === 'string' && states.includes(value);

const positionOf = (value: unknown): Position | undefined => {
  if (!isRecord(value)) return undefined;
  const { latitude, longitude } = value;
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : undefined;
};

/** Finds the family of a token: one strongly consistent GetItem, so that a token works from its first second. */
export const dynamoDeviceDirectory = (client: DynamoDBClient, tableName: string): DeviceDirectory => ({
  authenticate: async ({ familyId, secretHash }) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: marshall(familyKey(familyId)),
        ConsistentRead: true,
        ProjectionExpression: 'devices.#hash, consent.consularNotification, person.homePosition',
        ExpressionAttributeNames: { '#hash': secretHash },
      }),
    );
    if (!Item) return undefined;
    const { devices, consent, person }: Record<string, unknown> = unmarshall(Item);
    const device = isRecord(devices) ? devices[secretHash] : undefined;
    if (!isRecord(device) || typeof device['deviceId'] !== 'string') return undefined;
    const homePosition = isRecord(person) ? positionOf(person['homePosition']) : undefined;
    return {
      device: { familyId, deviceId: device['deviceId'] },
      consularNotification: isRecord(consent) && consent['consularNotification'] === true,
      ...(homePosition && { homePosition }),
    };
  },
});

/** Writes presses: one conditional PutItem; the refusal carries the alert that was there first. */
export const dynamoPressStore = (client: DynamoDBClient, tableName: string): PressStore => ({
  put: async (alert) => {
    const raisedAtMs = Date.parse(alert.raisedAt);
    const item = {
      ...alertKey(alert.familyId, alert.alertId),
      itemType: 'alert',
      eventType: 'alert.raised.v1',
      ...alert,
      dueBucket: dueBucketOf(alert.alertId),
      dueAt: raisedAtMs + watchAfterMs,
      expiresAt: Math.floor((raisedAtMs + alertRetentionMs) / 1000),
    };
    try {
      await client.send(
        new PutItemCommand({
          TableName: tableName,
          Item: marshall(item, { removeUndefinedValues: true }),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { kind: 'stored' };
    } catch (fault) {
      if (!(fault instanceof ConditionalCheckFailedException) || !fault.Item) throw fault;
      return { kind: 'exists', alert: firstPress(alert, fault.Item) };
    }
  },
});

// Only what the answer to a repeated press needs is taken from the stored one; of a cancelled alert, as the phone saw it
// then (G7).
const firstPress = (repeated: Alert, stored: Record<string, AttributeValue>): Alert => {
  const answered = new Set(['raisedAt', 'state', 'deviceView']);
  const { raisedAt, state, deviceView }: Record<string, unknown> = unmarshall(
    Object.fromEntries(Object.entries(stored).filter(([name]) => answered.has(name))),
  );
  const shown = isRecord(deviceView) ? deviceView['state'] : state;
  if (typeof raisedAt !== 'string' || !isState(shown)) throw new Error('The stored alert has no raisedAt or state.');
  return { ...repeated, raisedAt, state: shown };
};
