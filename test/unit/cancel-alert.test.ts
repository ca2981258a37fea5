import { describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../functions/cancel-alert/handler.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { toldOffices } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { CaseChange } from '../../shared/domain/case/case.ts';
import { alertRetentionMs } from '../../shared/domain/limits.ts';
import type { PinMatch } from '../../shared/domain/family/pins.ts';
import { noDevice } from '../../shared/domain/press/no-device.ts';
import { logLines } from '../support/log-lines.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { onlyCase } from '../support/only-case.ts';
import { fakeCaseStore } from '../support/fake-case-store.ts';
import { aContext, aFamily, anAlert, anEvent, answerOf } from '../support/fixtures.ts';
import { noDistricts } from '../support/no-districts.ts';

const places = { pin: 'pin', duress: 'duressPin', wrong: 'wrong' } as const;
const routeKey = 'POST /v1/alerts/{alertId}/cancel';
const { familyId, alertId, raisedAt } = anAlert();
const authorization = `Bearer ${familyId}.${'s'.repeat(43)}`;
const retentionMs = 30 * 24 * 60 * 60_000;
const start = Date.parse('2026-11-22T20:10:00.000Z');
const inLosAngeles: Partial<Alert> = {
  deliveries: {
    family: { status: 'sent' },
    consulate: { status: 'sent', id: 'los-angeles' },
    ministry: { status: 'sent' },
  },
  consulate: { id: 'los-angeles', distanceMeters: 10, basis: 'location' },
  toldConsulates: ['los-angeles'],
};
const matches: Record<string, PinMatch> = { '4821': 'pin', '1248': 'duress' };

const setUp = (
  facts: {
    before?: Partial<Alert>;
    alert?: Partial<Alert>;
    events?: CaseEvent[];
    locked?: boolean;
    known?: boolean;
    gone?: boolean;
  } = {},
) => {
  const { before = inLosAngeles } = facts;
  const fake = fakeCaseStore(anAlert({ ...before, ...facts.alert }), aFamily(), facts.events);
  const applied: CaseChange[] = [];
  const pretend = vi.fn(async () => undefined);
  const apply = vi.fn(async (change: CaseChange) => {
    const outcome = await fake.store.apply(change);
    if (outcome === 'applied') applied.push(change);
    return outcome;
  });
  const read = vi.fn(async (...key: Parameters<typeof fake.store.read>) =>
    facts.gone === true ? undefined : fake.store.read(...key),
  );
  const tries = { locked: facts.locked ?? false };
  let time = start;
  let ids = 0;
  const handler = createHandler({
    devices: {
      authenticate: async () =>
        facts.known === false ? undefined : { device: { deviceId: 'd1', familyId }, consularNotification: true },
    },
    alerts: { get: async (...key) => (await fake.store.read(...key))?.alert },
    heads: onlyCase,
    families: { get: async () => aFamily() },
    cases: { read, apply },
    pins: {
      hashesOf: async () => ({ pin: 'hash', duressPin: 'hash' }),
      countTry: async () => (tries.locked ? { lockedForMs: 60_000 } : 'counted'),
      takeBack: async () => undefined,
      clear: async () => undefined,
      pretend,
    },
    hasher: { hash: async () => '', match: async (_, pin) => places[matches[pin] ?? 'wrong'] },
    openConsulates,
    ...noDistricts,
    consulateById,
    desk: ministryDesk,
    now: () => new Date(time),
    newId: () => String((ids += 1)),
    retentionMs,
  });
  const cancel = async (pin: unknown, event: Parameters<typeof anEvent>[0] = {}) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const request = anEvent({ routeKey, headers, pathParameters: { alertId }, json: { pin }, ...event });
    return expectDocumented(routeKey, answerOf(await handler(request, aContext)));
  };
  return {
    ...fake,
    applied,
    apply,
    read,
    pretend,
    tries,
    cancel,
    pass: (ms: number) => {
      time += ms;
    },
    told: () => applied.map(({ events }) => events.map(({ type, deliveries }) => [type, Object.keys(deliveries)])),
  };
};
/** The next office, too, hears that it was forced. */
const toldUnderDuress = [
  'alert.cancelled-under-duress.v1',
  ['family:trusted', 'consulate:los-angeles', 'consulate:santa-ana', 'ministry'],
];
type Desk = ReturnType<typeof setUp>;

