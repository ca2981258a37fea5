import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { alertKey, dueBucketOf, linkKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import { watch } from '../../shared/domain/watch.ts';
import { anAlert } from '../support/fixtures.ts';
import { clientOf } from '../support/sdk-client.ts';
import type { Item } from './expressions.ts';
import type { MemoryTable } from './memory-table.ts';
import { createMemoryTable } from './memory-table.ts';
import { keepQuiet } from './quiet.ts';
import { places } from './scenario.ts';
import type { World } from './world.ts';
import { createWorld } from './world.ts';

/*
 * What a minute of the watchman costs, whatever else is in the table, and what becomes of a minute that is not enough,
 * comes twice, or ends in the middle. Every adapter is real; the table and SNS are in this process.
 */

const minute = 60_000;
const id = (kind: string, index: number): string =>
  `${kind}${String(index).padStart(7, '0')}-0000-4000-8000-000000000000`;
const clientFor = (table: Pick<MemoryTable, 'call'>): DynamoDBClient => clientOf(table).client;

keepQuiet();

/** A world with a table that is counted: which items its searches found. */
const countedWorld = async () => {
  const tables: MemoryTable[] = [];
  const found: Item[] = [];
  const world = await createWorld({ authorised: true, home: false, drill: false, place: 'downtown' }, (onInsert) => {
    const table = createMemoryTable(onInsert);
    tables.push(table);
    return {
      ...table,
      call: async (operation, input) => {
        const answer = await table.call(operation, input);
        if (input['IndexName'] === 'due') found.push(...(answer['Items'] as Item[]));
        return answer;
      },
    };
  });
  const [table] = tables;
  if (!table) throw new Error('no table');
  return { world, table, found };
};

/** Presses of the world's family that the stream has lost: the watchman is the first to hear of them. */
const pressUnheard = async (world: World, table: MemoryTable, count: number): Promise<readonly Alert[]> => {
  const { raisedAt: _raisedAt, ...alert } = anAlert({ position: places.downtown });
  const store = dynamoPressStore(clientFor(table), 'alerts');
  const alerts = Array.from({ length: count }, (_, index) => ({
    ...alert,
    alertId: id('a', index),
    // One a second, the youngest just due.
    raisedAt: new Date(world.now().getTime() - minute - index * 1000).toISOString(),
  }));
  for (const each of alerts) await store.put(each);
  return alerts;
};

/** Ten thousand of a kind in families of their own, all due later, as an afternoon of a bad day leaves them. */
const addNotDue = async (world: World, table: MemoryTable, kind: 'alert' | 'check-in'): Promise<void> => {
  const store = dynamoPressStore(clientFor(table), 'alerts');
  const alert = anAlert({ familyId: id('f', 0), alertId: id('b', 0), raisedAt: world.now().toISOString() });
  await store.put(alert);
  const { pk, sk } = alertKey(alert.familyId, alert.alertId);
  const like = table.item(pk, sk);
  for (let index = 1; index < 10_000; index += 1) {
    const own = id(kind === 'alert' ? 'b' : 'c', index);
    const Item = {
      ...like,
      pk: { S: `FAMILY#${id('f', index)}` },
      sk: { S: kind === 'alert' ? `ALERT#${own}` : `CHECK-IN#${own}` },
      itemType: { S: kind },
      alertId: { S: own },
      dueBucket: { S: dueBucketOf(own) },
      dueAt: { N: String(world.now().getTime() + 1 + (index % 15) * minute) },
    };
    await table.call('PutItem', { TableName: 'alerts', Item });
  }
};

const callsOf = (world: World): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { operation } of world.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
};

/** Alert and recipient of each accepted message, by the link in it. */
const deliveredTo = (world: World, table: MemoryTable): string[] =>
  world.published.flatMap(({ to, text, type }) => {
    const token = /\/[cf]\/(\w+)/.exec(text)?.[1] ?? '';
    const { pk, sk } = linkKey(createHash('sha256').update(token).digest('hex'));
    return type === 'alert.raised.v1' ? [`${table.item(pk, sk)?.['alertId']?.S} ${to}`] : [];
  });
const everybody = (alerts: readonly Alert[]): string[] =>
  alerts.flatMap(({ alertId }) => ['family', 'los-angeles', 'ministry'].map((to) => `${alertId} ${to}`)).toSorted();

describe('a minute of the watchman', () => {
  const spent = async (isCrowded: boolean) => {
    const { world, table, found } = await countedWorld();
    if (isCrowded) {
      await addNotDue(world, table, 'alert');
      await addNotDue(world, table, 'check-in');
    }
    const alerts = await pressUnheard(world, table, 20);
    found.length = 0;
    world.calls.length = 0;
    await world.round();
    expect(deliveredTo(world, table).toSorted()).toEqual(everybody(alerts));
    return { calls: callsOf(world), read: found.length };
  };

  it('costs the same with 10,000 open alerts and 10,000 check-ins that are not due, and reads none of them', async () => {
    const [empty, crowded] = [await spent(false), await spent(true)];
    expect(crowded).toEqual(empty);
    expect(crowded.read).toBe(20);
    // One search for each bucket, one for checks; then what each due alert asks for.
    expect(crowded.calls['Query']).toBe(16 + 1);
    const { Query: _searches, ...others } = crowded.calls;
    expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(20 * 25 + 5);
  });
});

