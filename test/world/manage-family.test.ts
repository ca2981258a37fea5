import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { composeManageFamily } from '../../shared/compose.ts';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import { planChange } from '../../shared/domain/family/plan-family-change.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { costOf } from '../support/costs.ts';
import type { World } from '../support/world.ts';
import { createWelcomedWorld, createWorld } from '../support/world.ts';
import { aFamily, anAccount } from '../support/fixtures.ts';

const [rosa, beto] = ['+525555550122', '+525555550123'];
const addRosa: FamilyRequest = { kind: 'add-contact', contact: { name: 'Rosa', channel: 'sms', endpoint: rosa } };
const changed = 'contact.list-changed.v1';

let world: World;
beforeEach(async () => {
  world = await createWelcomedWorld();
});

const add = (endpoint: string, name = 'Rosa'): FamilyRequest => ({
  kind: 'add-contact',
  contact: { name, channel: 'sms', endpoint },
});
const remove = (contactId: string): FamilyRequest => ({ kind: 'remove-contact', contactId });
const shown = async () => (await world.seen()).contacts.map(({ name }) => name);
const idOf = async (name: string): Promise<string> =>
  (await world.seen()).contacts.find((contact) => contact.name === name)?.contactId ?? 'none';

describe('a change of contacts', () => {
  it('is told to the others, and the new one is welcomed alone', async () => {
    expect(await world.change(addRosa)).toMatchObject({ kind: 'done', contact: { name: 'Rosa' } });
    await world.stream();
    const [jose, lupe] = world.contacts.map(({ endpoint }) => endpoint);
    expect(world.told(rosa)).toEqual(['contact.welcome.v1']);
    expect(world.told(jose!)).toEqual(['contact.welcome.v1', changed]);
    expect(world.told(lupe!)).toEqual([changed]);
    expect(world.subscribers()).toEqual([jose, lupe, rosa]);
  });

  it('has the new one looked at in the next minute: they may have opted out before', async () => {
    const dueAt = async () => world.items().find(({ sk }) => sk === 'REACH')?.['dueAt'];
    expect(await dueAt()).toBeGreaterThan(world.now().getTime());
    await world.change(addRosa);
    await world.stream();
    expect(await dueAt()).toBe(world.now().getTime());
    await world.change(add(beto, 'Beto'));
    world.break((operation, input) => operation === 'UpdateItem' && JSON.stringify(input).includes('"REACH"'));
    await world.stream();
    world.mend();
    expect(world.told(beto)).toEqual(['contact.welcome.v1']);
  });

  it('who texted STOP shows as opted out after they were removed and added again, with either PIN', async () => {
    const seen = [];
    for (const pin of ['pin', 'duress']) {
      world = await createWelcomedWorld();
      const [jose] = world.contacts.map(({ endpoint }) => endpoint);
      world.sns.optOut(jose!);
      await world.change(remove(await idOf('José')), pin);
      await world.stream();
      const statuses = [];
      await world.change(add(jose!, 'José'), pin);
      for (const minutes of [0, 2, 24 * 60]) {
        await world.stream();
        world.skip(minutes * 60_000);
        await world.round();
        statuses.push((await world.seen()).contacts.map(({ status }) => status));
      }
      seen.push(statuses);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]?.at(-1)).toContain('opted-out');
  });

  it('sent again after a lost answer is the same contact; another name for it is refused', async () => {
    const first = await world.change(addRosa);
    expect(await world.change(addRosa)).toEqual(first);
    expect(await world.change(add(rosa, 'Rosita'))).toEqual({ kind: 'refused', reason: 'endpoint-taken' });
    expect(await shown()).toEqual(['José', 'Lupe', 'Rosa']);
  });

  it('keeps at most ten and at least one', async () => {
    for (let index = 0; index < 8; index += 1) {
      expect((await world.change(add(`+5255555501${index + 10}`))).kind).toBe('done');
    }
    expect(await world.change(addRosa)).toEqual({ kind: 'refused', reason: 'too-many-contacts' });
    const ids = (await world.seen()).contacts.map(({ contactId }) => contactId);
    for (const id of ids.slice(1)) expect((await world.change(remove(id))).kind).toBe('done');
    expect(await world.change(remove(ids[0]!))).toEqual({ kind: 'refused', reason: 'last-contact' });
    expect(await world.change(remove(ids[1]!))).toEqual({ kind: 'refused', reason: 'unknown-contact' });
  });

  it('tells nothing of the list without a right PIN, nor while PINs are locked', async () => {
    expect(await world.change(remove('none'), 'wrong')).toEqual({ kind: 'wrong-pin' });
    for (let tries = 0; tries < 5; tries += 1) await world.change(addRosa, 'wrong');
    const locked = { kind: 'wrong-pin', retryAfterSeconds: 900 };
    for (const pin of ['pin', 'duress']) {
      expect(await world.change(addRosa, pin)).toEqual(locked);
      expect(await world.change({ kind: 'erase' }, pin)).toEqual(locked);
    }
    expect(await shown()).toEqual(['José', 'Lupe']);
  });

  it('of which two meet leaves what each would have', async () => {
    const ids = [await idOf('José'), await idOf('Lupe')];
    const outcomes = await Promise.all(ids.map(async (id) => world.change(remove(id))));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
    expect(await shown()).toHaveLength(1);
    await Promise.all([beto, rosa].map(async (endpoint) => world.change(add(endpoint))));
    expect(await shown()).toHaveLength(3);
  });

  it('is refused while the phones know of an open alert, and not because of a drill', async () => {
    await world.press({ drill: true });
    expect((await world.change(addRosa)).kind).toBe('done');
    await world.press();
    for (const pin of ['pin', 'duress']) {
      expect(await world.change(add(beto), pin)).toEqual({ kind: 'alert-open' });
      expect(await world.change({ kind: 'erase' }, pin)).toEqual({ kind: 'alert-open' });
    }
  });

  it('is made or not, never half: a fault of the table leaves the list as it was', async () => {
    world.break((operation) => operation === 'TransactWriteItems');
    await expect(world.change(addRosa)).rejects.toThrow();
    world.mend();
    expect(await shown()).toEqual(['José', 'Lupe']);
    await world.stream();
    expect(world.subscribers()).toHaveLength(2);
  });
});

