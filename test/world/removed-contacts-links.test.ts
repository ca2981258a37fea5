import { describe, expect, it } from 'vitest';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import { pagesOf } from '../support/serving.ts';
import { type World, authorised, createWelcomedWorld } from '../support/world.ts';

const [jose, lupe] = ['+12135550101', '+12135550102'];

const aWorld = async () =>
  createWelcomedWorld({
    registers: {
      contacts: [
        { name: 'José', channel: 'sms', endpoint: jose },
        { name: 'Lupe', channel: 'sms', endpoint: lupe, language: 'en' },
      ],
      consent: authorised,
    },
  });
const linksTo = (world: World, endpoint: string): readonly string[] =>
  world.sns.inbox({ endpoint }).flatMap(({ body }) => /\/f\/(\w{22})/.exec(body)?.[1] ?? []);
const pressedAndCancelled = async (world: World, pin: string): Promise<void> => {
  const alertId = await world.pressed();
  await world.cancelled(alertId, pin);
};
const open = async (world: World, token: string, kind = 'f') =>
  (await pagesOf(world)(`GET /${kind}/{token}`, { token }, { accept: 'application/json' })).status;
const statuses = async (world: World, tokens: readonly string[]) =>
  Promise.all(tokens.map(async (token) => open(world, token)));

const idOf = (world: World, name: string) => world.contacts.find((contact) => contact.name === name)!.contactId;
const changes: Readonly<Record<string, (world: World) => FamilyRequest>> = {
  'is removed': (world) => ({ kind: 'remove-contact', contactId: idOf(world, 'Lupe') }),
  'has another phone': (world) => ({
    kind: 'change-contact',
    contactId: idOf(world, 'Lupe'),
    wanted: { channel: 'sms', endpoint: '+12135550122' },
  }),
};
const others: Readonly<Record<string, (world: World) => FamilyRequest>> = {
  'has another name': (world) => ({
    kind: 'change-contact',
    contactId: idOf(world, 'Lupe'),
    wanted: { name: 'Lupita' },
  }),
  'is added': () => ({ kind: 'add-contact', contact: { name: 'Rosa', channel: 'sms', endpoint: '+12135550133' } }),
};

describe.each(['pin', 'duress'])('links that relatives got, with the %s', (pin) => {
  it.each(Object.entries(changes))('open nothing for anybody once a contact %s', async (_, change) => {
    const world = await aWorld();
    await pressedAndCancelled(world, pin);
    const before = [...linksTo(world, jose), ...linksTo(world, lupe)];
    expect(before.length).toBeGreaterThanOrEqual(4);
    expect(new Set(await statuses(world, before))).toEqual(new Set([200]));
    world.skip(2000);
    expect((await world.change(change(world), pin)).kind).toBe('done');
    // At once, before anybody is told.
    expect(new Set(await statuses(world, before))).toEqual(new Set([404]));
    await world.stream();
    world.skip(2000);
    await pressedAndCancelled(world, pin);
    const after = linksTo(world, jose).filter((link) => !before.includes(link));
    expect(await statuses(world, after)).toEqual([200, 200]);
    expect(new Set(await statuses(world, before))).toEqual(new Set([404]));
  });

  it.each(Object.entries(others))('go on working when a contact %s', async (_, change) => {
    const world = await aWorld();
    await pressedAndCancelled(world, pin);
    world.skip(2000);
    await world.change(change(world), pin);
    expect(new Set(await statuses(world, linksTo(world, jose)))).toEqual(new Set([200]));
  });
});

it('officers keep theirs', async () => {
  const world = await aWorld();
  await world.pressed();
  const [, office = ''] = /\/c\/(\w{22})/.exec(JSON.stringify(world.published())) ?? [];
  await world.set(
    world.items().filter(({ itemType }) => itemType === 'alert'),
    'state',
    'closed',
  );
  world.skip(2000);
  expect((await world.change(changes['is removed']!(world))).kind).toBe('done');
  expect(await open(world, office, 'c')).toBe(200);
});

it('open nothing from the moment in which the button is erased, at the same calls with either PIN', async () => {
  const opened = async (pin: string) => {
    const world = await aWorld();
    await pressedAndCancelled(world, 'pin');
    const links = linksTo(world, jose);
    expect(new Set(await statuses(world, links))).toEqual(new Set([200]));
    world.skip(2000);
    expect((await world.change({ kind: 'erase' }, pin)).kind).toBe('done');
    const seen = async () => {
      world.calls.length = 0;
      const answers = await statuses(world, links);
      return { answers, calls: world.calls.map(({ operation }) => operation) };
    };
    const atOnce = await seen();
    await world.stream();
    await world.advance(4);
    return { atOnce, later: await seen() };
  };
  const erased = await opened('pin');
  expect(new Set([...erased.atOnce.answers, ...erased.later.answers])).toEqual(new Set([404]));
  expect(await opened('duress')).toEqual(erased);
});
