import { ForecastGeofenceEventsCommand, LocationClient } from '@aws-sdk/client-location';
import * as v from 'valibot';
import { locationBudgetMs } from '../domain/limits.ts';
import type { ConsulateLocator, ConsulateSearch } from '../domain/offices/choose-consulate.ts';
import { readAs } from '../domain/shape.ts';
import { quietLogger } from './quiet-logger.ts';

/**
 * A client for the search. One attempt: the second would be over later than anybody waits, and our own distance is as good.
 */
export const createSearchClient = (): LocationClient =>
  new LocationClient({
    logger: quietLogger,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: locationBudgetMs,
      requestTimeout: locationBudgetMs,
      throwOnRequestTimeout: true,
    },
  });

/** What the search reads of an answer; the rest is not used. */
const answerSchema = v.object({
  ForecastedEvents: v.array(
    v.object({
      GeofenceId: v.string(),
      NearestDistance: v.custom<number>((value) => Number.isFinite(value) && Number(value) >= 0),
      IsDeviceInGeofence: v.boolean(),
    }),
  ),
  NextToken: v.optional(v.string()),
});

type Found = { readonly consulateId: string; readonly kilometers: number };

const nearerOf = (a: Found | undefined, b: Found): Found => {
  if (!a) return b;
  if (a.kilometers !== b.kilometers) return a.kilometers < b.kilometers ? a : b;
  return a.consulateId < b.consulateId ? a : b;
};

// At most 12 offices lie within 500 km of any place in the USA: one page. The last is half the Earth's circumference.
const radiiKilometers = [500, 2_000, 5_000, 10_000, 20_100];

/**
 * Radii to search, one after the other until one finds an office. Any radius that finds one has found the nearest,
 * so these decide only how many calls it takes. In Alaska, Hawaii or Guam the first is just wider than our own
 * distance: 2,000 or 5,000 km would miss, or bring every office in pages of 20, and the time would not suffice.
 */
const radiiFor = (expectedDistanceMeters: number): number[] => {
  const first = Math.max(500, Math.ceil((expectedDistanceMeters / 1_000) * 1.01 + 10));
  return [first, ...radiiKilometers.filter((radius) => radius > first)];
};

const searchWithin = async (
  client: Pick<LocationClient, 'send'>,
  collectionName: string,
  radiusKilometers: number,
  { position, exclude, signal }: ConsulateSearch,
): Promise<Found | undefined> => {
  let nearest: Found | undefined;
  let nextToken: string | undefined;
  do {
    const command = new ForecastGeofenceEventsCommand({
      CollectionName: collectionName,
      // The forecast regards every heading, so speed times horizon is the radius of a circle.
      DeviceState: { Position: [position.longitude, position.latitude], Speed: radiusKilometers },
      TimeHorizonMinutes: 60,
      SpeedUnit: 'KilometersPerHour',
      DistanceUnit: 'Kilometers',
      MaxResults: 20,
      NextToken: nextToken,
    });
    const page = readAs(answerSchema, await client.send(command, { abortSignal: signal }));
    for (const event of page.ForecastedEvents) {
      if (exclude.has(event.GeofenceId)) continue;
      const kilometers = event.IsDeviceInGeofence ? 0 : event.NearestDistance;
      nearest = nearerOf(nearest, { consulateId: event.GeofenceId, kilometers });
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return nearest;
};

/**
 * The nearest office by Amazon Location: one geofence per office, whose id is the office's. All pages are read, since
 * AWS documents no order of the events. Distances are to the edge of circles that are equally large, so they rank as
 * those to the offices do.
 * https://docs.aws.amazon.com/location/latest/APIReference/API_ForecastGeofenceEvents.html
 */
export const createLocationConsulateLocator = (options: {
  readonly client: () => Pick<LocationClient, 'send'>;
  readonly collectionName: string;
}): ConsulateLocator => ({
  nearest: async (search) => {
    for (const radius of radiiFor(search.expectedDistanceMeters)) {
      const found = await searchWithin(options.client(), options.collectionName, radius, search);
      if (found) return { consulateId: found.consulateId };
    }
    return undefined;
  },
});
