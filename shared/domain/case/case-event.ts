import * as v from 'valibot';
import type { Alert } from './alert.ts';
import { deliveriesSchema } from './deliveries.ts';
import { assignedConsulateSchema } from '../offices/consulate.ts';
import { twoOfficesSchema } from '../offices/two-offices.ts';
import { trackPointSchema } from '../position-schema.ts';
import type { ReadOnly } from '../read-only.ts';
import type { CaseEventType } from '../vocabulary.ts';
import {
  alertStates,
  dispositions,
  escalationReasons,
  forcedOccasions,
  handOverEndings,
  locationCauses,
  matters,
} from '../vocabulary.ts';

export type { CaseEventType } from '../vocabulary.ts';

/** Who made an event. */
const actorSchema = v.variant('kind', [
  v.object({ kind: v.literal('person') }),
  /** `officeId` is an office's or `ministry`; `name` as the officer gave it. */
  v.object({ kind: v.literal('officer'), officeId: v.string(), name: v.exactOptional(v.string()) }),
  v.object({ kind: v.literal('family'), name: v.string() }),
  v.object({ kind: v.literal('representative'), name: v.string(), representativeId: v.string() }),
  v.object({ kind: v.literal('system') }),
]);
export type Actor = ReadOnly<v.InferOutput<typeof actorSchema>>;

const common = {
  familyId: v.string(),
  alertId: v.string(),
  /** Unique within the alert. */
  eventId: v.string(),
  /** ISO 8601 UTC. */
  at: v.string(),
  by: actorSchema,
  drill: v.boolean(),
  deliveries: deliveriesSchema,
};

const eventOf = <T extends CaseEventType, S extends v.ObjectEntries>(type: T, detail: S) =>
  v.object({ ...common, type: v.literal(type), ...detail });

/**
 * A later event on an alert's timeline: an immutable item of its own, with its own destinations. Written in one
 * transaction with the change that it tells of. `contracts/announcement.ts` has the documents that offices get of it.
 */