const duressEvent = (deliveries: CaseEvent['deliveries'] = {}): CaseEvent => ({
  familyId,
  alertId,
  eventId: 'earlier',
  at: '2026-11-22T20:05:00.000Z',
  by: { kind: 'person' },
  drill: false,
  deliveries,
  type: 'alert.cancelled-under-duress.v1',
});

describe('cancelling with the PIN', () => {
  it.each(['４８２１', '٤٨٢١', ' 4821 '])('takes it as keyboards of other scripts write it: %j', async (pin) => {
    const desk = setUp();
    expect((await desk.cancel(pin)).status).toBe(200);
    expect(desk.apply).toHaveBeenCalled();
  });

  it('closes the case and tells everybody who was told', async () => {
    const desk = setUp({ alert: { toldConsulates: ['fresno', 'los-angeles'] } });
    expect(await desk.cancel('4821')).toMatchObject({ status: 200, body: { alertId, state: 'closed', raisedAt } });
    expect(desk.current().alert).toMatchObject({
      state: 'closed',
      disposition: 'cancelled',
      closedAt: '2026-11-22T20:10:00.000Z',
    });
    expect(desk.told()).toEqual([
      [
        ['alert.cancelled.v1', ['family']],
        ['alert.cancelled.v1', ['consulate:fresno', 'consulate:los-angeles', 'ministry']],
      ],
    ]);
    expect(desk.applied[0]?.forget?.at.getTime()).toBe(start + retentionMs);
    expect(desk.current().events).toMatchObject([
      { eventId: '2026-11-22T20:10:00.000Z.1', by: { kind: 'person' }, drill: false },
      { eventId: '2026-11-22T20:10:00.000Z.2' },
    ]);
  });

  it('is told to nobody but those who were told, wherever the press was', async () => {
    const fresno = { id: 'fresno', distanceMeters: 10, basis: 'location' } as const;
    const desk = setUp({ alert: { consulate: fresno, toldConsulates: ['fresno'] } });
    await desk.cancel('4821');
    expect(desk.told()[0]?.[1]).toEqual(['alert.cancelled.v1', ['consulate:fresno', 'ministry']]);
  });

  it('is over for phones at the second at which reads of the table ignore it', async () => {
    const desk = setUp();
    desk.pass(999);
    await desk.cancel('4821');
    const expiresAt = Math.floor((desk.applied[0]?.forget?.at.getTime() ?? 0) / 1000) * 1000;
    expect(desk.current().alert.deviceView?.until).toBe(new Date(expiresAt).toISOString());
  });

  it('is told to the office that is being chosen at this moment', async () => {
    const early = setUp({ before: {} });
    await early.cancel('4821');
    expect(early.told()[0]?.[1]).toEqual(['alert.cancelled.v1', ['consulate:los-angeles', 'ministry']]);
  });

  it('is the family’s business alone without authorisation', async () => {
    const desk = setUp({ alert: { consularNotification: false, deliveries: { family: { status: 'sent' } } } });
    await desk.cancel('4821');
    expect(desk.told()).toEqual([
      [
        ['alert.cancelled.v1', ['family']],
        ['alert.cancelled.v1', []],
      ],
    ]);
  });

  it('is answered the same again, and nobody is told twice', async () => {
    const desk = setUp();
    const first = await desk.cancel('4821');
    desk.pass(60_000);
    desk.read.mockClear();
    expect(await desk.cancel('4821', { pathParameters: { alertId: alertId.toUpperCase() } })).toEqual(first);
    expect(desk.told()[1]).toEqual([['alert.cancelled.v1', []]]);
    // The timeline of a case that goes on in secret is long.
    expect(desk.read).not.toHaveBeenCalled();
    expect(desk.current().alert).toMatchObject({ state: 'closed', closedAt: '2026-11-22T20:10:00.000Z' });
    expect(desk.applied[1]?.forget?.at.getTime()).toBe(start + retentionMs);
  });

  it('stands beside what an officer did at the same time', async () => {
    const desk = setUp();
    desk.interrupt({ state: 'acknowledged', acknowledgedAt: '2026-11-22T20:09:59.000Z' });
    expect((await desk.cancel('4821')).status).toBe(200);
    expect(desk.apply).toHaveBeenCalledTimes(2);
    expect(JSON.parse(desk.current().alert.deviceView?.status ?? '')).toMatchObject({
      state: 'closed',
      acknowledgedAt: '2026-11-22T20:09:59.000Z',
    });
  });
});

