import { afterAll, beforeEach, expect, test } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import { districtAt } from '../../shared/data/districts.ts';
import { pressed, registeredFamilies, statusOf } from '../support/announced.ts';
import { startStack } from '../support/local-stack.ts';
import { cities, geodesicMeters, nearestByGeodesic, type Place } from '../support/places.ts';

const stack = await startStack();
beforeEach(stack.reset);
afterAll(stack.close);

const ranked = cities.map((place) => {
  const [nearest, next] = nearestByGeodesic(place, openConsulates, 2);
  return { place, nearest: nearest!, margin: next!.meters / nearest!.meters - 1 };
});

/**
 * Where a wrong search would show: for each office the farthest city that it is nearest to (Alaska, Hawaii and Puerto
 * Rico among them), and the cities that are almost as near to a second one. Every city is searched in test/unit/location-locator.test.ts.
 */
const sample = [
  ...Map.groupBy(
    ranked.toSorted((a, b) => b.nearest.meters - a.nearest.meters),
    ({ nearest }) => nearest.place.id,
  ).values(),
].map(([farthest]) => farthest!);
const closeCalls = ranked.toSorted((a, b) => a.margin - b.margin).slice(0, 12);
const hard = [...new Set([...closeCalls, ...sample])].filter((_, index) => index % 2 === 0);

const expectNearest = ({ place, nearest }: (typeof ranked)[number], id: string, distanceMeters: number): void => {
  const meters = geodesicMeters(
    place,
    openConsulates.find((office) => office.id === id)!,
  );
  // Half a percent for the sphere against the ellipsoid, and whole metres.
  const near = meters <= nearest.meters * 1.005;
  const told = Math.abs(distanceMeters - meters) < 1 + meters * 0.006;
  expect({ place: place.name, id, near, told }).toEqual({ place: place.name, id, near: true, told: true });
};

const positionOf = ({ latitude, longitude }: Place) => ({ latitude, longitude });

test('GET /v1/consulates names the nearest offices of each place first, and asks Location nothing', async () => {
  expect(hard.length).toBeGreaterThan(25);
  for (const city of hard) {
    const { latitude, longitude } = city.place;
    const { status, json } = await stack.send(
      'GET',
      `/v1/consulates?latitude=${latitude}&longitude=${longitude}&limit=3`,
    );
    expect(status).toBe(200);
    const found = json.consulates as { id: string; distanceMeters: number }[];
    expectNearest(city, found[0]!.id, found[0]!.distanceMeters);
    expect(found).toHaveLength(3);
    expect(found.map(({ distanceMeters }) => distanceMeters)).toEqual(
      found.map(({ distanceMeters }) => distanceMeters).toSorted((a, b) => a - b),
    );
  }
  expect(stack.calls({ service: 'location' })).toEqual([]);
});

test.each([
  ['through Amazon Location', 'location', hard.slice(0, 21)],
  ['by our own distance when Location fails', 'great-circle', hard.slice(0, 5)],
])('a press in each place finds the nearest office %s, and the responsible one', async (_, basis, places) => {
  if (basis === 'great-circle') stack.fault({ service: 'location', mode: 'error' });
  let decided = 0;
  const families = await registeredFamilies(stack, places.length);
  for (const [index, city] of places.entries()) {
    const { auth } = families[index]!;
    const alertId = await pressed(stack, auth, { position: positionOf(city.place) });
    // Where another office is responsible, the nearest stands beside it.
    const { consulate, nearest = consulate } = await statusOf(stack, auth, alertId);
    expectNearest(city, nearest.id, nearest.distanceMeters);
    expect(consulate.id).toBe(districtAt(city.place)?.office ?? nearest.id);
    if (nearest.basis === basis) decided += 1;
    for (const { id } of [consulate, nearest]) {
      expect(stack.inbox({ topic: `alert-button-consulate-${id}` }).length).toBeGreaterThan(0);
    }
  }
  // On a machine under load a search may miss its time, and then it is our own distance that decides.
  expect(decided / places.length).toBeGreaterThan(0.9);
});
