import {
  type AttributeValue,
  type DynamoDBClient,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Alert } from '../domain/case/alert.ts';
import { seenState } from '../domain/case/family-alone.ts';
import { type AlertState, alertStates } from '../domain/vocabulary.ts';
import {
  additionRetentionMs,
  drillCountRetentionMs,
  drillsPerDay,
  drillsPerMonth,
  unheardRetentionMs,
  watchAfterMs,
} from '../domain/limits.ts';
import { type Position, isUsable } from '../domain/position.ts';
import type { Addition, FirstPress } from '../domain/press/addition.ts';
import type { DeviceDirectory, MutedPress, PressDirectory, PressingFamily } from '../domain/press/device.ts';
import type { PressStore } from '../domain/press/raise-alert.ts';
import { noDevice } from '../domain/press/no-device.ts';
import { raisedAlertItem } from './alert-item.ts';
import { derivedId } from './derived-id.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { drillsKey, dueBucketOf, eventKey, familyKey, unheardKey } from './dynamo-keys.ts';

// Hand-written guards instead of a schema library: this file is on the press path, where each kilobyte is load time.
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isState = (value: unknown): value is AlertState => alertStates.some((state) => state === value);

const positionOf = (value: unknown): Position | undefined => {
  if (!isRecord(value)) return undefined;
  const { latitude, longitude } = value;
  return typeof latitude === 'number' && typeof longitude === 'number' ? { latitude, longitude } : undefined;
};

/** Of a family whose settings were changed. */
const shownConsentOf = (shown: unknown): Pick<PressingFamily, 'shownConsent'> => {
  const consent = isRecord(shown) ? shown['consent'] : undefined;
  return isRecord(consent) ? { shownConsent: { consularNotification: consent['consularNotification'] === true } } : {};
};

const mutedOf = (device: Record<string, unknown>): MutedPress | undefined => {
  const { muted } = device;
  if (!isRecord(muted) || typeof muted['salt'] !== 'string') return undefined;
  const { heard, until } = muted;
  return { heard: heard === true, salt: muted['salt'], ...(typeof until === 'string' && { until }) };
};

/** Finds the family of a token: one strongly consistent GetItem, so that a token works from its first second. */
export const dynamoPressDirectory = (client: DynamoDBClient, tableName: string): PressDirectory => ({
  authenticatePress: async ({ familyId, secretHash }) => {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: tableName,
        Key: marshall(familyKey(familyId)),
        ConsistentRead: true,
        ProjectionExpression:
          'devices.#hash, consent.consularNotification, shown.consent.consularNotification, person.homePosition',
        ExpressionAttributeNames: { '#hash': secretHash },
      }),
    );
    if (!Item) return undefined;
    const { devices, consent, shown, person }: Record<string, unknown> = unmarshall(Item);
    const device = isRecord(devices) ? devices[secretHash] : undefined;
    if (!isRecord(device) || typeof device['deviceId'] !== 'string') return undefined;
    const homePosition = isRecord(person) ? positionOf(person['homePosition']) : undefined;
    const muted = mutedOf(device);
    return {
      device: { familyId, deviceId: device['deviceId'] },
      consularNotification: isRecord(consent) && consent['consularNotification'] === true,
      ...shownConsentOf(shown),
      ...(homePosition && { homePosition }),
      ...(muted && { muted }),
    };
  },
});

/** The same for everything but presses: a revoked token is like any that is unknown. */
export const dynamoDeviceDirectory = (client: DynamoDBClient, tableName: string): DeviceDirectory => {
  const devices = dynamoPressDirectory(client, tableName);
  return {
    authenticate: async (token) => {
      const found = await devices.authenticatePress(token);
      return found?.muted ? undefined : found;
    },
  };
};

