import * as z from 'zod';
import { dispositions, handOverEndings } from '../domain/vocabulary.ts';
import {
  caseIds,
  consulate,
  contact,
  described,
  envelope,
  happening,
  info,
  officerNote,
  origin,
  phone,
  position,
  state,
  time,
  twoOffices,
  typed,
  update,
} from './announcement-parts.ts';
import {
  alertCancelledUnderDuressSchema,
  familyForcedSchema,
  alertEscalatedSchema,
  alertHandOverAskedSchema,
  alertLocatedSchema,
  alertRaisedSchema,
} from './announcement-whole.ts';

const disposition = z.enum(dispositions);
/** A change of a case whose press the reader has: small, with the ids to find the case. */
const changeSchema = z.object({
  ...envelope,
  ...update,
  info: info.extend({
    urgency: z.enum(['Immediate', 'Past']).describe('Past: the case is closed.'),
  }),
  ...caseIds,
  origin,
  ...happening,
  person: z.object({ name: z.string() }),
  consulate,
  ...twoOffices,
});

/** An officer has taken the case: it escalates no further. */
const alertAcknowledgedSchema = changeSchema
  .extend({
    ...typed('alert.acknowledged.v1'),
    officer: z.string().describe('Who took it, as they gave their name.'),
    seenOnly: z
      .boolean()
      .describe('Taken in a list with others: they saw it. It is untaken again if nobody writes on it for 30 minutes.'),
  })
  .meta(described('alert.acknowledged.v1', 'A person at an office has taken the case.'));

const alertLapsedSchema = changeSchema
  .extend({ ...typed('alert.lapsed.v1'), seenAt: time.describe('When somebody saw it in a list with others.') })
  .meta(described('alert.lapsed.v1', 'Somebody saw the case and did nothing about it: it is untaken again.'));

/** One more press of a case that is open: told at most every 10 minutes, however often the person presses. */
const alertPressedAgainSchema = changeSchema
  .extend({
    ...typed('alert.pressed-again.v1'),
    pressId: z.string().describe('The alertId of that press. The case keeps the ids of the first.'),
    pressedAt: time.nullable().describe("By the phone's clock. null: it did not say."),
    batteryPercent: z.number().min(0).max(100).nullable().describe('Charge of the phone when pressed.'),
    note: z.string().nullable().describe('The person’s own words. Show them as text only.'),
  })
  .meta(
    described(
      'alert.pressed-again.v1',
      'The person pressed again while the case is open. One case: a case that was taken waits for an entry again.',
    ),
  );

/** Told again, in a rhythm that slows down, until an officer takes the case. */
const alertSilentSchema = changeSchema
  .extend({
    ...typed('alert.silent.v1'),
    minutesWithoutAcknowledgement: z.number().describe('Since we received the press.'),
  })
  .meta(described('alert.silent.v1', 'Nobody has taken the case yet: please do.'));

const alertUnattendedSchema = changeSchema
  .extend({ ...typed('alert.unattended.v1'), since: time.describe('Of the last entry by an officer.') })
  .meta(described('alert.unattended.v1', 'The case was taken, and no officer has written anything on it since.'));

const alertHandOverUnansweredSchema = changeSchema
  .extend({ ...typed('alert.hand-over-unanswered.v1'), minutesWithoutAnswer: z.number() })
  .meta(
    described(
      'alert.hand-over-unanswered.v1',
      'Nobody at the receiving office has acted yet. After 15 minutes the ministry hears, after 30 it owns the case.',
    ),
  );

const alertHandOverEndedSchema = changeSchema
  .extend({
    ...typed('alert.hand-over-ended.v1'),
    receivingConsulateId: z.string(),
    why: z
      .enum(handOverEndings)
      .describe(
        'unreachable: nobody is subscribed there. unanswered: the ministry gave the case, and has it as before.',
      ),
  })
  .meta(described('alert.hand-over-ended.v1', 'Nobody took the case: whoever gave it is in charge as before.'));

