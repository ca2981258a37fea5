import { describe, expect, it } from 'vitest';
import { composeServeCase } from '../../shared/compose.ts';
import type { Contact } from '../../shared/domain/family/family.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { type World, type WorldOptions, authorised, createWorld, downtown } from '../support/world.ts';

const alertId = '22222222-2222-4222-8222-222222222222';
const jose = { name: 'José', channel: 'sms', endpoint: '+12135550101' } as const;
const mary = { name: 'Mary', channel: 'sms', endpoint: '+12135550102', language: 'en' } as const;
const lupe = { name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example', language: 'es' } as const;

const setUp = async (contacts: Registration['contacts'] = [jose, mary, lupe], options: WorldOptions = {}) =>
  createWorld({ ...options, registers: { contacts, consent: authorised, ...options.registers } });
const smsTo = (world: World, { endpoint }: Pick<Contact, 'endpoint'>) =>
  world.sns.inbox({ endpoint }).map(({ body }) => body);
const toFamily = (world: World, type: string) =>
  world.published().filter((one) => one.topic.startsWith('family') && one.type === type);
const topicsOf = (world: World) =>
  world
    .topics()
    .toSorted((one, other) => (one.topic < other.topic ? -1 : 1))
    .map(({ topic, subscriptions }) => [
      topic.replace(`alert-button-family-${world.familyId}`, ''),
      subscriptions.map(({ endpoint }) => endpoint),
    ]);
const statusesOf = (world: World, eventId?: string) =>
  Object.fromEntries(
    Object.entries<{ status: string }>(
      world.stored({ alertId, ...(eventId !== undefined && { eventId }) })?.['deliveries'],
    ).map(([key, { status }]) => [key, status]),
  );
const press = async (world: World) => world.pressed({ alertId, position: downtown });
const refuseTopic = (world: World, suffix: string) =>
  world.break((operation, { TopicArn }) => operation === 'Publish' && String(TopicArn).endsWith(suffix));

describe('the language of a contact', () => {
  it('has a topic of its own, also where it is the person’s, and each contact is on one', async () => {
    const world = await setUp();
    await world.stream();
    expect(topicsOf(world)).toEqual([
      ['', [jose.endpoint]],
      ['-en', [mary.endpoint]],
      ['-es', [lupe.endpoint]],
    ]);
  });

  it('is that of the welcome, the alert and all that follows, one message a topic', async () => {
    const world = await setUp();
    await world.stream();
    expect(smsTo(world, jose)[0]).toMatch(/^Boton de Alerta/);
    expect(smsTo(world, mary)[0]).toMatch(/^Alert Button/);
    await press(world);
    expect(smsTo(world, jose)[1]).toMatch(/^ALERTA /);
    expect(smsTo(world, mary)[1]).toMatch(/^ALERT /);
    expect(
      toFamily(world, 'alert.raised.v1')
        .map(({ topic }) => topic)
        .toSorted(),
    ).toEqual(['family', 'family:en', 'family:es']);
    await world.advance(5);
    const escalated = toFamily(world, 'alert.escalated.v1');
    expect(escalated.map(({ topic }) => topic)).toEqual(['family', 'family:en', 'family:es']);
    expect(escalated[1]?.bodies['sms']).toMatch(/nobody has confirmed the case/);
  });

  it('needs no topic for contacts without a choice where all chose', async () => {
    const world = await setUp([mary, lupe]);
    await press(world);
    expect(topicsOf(world).map(([name]) => name)).toEqual(['-en', '-es']);
    expect(statusesOf(world)).toMatchObject({ 'family:en': 'sent', 'family:es': 'sent' });
    expect(statusesOf(world)).not.toHaveProperty('family');
    await world.advance(20);
    expect(toFamily(world, 'alert.raised.v1')).toHaveLength(2);
  });

  it('opens the page in that language', async () => {
    const world = await setUp();
    await press(world);
    const tokens = world
      .published()
      .flatMap(({ bodies }) => /\/f\/(\w+)/.exec(bodies['sms'] ?? bodies['email'] ?? '')?.[1] ?? []);
    const { links } = world.of(composeServeCase);
    const recipients = await Promise.all(tokens.map(async (token) => (await links.find(token))?.recipient));
    expect(recipients).toContainEqual({ kind: 'family' });
    expect(recipients).toContainEqual({ kind: 'family', language: 'en' });
  });

  it('of one is heard while the topic of another fails, and that one when it works again', async () => {
    const world = await setUp();
    await world.stream();
    refuseTopic(world, '-en');
    await press(world);
    expect([smsTo(world, jose).length, smsTo(world, mary).length]).toEqual([2, 1]);
    expect(statusesOf(world)).toMatchObject({ family: 'sent', 'family:en': 'pending', 'family:es': 'sent' });
    world.mend();
    await world.advance(3);
    expect([smsTo(world, jose).length, smsTo(world, mary).length]).toEqual([2, 2]);
    expect(toFamily(world, 'alert.raised.v1')).toHaveLength(3);
  });

  it('that cannot be reached is told to the ministry only when no other was reached', async () => {
    const unreached = (world: World) =>
      world.published().filter(({ type }) => type === 'alert.family-unreachable.v1').length;
    const half = await setUp([jose, mary]);
    await half.stream();
    half.sns.removeSubscriptions(`alert-button-family-${half.familyId}-en`);
    half.skip(11 * 60_000);
    await press(half);
    await half.stream();
    expect(statusesOf(half)).toMatchObject({ family: 'sent', 'family:en': 'unreachable' });
    expect(unreached(half)).toBe(0);
    // Of later messages officers read whether anybody of the family heard.
    await half.advance(5);
    expect(half.stored({ alertId })?.['lastToFamily']).toBe('sent');

    const whole = await setUp([jose, mary]);
    await whole.stream();
    for (const name of ['', '-en']) whole.sns.removeSubscriptions(`alert-button-family-${whole.familyId}${name}`);
    whole.skip(11 * 60_000);
    await press(whole);
    await whole.stream();
    expect(statusesOf(whole)).toMatchObject({ family: 'unreachable', 'family:en': 'unreachable' });
    expect(unreached(whole)).toBe(1);
  });

  it('moves nobody when the person’s changes, and who chose none is written to in the new one', async () => {
    const world = await setUp();
    await world.stream();
    const before = topicsOf(world);
    const family = world.items().filter(({ itemType }) => itemType === 'family');
    await world.set(family, 'person', { name: 'Ana Sofía Núñez', language: 'en' });
    await press(world);
    expect(topicsOf(world)).toEqual(before);
    expect(smsTo(world, jose)[1]).toMatch(/^ALERT /);
    expect(toFamily(world, 'alert.raised.v1').find(({ topic }) => topic === 'family:es')?.bodies['sms']).toMatch(
      /^ALERTA /,
    );
  });

  it('is shown to the phone with what SNS says of their topic', async () => {
    const world = await setUp([jose, mary, lupe], { confirm: 'manual' });
    await world.stream();
    const { contacts } = await world.seen();
    expect(contacts).toMatchObject([
      { name: 'José', language: 'es', status: 'subscribed' },
      { name: 'Mary', language: 'en', status: 'subscribed' },
      { name: 'Lupe', language: 'es', status: 'pending' },
    ]);
  });

  it('is looked after by the daily check: an opt-out there leaves nobody on its topic', async () => {
    const world = await setUp([jose, mary]);
    await world.stream();
    world.sns.optOut(mary.endpoint);
    await world.advance(61);
    const { contacts } = await world.seen();
    expect(contacts.map(({ status }) => status)).toEqual(['subscribed', 'opted-out']);
    await press(world);
    expect(statusesOf(world)).toMatchObject({ family: 'sent', 'family:en': 'unreachable' });
  });
});

describe('a list with languages', () => {
  it('welcomes who is added in their language, makes their topic, and tells the others in theirs', async () => {
    const world = await setUp([jose]);
    await world.stream();
    await world.change({ kind: 'add-contact', contact: mary });
    await world.stream();
    expect(topicsOf(world)).toEqual([
      ['', [jose.endpoint]],
      ['-en', [mary.endpoint]],
    ]);
    expect(smsTo(world, mary)).toEqual([expect.stringMatching(/^Alert Button/)]);
    expect(smsTo(world, jose)).toHaveLength(2);
    await world.advance(5);
    expect([smsTo(world, jose).length, smsTo(world, mary).length]).toEqual([2, 1]);
  });

  it('takes who is removed off their topic, also as the last one on it', async () => {
    const world = await setUp();
    await world.stream();
    const id = world.contacts.find(({ name }) => name === 'Mary')!.contactId;
    await world.change({ kind: 'remove-contact', contactId: id });
    await world.stream();
    expect(topicsOf(world)).toContainEqual(['-en', []]);
    expect(smsTo(world, mary)).toHaveLength(1);
    await press(world);
    expect(smsTo(world, mary)).toHaveLength(1);
    expect(statusesOf(world)).not.toHaveProperty('family:en');
  });

  it('says goodbye on each topic when it is erased, and leaves none', async () => {
    const world = await setUp();
    await world.stream();
    await world.change({ kind: 'erase' });
    await world.stream();
    expect(
      toFamily(world, 'contact.list-changed.v1')
        .map(({ topic }) => topic)
        .toSorted(),
    ).toEqual(['family', 'family:en', 'family:es']);
    expect(topicsOf(world)).toEqual([]);
  });

  it('makes the topic of whoever was added with the duress PIN as of any other', async () => {
    const world = await setUp([jose]);
    await world.stream();
    await world.change({ kind: 'add-contact', contact: mary }, 'duress');
    await world.stream();
    world.skip(2 * 60_000);
    const { contacts } = await world.seen();
    expect(contacts.map(({ language, status }) => [language, status])).toEqual([
      ['es', 'subscribed'],
      ['en', 'subscribed'],
    ]);
    expect(topicsOf(world)).toHaveLength(2);
  });
});
