import { describe, expect, it } from 'vitest';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { newLink, noCase } from '../../shared/domain/case/links.ts';
import { trustedContacts } from '../../shared/domain/family/trusted.ts';
import { countParts, isGsm } from '../../shared/words/gsm0338.ts';
import { aFamily } from '../support/fixtures.ts';
import { keepLink } from '../support/kept.ts';
import { pagesOf } from '../support/serving.ts';
import type { World } from '../support/world.ts';
import { createWelcomedWorld } from '../support/world.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const [jose, marta, captor, rosa] = ['+12135550101', '+12135550109', '+12135550166', '+12135550122'];
const marked: Registration['contacts'] = [
  { name: 'José', channel: 'sms', endpoint: jose },
  { name: 'Marta', channel: 'sms', endpoint: marta, trusted: true },
];
const add = { kind: 'add-contact', contact: { name: 'Agente', channel: 'sms', endpoint: captor } } as const;

const aWorld = async (consularNotification: boolean, contacts = marked) =>
  createWelcomedWorld({ registers: { contacts, consent: { consularNotification, version: '1' } } });
const forced = (world: World) => world.published().filter(({ type }) => type === 'family.forced.v1');
const topicsOf = (world: World) =>
  forced(world)
    .map(({ topic }) => topic)
    .toSorted();
const inboxOf = (world: World, endpoint: string) =>
  world.sns.inbox({ endpoint }).map(({ topic, body }) => [topic.replace(world.familyId, 'F'), body]);

describe('a signal', () => {
  it('reaches officers and the trusted contact if consular contact is authorised, else the trusted contact', async () => {
    for (const consent of [true, false]) {
      const world = await aWorld(consent);
      await world.change(add, 'duress');
      await world.stream();
      // Nobody knows where the home is: the ministry owns it.
      expect(topicsOf(world)).toEqual(consent ? ['family:trusted', 'ministry'] : ['family:trusted']);
      expect(world.told(jose)).not.toContain('family.forced.v1');
      expect(world.told(captor)).toEqual(['contact.welcome.v1']);
    }
  });

  it('is none of the PIN', async () => {
    const world = await aWorld(true);
    await world.change(add);
    await world.stream();
    expect(forced(world)).toEqual([]);
  });

  it.each([
    [{ kind: 'change-contact', contactId: 'none', wanted: { channel: 'sms', endpoint: captor } }, 'contacts'],
    [add, 'contacts'],
    [{ kind: 'invite-contact', contactId: 'none' }, 'contacts'],
    [{ kind: 'remove-contact', contactId: 'none' }, 'contacts'],
    [{ kind: 'add-device' }, 'devices'],
    [{ kind: 'revoke-device', deviceId: 'none' }, 'devices'],
    [{ kind: 'erase' }, 'erase'],
  ] as const)('says where it was typed: %o', async (request, occasion) => {
    const world = await aWorld(true);
    await world.change(request, 'duress');
    const raised = world.items().find(({ itemType }) => itemType === 'alert');
    expect(raised).toMatchObject({ origin: { kind: 'duress-change', occasion } });
  });

  it('after a case that was closed is one of its own', async () => {
    const world = await aWorld(true);
    const alertId = await world.pressed();
    await world.cancelled(alertId);
    await world.change(add, 'duress');
    await world.stream();
    const states = world.items().filter(({ itemType }) => itemType === 'alert');
    expect(states.map(({ state }) => String(state)).toSorted()).toEqual(['closed', 'raised']);
    expect(
      forced(world)
        .map(({ topic }) => topic)
        .toSorted(),
    ).toEqual(['family:trusted', 'ministry']);
  });

  it('is one an hour and occasion after the first, however often it is typed, and whatever the answer', async () => {
    const world = await aWorld(true);
    const outcomes = [];
    for (let tries = 0; tries < 10; tries += 1) {
      outcomes.push((await world.change({ kind: 'remove-contact', contactId: 'none' }, 'duress')).kind);
      await world.stream();
    }
    expect(new Set(outcomes)).toEqual(new Set(['refused']));
    const told = world.sns
      .inbox({ endpoint: marta })
      .filter(({ attributes }) => attributes['type'] === 'family.forced.v1');
    expect(told).toHaveLength(2);
    world.skip(3_600_000);
    await world.change({ kind: 'remove-contact', contactId: 'none' }, 'duress');
    await world.stream();
    expect(world.told(marta).filter((type) => type === 'family.forced.v1')).toHaveLength(3);
  });

  it('is heard while PINs are locked and while the phone knows of an open alert', async () => {
    const world = await aWorld(true);
    await world.pressed();
    expect(await world.change(add, 'duress')).toEqual({ kind: 'alert-open' });
    await world.stream();
    expect(world.told(marta)).toContain('family.forced.v1');
    expect(world.told(jose)).not.toContain('family.forced.v1');

    const locked = await aWorld(false);
    for (let tries = 0; tries < 5; tries += 1) await locked.change(add, 'wrong');
    expect(await locked.change(add, 'duress')).toMatchObject({ kind: 'wrong-pin' });
    await locked.stream();
    expect(locked.told(marta)).toContain('family.forced.v1');
  });

  it('gets out when SNS was down, and once', async () => {
    const world = await aWorld(false);
    await world.change(add, 'duress');
    world.break((operation) => operation === 'Publish');
    await world.stream();
    world.mend();
    expect(world.told(marta)).not.toContain('family.forced.v1');
    await world.advance(5);
    expect(world.told(marta).filter((type) => type === 'family.forced.v1')).toHaveLength(1);
  });

  it('costs as many calls and items as the PIN, also while PINs are locked', async () => {
    for (const locks of [false, true]) {
      const seen: unknown[] = [];
      for (const pin of ['pin', 'duress']) {
        const world = await aWorld(true);
        for (const wrong of locks ? ['a', 'b', 'c', 'd', 'e'] : []) await world.change(add, wrong);
        const before = world.items().length;
        await world.change(add, pin);
        const sizes = world.calls.map(({ operation, input }) => [
          operation,
          Math.round(JSON.stringify(input).length / 100),
        ]);
        seen.push([sizes, world.items().length - before]);
      }
      expect(seen[1]).toEqual(seen[0]);
    }
  });
});