describe('the carrying out of a removal', () => {
  it('is made up for by the watchman when SNS was down, and told once', async () => {
    await world.change(remove(await idOf('Lupe')));
    world.break((operation) => operation === 'Publish' || operation === 'Unsubscribe');
    await world.stream();
    expect(world.subscribers()).toHaveLength(2);
    world.mend();
    await world.advance(3);
    const [jose, lupe] = world.contacts.map(({ endpoint }) => endpoint);
    expect(world.subscribers()).toEqual([jose]);
    expect(world.told(jose!)).toEqual(['contact.welcome.v1', changed]);
    expect(world.told(lupe!)).toEqual([]);
    world.skip(3_600_000);
    await world.advance(1);
    expect(world.told(jose!)).toHaveLength(2);
  });

  it('waits until those who were contacts when the person pressed have been told', async () => {
    const [, lupe] = world.contacts.map(({ endpoint }) => endpoint);
    const lost = await idOf('Lupe');
    // The press comes between the removal's look and its write, and SNS takes nothing.
    world.break((operation) => operation === 'Publish');
    await world.press({ drill: true });
    await world.change(remove(lost));
    await world.stream();
    expect(world.subscribers()).toContain(lupe);
    world.mend();
    await world.advance(5);
    expect(world.told(lupe!)).toEqual(['alert.raised.v1']);
    expect(world.subscribers()).not.toContain(lupe);
  });

  it('follows a mailbox that confirms after it was removed, for three days', async () => {
    world = await createWelcomedWorld({ confirm: 'manual' });
    await world.change(remove(await idOf('Lupe')));
    await world.stream();
    await world.advance(2);
    const [topic] = world.topics();
    const pending = topic!.subscriptions.find(({ status }) => status === 'pending');
    expect(pending).toBeDefined();
    const mail = world.sns.inbox({ endpoint: pending!.endpoint }).find(({ body }) => body.includes('Token='))!;
    const Token = /Token=(\w+)/.exec(mail.body)![1];
    await world.sns.call('ConfirmSubscription', { TopicArn: topic!.arn, Token });
    expect(world.subscribers()).toHaveLength(2);
    world.skip(15 * 60_000);
    await world.advance(1);
    expect(world.subscribers()).toEqual([world.contacts[0]!.endpoint]);
    world.skip(15 * 60_000);
    await world.advance(1);
    expect(world.items().filter(({ sk, dueAt }) => String(sk).startsWith('FAMILY-EVENT#') && dueAt)).toEqual([]);
  });
});

