import * as z from 'zod';
import { caseStates, explainedDispositions } from '../domain/case/case-states.ts';
import { type CaseAction, alertStates, caseRefusals, dispositions, matters } from '../domain/vocabulary.ts';
import { uuid } from './common.ts';
import { phone } from './person.ts';
import { freeText, signature } from './typed.ts';

const disposition = z.enum(dispositions);

/** Lengths in characters. */
const caseTextLimits = { note: 1000, facility: 200, familyNote: 400, task: 200 } as const;

/** A lawyer may have a phone of either country, even if the operator texts to one alone. */
const representativePhone = { countries: ['US', 'MX'], extension: 'kept' } as const;

const note = freeText(caseTextLimits.note).exactOptional();

/** A box of a form, which sends `true` or nothing. */
const ticked = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());

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
  offer: z
    .object({
      officer,
      representativeId: uuid.exactOptional().describe('Somebody of `roster`; without it whose turn it is.'),
      matter: z.enum(matters).exactOptional().describe('Without it immigration.'),
      urgent: ticked.exactOptional().describe('They are asked at any hour.'),
    })
    .meta({ id: 'OfferCaseRequest', description: 'Asks a legal representative of a roster to take the case.' }),
  'share-contact': z
    .object({ officer, contactId: z.string().min(1).describe('A contact who agreed to be called.') })
    .meta({ id: 'ShareContactRequest', description: 'Gives whoever accepted the case the phone of a contact.' }),
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
  officerActionRequests.offer.extend(signed('offer')),
  officerActionRequests['share-contact'].extend(signed('share-contact')),
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