describe('the trusted contact', () => {
  it('has a topic of their own, and a first message with a link; nobody else has', async () => {
    const world = await aWorld(true);
    const texts = inboxOf(world, marta);
    expect(new Set(texts.map(([topic]) => topic))).toEqual(
      new Set(['alert-button-family-F', 'alert-button-family-F-trusted']),
    );
    expect(texts.find(([topic]) => topic?.endsWith('trusted'))?.[1]).toMatch(/encargo de confianza.*\/t\/\w{22}$/);
    expect(inboxOf(world, jose).map(([topic]) => topic)).toEqual(['alert-button-family-F']);
    expect(JSON.stringify(await world.read())).not.toContain('trusted');
  });

  it('gets the first message at a mailbox, too, once that has confirmed', async () => {
    const mailbox = 'marta@family.example';
    const contacts = [marked[0]!, { ...marked[1]!, channel: 'email' as const, endpoint: mailbox }];
    const world = await aWorld(true, contacts);
    await world.advance(2);
    const texts = inboxOf(world, mailbox).filter(([topic]) => topic?.endsWith('trusted'));
    expect(texts.map(([, text]) => text)).toEqual([expect.stringMatching(/\/t\/\w{22}/)]);
    // The family's own topic has no welcome for mailboxes.
    expect(inboxOf(world, mailbox)).toHaveLength(1);
  });

  it('reads words that can be overheard, in two parts at the most', async () => {
    for (const language of languages) {
      const world = await aWorld(true, [marked[0]!, { ...marked[1]!, language }]);
      await world.change(add, 'duress');
      await world.stream();
      const texts = inboxOf(world, marta).filter(([topic]) => topic?.endsWith('trusted'));
      expect(texts).toHaveLength(2);
      for (const [, text] of texts) {
        expect([isGsm(text!), countParts(text!) <= 2]).toEqual([true, true]);
        expect(text!.replace(/https:.*/, '')).not.toMatch(/coac|duress|forz|obliga|alert|deten|arrest/i);
      }
      expect(texts[1]![1]).not.toContain('Ana');
    }
  });

  it('goes on hearing after they were removed with the duress PIN, and not after the PIN', async () => {
    for (const pin of ['pin', 'duress']) {
      const world = await aWorld(false);
      await world.change({ kind: 'remove-contact', contactId: world.contacts[1]!.contactId }, pin);
      await world.stream();
      const before = world.told(marta).length;
      await world.change(add, 'duress');
      await world.stream();
      expect(world.told(marta).length - before).toBe(pin === 'duress' ? 1 : 0);
    }
  });

  it('is one who was named later only after 30 days, while others would hear', () => {
    const [first, second] = aFamily().contacts;
    const now = new Date('2026-11-29T00:00:00.000Z');
    const named = (days: number, consularNotification: boolean, others = [first!]) =>
      trustedContacts(
        {
          contacts: [
            ...others,
            { ...second!, trusted: true, addedAt: new Date(now.getTime() - days * 86_400_000).toISOString() },
          ],
          consent: { ...aFamily().consent, consularNotification },
        },
        now,
      ).map(({ contactId }) => contactId);
    expect([named(29, true), named(30, true)]).toEqual([[], ['c2']]);
    expect([named(0, false), named(0, false, [{ ...first!, trusted: true }])]).toEqual([['c2'], ['c1']]);
  });

  it('is nobody who was named with the duress PIN', async () => {
    const world = await aWorld(false);
    await world.change({ ...add, contact: { ...add.contact, trusted: true } }, 'duress');
    await world.stream();
    world.skip(40 * 86_400_000);
    await world.change({ kind: 'remove-contact', contactId: 'none' }, 'duress');
    await world.stream();
    expect(world.told(captor)).toEqual(['contact.welcome.v1']);
  });
});

