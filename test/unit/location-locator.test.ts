import type { ForecastGeofenceEventsCommandInput } from '@aws-sdk/client-location';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocation } from '../../infra/local-aws/location/location.ts';
import {
  createLocationConsulateLocator,
  createSearchClient,
} from '../../shared/adapters/location-consulate-locator.ts';
import { createLocationGeofences } from '../../shared/adapters/location-geofences.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { chooseConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { cities, compareWithGeodesic, positionCount, randomPositions, seededRandom } from '../support/places.ts';
import { clientOf } from '../support/sdk-client.ts';
import { noDistricts } from '../support/no-districts.ts';

type Circle = { readonly id: string; readonly latitude: number; readonly longitude: number };

const collectionName = 'offices';

/** The adapter over the local Location: pages of 20 in an order that says nothing. `radii`: kilometres, one a page. */
const locationWith = async (circles: readonly Circle[]) => {
  const service = createLocation({ now: () => new Date(), random: seededRandom(7) });
  await service.call('CreateGeofenceCollection', { CollectionName: collectionName });
  const { client, sent } = clientOf(service);
  if (circles.length > 0) await createLocationGeofences(client).replaceAll(collectionName, circles);
  const locator = createLocationConsulateLocator({ client: () => client, collectionName });
  const radii = () =>
    sent
      .filter(({ operation }) => operation === 'ForecastGeofenceEvents')
      .map(({ input }) => (input as unknown as ForecastGeofenceEventsCommandInput).DeviceState!.Speed!);
  return { locator, radii };
};

const search = (
  position: { latitude: number; longitude: number },
  options: { exclude?: string[]; expected?: number } = {},
) => ({
  position,
  exclude: new Set(options.exclude),
  expectedDistanceMeters: options.expected ?? nearestConsulates(position, openConsulates, 1)[0]!.distanceMeters,
  signal: new AbortController().signal,
});

const fresno = { latitude: 36.7378, longitude: -119.7871 };
const honolulu = { latitude: 21.3069, longitude: -157.8583 };

const pressedAt = '2026-11-22T20:00:00.000Z';

