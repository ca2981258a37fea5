import { beforeEach, describe, expect, it } from 'vitest';
import { composeAnswerQueries, composeManageFamily } from '../../shared/compose.ts';
import { changeSettings } from '../../shared/domain/family/change-settings.ts';
import type { SettingsRequest } from '../../shared/domain/family/plan-settings.ts';
import { readAlert } from '../../shared/domain/case/read-alert.ts';
import { costOf, storedSize } from '../support/costs.ts';
import type { World } from '../support/world.ts';
import { createWelcomedWorld, downtown } from '../support/world.ts';

const agreed = { consularNotification: true, version: '2026-01', language: 'es', sha256: 'a'.repeat(64) } as const;

const registered = async () =>
  createWelcomedWorld({
    registers: { consent: agreed, person: { name: 'Ana Núñez', language: 'es', homePosition: downtown } },
  });
const change = async (world: World, wanted: SettingsRequest, pin = 'pin') => {
  world.calls.length = 0;
  return world.changeSettings(wanted, pin);
};
/** Which of these PINs are taken for a change of nothing. */
const taken = async (world: World, pins: readonly string[]): Promise<readonly string[]> => {
  const outcomes = [];
  for (const pin of pins) if ((await change(world, {}, pin)).kind === 'done') outcomes.push(pin);
  return outcomes;
};
const family = (world: World) => world.stored();

let world: World;
beforeEach(async () => {
  world = await registered();
});

describe('settings', () => {
  it('change what was registered, and null removes it', async () => {
    const person = {
      name: 'Ana Sofía',
      language: 'en',
      speaks: 'nah',
      urgentAtHome: 'niños',
      phone: '+12135550109',
    } as const;
    expect(await change(world, { person, sharePositionWithFamily: false })).toMatchObject({
      kind: 'done',
      isHeard: true,
    });
    expect(family(world).person).toEqual({ ...person, homePosition: downtown });
    expect(family(world).sharePositionWithFamily).toBe(false);
    await change(world, { person: { homePosition: null, speaks: null, urgentAtHome: null, phone: null } });
    expect(family(world).person).toEqual({ name: 'Ana Sofía', language: 'en' });
  });

  it('are refused with a wrong PIN, without a token, and while PINs are locked', async () => {
    expect(await change(world, {}, '0000')).toEqual({ kind: 'wrong-pin' });
    const stranger = { ...world.token, secretHash: 'nobody' };
    expect(await changeSettings(world.of(composeManageFamily), stranger, {}, 'pin')).toEqual({
      kind: 'unknown-device',
    });
    for (let tries = 0; tries < 5; tries += 1) await change(world, {}, '0000');
    expect(await change(world, {}, 'pin')).toEqual({ kind: 'wrong-pin', retryAfterSeconds: 900 });
  });

  it('of weight wait while the phone knows of an open alert; names and what is urgent do not', async () => {
    await world.press();
    const weighty: SettingsRequest[] = [
      { newPin: '7777' },
      { newDuressPin: null },
      { consent: { consularNotification: false } },
      { person: { homePosition: null } },
    ];
    for (const wanted of weighty) expect(await change(world, wanted)).toEqual({ kind: 'alert-open' });
    expect((await change(world, { person: { urgentAtHome: 'medicinas' } })).kind).toBe('done');
  });

  it('with the duress PIN are heard as a signal also where the answer is no', async () => {
    await world.pressed();
    expect(await change(world, { newPin: '7777' }, 'duress')).toEqual({ kind: 'alert-open' });
    await world.stream();
    expect(world.published().map(({ topic, type }) => `${topic} ${type}`)).toContain('ministry family.forced.v1');
  });

  it('withdraw the consent at once, and remember what had been agreed to, and when', async () => {
    const { at } = family(world).consent;
    expect(await change(world, { consent: { consularNotification: false } })).toMatchObject({ isHeard: false });
    expect(family(world).consent).toMatchObject({ ...agreed, consularNotification: false, agreedAt: at });
    await world.pressed({ position: downtown });
    expect(world.published().filter(({ topic }) => !topic.startsWith('family'))).toEqual([]);
    await world.advance(10);
    expect(world.published().filter(({ topic }) => topic === 'ministry')).toEqual([]);
  });

  it('do not make a second PIN that would warn nobody', async () => {
    await change(world, { consent: { consularNotification: false } });
    expect(await change(world, { newDuressPin: '9988' })).toEqual({ kind: 'warns-nobody' });
  });
});

