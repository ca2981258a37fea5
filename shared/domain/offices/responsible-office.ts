import type { Position } from '../position.ts';
import type { AssignedConsulate } from './consulate.ts';
import type { District } from './districts.ts';
import { type OpenOffices, type RankedConsulate, nearestConsulates } from './nearest-consulates.ts';
import type { TwoOffices } from './two-offices.ts';

export type DistrictAt = (position: Position) => District | undefined;
export type Districts = { readonly districtAt: DistrictAt };

/** The nearest office, and the responsible one beside it where that is another. `failed`: the districts could not tell. */
export type Responsible = { readonly twoOffices?: TwoOffices; readonly failed?: true };

/** Never throws: without its districts an alert goes to the nearest office alone. */
export const responsibleBeside = (
  place: Position,
  nearest: AssignedConsulate,
  ranked: readonly RankedConsulate[],
  districtAt: DistrictAt,
): Responsible => {
  try {
    const district = districtAt(place);
    if (!district || district.office === nearest.id) return {};
    const found = ranked.find(({ consulate }) => consulate.id === district.office);
    // It has closed since the districts were made.
    if (!found) return {};
    const { office: id, source, asOf } = district;
    const responsible = { id, distanceMeters: Math.round(found.distanceMeters), basis: 'district' } as const;
    return { twoOffices: { responsible, nearest, source, asOf } };
  } catch {
    return { failed: true };
  }
};

export const officesOfPlace = (
  place: Position,
  basis: 'home' | 'great-circle',
  { openConsulates, districtAt }: OpenOffices & Districts,
): {
  readonly ranked: readonly RankedConsulate[];
  readonly inCharge: AssignedConsulate | undefined;
  readonly twoOffices: TwoOffices | undefined;
} => {
  const ranked = nearestConsulates(place, openConsulates);
  const [first] = ranked;
  if (!first) return { ranked, inCharge: undefined, twoOffices: undefined };
  const nearest = { id: first.consulate.id, distanceMeters: Math.round(first.distanceMeters), basis };
  const { twoOffices } = responsibleBeside(place, nearest, ranked, districtAt);
  return { ranked, inCharge: twoOffices?.responsible ?? nearest, twoOffices };
};