describe('the limit of five families a day', () => {
  const wanted = { name: 'Rosa', channel: 'sms', endpoint: rosa } as const;
  const joins = async (contacts: Registration['contacts'], registrationId: string = randomUUID()) => {
    const outcome = await world.register({ registrationId, contacts });
    return outcome.kind === 'registered' ? 'registered' : outcome;
  };

  it('holds for phones and mailboxes, however they are written, until midnight UTC', async () => {
    const written = ['Ana.Ruiz@gmail.com', 'anaruiz+1@gmail.com', 'ANARUIZ@googlemail.com', 'ana.ruiz+x@Gmail.com'];
    for (const endpoint of written) {
      expect(await joins([wanted, { name: 'Ana', channel: 'email' as const, endpoint }])).toBe('registered');
    }
    const last = { name: 'Ana', channel: 'email', endpoint: 'anaruiz@gmail.com' } as const;
    expect(await joins([wanted, last])).toBe('registered');
    const limited = { kind: 'limited', retryAfterSeconds: 4 * 3600 };
    expect(await joins([wanted])).toEqual({ ...limited, contacts: [0] });
    expect(await joins([last, wanted])).toEqual({ ...limited, contacts: [0, 1] });
    world.skip(4 * 3_600_000);
    expect(await joins([wanted, last])).toBe('registered');
  });

  it('counts the person’s own phone, and those who are added later, with either PIN', async () => {
    for (let index = 0; index < 4; index += 1) await joins([wanted]);
    expect(await world.change(addRosa, 'duress')).toMatchObject({ kind: 'done', status: 'pending' });
    expect(await joins([wanted])).toMatchObject({ kind: 'limited' });
    expect(
      await world.register({ registrationId: randomUUID(), person: { name: 'Ana', language: 'es', phone: rosa } }),
    ).toMatchObject({
      kind: 'limited',
      contacts: [],
    });
  });

  it('never counts a repeat, and answers it at the limit as well', async () => {
    const registrationId = randomUUID();
    for (let index = 0; index < 7; index += 1) expect(await joins([wanted], registrationId)).toBe('registered');
    for (let index = 0; index < 4; index += 1) expect(await joins([wanted])).toBe('registered');
    expect(await joins([wanted])).toMatchObject({ kind: 'limited' });
    expect(await joins([wanted], registrationId)).toBe('registered');
  });

  it('holds for registrations of the same instant', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, async () => joins([wanted])));
    expect(outcomes.filter((outcome) => outcome === 'registered')).toHaveLength(5);
  });
});

