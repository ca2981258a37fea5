import type { Consulate } from './consulate.ts';
import { distanceMeters, roughMeasure } from './distance.ts';
import type { Position } from '../position.ts';

export type RankedConsulate = { readonly consulate: Consulate; readonly distanceMeters: number };

/**
 * Of the rough measure, which grows with the square of small distances: what is farther by more than 2 % in distance cannot
 * be nearer by the exact one. The constant is a metre's worth, for what lies on the spot.
 */
const reach = (least: number): number => least * 1.05 + 1e-12;

/** Those of which one is the nearest. */
const nearestFew = (position: Position, offices: readonly Consulate[]): readonly Consulate[] => {
  const measures = offices.map((office) => roughMeasure(position, office));
  const limit = reach(Math.min(...measures));
  return offices.filter((_, index) => (measures[index] ?? Infinity) <= limit);
};

/** Nearest first, ties by id; all without a `limit`. Pass only open offices. */
export const nearestConsulates = (
  position: Position,
  offices: readonly Consulate[],
  limit: number = offices.length,
): RankedConsulate[] =>
  (limit === 1 ? nearestFew(position, offices) : offices)
    .map((consulate) => ({ consulate, distanceMeters: distanceMeters(position, consulate) }))
    .sort((a, b) => a.distanceMeters - b.distanceMeters || (a.consulate.id < b.consulate.id ? -1 : 1))
    .slice(0, limit);

export type OpenOffices = { readonly openConsulates: readonly Consulate[] };

/** `Infinity` without any office. */
export const metersToNearest =
  (offices: readonly Consulate[]) =>
  (position: Position): number =>
    nearestConsulates(position, offices, 1)[0]?.distanceMeters ?? Infinity;
