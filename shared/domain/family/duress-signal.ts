import type { Alert } from '../case/alert.ts';
import { isHiddenFromDevices } from '../case/alert.ts';
import type { PinMatch } from './pins.ts';
import type { Family } from './family.ts';
import type { FamilyPress } from './family-presses.ts';
import { isOpen } from './family-presses.ts';
import { noDevice } from '../press/no-device.ts';
import { plannedDeliveries } from '../press/raise-alert.ts';

/** The alert that a duress PIN raises beside a change, or what is written in its place with the PIN. */
export type DuressSignal = { readonly alert: Alert; readonly raises: boolean };

/**
 * Officers hear of it by an alert of its own that no phone and no family may know of. While one is open, or any case of
 * the family goes on in secret, they know already. Without consular consent nobody is to hear of it.
 */
export const duressSignal = (
  { familyId, consent: { consularNotification }, person: { homePosition } }: Family,
  match: PinMatch,
  presses: readonly FamilyPress[],
  { now, newId }: { readonly now: Date; readonly newId: () => string },
): DuressSignal => {
  const { family: _unheard, ...officers } = plannedDeliveries(consularNotification, homePosition !== undefined);
  const at = now.toISOString();
  const isKnown = presses.some(
    (press) => isOpen(press) && (isHiddenFromDevices(press) || press.cancelledUntil !== undefined),
  );
  return {
    raises: match === 'duress' && !isKnown && Object.keys(officers).length > 0,
    alert: {
      familyId,
      alertId: newId(),
      deviceId: noDevice,
      origin: { kind: 'duress-change', promisedAt: at },
      duress: true,
      state: 'raised',
      raisedAt: at,
      drill: false,
      droppedFields: [],
      consularNotification,
      deliveries: officers,
    },
  };
};
