import { describe, expect, it } from 'vitest';
import { type World, authorised, createWelcomedWorld } from '../support/world.ts';

const [jose, lupe, marta, captor] = ['+12135550101', '+12135550102', '+12135550109', '+12135550166'];

const aWorld = async (consularNotification = true, isMartaThere = true) =>
  createWelcomedWorld({
    registers: {
      contacts: [
        { name: 'José', channel: 'sms', endpoint: jose },
        { name: 'Lupe', channel: 'sms', endpoint: lupe },
        ...(isMartaThere ? [{ name: 'Marta', channel: 'sms' as const, endpoint: marta, trusted: true }] : []),
      ],
      consent: { consularNotification, version: '1' },
    },
  });
const idOf = (world: World, name: string) => world.contacts.find((contact) => contact.name === name)!.contactId;
const remove = async (world: World, contactId: string, pin: string) => {
  expect((await world.change({ kind: 'remove-contact', contactId }, pin)).kind).toBe('done');
  await world.stream();
};
const add = async (world: World, endpoint: string, pin: string, trusted = false): Promise<string> => {
  const contact = { name: 'Rosa', channel: 'sms', endpoint, ...(trusted && { trusted }) } as const;
  const outcome = await world.change({ kind: 'add-contact', contact }, pin);
  await world.stream();
  return outcome.kind === 'done' ? outcome.contact!.contactId : outcome.kind;
};
const told = (world: World, endpoint: string, type: string) =>
  world.told(endpoint).filter((one) => one === type).length;

