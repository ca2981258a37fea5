import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { alertKey } from '../../shared/adapters/dynamo-keys.ts';
import { composeAnnounceToAuthorities } from '../../shared/compose-telling.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { casesNear } from '../../shared/domain/case/cases-near.ts';
import { bandOf, reachOfIncident } from '../../shared/domain/case/incident.ts';
import { incidentWaitMs } from '../../shared/domain/limits.ts';
import { distanceMeters } from '../../shared/domain/offices/distance.ts';
import { anAlert } from '../support/fixtures.ts';
import { pagesOf } from '../support/serving.ts';
import { type World, type WorldOptions, authorised, createWelcomedWorld, downtown } from '../support/world.ts';

const minute = 60_000;
/** So many metres north of it. */
const north = (meters: number) => ({ ...downtown, latitude: downtown.latitude + meters / 110_922 });

/** People in families of their own, in one world. */
const setUp = async (options: WorldOptions = {}) => {
  const world = await createWelcomedWorld({ registers: { consent: authorised }, ...options });
  let people = 0;
  /** Somebody presses whom nobody has heard of before. @returns their alert */
  const press = async (
    position: object | undefined,
    { registers = {}, ...overrides }: { registers?: object; drill?: boolean } = {},
  ): Promise<Alert> => {
    people += 1;
    world.skip(1000);
    const { family, token } = await world.newFamily({
      consent: authorised,
      person: { name: `Persona ${people}`, language: 'es' },
      contacts: [{ name: 'José', channel: 'sms', endpoint: `+1213555${String(people).padStart(4, '0')}` }],
      ...registers,
    });
    await world.stream();
    world.calls.length = 0;
    const alertId = await world.pressed({ position, ...overrides }, token);
    return read(world, family.familyId, alertId);
  };
  return { world, press };
};
const read = async (world: World, familyId: string, alertId: string): Promise<Alert> => {
  const alert = await world.of(composeAnnounceToAuthorities).alerts.get(familyId, alertId);
  if (!alert) throw new Error('no alert');
  return alert;
};
const again = async (world: World, { familyId, alertId }: Alert) => read(world, familyId, alertId);
const subjects = (world: World) =>
  world.calls
    .filter(({ operation, input }) => operation === 'Publish' && !String(input['TopicArn']).includes('family'))
    .map(({ input }) => String(input['Subject']));
/** As if this office alone had been told of a case. */
const tellOnly = async (world: World, { familyId, alertId }: Alert, office: string): Promise<void> => {
  const keys = [{ ...alertKey(familyId, alertId) }];
  for (const name of ['raisedTo', 'consulate']) {
    await world.set(keys, name, { id: office, distanceMeters: 1, basis: 'location' });
  }
  await world.set(keys, 'toldConsulates', [office]);
};
const documentOf = (world: World, topic: string): string =>
  world.published().find((one) => one.topic === topic)?.bodies['default'] ?? '';
const documents = (world: World, topic: string) =>
  world
    .published()
    .filter((one) => one.topic === topic)
    .map(({ bodies }) => JSON.parse(bodies['default'] ?? '{}') as Record<string, unknown>);