const alertPositionMovedSchema = changeSchema
  .extend({
    ...typed('alert.position-moved.v1'),
    position,
    distanceMeters: z
      .number()
      .min(0)
      .nullable()
      .describe('From the place of the last message with one. null: no place was known before.'),
  })
  .meta(
    described(
      'alert.position-moved.v1',
      'The phone is over 1 km from where the last message put it. At most every 10 minutes. It may be in the hands of others.',
    ),
  );

const alertStateChangedSchema = changeSchema
  .extend({
    ...typed('alert.state-changed.v1'),
    previousState: state,
    facility: z
      .string()
      .nullable()
      .describe(
        'Where the person is held, as the officer wrote it; corrected where state and previousState are the same.',
      ),
    officerNote,
  })
  .meta(described('alert.state-changed.v1', 'The case has another state.'));

const alertRepresentativeAssignedSchema = changeSchema
  .extend({
    ...typed('alert.representative-assigned.v1'),
    representative: z.object({ name: z.string(), phone }),
    previousRepresentative: z.string().nullable().describe('Name of who had the case before.'),
    minutesAfterPress: z.number(),
  })
  .meta(described('alert.representative-assigned.v1', 'A legal representative was assigned; the family is told.'));

const representativeUnansweredSchema = changeSchema
  .extend({
    ...typed('representative.unanswered.v1'),
    searchedSince: time,
    asked: z.int().describe('How many representatives were asked. They can still accept.'),
  })
  .meta(
    described(
      'representative.unanswered.v1',
      'No legal representative of the rosters has taken the case: an officer is to phone one. Again after 4 hours.',
    ),
  );

const representativeDoneSchema = changeSchema
  .extend(typed('representative.done.v1'))
  .meta(described('representative.done.v1', 'The legal representative has done their part; `by` has their name.'));

/** For the ministry, which can have the family called. */
const alertFamilyUnreachableSchema = changeSchema
  .extend({
    ...typed('alert.family-unreachable.v1'),
    contacts: z.array(contact).describe('The relatives. None of them gets our messages: call them.'),
  })
  .meta(described('alert.family-unreachable.v1', 'The press could be brought to nobody of the family.'));

const alertCancelledSchema = changeSchema
  .extend({
    ...typed('alert.cancelled.v1'),
    msgType: z.literal('Cancel').describe('CAP.'),
    disposition: z.literal('cancelled'),
  })
  .meta(described('alert.cancelled.v1', 'The person cancelled the alert with their PIN. The case is closed.'));

/** An officer has closed the case. It can be reopened. */
const alertClosedSchema = changeSchema
  .extend({
    ...typed('alert.closed.v1'),
    disposition,
    officerNote,
    familyNote: z
      .string()
      .nullable()
      .describe('What the officer wrote for the family, who read it. Show it as text only.'),
  })
  .meta(described('alert.closed.v1', 'An officer closed the case.'));

const alertReopenedSchema = changeSchema
  .extend(typed('alert.reopened.v1'))
  .meta(described('alert.reopened.v1', 'An officer reopened the case.'));

/** Every document for systems of offices and the ministry, by `type`. */
export const announcementSchema = z.discriminatedUnion('type', [
  alertRaisedSchema,
  alertLocatedSchema,
  alertHandOverAskedSchema,
  alertHandOverUnansweredSchema,
  alertHandOverEndedSchema,
  alertPositionMovedSchema,
  alertAcknowledgedSchema,
  alertLapsedSchema,
  alertEscalatedSchema,
  alertPressedAgainSchema,
  alertSilentSchema,
  alertUnattendedSchema,
  alertStateChangedSchema,
  alertRepresentativeAssignedSchema,
  representativeUnansweredSchema,
  representativeDoneSchema,
  alertFamilyUnreachableSchema,
  alertCancelledSchema,
  alertCancelledUnderDuressSchema,
  familyForcedSchema,
  alertClosedSchema,
  alertReopenedSchema,
]);

export type AlertRaisedDocument = z.infer<typeof alertRaisedSchema>;
export type AnnouncementDocument = z.infer<typeof announcementSchema>;

/**
 * The same as JSON Schema 2020-12, kept in announcement.schema.json for other languages. It allows unknown members, as
 * consumers must.
 */
export const announcementJsonSchema = (): object => z.toJSONSchema(announcementSchema, { io: 'input' });
