import { expect, it } from 'vitest';
import { allTowns, nearestTown } from '../../shared/data/towns.ts';
import { randomPositions } from '../support/places.ts';

it('a place gets the town that is nearest of all, not of its state alone', () => {
  const towns = allTowns();
  expect(towns.length).toBeGreaterThan(1_000);
  const places = [...randomPositions(500), { latitude: 51.9, longitude: 179.5 }, { latitude: 13.4, longitude: 144.7 }];
  for (const { latitude, longitude } of places) {
    const squares = towns.map((town) => {
      const apart = Math.abs(town.longitude - longitude);
      const east = Math.min(apart, 360 - apart) * Math.cos((latitude * Math.PI) / 180);
      return { name: town.name, square: east ** 2 + (town.latitude - latitude) ** 2 };
    });
    const [nearest] = squares.toSorted((a, b) => a.square - b.square);
    expect(nearestTown({ latitude, longitude }).name).toBe(nearest?.name);
  }
  for (const town of towns) expect(nearestTown(town)).toEqual({ name: town.name, distanceMeters: 0 });
});
