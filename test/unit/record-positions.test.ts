import { describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../functions/record-positions/handler.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { Position, TrackPoint } from '../../shared/domain/position.ts';
import { onlyCase } from '../support/only-case.ts';
import { fakeCaseStore } from '../support/fake-case-store.ts';
import { aContext, aFamily, anAlert, anEvent, answerOf } from '../support/fixtures.ts';

const { position: _position, ...withoutPosition } = anAlert();
const position = { latitude: 36.7, longitude: -119.8, measuredAt: '2026-11-22T20:05:00-08:00' };

const setUp = (alert: Alert = withoutPosition, homePosition?: Position) => {
  const cases = fakeCaseStore(alert, aFamily());
  let now = Date.parse('2026-11-23T05:00:00.000Z');
  const faults = { broken: 0, conflicts: 0 };
  const added: TrackPoint[] = [];
  let newest: TrackPoint | undefined;
  const chooseConsulate = vi.fn(async (_facts: ChooseConsulateFacts): Promise<ChosenConsulate> => ({
    kind: 'chosen',
    assigned: { id: 'fresno', distanceMeters: 900, basis: 'location' },
  }));
  const handler = createHandler({
    devices: {
      authenticate: async () => ({
        device: { deviceId: 'd', familyId: alert.familyId },
        consularNotification: true,
        ...(homePosition && { homePosition }),
      }),
    },
    alerts: { get: async (_, alertId) => (alertId === alert.alertId ? cases.current().alert : undefined) },
    heads: onlyCase,
    cases: {
      apply: async (change) => {
        if (faults.broken > 0) {
          faults.broken -= 1;
          throw new Error('The table does not answer.');
        }
        if (faults.conflicts > 0) {
          faults.conflicts -= 1;
          return 'conflict';
        }
        return cases.store.apply(change);
      },
    },
    track: {
      add: async (_alert, points, last) => {
        added.push(...points);
        newest = [newest, last].toSorted((a, b) => (b?.measuredAt ?? '').localeCompare(a?.measuredAt ?? ''))[0];
        return last && newest;
      },
    },
    retentionMs: 1,
    openConsulates,
    chooseConsulate,
    now: () => new Date(now),
    newId: () => 'id',
  });
  const post = async (json: unknown, alertId = alert.alertId) =>
    answerOf(
      await handler(
        anEvent({
          ...(typeof json === 'string' ? { body: json } : { json }),
          pathParameters: { alertId },
          headers: { 'content-type': 'application/json', authorization: `Bearer ${alert.familyId}.${'s'.repeat(43)}` },
        }),
        aContext,
      ),
    );
  return {
    post,
    added,
    chooseConsulate,
    ...cases,
    pass: (minutes: number) => (now += minutes * 60_000),
    breakWrites: (count: number) => (faults.broken = count),
    conflictFor: (count: number) => (faults.conflicts = count),
  };
};

describe('POST /v1/alerts/{alertId}/positions', () => {
  it('keeps each position with its time in UTC, ours where the phone gave none', async () => {
    const { post, added } = setUp(anAlert());
    expect((await post({ positions: [position, { latitude: 36.8, longitude: -119.9 }] })).status).toBe(202);
    expect(added.map(({ measuredAt }) => measuredAt)).toEqual(['2026-11-23T04:05:00.000Z', '2026-11-23T05:00:00.000Z']);
  });

  it('finds the alert by its id however the phone writes it, as the press does', async () => {
    const { post } = setUp(anAlert());
    expect((await post({ positions: [position] }, `{${anAlert().alertId}}`)).status).toBe(202);
  });

  it('keeps the points beside one with a number that JSON has not', async () => {
    const { post, added } = setUp(anAlert());
    const of = (latitude: string) => `{"latitude": ${latitude}, "longitude":-119.8}`;
    const body = `{"positions":[${['NaN', '36.7', '-Infinity', '36.8'].map(of).join(',')}]}`;
    expect(await post(body)).toMatchObject({
      status: 202,
      body: { accepted: 2, dropped: [0, 2].map((index) => ({ index, field: 'latitude' })) },
    });
    expect(new Set(added.map(({ latitude }) => latitude))).toEqual(new Set([36.7, 36.8]));
    expect(await post('{"positions":[{"latitude":NaN,')).toMatchObject({ status: 400, body: { code: 'not-json' } });
    expect(await post('null')).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
  });

  it('keeps each point that can be read, and says of the others what could not', async () => {
    const { post, added } = setUp(anAlert());
    const place = { latitude: 36.7, longitude: -119.8 };
    const positions = [
      { latitude: '36,7', longitude: '-119.8', measuredAt: 'Mon, 23 Nov 2026 04:04:00 GMT' },
      { ...place, accuracyMeters: 1e20, measuredAt: '2026-11-23T04:06:00Z' },
      { ...place, longitude: 180.000_000_1 },
      null,
      { ...place, measuredAt: 'noon' },
    ];
    expect(await post({ positions })).toMatchObject({
      status: 202,
      body: {
        accepted: 3,
        dropped: [
          { index: 1, field: 'accuracyMeters' },
          { index: 2, field: 'longitude' },
          { index: 3, field: 'position' },
          { index: 4, field: 'measuredAt' },
        ],
      },
    });
    expect(added.map(({ measuredAt }) => measuredAt.slice(11, 16))).toEqual(['04:04', '04:06', '05:00']);
    expect(added[0]).toMatchObject(place);
  });

  it('lets the first trusted position decide the office, and tells everyone', async () => {
    const ministry = { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const;
    const { post, current } = setUp({ ...withoutPosition, consulate: ministry, toldConsulates: ['ministry'] });
    await post({ positions: [{ latitude: 0, longitude: 0 }, position] });
    expect(current().alert).toMatchObject({ consulate: { id: 'fresno' }, position: { latitude: 36.7 } });
    expect(current().events).toMatchObject([{ type: 'alert.located.v1', cause: 'position', previous: 'ministry' }]);
    expect(Object.keys(current().events[0]?.deliveries ?? {})).toEqual(['family', 'consulate:fresno', 'ministry']);
  });

  it('decides all the same when somebody changes the case at that moment', async () => {
    const { post, current, interrupt } = setUp(withoutPosition);
    interrupt({ duress: true });
    expect((await post({ positions: [position] })).status).toBe(202);
    expect(current().alert).toMatchObject({ duress: true, consulate: { id: 'fresno' } });
  });

  it('decides nothing once an officer has the case, also at that moment; officers are told where the phone is', async () => {
    const { post, current, interrupt } = setUp(withoutPosition);
    interrupt({ state: 'acknowledged' });
    expect((await post({ positions: [position] })).status).toBe(202);
    expect(current().alert).not.toHaveProperty('consulate');
    expect(current().events).toMatchObject([{ type: 'alert.position-moved.v1', position: { latitude: 36.7 } }]);
  });

  const milwaukee = { latitude: 43.0389, longitude: -87.9065 };
  const flawed = { latitude: 0, longitude: -88.1575, accuracyMeters: 165 };

  it('lets no position that is not trusted outvote the home, and the first trusted one decide', async () => {
    const home = { id: 'milwaukee', distanceMeters: 5, basis: 'home' } as const;
    const { post, current, chooseConsulate, added } = setUp(
      { ...withoutPosition, consulate: home, toldConsulates: ['milwaukee'] },
      milwaukee,
    );
    const atPress = { measuredAt: '2026-11-22T20:01:00Z' };
    const untrusted = [
      { ...flawed, ...atPress },
      { ...milwaukee, accuracyMeters: -1 },
    ];
    expect((await post({ positions: untrusted })).status).toBe(202);
    expect(chooseConsulate).not.toHaveBeenCalled();
    expect(current().events).toEqual([]);
    expect(added).toHaveLength(2);
    await post({ positions: [{ ...milwaukee, measuredAt: '2026-11-22T20:10:00Z' }, flawed] });
    expect(chooseConsulate).toHaveBeenCalledTimes(1);
    expect(chooseConsulate.mock.calls[0]?.[0]).toMatchObject({ position: milwaukee, homePosition: milwaukee });
    expect(current().alert.position).toMatchObject(milwaukee);
  });

  it('lets a trusted position decide again where one that is not trusted did', async () => {
    const office = { id: 'boston', distanceMeters: 5, basis: 'great-circle' } as const;
    const { post, current } = setUp(
      anAlert({ position: { latitude: 34.05, longitude: 0 }, consulate: office, toldConsulates: ['boston'] }),
    );
    await post({ positions: [position] });
    expect(current().events).toMatchObject([{ type: 'alert.located.v1', previous: 'boston' }]);
  });

  it('lets one that is not trusted decide where nothing else is known', async () => {
    const { post, current } = setUp(withoutPosition);
    await post({ positions: [{ ...position, accuracyMeters: -1 }] });
    expect(current().alert).toMatchObject({ consulate: { id: 'fresno' }, position: { invalid: true } });
  });

  it('tells the office before as well when another one has it now', async () => {
    const home = { id: 'los-angeles', distanceMeters: 5, basis: 'home' } as const;
    const { post, current } = setUp({ ...withoutPosition, consulate: home, toldConsulates: ['los-angeles'] });
    await post({ positions: [position] });
    expect(Object.keys(current().events[0]?.deliveries ?? {})).toEqual([
      'family',
      'consulate:los-angeles',
      'consulate:fresno',
      'ministry',
    ]);
  });

  it('keeps points without a clock, and by one that runs ahead, apart: measured now as far as we know', async () => {
    const { post, added } = setUp(anAlert());
    const ahead = (minute: number) => ({ ...position, longitude: -minute, measuredAt: `2027-01-01T00:0${minute}:00Z` });
    const { measuredAt: _none, ...unmeasured } = position;
    await post({ positions: [ahead(2), ahead(1), unmeasured, position] });
    const newestFirst = added.toSorted((a, b) => b.measuredAt.localeCompare(a.measuredAt));
    expect(newestFirst.map(({ longitude, measuredAt }) => [longitude, measuredAt])).toEqual([
      [-2, '2026-11-23T05:00:00.000Z'],
      [-1, '2026-11-23T04:59:59.999Z'],
      [-119.8, '2026-11-23T04:59:59.998Z'],
      [-119.8, '2026-11-23T04:05:00.000Z'],
    ]);
  });

  it.each([
    ['the press had a position', anAlert({ position })],
    ['the person did not authorise it', { ...withoutPosition, consularNotification: false }],
    ['the case is closed', { ...withoutPosition, state: 'closed' as const }],
    [
      'it was cancelled, with whichever PIN',
      { ...withoutPosition, deviceView: { state: 'closed', status: '{}', until: '2027-01-01T00:00:00.000Z' } as const },
    ],
  ])('decides nothing when %s, and keeps the positions all the same', async (_, alert) => {
    const { post, chooseConsulate, current, added } = setUp(alert);
    expect((await post({ positions: [position] })).status).toBe(202);
    expect(chooseConsulate).not.toHaveBeenCalled();
    expect(current().events.map(({ type }) => type)).not.toContain('alert.located.v1');
    expect(added).toHaveLength(1);
  });

  it.each([
    [{}, ['positions']],
    [{ positions: [] }, ['positions']],
    [{ positions: Array.from({ length: 101 }, () => position) }, ['positions']],
    [{ positions: [{ ...position, latitude: 91 }] }, ['positions.0.latitude']],
    [{ positions: ['here', { ...position, longitude: 'west' }] }, ['positions.0', 'positions.1.longitude']],
  ])('names what is wrong in %j', async (json, fields) => {
    const { status, body } = await setUp().post(json);
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(fields);
  });

  it('answers 404 for what is not this family’s', async () => {
    expect((await setUp().post({ positions: [position] }, '33333333-3333-4333-8333-333333333333')).status).toBe(404);
  });
});

describe('a phone on the move', () => {
  const at = (minute: number, kilometers: number) => ({
    latitude: 34.05 + kilometers / 111,
    longitude: -118.24,
    measuredAt: `2026-11-22T20:${String(minute).padStart(2, '0')}:00.000Z`,
  });
  const moves = (events: readonly CaseEvent[]) =>
    events.flatMap((event) =>
      event.type === 'alert.position-moved.v1' ? [event.position.measuredAt.slice(14, 16)] : [],
    );
  const pressed = anAlert({ position: at(0, 0), consulate: { id: 'fresno', distanceMeters: 1, basis: 'location' } });

  it('is told of once for a batch in any order, by its newest position', async () => {
    const { post, current } = setUp(pressed);
    await post({ positions: [at(5, 9), at(20, 3), at(10, 30), at(20, 3)] });
    expect(current().events).toMatchObject([
      {
        type: 'alert.position-moved.v1',
        position: at(20, 3),
        deliveries: { 'consulate:fresno': { status: 'pending' }, ministry: { status: 'pending' } },
      },
    ]);
    expect(current().events[0]!.deliveries).not.toHaveProperty('family');
  });

  it('is not told of backwards: an older batch that comes later says nothing new', async () => {
    const { post, current, pass } = setUp(pressed);
    await post({ positions: [at(30, 2)] });
    pass(20);
    await post({ positions: [at(10, 50), at(11, 60)] });
    expect(moves(current().events)).toEqual(['30']);
  });

  it('is told of when an older batch comes later and the newest had come too soon after another', async () => {
    const { post, current, pass } = setUp(pressed);
    await post({ positions: [at(30, 2)] });
    pass(5);
    await post({ positions: [at(35, 8)] });
    expect(moves(current().events)).toEqual(['30']);
    pass(5);
    await post({ positions: [at(20, 1)] });
    expect(moves(current().events)).toEqual(['30', '35']);
  });

  it('is told of once by two batches at once', async () => {
    const { post, current } = setUp(pressed);
    await Promise.all([
      post({ positions: [at(30, 2)] }),
      post({ positions: [at(31, 4)] }),
      post({ positions: [at(30, 2)] }),
    ]);
    expect(moves(current().events)).toHaveLength(1);
  });

  it('is told of all the same when somebody changes the case at that moment', async () => {
    const { post, current, interrupt } = setUp(pressed);
    interrupt({ state: 'acknowledged' });
    expect((await post({ positions: [at(30, 2)] })).status).toBe(202);
    expect(moves(current().events)).toEqual(['30']);
  });

  it('is told of by the phone’s second try when the first was lost between the track and the event', async () => {
    const { post, current, breakWrites } = setUp(pressed);
    breakWrites(1);
    expect((await post({ positions: [at(30, 2)] })).status).toBe(500);
    expect((await post({ positions: [at(30, 2)] })).status).toBe(202);
    expect(moves(current().events)).toEqual(['30']);
  });

  it('answers as ever although others change the case all the time, once it was cancelled', async () => {
    const deviceView = { state: 'closed', status: '{}', until: '2027-01-01T00:00:00.000Z' } as const;
    for (const [alert, status] of [
      [{ ...pressed, deviceView, duress: true as const }, 202],
      [pressed, 500],
    ] as const) {
      const { post, conflictFor } = setUp(alert);
      conflictFor(99);
      expect((await post({ positions: [at(30, 2)] })).status).toBe(status);
    }
  });
});
