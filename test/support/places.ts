import { readFileSync } from 'node:fs';
import geographiclib from 'geographiclib-geodesic';

export type Place = {
  readonly name: string;
  readonly state: string;
  readonly latitude: number;
  readonly longitude: number;
};
type Point = { readonly latitude: number; readonly longitude: number };

/** 1,000 real US cities (us-cities.LICENSE.md). */
export const cities: readonly Place[] = readFileSync(new URL('us-cities.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [name = '', state = '', , latitude, longitude] = line.split(',');
    return { name, state, latitude: Number(latitude), longitude: Number(longitude) };
  });

const { Geodesic } = geographiclib;

/** The oracle: the geodesic on WGS 84 in metres, by an implementation that is not ours. */
export const geodesicMeters = (from: Point, to: Point): number => {
  const { s12 } = Geodesic.WGS84.Inverse(from.latitude, from.longitude, to.latitude, to.longitude, Geodesic.DISTANCE);
  if (s12 === undefined) throw new Error('the oracle gave no distance');
  return s12;
};

/** Metres on a sphere: never more than 0.6 % from the geodesic. */
const sphereMeters = (from: Point, to: Point): number => {
  const radians = Math.PI / 180;
  const [a, b] = [from.latitude * radians, to.latitude * radians];
  const half = Math.sin((b - a) / 2) ** 2;
  const across = Math.cos(a) * Math.cos(b) * Math.sin(((to.longitude - from.longitude) * radians) / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(half + across));
};

/** The `count` nearest by the oracle, which is asked of those only that the sphere does not rule out. */
export const nearestByGeodesic = <P extends Point>(
  from: Point,
  places: readonly P[],
  count = 1,
): { place: P; meters: number }[] => {
  const rough = places.map((place) => ({ place, meters: sphereMeters(from, place) }));
  const farthest = rough.map(({ meters }) => meters).toSorted((a, b) => a - b)[count - 1]! * 1.02 + 1;
  return rough
    .filter(({ meters }) => meters <= farthest)
    .map(({ place }) => ({ place, meters: geodesicMeters(from, place) }))
    .toSorted((a, b) => a.meters - b.meters)
    .slice(0, count);
};

/** How `chosen` compares with the nearest by the oracle: `ratio` is at least 1. */
export const compareWithGeodesic = <P extends Point>(
  from: Point,
  places: readonly P[],
  chosen: P,
): { same: boolean; ratio: number } => {
  const nearest = nearestByGeodesic(from, places)[0]!;
  const same = nearest.place === chosen;
  // At an office's own door every distance is 0, and another office's would be infinitely farther.
  return { same, ratio: same ? 1 : geodesicMeters(from, chosen) / nearest.meters };
};

/** Numbers in [0, 1), the same in every run (mulberry32). */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** How many random positions a comparison takes; POSITIONS=10000 in CI. */
export const positionCount = Number(process.env['POSITIONS'] ?? 300);

/** Positions from Guam (144° E) over the date line to Puerto Rico, from Mexico and Central America to Alaska and Canada. */
export const randomPositions = (count: number, seed = 20_261_130): Point[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const east = 144 + random() * (360 - 65 - 144);
    return { latitude: 12 + random() * 60, longitude: east > 180 ? east - 360 : east };
  });
};
