import type { RegisterFamilyResponse } from '../../shared/contracts/families.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { type OpenOffices, nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import type { OfficeReachStore } from '../../shared/telling/check-offices.ts';

export type HomeDeps = OpenOffices & { readonly officeReach: Pick<OfficeReachStore, 'get'> };

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
