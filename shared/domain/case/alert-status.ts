import type { Alert, Delivery, DeliveryStatus, DestinationKind, DeviceView } from './alert.ts';
import type { CaseEvent } from './case-event.ts';
import type { Basis } from '../offices/consulate.ts';
import type { AlertWithEvents, ConsulateInCharge } from './read-alert.ts';
import { consulateInCharge } from './read-alert.ts';

/** How far the messages to one destination are; `id` is the office's, once it is chosen. */
export type Destination = {
  readonly kind: DestinationKind;
  readonly id?: string;
  readonly status: DeliveryStatus;
  readonly at?: string;
};

/** An alert as its device sees it: the body of `GET /v1/alerts/{alertId}`. */
export type AlertStatus = Pick<Alert, 'alertId' | 'state' | 'raisedAt' | 'drill' | 'acknowledgedAt'> & {
  readonly destinations: readonly Destination[];
  readonly consulate: ConsulateInCharge | null;
  readonly basis: Basis | null;
};

export type Offices = Parameters<typeof consulateInCharge>[1];

const entryOf = (kind: DestinationKind, delivery: Delivery | undefined, assigned?: string): readonly Destination[] => {
  if (!delivery) return [];
  const { status, at, id = assigned } = delivery;
  return [{ kind, ...(id !== undefined && { id }), status, ...(at !== undefined && { at }) }];
};

type NewOffice = { readonly id: string; readonly delivery: Delivery | undefined; readonly before: string | undefined };

// An office that was told because the person was forced to cancel does not appear: the phone must not know (G7).
const newOfficeOf = (event: CaseEvent): readonly NewOffice[] => {
  if (event.type !== 'alert.escalated.v1' && event.type !== 'alert.located.v1') return [];
  const { id } = event.consulate;
  const before = event.type === 'alert.escalated.v1' ? event.triedConsulates[0] : event.previous;
  return [{ id, delivery: event.deliveries[`consulate:${id}`] ?? event.deliveries.consulate, before }];
};

/** Each office that the alert came to has an entry of its own; of the family and the ministry the first one counts. */
export const destinationsOf = ({ alert, events }: AlertWithEvents): readonly Destination[] => {
  const { deliveries, consulate } = alert;
  const later = events.flatMap(newOfficeOf);
  const first = alert.raisedTo?.id ?? (later.length === 0 ? consulate?.id : later[0]?.before);
  const offices = [
    ...entryOf('consulate', deliveries.consulate, first),
    ...later.flatMap(({ id, delivery }) => entryOf('consulate', delivery, id)),
  ];
  return [
    ...entryOf('family', deliveries.family),
    ...offices.filter(({ id }, index) => id === undefined || offices.findIndex((one) => one.id === id) === index),
    ...entryOf('ministry', deliveries.ministry),
  ];
};

/** The status as it is now, for an alert that was never cancelled; {@link DeviceView} holds that of one that was. */
export const alertStatus = (found: AlertWithEvents, offices: Offices): AlertStatus => {
  const { alertId, state, raisedAt, drill, acknowledgedAt, consularNotification } = found.alert;
  const consulate = consulateInCharge(found.alert, offices);
  return {
    alertId,
    state,
    raisedAt,
    drill,
    destinations: destinationsOf(found),
    consulate,
    basis: consularNotification ? (consulate?.basis ?? null) : 'not-authorised',
    ...(acknowledgedAt !== undefined && { acknowledgedAt }),
  };
};

/**
 * What the device sees of an alert from its cancellation on: the status of this moment, closed. Nothing that happens
 * to the case afterwards reaches it, so that it is the same whichever PIN cancelled.
 *
 * @param until when a cancelled case would be forgotten: from then on the device finds nothing
 */
export const freezeForDevice = (found: AlertWithEvents, offices: Offices, until: Date): DeviceView => ({
  state: 'closed',
  status: JSON.stringify({ ...alertStatus(found, offices), state: 'closed' }),
  until: until.toISOString(),
});
