import * as z from 'zod';
import type { CaseAction, familyActions, RepresentativeAction, trustedActions } from '../domain/vocabulary.ts';
import { languages } from '../domain/vocabulary.ts';
import { familyCaseResponse, officerCaseResponse } from './cases.ts';
import { familyActionRequests, officerActionRequests, takeCasesRequest, takeCasesResponse } from './case-actions.ts';
import { representativeActionRequests, representativePageResponse } from './representatives.ts';
import { trustedActionRequests, trustedPageResponse } from './trusted.ts';
import { newCasesResponse, officeCasesResponse, searchListRequest } from './office-list.ts';
import { numbersResponse } from './numbers.ts';
import type { Operation } from './operation.ts';

const token = z.string().describe('From a link in a message: the credential, for 30 days.');
const language = z.enum(languages).exactOptional();
const named = z.string().exactOptional().describe('`<familyId>.<alertId>`: another case that the office was told of.');

const numbersRange = {
  since: z
    .string()
    .exactOptional()
    .describe('A day, as in 2026-11-28. Without it, or where it cannot be read: 29 days before `until`.'),
  until: z.string().exactOptional().describe('A day; without it today. At most 366 days are shown.'),
};
const since = z
  .string()
  .exactOptional()
  .describe('ISO 8601 UTC: what came after is new. Absent, or no time: nothing is.');

const pages =
  'A page unless `Accept` prefers JSON. It has no cookie and no script: the address is the only credential. It changes nothing, because mail scanners open links.';
const forms =
  'Answers `200` with JSON if `Accept` prefers JSON, or if it allows both and the body was JSON. Otherwise it answers `303` to the page. A form with errors comes back as the page, filled in.';

type Action = Pick<Operation, 'id' | 'summary' | 'shown'> & Required<Pick<Operation, 'request'>>;

const ofOfficers: Readonly<Record<CaseAction, Action>> = {
  acknowledge: {
    id: 'acknowledgeCase',
    summary: 'An officer takes the case',
    request: officerActionRequests.acknowledge,
  },
  state: {
    id: 'changeCaseState',
    summary: 'An officer says how far the case has come',
    request: officerActionRequests.state,
  },
  note: { id: 'noteOnCase', summary: 'An officer writes down what they know', request: officerActionRequests.note },
  offer: {
    id: 'offerCase',
    summary: 'An officer offers the case to a legal representative of a roster',
    request: officerActionRequests.offer,
  },
  'share-contact': {
    id: 'shareContact',
    summary: 'An officer gives the representative the phone of a contact who agreed',
    request: officerActionRequests['share-contact'],
  },
  representative: {
    id: 'assignRepresentative',
    summary: 'An officer names the lawyer; the family is told',
    request: officerActionRequests.representative,
  },
  'hand-over': {
    id: 'handOverCase',
    summary: 'An officer gives the case to another office, which has it once a person there acts',
    request: officerActionRequests['hand-over'],
  },
  'take-back': {
    id: 'takeBackCase',
    summary: 'An officer keeps the case that they gave away',
    request: officerActionRequests['take-back'],
  },
  close: {
    id: 'closeCase',
    summary: 'An officer closes the case',
    request: officerActionRequests.close,
    // The page that shows what the family will read.
    shown: 'unconfirmed',
  },
  reopen: { id: 'reopenCase', summary: 'An officer opens a closed case again', request: officerActionRequests.reopen },
};

const ofRelatives: Readonly<Record<(typeof familyActions)[number], Action>> = {
  seen: { id: 'saySeen', summary: 'A relative says that they have seen it', request: familyActionRequests.seen },
  'on-it': {
    id: 'sayOnIt',
    summary: 'A relative says what they do about it',
    request: familyActionRequests['on-it'],
  },
};

const ofRepresentatives: Readonly<Record<RepresentativeAction, Action>> = {
  accept: {
    id: 'acceptCase',
    summary: 'A representative takes the case; the first has it, and the family is told',
    request: representativeActionRequests.accept,
  },
  decline: {
    id: 'declineCase',
    summary: 'A representative cannot take the case; somebody else is asked',
    request: representativeActionRequests.decline,
  },
  contacted: {
    id: 'sayContacted',
    summary: 'A representative has spoken with the person or the family',
    request: representativeActionRequests.contacted,
  },
  note: {
    id: 'noteAsRepresentative',
    summary: 'A representative writes down what officers should know',
    request: representativeActionRequests.note,
  },
  done: { id: 'sayDone', summary: 'A representative has done their part', request: representativeActionRequests.done },
};

const ofTrusted: Readonly<Record<(typeof trustedActions)[number], Action>> = {
  taken: {
    id: 'sayTaken',
    summary: 'The trusted contact says that the person was taken: everybody is told, as of a press',
    request: trustedActionRequests.taken,
  },
  leave: { id: 'leaveTrust', summary: 'The trusted contact leaves', request: trustedActionRequests.leave },
};

/** An operation for each action, with the body that it takes; the gateway has one route for them. */
const actionsOf = (
  page: '/c/{token}' | '/f/{token}' | '/l/{token}' | '/t/{token}',
  actions: Readonly<Record<string, Action>>,
  rest: Pick<Operation, 'description' | 'query' | 'answers' | 'problems'>,
): readonly Operation[] =>
  Object.entries(actions).map(([name, action]) => ({
    method: 'POST',
    path: `${page}/${name}`,
    route: `${page}/{action}`,
    auth: 'none',
    html: 'form',
    pathParameters: z.object({ token }),
    ...action,
    ...rest,
  }));

