import type { RegisterFamilyResponse } from '../../shared/contracts/families.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { OpenOffices } from '../../shared/domain/offices/nearest-consulates.ts';
import { metersToNearest, nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import type { Position } from '../../shared/domain/position.ts';
import { homeProblem } from '../../shared/domain/position.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';
import type { OfficeReachStore } from '../../shared/telling/check-offices.ts';

export type HomeDeps = OpenOffices & { readonly officeReach: Pick<OfficeReachStore, 'get'> };

const details = {
  'no-place': 'is no place: a coordinate of 0 means that the phone did not know',
  swapped: 'has latitude and longitude swapped',
  'out-of-reach': 'is over 5,000 km from every consulate: has it lost a minus sign?',
} as const;

/** A home decides when nothing else does, and nobody looks at it before. @throws {HttpProblem} 400 */
export const checkHome = ({ openConsulates }: HomeDeps, home: Position | undefined): void => {
  const problem = home && homeProblem(home, metersToNearest(openConsulates));
  if (problem === undefined) return;
  throw invalidRequest([{ path: ['person', 'homePosition'], code: problem, detail: details[problem] }]);
};

/** The office nearest to the home, and whether anybody there had confirmed at the last check; a fault of that stops nobody. */
export const nearestToHome = async (
  { openConsulates, officeReach }: HomeDeps,
  { person: { homePosition }, consent }: Family,
): Promise<RegisterFamilyResponse['nearestConsulate']> => {
  if (!homePosition || !consent.consularNotification) return null;
  const [nearest] = nearestConsulates(homePosition, openConsulates, 1);
  if (!nearest) return null;
  const { id, name } = nearest.consulate;
  const reach = await officeReach.get().catch(() => undefined);
  const counts = reach?.offices[id];
  return { id, name, reachable: counts ? counts.confirmed > 0 : null };
};