describe('a registration that is sent again after its token was taken away', () => {
  it('begins anew, whichever PIN erased the family, also before the erasing is done', async () => {
    for (const pin of ['pin', 'duress']) {
      for (const isDone of [false, true]) {
        world = await createWelcomedWorld();
        await world.change({ kind: 'erase' }, pin);
        if (isDone) await world.stream();
        const again = await world.register();
        const more = await world.register();
        if (again.kind !== 'registered' || more.kind !== 'registered') throw new Error('limited');
        expect(again.family.familyId).not.toBe(world.token.familyId);
        expect(more.family.familyId).toBe(again.family.familyId);
      }
    }
  });

  it('gives no new token to the family of a revoked phone', async () => {
    const other = await world.addPhone();
    const first = (await world.seen()).devices.find(({ thisDevice }) => thisDevice);
    await world.change({ kind: 'revoke-device', deviceId: first?.deviceId ?? 'none' }, 'pin', other.token);
    const again = await world.register();
    expect(again.kind === 'registered' && again.family.familyId).not.toBe(world.token.familyId);
    expect(await world.read()).toEqual({ kind: 'unknown-device' });
  });

  it('is limited like any other', async () => {
    const contacts = world.contacts.slice(0, 1);
    for (let index = 0; index < 4; index += 1) await world.register({ registrationId: randomUUID(), contacts });
    await world.change({ kind: 'erase' }, 'duress');
    expect(await world.register({ contacts })).toMatchObject({ kind: 'limited', contacts: [0] });
  });
});

describe('the duress PIN', () => {
  it('gets the answers of the PIN; every phone sees the same, and every contact is told the same', async () => {
    const views: unknown[] = [];
    for (const pin of ['pin', 'duress']) {
      world = await createWelcomedWorld();
      const outcomes = [
        await world.change(addRosa, pin),
        await world.change(addRosa, pin),
        await world.change(remove(await idOf('Lupe')), pin),
        await world.change(remove(randomUUID()), pin),
        await world.change({ kind: 'add-device' }, pin),
      ];
      await world.stream();
      const seen = [];
      for (const ms of [0, 61_000, 25 * 3_600_000, 24 * 3_600_000]) {
        world.skip(ms);
        seen.push(await world.read());
      }
      await world.pressed();
      const told = [...world.contacts.map(({ endpoint }) => endpoint), rosa].map((endpoint) => world.told(endpoint));
      views.push(
        JSON.stringify([outcomes, seen, told])
          .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(\.[\w-]{43})?/g, '*')
          .replaceAll(/\+1\*{8}\d\d|[+]1213555\d{4}/g, 'phone'),
      );
      expect(world.subscribers()).toEqual([world.contacts[0]!.endpoint, rosa]);
      expect(told[0]).toEqual(['contact.welcome.v1', changed, changed, changed, 'alert.raised.v1']);
    }
    expect(views[1]).toBe(views[0]);
  });

  it('removes for phones and contacts; officers read who was there, and go on hearing', async () => {
    for (const [pin, kept] of [
      ['pin', []],
      ['duress', ['Lupe']],
    ] as const) {
      world = await createWorld();
      await world.change(remove(await idOf('Lupe')), pin);
      const { removed } = world.stored() as { removed: readonly { contact?: { name: string }; blank?: string }[] };
      expect(removed.flatMap(({ contact }) => contact?.name ?? [])).toEqual(kept);
      expect(removed).toHaveLength(1);
    }
  });

  it.each([
    ['add-contact', async () => addRosa],
    ['remove-contact', async () => remove(await idOf('Lupe'))],
    ['add-device', async () => ({ kind: 'add-device' }) as const],
    ['revoke-device', async () => ({ kind: 'revoke-device', deviceId: (await world.addPhone()).deviceId }) as const],
    ['erase', async () => ({ kind: 'erase' }) as const],
  ])('costs the same calls as the PIN: %s', async (_, request) => {
    const made: string[][] = [];
    for (const pin of ['pin', 'duress']) {
      world = await createWorld();
      const asked = await request();
      await world.change(asked, pin);
      made.push(world.calls.map(({ operation }) => operation));
    }
    expect(made[0]!.length).toBeGreaterThan(5);
    expect(made[1]).toEqual(made[0]);
  });
});

