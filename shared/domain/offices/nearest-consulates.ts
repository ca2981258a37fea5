import type { Consulate } from './consulate.ts';
import { distanceMeters } from './distance.ts';
import type { Position } from '../position.ts';

export type RankedConsulate = { readonly consulate: Consulate; readonly distanceMeters: number };

/** Nearest first, ties by id; all without a `limit`. Pass only open offices. */
export const nearestConsulates = (
  position: Position,
  offices: readonly Consulate[],
  limit: number = offices.length,
): RankedConsulate[] =>
  offices
    .map((consulate) => ({ consulate, distanceMeters: distanceMeters(position, consulate) }))
    .sort((a, b) => a.distanceMeters - b.distanceMeters || (a.consulate.id < b.consulate.id ? -1 : 1))
    .slice(0, limit);

export type OpenOffices = { readonly openConsulates: readonly Consulate[] };

/** `Infinity` without any office. */
export const metersToNearest =
  (offices: readonly Consulate[]) =>
  (position: Position): number =>
    nearestConsulates(position, offices, 1)[0]?.distanceMeters ?? Infinity;
