import * as z from 'zod';
import { caseStates, explainedDispositions } from '../domain/case/case-states.ts';
import type { CaseAction } from '../domain/vocabulary.ts';
import {
  alertStates,
  bases,
  caseRefusals,
  channels,
  deliveryStatuses,
  destinationKinds,
  dispositions,
  familyActions,
  familyOriginKinds,
  languages,
} from '../domain/vocabulary.ts';
import { instant, uuid } from './common.ts';
import { casePerson } from './case-person.ts';
import { phone } from './person.ts';
import { freeText, signature } from './typed.ts';
import { district, office, originKind, seenPosition, timelineEntry } from './timeline.ts';

const state = z.enum(alertStates);
const disposition = z.enum(dispositions);
const basis = z.enum(bases);

/** Lengths in characters. */
const caseTextLimits = { note: 1000, facility: 200, familyNote: 400, task: 200 } as const;

/** A lawyer may have a phone of either country, even if the operator texts to one alone. */
const representativePhone = { countries: ['US', 'MX'], extension: 'kept' } as const;

const note = freeText(caseTextLimits.note).exactOptional();

/** The states that an officer's `state` can lead to, from wherever. */
const reachable = alertStates.filter((each) => Object.values(caseStates).some(({ next }) => next.includes(each)));

const officer = signature
  .exactOptional()
  .describe(
    'Who does it, by name and post: `Lic. Ana Pérez, guardia`. It is remembered behind the link and may be left out from ' +
      'then on; a link through which nobody has given a name yet refuses an action without.',
  );

/** `POST /c/{token}/{action}`: the body of each action, as JSON or form-encoded. An empty text is no text. */
export const officerActionRequests = {
  acknowledge: z.object({ officer }).meta({ id: 'AcknowledgeCaseRequest' }),
  state: z
    .object({ officer, to: z.enum(reachable), facility: freeText(caseTextLimits.facility).exactOptional(), note })
    .meta({ id: 'ChangeCaseStateRequest' }),
  note: z.object({ officer, text: freeText(caseTextLimits.note) }).meta({ id: 'NoteOnCaseRequest' }),
  representative: z
    .object({ officer, name: signature, phone: phone(representativePhone) })
    .meta({ id: 'AssignRepresentativeRequest', description: 'The lawyer that the consulate assigns.' }),
  'hand-over': z
    .object({ officer, consulateId: z.string().min(1).describe('Id of an open office.'), note })
    .meta({ id: 'HandOverCaseRequest' }),
  'take-back': z.object({ officer }).meta({
    id: 'TakeBackCaseRequest',
    description: 'The office that gave the case away keeps it, until a person at the other office has acted.',
  }),
  close: z
    .object({
      officer,
      disposition,
      note,
      familyNote: freeText(caseTextLimits.familyNote)
        .exactOptional()
        .describe(
          `The family reads this. Required for ${explainedDispositions.map((one) => `\`${one}\``).join(' and ')}.`,
        ),
      confirm: z
        .preprocess((value) => (value === 'true' ? true : value), z.literal(true))
        .describe('That the officer has seen what the family will read. Without it the case is not closed.'),
    })
    .meta({ id: 'CloseCaseRequest' }),
  reopen: z.object({ officer }).meta({ id: 'ReopenCaseRequest' }),
} as const satisfies Record<CaseAction, z.ZodObject>;

/** Every action is signed, by the request or by what its link remembers. */
const signed = <const Action extends CaseAction>(action: Action) => ({ action: z.literal(action), officer: signature });

const isExplained = (closing: { readonly disposition: unknown; readonly familyNote?: unknown }): boolean =>
  closing.familyNote !== undefined || !explainedDispositions.some((one) => one === closing.disposition);

/** The same with the action's name among the fields, and signed. */
export const officerActionInput = z.discriminatedUnion('action', [
  officerActionRequests.acknowledge.extend(signed('acknowledge')),
  officerActionRequests.state.extend(signed('state')),
  officerActionRequests.note.extend(signed('note')),
  officerActionRequests.representative.extend(signed('representative')),
  officerActionRequests['hand-over'].extend(signed('hand-over')),
  officerActionRequests['take-back'].extend(signed('take-back')),
  officerActionRequests.close.extend(signed('close')).refine(isExplained, {
    path: ['familyNote'],
    error: 'must say to the family what this ending means',
    params: { code: 'missing' },
    when: ({ value }) => typeof value === 'object',
  }),
  officerActionRequests.reopen.extend(signed('reopen')),
]);

const namedCase = z.object({ familyId: uuid, alertId: uuid });

/** Names a case in a form: `<familyId>.<alertId>`. */
const caseRef = z
  .string()
  .transform((text) => {
    const [familyId, alertId] = text.split('.');
    return { familyId, alertId };
  })
  .pipe(namedCase);

/** `POST /o/{token}/take`: JSON has objects; a form repeats the field `cases` with `<familyId>.<alertId>`. */
export const takeCasesRequest = z
  .object({ officer, cases: z.array(namedCase).min(1) })
  .meta({ id: 'TakeCasesRequest' });

/** The same, signed. A form in which nothing was ticked takes nothing. */
export const takeCasesInput = {
  json: takeCasesRequest.extend({ officer: signature }),
  form: z.object({ officer: signature, cases: z.array(caseRef) }),
} as const;

export const takeCasesResponse = z
  .object({
    taken: z.array(namedCase).describe('Seen by the officer, and their office is in charge.'),
    refused: z.array(
      namedCase.extend({
        reason: z
          .enum([...caseRefusals, 'not-found', 'failed'])
          .describe('`not-found`: the office was not told of such a case. `failed`: our fault; send it again.'),
      }),
    ),
  })
  .meta({ id: 'TakenCases' });

/** `POST /f/{token}/{action}`. */
export const familyActionRequests = {
  seen: z.object({ name: signature }).meta({ id: 'SaySeenRequest' }),
  'on-it': z
    .object({ name: signature, task: freeText(caseTextLimits.task).exactOptional() })
    .meta({ id: 'SayOnItRequest' }),
} as const;

export const familyActionInput = z.discriminatedUnion('action', [
  familyActionRequests.seen.extend({ action: z.literal('seen') }),
  familyActionRequests['on-it'].extend({ action: z.literal('on-it') }),
]);

const consulate = office.extend({
  emergencyPhone: z.string().describe('E.164.'),
  distanceMeters: z.number().nullable(),
  basis,
});

export const folio = z.string().describe('Four characters that the family says on the phone.');

const representative = z.object({ name: z.string(), phone: z.string(), assignedAt: instant });

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
        name: z.string(),
        channel: z.enum(channels),
        endpoint: z.string(),
        trusted: z
          .literal(true)
          .exactOptional()
          .describe('Hears the truth about duress: the only one to call while the person is forced.'),
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
    representative: representative.nullable(),
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
