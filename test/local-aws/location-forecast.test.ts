import geographiclib from 'geographiclib-geodesic';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLocation } from '../../infra/local-aws/location/location.ts';

const now = new Date('2026-05-01T12:00:00Z');
const CollectionName = 'offices';
let turn = 0;
const location = createLocation({ now: () => now, random: () => (turn = (turn + 0.37) % 1) });

type Event = {
  EventId: string;
  GeofenceId: string;
  IsDeviceInGeofence: boolean;
  NearestDistance: number;
  EventType: string;
  ForecastedBreachTime?: Date;
  GeofenceProperties?: Record<string, string>;
};
type Answer = { ForecastedEvents: Event[]; NextToken?: string; DistanceUnit: string; SpeedUnit: string };

const ask = async (Position: number[], input: Record<string, unknown> = {}, Speed?: number) =>
  (await location.call('ForecastGeofenceEvents', {
    CollectionName,
    DeviceState: { Position, Speed },
    ...input,
  })) as Answer;

/** All within so many kilometres, page by page. */
const within = async (position: number[], kilometers: number) => {
  const events: Event[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await ask(position, { TimeHorizonMinutes: 60, NextToken }, kilometers);
    events.push(...answer.ForecastedEvents);
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return events;
};

const { WGS84 } = geographiclib.Geodesic;
const meters = ([longitude = 0, latitude = 0]: number[], office: { latitude: number; longitude: number }) =>
  WGS84.Inverse(latitude, longitude, office.latitude, office.longitude).s12 ?? Number.NaN;
/** Sixty offices in a crooked grid over a continent. */
const offices = Array.from({ length: 60 }, (_none, index) => ({
  id: `office-${index}`,
  latitude: 26 + 4 * Math.floor(index / 10) + (index % 7) / 10,
  longitude: -122 + 5.5 * (index % 10) + (index % 3) / 7,
}));
const [first] = offices;
const atFirst = [first!.longitude, first!.latitude];
/** North of the first office by so many metres. */
const northOf = (distance: number) => {
  const { lat2, lon2 } = WGS84.Direct(first!.latitude, first!.longitude, 0, distance);
  return [lon2!, lat2!];
};

beforeAll(async () => {
  await location.call('CreateGeofenceCollection', { CollectionName });
  for (const { id, latitude, longitude } of offices) {
    await location.call('PutGeofence', {
      CollectionName,
      GeofenceId: id,
      Geometry: { Circle: { Center: [longitude, latitude], Radius: 100 } },
      GeofenceProperties: { kind: 'office' },
    });
  }
});

// https://docs.aws.amazon.com/location/previous/APIReference/API_ForecastGeofenceEvents.html
describe('ForecastGeofenceEvents', () => {
  it('finds exactly the geofences whose edge lies within speed times horizon', async () => {
    const position = [-98.5, 39.8];
    for (const kilometers of [500, 1000, 2000, 5000]) {
      const expected = offices.filter((office) => meters(position, office) - 100 <= kilometers * 1000);
      const found = await within(position, kilometers);
      expect(found.map(({ GeofenceId }) => GeofenceId).sort()).toEqual(expected.map(({ id }) => id).sort());
    }
  });

  it('measures from the device to the edge of the circle, on the ellipsoid', async () => {
    const [event] = await within(northOf(20_100), 25);
    expect(event).toMatchObject({
      GeofenceId: first!.id,
      EventType: 'ENTER',
      IsDeviceInGeofence: false,
      GeofenceProperties: { kind: 'office' },
    });
    expect(event?.EventId).toMatch(/^[0-9a-f-]{36}$/);
    expect(event?.NearestDistance).toBeCloseTo(20, 6);
    // 20 km at 25 km/h
    expect(event?.ForecastedBreachTime?.toISOString()).toBe('2026-05-01T12:48:00.000Z');
  });

  it('answers in miles when asked in miles', async () => {
    const units = { DistanceUnit: 'Miles', SpeedUnit: 'MilesPerHour', TimeHorizonMinutes: 30 };
    const answer = await ask(northOf(100 + 1609.344 * 10), units, 30);
    expect(answer).toMatchObject({ DistanceUnit: 'Miles', SpeedUnit: 'MilesPerHour' });
    expect(answer.ForecastedEvents[0]?.NearestDistance).toBeCloseTo(10, 6);
  });

  it('tells EXIT from IDLE by whether the device can leave in time', async () => {
    const inside = { IsDeviceInGeofence: true, NearestDistance: 0 };
    expect((await ask(atFirst, { TimeHorizonMinutes: 1 }, 60)).ForecastedEvents).toMatchObject([
      { ...inside, EventType: 'EXIT', ForecastedBreachTime: new Date(now.getTime() + 6000) },
    ]);
    const [slow] = (await ask(atFirst, { TimeHorizonMinutes: 1 }, 1)).ForecastedEvents;
    expect(slow).toMatchObject({ ...inside, EventType: 'IDLE' });
    expect(slow?.ForecastedBreachTime).toBeUndefined();
  });

  it('only checks containment without a speed or without a horizon', async () => {
    expect((await ask(atFirst, { TimeHorizonMinutes: 60 })).ForecastedEvents).toMatchObject([{ EventType: 'IDLE' }]);
    expect((await ask(atFirst, {}, 900)).ForecastedEvents).toMatchObject([{ EventType: 'IDLE' }]);
    expect((await ask(northOf(200), {}, 900)).ForecastedEvents).toEqual([]);
    expect((await ask(northOf(99.9))).ForecastedEvents).toHaveLength(1);
  });

  it('answers at most 20 a page, each geofence once over all pages, in no useful order', async () => {
    const position = [-98.5, 39.8];
    const { ForecastedEvents, NextToken } = await ask(position, { TimeHorizonMinutes: 60 }, 30_000);
    expect(ForecastedEvents).toHaveLength(20);
    expect(NextToken).toEqual(expect.any(String));
    const all = (await within(position, 30_000)).map(({ GeofenceId }) => GeofenceId);
    expect(all.toSorted()).toEqual(offices.map(({ id }) => id).sort());
    const again = (await within(position, 30_000)).map(({ GeofenceId }) => GeofenceId);
    expect(again).not.toEqual(all);
    expect((await ask(position, { TimeHorizonMinutes: 60, MaxResults: 3 }, 30_000)).ForecastedEvents).toHaveLength(3);
  });

  it('refuses a page token of another question', async () => {
    const { NextToken } = await ask([-98.5, 39.8], { TimeHorizonMinutes: 60 }, 30_000);
    const other = ask([-98.5, 39.9], { TimeHorizonMinutes: 60, NextToken }, 30_000);
    await expect(other).rejects.toMatchObject({ code: 'ValidationException' });
    await expect(ask([-98.5, 39.8], { NextToken: 'made-up' })).rejects.toMatchObject({ code: 'ValidationException' });
  });

  it.each<[string, string, () => Promise<unknown>]>([
    ['latitude before longitude', 'DeviceState.Position', async () => ask([39.8, -98.5])],
    ['a position of one number', 'DeviceState.Position', async () => ask([39.8])],
    ['a negative speed', 'DeviceState.Speed', async () => ask(atFirst, {}, -1)],
    ['a negative horizon', 'TimeHorizonMinutes', async () => ask(atFirst, { TimeHorizonMinutes: -1 }, 1)],
    ['units of two systems', 'SpeedUnit', async () => ask(atFirst, { DistanceUnit: 'Miles' })],
    ['an unknown unit', 'DistanceUnit', async () => ask(atFirst, { DistanceUnit: 'Leagues' })],
    ['pages of 21', 'MaxResults', async () => ask(atFirst, { MaxResults: 21 })],
    ['pages of none', 'MaxResults', async () => ask(atFirst, { MaxResults: 0 })],
  ])('refuses %s, naming %s', async (_what, name, call) => {
    await expect(call()).rejects.toMatchObject({
      code: 'ValidationException',
      details: { reason: 'FieldValidationFailed', fieldList: [{ name }] },
    });
  });

  it('refuses a missing collection and what it does not understand', async () => {
    const DeviceState = { Position: atFirst };
    await expect(
      location.call('ForecastGeofenceEvents', { CollectionName: 'gone', DeviceState }),
    ).rejects.toMatchObject({ code: 'ResourceNotFoundException', statusCode: 404 });
    await expect(ask(atFirst, { Heading: 90 })).rejects.toMatchObject({ code: 'NotImplemented' });
    await expect(location.call('BatchEvaluateGeofences', {})).rejects.toThrow('Location BatchEvaluateGeofences');
  });
});
