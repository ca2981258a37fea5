import * as z from 'zod';
import { positionFlaws } from '../domain/position.ts';
import { escalationReasons, forcedOccasions, locationCauses } from '../domain/vocabulary.ts';
import {
  caseIds,
  consent,
  consulate,
  contact,
  described,
  envelope,
  happening,
  info,
  officerNote,
  origin,
  person,
  point,
  position,
  standing,
  time,
  twoOffices,
  typed,
  update,
} from './announcement-parts.ts';

/* Documents that have all of the press: their reader may hear of the case for the first time. */

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
    ...twoOffices,
    batteryPercent: z.number().min(0).max(100).nullable().describe('Charge of the phone when pressed.'),
    note: z.string().nullable().describe('The person’s own words. Show them as text only.'),
  })
  .meta({
    id: 'alert.raised.v1',
    title: 'alert.raised.v1',
    description: 'Somebody pressed the Alert Button, or an OK that was promised did not come: see origin.',
  });

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
export const alertEscalatedSchema = alertRaisedSchema
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

export const alertLocatedSchema = alertRaisedSchema
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
export const alertCancelledUnderDuressSchema = alertRaisedSchema
  .extend({ ...typed('alert.cancelled-under-duress.v1'), ...wholeCase, underDuress: z.literal(true) })
  .meta(
    described(
      'alert.cancelled-under-duress.v1',
      'The alert was cancelled with the duress PIN. It stays open. The phone shows it as cancelled and the family was ' +
        'told so: call them by voice, never write.',
    ),
  );

/** A duress PIN was typed elsewhere: for officers only. */
export const familyForcedSchema = alertRaisedSchema
  .extend({
    ...typed('family.forced.v1'),
    ...wholeCase,
    underDuress: z.literal(true),
    occasion: z
      .enum(forcedOccasions)
      .describe(
        'Where the duress PIN was typed: contacts, devices (phones), erase, settings, recover (on another phone). ' +
          'revoked-phone, lost-phone: nowhere; a phone that was revoked with it, or given up in a recovery, pressed.',
      ),
  })
  .meta(
    described(
      'family.forced.v1',
      'Somebody typed the duress PIN at a change of contacts, phones or settings. It may be the first that you hear of ' +
        'the case. Phones and family see the change as made, and nothing of this: call the trusted contact alone.',
    ),
  );

/** To both offices: the receiver, who may be new to the case, is to take it. */
export const alertHandOverAskedSchema = alertRaisedSchema
  .extend({ ...typed('alert.hand-over-asked.v1'), ...wholeCase, officerNote })
  .meta(
    described(
      'alert.hand-over-asked.v1',
      'An officer gives the case to the office of handOver.toConsulateId. It takes it by acting on it; until then the giver is in charge.',
    ),
  );
