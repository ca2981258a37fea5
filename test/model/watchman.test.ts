import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { alertKey, checkInKey, dueBucketOf, linkKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import { unseal } from '../../shared/adapters/sealed-text.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CheckIn } from '../../shared/domain/check-in/check-in.ts';
import type { EventRef } from '../../shared/domain/event-ref.ts';
import { type WatchDeps, watch } from '../../shared/telling/watch.ts';
import { aCheckIn } from '../support/check-ins.ts';
import { anAlert } from '../support/fixtures.ts';
import { clientOf } from '../support/sdk-client.ts';
import type { Item } from './expressions.ts';
import { type MemoryTable, createMemoryTable } from './memory-table.ts';
import { places } from './scenario.ts';
import { type Stage, setStage } from './stage.ts';

/*
 * What a minute of the watchman costs, whatever else is in the table, and what becomes of a minute that is not enough,
 * comes twice, or ends in the middle. Every adapter is real; the table and SNS are in this process.
 */

const minute = 60_000;
const id = (kind: string, index: number): string =>
  `${kind}${String(index).padStart(7, '0')}-0000-4000-8000-000000000000`;
const clientFor = (table: Pick<MemoryTable, 'call'>): DynamoDBClient => clientOf(table).client;

/** A world with a table that is counted: which items its searches found. */
const countedWorld = async () => {
  const tables: MemoryTable[] = [];
  const found: Item[] = [];
  const world = await setStage(
    { authorised: true, home: false, drill: false, place: 'downtown', before: [] },
    (onInsert) => {
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
    },
  );
  const [table] = tables;
  if (!table) throw new Error('no table');
  return { world, table, found };
};

/**
 * Presses of the world's family that the stream has lost: the watchman is the first to hear of them. At most ten, of which
 * a family hears in full in a day.
 */
const pressUnheard = async (world: Stage, table: MemoryTable, count: number): Promise<readonly Alert[]> => {
  const { raisedAt: _raisedAt, ...alert } = anAlert({ familyId: world.familyId, position: places.downtown });
  const store = dynamoPressStore(clientFor(table), 'alerts');
  const alerts = Array.from({ length: count }, (_, index) => ({
    ...alert,
    alertId: id('a', index),
    // Each a case, as presses of many families would be.
    ownCase: {},
    // One a second, the youngest just due.
    raisedAt: new Date(world.now().getTime() - minute - index * 1000).toISOString(),
  }));
  for (const each of alerts) await store.put(each);
  return alerts;
};

/** Promises that nobody kept, of the world's family: overdue by a second each. */
const promiseInVain = async (world: Stage, table: MemoryTable, count: number): Promise<readonly CheckIn[]> => {
  const store = dynamoCheckInStore(clientFor(table), 'alerts', world.now);
  const checkIns = Array.from({ length: count }, (_, index) =>
    aCheckIn({
      familyId: world.familyId,
      checkInId: id('c', index),
      promisedAt: new Date(world.now().getTime() - index * 1000).toISOString(),
      deliveries: {},
    }),
  );
  for (const each of checkIns) await store.add(each, new Date(world.now().getTime() + 60 * minute));
  return checkIns;
};

/** Ten thousand open alerts and as many promises, in families of their own, all due later: a bad day's afternoon. */
const addNotDue = async (world: Stage, table: MemoryTable): Promise<void> => {
  const familyId = id('f', 0);
  const like = { alert: alertKey(familyId, id('b', 0)), 'check-in': checkInKey(familyId, id('c', 0)) };
  const raisedAt = world.now().toISOString();
  await dynamoPressStore(clientFor(table), 'alerts').put(anAlert({ familyId, alertId: id('b', 0), raisedAt }));
  const promised = aCheckIn({ familyId, checkInId: id('c', 0), promisedAt: world.now().toISOString(), deliveries: {} });
  await dynamoCheckInStore(clientFor(table), 'alerts', world.now).add(promised, new Date(Number.MAX_SAFE_INTEGER / 2));
  for (const [kind, { pk, sk }] of Object.entries(like)) {
    const item = table.item(pk, sk);
    for (let index = 0; index < 10_000; index += 1) {
      const own = id(kind === 'alert' ? 'b' : 'c', index);
      const Item = {
        ...item,
        pk: { S: `FAMILY#${id('f', index)}` },
        sk: { S: sk.replace(/#.*/, `#${own}`) },
        dueBucket: { S: dueBucketOf(own) },
        dueAt: { N: String(world.now().getTime() + 1 + (index % 15) * minute) },
      };
      await table.call('PutItem', { TableName: 'alerts', Item });
    }
  }
};

const callsOf = (world: Stage): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { operation } of world.calls) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
};

/** Whom people were told of by a digest, of those of whom machines were told alone. */
const toldByDigest = (world: Stage) => {
  const of = (kind: string) =>
    world.published.filter(({ mail, accepted }) => mail === kind && accepted).map(({ to, text }) => ({ to, text }));
  const inDocument = ({ to, text }: { to: string; text: string }): string =>
    `${JSON.parse(JSON.parse(text).default).alertId} ${to}`;
  const alone = of('none').map(inDocument);
  // After a crash in between, a message may be a mail of its own after all.
  const offices = world.published.filter(({ to, mail, accepted }) => to !== 'family' && mail === 'each' && accepted);
  const named = of('digest').map(({ to, text }) => `${JSON.parse(text).alertId} ${to}`);
  return { alone: sorted(new Set(alone)), named: sorted(new Set(named)), single: new Set(offices.map(inDocument)) };
};

/** Alert and recipient of each message of a press, or of a promise not kept, by the link in it. */
const deliveredTo = (world: Stage, table: MemoryTable): string[] =>
  world.published
    .filter(({ type, mail }) => type === 'alert.raised.v1' && mail !== 'digest')
    .map(({ to, text }) => {
      const token = /\/[cf]\/(\w+)/.exec(text)?.[1] ?? '';
      const { pk, sk } = linkKey(createHash('sha256').update(token).digest('hex'));
      const sealed = table.item(pk, sk)?.['sealed']?.S ?? '';
      return `${JSON.parse(unseal(token, sealed)).alertId} ${to}`;
    });
const everybody = (alerts: readonly Alert[]): string[] =>
  alerts.flatMap(({ alertId }) => ['family', 'los-angeles', 'ministry'].map((to) => `${alertId} ${to}`));
/** Without a position or a home no office is near: family and ministry hear of it. */
const ofMissed = (table: MemoryTable, checkIns: readonly CheckIn[]): string[] =>
  checkIns.flatMap(({ familyId, checkInId }) => {
    const { pk, sk } = checkInKey(familyId, checkInId);
    return ['family', 'ministry'].map((to) => `${table.item(pk, sk)?.['alertId']?.S} ${to}`);
  });
const sorted = (texts: Iterable<string>): string[] => [...texts].toSorted();

describe('a minute of the watchman', () => {
  const spent = async (isCrowded: boolean) => {
    const { world, table, found } = await countedWorld();
    if (isCrowded) await addNotDue(world, table);
    const alerts = await pressUnheard(world, table, 10);
    found.length = 0;
    world.calls.length = 0;
    await world.round();
    expect(sorted(deliveredTo(world, table))).toEqual(sorted(everybody(alerts)));
    return { calls: callsOf(world), read: found.length };
  };

  it('costs the same with 10,000 open alerts and 10,000 check-ins that are not due, and reads none of them', async () => {
    const [empty, crowded] = [await spent(false), await spent(true)];
    expect(crowded).toEqual(empty);
    // The alerts, and of all but two mails to office and ministry what their digests tell in the same round.
    expect(crowded.read).toBe(10 + 16);
    // One search for each bucket, one for checks, one for digests and two of each of them; of each due alert one for presses
    // near it and one of its timeline, to count it; then what else each asks for.
    expect(crowded.calls['Query']).toBe(16 + 1 + 1 + 2 * 2 + 10 * 2);
    const { Query: _searches, ...others } = crowded.calls;
    expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(10 * 40);
  });
});

describe('a backlog that one round cannot work through', () => {
  /** So many due at once, each taking a fifth of a second with twenty at a time, in rounds of so many milliseconds. */
  const setUp = async (count: number, budgetMs: number) => {
    const table = createMemoryTable(() => undefined);
    const startMs = Date.parse('2026-11-22T20:00:00.000Z');
    const dueAt = new Map<string, number>();
    for (let index = 0; index < count; index += 1) {
      const alertId = id('a', index);
      // In no order of ids or buckets.
      dueAt.set(alertId, startMs - 10 * minute + ((index * 7919) % count));
      const key = alertKey(anAlert().familyId, alertId);
      const Item = {
        pk: { S: `FAMILY#${alertId}` },
        sk: { S: key.sk },
        dueBucket: { S: dueBucketOf(alertId) },
        dueAt: { N: String(dueAt.get(alertId)) },
      };
      await table.call('PutItem', { TableName: 'alerts', Item });
    }
    let time = startMs;
    const now = () => new Date(time);
    const told: string[] = [];
    let [round, running, most] = [0, 0, 0];
    const faulty = new Set<string>();
    const due = dynamoDueStore(clientFor(table), 'alerts', now);
    const tell = async (alertId: string) => {
      running += 1;
      most = Math.max(most, running);
      told.push(alertId);
      for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
      time += 10;
      running -= 1;
      if (faulty.has(alertId)) throw new Error('poison');
    };
    const next = async () => {
      round += 1;
      const happened = await Array.fromAsync(
        watch(
          {
            due: {
              ...due,
              read: async ({ familyId, alertId = '' }: EventRef) => ({
                kind: 'alert',
                alert: anAlert({
                  familyId,
                  alertId,
                  state: 'acknowledged',
                  consularNotification: false,
                  ownCase: {},
                }),
                dueAtMs: Number(table.item(`FAMILY#${alertId}`, `ALERT#${alertId}`)?.['dueAt']?.N),
              }),
            },
            digests: { offices: async () => [] },
            now,
            delays: { nextOfficeMs: 5 * minute, ministryMs: 10 * minute },
            // Telling begins with a look at the family and at who would hear, and of one that is gone it ends with that.
            family: {
              families: { get: tell },
              reaches: { get: async () => undefined },
              officeReach: { get: async () => undefined },
            },
            offices: {
              families: { get: async () => undefined },
              officeReach: { get: async () => undefined },
            },
            // Counting finds no case, and so writes nothing.
            cases: { read: async () => undefined },
          } as unknown as WatchDeps,
          { concurrency: 20, budgetMs },
        ),
      );
      const outcome = happened.find(({ kind }) => kind === 'ended');
      if (outcome?.kind !== 'ended') throw new Error('the round did not end');
      time = startMs + round * minute;
      return outcome;
    };
    return { next, told, faulty, dueAt, most: () => most };
  };

  it('is left where time ends and gone on with, oldest first, until all of it is told once', async () => {
    const { next, told, dueAt, most } = await setUp(10_000, 35_000);
    const looked: number[] = [];
    for (let isUnfinished = true; isUnfinished;) {
      const outcome = await next();
      expect(outcome.failed).toBe(0);
      looked.push(outcome.looked);
      isUnfinished = outcome.unfinished;
    }
    expect(looked).toHaveLength(3);
    expect(Math.max(...looked)).toBeLessThan(3600);
    expect(told).toEqual([...dueAt.keys()].toSorted((a, b) => (dueAt.get(a) ?? 0) - (dueAt.get(b) ?? 0)));
    expect(most()).toBe(20);
  });

  it('is not held up by what fails each time, though it is the oldest and more than a round has time for', async () => {
    const { next, told, faulty, dueAt } = await setUp(600, 3500);
    const byAge = [...dueAt.keys()].toSorted((a, b) => (dueAt.get(a) ?? 0) - (dueAt.get(b) ?? 0));
    for (const alertId of byAge.slice(0, 450)) faulty.add(alertId);
    await next();
    expect(told.every((alertId) => faulty.has(alertId))).toBe(true);
    await next();
    expect(told.filter((alertId) => !faulty.has(alertId))).toEqual(byAge.slice(450));
  });
});

describe('rounds that meet, or end in the middle', () => {
  it('send nothing twice when two work at once, with the stream in between', async () => {
    const { world, table } = await countedWorld();
    const alerts = await pressUnheard(world, table, 5);
    const missed = await promiseInVain(world, table, 5);
    await Promise.all([world.round(), world.round(), world.drain()]);
    world.pass(2);
    await Promise.all([world.round(), world.round(), world.drain()]);
    expect(sorted(deliveredTo(world, table))).toEqual(sorted([...everybody(alerts), ...ofMissed(table, missed)]));
    world.pass(1);
    await Promise.all([world.round(), world.round()]);
    const { alone, named } = toldByDigest(world);
    expect(named).toEqual(alone);
    expect(alone.length).toBeGreaterThan(10);
  });

  it.each([30, 100, 170])('lose nothing when one dies after %i calls', async (calls) => {
    const { world, table } = await countedWorld();
    const alerts = await pressUnheard(world, table, 5);
    const missed = await promiseInVain(world, table, 5);
    world.calls.length = 0;
    world.faults.dieAfter = calls;
    void world.round();
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(world.calls).toHaveLength(calls);
    const statusOf = ({ familyId, alertId }: Alert, to: string) => {
      const { pk, sk } = alertKey(familyId, alertId);
      return table.item(pk, sk)?.['deliveries']?.M?.[to === 'los-angeles' ? 'consulate' : to]?.M?.['status']?.S;
    };
    const isSettled = (one: string): boolean => {
      const [alertId, to = ''] = one.split(' ');
      return alerts.some((alert) => alert.alertId === alertId && statusOf(alert, to) === 'sent');
    };
    const settled = new Set(everybody(alerts).filter(isSettled));
    const before = deliveredTo(world, table).length;

    world.faults.dieAfter = Infinity;
    for (let round = 0; round < 2; round += 1) {
      world.pass(1);
      await world.round();
    }
    const all = deliveredTo(world, table);
    expect(sorted(new Set(all))).toEqual(sorted([...everybody(alerts), ...ofMissed(table, missed)]));
    // Only what was in hand at that moment may come twice; a promise is broken once.
    expect(all.slice(before).filter((one) => settled.has(one))).toEqual([]);
    world.pass(1);
    await world.round();
    const { alone, named, single } = toldByDigest(world);
    expect(alone.filter((one) => !named.includes(one) && !single.has(one))).toEqual([]);
    const raised = table.partition(`FAMILY#${missed[0]?.familyId}`).filter(({ origin }) => origin !== undefined);
    expect(raised).toHaveLength(missed.length);
  });
});
