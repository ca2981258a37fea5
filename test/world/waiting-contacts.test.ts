import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { envNames, resourceNames } from '../../shared/names.ts';
import { type World, type WorldOptions, authorised, createWelcomedWorld } from '../support/world.ts';

/*
 * A contact who is in five families of the day waits for the next one. The world's day begins at 20:00 UTC, so that four
 * hours pass to midnight.
 */

const jose = '+12135550101';
const [rosa, beto] = ['+525555550122', '+525555550123'] as const;
const hour = 3_600_000;
const rosas = { name: 'Rosa', channel: 'sms', endpoint: rosa } as const;
const betos = { name: 'Beto', channel: 'sms', endpoint: beto } as const;
const [welcome, changed] = ['contact.welcome.v1', 'contact.list-changed.v1'];

let world: World;
const start = async (options: WorldOptions = {}): Promise<void> => {
  world = await createWelcomedWorld(options);
};
beforeEach(async () => start());

const registerOther = async (contacts: Registration['contacts']) => {
  const outcome = await world.register({ registrationId: randomUUID(), contacts });
  await world.stream();
  return outcome;
};
/** Five other families of this day have them. */
const fill = async (contact: Registration['contacts'][number] = rosas): Promise<void> => {
  for (let family = 0; family < 5; family += 1) await registerOther([contact]);
};
/** Midnight, and the watchman's rounds after it. */
const untilJoined = async (): Promise<void> => {
  const now = world.now().getTime();
  world.skip((Math.floor(now / (24 * hour)) + 1) * 24 * hour - now - 60_000);
  await world.advance(3);
};
const add = (contact: Registration['contacts'][number] = rosas): FamilyRequest => ({ kind: 'add-contact', contact });
const idOf = async (name: string): Promise<string> =>
  (await world.seen()).contacts.find((contact) => contact.name === name)?.contactId ?? 'none';
const statuses = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await world.seen()).contacts.map(({ name, status }) => [name, status]));
const warned = async () => (await world.seen()).warnings.map(({ code, contact }) => [code, contact?.name]);
/** Whose topics somebody is on. */
const topicsOf = (endpoint: string): readonly string[] =>
  world.sns
    .topics()
    .filter(({ subscriptions }) => subscriptions.some((one) => one.endpoint === endpoint))
    .map(({ topic }) => topic);

