import { describe, expect, it } from 'vitest';
import { mannWhitneyP, median } from '../support/mann-whitney.ts';

/** Mulberry32: the same numbers each run. */
const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const sample = (next: () => number, count: number, shift = 0) => Array.from({ length: count }, () => next() + shift);

describe('the Mann-Whitney U test', () => {
  it('agrees with scipy.stats.mannwhitneyu(method="asymptotic")', () => {
    const a = [19, 22, 16, 29, 24];
    const b = [20, 11, 17, 12];
    // The example of scipy's documentation: U = 17, p = 0.11134688653314041.
    expect(mannWhitneyP(a, b)).toBeCloseTo(0.11134688653, 6);
    expect(mannWhitneyP(b, a)).toBeCloseTo(0.11134688653, 6);
  });

  it('sees no difference where there is none, and 1% of false alarms at 0.01', () => {
    expect(mannWhitneyP([1, 1, 1], [1, 1])).toBe(1);
    const next = random(1);
    const alarms = Array.from({ length: 1000 }, () => mannWhitneyP(sample(next, 50), sample(next, 50)));
    const rate = alarms.filter((p) => p < 0.01).length / alarms.length;
    expect(rate).toBeGreaterThan(0.002);
    expect(rate).toBeLessThan(0.02);
  });

  it('sees a shift of a tenth of the spread in 500 samples each', () => {
    const next = random(2);
    expect(mannWhitneyP(sample(next, 500), sample(next, 500, 0.1))).toBeLessThan(0.001);
  });
});

it('the median of an even number of values is between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([5, 1, 3])).toBe(3);
});