describe('the page of the trusted contact', () => {
  const linkOf = (world: World, nth = 0): string => {
    const texts = inboxOf(world, marta).filter(([topic]) => topic?.endsWith('trusted'));
    return /\/t\/(\w+)/.exec(texts[nth]?.[1] ?? '')?.[1] ?? '';
  };
  const tokensOf = (world: World, endpoint: string): readonly string[] =>
    inboxOf(world, endpoint).flatMap(([, text]) => /\/t\/(\w+)/.exec(text ?? '')?.[1] ?? []);
  const ask = async (world: World, token: string, action?: string, body?: object) => {
    const routeKey = action === undefined ? 'GET /t/{token}' : 'POST /t/{token}/{action}';
    const sent = { accept: 'application/json', json: body };
    const answer = await pagesOf(world)(routeKey, { token, action: action ?? '' }, sent);
    return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
  };

  it('says what it is for before anything happened, and the truth of a case in secret', async () => {
    const world = await aWorld(true);
    expect(await ask(world, linkOf(world))).toMatchObject({ status: 200, body: { case: null } });
    await world.change(add, 'duress');
    await world.stream();
    const seen = await ask(world, linkOf(world, 1));
    expect(seen).toMatchObject({ status: 200, body: { case: { forced: true, state: 'raised', closedAt: null } } });
    expect(await ask(world, 'x'.repeat(22))).toMatchObject({ status: 404 });
  });

  it('raises an alert that is told in full, says who said so, joins nothing, and is on no phone', async () => {
    const world = await aWorld(true);
    await world.pressed();
    const before = world.told(jose).length;
    expect((await ask(world, linkOf(world), 'taken', {})).status).toBe(400);
    for (const note of ['en la parada', 'otra vez']) {
      expect((await ask(world, linkOf(world), 'taken', { note, confirm: true })).status).toBe(200);
    }
    await world.stream();
    expect(world.told(jose).slice(before)).toEqual(['alert.raised.v1']);
    const [text] = world.sns.inbox({ endpoint: jose }).slice(-1);
    expect(text?.body).toContain('un contacto aviso que se lo llevaron');
    const alerts = world.items().filter(({ itemType }) => itemType === 'alert');
    expect(alerts.filter(({ origin }) => origin)).toMatchObject([
      { origin: { kind: 'said-taken', by: 'Marta', label: 'Marta: en la parada' }, deviceId: 'check-in' },
    ]);
    const [officers] = world.sns.inbox({ endpoint: 'alert-button-ministry@offices.example' }).slice(-1);
    expect(officers?.body).toContain('Marta: en la parada');
    expect(JSON.stringify(await world.read())).not.toContain('said-taken');
  });

  it('opens nothing any more once they left; they stay a contact', async () => {
    const world = await aWorld(false);
    expect((await ask(world, linkOf(world), 'leave', { confirm: true })).status).toBe(200);
    expect((await ask(world, linkOf(world))).status).toBe(404);
    await world.change(add, 'duress');
    await world.stream();
    expect(world.told(marta)).not.toContain('family.forced.v1');
    expect(world.told(marta)).toContain('contact.list-changed.v1');
  });

  it.each(
    [true, false].flatMap((consent): [string, boolean, (world: World) => Promise<unknown>][] => [
      [
        'was removed',
        consent,
        async (world) => world.change({ kind: 'remove-contact', contactId: world.contacts[1]!.contactId }),
      ],
      ['left', consent, async (world) => ask(world, linkOf(world), 'leave', { confirm: true })],
    ]),
  )(
    'opens nothing to one who %s before another was named, who has a link of their own (consent: %s)',
    async (_, consent, go) => {
      const world = await aWorld(consent);
      const token = linkOf(world);
      await go(world);
      world.skip(60_000);
      await world.change({
        kind: 'add-contact',
        contact: { name: 'Rosa', channel: 'sms', endpoint: rosa, trusted: true },
      });
      await world.stream();
      for (const days of [0, 29, 2]) {
        await world.advance(days * 24 * 60, 24 * 60);
        expect((await ask(world, token)).status).toBe(404);
        expect((await ask(world, token, 'leave', { confirm: true })).status).toBe(404);
      }
      const [own = ''] = tokensOf(world, rosa);
      expect(await ask(world, own)).toMatchObject({ status: 200, body: { case: null } });
    },
  );

  it.each([
    ['was removed', (contactId: string) => ({ kind: 'remove-contact', contactId }) as const],
    [
      'got another phone',
      (contactId: string) =>
        ({ kind: 'change-contact', contactId, wanted: { channel: 'sms', endpoint: '+12135550146' } }) as const,
    ],
  ])('opens nothing to one who %s while another was named', async (_, changeOf) => {
    const world = await aWorld(true);
    // Until an officer has closed the case, whoever is removed is trusted still.
    const signal = async (endpoint: string): Promise<void> => {
      await world.change({ ...add, contact: { ...add.contact, endpoint } }, 'duress');
      await world.stream();
      const { alertId } = world.items().find(({ itemType, state }) => itemType === 'alert' && state !== 'closed')!;
      await world.acted(String(alertId), { action: 'acknowledge', officer: 'Ana' });
      await world.acted(String(alertId), { action: 'close', officer: 'Ana', disposition: 'safe' });
      await world.stream();
    };
    await world.change({ ...add, contact: { ...add.contact, name: 'Rosa', endpoint: rosa, trusted: true } });
    await world.stream();
    await world.advance(10 * 24 * 60, 24 * 60);
    await signal('+12135550144');
    expect(tokensOf(world, rosa)).toEqual([]);
    await world.advance(21 * 24 * 60, 24 * 60);
    const [own = ''] = tokensOf(world, rosa);
    // Both are told by now, in one message.
    await signal('+12135550145');
    const martas = tokensOf(world, marta);
    expect(martas.filter((token) => tokensOf(world, rosa).includes(token))).not.toEqual([]);
    for (const token of [own, ...martas]) expect((await ask(world, token)).status).toBe(200);
    expect(await world.change(changeOf(world.contacts[1]!.contactId))).toMatchObject({ kind: 'done' });
    for (const token of martas) {
      for (const action of [undefined, 'taken', 'leave']) {
        const sent = action === undefined ? undefined : { confirm: true };
        expect((await ask(world, token, action, sent)).status).toBe(404);
      }
    }
    expect((await ask(world, own)).status).toBe(200);
    await signal('+12135550147');
    expect(await ask(world, tokensOf(world, rosa).at(-1)!)).toMatchObject({ body: { case: { forced: true } } });
  });

  it('reaches by a new topic where theirs was deleted, and nobody who waits for trust', async () => {
    const world = await aWorld(true);
    await world.change({ ...add, contact: { ...add.contact, name: 'Rosa', endpoint: rosa, trusted: true } });
    await world.stream();
    const TopicArn = world.topics().find(({ arn }) => arn.endsWith('-trusted'))?.arn;
    await world.sns.call('DeleteTopic', { TopicArn });
    await world.change(add, 'duress');
    await world.stream();
    expect(world.told(marta)).toContain('family.forced.v1');
    expect(world.told(rosa)).not.toContain('family.forced.v1');
  });

  it('goes on opening while the trust of one whom it was sent to as well rests', async () => {
    const world = await aWorld(false);
    await world.change({ kind: 'remove-contact', contactId: world.contacts[1]!.contactId });
    const named = async (endpoint: string): Promise<void> => {
      await world.change({ ...add, contact: { ...add.contact, name: 'Rosa', endpoint, trusted: true } });
      await world.stream();
    };
    await named(rosa);
    await world.advance(10 * 24 * 60, 24 * 60);
    await named('+12135550148');
    await world.change({ ...add, contact: { ...add.contact, endpoint: '+12135550144' } }, 'duress');
    await world.stream();
    const token = tokensOf(world, rosa).find((one) => tokensOf(world, '+12135550148').includes(one))!;
    // Rosa is trusted in her own right, and Sofía not yet beside her.
    await world.advance(22 * 24 * 60, 24 * 60);
    expect((await ask(world, token)).status).toBe(200);
  });

  it('of before does not say to whom it was sent: it opens to one who was a contact then', async () => {
    const world = await aWorld(false);
    const { familyId } = world;
    const link = newLink({ kind: 'trusted' }, { familyId, alertId: noCase, drill: false }, world.now());
    const token = 'v'.repeat(22);
    await keepLink(world, link, token);
    expect((await ask(world, token)).status).toBe(200);
    await world.change({ kind: 'remove-contact', contactId: world.contacts[1]!.contactId });
    world.skip(60_000);
    await world.change({ ...add, contact: { ...add.contact, trusted: true } });
    expect((await ask(world, token)).status).toBe(404);
  });

  it('goes on opening to one whose phone was changed with the duress PIN, also after they hear again', async () => {
    const world = await aWorld(false);
    const contactId = world.contacts[1]!.contactId;
    const wanted = { channel: 'sms', endpoint: captor } as const;
    await world.change({ kind: 'change-contact', contactId, wanted }, 'duress');
    await world.stream();
    for (const days of [0, 31]) {
      await world.advance(days * 24 * 60, 24 * 60);
      expect(tokensOf(world, marta)).not.toEqual([]);
      for (const token of tokensOf(world, marta)) expect((await ask(world, token)).status).toBe(200);
    }
  });

  it.each(['taken', 'leave'])(
    'asks an old phone, which sends the form unticked, for the tick of %s alone',
    async (action) => {
      const world = await aWorld(true);
      const token = linkOf(world);
      const { status, body } = await pagesOf(world)('POST /t/{token}/{action}', { token, action }, { form: {} });
      expect(status).toBe(400);
      expect(body.match(/<p class="error" id="[a-z]+-confirm-error">[^<]*/g)).toEqual([
        `<p class="error" id="${action}-confirm-error">Marque la casilla: sin ella no se hace nada.`,
      ]);
    },
  );

  it('is no officer’s page, nor a relative’s', async () => {
    const world = await aWorld(true);
    await world.change(add, 'duress');
    await world.stream();
    for (const kind of ['c', 'o', 'f']) {
      expect((await pagesOf(world)(`GET /${kind}/{token}`, { token: linkOf(world, 1) })).status).toBe(404);
    }
  });
});