export const caseEventSchema = v.variant('type', [
  eventOf('alert.escalated.v1', {
    reason: v.picklist(escalationReasons),
    /** The office in charge from now on. */
    consulate: assignedConsulateSchema,
    /** Ids of the offices that were told before, in that order. */
    triedConsulates: v.array(v.string()),
    /** When each of them was told, ISO 8601 UTC, by id; absent where nobody reads it. */
    toldAt: v.exactOptional(v.record(v.string(), v.string())),
  }),
  /** The person pressed again: one more press of this case, by its id. */
  eventOf('alert.pressed-again.v1', {
    pressId: v.string(),
    /** When the phone says that it was pressed, ISO 8601 UTC. */
    pressedAt: v.exactOptional(v.string()),
    battery: v.exactOptional(v.number()),
    note: v.exactOptional(v.string()),
  }),
  /** Nobody has taken the case: whoever was told is told again, the family at longer intervals. */
  /** `familyAlone`: told to a family that believes that no office was to hear; officers know nothing of it. */
  eventOf('alert.silent.v1', { familyAlone: v.exactOptional(v.literal(true)) }),
  /** An officer has the case, and has written nothing since that time, ISO 8601 UTC. */
  eventOf('alert.unattended.v1', { since: v.string() }),
  /** A first or another office has the case: by a position that came later, or by hand-over. */
  eventOf('alert.located.v1', {
    cause: v.picklist(locationCauses),
    consulate: assignedConsulateSchema,
    /** Id of the office before; absent for a first one. */
    previous: v.exactOptional(v.string()),
    /** Where it is responsible, and another is nearer: both are told. */
    twoOffices: v.exactOptional(twoOfficesSchema),
    note: v.exactOptional(v.string()),
  }),
  /** An officer gives the case to another office. Nothing changes until a person there acts. */
  eventOf('alert.hand-over-asked.v1', {
    receiver: assignedConsulateSchema,
    /** Id of the office in charge, and `ministry`; absent while none is chosen. */
    from: v.exactOptional(v.string()),
    note: v.exactOptional(v.string()),
  }),
  /** Nobody at the receiver has acted yet: both offices are told again. */
  eventOf('alert.hand-over-unanswered.v1', { receiver: assignedConsulateSchema, askedAt: v.string() }),
  /** Nobody took it: who was in charge has the case as before. */
  eventOf('alert.hand-over-ended.v1', {
    receiver: assignedConsulateSchema,
    askedAt: v.string(),
    why: v.picklist(handOverEndings),
  }),
  /** The phone is over 1 km from where officers were last told that it was; for officers only. */
  eventOf('alert.position-moved.v1', {
    position: trackPointSchema,
    /** From there; absent when no place was known before. */
    distanceMeters: v.exactOptional(v.number()),
  }),
  eventOf('alert.acknowledged.v1', {
    officer: v.string(),
    /** Taken in a list with others: they saw it, and do not attend to it yet. */
    seenOnly: v.exactOptional(v.literal(true)),
    /** They have it now in place of a colleague. */
    relieves: v.exactOptional(v.literal(true)),
    /** The state that it left as it was; absent: it is acknowledged. */
    state: v.exactOptional(v.picklist(alertStates)),
  }),
  /** Whoever saw the case did nothing about it for so long that it is nobody's again. */
  eventOf('alert.lapsed.v1', { seenAt: v.string() }),
  /** `from` and `to` are the same where only the place was corrected. */
  eventOf('alert.state-changed.v1', {
    from: v.picklist(alertStates),
    to: v.picklist(alertStates),
    facility: v.exactOptional(v.string()),
    note: v.exactOptional(v.string()),
  }),
  eventOf('alert.noted.v1', { text: v.string() }),
  eventOf('alert.representative-assigned.v1', {
    name: v.string(),
    phone: v.string(),
    /** Name of who had it before. */
    former: v.exactOptional(v.string()),
  }),
  /** Nobody is asked outside of their hours: whoever fits, or `name`, will be at `until`, ISO 8601 UTC. */
  eventOf('representative.waiting.v1', { until: v.string(), name: v.exactOptional(v.string()) }),
  /** Somebody of a roster was asked to take the case; they alone are told. */
  eventOf('representative.offered.v1', {
    representativeId: v.string(),
    name: v.string(),
    /** Id of the office whose roster it is, or `ministry`. */
    rosterId: v.string(),
    matter: v.picklist(matters),
    urgent: v.exactOptional(v.literal(true)),
  }),
  eventOf('representative.declined.v1', { name: v.string(), reason: v.exactOptional(v.string()) }),
  eventOf('representative.lapsed.v1', { name: v.string() }),
  /** Whoever was asked has not taken the case, and nobody else will be: an officer is to phone. `since`, ISO 8601 UTC. */
  eventOf('representative.unanswered.v1', {
    since: v.string(),
    asked: v.number(),
    /** It has looked for hours, and the ministry hears as well. */
    late: v.exactOptional(v.literal(true)),
  }),
  /** An officer asked a contact, and the representative may call them. */
  eventOf('representative.contact-shared.v1', { contact: v.string() }),
  eventOf('representative.contacted.v1', { note: v.exactOptional(v.string()) }),
  eventOf('representative.done.v1', {}),
  /** No message reaches anybody of the family: what officers tell them, they have to tell by voice. */
  eventOf('alert.family-unreachable.v1', {}),
  eventOf('alert.cancelled.v1', {}),
  /** `asCancelled`: the family hears a cancellation in the same write, as of one with the PIN. */
  eventOf('alert.cancelled-under-duress.v1', { asCancelled: v.exactOptional(v.literal(true)) }),
  eventOf('alert.closed.v1', {
    disposition: v.picklist(dispositions),
    note: v.exactOptional(v.string()),
    /** What the officer wrote for the family. */
    familyNote: v.exactOptional(v.string()),
  }),
  eventOf('alert.reopened.v1', {}),
  /** A duress PIN was typed elsewhere than at this alert. */
  eventOf('family.forced.v1', { occasion: v.picklist(forcedOccasions) }),
  eventOf('family.seen.v1', { name: v.string() }),
  eventOf('family.on-it.v1', { name: v.string(), task: v.exactOptional(v.string()) }),
]);
export type CaseEvent = ReadOnly<v.InferOutput<typeof caseEventSchema>>;

/** The event of one type. */
export type CaseEventOf<T extends CaseEventType> = Extract<CaseEvent, { readonly type: T }>;

/** Whether a person said by it, unseen by phones and family, that they are forced. */
export const isSignalEvent = ({ type }: Pick<CaseEvent, 'type'>): boolean =>
  type === 'alert.cancelled-under-duress.v1' || type === 'family.forced.v1';

type DetailOf<E> = E extends CaseEvent ? Omit<E, keyof typeof common> : never;

/** What happened, without when, by whom and whom it is told. */
export type CaseEventDetail = DetailOf<CaseEvent>;

/** What each event has of its alert and of the moment. */
export const onAlert = (
  { familyId, alertId, drill }: Pick<Alert, 'familyId' | 'alertId' | 'drill'>,
  now: Date,
): Pick<CaseEvent, 'familyId' | 'alertId' | 'drill' | 'at'> => ({
  familyId,
  alertId,
  drill,
  at: now.toISOString(),
});
