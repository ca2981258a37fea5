import * as z from 'zod';
import { positionFlaws } from '../domain/position.ts';
import { dispositions, escalationReasons, handOverEndings, locationCauses } from '../domain/vocabulary.ts';
import {
  by,
  caseIds,
  consent,
  consulate,
  contact,
  described,
  envelope,
  handOver,
  info,
  origin,
  person,
  phone,
  point,
  position,
  standing,
  state,
  time,
  typed,
} from './announcement-parts.ts';

/** The press, for systems of offices and the ministry. In v1 members may be added; none changes its meaning. */
export const alertRaisedSchema = z
  .object({
    ...envelope,
    type: z.literal('alert.raised.v1').describe('Also an attribute of the SNS message, for filter policies.'),
    msgType: z.literal('Alert').describe('CAP. Types that follow a press have Update or Cancel.'),
    info,
    ...caseIds,
    origin,
    ...standing,
    pressedAt: time.nullable().describe("By the phone's clock. null: it did not say, or nobody pressed."),
    raisedAt: time.describe('When we received it; later than pressedAt if the phone had no network.'),
    person,
    consent,
    contacts: z.array(contact).describe('The relatives who got the alert. Call them: they get no reply from us.'),
    position: position.nullable().describe('null: the phone sent none that is trusted.'),
    untrustedPosition: position
      .extend({
        flaw: z
          .enum(positionFlaws)
          .describe(
            'coordinate-missing: a coordinate is 0. inaccurate: the phone itself calls it invalid, or knows the region only. old: measured over an hour before the press. far: over 5,000 km from every office.',
          ),
      })
      .exactOptional()
      .meta({ id: 'untrustedPosition', description: 'A place that decided nothing where a home is known.' }),
    homePosition: z
      .object(point)
      .nullable()
      .describe('The registered home, only if there is no position. It is not where the person is.'),
    incident: z
      .object({
        incidentId: z.string().describe('The same on each alert of the incident.'),
        number: z.int().min(1).describe('Which alert it is of those that were near it.'),
        cases: z
          .array(z.object({ caseId: z.string(), folio: z.string(), raisedAt: time }))
          .describe('Others, newest first: those that you were told of, at most 10.'),
      })
      .exactOptional()
      .meta({ id: 'incident', description: 'Others pressed within 2 km and 30 minutes. Absent: nobody did.' }),
    earlierUnderDuress: z.object({ caseId: z.string(), folio: z.string() }).exactOptional().meta({
      id: 'earlierUnderDuress',
      description:
        'The person’s case before this one was cancelled under duress and is still open. Phone and family see it cancelled.',
    }),
    consulate,
    batteryPercent: z.number().min(0).max(100).nullable().describe('Charge of the phone when pressed.'),
    note: z.string().nullable().describe('The person’s own words. Show them as text only.'),
  })
  .meta({
    id: 'alert.raised.v1',
    title: 'alert.raised.v1',
    description: 'Somebody pressed the Alert Button, or an OK that was promised did not come: see origin.',
  });

const update = {
  msgType: z.literal('Update').describe('CAP. The case goes on.'),
  references: z.array(z.string()).min(1).describe('CAP. Identifiers of the messages that this one updates.'),
};

const disposition = z.enum(dispositions);
const officerNote = z.string().nullable().describe('What the officer wrote. Show it as text only.');

const happening = { ...standing, by, handOver };

/** All of the press and what is known by now, for a recipient who may hear of the case for the first time. */
const wholeCase = {
  ...update,
  ...happening,
  acknowledged: z
    .object({ at: time, name: z.string().nullable().describe('As they gave it.') })
    .nullable()
    .describe('Who took the case, and when. null: nobody has.'),
  facility: z.string().nullable().describe('Where the person is held, as an officer wrote it. Show it as text only.'),
  representative: z
    .object({ name: z.string(), phone: z.string().describe('E.164.'), assignedAt: time })
    .nullable()
    .describe('The lawyer whom a consulate assigned.'),
  toldConsulateIds: z
    .array(z.string())
    .describe(
      'Ids of the offices that were told of the case, and "ministry" if it has had it. The page has all events.',
    ),
};

/** The next office or the ministry has the case now. */
const alertEscalatedSchema = alertRaisedSchema
  .extend({
    ...typed('alert.escalated.v1'),
    ...wholeCase,
    escalatedAt: time.describe('When it passed on; the same as at.'),
    reason: z
      .enum(escalationReasons)
      .describe(
        'office-unreachable: nobody is subscribed at the office before. not-acknowledged: no officer has acknowledged ' +
          'it in time; please do. hand-over-unanswered: nobody acted at the office that it was given to.',
      ),
    triedConsulateIds: z.array(z.string()).describe('Ids of the offices that were told before, in that order.'),
    minutesWithoutAcknowledgement: z.number().nullable().describe('Since we received the press. null: another reason.'),
  })
  .meta(described('alert.escalated.v1', 'An alert has passed on to the next office or to the ministry.'));

const alertLocatedSchema = alertRaisedSchema
  .extend({
    ...typed('alert.located.v1'),
    ...wholeCase,
    cause: z
      .enum(locationCauses)
      .describe(
        'position: a position that came later decided again. hand-over: a person at the office that it was given to acted.',
      ),
    previousConsulateId: z.string().nullable().describe('Who had the case before. null: no office.'),
    officerNote,
  })
  .meta(described('alert.located.v1', 'A first or another office has the case.'));

/** The person was forced to cancel: for officers only, and the case stays open. */
const alertCancelledUnderDuressSchema = alertRaisedSchema
  .extend({ ...typed('alert.cancelled-under-duress.v1'), ...wholeCase, underDuress: z.literal(true) })
  .meta(
    described(
      'alert.cancelled-under-duress.v1',
      'The alert was cancelled with the duress PIN. It stays open. The phone shows it as cancelled and the family was ' +
        'told so: call them by voice, never write.',
    ),
  );

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

/** To both offices: the receiver, who may be new to the case, is to take it. */
const alertHandOverAskedSchema = alertRaisedSchema
  .extend({ ...typed('alert.hand-over-asked.v1'), ...wholeCase, officerNote })
  .meta(
    described(
      'alert.hand-over-asked.v1',
      'An officer gives the case to the office of handOver.toConsulateId. It takes it by acting on it; until then the giver is in charge.',
    ),
  );

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
    minutesAfterPress: z.number(),
  })
  .meta(described('alert.representative-assigned.v1', 'A legal representative was assigned; the family is told.'));

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
  alertFamilyUnreachableSchema,
  alertCancelledSchema,
  alertCancelledUnderDuressSchema,
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
