import * as z from 'zod';
import { notUnderstood, operationsOf, pageOf, type Operation } from '../aws-input.ts';
import { AwsError } from '../aws-service.ts';
import { notFound, refuseInput, validationException } from './errors.ts';
import { collectionName, findCollection, type Collection, type Geofence, type LocationState } from './state.ts';

const define = operationsOf(refuseInput);

const geofenceId = z.string();

/** https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_GeofenceGeometry.html */
const geometry = z.strictObject({
  Circle: z.strictObject({ Center: z.array(z.number()), Radius: z.number() }).optional(),
  Polygon: z.unknown().optional(),
  MultiPolygon: z.unknown().optional(),
  Geobuf: z.unknown().optional(),
});

const entry = {
  GeofenceId: geofenceId,
  Geometry: geometry,
  GeofenceProperties: z.record(z.string(), z.string()).optional(),
};
type Entry = z.output<z.ZodObject<typeof entry>>;

const maxBatch = 10;
const maxRadiusMeters = 100_000;
const pageSize = 100;

export const geofenceOperations = (state: LocationState): Record<string, Operation> => ({
  /** Entries fail one by one: https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_BatchPutGeofence.html */
  BatchPutGeofence: define(
    z.strictObject({ CollectionName: collectionName, Entries: z.array(z.strictObject(entry)).min(1).max(maxBatch) }),
    ({ CollectionName, Entries }) => {
      const collection = findCollection(state, CollectionName);
      const Successes: unknown[] = [];
      const Errors: unknown[] = [];
      for (const given of Entries) {
        try {
          Successes.push(put(state, collection, given));
        } catch (error) {
          if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
          Errors.push({ GeofenceId: given.GeofenceId, Error: { Code: 'ValidationError', Message: error.message } });
        }
      }
      return { Successes, Errors };
    },
  ),

  /** https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_PutGeofence.html */
  PutGeofence: define(z.strictObject({ CollectionName: collectionName, ...entry }), ({ CollectionName, ...given }) =>
    put(state, findCollection(state, CollectionName), given),
  ),

  /** https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_GetGeofence.html */
  GetGeofence: define(
    z.strictObject({ CollectionName: collectionName, GeofenceId: geofenceId }),
    ({ CollectionName, GeofenceId }) => {
      const geofence = findCollection(state, CollectionName).geofences.get(GeofenceId);
      if (geofence === undefined) throw notFound(`Geofence ${GeofenceId}`);
      return describe(geofence);
    },
  ),

  /** Pages of 100: https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_ListGeofences.html */
  ListGeofences: define(
    z.strictObject({
      CollectionName: collectionName,
      NextToken: z.string().optional(),
      MaxResults: z.int().min(1).max(pageSize).optional(),
    }),
    ({ CollectionName, NextToken, MaxResults = pageSize }) => {
      const { geofences } = findCollection(state, CollectionName);
      const page = pageOf([...geofences.values()], MaxResults, NextToken);
      if (page === undefined) throw validationException('FieldValidationFailed', 'NextToken', 'Invalid NextToken');
      return { Entries: page.items.map(describe), ...(page.nextToken !== undefined && { NextToken: page.nextToken }) };
    },
  ),

  /** https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_BatchDeleteGeofence.html */
  BatchDeleteGeofence: define(
    z.strictObject({ CollectionName: collectionName, GeofenceIds: z.array(geofenceId).min(1).max(maxBatch) }),
    ({ CollectionName, GeofenceIds }) => {
      const { geofences } = findCollection(state, CollectionName);
      const missing = GeofenceIds.filter((id) => !geofences.delete(id));
      return {
        Errors: missing.map((id) => ({
          GeofenceId: id,
          Error: { Code: 'ResourceNotFoundError', Message: `Geofence ${id} not found` },
        })),
      };
    },
  ),
});

const put = (state: LocationState, { geofences }: Collection, given: Entry): Record<string, unknown> => {
  checkEntry(given);
  const { GeofenceId: id, Geometry, GeofenceProperties: properties } = given;
  const [longitude = 0, latitude = 0] = Geometry.Circle?.Center ?? [];
  const updatedAt = state.now();
  const createdAt = geofences.get(id)?.createdAt ?? updatedAt;
  const radiusMeters = Geometry.Circle?.Radius ?? 0;
  geofences.set(id, { id, center: { longitude, latitude }, radiusMeters, properties, createdAt, updatedAt });
  return { GeofenceId: id, CreateTime: createdAt, UpdateTime: updatedAt };
};

const checkEntry = ({ GeofenceId, Geometry, GeofenceProperties = {} }: Entry): void => {
  const refuse = (field: string, message: string) => validationException('FieldValidationFailed', field, message);
  if (!/^[-._\p{L}\p{N}]{1,100}$/u.test(GeofenceId)) throw refuse('GeofenceId', 'Invalid geofence id');
  const { Circle, ...others } = Geometry;
  const [other] = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (other !== undefined && Circle === undefined) throw notUnderstood(`a geofence's ${other}`);
  if (other !== undefined) throw refuse('Geometry', 'Only one type of geometry can be specified');
  if (Circle === undefined) throw refuse('Geometry', 'A geometry must be specified');
  checkPosition(Circle.Center, 'Geometry.Circle.Center');
  // "Must be greater than zero and no larger than 100,000": API_WaypointGeofencing_Circle.html
  if (Circle.Radius <= 0 || Circle.Radius > maxRadiusMeters) {
    throw refuse('Geometry.Circle.Radius', `Radius must be greater than 0 and at most ${maxRadiusMeters} meters`);
  }
  const properties = Object.entries(GeofenceProperties);
  const fit = properties.every(([key, value]) => inside(key.length, 1, 20) && inside(value.length, 1, 40));
  if (properties.length > 3 || !fit) {
    throw refuse('GeofenceProperties', 'At most 3 properties, keys of 1 to 20 and values of 1 to 40 characters');
  }
};

/** `[longitude, latitude]`, in this order: the commonest mistake, and one that many points in the Americas reveal. */
export const checkPosition = (position: readonly number[], field: string): void => {
  const [longitude, latitude] = position;
  const valid =
    position.length === 2 &&
    longitude !== undefined &&
    latitude !== undefined &&
    inside(longitude, -180, 180) &&
    inside(latitude, -90, 90);
  if (!valid) {
    throw validationException('FieldValidationFailed', field, `${field} must be [longitude, latitude] within range`);
  }
};

const inside = (value: number, min: number, max: number): boolean => value >= min && value <= max;

const describe = (geofence: Geofence): Record<string, unknown> => ({
  GeofenceId: geofence.id,
  Geometry: {
    Circle: { Center: [geofence.center.longitude, geofence.center.latitude], Radius: geofence.radiusMeters },
  },
  Status: 'ACTIVE',
  CreateTime: geofence.createdAt,
  UpdateTime: geofence.updatedAt,
  ...(geofence.properties !== undefined && { GeofenceProperties: geofence.properties }),
});