describe('presses of several people near each other', () => {
  it('are one incident, and the subject of each says which it is', async () => {
    const { world, press } = await setUp();
    const first = await press(downtown);
    expect([first.incident, subjects(world).some((subject) => subject.includes('cerca de'))]).toEqual([
      undefined,
      false,
    ]);
    const second = await press(north(900));
    expect(subjects(world)).toHaveLength(2);
    for (const subject of subjects(world))
      expect(subject).toMatch(/^ALERTA: .* - segunda alerta cerca de Los Angeles - /);
    const third = await press(north(-900));
    for (const subject of subjects(world)) expect(subject).toContain('tercera alerta cerca de Los Angeles');
    const fourth = await press(downtown);
    for (const subject of subjects(world)) expect(subject).toContain('4a alerta cerca de Los Angeles');
    const id = second.incident?.id;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect([(await again(world, first)).incident, second.incident, third.incident, fourth.incident]).toEqual([
      { id, nth: 1 },
      { id, nth: 2 },
      { id, nth: 3 },
      { id, nth: 4 },
    ]);
    expect(await world.of(composeAnnounceToAuthorities).incidents.members(id ?? '')).toHaveLength(4);
  });

  it('name the others in the document to whom was told of them', async () => {
    const { world, press } = await setUp();
    const first = await press(downtown);
    await press(north(500));
    const incident = { number: 2, cases: [{ caseId: `${first.familyId}.${first.alertId}`, raisedAt: first.raisedAt }] };
    expect(documents(world, 'los-angeles')).toMatchObject([{ incident }]);
    expect(documents(world, 'ministry')).toMatchObject([{ incident }]);
    await tellOnly(world, first, 'oxnard');
    await press(north(400));
    const [cases] = documents(world, 'los-angeles').map((document) => document['incident'] as { cases: unknown[] });
    expect(cases?.cases).toHaveLength(1);
    expect(JSON.stringify(cases)).not.toContain(first.alertId);
    expect(JSON.stringify(documents(world, 'ministry'))).toContain(first.alertId);
  });

  it.each([
    ['over 2 km away', async (press: (at: object) => Promise<Alert>) => press(north(2100))],
    ['of a drill', async (press: (at: object, options: object) => Promise<Alert>) => press(downtown, { drill: true })],
    [
      'without authorisation',
      async (press: (at: object, options: object) => Promise<Alert>) =>
        press(downtown, { registers: { consent: { ...authorised, consularNotification: false } } }),
    ],
    [
      'by a position that is not trusted',
      async (press: (at: object) => Promise<Alert>) => press({ ...downtown, accuracyMeters: 60_000 }),
    ],
  ] as const)('are not one incident with a press %s', async (_, other) => {
    const { world, press } = await setUp();
    const first = await press(downtown);
    const second = await other(press);
    expect([(await again(world, first)).incident, second.incident]).toEqual([undefined, undefined]);
    expect(JSON.stringify(world.published())).not.toContain('cerca de');
    const third = await press(downtown);
    expect(third.incident).toMatchObject({ nth: 2 });
  });

  it('are none after 30 minutes', async () => {
    const { world, press } = await setUp();
    await press(downtown);
    world.skip(30 * minute);
    expect((await press(downtown)).incident).toBeUndefined();
    world.skip(30 * minute - 1000);
    expect((await press(downtown)).incident).toMatchObject({ nth: 2 });
  });

  it('are none of one person who presses again and again', async () => {
    const { world, press } = await setUp();
    const first = await press(downtown);
    world.skip(1000);
    await world.press({ alertId: randomUUID(), position: downtown });
    world.skip(1000);
    await world.pressed({ alertId: randomUUID(), position: downtown });
    expect((await again(world, first)).incident).toMatchObject({ nth: 1 });
    expect((await press(downtown)).incident).toMatchObject({ nth: 3 });
  });

  it('have one id, however many are handled at once', async () => {
    const { world, press } = await setUp();
    const alerts: Alert[] = [];
    // They are stored, and then handled all at once by the watchman.
    world.break((operation, input) => operation === 'GetItem' && JSON.stringify(input).includes('NEWEST-CASE'));
    for (let index = 0; index < 6; index += 1) alerts.push(await press(north(index * 100)));
    world.mend();
    world.skip(minute);
    await world.round();
    const incidents = await Promise.all(alerts.map(async (alert) => (await again(world, alert)).incident));
    expect(new Set(incidents.map((incident) => incident?.id)).size).toBe(1);
    expect(incidents[0]).toMatchObject({ nth: 1 });
  });

  it.each(['Query', 'TransactWriteItems'])('are told at once while %s fails or never answers', async (broken) => {
    const isOfPlaces = (input: unknown): boolean => /PLACES#|INCIDENT#/.test(JSON.stringify(input));
    const { setTimeout } = globalThis;
    for (const mode of ['fails', 'never answers']) {
      const { world, press } = await setUp();
      await press(downtown);
      world.intercept(async ({ operation, input }, goOn) => {
        if (operation !== broken || !isOfPlaces(input)) return goOn();
        return mode === 'fails' ? Promise.reject(new Error('no')) : new Promise(() => undefined);
      });
      const timers = vi.spyOn(globalThis, 'setTimeout');
      const waited: number[] = [];
      timers.mockImplementation(((work: () => void, ms: number) => {
        if (ms !== incidentWaitMs) return setTimeout(work, ms);
        // Never waited for in earnest: only for what answers at once.
        return setTimeout(() => {
          waited.push(ms);
          work();
        }, 20);
      }) as typeof setTimeout);
      const { deliveries } = await press(downtown);
      timers.mockRestore();
      expect(subjects(world)).toHaveLength(2);
      expect([deliveries.consulate?.status, deliveries.ministry?.status]).toEqual(['sent', 'sent']);
      expect(waited.length > 0).toBe(mode === 'never answers');
    }
  });

  it('are named on the case page to whom was told of them, with links', async () => {
    const { world, press } = await setUp();
    const first = await press(downtown);
    const second = await press(downtown);
    const open = async (office: string, accept: string) => {
      const token = /\/c\/(\w+)/.exec(documentOf(world, office))?.[1] ?? '';
      return (await pagesOf(world)('GET /c/{token}', { token }, { accept })).body;
    };
    const shown = JSON.parse(await open('los-angeles', 'application/json'));
    expect(shown.incident).toMatchObject({
      incidentId: second.incident?.id,
      number: 2,
      cases: [{ alertId: first.alertId, person: { name: 'Persona 1' } }],
    });
    expect(await open('ministry', 'text/html')).toContain(`case=${first.familyId}.${first.alertId}`);
    // To an office that was not told of the first there is nothing but the number.
    await tellOnly(world, first, 'oxnard');
    expect(JSON.parse(await open('los-angeles', 'application/json')).incident).toMatchObject({ number: 2, cases: [] });
    world.break((operation, input) => operation === 'Query' && JSON.stringify(input).includes('INCIDENT#'));
    expect(JSON.parse(await open('los-angeles', 'application/json')).incident).toMatchObject({ number: 2, cases: [] });
  });

  it('have the same incident in the list of an office', async () => {
    const { world, press } = await setUp();
    const alerts = [await press(downtown), await press(downtown), await press(north(5000))];
    const token = /\/c\/(\w+)/.exec(documentOf(world, 'los-angeles'))?.[1] ?? '';
    const { body } = await pagesOf(world)('GET /o/{token}', { token }, { accept: 'application/json' });
    const { cases } = JSON.parse(body) as { cases: { alertId: string; incidentId?: string }[] };
    const listed = new Map(cases.map(({ alertId, incidentId }) => [alertId, incidentId]));
    const id = alerts[1]?.incident?.id;
    expect(alerts.map(({ alertId }) => listed.get(alertId))).toEqual([id, id, undefined]);
  });

  it('leave no more than ids, times and a place that is forgotten in an hour', async () => {
    const { world, press } = await setUp();
    await press(downtown);
    const second = await press(downtown);
    const left = world.table.all().filter((item) => /^(PLACES|INCIDENT)#/.test(item['pk']?.S ?? ''));
    expect(left.map((item) => item['itemType']?.S ?? '').toSorted()).toEqual([
      'incident-press',
      'incident-press',
      'press-place',
      'press-place',
    ]);
    for (const item of left) expect(JSON.stringify(item)).not.toMatch(/Persona|\+1/);
    const places = left.filter((item) => item['itemType']?.S === 'press-place');
    const latest = Math.max(...places.map((item) => Number(item['expiresAt']?.N) * 1000));
    expect(latest).toBeLessThanOrEqual(Date.parse(second.raisedAt) + 60 * minute);
  });
});

describe('what an incident reaches', () => {
  it('holds everything within 2 km and 30 minutes', () => {
    const degrees = fc.double({ min: -1, max: 1, noNaN: true });
    const place = fc.record({
      latitude: fc.double({ min: -70, max: 72, noNaN: true }),
      longitude: fc.double({ min: -179, max: 179, noNaN: true }),
    });
    const minutesOfDay = fc.integer({ min: 0, max: 24 * 60 - 1 });
    const later = fc.integer({ min: -30, max: 30 });
    const time = (minutes: number): string => new Date(Date.parse('2026-11-22') + minutes * minute).toISOString();
    fc.assert(
      fc.property(place, degrees, degrees, fc.record({ minutesOfDay, later }), (where, east, up, when) => {
        const scale = 0.018;
        const at = { ...where, raisedAt: time(when.minutesOfDay) };
        const other = {
          raisedAt: time(when.minutesOfDay + when.later),
          latitude: at.latitude + up * scale,
          longitude: at.longitude + (east * scale) / Math.cos((at.latitude * Math.PI) / 180),
        };
        const { bands, west, east: eastern } = reachOfIncident(at);
        expect(bands.length).toBeLessThanOrEqual(4);
        const isReached = bands.includes(bandOf(other)) && west <= other.longitude && other.longitude <= eastern;
        expect(distanceMeters(at, other) > 2000 || isReached).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is one band for nine in ten presses', () => {
    const counts = Array.from({ length: 5000 }, (_, index) => {
      const at = {
        latitude: 25 + index * 0.0047,
        longitude: -100,
        raisedAt: new Date(index * 7.3 * minute).toISOString(),
      };
      return reachOfIncident(at).bands.length;
    });
    expect(counts.filter((count) => count === 1).length).toBeGreaterThan(4400);
  });
});

it('of a case that is alone and the family’s first no other is read', async () => {
  const readCurrent = vi.fn();
  const deps = { cases: { readCurrent }, incidents: { members: vi.fn() } };
  expect(await casesNear(deps, { kind: 'ministry' }, anAlert({ ownCase: {} }))).toEqual({ incident: [] });
  expect(readCurrent).not.toHaveBeenCalled();
});
