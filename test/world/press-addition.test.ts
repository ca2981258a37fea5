import { describe, expect, it } from 'vitest';
import { composeAnswerQueries } from '../../shared/compose.ts';
import { composeAnnounceToAuthorities } from '../../shared/compose-telling.ts';
import { addToPress } from '../../shared/domain/case/add-to-press.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { type World, type WorldOptions, authorised, createWelcomedWorld } from '../support/world.ts';

const alertId = '12222222-2222-4222-8222-222222222222';
const second = '22222222-2222-4222-8222-222222222222';
const downtown = { latitude: 34.05, longitude: -118.24, accuracyMeters: 20 };
const sanDiego = { latitude: 32.72, longitude: -117.16 };
const note = 'Nos llevan a una camioneta blanca';
const atHome = { person: { name: 'Ana', language: 'es', homePosition: downtown } } as const;

const setUp = async (registers: Partial<Registration> = {}, options: WorldOptions = {}) =>
  createWelcomedWorld({ registers: { consent: authorised, ...registers }, ...options });
const press = async (world: World, more: Record<string, unknown> = {}, id = alertId) => {
  const { kind } = await world.press({ alertId: id, ...more });
  await world.stream();
  return kind;
};
const told = (world: World) =>
  world
    .published()
    .map(({ topic, type }) => `${topic} ${type}`)
    .toSorted();
const timeline = (world: World) =>
  world
    .items()
    .flatMap(({ itemType, eventType, type, text }) => (itemType === 'event' ? [[eventType ?? type, text]] : []));
const additions = (world: World) => world.items().filter(({ itemType }) => itemType === 'addition');
const cancel = async (world: World, pin: string) => (await world.cancelled(alertId, pin)).kind;

describe('a press that comes again with what the first lacked', () => {
  it('costs one write more, brings the case to the office of its place, and everybody hears', async () => {
    const world = await setUp();
    await press(world);
    expect(world.stored({ alertId })).toMatchObject({ consulate: { id: 'ministry' } });
    world.calls.length = 0;
    expect((await world.press({ alertId, position: downtown })).kind).toBe('repeated');
    expect(world.calls.map(({ operation }) => operation)).toEqual(['GetItem', 'PutItem', 'PutItem']);
    await world.stream();
    expect(told(world)).toEqual([
      'family alert.located.v1',
      'los-angeles alert.located.v1',
      'ministry alert.located.v1',
    ]);
    expect(world.stored({ alertId })).toMatchObject({ consulate: { id: 'los-angeles' }, position: downtown });
    // The watchman finds nothing left to do, and a third time is like the second.
    world.calls.length = 0;
    await world.advance(2);
    expect(await press(world, { alertId, position: downtown })).toBe('repeated');
    expect([told(world), additions(world).length]).toEqual([[], 1]);
  });

  it('keeps its note, which officers read on the page; nobody is told twice of the press', async () => {
    const world = await setUp();
    await press(world, { position: downtown });
    world.calls.length = 0;
    expect(await press(world, { position: sanDiego, note })).toBe('repeated');
    expect(world.stored({ alertId })).toMatchObject({ note, position: downtown, consulate: { id: 'los-angeles' } });
    expect(timeline(world)).toEqual([['alert.noted.v1', note]]);
    expect(told(world)).toEqual([]);
    await press(world, { note: 'Otra cosa' });
    await world.advance(2);
    expect(world.stored({ alertId })).toMatchObject({ note });
    expect(timeline(world)).toHaveLength(1);
  });

  it('brings the place with one repeat and the note with the next', async () => {
    const world = await setUp();
    await press(world);
    await press(world, { position: downtown });
    await press(world, { position: downtown, note });
    expect(world.stored({ alertId })).toMatchObject({ note, consulate: { id: 'los-angeles' } });
    expect(additions(world)).toHaveLength(2);
  });

  it('cannot outvote the home with a place that is not to be trusted', async () => {
    const world = await setUp(atHome);
    await press(world);
    world.calls.length = 0;
    await press(world, { position: { ...sanDiego, accuracyMeters: 1_000_000 } });
    expect(world.stored({ alertId })).toMatchObject({ consulate: { id: 'los-angeles' } });
    expect(told(world)).toEqual([]);
    const track = world.items().filter(({ itemType }) => itemType === 'position');
    expect(track).toMatchObject([sanDiego]);
  });

  it('without consent is known to nobody but the family', async () => {
    const world = await setUp({ consent: { ...authorised, consularNotification: false } });
    await press(world);
    world.calls.length = 0;
    await press(world, { position: downtown, note });
    expect(told(world)).toEqual([]);
    expect(world.stored({ alertId })).toMatchObject({ note, lastPosition: downtown });
    expect(world.stored({ alertId })).not.toHaveProperty('consulate');
  });

  it('of a further press counts for the case that it joined', async () => {
    const world = await setUp();
    await press(world, { position: downtown });
    await press(world, {}, second);
    world.skip(60_000);
    await press(world, { position: { ...sanDiego, accuracyMeters: -1 } }, second);
    expect(world.stored({ alertId })).not.toHaveProperty('lastPosition');
    const world2 = await setUp();
    await press(world2, { position: downtown });
    await press(world2, {}, second);
    world2.skip(60_000);
    await press(world2, { position: sanDiego, note }, second);
    expect(world2.stored({ alertId })).toMatchObject({ lastPosition: sanDiego, toldPosition: sanDiego });
    expect(timeline(world2)).toContainEqual(['alert.noted.v1', note]);
    expect(told(world2)).toContain('los-angeles alert.position-moved.v1');
  });

  it('is nothing to do where the press is forgotten, or the family gone', async () => {
    const world = await setUp();
    await press(world);
    const deps = world.of(composeAnnounceToAuthorities);
    const addition = { familyId: world.familyId, alertId, at: world.now().toISOString(), note, position: downtown };
    const before = world.items();
    const forgotten = { ...deps, alerts: { get: async () => undefined } };
    const erased = { ...deps, families: { get: async () => undefined } };
    for (const gone of [forgotten, erased]) await addToPress(gone, addition);
    expect(world.items()).toEqual(before);
  });

  it('at the same moment twice is there once', async () => {
    const world = await setUp();
    await press(world);
    const again = { alertId, position: downtown, note };
    await Promise.all([world.press(again), world.press(again), world.press(again)]);
    await world.stream();
    expect([additions(world).length, timeline(world).filter(([type]) => type === 'alert.noted.v1').length]).toEqual([
      1, 1,
    ]);
  });
});

