import * as z from 'zod';
import type { Point } from './distance.ts';
import { notFound } from './errors.ts';

export type Geofence = {
  readonly id: string;
  readonly center: Point;
  readonly radiusMeters: number;
  readonly properties: Readonly<Record<string, string>> | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

export type Collection = {
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly kmsKeyId: string | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** By id, oldest first. */
  readonly geofences: Map<string, Geofence>;
};

export type LocationState = {
  readonly now: () => Date;
  /** 0 up to 1; decides the order of forecast events. */
  readonly random: () => number;
  readonly region: string;
  readonly account: string;
  /** By name, oldest first. */
  readonly collections: Map<string, Collection>;
};

/** https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_CreateGeofenceCollection.html */
export const collectionName = z
  .string()
  .regex(/^[-._\w]{1,100}$/, 'must be 1 to 100 letters, digits, hyphens, periods or underscores');

export const findCollection = (state: LocationState, name: string): Collection => {
  const collection = state.collections.get(name);
  if (collection === undefined) throw notFound(`Geofence collection ${name}`);
  return collection;
};