describe('a backlog that one round cannot work through', () => {
  /** Ten thousand due at once, each taking a fifth of a second of twenty at a time. */
  const setUp = async (count: number) => {
    const table = createMemoryTable(() => undefined);
    const client = clientFor(table);
    const startMs = Date.parse('2026-11-22T20:00:00.000Z');
    let time = startMs;
    const now = () => new Date(time);
    const store = dynamoPressStore(client, 'alerts');
    for (let index = 0; index < count; index += 1) {
      // In no order of ids or buckets.
      const raisedAt = new Date(startMs - 10 * minute + ((index * 7919) % count)).toISOString();
      await store.put(anAlert({ alertId: id('a', index), state: 'acknowledged', raisedAt }));
    }
    const told: { alertId: string; raisedAt: string; round: number }[] = [];
    let [round, running, most] = [0, 0, 0];
    const faulty = new Set<string>();
    const next = async () => {
      round += 1;
      const outcome = await watch(
        {
          due: dynamoDueStore(client, 'alerts', now),
          now,
          delays: { nextOfficeMs: 5 * minute, ministryMs: 10 * minute },
          welcome: async () => [],
          announceEvent: async () => [],
          escalate: async () => undefined,
          report: () => undefined,
          announceAlert: async ({ alertId, raisedAt }) => {
            running += 1;
            most = Math.max(most, running);
            told.push({ alertId, raisedAt, round });
            await new Promise(setImmediate);
            time += 10;
            running -= 1;
            if (faulty.has(alertId)) throw new Error('poison');
            return [{ destination: 'family', kind: 'sent' }];
          },
        },
        { concurrency: 20, budgetMs: 35_000 },
      );
      time = startMs + round * minute;
      return outcome;
    };
    return { next, told, faulty, most: () => most };
  };

  it('is left where time ends and gone on with, oldest first, until all is told once', async () => {
    const { next, told, most } = await setUp(10_000);
    const looked: number[] = [];
    for (let rest = true; rest;) {
      const outcome = await next();
      looked.push(outcome.looked);
      expect(outcome.faults).toEqual([]);
      rest = outcome.isUnfinished;
    }
    expect(looked).toHaveLength(3);
    expect(Math.max(...looked)).toBeLessThan(3600);
    expect(told.map(({ raisedAt }) => raisedAt)).toEqual(told.map(({ raisedAt }) => raisedAt).toSorted());
    expect(new Set(told.map(({ alertId }) => alertId)).size).toBe(10_000);
    expect(told).toHaveLength(10_000);
    expect(most()).toBe(20);
  });

  it('is not held up by what fails each time: that goes to the back of the line', async () => {
    const { next, told, faulty } = await setUp(4000);
    // More than a round has time for, and the oldest of all.
    const [first] = [told];
    for (let index = 0; index < 4000; index += 1) {
      if ((index * 7919) % 4000 < 3600) faulty.add(id('a', index));
    }
    await next();
    await next();
    const healthy = new Set(first.filter(({ alertId }) => !faulty.has(alertId)).map(({ alertId }) => alertId));
    expect(healthy.size).toBe(400);
  });
});

describe('rounds that meet, or end in the middle', () => {
  it('send nothing twice when two work at once, with the stream in between', async () => {
    const { world, table } = await countedWorld();
    const alerts = await pressUnheard(world, table, 20);
    await Promise.all([world.round(), world.round(), world.drain()]);
    expect(deliveredTo(world, table).toSorted()).toEqual(everybody(alerts));
  });

  it.each([10, 40, 100, 200, 300, 400])('lose nothing when one dies after %i calls', async (calls) => {
    const { world, table } = await countedWorld();
    const alerts = await pressUnheard(world, table, 20);
    world.calls.length = 0;
    world.faults.dieAfter = calls;
    void world.round();
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(world.calls).toHaveLength(calls);
    const isSent = (alert: Alert, to: string): boolean => {
      const { pk, sk } = alertKey(alert.familyId, alert.alertId);
      const delivery = table.item(pk, sk)?.['deliveries']?.M?.[to === 'los-angeles' ? 'consulate' : to]?.M;
      return delivery?.['status']?.S === 'sent';
    };
    const settled = alerts.flatMap((alert) =>
      ['family', 'los-angeles', 'ministry'].filter((to) => isSent(alert, to)).map((to) => `${alert.alertId} ${to}`),
    );
    const before = deliveredTo(world, table).length;

    world.faults.dieAfter = Infinity;
    world.pass(1);
    await world.round();
    const all = deliveredTo(world, table);
    expect([...new Set(all)].toSorted()).toEqual(everybody(alerts));
    // Only what was in hand at that moment may come twice.
    expect(all.slice(before).filter((one) => settled.includes(one))).toEqual([]);
  });
});
