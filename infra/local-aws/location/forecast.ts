import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { operationsOf, type Operation } from '../aws-input.ts';
import { parseJson } from '../json.ts';
import { geodesicMeters, mayBeWithin, type Point } from './distance.ts';
import { refuseInput, validationException } from './errors.ts';
import { checkPosition } from './geofences.ts';
import { collectionName, findCollection, type Geofence, type LocationState } from './state.ts';

const define = operationsOf(refuseInput);

const maxPage = 20;
const metersPer = { Kilometers: 1000, Miles: 1609.344 } as const;
const speedUnitOf = { Kilometers: 'KilometersPerHour', Miles: 'MilesPerHour' } as const;

/**
 * Which geofences a device may enter or leave within a time at its speed, whatever its heading; without speed or time,
 * those in which it is. The order of the answer is undocumented, so it is shuffled: nobody shall rely on one.
 * https://docs.aws.amazon.com/location/previous/APIReference/API_ForecastGeofenceEvents.html
 */
export const forecastOperations = (state: LocationState): Record<string, Operation> => ({
  ForecastGeofenceEvents: define(
    z.strictObject({
      CollectionName: collectionName,
      DeviceState: z.strictObject({ Position: z.array(z.number()), Speed: z.number().min(0).optional() }),
      TimeHorizonMinutes: z.number().min(0).optional(),
      DistanceUnit: z.enum(['Kilometers', 'Miles']).optional(),
      SpeedUnit: z.enum(['KilometersPerHour', 'MilesPerHour']).optional(),
      MaxResults: z.int().min(1).max(maxPage).optional(),
      NextToken: z.string().min(1).max(60_000).optional(),
    }),
    (input) => {
      const { DistanceUnit = 'Kilometers', SpeedUnit = 'KilometersPerHour', MaxResults = maxPage } = input;
      checkPosition(input.DeviceState.Position, 'DeviceState.Position');
      if (speedUnitOf[DistanceUnit] !== SpeedUnit) {
        throw validationException('FieldValidationFailed', 'SpeedUnit', `${SpeedUnit} does not match ${DistanceUnit}`);
      }
      const { geofences } = findCollection(state, input.CollectionName);
      const question = questionOf(input);
      const place = input.NextToken === undefined ? undefined : readToken(input.NextToken, question);
      const seed = place?.seed ?? Math.floor(state.random() * 2 ** 32);
      const start = place?.start ?? 0;
      const device = deviceOf(input.DeviceState, input.TimeHorizonMinutes, metersPer[DistanceUnit]);
      const near = [...geofences.values()].flatMap((geofence) => nearby(device, geofence));
      const page = shuffled(near, seed).slice(start, start + MaxResults);
      const end = start + MaxResults;
      return {
        ForecastedEvents: page.map((one) =>
          eventOf(one, device, { now: state.now(), metersPerUnit: metersPer[DistanceUnit] }),
        ),
        DistanceUnit,
        SpeedUnit,
        ...(end < near.length && { NextToken: writeToken({ question, seed, start: end }) }),
      };
    },
  ),
});

type Device = {
  readonly point: Point;
  /** Metres per minute; 0 when the request gives no speed or no time. */
  readonly speed: number;
  /** How far it gets within the time, in metres. */
  readonly reach: number;
};

const deviceOf = (
  {
    Position: [longitude = 0, latitude = 0],
    Speed = 0,
  }: { readonly Position: readonly number[]; readonly Speed?: number | undefined },
  minutes = 0,
  metersPerUnit: number,
): Device => {
  const speed = minutes === 0 ? 0 : (Speed * metersPerUnit) / 60;
  return { point: { longitude, latitude }, speed, reach: speed * minutes };
};

type Near = { readonly geofence: Geofence; /** Negative inside. */ readonly metersToEdge: number };

/** The geofence if the device is in it or may enter it in time. */
const nearby = ({ point, reach }: Device, geofence: Geofence): Near[] => {
  if (!mayBeWithin(reach + geofence.radiusMeters, point, geofence.center)) return [];
  const metersToEdge = geodesicMeters(point, geofence.center) - geofence.radiusMeters;
  return metersToEdge <= reach ? [{ geofence, metersToEdge }] : [];
};

const eventOf = (
  { geofence, metersToEdge }: Near,
  { speed, reach }: Device,
  { now, metersPerUnit }: { readonly now: Date; readonly metersPerUnit: number },
): Record<string, unknown> => {
  const isInside = metersToEdge <= 0;
  const metersToBreach = Math.abs(metersToEdge);
  const breaches = speed > 0 && metersToBreach <= reach;
  const moving = isInside ? 'EXIT' : 'ENTER';
  return {
    EventId: randomUUID(),
    GeofenceId: geofence.id,
    IsDeviceInGeofence: isInside,
    NearestDistance: Math.max(0, metersToEdge) / metersPerUnit,
    EventType: breaches ? moving : 'IDLE',
    ...(breaches && { ForecastedBreachTime: new Date(now.getTime() + (metersToBreach / speed) * 60_000) }),
    ...(geofence.properties !== undefined && { GeofenceProperties: geofence.properties }),
  };
};

/** What a token belongs to: another question must not continue this one's pages. */
const questionOf = ({ NextToken: _token, MaxResults: _size, ...question }: Record<string, unknown>): string =>
  createHash('sha256').update(JSON.stringify(question)).digest('base64url');

type Place = { readonly question: string; readonly seed: number; readonly start: number };

const writeToken = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

const placeSchema = z.strictObject({ question: z.string(), seed: z.int(), start: z.int().positive() });

const readToken = (token: string, question: string): Place => {
  const place = placeSchema.safeParse(parseJson(Buffer.from(token, 'base64url').toString()));
  if (!place.success || place.data.question !== question) {
    throw validationException('FieldValidationFailed', 'NextToken', 'Invalid NextToken');
  }
  return place.data;
};

/** The same order for the same seed, so that the pages of one search fit together. */
const shuffled = <Item>(items: readonly Item[], seed: number): readonly Item[] => {
  const draw = (index: number) => Math.imul((seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0, 0x85ebca6b) >>> 0;
  return items
    .map((item, index) => ({ item, rank: mix(draw(index)) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
};

const mix = (value: number): number => {
  const folded = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (folded ^ (folded >>> 13)) >>> 0;
};
