import { consulateById, openConsulates } from '../../shared/data/consulates.ts';
import { districtAt } from '../../shared/data/districts.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import type { Outcome } from './command-line.ts';
import { OperatorError } from './operator-error.ts';
import { textTable } from './text-table.ts';

/** Latitude and longitude as they were typed, or pasted from a map in one piece. */
const readPlace = (args: readonly string[]) => {
  const parts = args
    .join(' ')
    .trim()
    .split(/[\s,]+/);
  const [latitude = NaN, longitude = NaN] = parts.map(Number);
  if (parts.length === 2 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) return { latitude, longitude };
  throw new OperatorError('Give latitude and longitude in degrees, such as: district 35.22 -101.83');
};

/** Which office is responsible for a place, by whose word, and which one is nearest. Asks nothing of AWS. */
export const tellDistrict = (args: readonly string[]): Outcome => {
  const place = readPlace(args);
  const district = districtAt(place);
  const [nearest] = nearestConsulates(place, openConsulates, 1);
  if (!nearest) throw new OperatorError('No office is open.');
  const { consulate, distanceMeters } = nearest;
  const stated = district
    ? ['district', district.office, consulateById(district.office)?.name ?? '']
    : ['district', '-', 'no open office states this county, or it is abroad or at sea: the nearest is told'];
  const basis = district && `Stated as of ${district.asOf ?? '(the source has no date)'} by ${district.source}`;
  const table = textTable([
    stated,
    ['nearest', consulate.id, `${consulate.name}, ${Math.round(distanceMeters / 1000)} km`],
  ]);
  return {
    exitCode: 0,
    text: basis === undefined ? table : `${table}\n${basis}`,
    json: { district: district ?? null, nearest: { office: consulate.id, distanceMeters: Math.round(distanceMeters) } },
  };
};
