import { describe, expect, it } from 'vitest';
import { composeCancelAlert, composeServeCase } from '../../shared/compose.ts';
import { composeAnnounceToFamily, composeWatchman } from '../../shared/compose-telling.ts';
import { actOnCase } from '../../shared/domain/case/act-on-case.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { nextRetryAt } from '../../shared/domain/retry.ts';
import { type Happening, type WatchDeps, watch } from '../../shared/telling/watch.ts';
import { anEventOf } from '../support/cases.ts';
import { anAlert } from '../support/fixtures.ts';
import { keepCase } from '../support/kept.ts';
import type { World, WorldOptions } from '../support/world.ts';
import { authorised, createWelcomedWorld, createWorld, downtown } from '../support/world.ts';

const minute = 60_000;
const alertId = '22222222-2222-4222-8222-222222222222';
/** When the family of a person who authorised no contact hears again. */
const tomorrow = Date.parse('2026-11-23T20:01:00.000Z');

const setUp = async (options: WorldOptions = {}): Promise<World> => {
  const world = await createWelcomedWorld(options);
  await world.advance(1);
  world.calls.length = 0;
  return world;
};
/** Presses, and the stream loses it. */
const pressUnheard = async (world: World, overrides: Record<string, unknown> = {}): Promise<void> => {
  await world.press({ alertId, ...overrides });
  world.inserted.length = 0;
};
/** The same of a press that begins a case of its own, however soon it follows another. */
const pressApart = async (world: World, id: string): Promise<void> => {
  await pressUnheard(world, { alertId: id });
  await world.set([world.stored({ alertId: id })!], 'ownCase', {});
};
const look = async (world: World, overrides: Partial<WatchDeps> = {}): Promise<Happening[]> =>
  Array.fromAsync(watch({ ...world.of(composeWatchman), ...overrides }, { concurrency: 2, budgetMs: 35_000 }));
const dueAt = (world: World, id = alertId): number | undefined => world.stored({ alertId: id })?.['dueAt'];
const endOf = (happened: readonly Happening[]) => happened.find((one) => one.kind === 'ended');
const failuresIn = (happened: readonly Happening[]) => happened.filter((one) => one.kind === 'failed');
const raisedTo = (world: World, topic = 'family') =>
  world.published().filter((one) => one.topic === topic && one.type === 'alert.raised.v1');
const everyPublish = (operation: string): boolean => operation === 'Publish';