describe('somebody who was removed with the duress PIN', () => {
  it('hears of presses again after 30 days, silently subscribed; after the PIN never', async () => {
    for (const pin of ['pin', 'duress']) {
      const world = await aWorld();
      await remove(world, idOf(world, 'Lupe'), pin);
      const before = world.told(lupe).length;
      await world.days(29);
      expect(world.subscribers()).not.toContain(lupe);
      await world.days(2);
      expect(world.told(lupe)).toHaveLength(before);
      await world.pressed();
      const hears = pin === 'duress' ? 1 : 0;
      expect([jose, lupe].map((endpoint) => told(world, endpoint, 'alert.raised.v1'))).toEqual([1, hears]);
    }
  });

  it('hears again also if somebody else was removed with them', async () => {
    const world = await aWorld();
    const ids = ['Lupe', 'Marta'].map((name) => idOf(world, name));
    for (const name of ['Lupe', 'Marta']) await remove(world, idOf(world, name), 'duress');
    await world.days(31);
    await world.pressed();
    expect([jose, lupe, marta].map((endpoint) => told(world, endpoint, 'alert.raised.v1'))).toEqual([1, 1, 1]);
    const again = world.stored().contacts.map(({ contactId }: { contactId: string }) => contactId);
    expect(again).toEqual(expect.arrayContaining(ids));
  });

  it('is on no phone’s list, and can be added anew', async () => {
    const world = await aWorld();
    await remove(world, idOf(world, 'Lupe'), 'duress');
    await world.days(31);
    const { contacts } = await world.seen();
    expect(contacts.map(({ name }) => name)).toEqual(['José', 'Marta']);
    await add(world, lupe, 'pin');
    expect(world.stored().contacts.filter(({ endpoint }: { endpoint: string }) => endpoint === lupe)).toHaveLength(1);
  });

  it('hears at the phone that was changed, too', async () => {
    const world = await aWorld();
    const wanted = { channel: 'sms', endpoint: captor } as const;
    await world.change({ kind: 'change-contact', contactId: idOf(world, 'Lupe'), wanted }, 'duress');
    await world.stream();
    await world.days(31);
    await world.pressed();
    expect([lupe, captor].map((endpoint) => told(world, endpoint, 'alert.raised.v1'))).toEqual([1, 1]);
    const ids = world.stored().contacts.map(({ contactId }: { contactId: string }) => contactId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stays removed if it was a phone that was added shortly before: a captor’s own', async () => {
    const world = await aWorld();
    await remove(world, await add(world, captor, 'duress'), 'duress');
    await world.days(31);
    await world.pressed();
    expect(told(world, captor, 'alert.raised.v1')).toBe(0);
  });

  it('stays removed with everything else once the family was erased under duress', async () => {
    const world = await aWorld();
    await world.change({ kind: 'erase' }, 'duress');
    await world.stream();
    await world.days(32);
    expect(world.stored().contacts).toEqual([]);
    expect(world.topics().map(({ topic }) => topic.replace(world.familyId, ''))).toEqual([
      'alert-button-family--trusted',
    ]);
  });

  it('hears again also where the watchman failed on the thirtieth day', async () => {
    const world = await aWorld();
    await remove(world, idOf(world, 'Lupe'), 'duress');
    await world.days(29);
    world.break((operation, input) => operation === 'TransactWriteItems' && JSON.stringify(input).includes('restored'));
    await world.days(2);
    world.mend();
    expect(world.stored().contacts).toHaveLength(2);
    await world.days(1);
    expect(world.stored().contacts).toHaveLength(3);
  });
});

describe('somebody who was named trusted later', () => {
  const welcomes = (world: World, endpoint: string) =>
    world.sns.inbox({ endpoint }).filter(({ topic, body }) => topic.endsWith('trusted') && /\/t\/\w{22}$/.test(body));

  it('learns what for after 30 days, once, and nobody else with them', async () => {
    const world = await aWorld();
    await add(world, captor, 'pin', true);
    await world.days(29);
    expect(welcomes(world, captor)).toEqual([]);
    await world.days(13);
    expect(welcomes(world, captor)).toHaveLength(1);
    expect(welcomes(world, captor)[0]?.body).toMatch(/encargo de confianza/);
    expect(welcomes(world, marta)).toHaveLength(1);
    expect(told(world, captor, 'contact.list-changed.v1')).toBe(0);
  });

  it('learns it at a mailbox once that has confirmed, also beside a phone that is trusted', async () => {
    const mailbox = 'eva@family.example';
    const world = await createWelcomedWorld({
      confirm: 'manual',
      registers: {
        contacts: [
          { name: 'José', channel: 'sms', endpoint: jose },
          { name: 'Marta', channel: 'sms', endpoint: marta, trusted: true },
        ],
        consent: authorised,
      },
    });
    await world.change({
      kind: 'add-contact',
      contact: { name: 'Eva', channel: 'email', endpoint: mailbox, trusted: true },
    });
    await world.stream();
    await world.days(31);
    const first = () => welcomes(world, marta).length + world.told(mailbox).filter((type) => type !== undefined).length;
    const before = first();
    const trusted = world.topics().find(({ topic }) => topic.endsWith('-trusted'))!;
    const mails = world.sns.inbox({ endpoint: mailbox }).filter(({ body }) => body.includes('Token='));
    const mail = mails.find(({ body }) => body.includes(`${world.familyId}-trusted`))!;
    await world.sns.call('ConfirmSubscription', {
      TopicArn: trusted.arn,
      Token: /Token=(\w+)/.exec(mail.body)![1],
    });
    world.skip(20 * 60_000);
    await world.round();
    await world.stream();
    const texts = world.sns.inbox({ endpoint: mailbox }).filter(({ body }) => /\/t\/\w{22}/.test(body));
    expect(texts).toHaveLength(1);
    expect(first()).toBe(before + 1);
  });

  it('never does after the duress PIN', async () => {
    const world = await aWorld();
    await add(world, captor, 'duress', true);
    await world.days(42);
    expect(world.sns.inbox({ endpoint: captor }).filter(({ topic }) => topic.endsWith('trusted'))).toEqual([]);
  });

  it('hears at once where nobody else would, whatever a captor made the settings show', async () => {
    const world = await aWorld(false, false);
    await add(world, marta, 'pin', true);
    await world.changeSettings({ consent: authorised }, 'duress');
    await world.stream();
    await world.change({ kind: 'remove-contact', contactId: 'none' }, 'duress');
    await world.stream();
    // One of the settings, one of the contacts.
    expect(told(world, marta, 'family.forced.v1')).toBe(2);
  });

  it('does not hear at once where officers do, whatever a captor made the settings show', async () => {
    const world = await aWorld(true, false);
    await add(world, captor, 'pin', true);
    await world.changeSettings({ consent: { consularNotification: false } }, 'duress');
    await world.stream();
    expect(told(world, captor, 'family.forced.v1')).toBe(0);
  });
});
