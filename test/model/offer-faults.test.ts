import { describe, expect, it } from 'vitest';
import { type Person, people, personOf } from './people.ts';
import { type Stage, setStage } from './stage.ts';
import { isPerson } from './trouble.ts';

/*
 * What becomes of offers to representatives where something breaks in the middle: nobody is forgotten, and nobody is asked
 * twice. The world of the model with a person who asked for a lawyer; at once Bruno is asked, Diego after 15 minutes,
 * Carla after 30, when her hours have begun; then the officer is told to phone.
 */

const setUp = async (): Promise<Stage> => {
  const world = await setStage({
    authorised: true,
    home: false,
    drill: false,
    place: 'downtown',
    wish: true,
    before: [],
  });
  await world.phone.press();
  await world.drain();
  await world.act('los-angeles', 'acknowledge', { officer: 'Lic. Ana Pérez' });
  await world.drain();
  return world;
};

const minute = async (world: Stage): Promise<void> => {
  world.pass(1);
  await world.round();
  await world.drain();
};
const minutes = async (world: Stage, count: number): Promise<void> => {
  for (let passed = 0; passed < count; passed += 1) await minute(world);
};

/** Who was written to, in order. */
const asked = (world: Stage): Person[] =>
  world.published.flatMap(({ to, accepted }) => (accepted && isPerson(to) ? [to] : []));

/** What stands of it on the timeline, in order. */
const story = (world: Stage): string[] =>
  world
    .events()
    .filter(({ type }) => type.startsWith('representative.'))
    .map((event) => {
      const who = event.type === 'representative.offered.v1' ? ` ${personOf(event.representativeId)}` : '';
      return `${event.type.split('.')[1]}${who}`;
    });

const whole = ['offered bruno', 'lapsed', 'offered diego', 'lapsed', 'offered carla', 'lapsed', 'unanswered'] as const;
const inTurn: Person[] = ['bruno', 'diego', 'carla'];

const writing = new Set(['PutItem', 'UpdateItem', 'BatchWriteItem', 'TransactWriteItems']);
const writesSoFar = (world: Stage): number => world.calls.filter(({ operation }) => writing.has(operation)).length;

/** How many writes a round makes in the minute after so many, and how many the stream after it. */
const writesAfter = async (before: number): Promise<{ readonly round: number; readonly stream: number }> => {
  const world = await setUp();
  await minutes(world, before);
  world.pass(1);
  const start = writesSoFar(world);
  await world.round();
  const middle = writesSoFar(world);
  await world.drain();
  return { round: middle - start, stream: writesSoFar(world) - middle };
};

/** One write of that minute is not made, or its answer is lost; then the rest of an hour passes. */
const withLost = async (
  before: number,
  part: 'round' | 'stream',
  nth: number,
  writeMode: 'fails' | 'answer-lost',
): Promise<Stage> => {
  const world = await setUp();
  await minutes(world, before);
  world.pass(1);
  const breaks = (): void => {
    Object.assign(world.faults, { writes: 1, spared: nth, writeMode });
  };
  if (part === 'round') breaks();
  await world.round();
  if (part === 'stream') breaks();
  await world.drain();
  expect(world.faults.writes).toBe(0);
  await minutes(world, 60);
  return world;
};

describe('a search for a representative', () => {
  it('asks three, each once and a quarter of an hour after the other, and then has the officer phone', async () => {
    const world = await setUp();
    await minutes(world, 60);
    expect(story(world)).toEqual(whole);
    expect(asked(world)).toEqual(inTurn);
  });

  it.each([
    ['begins', 0],
    ['goes on', 15],
  ])('comes to the same whichever write is lost in the minute in which it %s', async (_when, before) => {
    const counts = await writesAfter(before);
    expect(Math.min(counts.round, counts.stream)).toBeGreaterThan(1);
    for (const part of ['round', 'stream'] as const) {
      for (let nth = 0; nth < counts[part]; nth += 1) {
        for (const mode of ['fails', 'answer-lost'] as const) {
          const world = await withLost(before, part, nth, mode);
          const which = `write ${nth} of the ${part} ${mode}`;
          // Once a message is out and that cannot be written down, it goes out again (G3); no second offer does.
          const most = part === 'stream' && mode === 'fails' ? 4 : 3;
          expect({ which, story: story(world), asked: [...new Set(asked(world))] }).toEqual({
            which,
            story: whole,
            asked: inTurn,
          });
          expect([which, asked(world).length <= most]).toEqual([which, true]);
        }
      }
    }
  });

  it('comes to the same when the watchman dies in the middle of the minute in which it begins', async () => {
    for (let calls = 4; calls < 60; calls += 7) {
      const world = await setUp();
      world.pass(1);
      world.faults.dieAfter = world.calls.length + calls;
      void world.round();
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
      world.faults.dieAfter = Infinity;
      await world.drain();
      await minutes(world, 60);
      expect({ calls, story: story(world), asked: asked(world) }).toEqual({ calls, story: whole, asked: inTurn });
    }
  });

  it('asks nobody twice when two watchmen work at once, with the stream in between', async () => {
    const world = await setUp();
    for (let passed = 0; passed < 60; passed += 1) {
      world.pass(1);
      await Promise.all([world.round(), world.round(), world.drain()]);
      await world.drain();
    }
    expect(story(world)).toEqual(whole);
    expect(asked(world)).toEqual(inTurn);
  });
});

describe('an offer that SNS does not take', () => {
  it('is sent as soon as SNS does, once, and until its time is over nobody else is asked', async () => {
    const world = await setUp();
    world.faults.publishing.set('bruno', 'fails');
    await minutes(world, 4);
    expect([asked(world), story(world)]).toEqual([[], ['offered bruno']]);
    world.faults.publishing.clear();
    await minutes(world, 8);
    expect([asked(world), story(world)]).toEqual([['bruno'], ['offered bruno']]);
    expect(await world.act('bruno', 'accept', {})).toMatchObject({ status: 200 });
  });

  it('is not sent once its time is over: the next is asked, and who was not reached can still be offered it', async () => {
    const world = await setUp();
    world.faults.publishing.set('bruno', 'fails');
    await minutes(world, 17);
    expect(story(world)).toEqual(whole.slice(0, 3));
    world.faults.publishing.clear();
    await minutes(world, 10);
    expect(asked(world)).toEqual(['diego']);
    const { representativeId } = people.bruno;
    await world.act('los-angeles', 'offer', { officer: 'Lic. Ana Pérez', representativeId });
    await world.drain();
    expect(asked(world)).toEqual(['diego', 'bruno']);
  });

  it('is the next one’s a minute later where nobody listens at its topic', async () => {
    const world = await setUp();
    await world.subscribe('bruno', false);
    await minutes(world, 2);
    expect(story(world)).toEqual(whole.slice(0, 3));
    expect(asked(world)).toEqual(['bruno', 'diego']);
    await minutes(world, 1);
    expect(asked(world)).toEqual(['bruno', 'diego']);
  });

  it('keeps officers and family from nothing: who accepts is told to them', async () => {
    const world = await setUp();
    await minutes(world, 1);
    world.faults.publishing.set('diego', 'fails');
    await minutes(world, 16);
    expect(await world.act('bruno', 'accept', {})).toMatchObject({ status: 200 });
    await world.drain();
    const told = world.published.filter(
      ({ type, accepted }) => accepted && type === 'alert.representative-assigned.v1',
    );
    expect(told.map(({ to }) => to).toSorted()).toEqual(['family', 'los-angeles', 'ministry']);
    world.faults.publishing.clear();
    await minutes(world, 20);
    expect(asked(world)).toEqual(['bruno']);
  });
});
