import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { composeServeCase } from '../../shared/compose.ts';
import { keepLink } from '../support/kept.ts';
import { type World, authorised, createWelcomedWorld } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await createWelcomedWorld();
});

const setState = async (state: string) => {
  const presses = world.items().filter(({ itemType }) => itemType === 'alert');
  await world.set(presses, 'state', state);
};

/** A family with all that one can have: a closed case, a drill, links, tries of a PIN, a phone that was revoked. */
const live = async () => {
  await world.press();
  await world.pressed({ drill: true });
  await setState('closed');
  await world.change({ kind: 'erase' }, 'wrong');
  const { deviceId, token } = await world.addPhone();
  await world.change({ kind: 'revoke-device', deviceId });
  await world.pressed({}, token);
  expect(new Set(world.items().map(({ itemType }) => itemType))).toEqual(
    new Set([
      'family',
      'alert',
      'newest-case',
      'pin-attempts',
      'reach',
      'registration',
      'recovery',
      'blank',
      'family-event',
      'unheard',
      'drills',
      'blank',
    ]),
  );
};
const [jose] = [0];
const goodbyes = () =>
  world.sns
    .inbox({ endpoint: world.contacts[jose]!.endpoint })
    .filter(({ body }) => body.includes('se borro') || body.includes('se borró'));
const expectNothing = async () => {
  expect(world.items()).toEqual([]);
  expect(world.topics()).toEqual([]);
};