describe('cancelling with the duress PIN', () => {
  it('leaves the case open, tells the family what they are told of any cancellation, and officers the truth', async () => {
    const desk = setUp();
    await desk.cancel('1248');
    expect(desk.current().alert).toMatchObject({ state: 'raised', duress: true });
    expect(desk.current().alert.closedAt).toBeUndefined();
    expect(desk.applied[0]?.set).toMatchObject({ state: 'raised' });
    expect(desk.current().events[1]).toMatchObject({ asCancelled: true });
    expect(desk.told()).toEqual([[['alert.cancelled.v1', ['family']], toldUnderDuress]]);
    expect(desk.applied[0]?.forget?.at.getTime()).toBe(start + alertRetentionMs);
  });

  it('lets the next office open the case, the one in charge being last', async () => {
    const desk = setUp({ alert: { toldConsulates: ['fresno', 'los-angeles'] } });
    await desk.cancel('1248');
    expect(desk.current().alert.toldConsulates).toEqual(['fresno', 'santa-ana', 'los-angeles']);
  });

  it('leaves the state that officers gave it', async () => {
    const desk = setUp({ alert: { state: 'locating', acknowledgedAt: '2026-11-22T20:06:00.000Z' } });
    await desk.cancel('1248');
    expect(desk.current().alert.state).toBe('locating');
  });

  it.each<[string, Partial<Alert>, string[]]>([
    ['no place is known', { position: { latitude: 0, longitude: 0 } }, ['consulate:fresno']],
    [
      'all were told',
      { toldConsulates: openConsulates.map(({ id }) => id) },
      openConsulates.map(({ id }) => `consulate:${id}`),
    ],
  ])('is told to no further office where %s', async (_, alert, told) => {
    const deliveries = { family: { status: 'sent' }, ministry: { status: 'sent' } } as const;
    const desk = setUp({ before: { deliveries, toldConsulates: ['fresno'], ...alert } });
    await desk.cancel('1248');
    expect(desk.told()[0]?.[1]?.[1]).toEqual(['family:trusted', ...told, 'ministry']);
  });

  it('lets the office open the case that is being chosen at this moment: its message has the link', async () => {
    const early = setUp({ before: {} });
    await early.cancel('1248');
    expect(toldOffices(early.current().alert)).toEqual(['los-angeles', 'santa-ana']);
  });

  it('reaches the trusted contact alone without authorisation', async () => {
    const desk = setUp({ alert: { consularNotification: false, deliveries: { family: { status: 'sent' } } } });
    await desk.cancel('1248');
    expect(desk.told()).toEqual([
      [
        ['alert.cancelled.v1', ['family']],
        ['alert.cancelled-under-duress.v1', ['family:trusted']],
      ],
    ]);
    expect(desk.current().alert).not.toHaveProperty('toldConsulates', expect.arrayContaining(['santa-ana']));
  });

  it('opens a case again that an officer, or the PIN, has closed', async () => {
    const closed = { state: 'closed', disposition: 'safe', closedAt: '2026-11-22T20:08:00.000Z' } as const;
    const byOfficer = setUp({ alert: { ...closed, acknowledgedAt: '2026-11-22T20:06:00.000Z' } });
    await byOfficer.cancel('1248');
    expect(byOfficer.current().alert).toMatchObject({ state: 'acknowledged', duress: true });
    expect(byOfficer.current().alert.disposition).toBeUndefined();
    expect(byOfficer.current().alert.closedAt).toBeUndefined();

    const byPin = setUp();
    await byPin.cancel('4821');
    await byPin.cancel('1248');
    expect(byPin.current().alert).toMatchObject({ state: 'raised', duress: true });
    expect(byPin.told()[1]).toEqual([toldUnderDuress]);
  });

  it('is not undone by the PIN, which a captor may have got meanwhile', async () => {
    const desk = setUp();
    await desk.cancel('1248');
    expect((await desk.cancel('4821')).status).toBe(200);
    expect(desk.current().alert).toMatchObject({ state: 'raised', duress: true });
    expect(desk.told()[1]).toEqual([['alert.cancelled.v1', []]]);
    expect(desk.applied[1]?.forget?.at.getTime()).toBe(start + alertRetentionMs);
  });

  it('does not tell officers twice while they have the case open, and does once they have closed it', async () => {
    const desk = setUp();
    await desk.cancel('1248');
    await desk.cancel('1248');
    expect(desk.told()[1]).toEqual([['alert.cancelled-under-duress.v1', []]]);
    expect(desk.applied[1]?.set).not.toHaveProperty('toldConsulates');
    desk.interrupt({ state: 'closed', disposition: 'false-alarm', closedAt: '2026-11-22T20:11:00.000Z' });
    await desk.cancel('1248');
    expect(desk.told()[2]?.[0]?.[1]).toContain('ministry');
    expect(desk.current().alert.state).toBe('raised');
  });
});

