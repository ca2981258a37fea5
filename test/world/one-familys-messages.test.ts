import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import {
  composeCancelAlert,
  composeManageCheckIns,
  composeManageFamily,
  composeServeCase,
} from '../../shared/compose.ts';
import { makeCheckIn } from '../../shared/domain/check-in/manage-check-ins.ts';
import { actAsFamily } from '../../shared/domain/case/answer-case.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { sayTaken } from '../../shared/domain/case/say-taken.ts';
import { lettersIn } from '../../shared/domain/family/readable-code.ts';
import { recoverFamily } from '../../shared/domain/family/recover-family.ts';
import { casesToldPerDay, pressedAgainToldPerDay, toldToTrustedPerDay } from '../../shared/domain/limits.ts';
import { answerOffer } from '../../shared/domain/representatives/answer-offer.ts';
import { aRepresentative } from '../support/representatives.ts';
import { type World, authorised, createWelcomedWorld, downtown } from '../support/world.ts';

const [jose, marta, own] = ['+12135550101', '+12135550109', '+12135550100'];

/** Begins at midnight UTC, so that a day passes within it. */
const aWorld = async () =>
  createWelcomedWorld({
    start: '2026-11-22T00:00:00.000Z',
    registers: {
      person: { name: 'Ana Sofía Núñez', language: 'es', phone: own },
      contacts: [
        { name: 'José', channel: 'sms', endpoint: jose },
        { name: 'Marta', channel: 'sms', endpoint: marta, trusted: true },
      ],
      consent: authorised,
    },
  });
const typesTo = (world: World, endpoint: string) => {
  const types: Record<string, number> = {};
  for (const type of world.told(endpoint)) if (type !== undefined) types[type] = (types[type] ?? 0) + 1;
  return types;
};
const told = (world: World, endpoint = jose): number => world.told(endpoint).length;
/** Presses of which officers were told, or are in the next digest. */
const officersKnow = (world: World): number =>
  world
    .items()
    .filter(({ itemType, drill }) => itemType === 'alert' && drill === false)
    .filter((alert) => {
      const { ministry } = alert['deliveries'] as Record<string, { status: string; gatheredAt?: string }>;
      return ministry?.status === 'sent' || ministry?.gatheredAt !== undefined || alert['joined'] !== undefined;
    }).length;
const press = async (world: World): Promise<string> => {
  const alertId = randomUUID();
  expect((await world.press({ alertId, position: downtown })).kind).toBe('raised');
  await world.stream();
  return alertId;
};
const pressAndCancel = async (world: World, pin: string): Promise<void> => {
  const alertId = await press(world);
  expect((await world.cancelled(alertId, pin)).kind).toBe('cancelled');
};

describe('a family that has heard of ten cases', () => {
  it('is told all the same who accepted to represent the person', async () => {
    const world = await aWorld();
    for (let index = 0; index < 12; index += 1) await pressAndCancel(world, 'pin');
    const alertId = await press(world);
    const lawyer = aRepresentative({ officeId: 'ministry' });
    const { representativeId: id, officeId } = lawyer;
    await dynamoRoster(world.outside.dynamo, 'alerts', world.now).putAll([lawyer]);
    await world.acted(alertId, { action: 'acknowledge', officer: 'Ana' });
    await world.acted(alertId, { action: 'offer', officer: 'Ana', representativeId: id });
    const accepting = {
      familyId: world.familyId,
      alertId,
      recipient: { kind: 'representative', id, officeId },
    } as const;
    expect((await answerOffer(world.of(composeServeCase), accepting, { action: 'accept' })).kind).toBe('done');
    await world.stream();
    expect(world.told(jose)).toContain('alert.representative-assigned.v1');
  });
});

