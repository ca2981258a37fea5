import * as z from 'zod';
import {
  alertStates,
  matters,
  offerStates,
  representativeActions,
  searchers,
  spokenLanguages,
} from '../domain/vocabulary.ts';
import type { RepresentativeAction } from '../domain/vocabulary.ts';
import { casePerson } from './case-person.ts';
import { instant } from './common.ts';
import { office } from './timeline.ts';
import { freeText } from './typed.ts';

/** Lengths in characters. */
const reasonLength = 400;
const noteLength = 1000;

const note = freeText(noteLength);

/** `POST /l/{token}/{action}`. */
export const representativeActionRequests = {
  accept: z.object({}).meta({ id: 'AcceptCaseRequest' }),
  decline: z.object({ reason: freeText(reasonLength).exactOptional() }).meta({ id: 'DeclineCaseRequest' }),
  contacted: z.object({ note: note.exactOptional() }).meta({ id: 'SayContactedRequest' }),
  note: z.object({ text: note }).meta({ id: 'RepresentativeNoteRequest' }),
  done: z.object({}).meta({ id: 'SayDoneRequest' }),
} as const satisfies Record<RepresentativeAction, z.ZodObject>;

export const representativeActionInput = z.discriminatedUnion('action', [
  representativeActionRequests.accept.extend({ action: z.literal('accept') }),
  representativeActionRequests.decline.extend({ action: z.literal('decline') }),
  representativeActionRequests.contacted.extend({ action: z.literal('contacted') }),
  representativeActionRequests.note.extend({ action: z.literal('note') }),
  representativeActionRequests.done.extend({ action: z.literal('done') }),
]);

const acceptedCase = z.object({
  person: casePerson.pick({ name: true, locator: true, urgentAtHome: true }),
  facility: z.string().nullable().describe('Where the person is held, as an officer wrote it.'),
  officer: z.string().nullable().describe('Who has the case at the office in charge.'),
  officePhone: z.string().describe('E.164.'),
  folio: z.string(),
  forced: z.boolean().describe('The person is forced: the contact is the trusted one, and nobody else may be called.'),
  contact: z
    .object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() })
    .nullable()
    .describe('Whom an officer asked, or, while the person is forced, the trusted contact.'),
  notes: z.array(z.object({ at: instant, text: z.string() })).describe('What this representative wrote, oldest first.'),
});

/** `GET /l/{token}`: an offer, and once it was accepted the case. */
export const representativePageResponse = z
  .object({
    offer: z.enum(offerStates),
    actions: z.array(z.enum(representativeActions)).describe('What the offer allows now.'),
    offeredAt: instant,
    raisedAt: instant,
    minutesSincePress: z.int(),
    place: z.string().nullable().describe('The town that is nearest to the person, as far as is known.'),
    matter: z.enum(matters),
    language: z.enum(spokenLanguages).describe('ISO 639, spoken best by the person.'),
    office: office.describe('In charge of the case.'),
    state: z.enum(alertStates),
    closedAt: instant.nullable(),
    case: acceptedCase.nullable().describe('null until this representative has accepted.'),
  })
  .meta({ id: 'RepresentativePage' });
export type RepresentativePage = z.infer<typeof representativePageResponse>;

/** What officers see of the search for a representative. */
export const offersOfCase = z
  .object({
    by: z.enum(searchers),
    since: instant,
    matter: z.enum(matters),
    urgent: z.boolean(),
    waitsUntil: instant.nullable().describe('Nobody who fits is within their hours until then.'),
    unanswered: z.boolean().describe('Nobody else is asked: an officer is to phone.'),
    searching: z.boolean(),
  })
  .describe('How a representative is looked for.');

export const offerToRepresentative = z.object({
  representativeId: z.string(),
  name: z.string(),
  state: z.enum(offerStates),
  offeredAt: instant,
  answeredAt: instant.nullable(),
  contactedAt: instant.nullable(),
});

/** Somebody whom an officer can choose. */
export const askable = z.object({
  representativeId: z.string(),
  name: z.string(),
  rosterId: z.string().describe('Id of the office whose roster it is, or `ministry`.'),
  languages: z.array(z.string()),
  matters: z.array(z.enum(matters)),
  openCases: z.int(),
  capacity: z.int(),
});
