import type * as v from 'valibot';
import type { positionSchema, trackPointSchema } from './position-schema.ts';
import type { ReadOnly } from './read-only.ts';

export type Position = ReadOnly<v.InferOutput<typeof positionSchema>>;
export type TrackPoint = ReadOnly<v.InferOutput<typeof trackPointSchema>>;

/** Phones that know nothing send a position near 0,0, which is in the Gulf of Guinea. */
const zeroDegrees = 0.01;

const isZero = (degrees: number): boolean => Math.abs(degrees) <= zeroDegrees;

export const isUsable = (position: Position | undefined): position is Position =>
  position !== undefined && !(isZero(position.latitude) && isZero(position.longitude));

/**
 * Why a position is not trusted. `coordinate-missing`: one coordinate is 0, which is "no fix" on several phones.
 * `inaccurate`: the phone calls it invalid, or knows only the region. `old`: measured long before the press. `far`: no
 * office is within reach, and a home is known: swapped coordinates, a lost sign.
 */
export const positionFlaws = ['coordinate-missing', 'inaccurate', 'old', 'far'] as const;
export type PositionFlaw = (typeof positionFlaws)[number];

export type PositionTrust =
  | { readonly kind: 'none' }
  | { readonly kind: 'untrusted'; readonly flaw: PositionFlaw }
  | { readonly kind: 'trusted' };

export type PositionFacts = {
  /** Else the time of its receipt. */
  readonly pressedAt: string;
  readonly homePosition?: Position | undefined;
  readonly officeMeters: (position: Position) => number;
};

const worstAccuracyMeters = 50_000;
const oldestMs = 60 * 60_000;
const reachMeters = 5_000_000;

const flawOf = (
  position: Position,
  { pressedAt, homePosition, officeMeters }: PositionFacts,
): PositionFlaw | undefined => {
  const { latitude, longitude, accuracyMeters = 0, invalid = false, measuredAt = pressedAt } = position;
  if (isZero(latitude) || isZero(longitude)) return 'coordinate-missing';
  if (invalid || accuracyMeters > worstAccuracyMeters) return 'inaccurate';
  if (Date.parse(pressedAt) - Date.parse(measuredAt) > oldestMs) return 'old';
  return isUsable(homePosition) && officeMeters(position) > reachMeters ? 'far' : undefined;
};

/** An untrusted position is shown with its flaw. It never outvotes a home or a trusted one. */
export const trustOf = (position: Position | undefined, facts: PositionFacts): PositionTrust => {
  if (!isUsable(position)) return { kind: 'none' };
  const flaw = flawOf(position, facts);
  return flaw === undefined ? { kind: 'trusted' } : { kind: 'untrusted', flaw };
};

/** The position if it is trusted, else the home, else the untrusted position (G5). */
export type DecidingPlace =
  | { readonly by: 'position' | 'home'; readonly position: Position; readonly trusted: boolean }
  | { readonly by: 'nothing' };

export const decidingPlace = (position: Position | undefined, facts: PositionFacts): DecidingPlace => {
  const trust = trustOf(position, facts);
  if (position && trust.kind === 'trusted') return { by: 'position', position, trusted: true };
  if (isUsable(facts.homePosition)) return { by: 'home', position: facts.homePosition, trusted: false };
  return position && trust.kind === 'untrusted' ? { by: 'position', position, trusted: false } : { by: 'nothing' };
};

/** US territories out of every office's reach: Guam with Saipan, and American Samoa. */
const farHomes = [
  { latitude: { from: 13, to: 21 }, longitude: { from: 144, to: 147 } },
  { latitude: { from: -15, to: -10 }, longitude: { from: -172, to: -168 } },
] as const;

const isBetween = (degrees: number, { from, to }: { readonly from: number; readonly to: number }): boolean =>
  degrees >= from && degrees <= to;

/**
 * A home is checked early, because nobody looks at it until it decides. `swapped`: it would be within reach with latitude
 * and longitude exchanged.
 */
export const homeProblem = (
  home: Position,
  officeMeters: PositionFacts['officeMeters'],
): 'no-place' | 'swapped' | 'out-of-reach' | undefined => {
  const { latitude, longitude } = home;
  if (isZero(latitude) || isZero(longitude)) return 'no-place';
  if (officeMeters(home) <= reachMeters) return undefined;
  if (farHomes.some((box) => isBetween(latitude, box.latitude) && isBetween(longitude, box.longitude)))
    return undefined;
  const canSwap = Math.abs(longitude) <= 90;
  const swapped = { latitude: longitude, longitude: latitude };
  return canSwap && officeMeters(swapped) <= reachMeters ? 'swapped' : 'out-of-reach';
};