describe('PINs', () => {
  it.each(['pin', 'duress'])('are changed where %s was typed; the other goes on working', async (typed) => {
    expect((await change(world, { newPin: '7777' }, typed)).kind).toBe('done');
    const other = typed === 'pin' ? 'duress' : 'pin';
    expect(await taken(world, [typed, '7777', other])).toEqual(['7777', other]);
  });

  it.each(['pin', 'duress'])('by %s: a new second one takes the place of the one that was not typed', async (typed) => {
    expect((await change(world, { newDuressPin: '9988' }, typed)).kind).toBe('done');
    const other = typed === 'pin' ? 'duress' : 'pin';
    expect(await taken(world, [typed, '9988', other])).toEqual([typed, '9988']);
    await change(world, { newDuressPin: '5566' }, typed);
    expect(await taken(world, [typed, '9988', '5566', other])).toEqual([typed, '5566']);
    await change(world, { newDuressPin: null }, '5566');
    expect(await taken(world, [typed, '5566', other])).toEqual(['5566']);
  });

  it('that the duress PIN made are duress PINs, and the PIN stays for a recovery', async () => {
    await change(world, { newDuressPin: '9988' }, 'duress');
    await change(world, { newDuressPin: '5566' }, '9988');
    expect(family(world).pins).toEqual({
      pin: 'hash of 9988',
      duressPin: 'hash of 5566',
      former: 'hash of pin',
      forced: true,
    });
    await change(world, { person: { name: 'Otra' } }, '5566');
    expect(family(world).person.name).toBe('Ana Núñez');
  });

  it.each(['pin', 'duress'])('are never made the same by %s', async (typed) => {
    const other = typed === 'pin' ? 'duress' : 'pin';
    expect(await change(world, { newPin: other }, typed)).toEqual({ kind: 'pin-taken' });
  });
});

describe('the duress PIN', () => {
  const wanted: readonly SettingsRequest[] = [
    { person: { name: 'Nadie', language: 'en', homePosition: null, urgentAtHome: 'x'.repeat(300) } },
    { person: { phone: '+12135550110' }, sharePositionWithFamily: false },
    { consent: { consularNotification: false } },
    { newPin: '7777' },
    { newDuressPin: '9988' },
    { newDuressPin: null },
    { newPin: '7777', newDuressPin: '9988', consent: { consularNotification: false }, person: { locator: null } },
  ];

  it.each(wanted.map((each) => [Object.keys(each).join(', '), each] as const))(
    'costs the same and is answered alike: %s',
    async (_, each) => {
      const ordinary = await change(world, each, 'pin');
      const cost = costOf(world);
      const other = await registered();
      const forced = await change(other, each, 'duress');
      expect(forced).toEqual({ ...ordinary, ...(forced.kind === 'done' && { shown: { ...forced.shown } }) });
      expect(costOf(other)).toEqual(cost);
      const sizes = [world, other].map(storedSize);
      expect(sizes[0]).toBe(sizes[1]);
      for (const one of [world, other]) one.skip(120_000);
      const [seen, forcedSeen] = [await world.read(), await other.read()];
      expect(forcedSeen).toEqual({ ...seen, familyId: other.familyId });
    },
  );

  it('changes only what is shown, and officers hear of it once, by a case that no phone finds', async () => {
    const before = family(world);
    await change(
      world,
      { person: { name: 'Nadie', homePosition: null }, consent: { consularNotification: false } },
      'duress',
    );
    const { person, consent, shown } = family(world);
    expect([person, consent]).toEqual([before.person, before.consent]);
    expect(shown).toMatchObject({ person: { name: 'Nadie' }, consent: { consularNotification: false } });
    await world.stream();
    const raised = world.published().filter(({ type }) => type === 'family.forced.v1');
    expect(raised.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['ministry']));
    expect(raised.filter(({ topic }) => topic.startsWith('family'))).toEqual([]);
    expect(raised[0]!.bodies['default']).toContain('duress-change');
    await change(world, { sharePositionWithFamily: false }, 'duress');
    await world.stream();
    expect(world.items().filter(({ itemType }) => itemType === 'alert')).toHaveLength(1);
  });

  it('that withdraws the consent leaves officers told, and phone and family believing that they are not', async () => {
    const told = async (one: World, pin: string) => {
      await change(one, { consent: { consularNotification: false } }, pin);
      one.skip(60_000);
      const alertId = await one.pressed({ position: downtown });
      const seen = await readAlert(one.of(composeAnswerQueries), one.token, alertId);
      if (seen.kind !== 'found') throw new Error(seen.kind);
      const { consularNotification, consulate, deliveries, state } = seen.alert;
      const toFamily = one.published().filter(({ topic }) => topic.startsWith('family'));
      return {
        seen: { consularNotification, consulate, deliveries: Object.keys(deliveries), state },
        sms: toFamily.map(({ type, bodies }) => [
          type,
          bodies['sms']?.replace(/https?:\S+/, '').replace(/\d\d:\d\d/, ''),
        ]),
        officers: one.published().filter(({ topic, type }) => !topic.startsWith('family') && type === 'alert.raised.v1')
          .length,
      };
    };
    const [ordinary, forced] = [await told(world, 'pin'), await told(await registered(), 'duress')];
    expect(forced.seen).toEqual(ordinary.seen);
    expect(forced.sms).toEqual(ordinary.sms);
    expect([ordinary.officers > 0, forced.officers > 0]).toEqual([false, true]);
  });
});