describe('a flood by one phone costs a contact at most so many messages a day', () => {
  it('of presses that are cancelled and pressed again: a press that stays is told all the same, with either PIN alike', async () => {
    const seen = [];
    for (const pin of ['pin', 'duress']) {
      const world = await aWorld();
      for (let index = 0; index < 12; index += 1) await pressAndCancel(world, pin);
      const flood = told(world) - 1;
      // The ten first, with their cancellations, and the eleventh.
      expect(flood).toBeLessThanOrEqual(2 * casesToldPerDay + 2);
      await press(world);
      expect(officersKnow(world)).toBe(13);
      const before = told(world);
      await world.advance(45, 5);
      expect(world.told(jose).slice(before)).toContain('alert.raised.v1');
      seen.push(typesTo(world, jose));
    }
    expect(seen[1]).toEqual(seen[0]);
  });

  it('of presses without end', async () => {
    const world = await aWorld();
    for (let index = 0; index < 60; index += 1) {
      await press(world);
      world.skip(5 * 60_000);
    }
    // One case takes fifty presses more.
    expect(typesTo(world, jose)).toMatchObject({
      'alert.raised.v1': 2,
      'alert.pressed-again.v1': pressedAgainToldPerDay,
    });
    expect(officersKnow(world)).toBe(60);
  });

  it('of hours of presses that are cancelled, with the watchman', async () => {
    const world = await aWorld();
    for (let time = 0; time < 6; time += 1) {
      for (const pin of ['pin', 'duress', 'pin']) await pressAndCancel(world, pin);
      world.skip(20 * 60_000);
      await world.round();
    }
    // Ten in full, and one in half an hour, each with its cancellation; the welcome.
    expect(told(world)).toBeGreaterThan(2 * casesToldPerDay);
    expect(told(world)).toBeLessThanOrEqual(2 * casesToldPerDay + 2 * 6 + 1);
    expect(told(world, marta) - told(world)).toBeLessThanOrEqual(toldToTrustedPerDay + 6);
  });

  it('of promises that are not kept: reminders to the own phone, and the alert of each', async () => {
    const world = await aWorld();
    const make = async (dueAt: Date) =>
      makeCheckIn(world.of(composeManageCheckIns), world.token, { dueAt: dueAt.toISOString() });
    const inMinutes = (minutes: number) => new Date(world.now().getTime() + minutes * 60_000);
    for (let index = 0; index < 20; index += 1) expect((await make(inMinutes(24 * 60 + 30 + index))).kind).toBe('made');
    expect((await make(inMinutes(60))).kind).toBe('too-many');
    world.skip(24 * 60 * 60_000);
    await world.advance(60, 5);
    for (let index = 0; index < 20; index += 1) expect((await make(inMinutes(20 + index))).kind).toBe('made');
    await world.stream();
    await world.advance(70, 5);
    expect(told(world, own)).toBe(40);
    expect(officersKnow(world)).toBe(40);
    expect(typesTo(world, jose)['alert.raised.v1']).toBeLessThanOrEqual(casesToldPerDay + 5);
  });

  it('of a trusted contact who says all day that the person was taken', async () => {
    const world = await aWorld();
    const contact = world.contacts[1]!;
    for (let minute = 0; minute < 24 * 60; minute += 20) {
      await sayTaken(world.of(composeServeCase), world.family, contact, `vez ${minute}`);
      await world.stream();
      world.skip(20 * 60_000);
    }
    expect(officersKnow(world)).toBe(24);
    expect(typesTo(world, jose)['alert.raised.v1']).toBe(24);
  });

  it('of a page’s answers: none, and officers of none by itself', async () => {
    const world = await aWorld();
    const alertId = await press(world);
    const before = world.published().length;
    const link = { familyId: world.familyId, alertId };
    for (let index = 0; index < 20; index += 1) {
      const action = { action: 'on-it', name: 'Lupe', task: `tarea ${index}` } as const;
      expect((await actAsFamily(world.of(composeServeCase), link, action)).kind).toBe('done');
      await world.stream();
    }
    expect(world.published().slice(before)).toEqual([]);
  });

  it('of drills: three, and none when they end', async () => {
    const world = await aWorld();
    const kinds: string[] = [];
    for (let index = 0; index < 40; index += 1) {
      const alertId = randomUUID();
      kinds.push((await world.press({ alertId, drill: true })).kind);
      await world.cancelled(alertId);
    }
    expect(kinds.filter((kind) => kind === 'raised')).toHaveLength(3);
    expect(told(world)).toBe(1 + 3);
  });

  it.each(['pin', 'duress'])('of changes of contacts, phones and settings, with the %s', async (pin) => {
    const world = await aWorld();
    for (let index = 0; index < 30; index += 1) {
      const endpoint = `+1213555${String(1000 + index)}`;
      const added = await world.change({ kind: 'add-contact', contact: { name: 'X', channel: 'sms', endpoint } }, pin);
      if (added.kind === 'done' && added.contact) {
        await world.change({ kind: 'remove-contact', contactId: added.contact.contactId }, pin);
      }
      const phone = await world.change({ kind: 'add-device' }, pin);
      if (phone.kind === 'done') await world.change({ kind: 'revoke-device', deviceId: phone.device!.deviceId }, pin);
      await world.changeSettings({ sharePositionWithFamily: index % 2 === 0 }, pin);
      await world.stream();
    }
    expect(typesTo(world, jose)).toEqual({ 'contact.welcome.v1': 1, 'contact.list-changed.v1': 20 + 20 + 20 });
    expect(told(world, marta)).toBeLessThanOrEqual(61 + toldToTrustedPerDay);
  });

  it.each(['pin', 'duress'])(
    'of recoveries, with the %s: five, then none until midnight, and no other PIN helps',
    async (pin) => {
      const world = await aWorld();
      let code = world.recoveryCode;
      const recover = async (as: string) =>
        recoverFamily(world.of(composeManageFamily), createHash('sha256').update(lettersIn(code)).digest('hex'), as);
      for (let index = 0; index < 5; index += 1) {
        const outcome = await recover(pin);
        if (outcome.kind !== 'recovered') throw new Error(outcome.kind);
        code = outcome.recoveryCode;
        await world.stream();
      }
      for (const as of ['pin', 'duress', pin]) expect((await recover(as)).kind).toBe('changes-used-up');
      await world.stream();
      expect(typesTo(world, jose)['contact.list-changed.v1']).toBe(5);
      world.skip(24 * 60 * 60_000);
      expect((await recover(pin)).kind).toBe('recovered');
    },
  );

  it('of cancellations with the duress PIN: the trusted contact hears so many a day, then in turn', async () => {
    const world = await aWorld();
    for (let index = 0; index < 22; index += 1) await pressAndCancel(world, 'duress');
    world.skip(60 * 60_000);
    await world.round();
    const { 'contact.welcome.v1': _welcome, ...toMarta } = typesTo(world, marta);
    const ofTruth = (toMarta['alert.cancelled-under-duress.v1'] ?? 0) + (toMarta['family.forced.v1'] ?? 0);
    expect(ofTruth).toBeGreaterThanOrEqual(toldToTrustedPerDay);
    expect(ofTruth).toBeLessThanOrEqual(toldToTrustedPerDay + 3);
  });
});

