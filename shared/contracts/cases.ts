import * as z from 'zod';
import {
  alertStates,
  bases,
  channels,
  deliveryStatuses,
  destinationKinds,
  dispositions,
  familyActions,
  familyOriginKinds,
  languages,
} from '../domain/vocabulary.ts';
import { instant, uuid } from './common.ts';
import { askable, offersOfCase, offerToRepresentative } from './representatives.ts';
import { casePerson } from './case-person.ts';
import { district, office, originKind, seenPosition, timelineEntry } from './timeline.ts';

const state = z.enum(alertStates);
const disposition = z.enum(dispositions);
const basis = z.enum(bases);

const consulate = office.extend({
  emergencyPhone: z.string().describe('E.164.'),
  distanceMeters: z.number().nullable(),
  basis,
});

export const folio = z.string().describe('Four characters that the family says on the phone.');

const representative = z.object({ name: z.string(), phone: z.string(), assignedAt: instant });
const representativeForOfficers = representative.extend({
  representativeId: z.string().nullable().describe('null: of no roster.'),
});

const origin = z
  .object({ kind: originKind, promisedAt: instant, label: z.string().nullable() })
  .nullable()
  .describe(
    'How the case began if nobody pressed: a promised OK did not come, or was given under duress, or a drill was.',
  );

const familyOrigin = z
  .object({ kind: z.enum(familyOriginKinds), promisedAt: instant, label: z.string().nullable() })
  .nullable()
  .describe('How the case began if nobody pressed: a promised OK did not come, or was given under duress.');

const locator = z
  .object({ url: z.url(), nameVariants: z.array(z.object({ firstName: z.string(), lastName: z.string() })) })
  .nullable()
  .describe('ICE’s locator, and the names to try there with the country of birth; null once the case is closed.');

export const acknowledged = z.object({
  at: instant,
  officer: z.string().describe('As the officer wrote it.'),
  office: office.nullable().describe('Whose link was used.'),
  seenOnly: z
    .boolean()
    .describe('They saw it in a list with others, and nobody attends to it yet: after 30 minutes it is untaken again.'),
});

const lastEntryAt = instant.describe('When an officer last did or wrote something on the case.');

export const handOver = z
  .object({ to: office, from: office.nullable().describe('Who is in charge meanwhile.'), at: instant })
  .describe('Given to another office, where nobody has acted yet.');

const destination = z.object({
  kind: z.enum(destinationKinds),
  id: z.string().exactOptional(),
  name: z.string().exactOptional(),
  status: z.enum(deliveryStatuses).describe('`sent` does not mean that somebody read it.'),
  at: instant.exactOptional(),
});

/** Another case that the reader may open. */
const nearCase = z.object({
  familyId: uuid,
  alertId: uuid,
  folio,
  raisedAt: instant,
  person: z.object({ name: z.string() }),
});