describe('a contact who is in five families of the day', () => {
  it('waits when a sixth is registered with others, and is subscribed and welcomed after midnight', async () => {
    await fill();
    const sixth = await registerOther([betos, rosas]);
    if (sixth.kind !== 'registered') throw new Error(sixth.kind);
    expect(sixth.family.contacts.map(({ name, waiting }) => [name, waiting !== undefined])).toEqual([
      ['Beto', false],
      ['Rosa', true],
    ]);
    expect(topicsOf(rosa)).toHaveLength(5);
    await world.advance(20);
    expect([topicsOf(rosa).length, topicsOf(beto).length]).toEqual([5, 1]);
    await untilJoined();
    expect(topicsOf(rosa)).toHaveLength(6);
    expect(topicsOf(rosa).some((topic) => topic.includes(sixth.family.familyId))).toBe(true);
    expect(world.told(rosa)).toEqual(Array.from({ length: 6 }, () => welcome));
    // The others are told nothing of it.
    expect(world.told(beto)).toEqual([welcome]);
    await world.advance(2);
    expect(world.told(rosa)).toHaveLength(6);
  });

  it('who alone would be told keeps a registration from being made, and so does the person’s own phone', async () => {
    await fill();
    await fill(betos);
    const all = await registerOther([rosas, betos]);
    expect(all).toEqual({ kind: 'limited', contacts: [0, 1], retryAfterSeconds: 4 * 3600 });
    const person = { name: 'Ana', language: 'es', phone: rosa } as const;
    const others = [{ name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' }] as const;
    expect(await world.register({ registrationId: randomUUID(), person, contacts: others })).toMatchObject({
      kind: 'limited',
      contacts: [],
    });
  });

  it('is answered the same when the registration is sent again, which counts nothing', async () => {
    await fill();
    const registrationId = randomUUID();
    const contacts = [betos, rosas];
    const answers = [];
    for (let tries = 0; tries < 3; tries += 1) {
      const outcome = await world.register({ registrationId, contacts });
      answers.push(outcome.kind === 'registered' ? outcome.family : outcome);
    }
    expect([answers[1], answers[2]]).toEqual([answers[0], answers[0]]);
  });

  it('is welcomed as somebody trusted, too, once there is room', async () => {
    await fill();
    const trusted = { ...rosas, trusted: true };
    const sixth = await registerOther([betos, trusted]);
    const familyId = sixth.kind === 'registered' ? sixth.family.familyId : '';
    await world.advance(30);
    expect(topicsOf(rosa).some((topic) => topic.includes(familyId))).toBe(false);
    await untilJoined();
    await world.advance(16);
    expect(topicsOf(rosa).filter((topic) => topic.includes(familyId))).toHaveLength(2);
    expect(world.told(rosa)).toHaveLength(5 + 2);
  });
});

describe('a contact who is added or changed', () => {
  it('waits with either PIN, is shown so, and is asked for nothing', async () => {
    await fill();
    for (const pin of ['pin', 'duress']) {
      expect(await world.change(add(), pin)).toMatchObject({ kind: 'done', status: 'waiting' });
      await world.stream();
      expect(await statuses()).toEqual({ José: 'subscribed', Lupe: 'subscribed', Rosa: 'waiting' });
      expect(await warned()).toEqual([['waiting', 'Rosa']]);
      expect(await world.change(add(), pin)).toMatchObject({ kind: 'done', status: 'waiting' });
      const contactId = await idOf('Rosa');
      const renamed = { kind: 'change-contact', contactId, wanted: { name: 'Rosita', language: 'en' } } as const;
      expect(await world.change(renamed, pin)).toMatchObject({ kind: 'done', status: 'waiting' });
      expect(await world.change({ kind: 'remove-contact', contactId }, pin)).toMatchObject({ kind: 'done' });
      await world.stream();
    }
    await untilJoined();
    expect(world.told(rosa)).toEqual(Array.from({ length: 5 }, () => welcome));
    // Once an addition, a change and a removal, with each PIN.
    expect(world.told(world.contacts[0]!.endpoint)).toEqual([welcome, ...Array.from({ length: 6 }, () => changed)]);
  });

  it('of a mailbox is not asked to confirm before', async () => {
    const mailbox = { name: 'Casa', channel: 'email' as const, endpoint: 'casa@refugio.example' };
    await fill(mailbox);
    await world.change(add(mailbox));
    const invite = { kind: 'invite-contact', contactId: await idOf('Casa') } as const;
    expect(await world.change(invite)).toEqual({ kind: 'refused', reason: 'nothing-to-confirm' });
  });

  it('waits at a new phone, and joins at another that has room', async () => {
    await fill();
    const contactId = await idOf('Lupe');
    const to = (endpoint: string): FamilyRequest => ({
      kind: 'change-contact',
      contactId,
      wanted: { channel: 'sms', endpoint },
    });
    expect(await world.change(to(rosa))).toMatchObject({ kind: 'done', status: 'waiting' });
    await world.stream();
    expect(world.subscribers()).toEqual([world.contacts[0]!.endpoint]);
    expect(await world.change(to(beto))).toMatchObject({ kind: 'done', status: 'pending' });
    await world.stream();
    expect(world.subscribers()).toEqual([world.contacts[0]!.endpoint, beto]);
    await untilJoined();
    expect([topicsOf(rosa).length, topicsOf(beto).length]).toEqual([5, 1]);
  });

  it('never leaves nobody who is told', async () => {
    await fill();
    await world.change(add());
    for (const pin of ['pin', 'duress']) {
      await world.change({ kind: 'remove-contact', contactId: await idOf('Lupe') }, pin);
      const last = await idOf('José');
      expect(await world.change({ kind: 'remove-contact', contactId: last }, pin)).toEqual({
        kind: 'refused',
        reason: 'last-contact',
      });
    }
    await world.change({ kind: 'remove-contact', contactId: await idOf('Rosa') });
    for (const pin of ['pin', 'duress']) {
      const wanted = { channel: 'sms', endpoint: rosa } as const;
      expect(await world.change({ kind: 'change-contact', contactId: await idOf('José'), wanted }, pin)).toEqual({
        kind: 'limited',
        retryAfterSeconds: 4 * 3600,
      });
    }
  });
});

describe('a press while a contact waits', () => {
  it('reaches the others, and the phone that pressed counts who is not reached', async () => {
    await fill();
    await world.change(add());
    await world.stream();
    await world.pressed();
    expect(world.told(world.contacts[0]!.endpoint).at(-1)).toBe('alert.raised.v1');
    expect(world.told(rosa)).not.toContain('alert.raised.v1');
    expect(await world.read()).toMatchObject({ kind: 'seized', counts: { subscribed: 2, waiting: 1 } });
  });

  it('is unreachable for a family of which only they are left, and the ministry reads whom to call', async () => {
    const contacts = [{ name: 'José', channel: 'sms', endpoint: '+12135550101' }] as const;
    await start({ registers: { contacts, consent: authorised } });
    await fill();
    await world.change(add());
    await world.stream();
    world.sns.removeSubscriptions(`${resourceNames.familyTopicPrefix}${world.familyId}`);
    world.skip(11 * 60_000);
    const alertId = await world.pressed();
    expect(world.stored({ alertId }).deliveries.family.status).toBe('unreachable');
    await world.advance(2);
    const told = world.published().find(({ type }) => type === 'alert.family-unreachable.v1');
    expect(told?.bodies['email']).toContain(`Rosa: ${rosa}`);
  });
});

describe.each(['pin', 'duress'])('somebody who joins after a press, with the %s', (pin) => {
  const pressed = async (): Promise<string> => {
    await start({ registers: { consent: authorised } });
    await fill();
    await world.change(add(), pin);
    await world.stream();
    return world.pressed();
  };

  /** Of this family: Rosa is in five others. */
  const heard = () =>
    world.sns.inbox({ endpoint: rosa }).filter(({ topic, attributes }) => {
      return topic.includes(world.familyId) && attributes['type'] !== changed;
    });
  const types = () => heard().map(({ attributes }) => attributes['type']);

  it('hears that the case is open, once and alone, with a link of their own', async () => {
    await pressed();
    const before = world.told(jose).filter((type) => type === 'alert.raised.v1');
    await untilJoined();
    await world.advance(5);
    expect(types().slice(0, 2)).toEqual([welcome, 'alert.raised.v1']);
    expect(types().filter((type) => type === 'alert.raised.v1')).toHaveLength(1);
    expect(world.told(jose).filter((type) => type === 'alert.raised.v1')).toEqual(before);
    expect(heard()[1]?.body).toMatch(/^ALERTA .*\/f\/\w{22}$/);
  });

  it('hears nothing of one that was cancelled, also where it goes on in secret', async () => {
    const alertId = await pressed();
    await world.cancelled(alertId, pin);
    await untilJoined();
    await world.advance(5);
    expect(types()).toEqual([welcome]);
  });

  it('hears of it also when SNS fails in between', async () => {
    await pressed();
    let failed = 0;
    world.break((operation, input) => {
      const isToRosa = operation === 'Publish' && JSON.stringify(input).includes('alert.raised.v1');
      return isToRosa && (failed += 1) <= 3;
    });
    await untilJoined();
    await world.advance(20);
    world.mend();
    expect(failed).toBeGreaterThan(3);
    expect(types()).toContain('alert.raised.v1');
  });
});

describe('the joining', () => {
  beforeEach(async () => {
    await fill();
    await world.change(add());
    await world.stream();
  });

  it('is made up for if the table refuses it all night, and happens once', async () => {
    const joins = (operation: string, input: Record<string, unknown>): boolean =>
      operation === 'TransactWriteItems' && JSON.stringify(input).includes('contact-joined');
    world.break(joins);
    await untilJoined();
    await world.advance(60);
    expect(topicsOf(rosa)).toHaveLength(5);
    expect(await statuses()).toMatchObject({ Rosa: 'waiting' });
    world.mend();
    await world.advance(16);
    expect(topicsOf(rosa)).toHaveLength(6);
    expect(world.told(rosa)).toHaveLength(6);
    expect(await statuses()).toMatchObject({ Rosa: 'subscribed' });
  });

  it('is made up for if SNS is down after it, and if what was to carry it out was lost', async () => {
    world.break((operation) => operation === 'Subscribe' || operation === 'Publish');
    await untilJoined();
    // The stream's function died with the record.
    world.inserted.length = 0;
    await world.advance(3);
    expect(topicsOf(rosa)).toHaveLength(5);
    world.mend();
    await world.advance(10);
    expect(topicsOf(rosa)).toHaveLength(6);
    expect(world.told(rosa)).toHaveLength(6);
  });

  it('is made up for if no watchman ran for two days', async () => {
    world.skip(50 * hour);
    await world.advance(3);
    expect(topicsOf(rosa)).toHaveLength(6);
    expect(await warned()).toEqual([]);
  });

  it('does not happen to somebody who was removed, whichever PIN did it, nor after an erasing', async () => {
    const item = world.items().find(({ itemType }) => itemType === 'family');
    expect(JSON.stringify(item)).toContain(rosa);
    await world.change({ kind: 'erase' }, 'pin');
    await world.stream();
    await untilJoined();
    expect([topicsOf(rosa).length, world.told(rosa).length]).toEqual([5, 5]);
    expect(world.topics()).toEqual([]);
    expect(world.items()).toEqual([]);
  });

  it('is of each by itself: one who goes on waiting keeps nobody', async () => {
    await fill(betos);
    await world.change(add(betos));
    // In the first minutes of the next day others are faster.
    const now = world.now().getTime();
    world.skip((Math.floor(now / (24 * hour)) + 1) * 24 * hour - now);
    await fill();
    await world.advance(3);
    expect([topicsOf(rosa).length, topicsOf(beto).length]).toEqual([10, 6]);
    expect(await statuses()).toMatchObject({ Rosa: 'waiting' });
    await untilJoined();
    expect(topicsOf(rosa)).toHaveLength(11);
  });
});

describe('a workshop of many families with one volunteer', () => {
  const neighbour = (index: number) => ({
    name: 'Vecina',
    channel: 'sms' as const,
    endpoint: `+1213555${String(1000 + index)}`,
  });
  const workshop = async (families: number): Promise<readonly string[]> => {
    const made = [];
    for (let index = 0; index < families; index += 1) {
      const outcome = await registerOther([neighbour(index), rosas]);
      if (outcome.kind !== 'registered') throw new Error(outcome.kind);
      made.push(outcome.family.familyId);
      world.skip(3 * 60_000);
    }
    // Their first check is of the same day.
    world.skip(16 * 60_000);
    await world.advance(1);
    return made;
  };

  it('is joined by five a day, and nobody is forgotten, though newcomers use up every day', async () => {
    const families = await workshop(12);
    const joined = () => families.filter((id) => topicsOf(rosa).some((topic) => topic.includes(id))).length;
    expect(joined()).toBe(5);
    const days = [];
    for (let day = 0; day < 2; day += 1) {
      await untilJoined();
      days.push(joined());
      await workshop(6);
    }
    expect(days).toEqual([10, 12]);
  });

  it('waits for nothing where the operator says that the contact is shared, however the mailbox is written', async () => {
    await start({ env: { [envNames.sharedContacts]: `${rosa},refugio@example.org` } });
    await workshop(12);
    expect(topicsOf(rosa)).toHaveLength(12);
    for (let index = 0; index < 7; index += 1) {
      const endpoint = `Refugio+${index}@example.org`;
      expect((await registerOther([{ name: 'Refugio', channel: 'email', endpoint }])).kind).toBe('registered');
    }
    expect(await world.change(add())).toMatchObject({ status: 'pending' });
  });
});