describe('phones', () => {
  it('that are added press and read like the first; at most five', async () => {
    const second = await world.addPhone();
    expect(await world.read(second.token)).toMatchObject({
      kind: 'found',
      devices: [{ thisDevice: false }, { deviceId: second.deviceId, thisDevice: true }],
    });
    expect((await world.press({}, second.token)).kind).toBe('raised');
    expect(await shown()).toEqual(['José', 'Lupe']);
    world = await createWorld();
    for (let index = 0; index < 4; index += 1) await world.addPhone();
    expect(await world.change({ kind: 'add-device' })).toEqual({ kind: 'refused', reason: 'too-many-devices' });
  });

  it('that are revoked are unknown to everything from then on, also one’s own', async () => {
    const second = await world.addPhone();
    expect((await world.change({ kind: 'revoke-device', deviceId: second.deviceId })).kind).toBe('done');
    expect(await world.read(second.token)).toEqual({ kind: 'unknown-device' });
    expect(await world.press({}, second.token)).toEqual({ kind: 'unknown-device' });
    expect(await world.change(addRosa, 'pin', second.token)).toEqual({ kind: 'unknown-device' });
    expect(await world.change({ kind: 'revoke-device', deviceId: second.deviceId })).toMatchObject({
      reason: 'unknown-phone',
    });
    const own = (await world.seen()).devices[0]!.deviceId;
    // What the phone asks for in the same moment is decided once more.
    const both = [{ kind: 'revoke-device', deviceId: own } as const, addRosa];
    const outcomes = await Promise.all(both.map(async (request) => world.change(request)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'unknown-device']);
    expect(await world.read()).toEqual({ kind: 'unknown-device' });
    await world.stream();
    await world.advance(3);
    expect(world.told(world.contacts[0]!.endpoint)).not.toContain('alert.raised.v1');
  });

  it('that are revoked under duress get the answers of a revoked one, and officers hear their presses, but not the family', async () => {
    const second = await world.addPhone();
    const calls: string[][] = [];
    for (const pin of ['pin', 'duress']) {
      const phone = pin === 'pin' ? await world.addPhone() : second;
      await world.change({ kind: 'revoke-device', deviceId: phone.deviceId }, pin);
      expect(await world.read(phone.token)).toEqual({ kind: 'unknown-device' });
      const alertId = randomUUID();
      world.calls.length = 0;
      expect(await world.press({ alertId }, phone.token)).toEqual({ kind: 'unknown-device' });
      expect(await world.press({ alertId }, phone.token)).toEqual({ kind: 'unknown-device' });
      calls.push(world.calls.map(({ operation }) => operation));
      // Neither the id that the phone knows nor the list of the other phone shows that it was stored.
      expect(world.items().map(({ sk }) => sk)).not.toContain(`ALERT#${alertId}`);
    }
    expect(calls[1]).toEqual(calls[0]);
    await world.stream();
    const [jose] = world.contacts.map(({ endpoint }) => endpoint);
    expect(world.told(jose!)).not.toContain('alert.raised.v1');
    const heard = world.items().filter(({ origin }) => JSON.stringify(origin ?? null).includes('revoked-phone'));
    expect(heard).toMatchObject([{ itemType: 'alert', duress: true, deviceId: 'check-in' }]);
    // It is open in secret: the other phone may go on changing what it sees.
    expect(await world.change(addRosa)).toMatchObject({ kind: 'done' });
    // Nor does a rehearsal of theirs show as the family's last.
    await world.press({ drill: true });
    const drill = await world.lastDrill();
    world.skip(60_000);
    await world.press({ drill: true }, second.token);
    expect(await world.lastDrill()).toBe(drill);
  });

  it('that are revoked under duress are on record with all that decides how their presses are heard', async () => {
    const second = await world.addPhone();
    await world.change({ kind: 'revoke-device', deviceId: second.deviceId }, 'duress');
    const account = await world.of(composeManageFamily).accounts.get(world.familyId);
    const revoked = Object.values(account?.devices ?? {}).find(({ deviceId }) => deviceId === second.deviceId);
    expect(revoked?.muted).toEqual({ at: world.now().toISOString(), heard: true, salt: expect.stringMatching(/./) });
  });

  it('that a phone adds which has pressed for real see as little as that one', async () => {
    await world.press();
    const press = world.items().find(({ itemType }) => itemType === 'alert');
    await world.set([press!], 'state', 'closed');
    expect((await world.read()).kind).toBe('seized');
    for (const pin of ['pin', 'duress'])
      expect((await world.read((await world.addPhone(pin)).token)).kind).toBe('seized');
  });

  it('that were revoked stay on record in bounds, those longest that are heard', async () => {
    const muted = (index: number, heard: boolean) => ({
      deviceId: `d${index}`,
      addedAt: '2026-11-01T00:00:00.000Z',
      muted: { at: new Date(Date.UTC(2026, 6, index + 1)).toISOString(), heard, salt: 's' },
    });
    const entries = Array.from({ length: 100 }, (_, index) => [`hash ${index}`, muted(index, index < 5)] as const);
    const own = { deviceId: 'own', addedAt: '2026-11-01T00:00:00.000Z' };
    const planned = planChange(
      {
        account: anAccount({ devices: { ...Object.fromEntries(entries), own } }),
        pretend: false,
        seized: false,
        now: world.now(),
        newId: () => 'salt',
        newCode: () => ({ code: '', codeHash: '' }),
        newSecretHash: 'new',
        status: 'pending',
      },
      { kind: 'revoke-device', deviceId: 'own' },
    );
    const written = planned.kind === 'change' ? planned.writes.devices : undefined;
    expect(written).toEqual({ 'hash 5': undefined, own: { ...own, muted: expect.objectContaining({ heard: false }) } });
  });

  it('that the person had are heard however many a captor adds and revokes, and as much stays with either PIN', async () => {
    const seen = [];
    for (const pin of ['pin', 'duress']) {
      world = await createWorld();
      const own = await world.addPhone();
      await world.change({ kind: 'revoke-device', deviceId: own.deviceId }, pin);
      for (let pair = 0; pair < 120; pair += 1) {
        if (pair % 15 === 0) world.skip(24 * 3_600_000);
        world.skip(1000);
        const { deviceId } = await world.addPhone(pin);
        await world.change({ kind: 'revoke-device', deviceId }, pin);
      }
      world.calls.length = 0;
      expect(await world.press({}, own.token)).toEqual({ kind: 'unknown-device' });
      const heard = world.items().filter(({ origin }) => JSON.stringify(origin ?? null).includes('revoked-phone'));
      expect(heard).toHaveLength(pin === 'duress' ? 1 : 0);
      const { devices } = world.stored();
      // To DynamoDB either answer is a byte.
      const size = JSON.stringify(devices).replaceAll('false', 'true').length;
      seen.push({ cost: costOf(world), size, count: Object.keys(devices).length });
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]?.count).toBe(101);
  });

  it('that wait for a code which is over do not stay on record', async () => {
    for (let day = 0; day < 3; day += 1) {
      await world.change({ kind: 'add-device', as: 'code' });
      world.skip(24 * 3_600_000);
    }
    expect(Object.keys(world.stored().devices)).toHaveLength(2);
  });
});

