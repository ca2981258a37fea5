import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type CheckIn, type CheckInStore, checkInSchema, firstLookAt } from '../domain/check-in/check-in.ts';
import { type Clock, utcDay } from '../domain/clock.ts';
import { checkInsPerDay, secondsToMidnight } from '../domain/limits.ts';
import { readAs } from '../domain/shape.ts';
import { raisedAlertItem } from './alert-item.ts';
import { live } from './dynamo-items.ts';
import { checkInCountKey, checkInKey, dueBucketOf } from './dynamo-keys.ts';
import { pretenceItem } from './pretence-item.ts';
import { type Write, dynamoTable } from './table.ts';
import { absent, below, either, every, is } from './table-expressions.ts';

const countMade = ({ familyId, createdAt }: CheckIn): Write => {
  const at = new Date(createdAt);
  return {
    update: checkInCountKey(familyId, utcDay(at)),
    set: {
      itemType: 'check-in-count' as const,
      expiresAt: Math.ceil(at.getTime() / 1000) + secondsToMidnight(at),
    },
    add: { made: 1 },
    if: either(absent('pk'), below('made', checkInsPerDay)),
  };
};

/**
 * Check-ins in the table. What happens to one is a transaction of two writes, the check-in and an alert, conditional on
 * the check-in as it was read.
 */
export const dynamoCheckInStore = (client: DynamoDBClient, tableName: string, now: Clock): CheckInStore => {
  const table = dynamoTable(client, tableName);
  const keyOf = ({ familyId, checkInId }: CheckIn) => checkInKey(familyId, checkInId);
  const write = async (writes: readonly Write[]): Promise<'applied' | 'conflict'> =>
    (await table.transact(writes)).kind === 'applied' ? 'applied' : 'conflict';

  return {
    list: async (familyId) => {
      const { pk, sk } = checkInKey(familyId, '');
      const found = await table.query({ partition: ['pk', pk], sort: ['sk', 'begins-with', sk] });
      return found.filter((stored) => live(stored, now())).map((stored) => readAs(checkInSchema, stored));
    },

    get: async (familyId, checkInId) => {
      const stored = live(await table.get(checkInKey(familyId, checkInId)), now());
      return stored && readAs(checkInSchema, stored);
    },

    add: async (checkIn, forgetAt) => {
      const item = {
        ...keyOf(checkIn),
        itemType: 'check-in' as const,
        ...checkIn,
        dueBucket: dueBucketOf(checkIn.checkInId),
        dueAt: firstLookAt(checkIn),
        expiresAt: Math.ceil(forgetAt.getTime() / 1000),
      };
      const outcome = await table.transact([{ put: item, if: absent('pk'), explain: true }, countMade(checkIn)]);
      if (outcome.kind === 'applied') return checkIn;
      return outcome.refusals.has(0) ? readAs(checkInSchema, outcome.refusals.get(0)) : 'used-up';
    },

    answer: async (answer) => {
      const { checkIn, to, raises, hasSignalled = raises } = answer;
      return write([
        {
          update: keyOf(checkIn),
          set: {
            state: to ?? checkIn.state,
            [hasSignalled ? 'signalledOn' : 'answeredOn']: utcDay(answer.now),
          },
          // What has been answered is due no more.
          remove: to === undefined ? [] : ['dueAt', 'dueBucket'],
          if: every(is('state', checkIn.state), is('signalledOn', checkIn.signalledOn)),
        },
        { put: raises ? raisedAlertItem(answer.alert) : pretenceItem(answer.alert, answer.now), if: absent('pk') },
      ]);
    },

    miss: async (checkIn, alert) =>
      write([
        {
          update: keyOf(checkIn),
          set: { state: 'missed', alertId: alert.alertId },
          remove: ['dueAt', 'dueBucket'],
          if: is('state', 'waiting'),
        },
        { put: raisedAlertItem(alert), if: absent('pk') },
      ]),
  };
};