/** The pages behind the links in messages. */
export const caseOperations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/c/{token}',
    id: 'readCase',
    summary: 'A case, for an office or the ministry',
    description: pages,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({ language, case: named }),
    answers: { 200: { when: 'The case as an officer sees it.', body: officerCaseResponse } },
  },
  ...actionsOf('/c/{token}', ofOfficers, {
    description: forms,
    query: z.object({ language, case: named }),
    answers: { 200: { when: 'Done: the case as it is now.', body: officerCaseResponse } },
    problems: {
      409: 'The state of the case, which `detail` names, does not allow it, or somebody else is changing it.',
    },
  }),
  {
    method: 'GET',
    path: '/o/{token}',
    id: 'listOpenCases',
    summary: 'The open cases of the link’s office',
    description: `Every case that the office was told of and that is not closed, whoever has it by now; the ministry’s list has those of all offices. A link from a drill lists that drill alone. What nobody has comes first, the oldest first; of those, families that registered over 24 hours ago and have a reachable contact or have finished a drill come before others, and what a family has beyond five comes last. ${pages}`,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({
      language,
      from: z.string().exactOptional().describe('How many cases to leave out.'),
      since,
    }),
    answers: { 200: { when: 'At most 200 of them; `total` counts all.', body: officeCasesResponse } },
  },
  {
    method: 'GET',
    path: '/o/{token}/numbers',
    id: 'readNumbers',
    summary: 'How many cases came to the link’s office, and how long they waited',
    description: `${pages} Per office and day; the ministry’s link has all offices. Drills are left out, and a link out of a drill opens no numbers. The same as a table: \`/o/{token}/numbers.csv\`.`,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({ language, ...numbersRange }),
    answers: { 200: { when: 'Counts, without anything about people.', body: numbersResponse } },
  },
  {
    method: 'GET',
    path: '/o/{token}/news',
    id: 'countNewCases',
    summary: 'How many cases have come into the list since then',
    description: `Drills are not counted. The page is a line for a frame of the list, and loads itself anew each minute. ${pages}`,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({ language, since }),
    answers: { 200: { when: 'The number.', body: newCasesResponse } },
  },
  {
    method: 'POST',
    path: '/o/{token}/search',
    id: 'searchOpenCases',
    summary: 'The cases of the list with a name or folio',
    description:
      'A name never stands in an address, so it is posted. Changes nothing. Answers JSON if `Accept` prefers JSON, or if it allows both and the body was JSON; otherwise the page.',
    auth: 'none',
    html: 'form',
    pathParameters: z.object({ token }),
    query: z.object({ language }),
    request: searchListRequest,
    shown: 'always',
    answers: {
      200: { when: 'At most 200 of those found; `total` and `counts` are of all found.', body: officeCasesResponse },
    },
    problems: { 413: 'The body is over 1 MB (ours, a problem document) or over 10 MB (the gateway’s).' },
  },
  {
    method: 'POST',
    path: '/o/{token}/take',
    id: 'takeCases',
    summary: 'An officer has seen several cases of the list',
    description:
      'The office is in charge of each, and the family reads that a person there saw the alert and does not attend to it yet. A case without an entry of its own for 30 minutes is untaken again. Each case is decided on its own. A form repeats the field `cases`, with `<familyId>.<alertId>`, and is answered `303` to the list. With `Accept: application/json`, or if it allows both and the body was JSON, the answer is JSON.',
    auth: 'none',
    html: 'form',
    pathParameters: z.object({ token }),
    query: z.object({ language }),
    request: takeCasesRequest,
    answers: { 200: { when: 'Decided on each; `refused` says why it was not taken.', body: takeCasesResponse } },
    problems: { 413: 'The body is over 1 MB (ours, a problem document) or over 10 MB (the gateway’s).' },
  },
  {
    method: 'GET',
    path: '/f/{token}',
    id: 'readFamilyCase',
    summary: 'A case, for the family',
    description: pages,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({ language }),
    answers: { 200: { when: 'The case as a relative may see it.', body: familyCaseResponse } },
  },
  ...actionsOf('/f/{token}', ofRelatives, {
    description: `${forms} It stops no message and silences nobody.`,
    query: z.object({ language }),
    answers: { 200: { when: 'Written: the case as it is now.', body: familyCaseResponse } },
    problems: {
      409: 'Many are writing at this moment: try again. Or the case can hold no more answers; `detail` says which.',
    },
  }),
  {
    method: 'GET',
    path: '/l/{token}',
    id: 'readOffer',
    summary: 'A case that is offered to a legal representative, and the case once they have accepted',
    description: `Before that it has no name, contact or place but a town. Nothing is found 30 days after the case was closed, or when the representative was removed. ${pages}`,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({ language }),
    answers: { 200: { when: 'What the representative may see.', body: representativePageResponse } },
  },
  ...actionsOf('/l/{token}', ofRepresentatives, {
    description: forms,
    query: z.object({ language }),
    answers: { 200: { when: 'Done: the offer as it is now.', body: representativePageResponse } },
    problems: {
      409: '`reason` is `already-taken` if somebody else has accepted. Else the offer, or the state of the case, does not allow it.',
    },
  }),
  {
    method: 'GET',
    path: '/t/{token}',
    id: 'readTrustedPage',
    summary: 'For the trusted contact: what their trust is for, and the truth of a case',
    description: pages,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({ language }),
    answers: { 200: { when: 'What the trusted contact may see.', body: trustedPageResponse } },
  },
  ...actionsOf('/t/{token}', ofTrusted, {
    description: forms,
    query: z.object({ language }),
    answers: { 200: { when: 'Done.', body: trustedPageResponse } },
  }),
];
