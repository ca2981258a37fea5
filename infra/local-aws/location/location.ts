import { serviceOf } from '../aws-input.ts';
import type { AwsService } from '../aws-service.ts';
import { collectionOperations } from './collections.ts';
import { forecastOperations } from './forecast.ts';
import { geofenceOperations } from './geofences.ts';
import type { LocationState } from './state.ts';

/** Amazon Location's geofences in this process, with what only its local user can see. */
export type LocalLocation = AwsService & {
  /** Each collection with the circles in it, oldest first; `center` in degrees on WGS 84. */
  readonly collections: () => readonly {
    readonly name: string;
    readonly geofences: readonly {
      readonly id: string;
      readonly center: { readonly longitude: number; readonly latitude: number };
      readonly radiusMeters: number;
    }[];
  }[];
};

export const createLocation = ({
  now,
  random = Math.random,
  region = 'us-east-1',
  account = '000000000000',
}: {
  readonly now: () => Date;
  /** @default Math.random */
  readonly random?: () => number;
  /** @default us-east-1 */
  readonly region?: string;
  /** @default 000000000000 */
  readonly account?: string;
}): LocalLocation => {
  const state: LocationState = { now, random, region, account, collections: new Map() };
  const service = serviceOf('Location', {
    ...collectionOperations(state),
    ...geofenceOperations(state),
    ...forecastOperations(state),
  });
  return {
    ...service,
    collections: () =>
      [...state.collections.values()].map(({ name, geofences }) => ({
        name,
        geofences: [...geofences.values()].map(({ id, center, radiusMeters }) => ({ id, center, radiusMeters })),
      })),
  };
};