/** An item if there is none; the refusal carries the one that was there first. */
const newItem = (tableName: string, item: Record<string, unknown>) => ({
  TableName: tableName,
  Item: marshall(item, { removeUndefinedValues: true }),
  ConditionExpression: 'attribute_not_exists(pk)',
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

// Many drills at the same instant meet at the family's count, and each has to be told for sure.
const mostTriesOfDrill = 12;

/** Counts a drill in its month and day of UTC; the condition fails when either is full. */
const countedDrill = (tableName: string, { familyId, raisedAt }: Alert) => {
  const day = raisedAt.slice(8, 10);
  return {
    TableName: tableName,
    Key: marshall(drillsKey(familyId, raisedAt.slice(0, 7))),
    UpdateExpression: 'SET itemType = :type, expiresAt = :until ADD drills :one, #day :one',
    ConditionExpression:
      '(attribute_not_exists(drills) OR drills < :month) AND (attribute_not_exists(#day) OR #day < :day)',
    ExpressionAttributeNames: { '#day': `drillsOn${day}` },
    ExpressionAttributeValues: marshall({
      ':type': 'drills',
      ':until': Math.floor((Date.parse(raisedAt) + drillCountRetentionMs) / 1000),
      ':one': 1,
      ':month': drillsPerMonth,
      ':day': drillsPerDay,
    }),
  };
};

/** Writes presses: one conditional PutItem; a drill's is a transaction with its count. */
export const dynamoPressStore = (client: DynamoDBClient, tableName: string): PressStore => {
  const putNew = (item: Record<string, unknown>): PutItemCommand => new PutItemCommand(newItem(tableName, item));
  const putNothing = (alert: Alert): PutItemCommand =>
    putNew({
      ...unheardKey(alert.familyId, alert.alertId),
      itemType: 'unheard' as const,
      filler: '0'.repeat(JSON.stringify(alert).length),
      expiresAt: Math.floor((Date.parse(alert.raisedAt) + unheardRetentionMs) / 1000),
    });
  // A repeated press may meet the transaction of somebody at work on its case. That is no reason to refuse it, nor may
  // the phone see it (G7, G9).
  const send = async (command: PutItemCommand) => retryConflicts(async () => client.send(command));
  return {
    put: async (alert) => {
      try {
        await send(putNew(raisedAlertItem(alert)));
        return { kind: 'stored' };
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException) || !fault.Item) throw fault;
        return { kind: 'exists', ...firstPress(alert, fault.Item) };
      }
    },

    add: async (addition) => {
      try {
        await send(putNew(additionItem(addition)));
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      }
    },

    putDrill: async (alert) => {
      const command = new TransactWriteItemsCommand({
        TransactItems: [
          { Put: newItem(tableName, raisedAlertItem(alert)) },
          { Update: countedDrill(tableName, alert) },
        ],
      });
      try {
        await retryConflicts(async () => client.send(command), mostTriesOfDrill);
        return { kind: 'stored' };
      } catch (fault) {
        if (!(fault instanceof TransactionCanceledException)) throw fault;
        const [first, count] = fault.CancellationReasons ?? [];
        if (first?.Item) return { kind: 'exists', ...firstPress(alert, first.Item) };
        if (count?.Code === 'ConditionalCheckFailed' && first?.Code === 'None') return { kind: 'used-up' };
        throw fault;
      }
    },

    putUnseen: async (alert, { heard, salt }) => {
      // The same for a repeated press; without the salt nobody can tell it.
      const unseen = { ...alert, alertId: derivedId(`${salt}|${alert.alertId}`), deviceId: noDevice };
      try {
        await send(heard ? putNew(raisedAlertItem(unseen)) : putNothing(unseen));
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
      }
    },
  };
};

/** Under its fields: one repeat may bring the place, and another the note. Due after a minute, as all that is told. */
const additionItem = (addition: Addition) => {
  const atMs = Date.parse(addition.at);
  const fields = [addition.position && 'position', addition.note !== undefined && 'note'].filter(Boolean).join('-');
  return {
    ...eventKey({ familyId: addition.familyId, alertId: addition.alertId, addition: fields }),
    itemType: 'addition' as const,
    ...addition,
    dueBucket: dueBucketOf(addition.alertId),
    dueAt: atMs + watchAfterMs,
    expiresAt: Math.floor((atMs + additionRetentionMs) / 1000),
  };
};

const closedIn = ({ closedAt }: Record<string, unknown>) => (typeof closedAt === 'string' ? { closedAt } : {});

// Only what a repeated press needs is taken from the stored one; of a cancelled alert, as the phone saw it
// then (G7).
const firstPress = (
  repeated: Alert,
  stored: Record<string, AttributeValue>,
): { readonly alert: Alert; readonly first: FirstPress } => {
  const answered = new Set(['raisedAt', 'state', 'drill', 'familyAlone', 'deviceView', 'position', 'note']);
  const { raisedAt, state, drill, familyAlone, deviceView, position, note }: Record<string, unknown> = unmarshall(
    Object.fromEntries(Object.entries(stored).filter(([name]) => answered.has(name))),
  );
  const alone = isRecord(familyAlone) ? { familyAlone: closedIn(familyAlone) } : {};
  const shown =
    isRecord(deviceView) || !isState(state)
      ? isRecord(deviceView) && deviceView['state']
      : seenState({ state, drill: drill === true, ...alone });
  if (typeof raisedAt !== 'string' || !isState(shown)) throw new Error('The stored alert has no raisedAt or state.');
  return {
    alert: { ...repeated, raisedAt, state: shown },
    first: { hasPosition: isUsable(positionOf(position)), hasNote: note !== undefined },
  };
};