describe('the two PINs and a press that comes again', () => {
  /** Calls of a repeated press, and what is to be seen of the case, after a cancellation with that PIN. */
  const after = async (pin: string) => {
    const world = await setUp(atHome);
    await press(world);
    await cancel(world, pin);
    const seen: unknown[] = [];
    for (const more of [{ position: sanDiego, note }, { position: sanDiego, note }, { note: 'Otra' }]) {
      world.skip(60_000);
      world.calls.length = 0;
      const { kind, ...outcome } = await world.press({ alertId, ...more });
      const ofPress = world.calls.map(({ operation, input }) => [operation, Object.keys(input).toSorted()]);
      const sizes = world.calls.map(({ input }) => JSON.stringify(input['Item'] ?? '').length);
      world.calls.length = 0;
      await world.stream();
      const view = await world.of(composeAnswerQueries).alerts.deviceView(world.familyId, alertId);
      seen.push([kind, 'alert' in outcome && outcome.alert.state, ofPress, sizes, view]);
    }
    return { world, seen, family: world.published().filter(({ topic }) => topic === 'family') };
  };

  it('cost the same, look the same and are told alike to the family', async () => {
    const [calm, forced] = [await after('pin'), await after('duress')];
    expect(forced.seen).toEqual(calm.seen);
    expect(forced.family).toEqual(calm.family);
    expect(calm.world.stored({ alertId })).toMatchObject({ state: 'closed', note });
    expect(forced.world.stored({ alertId })).toMatchObject({ state: 'raised', duress: true, note });
  });
});

describe('trouble with a press that comes again', () => {
  it('is a fault if it cannot be written: the phone sends it again, and nothing is lost', async () => {
    const world = await setUp();
    await press(world);
    let puts = 0;
    world.break((operation) => operation === 'PutItem' && (puts += 1) === 2);
    await expect(world.press({ alertId, position: downtown })).rejects.toThrow('PutItem is broken');
    world.mend();
    await press(world, { position: downtown });
    expect(world.stored({ alertId })).toMatchObject({ consulate: { id: 'los-angeles' } });
  });

  it('at any call while it is applied leaves it to the watchman, and does nothing twice', async () => {
    for (let nth = 1; nth <= 14; nth += 1) {
      const world = await setUp();
      await press(world);
      await world.press({ alertId, position: downtown, note });
      let calls = 0;
      world.break(() => (calls += 1) === nth);
      await world.stream(1);
      world.mend();
      await world.advance(3);
      expect([nth, world.stored({ alertId })]).toMatchObject([nth, { consulate: { id: 'los-angeles' }, note }]);
      expect([nth, timeline(world).filter(([type]) => type === 'alert.noted.v1').length]).toEqual([nth, 1]);
      const located = told(world).filter((line) => line.endsWith('alert.located.v1'));
      expect([nth, new Set(located).size]).toEqual([nth, 3]);
      expect(additions(world).every(({ dueAt }) => dueAt === undefined)).toBe(true);
    }
  });
});
