import type { AssignedConsulate } from './consulate.ts';
import type { Position } from './position.ts';

/** States of a case, in the order in which they usually follow each other. */
export type AlertState = 'raised' | 'acknowledged' | 'locating' | 'located' | 'in-contact' | 'transferred' | 'closed';

/** Whom an event has to reach. */
export type DestinationKind = 'family' | 'consulate' | 'ministry';

/**
 * `pending`: still to be told. `sent`: SNS accepted the message and its topic has a confirmed subscriber.
 * `unreachable`: nobody is subscribed, or SNS refused for good.
 */
export type DeliveryStatus = 'pending' | 'sent' | 'unreachable';

/** How far the message of one event to one destination has come. */
export type Delivery = {
  readonly status: DeliveryStatus;
  /** ISO 8601 UTC of the last change of `status`. */
  readonly at?: string;
  /** Id of the office, once the delivery to one has ended. */
  readonly id?: string;
};

/** Deliveries of one event. A key that is absent is a destination that this event does not have. */
export type Deliveries = Partial<Record<DestinationKind, Delivery>>;

/**
 * One press: the alert and, in the same item, the first event of its timeline.
 * `raisedAt` is when we received it, `pressedAt` when the phone says it was pressed. Times are ISO 8601 UTC.
 */
export type Alert = {
  readonly familyId: string;
  /** UUID in lower case, made by the client. Unique within the family. */
  readonly alertId: string;
  readonly deviceId: string;
  readonly state: AlertState;
  readonly raisedAt: string;
  readonly pressedAt?: string;
  readonly drill: boolean;
  readonly position?: Position;
  /** Charge of the phone, percent. */
  readonly battery?: number;
  readonly note?: string;
  /** Names of optional fields that were sent but did not parse: dropped, never a reason to refuse a press. */
  readonly droppedFields: readonly string[];
  /** Whether the person authorised consular notification when the button was pressed. */
  readonly consularNotification: boolean;
  readonly deliveries: Deliveries;
  /** The office in charge; absent until it has been chosen, and for good without authorisation. */
  readonly consulate?: AssignedConsulate;
  readonly acknowledgedAt?: string;
};
