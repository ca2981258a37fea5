import { beforeEach, describe, expect, it } from 'vitest';
import type { ContactChange, FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import { trustedContacts } from '../../shared/domain/family/trusted.ts';
import { costOf, storedSize } from '../support/costs.ts';
import type { World, WorldOptions } from '../support/world.ts';
import { authorised, createWelcomedWorld } from '../support/world.ts';

const changed = 'contact.list-changed.v1';
const [jose, marta, renewed] = ['+12135550101', '+12135550109', '+12135550177'];
const registers = {
  contacts: [
    { name: 'José', channel: 'sms', endpoint: jose },
    { name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' },
    { name: 'Marta', channel: 'sms', endpoint: marta, trusted: true },
  ],
  consent: authorised,
} as const;

const registered = async (options: WorldOptions = {}) => createWelcomedWorld({ registers, ...options });

let world: World;
beforeEach(async () => {
  world = await registered();
});

const idOf = (name: string, one = world): string =>
  one.contacts.find((contact) => contact.name === name)?.contactId ?? 'none';
const change = (name: string, wanted: ContactChange, one = world): FamilyRequest => ({
  kind: 'change-contact',
  contactId: idOf(name, one),
  wanted,
});
const invite = (name: string, one = world): FamilyRequest => ({ kind: 'invite-contact', contactId: idOf(name, one) });
const toPhone = { channel: 'sms', endpoint: renewed } as const;
const shownIn = async (one = world) => {
  const { contacts } = await one.seen();
  return contacts;
};
const mailsTo = (endpoint: string) => world.sns.inbox({ endpoint });

describe('a contact who is changed', () => {
  it('hears at the new phone and no more at the old; the others are told', async () => {
    expect(await world.change(change('José', toPhone))).toMatchObject({
      kind: 'done',
      contact: { name: 'José', endpoint: renewed },
      status: 'pending',
    });
    await world.stream();
    expect(world.subscribers()?.toSorted()).toEqual([marta, renewed, 'lupe@family.example'].toSorted());
    expect(world.told(renewed)).toEqual(['contact.welcome.v1']);
    expect(world.told(jose)).toEqual(['contact.welcome.v1']);
    expect(world.told(marta).filter((type) => type === changed)).toHaveLength(1);
    await world.pressed();
    expect(world.told(jose)).not.toContain('alert.raised.v1');
    expect(world.told(renewed)).toContain('alert.raised.v1');
  });

  it('by name alone stays who they are: subscribed, trusted, not welcomed again', async () => {
    const welcomes = () => world.told(marta).filter((type) => type === 'contact.welcome.v1').length;
    const before = welcomes();
    expect(await world.change(change('Marta', { name: 'Marta Ruiz' }))).toMatchObject({
      contact: { name: 'Marta Ruiz' },
      status: 'subscribed',
    });
    await world.stream();
    const after = trustedContacts(world.stored() as never, world.now());
    expect(after.map(({ name }) => name)).toEqual(['Marta Ruiz']);
    expect(welcomes()).toBe(before);
    expect(world.told(jose)).toContain(changed);
  });

  it('with a new phone is trusted again after 30 days', async () => {
    await world.change(change('Marta', toPhone));
    expect(trustedContacts(world.stored() as never, world.now())).toEqual([]);
    world.skip(30 * 24 * 3_600_000);
    expect(trustedContacts(world.stored() as never, world.now())).toMatchObject([{ endpoint: renewed }]);
  });

  it('to another language is written to there, and never without a subscription between', async () => {
    world.calls.length = 0;
    await world.change(change('José', { language: 'en' }));
    await world.stream();
    const order = world.calls.flatMap(({ operation, input }) =>
      operation === 'Unsubscribe' || (operation === 'Subscribe' && String(input['TopicArn']).endsWith('-en'))
        ? operation
        : [],
    );
    expect(order.indexOf('Unsubscribe')).toBeGreaterThan(order.indexOf('Subscribe'));
    expect(world.subscribers()).not.toContain(jose);
    await world.pressed();
    const raised = world.sns
      .inbox({ endpoint: jose })
      .filter(({ attributes }) => attributes['type'] === 'alert.raised.v1');
    expect(raised).toHaveLength(1);
    expect(raised[0]?.body).toMatch(/^ALERT/);
  });

  it('sent again changes nothing more; an endpoint of another is refused, and so is one whom nobody knows', async () => {
    const first = await world.change(change('José', toPhone));
    expect(await world.change(change('José', toPhone))).toMatchObject({ ...first, status: expect.any(String) });
    const events = world.items().filter(({ itemType }) => itemType === 'family-event');
    expect(events).toHaveLength(1);
    expect(await world.change(change('José', { channel: 'sms', endpoint: marta }))).toEqual({
      kind: 'refused',
      reason: 'endpoint-taken',
    });
    expect(await world.change(change('nobody', { name: 'X' }))).toEqual({ kind: 'refused', reason: 'unknown-contact' });
  });

  it('is not judged by what a check found of the old phone', async () => {
    const reach = world.items().find(({ sk }) => sk === 'REACH')!;
    const contacts = { [idOf('José')]: { status: 'opted-out', confirmed: true } };
    await world.set([reach], 'reach', { contacts, reachable: 0, checkedAt: world.now().toISOString() });
    world.skip(1000);
    await world.change(change('José', toPhone));
    await world.stream();
    world.skip(61_000);
    expect((await shownIn()).find(({ name }) => name === 'José')?.status).toBe('subscribed');
  });

  it('is made up for by the watchman when SNS was down, and told once', async () => {
    await world.change(change('José', toPhone));
    world.break((operation) => operation === 'Publish' || operation === 'Unsubscribe');
    await world.stream();
    expect(world.subscribers()).toContain(jose);
    world.mend();
    await world.advance(3);
    expect(world.subscribers()).not.toContain(jose);
    expect(world.told(marta).filter((type) => type === changed)).toHaveLength(1);
  });

  it('waits until those who were contacts when the person pressed have been told', async () => {
    world.break((operation) => operation === 'Publish');
    await world.press({ drill: true });
    await world.change(change('José', toPhone));
    await world.stream();
    expect(world.subscribers()).toContain(jose);
    world.mend();
    await world.advance(5);
    expect(world.told(jose)).toContain('alert.raised.v1');
    expect(world.subscribers()).not.toContain(jose);
  });

  it('is refused while the phones know of an open alert', async () => {
    await world.press();
    for (const pin of ['pin', 'duress']) {
      expect(await world.change(change('José', toPhone), pin)).toEqual({ kind: 'alert-open' });
      expect(await world.change(invite('Lupe'), pin)).toEqual({ kind: 'alert-open' });
    }
  });
});

describe('a mailbox that has not confirmed', () => {
  beforeEach(async () => {
    world = await registered({ confirm: 'manual' });
  });

  it('is asked again once a day, and nobody else hears of it', async () => {
    const before = mailsTo('lupe@family.example').length;
    expect(await world.change(invite('Lupe'))).toMatchObject({ kind: 'done', status: 'pending' });
    await world.stream();
    expect(mailsTo('lupe@family.example').length).toBe(before + 1);
    for (const endpoint of [jose, marta]) expect(world.told(endpoint)).not.toContain(changed);
    for (const pin of ['pin', 'duress']) {
      expect(await world.change(invite('Lupe'), pin)).toEqual({ kind: 'refused', reason: 'invited-today' });
    }
    world.skip(24 * 3_600_000);
    expect(await world.change(invite('Lupe'))).toMatchObject({ kind: 'done' });
  });

  it('is asked alone: no other mailbox that has not confirmed gets a mail, whatever its language', async () => {
    for (const [name, language] of [['Eva'], ['Iris', 'en']] as const) {
      const endpoint = `${name.toLowerCase()}@family.example`;
      const contact = { name, channel: 'email', endpoint, ...(language && { language }) } as const;
      await world.change({ kind: 'add-contact', contact });
      await world.stream();
    }
    const mails = () => ['lupe', 'eva', 'iris'].map((name) => mailsTo(`${name}@family.example`).length);
    const [lupe = 0, ...others] = mails();
    await world.change(invite('Lupe'));
    await world.stream();
    expect(mails()).toEqual([lupe + 1, ...others]);
  });

  it('is asked also where its topic was deleted', async () => {
    await world.sns.call('DeleteTopic', { TopicArn: world.stored().topic.arn });
    const before = mailsTo('lupe@family.example').length;
    await world.change(invite('Lupe'));
    await world.stream();
    expect(mailsTo('lupe@family.example').length).toBe(before + 1);
  });

  it('is asked by the watchman when SNS was down', async () => {
    const before = mailsTo('lupe@family.example').length;
    await world.change(invite('Lupe'));
    world.break((operation) => operation === 'Subscribe');
    await world.stream();
    expect(mailsTo('lupe@family.example')).toHaveLength(before);
    world.mend();
    await world.advance(2);
    expect(mailsTo('lupe@family.example').length).toBeGreaterThan(before);
  });
});

it('a phone, and a mailbox that has confirmed, are not asked', async () => {
  for (const name of ['José', 'Lupe']) {
    expect(await world.change(invite(name))).toEqual({ kind: 'refused', reason: 'nothing-to-confirm' });
  }
});

describe('the duress PIN', () => {
  it.each<[string, (one: World) => FamilyRequest, 'auto' | 'manual']>([
    ['another phone', (one) => change('José', toPhone, one), 'auto'],
    ['another phone of the trusted', (one) => change('Marta', toPhone, one), 'auto'],
    ['another name of the trusted', (one) => change('Marta', { name: 'Tía Marta' }, one), 'auto'],
    ['another language', (one) => change('José', { language: 'en' }, one), 'auto'],
    ['a repeat', (one) => change('José', { name: 'José' }, one), 'auto'],
    ['asking a mailbox', (one) => invite('Lupe', one), 'manual'],
    ['asking one that has confirmed', (one) => invite('Lupe', one), 'auto'],
    ['a code for a phone', () => ({ kind: 'add-device', as: 'code' }), 'auto'],
  ])(
    'is answered alike, costs the same calls of the same size and tells the same phones the same: %s',
    async (_, request, confirm) => {
      const story = async (pin: string) => {
        const one = await registered({ confirm });
        const outcome = await one.change(request(one), pin);
        const cost = costOf(one);
        const size = storedSize(one);
        await one.stream();
        one.skip(61_000);
        const told = [jose, renewed, 'lupe@family.example'].map((endpoint) =>
          one.sns.inbox({ endpoint }).map(({ attributes, body }) => [attributes['type'], body.length]),
        );
        const seen = JSON.stringify([outcome, await one.read()]).replaceAll(
          /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|"code":"[^"]*"/g,
          '*',
        );
        const heard = one.published().filter(({ topic, type }) => topic === 'ministry' && type === 'family.forced.v1');
        return { captor: { cost, size, told, seen }, officers: heard.length };
      };
      const [ordinary, forced] = [await story('pin'), await story('duress')];
      expect(forced.captor).toEqual(ordinary.captor);
      expect([ordinary.officers, forced.officers]).toEqual([0, 1]);
    },
  );

  it('leaves the trusted contact hearing at the old phone, and officers reading it', async () => {
    await world.change(change('Marta', { ...toPhone, name: 'Agente' }), 'duress');
    await world.stream();
    const after = trustedContacts(world.stored() as never, world.now());
    expect(after).toMatchObject([{ name: 'Marta', endpoint: marta }]);
    world.skip(60 * 24 * 3_600_000);
    expect(trustedContacts(world.stored() as never, world.now())).toMatchObject([{ endpoint: marta }]);
    expect(world.stored().removed).toMatchObject([{ contact: { name: 'Marta', endpoint: marta } }]);
  });
});
