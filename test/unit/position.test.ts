import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import type { Position, PositionFacts } from '../../shared/domain/position.ts';
import { decidingPlace, homeProblem, isUsable, trustOf } from '../../shared/domain/position.ts';
import { cities } from '../support/places.ts';

const officeMeters = (position: Position) => nearestConsulates(position, openConsulates, 1)[0]!.distanceMeters;
const pressedAt = '2026-11-22T20:00:00.000Z';
const losAngeles = { latitude: 34.05, longitude: -118.24 };
const away: PositionFacts = { pressedAt, officeMeters };
const athome: PositionFacts = { ...away, homePosition: losAngeles };
const minutesBefore = (minutes: number) => new Date(Date.parse(pressedAt) - minutes * 60_000).toISOString();

const anyPosition = fc.record(
  {
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    accuracyMeters: fc.double({ min: 0, max: 1e6, noNaN: true }),
    invalid: fc.constant(true as const),
    measuredAt: fc.integer({ min: -3_000, max: 3_000 }).map(minutesBefore),
  },
  { requiredKeys: ['latitude', 'longitude'] },
);

describe('a position', () => {
  it.each([
    [{ latitude: 0, longitude: 0 }],
    [{ latitude: 1e-7, longitude: 1e-7 }],
    [{ latitude: -0.01, longitude: 0.01 }],
    [{ latitude: -0, longitude: 0, accuracyMeters: 4 }],
  ])('is none near 0,0: %j', (position) => {
    expect(isUsable(position)).toBe(false);
    expect(trustOf(position, athome)).toEqual({ kind: 'none' });
    expect(decidingPlace(position, athome)).toMatchObject({ by: 'home' });
    expect(decidingPlace(position, away)).toEqual({ by: 'nothing' });
  });

  it.each<[string, Position, string]>([
    ['a longitude of 0', { latitude: 34.052, longitude: 0, accuracyMeters: 4 }, 'coordinate-missing'],
    ['a latitude of 0', { latitude: 0, longitude: -88.1575, accuracyMeters: 165 }, 'coordinate-missing'],
    ['a negative accuracy', { ...losAngeles, invalid: true }, 'inaccurate'],
    ['an accuracy of a region', { ...losAngeles, accuracyMeters: 1_000_000 }, 'inaccurate'],
    ['a fix of days before', { ...losAngeles, measuredAt: '2026-11-19T20:00:00.000Z' }, 'old'],
    ['a fix of years before', { ...losAngeles, measuredAt: '2007-01-01T00:00:00.000Z' }, 'old'],
    ['swapped coordinates', { latitude: -80.27, longitude: 25.72 }, 'far'],
    ['a lost sign', { latitude: 34.05, longitude: 118.24 }, 'far'],
  ])('with %s is not trusted, and the home decides', (_, position, flaw) => {
    expect(trustOf(position, athome)).toEqual({ kind: 'untrusted', flaw });
    expect(decidingPlace(position, athome)).toEqual({ by: 'home', position: losAngeles, trusted: false });
  });

  it('with a flaw decides where no home is known: better than nothing', () => {
    const position: Position = { ...losAngeles, invalid: true };
    expect(decidingPlace(position, away)).toEqual({ by: 'position', position, trusted: false });
  });

  it('is trusted up to 50 km and an hour, also where the person travels', () => {
    const newYork = { latitude: 40.71, longitude: -74, accuracyMeters: 50_000, measuredAt: minutesBefore(60) };
    expect(trustOf(newYork, athome)).toEqual({ kind: 'trusted' });
    expect(decidingPlace(newYork, athome)).toEqual({ by: 'position', position: newYork, trusted: true });
    expect(trustOf({ ...newYork, accuracyMeters: 50_001 }, athome)).toMatchObject({ flaw: 'inaccurate' });
    expect(trustOf({ ...newYork, measuredAt: minutesBefore(61) }, athome)).toMatchObject({ flaw: 'old' });
  });

  it('far from every office is trusted where no home says otherwise', () => {
    expect(trustOf({ latitude: 13.4757, longitude: 144.7489 }, away)).toEqual({ kind: 'trusted' });
  });

  it('that was measured after the press is trusted', () => {
    expect(trustOf({ ...losAngeles, measuredAt: minutesBefore(-600) }, athome)).toEqual({ kind: 'trusted' });
  });

  it('is trusted in every city', () => {
    for (const { latitude, longitude } of cities) {
      expect(trustOf({ latitude, longitude }, athome)).toEqual({ kind: 'trusted' });
    }
  });

  it('outvotes the home only if it is trusted, whatever a phone sends', () => {
    fc.assert(
      fc.property(anyPosition, (position) => {
        const trust = trustOf(position, athome);
        const decided = decidingPlace(position, athome);
        expect(decided.by).toBe(trust.kind === 'trusted' ? 'position' : 'home');
        if (trust.kind !== 'trusted') return;
        expect(Math.abs(position.latitude)).toBeGreaterThan(0.01);
        expect(Math.abs(position.longitude)).toBeGreaterThan(0.01);
        expect(officeMeters(position)).toBeLessThanOrEqual(5_000_000);
      }),
    );
  });

  it('without a home decides whenever it is a place', () => {
    fc.assert(
      fc.property(anyPosition, (position) => {
        expect(decidingPlace(position, away).by).toBe(isUsable(position) ? 'position' : 'nothing');
      }),
    );
  });
});

describe('a home', () => {
  it.each<[string, Position, string | undefined]>([
    ['0,0', { latitude: 0, longitude: 0 }, 'no-place'],
    ['a coordinate of 0', { latitude: 0, longitude: -118.24 }, 'no-place'],
    ['swapped coordinates', { latitude: -80.27, longitude: 25.72 }, 'swapped'],
    ['a lost sign', { latitude: 34.05, longitude: 118.24 }, 'out-of-reach'],
    ['Madrid', { latitude: 40.42, longitude: -3.7 }, 'out-of-reach'],
    ['Tijuana', { latitude: 32.5149, longitude: -117.0382 }, undefined],
    ['Honolulu', { latitude: 21.3069, longitude: -157.8583 }, undefined],
    ['Guam', { latitude: 13.4757, longitude: 144.7489 }, undefined],
    ['Saipan', { latitude: 15.19, longitude: 145.75 }, undefined],
    ['Pago Pago', { latitude: -14.276, longitude: -170.702 }, undefined],
    ['a place that would be in Los Angeles over the pole', { latitude: 61.76, longitude: 145.95 }, 'out-of-reach'],
  ])('is checked: %s', (_, home, problem) => {
    expect(homeProblem(home, officeMeters)).toBe(problem);
  });

  it.each([
    ['Guam and Saipan', { south: 13, north: 21, west: 144, east: 147 }],
    ['American Samoa', { south: -15, north: -10, west: -172, east: -168 }],
  ])('far from every office is right within the bounds of %s, and wrong beyond', (_, { south, north, west, east }) => {
    const at = (latitude: number, longitude: number) => homeProblem({ latitude, longitude }, officeMeters);
    const [middle, across] = [(south + north) / 2, (west + east) / 2];
    expect([at(south, west), at(north, west), at(south, east), at(north, east)]).toEqual(Array(4).fill(undefined));
    expect([
      at(south - 0.01, across),
      at(north + 0.01, across),
      at(middle, west - 0.01),
      at(middle, east + 0.01),
    ]).toEqual(Array(4).fill('out-of-reach'));
  });

  it('is right in every city', () => {
    for (const { latitude, longitude } of cities)
      expect(homeProblem({ latitude, longitude }, officeMeters)).toBeUndefined();
  });
});