describe('the count of a day', () => {
  const isCount = (input: Record<string, unknown>) => JSON.stringify(input).includes('NEWEST-CASE');

  it('that cannot be read keeps nobody from hearing of what follows', async () => {
    const world = await aWorld();
    for (let index = 0; index < 12; index += 1) {
      const alertId = await press(world);
      await cancelAlert(world.of(composeCancelAlert), world.token, alertId, 'pin');
      world.break((operation, input) => operation === 'GetItem' && isCount(input));
      await world.stream();
      world.mend();
    }
    // The eleventh press in its turn, the twelfth not at all, and that each was taken back.
    expect(typesTo(world, jose)).toMatchObject({ 'alert.raised.v1': 11, 'alert.cancelled.v1': 12 });
  });

  it('that cannot be written keeps nobody from hearing', async () => {
    const world = await aWorld();
    await press(world);
    world.skip(60_000);
    world.break((operation, input) => operation === 'UpdateItem' && isCount(input));
    await press(world);
    expect(typesTo(world, jose)).toMatchObject({ 'alert.raised.v1': 1, 'alert.pressed-again.v1': 1 });
  });

  it('forgets days of which nothing is told any more, and no others', async () => {
    const world = await aWorld();
    const days = () =>
      Object.keys(world.items().find(({ sk }) => sk === 'NEWEST-CASE') ?? {}).filter((name) =>
        name.startsWith('heard:'),
      );
    for (let index = 0; index < 3; index += 1) {
      await press(world);
      world.skip(18 * 24 * 60 * 60_000);
    }
    expect(days().toSorted()).toEqual(['heard:2026-11-22', 'heard:2026-12-10', 'heard:2026-12-28'].slice(1));
  });

  it('has each case once, however often telling dies after it', async () => {
    const world = await aWorld();
    world.break((operation) => operation === 'Publish');
    for (let index = 0; index < 12; index += 1) await press(world);
    for (let index = 0; index < 5; index += 1) await world.round();
    world.mend();
    await world.advance(20);
    const count = world.items().find(({ sk }) => sk === 'NEWEST-CASE');
    expect(count).toMatchObject({ 'heard:2026-11-22': { full: [expect.any(String)] } });
    expect(typesTo(world, jose)['alert.raised.v1']).toBe(1);
  });
});
