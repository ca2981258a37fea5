import type { AttributeValue, DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { CheckIn, CheckInAnswer, CheckInStore } from '../domain/check-in/check-in.ts';
import { firstLookAt } from '../domain/check-in/check-in.ts';
import type { Clock } from '../domain/clock.ts';
import { pinLockMs } from '../domain/family/pins.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { isExpired, raisedAlertItem, readCheckInItem } from './dynamo-items.ts';
import { checkInKey, dueBucketOf, pinAttemptsKey } from './dynamo-keys.ts';

/** In the index of what is due, like an alert, and never due: the last millisecond of the year 9999. */
const neverMs = 253_402_300_799_999;

/**
 * The alert that is not put, under a key and a type where nothing looks: new, with the same attributes and in the same
 * index, so that the write takes as long. Zeros of its size took half a millisecond less.
 */
const pretenceItem = ({ checkIn, alert, now }: CheckInAnswer): Record<string, AttributeValue> => ({
  ...raisedAlertItem(alert),
  ...marshall({
    ...pinAttemptsKey(checkIn.familyId, `#PRETENCE#${alert.alertId}`),
    itemType: 'pin-attempts',
    dueAt: neverMs,
    expiresAt: Math.ceil((now.getTime() + pinLockMs) / 1000),
  }),
});

/**
 * Check-ins in the table. What happens to one is a transaction of two writes, the check-in and an alert, conditional on
 * the check-in as it was read.
 */
export const dynamoCheckInStore = (client: DynamoDBClient, tableName: string, now: Clock): CheckInStore => {
  const keyOf = ({ familyId, checkInId }: CheckIn) => ({
    TableName: tableName,
    Key: marshall(checkInKey(familyId, checkInId)),
  });

  const write = async (items: TransactWriteItem[]): Promise<'applied' | 'conflict'> => {
    const command = new TransactWriteItemsCommand({ TransactItems: items });
    try {
      await retryConflicts(async () => client.send(command));
      return 'applied';
    } catch (fault) {
      const refused =
        fault instanceof TransactionCanceledException &&
        fault.CancellationReasons?.some(({ Code }) => Code === 'ConditionalCheckFailed');
      if (refused) return 'conflict';
      throw fault;
    }
  };

  return {
    list: async (familyId) => {
      const { pk, sk } = checkInKey(familyId, '');
      const found: CheckIn[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: tableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
          ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': sk }),
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        found.push(...Items.filter((item) => !isExpired(item, now())).map(readCheckInItem));
      }
      return found;
    },

    get: async (familyId, checkInId) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: marshall(checkInKey(familyId, checkInId)),
          ConsistentRead: true,
        }),
      );
      return Item && !isExpired(Item, now()) ? readCheckInItem(Item) : undefined;
    },

    add: async (checkIn, forgetAt) => {
      const item = {
        ...checkInKey(checkIn.familyId, checkIn.checkInId),
        itemType: 'check-in',
        ...checkIn,
        dueBucket: dueBucketOf(checkIn.checkInId),
        dueAt: firstLookAt(checkIn),
        expiresAt: Math.ceil(forgetAt.getTime() / 1000),
      };
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall(item),
            ConditionExpression: 'attribute_not_exists(pk)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return checkIn;
      } catch (fault) {
        if (!(fault instanceof ConditionalCheckFailedException) || !fault.Item) throw fault;
        return readCheckInItem(fault.Item);
      }
    },

    answer: async (answer) => {
      const { checkIn, to, raises } = answer;
      const { state, signalledOn } = checkIn;
      return write([
        {
          Update: {
            ...keyOf(checkIn),
            // What has been answered is due no more; `state` is a reserved word.
            UpdateExpression: `SET #state = :to, #on = :day${to === undefined ? '' : ' REMOVE dueAt, dueBucket'}`,
            ConditionExpression: `#state = :state AND ${signalledOn === undefined ? 'attribute_not_exists(signalledOn)' : 'signalledOn = :signalledOn'}`,
            ExpressionAttributeNames: { '#state': 'state', '#on': raises ? 'signalledOn' : 'answeredOn' },
            ExpressionAttributeValues: marshall({
              ':to': to ?? state,
              ':day': answer.now.toISOString().slice(0, 10),
              ':state': state,
              ...(signalledOn !== undefined && { ':signalledOn': signalledOn }),
            }),
          },
        },
        {
          Put: {
            TableName: tableName,
            Item: raises ? raisedAlertItem(answer.alert) : pretenceItem(answer),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ]);
    },

    miss: async (checkIn, alert) =>
      write([
        {
          Update: {
            ...keyOf(checkIn),
            UpdateExpression: 'SET #state = :missed, alertId = :alertId REMOVE dueAt, dueBucket',
            ConditionExpression: '#state = :waiting',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: marshall({
              ':missed': 'missed',
              ':alertId': alert.alertId,
              ':waiting': 'waiting',
            }),
          },
        },
        {
          Put: {
            TableName: tableName,
            Item: raisedAlertItem(alert),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ]),
  };
};
