import type { AssignedConsulate } from '../offices/consulate.ts';
import type { Position, ToldPosition, TrackPoint } from '../position.ts';
import type { AlertState, DeliveryStatus, DestinationKind, Disposition, OriginKind } from '../vocabulary.ts';

export type { AlertState, DeliveryStatus, DestinationKind, Disposition } from '../vocabulary.ts';

/** How far the message of one event to one destination has come. */
export type Delivery = {
  readonly status: DeliveryStatus;
  /** ISO 8601 UTC of the last change of `status`. */
  readonly at?: string;
  /** Id of the office, once the delivery to one has ended. */
  readonly id?: string;
};

/**
 * Names one delivery of an event: of a press, `consulate` is the office that is still to be chosen; later events name
 * each office that they tell. `self`: the person's own phone, for the reminder of a check-in.
 */
export type DeliveryKey = DestinationKind | `consulate:${string}` | 'self';

/** Deliveries of one event. A key that is absent is a destination that this event does not have. */
export type Deliveries = Readonly<Partial<Record<DeliveryKey, Delivery>>>;

/** The office of a `consulate:<id>` delivery. */
export const officeOf = (key: DeliveryKey): string | undefined =>
  key.startsWith('consulate:') ? key.slice('consulate:'.length) : undefined;

/** The lawyer whom the consulate assigned. `phone` is E.164. */
export type Representative = { readonly name: string; readonly phone: string; readonly assignedAt: string };

/**
 * Where an alert came from that nobody pressed: a promised OK did not come, or the duress PIN was given instead of it.
 * `promisedAt`: by when the OK was promised; `label`: what the person wrote about it.
 */
export type Origin = {
  readonly kind: OriginKind;
  readonly checkInId: string;
  readonly promisedAt: string;
  readonly label?: string;
};

/** The `deviceId` of an alert that no device may see. */
export const noDevice = 'check-in';

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
  /** Absent: somebody pressed. */
  readonly origin?: Origin;
  readonly position?: Position;
  /** The newest position that came after the press. */
  readonly lastPosition?: TrackPoint;
  /** Where the phone was when officers were last told that it had moved. */
  readonly toldPosition?: ToldPosition;
  /** Charge of the phone, percent. */
  readonly battery?: number;
  readonly note?: string;
  /** Names of optional fields that were sent but did not parse: dropped, never a reason to refuse a press. */
  readonly droppedFields: readonly string[];
  /** Whether the person authorised consular notification when the button was pressed. */
  readonly consularNotification: boolean;
  readonly deliveries: Deliveries;
  /** The office that the press itself is brought to, whoever has the case by then; absent until it is brought there. */
  readonly raisedTo?: AssignedConsulate;
  /** The office in charge; absent until it has been chosen, and for good without authorisation. */
  readonly consulate?: AssignedConsulate;
  /** Ids of the offices that were told of the case, as far as they are recorded: see {@link toldOffices}. */
  readonly toldConsulates?: readonly string[];
  readonly acknowledgedAt?: string;
  /** Name of the officer who took the case. */
  readonly acknowledgedBy?: string;
  /** Where the person is held, as an officer wrote it. */
  readonly facility?: string;
  readonly representative?: Representative;
  readonly disposition?: Disposition;
  readonly closedAt?: string;
  /** Set when the person was forced to cancel: the case stays open for officers, whatever the phone shows. */
  readonly duress?: true;
  /** How many steps of silence have been escalated (G6). */
  readonly escalations?: number;
  /** When the last of them was taken. */
  readonly escalatedAt?: string;
  /** What the phone may see from a cancellation on, frozen in the write of the cancellation (G7). */
  readonly deviceView?: DeviceView;
  /** Grows with each change by people or the watchman; changes are conditional on it. */
  readonly revision?: number;
};

/**
 * Ids of all offices that were told of a case, and `ministry` where it has had it. The one in charge is always among
 * them: it may have been chosen after another was told, as when the person was forced to cancel at once.
 */
export const toldOffices = ({
  toldConsulates = [],
  raisedTo,
  consulate,
}: Pick<Alert, 'toldConsulates' | 'raisedTo' | 'consulate'>): readonly string[] => [
  ...new Set([...toldConsulates, ...(raisedTo ? [raisedTo.id] : []), ...(consulate ? [consulate.id] : [])]),
];

/** Whether no device may find the alert: the person signalled danger with a phone that others may hold (G7). */
export const isHiddenFromDevices = ({ deviceId }: Pick<Alert, 'deviceId'>): boolean => deviceId === noDevice;

/** An alert as its device saw it when it was cancelled. */
export type DeviceView = {
  readonly state: 'closed';
  /** The body of `GET /v1/alerts/{alertId}` as JSON. */
  readonly status: string;
  /** ISO 8601 UTC; from then on the device finds nothing, as of a case that was cancelled and forgotten. */
  readonly until: string;
};