describe('erasing', () => {
  it('says goodbye and leaves nothing: no item, topic, subscription, link or token', async () => {
    await live();
    await world.sns.call('CreateTopic', { Name: `alert-button-family-${world.familyId}-self` });
    expect(await world.change({ kind: 'erase' })).toEqual({ kind: 'done' });
    expect(await world.read()).toEqual({ kind: 'unknown-device' });
    await world.stream();
    expect(goodbyes()).toHaveLength(1);
    expect(world.topics()).toEqual([]);
    // What it was is gone; that it is done stays until the watchman has looked once more.
    const left = world.items();
    expect(left.map(({ itemType }) => itemType)).toEqual(['family-event']);
    expect(JSON.stringify(left)).not.toMatch(/Ana|example|\+1213/);
    await world.advance(2);
    await expectNothing();
    expect(goodbyes()).toHaveLength(1);
    // The same registration again is a new family, not a fault.
    const again = await world.register();
    expect(again).toMatchObject({
      kind: 'registered',
      family: { familyId: expect.not.stringContaining(world.familyId) },
    });
  });

  it.each([
    ['Publish', 1],
    ['DeleteTopic', 1],
    ['PutItem', 1],
    ['BatchWriteItem', 1],
    ['BatchWriteItem', 2],
    ['BatchWriteItem', 3],
    ['DeleteItem', 1],
    ['UpdateItem', 1],
    ['UpdateItem', 2],
  ])('that dies at %s number %i is finished by the watchman, with one goodbye', async (operation, number) => {
    await live();
    await world.change({ kind: 'erase' });
    let count = 0;
    world.break((called) => called === operation && (count += 1) >= number);
    await world.stream();
    await world.advance(2);
    world.mend();
    await world.advance(20);
    await expectNothing();
    expect(goodbyes().length).toBeGreaterThanOrEqual(1);
    expect(goodbyes().length).toBeLessThanOrEqual(operation === 'UpdateItem' ? 2 : 1);
  });

  it('leaves of links what nobody can read, and they open nothing; those of before they were sealed go', async () => {
    await world.pressed();
    await setState('closed');
    const [token = ''] = world.published().flatMap(({ bodies }) => /\/f\/(\w+)/.exec(bodies['sms'] ?? '')?.[1] ?? []);
    const { links } = world.of(composeServeCase);
    expect(await links.find(token)).toMatchObject({ familyId: world.familyId });
    const office = { kind: 'consulate', id: 'los-angeles' } as const;
    const expiresAt = new Date(world.now().getTime() + 40 * 24 * 60 * 60_000).toISOString();
    await keepLink(world, { familyId: world.familyId, alertId: 'any', recipient: office, expiresAt }, 'officers');
    expect(await links.find('officers')).toMatchObject({ recipient: office });
    const hash = 'ab'.repeat(32);
    const former = { familyId: world.familyId, alertId: randomUUID(), recipient: { kind: 'ministry' } };
    const twin = { pk: `FAMILY#${world.familyId}`, sk: `LINK#${former.alertId}#${hash}`, itemType: 'link-twin' };
    for (const item of [{ pk: `LINK#${hash}`, sk: 'LINK', itemType: 'link', ...former }, twin]) {
      await world.table.call('PutItem', { TableName: 'alerts', Item: marshall(item) });
    }
    world.skip(1000);
    await world.change({ kind: 'erase' });
    // At once, before anything is erased.
    expect(await links.find(token)).toBeUndefined();
    expect(await links.find('officers')).toBeDefined();
    await world.stream();
    expect(await links.find('officers')).toBeUndefined();
    await world.advance(2);
    await expectNothing();
    const left = world.table.all().map((item) => unmarshall(item));
    const sealed = ['expiresAt', 'itemType', 'pk', 'sealed', 'sk'];
    const kept = left.filter(({ itemType }) => itemType === 'link').map((item) => Object.keys(item).toSorted());
    expect(kept).toEqual([sealed, sealed]);
    expect(await Promise.all([token, 'officers'].map(async (one) => links.find(one)))).toEqual([undefined, undefined]);
  });

  /** What an announcer does that began before the family was gone. */
  const leaveBehind = async (): Promise<void> => {
    await world.sns.call('CreateTopic', { Name: `alert-button-family-${world.familyId}` });
    const recipient = { kind: 'family' } as const;
    const expiresAt = '2026-12-22T20:10:00.000Z';
    await keepLink(world, { familyId: world.familyId, alertId: randomUUID(), recipient, expiresAt }, 'late');
  };

  it('takes what was under way: a topic made again, an item written a moment later', async () => {
    await world.change({ kind: 'erase' });
    await world.stream();
    await leaveBehind();
    await world.advance(2);
    await expectNothing();
  });

  it('takes what was under way for long, also when the stream came to the erasing late', async () => {
    await world.change({ kind: 'erase' });
    world.skip(59_000);
    await world.stream();
    // The watchman's look of the first minute comes two seconds later, and an announcer that began before ends after it.
    world.skip(-58_000);
    await world.advance(1);
    await leaveBehind();
    await world.advance(5);
    await expectNothing();
  });

  it('lets a press of the same moment go first, and waits for its case to be closed', async () => {
    // The press is durable after the look of the erasing and before its write.
    const pressed = world.press();
    world.break((operation) => operation === 'Publish');
    await pressed;
    await setState('closed');
    expect(await world.change({ kind: 'erase' })).toEqual({ kind: 'done' });
    await setState('raised');
    await world.stream();
    world.mend();
    await world.advance(5);
    expect(world.told(world.contacts[jose]!.endpoint)).toContain('alert.raised.v1');
    expect(world.topics()).toHaveLength(1);
    expect(goodbyes()).toEqual([]);
    await setState('closed');
    await world.advance(20);
    await expectNothing();
  });

  it('under duress says the same goodbye, and only officers and the trusted contact hear of later presses', async () => {
    world = await createWelcomedWorld({
      registers: {
        contacts: [
          { name: 'José', channel: 'sms', endpoint: '+12135550101' },
          { name: 'Marta', channel: 'sms', endpoint: '+12135550109', trusted: true },
        ],
        consent: authorised,
      },
    });
    const { token } = await world.addPhone();
    expect(await world.change({ kind: 'erase' }, 'duress')).toEqual({ kind: 'done' });
    await world.stream();
    await world.advance(3);
    expect(goodbyes()).toHaveLength(1);
    expect(world.topics().map(({ topic }) => topic)).toEqual([`alert-button-family-${world.familyId}-trusted`]);
    expect(world.items().filter(({ itemType }) => itemType === 'registration')).toEqual([]);
    for (const phone of [world.token, token]) {
      expect(await world.read(phone)).toEqual({ kind: 'unknown-device' });
      expect(await world.press({}, phone)).toEqual({ kind: 'unknown-device' });
    }
    const before = world.published().length;
    await world.stream();
    expect(
      new Set(
        world
          .published()
          .slice(before)
          .map(({ topic }) => topic),
      ),
    ).toEqual(new Set(['family:trusted', 'ministry']));
  });
});
