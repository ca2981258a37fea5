import type { Alert, DeviceView } from './alert.ts';
import type { AlertState } from '../vocabulary.ts';
import type { Destination } from './destinations.ts';
import { destinationsOf } from './destinations.ts';
import { openView } from './open-view.ts';
import type { AssignedConsulate, Basis } from '../offices/consulate.ts';
import type { OfficeInCharge, Offices } from '../offices/office-in-charge.ts';
import { assignedOffice, officeInCharge } from '../offices/office-in-charge.ts';
import type { AlertWithEvents } from './read-alert.ts';

/** An alert as its device sees it: the body of `GET /v1/alerts/{alertId}`. */
export type AlertStatus = Pick<Alert, 'alertId' | 'state' | 'raisedAt' | 'drill' | 'acknowledgedAt'> & {
  readonly destinations: readonly Destination[];
  readonly consulate: OfficeInCharge | null;
  /** Where another is in charge. */
  readonly nearest?: OfficeInCharge;
  readonly basis: Basis | null;
};

/** What became of each destination, as the device may know it. */
export const destinationsSeen = (found: AlertWithEvents): readonly Destination[] =>
  destinationsOf(openView(found), 'reached');

/** The office that the place of the press decided. A press that waited goes to whom officers gave the case meanwhile. */
const decidedByPress = ({ alert: { raisedTo }, events }: AlertWithEvents): AssignedConsulate | undefined => {
  const isGiven = events.some(
    (event) =>
      event.type === 'alert.located.v1' &&
      event.cause === 'hand-over' &&
      event.previous === undefined &&
      event.consulate.id === raisedTo?.id,
  );
  return isGiven ? undefined : raisedTo;
};

/** The nearest office by the place that decided last, if another is in charge. */
const nearestBeside = (found: AlertWithEvents): AssignedConsulate | undefined => {
  const { alert, events } = found;
  const located = events.findLast((event) => event.type === 'alert.located.v1' && event.cause === 'position');
  const by = located?.type === 'alert.located.v1' ? located : { ...alert, consulate: decidedByPress(found) };
  const nearest = by.twoOffices?.nearest ?? by.consulate;
  return nearest?.id === 'ministry' || nearest?.id === alert.consulate?.id ? undefined : nearest;
};

export const alertStatus = (found: AlertWithEvents, offices: Offices): AlertStatus => {
  const { alertId, state, raisedAt, drill, acknowledgedAt, consularNotification } = found.alert;
  const consulate = officeInCharge(found.alert, offices);
  const nearest = nearestBeside(found);
  return {
    alertId,
    state,
    raisedAt,
    drill,
    destinations: destinationsSeen(found),
    consulate,
    ...(nearest && { nearest: assignedOffice(nearest, offices) }),
    basis: consularNotification ? (consulate?.basis ?? null) : 'not-authorised',
    ...(acknowledgedAt !== undefined && { acknowledgedAt }),
  };
};

/** One press of a case that has more. */
type Press = Pick<Alert, 'alertId' | 'raisedAt'> & { readonly state: AlertState };

/** A further press as its device sees it: its own id, time and state, with the destinations and the office of its case. */
export const pressStatus = (press: Press, found: AlertWithEvents, offices: Offices): AlertStatus => {
  const { acknowledgedAt, ...status } = alertStatus(found, offices);
  const { alertId, raisedAt, state } = press;
  const isSeen = state !== 'raised' && acknowledgedAt !== undefined;
  return { ...status, alertId, raisedAt, state, ...(isSeen && { acknowledgedAt }) };
};

/**
 * From a cancellation on the device sees the status of this moment, closed. Later events of the case do not change it, so
 * it is the same with either PIN.
 *
 * @param until from then on the device finds nothing: a cancelled case is forgotten at this time
 */
export const freezeForDevice = (found: AlertWithEvents, offices: Offices, until: Date): DeviceView => ({
  state: 'closed',
  status: JSON.stringify({ ...alertStatus(found, offices), state: 'closed' }),
  until: until.toISOString(),
});

/** The same of the further presses of a case: with one of them all are cancelled. */
export const freezePresses = (
  found: AlertWithEvents,
  offices: Offices,
  until: Date,
): readonly { readonly alertId: string; readonly view: DeviceView }[] => {
  const { state, pressedAgain = [], untakenSince } = found.alert;
  return pressedAgain.map(({ alertId, at }) => {
    const isUnanswered = untakenSince !== undefined && at >= untakenSince;
    const press = { alertId, raisedAt: at, state: isUnanswered ? ('raised' as const) : state };
    const status = JSON.stringify({ ...pressStatus(press, found, offices), state: 'closed' });
    return { alertId, view: { state: 'closed', status, until: until.toISOString() } };
  });
};
