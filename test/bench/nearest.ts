import { openConsulates } from '../../shared/data/consulates.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { cities, compareWithGeodesic, nearestByGeodesic } from '../support/places.ts';
import { spreadOf, type Spread } from '../load/measure.ts';

/** Microseconds of CPU to find the nearest of all open offices, and how many of 1,000 cities get another than the geodesic's. */
export type NearestResult = { readonly ours: Spread; readonly geodesic: Spread; readonly wrong: number };

const rounds = 15;

const microsecondsOf = (find: () => void): number => {
  const before = process.cpuUsage();
  find();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / cities.length;
};

export const measureNearest = (): NearestResult => {
  const times: { ours: number[]; geodesic: number[] } = { ours: [], geodesic: [] };
  // The first round warms up.
  for (let round = -1; round < rounds; round += 1) {
    const ours = microsecondsOf(() => cities.forEach((city) => nearestConsulates(city, openConsulates, 1)));
    const geodesic = microsecondsOf(() => cities.forEach((city) => nearestByGeodesic(city, openConsulates)));
    if (round >= 0) {
      times.ours.push(ours);
      times.geodesic.push(geodesic);
    }
  }
  const wrong = cities.filter((city) => {
    const [found] = nearestConsulates(city, openConsulates, 1);
    return found && !compareWithGeodesic(city, openConsulates, found.consulate).same;
  });
  return { ours: spreadOf(times.ours), geodesic: spreadOf(times.geodesic), wrong: wrong.length };
};
