import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { cities, compareWithGeodesic, positionCount, randomPositions } from '../support/places.ts';

const position = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('offices by distance', () => {
  it.each([
    ['1,000 cities', cities],
    [`${positionCount} positions from Guam to Puerto Rico and across the border`, randomPositions(positionCount)],
    ["each office's own position", openConsulates],
  ])('agrees with the geodesic for %s', (_, places) => {
    let same = 0;
    for (const place of places) {
      const chosen = nearestConsulates(place, openConsulates, 1)[0]!.consulate;
      const { same: isSame, ratio } = compareWithGeodesic(place, openConsulates, chosen);
      if (isSame) same += 1;
      expect(ratio).toBeLessThanOrEqual(1.005);
    }
    expect(same / places.length).toBeGreaterThanOrEqual(0.995);
  });

  it('puts no office before a nearer one, and leaves none out', () => {
    fc.assert(
      fc.property(position, (from) => {
        const ranked = nearestConsulates(from, openConsulates);
        expect(new Set(ranked.map(({ consulate }) => consulate.id)).size).toBe(openConsulates.length);
        ranked.slice(1).forEach((next, index) => {
          expect(next.distanceMeters).toBeGreaterThanOrEqual(ranked[index]!.distanceMeters);
        });
      }),
    );
  });

  it('cuts at the limit', () => {
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 60 }), (from, limit) => {
        const all = nearestConsulates(from, openConsulates);
        expect(nearestConsulates(from, openConsulates, limit)).toEqual(all.slice(0, limit));
      }),
    );
  });

  it('orders offices of the same distance by id, whatever their order in the data', () => {
    const office = openConsulates[0]!;
    const twins = [
      { ...office, id: 'b' },
      { ...office, id: 'c' },
      { ...office, id: 'a' },
    ];
    expect(nearestConsulates({ latitude: 40, longitude: -100 }, twins).map(({ consulate }) => consulate.id)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });
});