describe('with either PIN', () => {
  const both = async (facts: Parameters<typeof setUp>[0], steps: (desk: Desk, pin: string) => Promise<unknown>) => {
    const [real, duress] = [setUp(facts), setUp(facts)];
    return { real, duress, answers: [await steps(real, '4821'), await steps(duress, '1248')] };
  };
  const closed: Partial<Alert> = { state: 'closed', disposition: 'safe', closedAt: '2026-11-22T20:08:00.000Z' };

  it.each<[string, Parameters<typeof setUp>[0]]>([
    ['raised', {}],
    ['acknowledged', { alert: { state: 'acknowledged', acknowledgedAt: '2026-11-22T20:06:00.000Z' } }],
    ['closed by an officer', { alert: closed }],
    ['without an office yet', { before: {} }],
    [
      'without a place',
      {
        before: {
          position: { latitude: 0, longitude: 0 },
          deliveries: { family: { status: 'sent' }, ministry: { status: 'pending' } },
        },
      },
    ],
    ['not authorised', { alert: { consularNotification: false, deliveries: { family: { status: 'sent' } } } }],
    ['signalled while PINs were locked', { events: [duressEvent()] }],
  ])('the answer, what the device sees and how much is written are the same: %s', async (_, facts) => {
    const { real, duress, answers } = await both(facts, async (desk, pin) => [
      await desk.cancel(pin),
      await desk.cancel(pin),
    ]);
    expect(answers[0]).toEqual(answers[1]);
    expect(duress.current().alert.deviceView).toEqual(real.current().alert.deviceView);
    const written = ({ applied }: Desk) =>
      applied.map(({ events, forget, listing = { open: [], closed: [] } }) => [
        events.length,
        forget?.timeline.length,
        [...listing.open, ...listing.closed].sort(),
      ]);
    expect(written(duress)).toEqual(written(real));
    expect(written(real)).toHaveLength(2);
    const toFamily = (desk: Desk) => desk.told().flatMap((events) => events.filter(([, to]) => to?.includes('family')));
    expect(toFamily(duress)).toEqual(toFamily(real));
  });

  it('the device’s view does not change any more, and ends when a cancelled case is forgotten', async () => {
    const { real, duress } = await both({}, async (desk, pin) => desk.cancel(pin));
    const view = duress.current().alert.deviceView;
    expect(view).toMatchObject({ state: 'closed', until: new Date(start + retentionMs).toISOString() });
    for (const desk of [real, duress]) {
      await desk.cancel('1248');
      expect(desk.current().alert.deviceView).toEqual(view);
      desk.pass(retentionMs);
    }
    expect((await real.cancel('4821')).status).toBe(404);
    expect(await duress.cancel('1248')).toEqual(await real.cancel('4821'));
  });
});