/** What is written for a request. */
const plannedOf = (request: FamilyRequest, pretend: boolean, account = anAccount()) => {
  const planned = planChange(
    {
      account,
      pretend,
      seized: false,
      now: world.now(),
      newId: () => 'c9',
      newCode: () => ({ code: '', codeHash: '' }),
      newSecretHash: 'new',
      status: 'pending',
    },
    request,
  );
  if (planned.kind !== 'change') throw new Error(planned.kind);
  return planned.writes;
};

describe('who is on record as removed', () => {
  const later = (contactId: string) => ({ ...aFamily().contacts[0]!, contactId, addedAt: '2026-11-20T20:00:00.000Z' });
  const removedOf = (many: number) =>
    Array.from({ length: many }, (_, index) => ({ at: '2026-11-21T20:00:00.000Z', contact: later(`r${index}`) }));
  const idsOf = ({ removed = [] }: ReturnType<typeof plannedOf>) => removed.map(({ contact }) => contact?.contactId);

  it('is at most forty, those longest who were there from the beginning', () => {
    const after = (many: number) =>
      idsOf(plannedOf(remove('c1'), true, anAccount({ family: aFamily({ removed: removedOf(many) }) })));
    expect([after(39).length, after(39).at(-1)]).toEqual([40, 'c1']);
    expect([after(40).length, after(40)[0], after(40).at(-1)]).toEqual([40, 'c1', 'r38']);
  });

  it('is also somebody trusted who is added anew and was on no phone’s list, after those who were before', () => {
    const held = { ...later('held'), endpoint: rosa, trusted: true };
    const { contacts } = aFamily();
    const family = aFamily({ contacts: [...contacts, held], removed: removedOf(1) });
    expect(idsOf(plannedOf(addRosa, false, anAccount({ family, shownContacts: contacts })))).toEqual(['r0', 'held']);
  });
});

