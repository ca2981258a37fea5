import * as z from 'zod';
import { caseActions, familyActions, languages } from '../domain/vocabulary.ts';
import {
  familyActionRequests,
  familyCaseResponse,
  officeCasesResponse,
  officerActionRequests,
  officerCaseResponse,
} from './cases.ts';
import type { Operation } from './operations.ts';

const token = z.string().describe('From a link in a message: the credential, for 30 days.');
const language = z.enum(languages).exactOptional();
const named = z.string().exactOptional().describe('`<familyId>.<alertId>`: another case that the office was told of.');

const unknownLink = 'The link is unknown, has expired, or opens no such page or action: always this one body.';
const wrongAction = 'The body is not JSON, or the fields named under `errors` are wrong.';
const wrongType = 'The body is sent neither as JSON nor as a form.';
const tooLarge = 'The body is over 16 KB (ours, a problem document) or over 10 MB (the gateway’s).';

const pages =
  'A page unless `Accept` prefers JSON. It has no cookie and no script: the address is the only credential. It changes nothing, because mail scanners open links.';
const forms =
  'Answers `200` with JSON if `Accept` prefers JSON, or if it allows both and the body was JSON. Otherwise it answers `303` to the page. A form with errors comes back as the page, filled in.';

/** One of the bodies, each with its action as title. */
const bodyOf = (requests: Readonly<Record<string, z.ZodType>>) =>
  z.union(Object.entries(requests).map(([action, request]) => request.meta({ ...request.meta(), title: action })));

const officerAction = bodyOf(officerActionRequests).meta({
  id: 'OfficerActionRequest',
  description: 'The body of the action in the title; `reopen` needs none.',
});
const familyAction = bodyOf(familyActionRequests).meta({
  id: 'FamilyActionRequest',
  description: 'The body of the action in the title.',
});

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
    problems: { 404: unknownLink },
  },
  {
    method: 'POST',
    path: '/c/{token}/{action}',
    id: 'changeCase',
    summary: 'An officer acts on a case',
    description: forms,
    auth: 'none',
    html: 'form',
    pathParameters: z.object({
      token,
      action: z.enum(caseActions),
    }),
    query: z.object({ language, case: named }),
    request: officerAction,
    answers: { 200: { when: 'Done: the case as it is now.', body: officerCaseResponse } },
    problems: {
      400: wrongAction,
      404: unknownLink,
      409: 'The state of the case, which `detail` names, does not allow it, or somebody else is changing it.',
      413: tooLarge,
      415: wrongType,
    },
  },
  {
    method: 'GET',
    path: '/o/{token}',
    id: 'listOpenCases',
    summary: 'The open cases of the link’s office',
    description: pages,
    auth: 'none',
    html: 'page',
    pathParameters: z.object({ token }),
    query: z.object({
      language,
      from: z.string().exactOptional().describe('Number of the newest cases to leave out.'),
    }),
    answers: { 200: { when: 'At most 50, newest first.', body: officeCasesResponse } },
    problems: { 404: unknownLink },
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
    problems: { 404: unknownLink },
  },
  {
    method: 'POST',
    path: '/f/{token}/{action}',
    id: 'answerAsFamily',
    summary: 'A relative says that they have seen it, or what they do about it',
    description: `${forms} It stops no message and silences nobody.`,
    auth: 'none',
    html: 'form',
    pathParameters: z.object({ token, action: z.enum(familyActions) }),
    query: z.object({ language }),
    request: familyAction,
    answers: { 200: { when: 'Written: the case as it is now.', body: familyCaseResponse } },
    problems: {
      400: wrongAction,
      404: unknownLink,
      409: 'Many are writing at this moment: try again. Or the case can hold no more answers; `detail` says which.',
      413: tooLarge,
      415: wrongType,
    },
  },
];