/** `GET /c/{token}`. */
export const officerCaseResponse = z
  .object({
    familyId: uuid,
    alertId: uuid,
    folio,
    state,
    actions: z.array(z.string()).describe('Actions that the state allows.'),
    next: z.array(state).describe('States that `state` may set; the one that it has now, to correct the place.'),
    officer: z.string().nullable().describe('Who signs an action through this link if it does not say it.'),
    drill: z.boolean(),
    duress: z
      .boolean()
      .describe(
        'The person was forced to cancel. The case is open; the family was told that it is cancelled. Call them, never write. With the origin duress-drill the family was told nothing.',
      ),
    origin,
    raisedAt: instant,
    pressedAt: instant.nullable(),
    acknowledged: acknowledged.nullable(),
    unattended: z
      .boolean()
      .describe('Nobody attends to it: nobody took it, somebody has only seen it, or the person pressed again since.'),
    lastEntryAt: lastEntryAt.nullable(),
    handOver: handOver.nullable(),
    disposition: disposition.nullable(),
    closedAt: instant.nullable(),
    person: casePerson,
    contacts: z.array(
      z.object({
        contactId: z.string(),
        name: z.string(),
        channel: z.enum(channels),
        endpoint: z.string(),
        trusted: z
          .literal(true)
          .exactOptional()
          .describe('Hears the truth about duress: the only one to call while the person is forced.'),
        waiting: z.literal(true).exactOptional().describe('Gets no messages yet: too many families had them that day.'),
      }),
    ),
    removed: z
      .array(z.object({ name: z.string(), channel: z.enum(channels), endpoint: z.string() }))
      .describe('Contacts whom somebody removed with the duress PIN: they hear nothing any more.'),
    consent: z.object({
      consularNotification: z.boolean().describe('false: withdrawn at `at`, after it had been given at `agreedAt`.'),
      agreedAt: instant.nullable(),
      version: z.string(),
      at: instant,
      language: z.enum(languages).nullable(),
      sha256: z.string().nullable(),
      text: z.string().nullable().describe('What the person agreed to, word for word; null if that was not recorded.'),
    }),
    position: seenPosition.nullable().describe('The newest.'),
    pressPosition: seenPosition.nullable().describe('Where the button was pressed.'),
    track: z
      .array(seenPosition)
      .describe('The newest 50 positions after the press, newest first. Kept for `retentionDays`.'),
    homePosition: seenPosition.nullable().describe('Registered. Not where the person is.'),
    battery: z.number().nullable().describe('Percent, when the button was pressed.'),
    note: z.string().nullable().describe('The person’s own words. Show them as text only.'),
    droppedFields: z.array(z.string()).describe('Fields of the press that could not be read.'),
    consulate: consulate.nullable().describe('The office in charge.'),
    district: district.exactOptional(),
    nearest: consulate.exactOptional().describe('The nearest office, where another is responsible.'),
    destinations: z.array(destination).describe('The first delivery to each that succeeded, else the last.'),
    facility: z.string().nullable(),
    locator,
    representative: representativeForOfficers.nullable(),
    offering: offersOfCase.nullable(),
    offers: z.array(offerToRepresentative).describe('Whom of the rosters the case was offered to, in that order.'),
    roster: z.array(askable).describe('Whom `offer` can name now; empty where the state does not allow it.'),
    sharedContact: z
      .object({ contactId: z.string(), name: z.string() })
      .nullable()
      .describe('Whom a representative who accepted may call.'),
    incident: z
      .object({
        incidentId: z.string(),
        number: z.int().describe('Which alert it was of those near it.'),
        cases: z.array(nearCase).describe('The others, newest first: those that the link’s office was told of.'),
      })
      .nullable()
      .describe('Others pressed within 2 km and 30 minutes.'),
    earlierUnderDuress: nearCase
      .nullable()
      .describe('The person’s case before this one, if it was cancelled under duress and is open.'),
    timeline: z.array(timelineEntry).describe('Oldest first.'),
  })
  .meta({ id: 'OfficerCase' });

export type OfficerCase = z.infer<typeof officerCaseResponse>;

const called = z.object({ name: z.string(), phone: z.string() });

/** `GET /f/{token}`. Never another contact's phone or mailbox. */
export const familyCaseResponse = z
  .object({
    person: z.object({ name: z.string() }),
    urgentAtHome: z.string().nullable().describe('The person’s own words; only while the case is open.'),
    folio: folio.nullable().describe('What to say on the phone; null if no office was to hear of the case.'),
    state,
    drill: z.boolean(),
    origin: familyOrigin,
    raisedAt: instant,
    closedAt: instant.nullable(),
    disposition: disposition.nullable(),
    familyNote: z.string().nullable().describe('What the officer who closed the case wrote for the family.'),
    consulate: office
      .extend({ emergencyPhone: z.string(), status: destination.shape.status.nullable(), at: instant.nullable() })
      .nullable()
      .describe('The office in charge, and the delivery to it.'),
    acknowledged: acknowledged.nullable().describe('The officer who took the case.'),
    actedAt: instant.nullable().describe('When somebody at the office in charge last acted on the case.'),
    facility: z.string().nullable(),
    positionShared: z.boolean(),
    position: seenPosition.nullable().describe('Only while the alert is open, and if the person shares it.'),
    representative: representative.nullable(),
    relatives: z.array(
      z.object({ at: instant, kind: z.enum(familyActions), name: z.string(), task: z.string().exactOptional() }),
    ),
    locator,
    desk: called.nullable().describe('Whom to call; null if no office was to hear of the case.'),
    legalHelp: called.nullable().describe('Whom to call instead, if the operator named somebody.'),
  })
  .meta({ id: 'FamilyCase' });

export type FamilyCase = z.infer<typeof familyCaseResponse>;