describe('the further presses of a case', () => {
  const at = '2026-11-22T20:05:00.000Z';
  const alert: Partial<Alert> = {
    state: 'acknowledged',
    acknowledgedAt: '2026-11-22T20:06:00.000Z',
    untakenSince: '2026-11-22T20:07:00.000Z',
    pressedAgain: [
      { alertId: 'again', at },
      { alertId: 'unanswered', at: '2026-11-22T20:07:00.000Z' },
    ],
  };
  const seen = (desk: Desk) =>
    desk.applied.map(({ presses }) => presses?.map(({ alertId: id, set }) => [id, set.state]));

  it('go as it goes with either PIN, and each is frozen as it was', async () => {
    const [real, duress] = [setUp({ alert }), setUp({ alert })];
    for (const [desk, pin] of [
      [real, '4821'],
      [duress, '1248'],
    ] as const) {
      await desk.cancel(pin);
      await desk.cancel(pin);
    }
    expect([seen(real), seen(duress)]).toEqual([
      ['closed', undefined].map((state) => ['again', 'unanswered'].map((id) => [id, state])),
      ['acknowledged', undefined].map((state) => ['again', 'unanswered'].map((id) => [id, state])),
    ]);
    const viewsOf = ({ applied }: Desk) =>
      applied.map(({ presses = [] }) => presses.flatMap(({ set }) => set.deviceView ?? []));
    expect(viewsOf(duress)).toEqual(viewsOf(real));
    expect(viewsOf(real)[1]).toEqual([]);
    const [answered, unanswered] = viewsOf(real)[0]!.map(({ status }) => JSON.parse(status));
    expect(answered).toMatchObject({
      alertId: 'again',
      state: 'closed',
      raisedAt: at,
      acknowledgedAt: alert.acknowledgedAt,
    });
    expect(unanswered).not.toHaveProperty('acknowledgedAt');
  });

  it('are left alone while PINs are locked', async () => {
    const desk = setUp({ alert, locked: true });
    await desk.cancel('1248');
    expect(seen(desk)).toEqual([undefined]);
  });
});

