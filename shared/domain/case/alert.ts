import * as v from 'valibot';
import type { AssignedConsulate } from '../offices/consulate.ts';
import { assignedConsulateSchema } from '../offices/consulate.ts';
import { twoOfficesSchema } from '../offices/two-offices.ts';
import { positionSchema, toldPositionSchema, trackPointSchema } from '../position-schema.ts';
import { noDevice } from '../press/no-device.ts';
import type { ReadOnly } from '../read-only.ts';
import { offeringSchema, offerSchema } from '../representatives/offer.ts';
import type { familyOriginKinds, OriginKind } from '../vocabulary.ts';
import {
  alertStates,
  deliveryStatuses,
  dispositions,
  forcedOccasions,
  originKinds,
  secretOriginKinds,
} from '../vocabulary.ts';
import { deliveriesSchema } from './deliveries.ts';

/** The lawyer whom the consulate assigned. `phone` is E.164. */
const representativeSchema = v.object({
  name: v.string(),
  phone: v.string(),
  assignedAt: v.string(),
  /** Of a roster; absent: an officer named somebody else. */
  representativeId: v.exactOptional(v.string()),
});

/** Where an alert came from that nobody pressed. */
const originSchema = v.object({
  kind: v.picklist(originKinds),
  /** Not of a drill. */
  checkInId: v.exactOptional(v.string()),
  /** By when the OK was promised; of a drill, when it was pressed. */
  promisedAt: v.string(),
  /** What the person wrote about it. */
  label: v.exactOptional(v.string()),
  /** Of a person who was taken: who said so. */
  by: v.exactOptional(v.string()),
  /** Of a duress PIN at a change: at which. */
  occasion: v.exactOptional(v.picklist(forcedOccasions)),
});
export type Origin = ReadOnly<v.InferOutput<typeof originSchema>>;
export type FamilyOrigin = Omit<Origin, 'kind'> & { readonly kind: (typeof familyOriginKinds)[number] };

/** An alert as its device saw it when it was cancelled. */
export const deviceViewSchema = v.object({
  state: v.literal('closed'),
  /** The body of `GET /v1/alerts/{alertId}` as JSON. */
  status: v.string(),
  /** ISO 8601 UTC; from then on the device finds nothing, as of a case that was cancelled and forgotten. */
  until: v.string(),
});
export type DeviceView = ReadOnly<v.InferOutput<typeof deviceViewSchema>>;

/**
 * One press: the alert and, in the same item, the first event of its timeline.
 * `raisedAt` is when we received it, `pressedAt` when the phone says it was pressed. Times are ISO 8601 UTC.
 */
