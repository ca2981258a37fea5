/** The complementary error function; relative error below 1.2e-7 (Numerical Recipes §6.2, Chebyshev fit). */
const erfc = (x: number): number => {
  const t = 1 / (1 + 0.5 * Math.abs(x));
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ].reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  const value = t * Math.exp(-x * x + series);
  return x >= 0 ? value : 2 - value;
};

/**
 * Two-sided Mann-Whitney U test: how probable at least this difference of ranks is if both samples come from one
 * distribution. Normal approximation with correction for ties and continuity: for samples of 20 and more.
 */
export const mannWhitneyP = (a: readonly number[], b: readonly number[]): number => {
  const all = [...a.map((value) => ({ value, ofA: true })), ...b.map((value) => ({ value, ofA: false }))].sort(
    (one, other) => one.value - other.value,
  );
  let rankSum = 0;
  let ties = 0;
  for (let start = 0; start < all.length;) {
    let end = start;
    while (end < all.length && all[end]?.value === all[start]?.value) end += 1;
    const count = end - start;
    // Ranks start + 1 to end share their mean.
    rankSum += ((start + 1 + end) / 2) * all.slice(start, end).filter(({ ofA }) => ofA).length;
    ties += count ** 3 - count;
    start = end;
  }
  const total = all.length;
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const mean = (a.length * b.length) / 2;
  const variance = ((a.length * b.length) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (variance === 0) return 1;
  const z = Math.max(0, Math.abs(u - mean) - 0.5) / Math.sqrt(variance);
  return Math.min(1, erfc(z / Math.SQRT2));
};

export const median = (sample: readonly number[]): number => {
  const sorted = sample.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
};