describe('cancelling a drill', () => {
  const before: Partial<Alert> = {
    drill: true,
    pressedAt: '2026-11-22T19:59:00.000Z',
    utcOffsetMinutes: -480,
    deliveries: { family: { status: 'sent' } },
  };
  const today = '2026-11-22';
  const raises = ({ applied }: Desk) => applied.map(({ signal }) => signal?.raises);

  it.each(['4821', '1248'])('closes it with %s, and nobody hears of that', async (pin) => {
    const desk = setUp({ before });
    expect((await desk.cancel(pin)).status).toBe(200);
    const closedAt = new Date(start).toISOString();
    expect(desk.current().alert).toMatchObject({ state: 'closed', disposition: 'cancelled', closedAt });
    expect(desk.applied[0]?.listing).toEqual({ open: [], closed: [] });
    desk.pass(1000);
    await desk.cancel(pin);
    expect(desk.told()).toEqual([[['alert.cancelled.v1', []]], [['alert.cancelled.v1', []]]]);
    expect(desk.current().events.map(({ by }) => by.kind)).toEqual(['person', 'person']);
    expect(new Set(desk.current().events.map(({ eventId }) => eventId)).size).toBe(2);
    expect(desk.applied[1]).not.toHaveProperty('listing');
    expect(desk.current().alert).toMatchObject({ state: 'closed', closedAt });
    const at = new Date(start + retentionMs);
    expect(desk.applied.map(({ forget }) => forget)).toEqual([
      { at, timeline: [] },
      { at, timeline: [] },
    ]);
  });

  it('that an hour has closed keeps why, and its timeline goes with it', async () => {
    const closed = { state: 'closed', disposition: 'drill', closedAt: '2026-11-22T20:05:00.000Z' } as const;
    const desk = setUp({ before: { ...before, ...closed }, events: [duressEvent()] });
    await desk.cancel('4821');
    expect(desk.current().alert).toMatchObject(closed);
    expect(desk.applied[0]?.forget?.timeline).toHaveLength(1);
  });

  it('raises an alert that no phone finds with the duress PIN, once a day, and as much is written with the PIN', async () => {
    const [real, duress] = [setUp({ before }), setUp({ before })];
    for (const [desk, pin] of [
      [real, '4821'],
      [duress, '1248'],
    ] as const) {
      await desk.cancel(pin);
      await desk.cancel(pin);
      desk.pass(24 * 60 * 60_000);
      await desk.cancel(pin);
    }
    expect([raises(real), raises(duress)]).toEqual([
      [false, false, false],
      [true, false, true],
    ]);
    expect(real.applied[0]?.set).toMatchObject({ cancelledOn: today });
    expect(duress.applied[0]?.set).toMatchObject({ signalledOn: today });
    expect(duress.applied[1]?.set).toMatchObject({ cancelledOn: today });
    const { alertId: _own, ...alert } = duress.applied[0]!.signal!.alert;
    expect(alert).toEqual({
      familyId,
      deviceId: noDevice,
      origin: { kind: 'duress-drill', promisedAt: before.pressedAt },
      duress: true,
      state: 'raised',
      raisedAt: new Date(start).toISOString(),
      position: anAlert().position,
      utcOffsetMinutes: -480,
      drill: false,
      droppedFields: [],
      consularNotification: true,
      deliveries: {
        'family:trusted': { status: 'pending' },
        consulate: { status: 'pending' },
        ministry: { status: 'pending' },
      },
    });
  });

  it('leaves it as it is while PINs are locked, and the duress PIN raises its alert', async () => {
    const desk = setUp({ before, locked: true });
    for (const pin of ['4821', '1248']) expect((await desk.cancel(pin)).status).toBe(403);
    expect(raises(desk)).toEqual([false, true]);
    expect(desk.current().alert).toMatchObject({ state: 'raised' });
    expect(desk.current().alert).not.toHaveProperty('deviceView');
    expect(desk.current().events).toEqual([]);
    expect(desk.applied[0]).not.toHaveProperty('forget');
    expect(desk.applied[0]).not.toHaveProperty('listing');
  });
});

describe('the lists of the offices that were told', () => {
  const told = { alert: { toldConsulates: ['fresno', 'los-angeles'] } };

  it('lose a case with the PIN and keep it with the duress PIN', async () => {
    const [real, duress] = [setUp(told), setUp(told)];
    await real.cancel('4821');
    await duress.cancel('1248');
    expect(real.applied[0]?.listing).toEqual({ open: [], closed: ['fresno', 'los-angeles', 'ministry'] });
    expect(duress.applied[0]?.listing).toEqual({ open: ['fresno', 'los-angeles', 'ministry'], closed: [] });
  });

  it('lose one of which the office is told at this moment', async () => {
    const early = setUp({ before: {} });
    await early.cancel('4821');
    expect(early.applied[0]?.listing).toEqual({ open: [], closed: ['ministry', 'los-angeles'] });
  });

  // How many offices were told by then is what a captor must not learn from the time of an answer (G7).
  it('are not touched by a second cancellation', async () => {
    const duress = setUp(told);
    await duress.cancel('1248');
    await duress.cancel('4821');
    expect(duress.applied[1]).not.toHaveProperty('listing');
  });

  it('have no case that no office may hear of', async () => {
    const desk = setUp({ alert: { consularNotification: false } });
    await desk.cancel('4821');
    expect(desk.applied[0]?.listing).toEqual({ open: [], closed: [] });
  });
});

