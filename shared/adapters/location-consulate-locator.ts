import type { LocationClientConfig } from '@aws-sdk/client-location';
import { ForecastGeofenceEventsCommand, LocationClient } from '@aws-sdk/client-location';
import * as z from 'zod';
import type { ConsulateLocator, ConsulateSearch } from '../domain/offices/choose-consulate.ts';

const maximumAttempts = 2;
const retryDelayMs = 50;

/**
 * One more try after a fixed short delay. The SDK's own waits up to a second after a throttled call: the 800 ms would be
 * over, and the search would count as slow.
 */
const quickRetry = {
  acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
  refreshRetryTokenForRetry: async (token, { errorType }) => {
    const count = token.getRetryCount() + 1;
    // Throttled, 5xx and silence may pass; anything else is refused again. The caller gets the fault of the attempt.
    if (errorType === 'CLIENT_ERROR' || count >= maximumAttempts) throw new Error('No further attempt.');
    return { getRetryCount: () => count, getRetryDelay: () => retryDelayMs };
  },
  recordSuccess: () => undefined,
} satisfies Extract<LocationClientConfig['retryStrategy'], { readonly acquireInitialRetryToken: unknown }>;

/**
 * A client for the search: all attempts fit into the 800 ms that the use case gives Location, so that one lost
 * packet or throttled call costs a retry and not the answer.
 */
export const createSearchClient = (): LocationClient =>
  new LocationClient({
    maxAttempts: maximumAttempts,
    retryStrategy: quickRetry,
    requestHandler: { connectionTimeout: 300, requestTimeout: 350, throwOnRequestTimeout: true },
  });

/** What the search reads of an answer; the rest is not used. */
const answerSchema = z.object({
  ForecastedEvents: z.array(
    z.object({ GeofenceId: z.string(), NearestDistance: z.number().nonnegative(), IsDeviceInGeofence: z.boolean() }),
  ),
  NextToken: z.string().optional(),
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
 * distance: 2,000 or 5,000 km would miss, or bring every office in pages of 20, and the 800 ms would not suffice.
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
    const page = answerSchema.parse(await client.send(command, { abortSignal: signal }));
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
  readonly client: Pick<LocationClient, 'send'>;
  readonly collectionName: string;
}): ConsulateLocator => ({
  nearest: async (search) => {
    for (const radius of radiiFor(search.expectedDistanceMeters)) {
      const found = await searchWithin(options.client, options.collectionName, radius, search);
      if (found) return { consulateId: found.consulateId };
    }
    return undefined;
  },
});
