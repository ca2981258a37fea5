import type { Alert } from '../case/alert.ts';
import { authorityKeys, pendingTo } from '../case/deliveries.ts';
import { inSecret } from '../press/raise-alert.ts';
import type { CaseEventOf } from '../case/case-event.ts';
import type { Family } from './family.ts';
import type { FamilyPress } from './family-presses.ts';
import { isOpen, newestFirst } from './family-presses.ts';
import type { PinMatch } from './pins.ts';
import { isUsable } from '../position.ts';
import { noDevice } from '../press/no-device.ts';
import { plannedDeliveries } from '../press/raise-alert.ts';
import type { ForcedOccasion } from '../vocabulary.ts';

/** Both are always written, each as it is or as a blank that is as long: so that both PINs write as much. */
export type DuressSignal = {
  /** Tells of a person who has no open case. */
  readonly alert: Alert;
  readonly raises: boolean;
  /** Tells those who were told of the open case, once an hour and occasion: its id says which, and the first stays. */
  readonly event: CaseEventOf<'family.forced.v1'>;
  readonly tells: boolean;
};

type Moment = { readonly now: Date; readonly newId: () => string; readonly occasion: ForcedOccasion };

/** The case to which a signal belongs: the newest that is open, in secret or not. */
const openCase = (presses: readonly FamilyPress[]): FamilyPress | undefined =>
  presses
    .filter((press) => isOpen(press) && !press.joined)
    .toSorted(newestFirst)
    .at(0);

const hiddenAlert = (
  { familyId, consent: { consularNotification }, person: { homePosition } }: Family,
  { now, newId, occasion }: Moment,
): Alert => {
  const at = now.toISOString();
  return {
    familyId,
    alertId: newId(),
    deviceId: noDevice,
    origin: { kind: 'duress-change', promisedAt: at, occasion },
    duress: true,
    state: 'raised',
    raisedAt: at,
    drill: false,
    droppedFields: [],
    consularNotification,
    deliveries: inSecret(plannedDeliveries(consularNotification, isUsable(homePosition))),
  };
};

/**
 * Officers, if consular contact is authorised, and the trusted contact hear of a duress PIN wherever it is typed: those who
 * were told of the open case by an event of that, else the home's office by an alert that no phone may see and the family
 * does not hear of.
 */
export const duressSignal = (
  family: Family,
  match: PinMatch,
  presses: readonly FamilyPress[],
  moment: Moment,
): DuressSignal => {
  const { now, occasion } = moment;
  const alert = hiddenAlert(family, moment);
  const open = openCase(presses);
  const at = now.toISOString();
  const authorities = open?.consularNotification === true ? authorityKeys(open.told) : [];
  return {
    alert,
    raises: match === 'duress' && !open,
    event: {
      familyId: family.familyId,
      alertId: open?.alertId ?? alert.alertId,
      eventId: `forced.${at.slice(0, 'yyyy-mm-ddThh'.length)}.${occasion}`,
      type: 'family.forced.v1',
      at,
      by: { kind: 'person' },
      drill: false,
      occasion,
      deliveries: pendingTo(['family:trusted', ...authorities]),
    },
    tells: match === 'duress' && open !== undefined,
  };
};

export const forcedEventOf = ({ familyId, alertId, raisedAt, origin, drill }: Alert): DuressSignal['event'] => ({
  familyId,
  alertId,
  eventId: 'forced',
  type: 'family.forced.v1',
  at: raisedAt,
  by: { kind: 'person' },
  drill,
  occasion: origin?.occasion ?? 'settings',
  deliveries: {},
});