describe('a round of the watchman', () => {
  it('sends what is pending and takes it off the list once it is sent', async () => {
    const world = await setUp();
    await pressUnheard(world);
    world.skip(minute);
    expect(await look(world)).toMatchObject([
      { kind: 'told', ref: { alertId }, results: [{ destination: 'family', kind: 'sent' }] },
      { kind: 'ended', looked: 1, failed: 0, unfinished: false },
    ]);
    expect([raisedTo(world).length, dueAt(world)]).toEqual([1, tomorrow]);
  });

  it('looks again later at what failed', async () => {
    const world = await setUp();
    await pressUnheard(world);
    world.skip(minute);
    world.break(everyPublish);
    await look(world);
    expect(dueAt(world)).toBe(world.now().getTime() + minute);
  });

  it('looks again later at what is in the hands of another', async () => {
    const world = await setUp();
    await pressUnheard(world);
    world.skip(minute);
    const { deliveries } = world.of(composeAnnounceToFamily);
    await deliveries.claim({ familyId: world.familyId, alertId }, 'family', { now: world.now(), leaseMs: minute });
    expect(await look(world)).toMatchObject([{ results: [{ kind: 'left' }] }, {}]);
    expect([raisedTo(world), dueAt(world)]).toEqual([[], world.now().getTime() + minute]);
  });

  it('takes off the list what others have sent, without sending it again', async () => {
    const world = await setUp();
    await world.pressed({ alertId });
    world.skip(minute);
    await look(world);
    expect([raisedTo(world).length, dueAt(world)]).toEqual([1, tomorrow]);
  });

  it('leaves alone what another watchman has moved meanwhile', async () => {
    const movedTo = Date.parse('2026-11-22T21:00:00.000Z');
    const world = await setUp();
    await pressUnheard(world);
    world.skip(minute);
    world.intercept(async ({ operation, input }, goOn) => {
      const answer = await goOn();
      const isFound = (answer['Items'] as unknown[] | undefined)?.length === 1;
      if (operation === 'Query' && input['IndexName'] === 'due' && isFound) {
        await world.set([world.stored({ alertId })!], 'dueAt', movedTo);
      }
      return answer;
    });
    expect(endOf(await look(world))).toMatchObject({ looked: 1 });
    expect([raisedTo(world), dueAt(world)]).toEqual([[], movedTo]);
  });

  it('is not kept from the others by one that cannot be read, and says which it was', async () => {
    const world = await setUp();
    const ids = ['bad', 'good', 'last'].map((_, index) => `${index}2222222-2222-4222-8222-222222222222`);
    for (const id of ids) await pressApart(world, id);
    await world.set([world.stored({ alertId: ids[0]! })!], 'state', 'poison');
    world.skip(minute);
    const happened = await look(world);
    expect(raisedTo(world)).toHaveLength(2);
    expect(failuresIn(happened)).toMatchObject([{ ref: { alertId: ids[0] } }]);
    expect(endOf(happened)).toMatchObject({ looked: 3, failed: 1 });
    // Behind what waits: the next round takes it.
    expect(dueAt(world, ids[0])).toBe(world.now().getTime());
  });

  it('is no worse off when what failed cannot be moved either', async () => {
    const world = await setUp();
    await pressUnheard(world);
    const due = dueAt(world);
    await world.set([world.stored({ alertId })!], 'state', 'poison');
    world.skip(minute);
    world.break((operation) => operation === 'UpdateItem');
    expect(endOf(await look(world))).toMatchObject({ looked: 1, failed: 1 });
    expect(dueAt(world)).toBe(due);
  });

  it('ends what it has begun before it fails: what Lambda freezes would be told twice', async () => {
    const sending = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const world = await setUp();
    await pressUnheard(world);
    world.skip(minute);
    world.intercept(async ({ operation }, goOn) => {
      if (operation === 'Publish') {
        begun.resolve();
        await sending.promise;
      }
      return goOn();
    });
    const { due } = world.of(composeWatchman);
    const failing: WatchDeps['due'] = {
      ...due,
      due: async function* (now) {
        yield* due.due(now);
        throw new Error('the rest of the list cannot be read');
      },
    };
    let ended = false;
    const round = look(world, { due: failing })
      .catch((fault: unknown) => fault)
      .finally(() => {
        ended = true;
      });
    await begun.promise;
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
    expect(ended).toBe(false);
    sending.resolve();
    expect(await round).toMatchObject({ message: 'the rest of the list cannot be read' });
    expect([raisedTo(world).length, dueAt(world)]).toEqual([1, tomorrow]);
  });

  it('tells officers before it fails for the family: what Lambda freezes would go on a minute later', async () => {
    const world = await setUp({ registers: { consent: authorised } });
    await pressUnheard(world);
    world.skip(minute);
    let broken = 0;
    // The decision with which the family is claimed.
    world.break((operation) => operation === 'TransactWriteItems' && (broken += 1) === 1);
    expect(failuresIn(await look(world))).toHaveLength(1);
    expect([raisedTo(world), raisedTo(world, 'ministry').length]).toEqual([[], 1]);
  });

  it('takes off the list what has expired: DynamoDB deletes it only days later', async () => {
    const world = await setUp();
    await pressUnheard(world);
    await world.set([world.stored({ alertId })!], 'expiresAt', 1);
    world.skip(minute);
    expect(failuresIn(await look(world))).toEqual([]);
    expect([raisedTo(world), dueAt(world)]).toEqual([[], undefined]);
  });

  it('begins nothing more when its time is up, and says so', async () => {
    const world = await setUp();
    world.intercept(async ({ operation }, goOn) => {
      if (operation === 'Publish') world.skip(20_000);
      return goOn();
    });
    for (let index = 0; index < 5; index += 1) {
      await pressApart(world, `${index}2222222-2222-4222-8222-222222222222`);
    }
    world.skip(minute);
    const end = endOf(await look(world));
    expect(end).toMatchObject({ unfinished: true, looked: raisedTo(world).length });
    expect(raisedTo(world).length).toBeLessThan(5);
  });

  it('welcomes families whose welcome is pending', async () => {
    const world = await createWorld();
    await world.advance(1);
    expect(world.published()).toMatchObject([{ type: 'contact.welcome.v1' }]);
    expect(world.stored()?.['dueAt']).toBeUndefined();
  });

  it('tells a family of a later event while SNS does not answer for the ministry (G4)', async () => {
    const silence = Promise.withResolvers<never>();
    // It may end before the ministry's message is on its way.
    silence.promise.catch(() => undefined);
    const told = Promise.withResolvers<void>();
    const world = await setUp({ registers: { consent: authorised } });
    world.intercept(async ({ operation, input }, goOn) => {
      if (operation !== 'Publish' || !JSON.stringify(input).includes('acknowledged')) return goOn();
      if (String(input['TopicArn']).endsWith('ministry')) return silence.promise;
      const answer = await goOn();
      told.resolve();
      return answer;
    });
    const pending = { status: 'pending' } as const;
    const deliveries = { family: pending, ministry: pending };
    const { familyId } = world;
    const event = { ...anEventOf(0, { type: 'alert.acknowledged.v1', officer: 'Ana', deliveries }), familyId };
    await keepCase(world, { alert: anAlert({ familyId, state: 'acknowledged', deliveries: {} }), events: [event] });
    world.skip(minute);
    const round = look(world);
    await told.promise;
    silence.reject(new Error('SNS does not answer'));
    await round;
    const found = world.stored({ alertId: event.alertId, eventId: event.eventId })?.['deliveries'];
    expect([found.family.status, found.ministry.status]).toEqual(['sent', 'pending']);
  });

  it('waits 1, 2, 4, 8, then 15 minutes, and never gives up', () => {
    const startedAt = new Date(0);
    const waits: number[] = [];
    let at = minute;
    for (let round = 0; round < 6; round += 1) {
      const next = nextRetryAt(startedAt, new Date(at));
      waits.push((next - at) / minute);
      at = next;
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });
});

describe('silence', () => {
  const silent = async (minutes: number): Promise<World> => {
    const world = await setUp({ registers: { consent: authorised } });
    await world.pressed({ alertId, position: downtown });
    world.skip(minutes * minute);
    return world;
  };
  const minutesAfter = (world: World): number =>
    (Number(dueAt(world)) - Date.parse(world.stored({ alertId })?.['raisedAt'])) / minute;

  it('keeps an alert on the list until it is time for the step', async () => {
    const world = await silent(1);
    expect((await look(world)).map(({ kind }) => kind)).toEqual(['told', 'ended']);
    expect(minutesAfter(world)).toBe(5);
  });

  it('has the step taken that is due, which comes back for the next', async () => {
    const world = await silent(5);
    expect(await look(world)).toContainEqual({
      kind: 'minded',
      ref: { familyId: world.familyId, alertId },
      event: expect.objectContaining({ type: 'alert.escalated.v1', eventId: 'not-acknowledged.1' }) as unknown,
    });
    expect(minutesAfter(world)).toBe(15);
  });

  it('leaves a step that failed due, behind what waits: the next round takes it', async () => {
    const world = await silent(5);
    world.break((operation) => operation === 'TransactWriteItems');
    expect(failuresIn(await look(world))).toHaveLength(1);
    expect(dueAt(world)).toBe(world.now().getTime());
    world.mend();
    expect((await look(world)).map(({ kind }) => kind)).toContain('minded');
  });

  it('counts anew from an officer’s note, also of a case that everybody is told of once a day by then', async () => {
    const world = await silent(0);
    const link = { familyId: world.familyId, alertId, recipient: { kind: 'ministry' } } as const;
    const deps = world.of(composeServeCase);
    await actOnCase(deps, link, { action: 'acknowledge', officer: 'Ana' });
    await world.stream();
    // After one hour the office heard that nobody writes anything, after two everybody.
    for (const minutes of [1, 60, 60]) {
      world.skip(minutes * minute);
      await look(world);
      await world.stream();
    }
    expect(minutesAfter(world)).toBe(26 * 60);
    await actOnCase(deps, link, { action: 'note', officer: 'Ana', text: 'Llamé al centro.' });
    world.skip(minute);
    await look(world);
    expect(minutesAfter(world)).toBe(121 + 60);
  });

  it.each(['raised', 'acknowledged'])(
    'counts again of a closed case that the person was forced to cancel; one that was taken waits for an entry: %s',
    async (state) => {
      const world = await silent(1);
      const cancel = async (pin: string) => cancelAlert(world.of(composeCancelAlert), world.token, alertId, pin);
      if (state === 'acknowledged') {
        await world.set([world.stored({ alertId })!], 'state', state);
        await world.set([world.stored({ alertId })!], 'acknowledgedAt', world.now().toISOString());
      }
      await cancel('pin');
      await world.stream();
      await look(world);
      expect(dueAt(world)).toBeUndefined();
      await cancel('duress');
      await world.stream();
      world.skip(minute);
      await look(world);
      // It was taken a minute after the press, and may then be without an entry for an hour.
      expect(minutesAfter(world)).toBe(state === 'raised' ? 5 : 61);
    },
  );
});
