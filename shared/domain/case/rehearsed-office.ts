import type { Alert } from './alert.ts';
import { positionFactsOf } from './alert-position.ts';
import { defined } from '../defined.ts';
import { ministryOwns } from '../offices/consulate.ts';
import type { OpenOffices } from '../offices/nearest-consulates.ts';
import { metersToNearest } from '../offices/nearest-consulates.ts';
import type { Districts } from '../offices/responsible-office.ts';
import { officesOfPlace } from '../offices/responsible-office.ts';
import type { Position } from '../position.ts';
import { decidingPlace } from '../position.ts';

/**
 * A drill with the office that would have had it, by our own distance: no office hears of a drill, and nobody asks Amazon
 * Location about one. Any other alert, and a drill without authorisation, as it is.
 */
export const withRehearsedOffice = (
  alert: Alert,
  homePosition: Position | undefined,
  offices: OpenOffices & Districts,
): Alert => {
  if (!alert.drill || !alert.consularNotification || alert.consulate) return alert;
  const officeMeters = metersToNearest(offices.openConsulates);
  const place = decidingPlace(alert.position, positionFactsOf(alert, homePosition, officeMeters));
  if (place.by === 'nothing') return { ...alert, consulate: ministryOwns };
  const basis = place.by === 'home' ? 'home' : 'great-circle';
  const { inCharge = ministryOwns, twoOffices } = officesOfPlace(place.position, basis, offices);
  return { ...alert, consulate: inCharge, ...defined({ twoOffices }) };
};
