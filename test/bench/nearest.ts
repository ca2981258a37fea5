import { around } from 'geokdbush';
import KDBush from 'kdbush';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { Consulate } from '../../shared/domain/offices/consulate.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { cities, compareWithGeodesic, nearestByGeodesic } from '../support/places.ts';
import { spreadOf, type Spread } from '../load/measure.ts';

/** How the nearest of all open offices is found: microseconds of CPU, and how many of 1,000 cities get another than the geodesic's. */
export type Finder = { readonly name: string; readonly microseconds: Spread; readonly wrong: number };

const rounds = 15;

const microsecondsOf = (find: () => void): number => {
  const before = process.cpuUsage();
  find();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / cities.length;
};

/** What a tutorial would take: an index of points, and the great circle on a sphere. */
const index = new KDBush(openConsulates.length);
for (const { longitude, latitude } of openConsulates) index.add(longitude, latitude);
index.finish();

type City = (typeof cities)[number];
const finders: readonly { readonly name: string; readonly find: (city: City) => Consulate | undefined }[] = [
  { name: 'ours', find: (city) => nearestConsulates(city, openConsulates, 1)[0]?.consulate },
  {
    name: '`geokdbush`',
    find: ({ longitude, latitude }) => openConsulates[around(index, longitude, latitude, 1)[0] ?? -1],
  },
  {
    name: 'geodesic (asked only of offices that a sphere does not rule out)',
    find: (city) => nearestByGeodesic(city, openConsulates)[0]?.place,
  },
];

/** In turns, ours first. */
export const measureNearest = (): readonly Finder[] => {
  const times = finders.map((): number[] => []);
  // The first round warms up.
  for (let round = -1; round < rounds; round += 1) {
    for (const [place, { find }] of finders.entries()) {
      const spent = microsecondsOf(() => cities.forEach((city) => find(city)));
      if (round >= 0) times[place]?.push(spent);
    }
  }
  return finders.map(({ name, find }, place) => ({
    name,
    microseconds: spreadOf(times[place] ?? []),
    wrong: cities.filter((city) => {
      const found = find(city);
      return !found || !compareWithGeodesic(city, openConsulates, found).same;
    }).length,
  }));
};