describe('the nearest office by Amazon Location', () => {
  it.each([
    ['1,000 cities', cities],
    [`${positionCount} positions from Guam to Puerto Rico and across the border`, randomPositions(positionCount)],
    ["each office's own position", openConsulates],
  ])('agrees with the geodesic in one page for %s', async (_, places) => {
    const { locator, radii } = await locationWith(openConsulates);
    let same = 0;
    for (const position of places) {
      const chosen = await chooseConsulate(
        { locator, offices: openConsulates, ...noDistricts },
        { consularNotification: true, position, pressedAt },
      );
      if (chosen.kind !== 'chosen' || chosen.assigned.basis !== 'location') throw new Error('not by Location');
      const { id } = chosen.assigned;
      const office = openConsulates.find((candidate) => candidate.id === id)!;
      const { same: isSame, ratio } = compareWithGeodesic(position, openConsulates, office);
      if (isSame) same += 1;
      expect(ratio).toBeLessThanOrEqual(1.005);
    }
    expect(same / places.length).toBeGreaterThanOrEqual(0.995);
    expect(radii()).toHaveLength(places.length);
  });

  it('searches 500 km, and where no office is that near, just as far as our own distance', async () => {
    const { locator, radii } = await locationWith(openConsulates);
    await locator.nearest(search(fresno));
    await locator.nearest(search(honolulu));
    expect(radii()[0]).toBe(500);
    expect(radii()[1]! * 1_000).toBeGreaterThan(search(honolulu).expectedDistanceMeters);
    expect(radii()[1]! * 1_000).toBeLessThan(search(honolulu).expectedDistanceMeters * 1.03);
  });

  it('finds the nearest however wrong our own distance was', async () => {
    const { locator, radii } = await locationWith(openConsulates);
    expect(await locator.nearest(search(honolulu, { expected: 10 }))).toEqual({ consulateId: 'san-francisco' });
    expect([...new Set(radii())]).toEqual([500, 2_000, 5_000]);
    expect(await locator.nearest(search(fresno, { expected: 19_000_000 }))).toEqual({ consulateId: 'fresno' });
  });

  it('reads all pages before it decides, and skips excluded offices', async () => {
    const { locator, radii } = await locationWith(openConsulates);
    const told = ['san-francisco', 'san-jose'];
    expect(await locator.nearest(search(honolulu, { expected: 9_000_000, exclude: told }))).toEqual({
      consulateId: 'sacramento',
    });
    expect(radii()).toEqual([9_100, 9_100, 9_100]);
  });

  it('widens the search when every office it found is excluded', async () => {
    const { locator, radii } = await locationWith(
      openConsulates.filter(({ id }) => id === 'fresno' || id === 'boston'),
    );
    expect(await locator.nearest(search(fresno, { exclude: ['fresno'], expected: 100 }))).toEqual({
      consulateId: 'boston',
    });
    expect(radii()).toEqual([500, 2_000, 5_000]);
  });

  it('knows no office in an empty collection, having searched the whole Earth', async () => {
    const { locator, radii } = await locationWith([]);
    expect(await locator.nearest(search(fresno))).toBeUndefined();
    expect(radii()).toEqual([500, 2_000, 5_000, 10_000, 20_100]);
  });

  it('orders offices of the same distance by id', async () => {
    const twins = ['b', 'a', 'c'].map((id) => ({ id, latitude: 37, longitude: -119 }));
    expect(await (await locationWith(twins)).locator.nearest(search(fresno))).toEqual({ consulateId: 'a' });
  });

  it('takes the office in whose circle the phone stands', async () => {
    const circles = [
      { id: 'here', ...fresno },
      { id: 'a-neighbour', latitude: fresno.latitude + 0.00181, longitude: fresno.longitude },
    ];
    expect(await (await locationWith(circles)).locator.nearest(search(fresno))).toEqual({ consulateId: 'here' });
  });

  it('stops when nobody waits any more', async () => {
    const signal = AbortSignal.abort();
    await expect((await locationWith(openConsulates)).locator.nearest({ ...search(fresno), signal })).rejects.toThrow(
      'aborted',
    );
  });

  it('throws on an answer that is not what AWS documents', async () => {
    const send = async () => ({ ForecastedEvents: [{ GeofenceId: 'fresno' }] });
    const locator = createLocationConsulateLocator({
      client: () => ({ send }),
      collectionName: 'offices',
    });
    await expect(locator.nearest(search(fresno))).rejects.toThrow('NearestDistance');
  });
});

describe('the client of the search', () => {
  beforeEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, 'test');
    vi.stubEnv('AWS_REGION', 'us-east-1');
  });
  afterEach(() => vi.unstubAllEnvs());

  /** The real client; each attempt fails with the next of these, and finds Fresno when none is left. */
  const failingWith = (faults: readonly Error[]) => {
    const client = createSearchClient();
    const attempts: number[] = [];
    client.middlewareStack.add(
      () => async () => {
        attempts.push(attempts.length);
        const fault = faults[attempts.length - 1];
        if (fault) throw fault;
        const found = { GeofenceId: 'fresno', NearestDistance: 3, IsDeviceInGeofence: false };
        return { response: {}, output: { $metadata: {}, ForecastedEvents: [found] } } as never;
      },
      { step: 'deserialize', priority: 'high', name: 'answers' },
    );
    const locator = createLocationConsulateLocator({ client: () => client, collectionName });
    return { attempts, locator };
  };
  const fault = (name: string, httpStatusCode: number): Error =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
  const choiceBy = async (locator: ReturnType<typeof createLocationConsulateLocator>) =>
    chooseConsulate(
      { locator, offices: openConsulates, ...noDistricts },
      { consularNotification: true, position: fresno, pressedAt },
    );

  it.each([
    ['throttled', fault('ThrottlingException', 429)],
    ['refused', fault('AccessDeniedException', 403)],
    ['slow', fault('TimeoutError', 504)],
  ])('says that a search was %s, and does not ask again: our own distance is as good', async (reason, each) => {
    const { attempts, locator } = failingWith([each]);
    expect(await choiceBy(locator)).toMatchObject({ assigned: { basis: 'great-circle' }, fallbackReason: reason });
    expect(attempts).toHaveLength(1);
  });
});
