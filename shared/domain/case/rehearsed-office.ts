import type { Alert } from './alert.ts';
import { positionFactsOf } from './alert.ts';
import { ministryOwns } from '../offices/consulate.ts';
import type { OpenOffices } from '../offices/nearest-consulates.ts';
import { metersToNearest, nearestConsulates } from '../offices/nearest-consulates.ts';
import type { Position } from '../position.ts';
import { decidingPlace } from '../position.ts';

/**
 * A drill with the office that would have had it, by our own distance: no office hears of a drill, and nobody asks Amazon
 * Location about one. Any other alert, and a drill without authorisation, as it is.
 */
export const withRehearsedOffice = (
  alert: Alert,
  homePosition: Position | undefined,
  { openConsulates }: OpenOffices,
): Alert => {
  if (!alert.drill || !alert.consularNotification || alert.consulate) return alert;
  const place = decidingPlace(alert.position, positionFactsOf(alert, homePosition, metersToNearest(openConsulates)));
  const [nearest] = place.by === 'nothing' ? [] : nearestConsulates(place.position, openConsulates, 1);
  if (!nearest) return { ...alert, consulate: ministryOwns };
  const basis = place.by === 'home' ? 'home' : 'great-circle';
  const consulate = { id: nearest.consulate.id, distanceMeters: Math.round(nearest.distanceMeters), basis } as const;
  return { ...alert, consulate };
};
