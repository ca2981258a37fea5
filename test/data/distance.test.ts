import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceMeters } from '../../shared/domain/offices/distance.ts';
import { cities, geodesicMeters, randomPositions } from '../support/places.ts';

const point = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
const opposite = ({ latitude, longitude }: { latitude: number; longitude: number }) => ({
  latitude: -latitude,
  longitude: longitude > 0 ? longitude - 180 : longitude + 180,
});

describe('distance between two positions', () => {
  it('is within 0.05 % of the geodesic between real places', () => {
    const places = [...cities, ...randomPositions(1_000)];
    places.forEach((from, index) => {
      const to = places[(index * 7 + 1) % places.length]!;
      const exact = geodesicMeters(from, to);
      expect(Math.abs(distanceMeters(from, to) - exact)).toBeLessThanOrEqual(exact * 0.0005);
    });
  });

  it('is within 0.05 % of the geodesic anywhere but near the opposite side of the Earth', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const exact = geodesicMeters(from, to);
        fc.pre(exact < 19_500_000);
        // One micrometre, for points that differ in the last bits only.
        expect(Math.abs(distanceMeters(from, to) - exact)).toBeLessThanOrEqual(exact * 0.0005 + 1e-6);
      }),
    );
  });

  it('is zero from a point to itself and a finite number, within 0.3 %, to the opposite side', () => {
    fc.assert(
      fc.property(point, (here) => {
        expect(distanceMeters(here, here)).toBe(0);
        const there = distanceMeters(here, opposite(here));
        expect(Math.abs(there / 20_003_931 - 1)).toBeLessThan(0.003);
      }),
    );
    expect(distanceMeters({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeGreaterThan(2e7);
    expect(distanceMeters({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 0 })).toBeGreaterThan(2e7);
  });

  it('is the same in both directions, never negative, and knows the date line', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(distanceMeters(a, b)).toBeGreaterThanOrEqual(0);
        expect(distanceMeters(a, b)).toBeCloseTo(distanceMeters(b, a), 3);
      }),
    );
    const across = distanceMeters({ latitude: 50, longitude: 179.9 }, { latitude: 50, longitude: -179.9 });
    expect(across).toBeLessThan(15_000);
  });
});