describe('a contact who is added', () => {
  it('as trusted is so with the PIN alone: with the duress PIN it only looks so', () => {
    for (const pretend of [false, true]) {
      const written = plannedOf(
        { kind: 'add-contact', contact: { name: 'Rosa', channel: 'sms', endpoint: '+12135550177', trusted: true } },
        pretend,
      ).contacts;
      const { real = [], shown: seen = [] } = written ?? {};
      expect([real.at(-1)?.trusted, seen.at(-1)?.trusted]).toEqual([!pretend, true]);
      expect(real.at(-1)?.contactId).toBe('c9');
    }
  });
});

describe('the number of changes a day', () => {
  const addPhone = { kind: 'add-device' } as const;
  const midnight = 4 * 3_600_000;
  const usedUp = { kind: 'changes-used-up', retryAfterSeconds: midnight / 1000 };
  const addAndRevoke = async (pin: string) => {
    const { deviceId } = await world.addPhone(pin);
    expect((await world.change({ kind: 'revoke-device', deviceId }, pin)).kind).toBe('done');
  };

  it.each(['pin', 'duress'])('is 20 of new phones with the %s, and any of revoked ones', async (pin) => {
    for (let index = 0; index < 18; index += 1) await addAndRevoke(pin);
    const [{ deviceId }] = [await world.addPhone(pin), await world.addPhone(pin)];
    expect(await world.change(addPhone, pin)).toEqual(usedUp);
    expect(await world.change(addPhone, pin === 'pin' ? 'duress' : 'pin')).toEqual(usedUp);
    expect((await world.change({ kind: 'revoke-device', deviceId }, pin)).kind).toBe('done');
    expect((await world.change(addRosa, pin)).kind).toBe('done');
    world.skip(midnight);
    expect((await world.change(addPhone, pin)).kind).toBe('done');
  });

  it.each(['pin', 'duress'])('is 20 of contacts with the %s, and erasing needs none', async (pin) => {
    const contact = (index: number) =>
      ({ name: 'Rosa', channel: 'email', endpoint: `rosa${index}@example.com` }) as const;
    for (let index = 0; index < 10; index += 1) {
      const added = await world.change({ kind: 'add-contact', contact: contact(index) }, pin);
      if (added.kind !== 'done') throw new Error(added.kind);
      expect((await world.change({ kind: 'remove-contact', contactId: added.contact!.contactId }, pin)).kind).toBe(
        'done',
      );
    }
    expect(await world.change(addRosa, pin)).toEqual(usedUp);
    expect(await world.change(remove(await idOf('Lupe')), pin)).toEqual(usedUp);
    expect((await world.change(addPhone, pin)).kind).toBe('done');
    expect((await world.change({ kind: 'erase' }, pin)).kind).toBe('done');
  });
});
