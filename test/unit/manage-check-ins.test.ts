import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/manage-check-ins/handler.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { isHiddenFromDevices } from '../../shared/domain/case/alert.ts';
import type { CheckIn } from '../../shared/domain/check-in/check-in.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { PinMatch } from '../../shared/domain/family/pins.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aCheckIn, fakeCheckInStore } from '../support/check-ins.ts';
import { aContext, aFamily, anAlert, anEvent, answerOf, aPress } from '../support/fixtures.ts';
import { onlyCase } from '../support/only-case.ts';
import { noDistricts } from '../support/no-districts.ts';

const places = { pin: 'pin', duress: 'duressPin', wrong: 'wrong' } as const;
const { familyId } = aFamily();
const { checkInId } = aCheckIn();
const now = new Date('2026-11-22T20:00:00.000Z');
const pins: Record<string, PinMatch> = { '4821': 'pin', '1248': 'duress' };
const later = (minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString();

const setUp = (
  facts: {
    checkIns?: readonly CheckIn[];
    family?: Partial<Family>;
    known?: boolean;
    locked?: boolean;
    pressed?: boolean;
  } = {},
) => {
  const fake = fakeCheckInStore(facts.checkIns);
  const family = aFamily(facts.family);
  let ids = 0;
  const handler = createHandler({
    devices: {
      authenticate: async () =>
        facts.known === false
          ? undefined
          : {
              device: { deviceId: 'd1', familyId },
              consularNotification: family.consent.consularNotification,
              ...(family.person.homePosition && { homePosition: family.person.homePosition }),
            },
    },
    families: { get: async () => family },
    presses: { list: async () => (facts.pressed === true ? [aPress(anAlert())] : []) },
    checkIns: fake.store,
    alerts: { get: async () => undefined },
    heads: onlyCase,
    cases: { read: async () => undefined, apply: async () => 'applied' },
    consulateById,
    openConsulates,
    ...noDistricts,
    desk: ministryDesk,
    pins: {
      hashesOf: async () => ({ pin: 'hash', duressPin: 'hash' }),
      countTry: async () => (facts.locked === true ? { lockedForMs: 60_000 } : 'counted'),
      takeBack: async () => undefined,
      clear: async () => undefined,
      pretend: async () => undefined,
    },
    hasher: { hash: async () => '', match: async (_, pin) => places[pins[pin] ?? 'wrong'] },
    now: () => now,
    newId: () => `55555555-5555-4555-8555-55555555555${(ids += 1)}`,
    retentionMs: 30 * 24 * 60 * 60_000,
  });
  const send = async (routeKey: string, event: Parameters<typeof anEvent>[0] = {}) => {
    const headers = {
      authorization: `Bearer ${familyId}.${'s'.repeat(43)}`,
      'content-type': 'application/json',
      ...event.headers,
    };
    return expectDocumented(routeKey, answerOf(await handler(anEvent({ routeKey, ...event, headers }), aContext)));
  };
  return {
    ...fake,
    make: async (json: unknown) => send('POST /v1/check-ins', { json }),
    list: async () => (await send('GET /v1/check-ins')).body['checkIns'],
    answer: async (pin: unknown, how: 'ok' | 'end' = 'ok', id = checkInId) =>
      send(`POST /v1/check-ins/{checkInId}/${how}`, { json: { pin }, pathParameters: { checkInId: id } }),
    send,
  };
};

describe('promising an OK', () => {
  it('is answered with its id and time, in UTC, and is on the list', async () => {
    const { make, list, only } = setUp();
    const { status, body } = await make({ dueAt: '2026-11-22T15:00:00-06:00', label: '  cita\nmigratoria ' });
    expect([status, body]).toEqual([201, { checkInId: expect.any(String), dueAt: later(60) }]);
    expect(await list()).toEqual([{ ...body, label: 'cita migratoria', state: 'waiting' }]);
    expect(only()).toMatchObject({
      deviceId: 'd1',
      utcOffsetMinutes: -360,
      deliveries: { self: { status: 'pending' } },
    });
  });

  it('is kept for a while after its time', async () => {
    const { make, forgetTimes, only } = setUp();
    await make({ dueAt: later(60) });
    expect(only()).not.toHaveProperty('utcOffsetMinutes');
    expect(forgetTimes).toEqual([new Date(later(60 + 30 * 24 * 60))]);
  });

  it('plans a reminder only where there is a phone, and time', async () => {
    const soon = setUp();
    await soon.make({ dueAt: later(15) });
    const { phone: _, ...person } = aFamily().person;
    const phoneless = setUp({ family: { person } });
    await phoneless.make({ dueAt: later(60) });
    expect([soon.only()?.deliveries, phoneless.only()?.deliveries]).toEqual([{}, {}]);
  });

  it('is refused in the past, too far ahead, with a long label or without a time', async () => {
    const { make } = setUp();
    for (const [json, field] of [
      [{ dueAt: now.toISOString() }, 'dueAt'],
      [{ dueAt: later(401 * 24 * 60) }, 'dueAt'],
      [{ dueAt: 'tomorrow' }, 'dueAt'],
      [{ label: 'x' }, 'dueAt'],
      [{ dueAt: later(60), label: 'x'.repeat(101) }, 'label'],
      [{ dueAt: later(60), checkInId: 'mine' }, 'checkInId'],
    ] as const) {
      expect(await make(json)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    }
    expect((await make({ dueAt: later(60), label: 'ñ'.repeat(100) })).status).toBe(201);
    expect((await make({ dueAt: later(400 * 24 * 60) })).status).toBe(201);
    expect((await make({ dueAt: later(60), label: ' ' })).status).toBe(201);
  });

  it('is the same check-in when it is sent again, also when its time is over by then, and past the limit', async () => {
    const waiting = Array.from({ length: 19 }, (_, index) => aCheckIn({ checkInId: `other-${index}` }));
    const { make } = setUp({ checkIns: [aCheckIn({ state: 'missed' }), ...waiting, aCheckIn({ checkInId: 'last' })] });
    const same = { status: 201, body: { checkInId, dueAt: aCheckIn().promisedAt } };
    expect(await make({ checkInId: checkInId.toUpperCase(), dueAt: later(-5) })).toMatchObject(same);
    expect((await make({ dueAt: later(60) })).status).toBe(409);
  });

  it('needs a token that is known', async () => {
    const { make, send, answer } = setUp({ known: false });
    expect((await make({ dueAt: later(60) })).status).toBe(401);
    expect((await send('GET /v1/check-ins')).status).toBe(401);
    expect((await answer('4821')).status).toBe(401);
  });

  it('is refused until midnight to a family that has made enough today', async () => {
    const desk = setUp();
    desk.store.add = async () => 'used-up';
    const { status, headers } = await desk.make({ dueAt: later(60) });
    expect([status, headers['retry-after']]).toEqual([429, String(4 * 60 * 60)]);
  });

  it('is not kept from anybody by those that are over', async () => {
    const over = Array.from({ length: 20 }, (_, index) => aCheckIn({ checkInId: `other-${index}`, state: 'ok' }));
    expect((await setUp({ checkIns: over }).make({ dueAt: later(60) })).status).toBe(201);
  });
});

describe('the list', () => {
  const checkIns = [
    aCheckIn({ checkInId: '00000000-0000-4000-8000-000000000001', promisedAt: later(-90), state: 'ok' }),
    aCheckIn({ checkInId: '00000000-0000-4000-8000-000000000002', promisedAt: later(90) }),
    aCheckIn({ checkInId: '00000000-0000-4000-8000-000000000003', promisedAt: later(30) }),
    aCheckIn({
      checkInId: '00000000-0000-4000-8000-000000000004',
      promisedAt: later(-30),
      state: 'missed',
      alertId: anAlert().alertId,
    }),
  ];
  const shown = (list: unknown) => (list as { checkInId: string }[]).map(({ checkInId: id }) => id.slice(-1)).join('');

  it('begins with the next one, and names the alert of a missed one', async () => {
    const list = await setUp({ checkIns }).list();
    expect(shown(list)).toBe('3241');
    expect(list).toMatchObject([{}, {}, { state: 'missed', alertId: anAlert().alertId }, { state: 'ok' }]);
  });

  it('has no labels once the device has raised a real alert', async () => {
    for (const facts of [{ pressed: true }, { family: { seizedDevices: new Set(['d1']) } }]) {
      const list = await setUp({ checkIns, ...facts }).list();
      expect(shown(list)).toBe('3241');
      expect(JSON.stringify(list)).not.toContain('label');
    }
  });
});

describe('answering with a PIN', () => {
  it.each([
    ['ok', 'ok'],
    ['end', 'ended'],
  ] as const)('%s settles it, with either PIN alike; only the duress PIN raises an alert', async (how, state) => {
    const [one, other] = [setUp({ checkIns: [aCheckIn()] }), setUp({ checkIns: [aCheckIn()] })];
    const answered = await one.answer('4821', how);
    expect(answered).toMatchObject({ status: 200, body: { checkInId, dueAt: aCheckIn().promisedAt, state } });
    expect(await other.answer('1248', how)).toEqual(answered);
    expect(await other.list()).toEqual(await one.list());
    expect([one.alerts, one.pretences(), other.pretences()]).toEqual([[], 1, 0]);
    expect(other.alerts).toMatchObject([
      {
        state: 'raised',
        drill: false,
        duress: true,
        deliveries: { 'family:trusted': {}, ministry: {} },
        origin: { kind: 'duress-check-in', label: 'cita migratoria' },
      },
    ]);
    expect(other.alerts.map(isHiddenFromDevices)).toEqual([true]);
    expect(other.alerts[0]?.alertId).not.toBe(checkInId);
  });

  it('with the duress PIN tells an office only where there is a home, and the trusted contact alone without consent', async () => {
    const homePosition = { latitude: 29.76, longitude: -95.37 };
    const home = setUp({
      checkIns: [aCheckIn({ utcOffsetMinutes: -360 })],
      family: { person: { ...aFamily().person, homePosition } },
    });
    await home.answer('1248');
    expect(Object.keys(home.alerts[0]?.deliveries ?? {})).toEqual(['consulate', 'ministry', 'family:trusted']);
    // Officers read the time by the person's own clock.
    expect(home.alerts[0]).toMatchObject({ utcOffsetMinutes: -360 });
    const consent = { ...aFamily().consent, consularNotification: false };
    const silent = setUp({ checkIns: [aCheckIn()], family: { consent } });
    await silent.answer('1248');
    expect(Object.keys(silent.alerts[0]?.deliveries ?? {})).toEqual(['family:trusted']);
  });

  it('leaves what is settled as it is, and hears the duress PIN once a day', async () => {
    for (const state of ['ok', 'ended', 'missed'] as const) {
      const desk = setUp({ checkIns: [aCheckIn({ state })] });
      const withPin = await desk.answer('4821', 'end');
      expect(withPin.status).toBe(state === 'missed' ? 409 : 200);
      expect(await desk.answer('1248')).toEqual(withPin);
      expect(await desk.answer('1248')).toEqual(withPin);
      expect(desk.only()?.state).toBe(state);
      expect([desk.alerts.length, desk.pretences()]).toEqual([1, 2]);
    }
    const yesterday = setUp({ checkIns: [aCheckIn({ state: 'ok', signalledOn: '2026-11-21' })] });
    await yesterday.answer('1248');
    expect(yesterday.alerts).toHaveLength(1);
  });

  it('is refused with a wrong one, for an unknown id, and without one', async () => {
    const desk = setUp({ checkIns: [aCheckIn()] });
    expect((await desk.answer('0000')).status).toBe(403);
    expect((await desk.answer('4821', 'ok', anAlert().alertId)).status).toBe(404);
    // No PIN is tried on what is not there.
    expect((await desk.answer('0000', 'ok', anAlert().alertId)).status).toBe(404);
    expect((await desk.answer('4821', 'ok', 'nonsense')).status).toBe(404);
    expect((await desk.answer('12')).status).toBe(400);
    expect([desk.only()?.state, desk.pretences()]).toEqual(['waiting', 0]);
  });

  it('while PINs are locked refuses each of them alike, writes for each, and raises the alert of the duress PIN', async () => {
    const desk = setUp({ checkIns: [aCheckIn()], locked: true });
    const wrong = await desk.answer('0000');
    expect(wrong.status).toBe(403);
    expect(await desk.answer('4821')).toEqual(wrong);
    expect(await desk.answer('1248')).toEqual(wrong);
    expect([desk.only()?.state, desk.pretences(), desk.alerts.length]).toEqual(['waiting', 2, 1]);
  });

  it('that was said in time comes too late where the alert that was raised meanwhile is gone', async () => {
    const missed = aCheckIn({ state: 'missed', promisedAt: later(-5), alertId: anAlert().alertId });
    for (const pin of ['4821', '1248']) {
      const desk = setUp({ checkIns: [missed] });
      const { status } = await desk.send('POST /v1/check-ins/{checkInId}/ok', {
        json: { pin, saidAt: later(-10) },
        pathParameters: { checkInId },
      });
      expect([status, desk.only()?.state]).toEqual([409, 'missed']);
    }
  });

  it('that comes while it fires is decided on what then stands', async () => {
    for (const [pin, alerts] of [
      ['4821', 0],
      ['1248', 1],
    ] as const) {
      const desk = setUp({ checkIns: [aCheckIn()] });
      desk.interrupt(checkInId, { state: 'missed', alertId: anAlert().alertId });
      expect((await desk.answer(pin)).status).toBe(409);
      expect([desk.only()?.state, desk.alerts.length]).toEqual(['missed', alerts]);
    }
    // A phone that hears nothing asks again; "settled" would be a lie.
    const restless = setUp({ checkIns: [aCheckIn()] });
    restless.store.answer = async () => 'conflict';
    expect((await restless.answer('4821')).status).toBe(500);
    const erased = setUp({ checkIns: [aCheckIn()] });
    erased.interrupt(checkInId, undefined);
    expect((await erased.answer('4821')).status).toBe(404);
  });
});

it('answers no other path', async () => {
  const { body } = answerOf(await createHandler({} as never)(anEvent({ routeKey: '$default' }), aContext));
  expect(body['status']).toBe(404);
});
