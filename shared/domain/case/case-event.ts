import * as z from '../schema.ts';
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
const actorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person') }),
  /** `officeId` is an office's or `ministry`; `name` as the officer gave it. */
  z.object({ kind: z.literal('officer'), officeId: z.string(), name: z.string().exactOptional() }),
  z.object({ kind: z.literal('family'), name: z.string() }),
  z.object({ kind: z.literal('representative'), name: z.string(), representativeId: z.string() }),
  z.object({ kind: z.literal('system') }),
]);
export type Actor = ReadOnly<z.infer<typeof actorSchema>>;

const common = {
  familyId: z.string(),
  alertId: z.string(),
  /** Unique within the alert. */
  eventId: z.string(),
  /** ISO 8601 UTC. */
  at: z.string(),
  by: actorSchema,
  drill: z.boolean(),
  deliveries: deliveriesSchema,
};

const eventOf = <T extends CaseEventType, S extends z.Shape>(type: T, detail: S) =>
  z.object({ ...common, type: z.literal(type), ...detail });

/**
 * A later event on an alert's timeline: an immutable item of its own, with its own destinations. Written in one
 * transaction with the change that it tells of. `contracts/announcement.ts` has the documents that offices get of it.
 */
export const caseEventSchema = z.discriminatedUnion('type', [
  eventOf('alert.escalated.v1', {
    reason: z.enum(escalationReasons),
    /** The office in charge from now on. */
    consulate: assignedConsulateSchema,
    /** Ids of the offices that were told before, in that order. */
    triedConsulates: z.array(z.string()),
    /** When each of them was told, ISO 8601 UTC, by id; absent where nobody reads it. */
    toldAt: z.record(z.string(), z.string()).exactOptional(),
  }),
  /** The person pressed again: one more press of this case, by its id. */
  eventOf('alert.pressed-again.v1', {
    pressId: z.string(),
    /** When the phone says that it was pressed, ISO 8601 UTC. */
    pressedAt: z.string().exactOptional(),
    battery: z.number().exactOptional(),
    note: z.string().exactOptional(),
  }),
  /** Nobody has taken the case: whoever was told is told again, the family at longer intervals. */
  /** `familyAlone`: told to a family that believes that no office was to hear; officers know nothing of it. */
  eventOf('alert.silent.v1', { familyAlone: z.literal(true).exactOptional() }),
  /** An officer has the case, and has written nothing since that time, ISO 8601 UTC. */
  eventOf('alert.unattended.v1', { since: z.string() }),
  /** A first or another office has the case: by a position that came later, or by hand-over. */
  eventOf('alert.located.v1', {
    cause: z.enum(locationCauses),
    consulate: assignedConsulateSchema,
    /** Id of the office before; absent for a first one. */
    previous: z.string().exactOptional(),
    /** Where it is responsible, and another is nearer: both are told. */
    twoOffices: twoOfficesSchema.exactOptional(),
    note: z.string().exactOptional(),
  }),
  /** An officer gives the case to another office. Nothing changes until a person there acts. */
  eventOf('alert.hand-over-asked.v1', {
    receiver: assignedConsulateSchema,
    /** Id of the office in charge, and `ministry`; absent while none is chosen. */
    from: z.string().exactOptional(),
    note: z.string().exactOptional(),
  }),
  /** Nobody at the receiver has acted yet: both offices are told again. */
  eventOf('alert.hand-over-unanswered.v1', { receiver: assignedConsulateSchema, askedAt: z.string() }),
  /** Nobody took it: who was in charge has the case as before. */
  eventOf('alert.hand-over-ended.v1', {
    receiver: assignedConsulateSchema,
    askedAt: z.string(),
    why: z.enum(handOverEndings),
  }),
  /** The phone is over 1 km from where officers were last told that it was; for officers only. */
  eventOf('alert.position-moved.v1', {
    position: trackPointSchema,
    /** From there; absent when no place was known before. */
    distanceMeters: z.number().exactOptional(),
  }),
  eventOf('alert.acknowledged.v1', {
    officer: z.string(),
    /** Taken in a list with others: they saw it, and do not attend to it yet. */
    seenOnly: z.literal(true).exactOptional(),
    /** They have it now in place of a colleague. */
    relieves: z.literal(true).exactOptional(),
    /** The state that it left as it was; absent: it is acknowledged. */
    state: z.enum(alertStates).exactOptional(),
  }),
  /** Whoever saw the case did nothing about it for so long that it is nobody's again. */
  eventOf('alert.lapsed.v1', { seenAt: z.string() }),
  /** `from` and `to` are the same where only the place was corrected. */
  eventOf('alert.state-changed.v1', {
    from: z.enum(alertStates),
    to: z.enum(alertStates),
    facility: z.string().exactOptional(),
    note: z.string().exactOptional(),
  }),
  eventOf('alert.noted.v1', { text: z.string() }),
  eventOf('alert.representative-assigned.v1', {
    name: z.string(),
    phone: z.string(),
    /** Name of who had it before. */
    former: z.string().exactOptional(),
  }),
  /** Nobody is asked outside of their hours: whoever fits, or `name`, will be at `until`, ISO 8601 UTC. */
  eventOf('representative.waiting.v1', { until: z.string(), name: z.string().exactOptional() }),
  /** Somebody of a roster was asked to take the case; they alone are told. */
  eventOf('representative.offered.v1', {
    representativeId: z.string(),
    name: z.string(),
    /** Id of the office whose roster it is, or `ministry`. */
    rosterId: z.string(),
    matter: z.enum(matters),
    urgent: z.literal(true).exactOptional(),
  }),
  eventOf('representative.declined.v1', { name: z.string(), reason: z.string().exactOptional() }),
  eventOf('representative.lapsed.v1', { name: z.string() }),
  /** Whoever was asked has not taken the case, and nobody else will be: an officer is to phone. `since`, ISO 8601 UTC. */
  eventOf('representative.unanswered.v1', {
    since: z.string(),
    asked: z.number(),
    /** It has looked for hours, and the ministry hears as well. */
    late: z.literal(true).exactOptional(),
  }),
  /** An officer asked a contact, and the representative may call them. */
  eventOf('representative.contact-shared.v1', { contact: z.string() }),
  eventOf('representative.contacted.v1', { note: z.string().exactOptional() }),
  eventOf('representative.done.v1', {}),
  /** No message reaches anybody of the family: what officers tell them, they have to tell by voice. */
  eventOf('alert.family-unreachable.v1', {}),
  eventOf('alert.cancelled.v1', {}),
  /** `asCancelled`: the family hears a cancellation in the same write, as of one with the PIN. */
  eventOf('alert.cancelled-under-duress.v1', { asCancelled: z.literal(true).exactOptional() }),
  eventOf('alert.closed.v1', {
    disposition: z.enum(dispositions),
    note: z.string().exactOptional(),
    /** What the officer wrote for the family. */
    familyNote: z.string().exactOptional(),
  }),
  eventOf('alert.reopened.v1', {}),
  /** A duress PIN was typed elsewhere than at this alert. */
  eventOf('family.forced.v1', { occasion: z.enum(forcedOccasions) }),
  eventOf('family.seen.v1', { name: z.string() }),
  eventOf('family.on-it.v1', { name: z.string(), task: z.string().exactOptional() }),
]);
export type CaseEvent = ReadOnly<z.infer<typeof caseEventSchema>>;

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