export const alertSchema = v.object({
  familyId: v.string(),
  /** UUID in lower case, made by the client. Unique within the family. */
  alertId: v.string(),
  deviceId: v.string(),
  state: v.picklist(alertStates),
  raisedAt: v.string(),
  pressedAt: v.exactOptional(v.string()),
  /** By which offset from UTC the phone wrote a time, if it did. */
  utcOffsetMinutes: v.exactOptional(v.number()),
  drill: v.boolean(),
  /** Of an office's drill: duty phones hear of it too. */
  pagesPhones: v.exactOptional(v.literal(true)),
  /** Absent: somebody pressed. */
  origin: v.exactOptional(originSchema),
  position: v.exactOptional(positionSchema),
  /** The newest position that came after the press. */
  lastPosition: v.exactOptional(trackPointSchema),
  /** Where the phone was when officers were last told that it had moved. */
  toldPosition: v.exactOptional(toldPositionSchema),
  /** Charge of the phone, percent. */
  battery: v.exactOptional(v.number()),
  note: v.exactOptional(v.string()),
  /** Names of optional fields that were sent but did not parse: dropped, never a reason to refuse a press. */
  droppedFields: v.array(v.string()),
  /** Whether the person authorised consular notification when the button was pressed. */
  consularNotification: v.boolean(),
  deliveries: deliveriesSchema,
  /** The office that the press itself is brought to, even when another has the case by then; absent until it is brought there. */
  raisedTo: v.exactOptional(assignedConsulateSchema),
  /** The office in charge; absent until it has been chosen, and always without authorisation. */
  consulate: v.exactOptional(assignedConsulateSchema),
  /** Where another office than the nearest is responsible for the place: both were told of the case at once. */
  twoOffices: v.exactOptional(twoOfficesSchema),
  /**
   * Ids of the offices that were told of the case, as far as they are recorded: see {@link toldOffices}. Passing a case
   * on appends without reading, so that an item may name an office twice.
   */
  toldConsulates: v.exactOptional(
    v.pipe(
      v.array(v.string()),
      v.transform((ids) => [...new Set(ids)]),
    ),
  ),
  /** Whether the office in charge got the case from another by hand-over. */
  handedOver: v.exactOptional(v.boolean()),
  /** Id of the first office that the case came to after the press. */
  firstOfficeId: v.exactOptional(v.string()),
  /** How the last message to the family ended that was about a later event. */
  lastToFamily: v.exactOptional(v.picklist(deliveryStatuses)),
  acknowledgedAt: v.exactOptional(v.string()),
  /** Name of the officer who took the case, or relieved who did. */
  acknowledgedBy: v.exactOptional(v.string()),
  /** Id of their office, or `ministry`. */
  acknowledgedOfficeId: v.exactOptional(v.string()),
  /** Taken in a list with others: somebody saw it, and no entry of its own says that they attend to it. */
  seenOnly: v.exactOptional(v.literal(true)),
  /** Given to another office, where nobody has acted yet: until then the giver is in charge. ISO 8601 UTC. */
  handOver: v.exactOptional(
    v.object({
      to: assignedConsulateSchema,
      at: v.string(),
      /** Everything that was due of it by then has been told. */
      mindedUntil: v.exactOptional(v.string()),
    }),
  ),
  /** Where the person is held, as an officer wrote it. */
  facility: v.exactOptional(v.string()),
  representative: v.exactOptional(representativeSchema),
  /** Whom of the rosters it was offered to, each once, in the order in which they were asked. */
  offers: v.exactOptional(v.array(offerSchema)),
  /** How a representative is looked for. */
  offering: v.exactOptional(offeringSchema),
  /** The contact whom the representative may call: an officer asked them. */
  sharedContactId: v.exactOptional(v.string()),
  disposition: v.exactOptional(v.picklist(dispositions)),
  closedAt: v.exactOptional(v.string()),
  /**
   * Set when the person was forced: to cancel, and then the case stays open for officers while the phone shows it closed;
   * or on a drill, and then no phone shows it. The family hears nothing of it.
   */
  duress: v.exactOptional(v.literal(true)),
  /** Of a drill: the last days, of UTC, on which the duress PIN raised an alert, and on which a PIN did not. */
  signalledOn: v.exactOptional(v.string()),
  cancelledOn: v.exactOptional(v.string()),
  /** How many steps of silence have been taken (G6). */
  escalations: v.exactOptional(v.number()),
  /** ISO 8601 UTC: every step of minding that was due by then has been taken. */
  mindedUntil: v.exactOptional(v.string()),
  /** When an officer last did or wrote something on the case. ISO 8601 UTC. */
  lastEntryAt: v.exactOptional(v.string()),
  /** What the phone may see from a cancellation on, frozen in the write of the cancellation (G7). */
  deviceView: v.exactOptional(deviceViewSchema),
  /** It is one more press of the case of that alert: told and shown with it. */
  joined: v.exactOptional(v.object({ headAlertId: v.string() })),
  /** It began a case. `after`: id of the press that began the family's case before. Without this and `joined` it is not decided. */
  ownCase: v.exactOptional(v.object({ after: v.exactOptional(v.string()) })),
  /** Later presses of this case, in their order, each with its `raisedAt`. */
  pressedAgain: v.exactOptional(v.array(v.object({ alertId: v.string(), at: v.string() }))),
  /** When family and officers were last told of one. ISO 8601 UTC. */
  pressedAgainToldAt: v.exactOptional(v.string()),
  /**
   * Since when nobody has a case, if not since the press, ISO 8601 UTC. One that was taken and pressed again counts so
   * until an officer's next entry; one that somebody only saw, until somebody takes it.
   */
  untakenSince: v.exactOptional(v.string()),
  /** Others pressed near it at that time: the same `id` on each; `nth`: the how many-th it was. */
  incident: v.exactOptional(v.object({ id: v.string(), nth: v.number() })),
  /**
   * Phone and family believe that no office was to hear of it: the consent was withdrawn before, with the duress PIN, and
   * holds all the same. Their clock is that of such a case: through when they were told, and when it closed as they see it.
   */
  familyAlone: v.exactOptional(
    v.object({ toldUntil: v.exactOptional(v.string()), closedAt: v.exactOptional(v.string()) }),
  ),
  /** Grows with each change by people or the watchman; changes are conditional on it. */
  revision: v.exactOptional(v.number()),
});
export type Alert = ReadOnly<v.InferOutput<typeof alertSchema>>;