describe('while PINs are locked', () => {
  it('every PIN gets the answer of a wrong one, and one write', async () => {
    const answers = [];
    for (const pin of ['0000', '4821', '1248']) {
      const desk = setUp({ locked: true });
      answers.push(await desk.cancel(pin));
      expect([desk.apply, desk.pretend].map(({ mock }) => mock.calls.length)).toEqual(pin === '1248' ? [1, 0] : [0, 1]);
    }
    expect(answers[0]).toMatchObject({ status: 403, headers: { 'retry-after': '60' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const { headers, ...wrong } = await setUp().cancel('0000');
    expect(answers[0]).toEqual({ ...wrong, headers: { ...headers, 'retry-after': '60' } });
    expect(headers).not.toHaveProperty('retry-after');
  });

  it('the duress PIN tells officers, and nothing that phone or family see changes', async () => {
    const desk = setUp({ locked: true });
    await desk.cancel('1248');
    expect(desk.told()).toEqual([[toldUnderDuress]]);
    const { alert } = desk.current();
    expect(alert).toMatchObject({ state: 'raised' });
    expect(alert.duress).toBeUndefined();
    expect(alert.deviceView).toBeUndefined();
    expect(desk.applied[0]).not.toHaveProperty('forget');
    expect(desk.current().events[0]).not.toHaveProperty('asCancelled');
    await desk.cancel('1248');
    expect(desk.told()[1]).toEqual([['alert.cancelled-under-duress.v1', []]]);
  });

  it('the duress PIN opens no case that an officer has closed: the family would see it', async () => {
    const closed = { state: 'closed', disposition: 'safe', closedAt: '2026-11-22T20:06:00.000Z' } as const;
    const desk = setUp({ locked: true, alert: closed });
    await desk.cancel('1248');
    expect(desk.current().alert).toMatchObject(closed);
    expect(desk.applied).toHaveLength(1);
  });

  it('the PIN that comes after the lock does not close a case on which duress was signalled', async () => {
    const desk = setUp({ locked: true });
    await desk.cancel('1248');
    desk.tries.locked = false;
    expect((await desk.cancel('4821')).status).toBe(200);
    expect(desk.current().alert).toMatchObject({ state: 'raised', duress: true, deviceView: { state: 'closed' } });
    expect(desk.told()[1]?.map(([type]) => type)).toEqual(['alert.cancelled.v1', 'alert.cancelled-under-duress.v1']);
  });
});

describe('a cancellation that is refused', () => {
  it.each([[undefined], ['123'], ['12345678901234'], ['12a4'], [4821], ['48 21']])('400 to the PIN %j', async (pin) => {
    const desk = setUp();
    expect(await desk.cancel(pin)).toMatchObject({ status: 400, body: { errors: [{ field: 'pin' }] } });
    expect(desk.apply).not.toHaveBeenCalled();
  });

  it('403 to a wrong PIN, and nothing is written', async () => {
    const desk = setUp();
    expect((await desk.cancel('9999')).status).toBe(403);
    expect(desk.apply).not.toHaveBeenCalled();
    expect(desk.pretend).not.toHaveBeenCalled();
  });

  it('404 to an alert that the family does not have, 401 to an unknown token, before any PIN counts', async () => {
    const other = { pathParameters: { alertId: '33333333-3333-4333-8333-333333333333' } };
    expect((await setUp().cancel('4821', other)).status).toBe(404);
    expect((await setUp().cancel('4821', { pathParameters: { alertId: 'nothing' } })).status).toBe(404);
    expect((await setUp({ known: false }).cancel('4821')).status).toBe(401);
    expect((await setUp({ gone: true }).cancel('4821')).status).toBe(404);
  });

  it('500 when the case does not hold still, whichever PIN it was', async () => {
    for (const pin of ['4821', '1248']) {
      const desk = setUp();
      desk.apply.mockResolvedValue('conflict');
      expect((await desk.cancel(pin)).status).toBe(500);
      expect(desk.apply).toHaveBeenCalledTimes(5);
    }
  });

  it('is logged without the PIN, and cancelling without which PIN', async () => {
    const lines = logLines();
    for (const pin of ['4821', '1248']) await setUp().cancel(pin);
    const [real, duress] = lines.map((line) => line.replace(/"timestamp":"[^"]*"/, ''));
    expect(real).toBe(duress);
    expect(lines.join('')).not.toMatch(/4821|1248|duress/);
  });
});
