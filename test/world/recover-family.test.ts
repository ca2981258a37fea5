import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { composeManageFamily } from '../../shared/compose.ts';
import { changeSettings } from '../../shared/domain/family/change-settings.ts';
import { joinByCode } from '../../shared/domain/family/join-by-code.ts';
import { lettersIn } from '../../shared/domain/family/readable-code.ts';
import { recoverFamily } from '../../shared/domain/family/recover-family.ts';
import { costOf, storedSize } from '../support/costs.ts';
import type { World } from '../support/world.ts';
import { createWelcomedWorld, downtown } from '../support/world.ts';

const consent = { consularNotification: true, version: '2026-01' };
const hashOf = (code: string): string => createHash('sha256').update(lettersIn(code)).digest('hex');

const registered = async () => createWelcomedWorld({ registers: { consent } });
const recover = async (world: World, pin = 'pin', code = world.recoveryCode) => {
  world.calls.length = 0;
  return recoverFamily(world.of(composeManageFamily), hashOf(code), pin);
};
const recovered = async (world: World, pin = 'pin', code = world.recoveryCode) => {
  const outcome = await recover(world, pin, code);
  if (outcome.kind !== 'recovered') throw new Error(outcome.kind);
  return { ...outcome, token: world.tokenOf(outcome.deviceToken) };
};

let world: World;
beforeEach(async () => {
  world = await registered();
});

describe('a recovery', () => {
  it('makes this phone the only one, which sees contacts again; the code is exchanged', async () => {
    await world.press();
    expect((await world.read()).kind).toBe('seized');
    const pressed = world.items().find(({ itemType }) => itemType === 'alert')!;
    await world.set([pressed], 'state', 'closed');
    const { token, recoveryCode } = await recovered(world);
    expect((await world.read(token)).kind).toBe('found');
    expect(await world.read()).toEqual({ kind: 'unknown-device' });
    expect(await recover(world)).toEqual({ kind: 'wrong' });
    expect((await recover(world, 'pin', recoveryCode)).kind).toBe('recovered');
    expect(await world.read(token)).toEqual({ kind: 'unknown-device' });
  });

  it('shows no contact while an alert is open', async () => {
    await world.press();
    const { token } = await recovered(world);
    expect((await world.read(token)).kind).toBe('seized');
  });

  it('needs the code and a PIN, counts wrong ones and locks as everywhere', async () => {
    expect(await recover(world, 'pin', '0000-0000-0000-0000')).toEqual({ kind: 'wrong' });
    for (let tries = 0; tries < 5; tries += 1) expect(await recover(world, '0000')).toEqual({ kind: 'wrong' });
    expect(await recover(world, 'pin')).toEqual({ kind: 'wrong', retryAfterSeconds: 900 });
    expect((await world.read()).kind).toBe('found');
  });

  it('leaves the presses of the lost phone to officers for 30 days, and to nobody else', async () => {
    await recovered(world);
    await world.stream();
    const before = world.published().length;
    expect(await world.press({ position: downtown })).toEqual({ kind: 'unknown-device' });
    await world.stream();
    const told = world.published().slice(before);
    expect(told.filter(({ topic }) => topic.startsWith('family'))).toEqual([]);
    expect(told.filter(({ topic }) => topic === 'ministry').map(({ type }) => type)).toContain('family.forced.v1');
    world.skip(31 * 24 * 60 * 60_000);
    const later = world.published().length;
    await world.pressed({ position: downtown });
    expect(world.published().slice(later)).toEqual([]);
  });

  it('tells the contacts that the phone changed, in the language of each', async () => {
    await world.change({
      kind: 'add-contact',
      contact: { name: 'Eve', channel: 'sms', endpoint: '+12135550177', language: 'en' },
    });
    await world.stream();
    await recovered(world);
    await world.stream();
    const last = (endpoint: string) => world.sns.inbox({ endpoint }).at(-1)?.body;
    expect(last('+12135550101')).toMatch(/cambio de teléfono\. El anterior ya no lo activa/);
    expect(last('+12135550177')).toMatch(/is on another phone now\. The one before cannot press it/);
  });

  it('keeps the lost phones in bounds, however often it is made', async () => {
    let { recoveryCode } = world;
    for (let times = 0; times < 110; times += 1) {
      if (times % 5 === 0) world.skip(24 * 3_600_000);
      ({ recoveryCode } = await recovered(world, 'pin', recoveryCode));
    }
    expect(Object.keys(world.stored().devices)).toHaveLength(101);
  });

  it('with the duress PIN looks the same, costs the same and tells the contacts the same; officers hear of it', async () => {
    const story = async (one: World, pin: string) => {
      const { kind } = await recover(one, pin);
      const cost = costOf(one);
      const size = storedSize(one);
      await one.stream();
      const told = one.published();
      return {
        seen: {
          kind,
          cost,
          size,
          contacts: told.filter(({ topic }) => topic.startsWith('family')).map(({ type, bodies }) => [type, bodies]),
        },
        officers: told.filter(({ topic, type }) => topic === 'ministry' && type === 'family.forced.v1').length,
      };
    };
    const [ordinary, forced] = [await story(world, 'pin'), await story(await registered(), 'duress')];
    expect(forced.seen).toEqual(ordinary.seen);
    expect(forced.seen.contacts.map(([type]) => type)).toContain('contact.list-changed.v1');
    expect([ordinary.officers, forced.officers]).toEqual([0, 1]);
  });

  it('takes the PIN that was shut out under duress, and makes it the family’s again', async () => {
    const settings = world.of(composeManageFamily);
    await changeSettings(settings, world.token, { newDuressPin: '9988' }, 'duress');
    expect(await changeSettings(settings, world.token, {}, 'pin')).toEqual({ kind: 'wrong-pin' });
    const { token } = await recovered(world, 'pin');
    await changeSettings(settings, token, { person: { name: 'Otra' } }, 'pin');
    expect(world.stored().person.name).toBe('Otra');
  });
});

describe('a code for another phone', () => {
  const codeOf = async (pin = 'pin') => {
    const outcome = await world.change({ kind: 'add-device', as: 'code' }, pin);
    if (outcome.kind !== 'done' || !outcome.code) throw new Error(outcome.kind);
    return outcome.code;
  };
  const join = async (typed: string) => joinByCode(world.of(composeManageFamily), lettersIn(typed), hashOf(typed));

  it.each(['pin', 'duress'])('with %s makes one that sees and presses, once', async (pin) => {
    const { code, expiresAt } = await codeOf(pin);
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(Date.parse(expiresAt) - world.now().getTime()).toBe(15 * 60_000);
    const joined = await join(code.toLowerCase().replace('-', ' '));
    const view = await world.read(world.tokenOf(joined!.deviceToken));
    expect(view).toMatchObject({ kind: 'found', devices: [{ thisDevice: false }, { thisDevice: true }] });
    expect(await join(code)).toBeUndefined();
  });

  it('is void after 15 minutes, and the phone that never came is not listed', async () => {
    const { code } = await codeOf();
    world.skip(15 * 60_000);
    expect(await join(code)).toBeUndefined();
    expect(await world.read()).toMatchObject({ devices: [{ thisDevice: true }] });
  });

  it('is void after five wrong second halves', async () => {
    const { code } = await codeOf();
    for (let tries = 0; tries < 5; tries += 1) expect(await join(`${code.slice(0, 5)}ZZZZ`)).toBeUndefined();
    expect(await join(code)).toBeUndefined();
  });
});