/** What says which offices were told. */
type Told = Pick<Alert, 'toldConsulates' | 'raisedTo' | 'twoOffices' | 'consulate'>;

/**
 * Ids of all offices that were told of a case, and `ministry` where it has had it. The one in charge is always among
 * them: it may have been chosen after another was told, as when the person was forced to cancel at once.
 */
export const toldOffices = ({ toldConsulates = [], raisedTo, twoOffices, consulate }: Told): readonly string[] => [
  ...new Set([
    ...toldConsulates,
    ...[raisedTo, twoOffices?.responsible, twoOffices?.nearest, consulate].flatMap((office) => office?.id ?? []),
  ]),
];

/** The same without the one that acts. */
export const othersTold = (alert: Alert, acting: string): readonly string[] =>
  toldOffices(alert).filter((id) => id !== acting);

/**
 * Whether no office may know of it: the person did not authorise it, or rehearses with their family. Drills of earlier
 * versions were told to offices.
 */
export const isFamilysAlone = (alert: Pick<Alert, 'consularNotification' | 'drill'> & Told): boolean =>
  !alert.consularNotification || (alert.drill && toldOffices(alert).length === 0);

/**
 * Ids of the offices, and `ministry`, that find the case in their list while it is open: all that were told. Nobody
 * does if it is the family's alone.
 */
export const listedOffices = (alert: Pick<Alert, 'consularNotification' | 'drill'> & Told): readonly string[] =>
  isFamilysAlone(alert) ? [] : [...new Set([...toldOffices(alert), 'ministry'])];

/** Whether nobody has an open case: nobody took it, or whoever did has written nothing since the person pressed again. */
export const isUntaken = ({ state, untakenSince }: Pick<Alert, 'state' | 'untakenSince'>): boolean =>
  state === 'raised' || (state !== 'closed' && untakenSince !== undefined);

/** Whether a case goes on in secret: officers have it open, and phone and family believe that it is over (G7). */
export const goesOnInSecret = ({ state, duress }: Pick<Alert, 'state' | 'duress'>): boolean =>
  duress === true && state !== 'closed';

/** Whether no device may find the alert: the person signalled danger with a phone that others may hold (G7). */
export const isHiddenFromDevices = ({ deviceId }: Pick<Alert, 'deviceId'>): boolean => deviceId === noDevice;

/**
 * Whether neither phone nor family may know what began an alert: the person signalled by it that they are forced, and
 * their phone must not ring.
 */
export const isSecretOrigin = (kind: OriginKind | undefined): kind is (typeof secretOriginKinds)[number] =>
  secretOriginKinds.some((secret) => secret === kind);

/** What began an alert as the family may know it. */
export const familyOriginOf = ({ origin }: Pick<Alert, 'origin'>): FamilyOrigin | undefined =>
  origin === undefined || isSecretOrigin(origin.kind) ? undefined : { ...origin, kind: origin.kind };

/** What is kept on the alert of the office that has the case from now on. */
export const inCharge = (
  { firstOfficeId }: Pick<Alert, 'firstOfficeId'>,
  consulate: AssignedConsulate,
  { handedOver }: { readonly handedOver: boolean },
): Pick<Alert, 'consulate' | 'handedOver' | 'firstOfficeId'> => ({
  consulate,
  handedOver,
  ...(firstOfficeId === undefined && consulate.id !== 'ministry' && { firstOfficeId: consulate.id }),
});
