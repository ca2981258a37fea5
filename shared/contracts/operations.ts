import * as z from 'zod';
import { alertsResponse, alertStatusResponse, raiseAlertRequest, raiseAlertResponse } from './alerts.ts';
import { cancelAlertRequest, cancelAlertResponse } from './cancel.ts';
import { caseOperations } from './case-operations.ts';
import { uuid } from './common.ts';
import {
  answerCheckInResponse,
  checkInsResponse,
  endCheckInRequest,
  makeCheckInRequest,
  makeCheckInResponse,
  sayOkRequest,
} from './check-ins.ts';
import { consentQuery, consentResponse } from './consent.ts';
import { consulatesQuery, consulatesResponse } from './consulates.ts';
import { familyResponse, registerFamilyRequest, registerFamilyResponse } from './families.ts';
import { manageFamilyOperations } from './manage-family-operations.ts';
import { type Operation, commonProblems } from './operation.ts';
import { recordPositionsRequest, recordPositionsResponse } from './positions.ts';
import { challengeResponse } from './registration-challenge.ts';
import { rightsQuery, rightsResponse } from './rights.ts';

const healthResponse = z.object({ status: z.literal('ok') }).meta({ id: 'HealthResponse' });
const openApiResponse = z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' });

const checkInPins =
  'The phone sees the same with either PIN. The duress PIN raises an alert that no phone can see. After 5 wrong PINs every PIN is refused for 15 minutes; a duress PIN still raises its alert.';
const checkInProblems = {
  403: commonProblems.WrongPin,
  409: 'It was missed, and its alert has been raised: cancel that alert. The list of check-ins has its id.',
};

/** Every route but `$default`, in the order in which clients meet them. */
export const operations: readonly Operation[] = [
  {
    method: 'GET',
    path: '/v1/consent',
    id: 'readConsent',
    summary: 'The text of the consular consent, to be shown before the person answers',
    description: 'A version never changes. Registration takes only versions that this route has.',
    auth: 'none',
    query: consentQuery,
    answers: { 200: { when: 'One text in one language.', body: consentResponse } },
    problems: { 400: commonProblems.WrongQuery, 404: 'There is no such version.' },
  },
  {
    method: 'GET',
    path: '/v1/registration-challenge',
    id: 'readRegistrationChallenge',
    summary: 'The work that a registration costs, where the operator asks for any',
    description:
      'About 260,000 SHA-256 hashes, a second on a cheap phone. For a registration that was refused with `work` under `errors` ask again.',
    auth: 'none',
    answers: { 200: { when: 'A challenge for one registration, or that there is none.', body: challengeResponse } },
  },
  {
    method: 'POST',
    path: '/v1/families',
    id: 'registerFamily',
    summary: 'Registers one protected person with the contacts they chose',
    description:
      'Phones must be of countries that the operator sends to; +1 and +52 unless the operator chose others. A contact who has joined 5 families today (UTC) is registered all the same: `waiting`, which is told nothing, and is joined after midnight, at most 5 families a day. The same `registrationId` with the same content within 10 minutes gives the same family, with a new token that replaces the first.',
    auth: 'none',
    request: registerFamilyRequest(['US', 'MX']),
    answers: { 201: { when: 'Registered. The token is shown only now.', body: registerFamilyResponse } },
    problems: {
      403: 'The operator asks for a registration code, and it is missing or wrong; or for work. `errors` says which. Of `work` the code is `missing`, `not-accepted` (wrong), `stale` (later than 10 minutes) or `used-before`: do that of another challenge.',
      409: '`code` is `registration-differs`: within 10 minutes the same `registrationId` registered something else. Make another id.',
      429: 'All contacts, or the person’s own phone, have joined 5 families today (UTC); `errors` names them. They can join again after `Retry-After` seconds. A repeat with the same `registrationId` does not count.',
    },
  },
  {
    method: 'GET',
    path: '/v1/family',
    id: 'readFamily',
    summary: 'Who would be told, whether they can be, and the last drill',
    description:
      'Asks SNS at that moment. While SNS does not answer, a phone counts as subscribed and a mailbox as pending. `counts` is always there. When this device raises a real alert it counts as seized from then on, and `contacts` and `lastDrill` are left out.',
    auth: 'device',
    answers: { 200: { when: 'The family as this device may see it.', body: familyResponse } },
  },
  ...manageFamilyOperations,
  {
    method: 'POST',
    path: '/v1/alerts',
    id: 'raiseAlert',
    summary: 'The press',
    description:
      'Optional fields that do not parse are dropped and noted. Unknown fields and the Content-Type are ignored. After a time-out, a 429 without `code` or 5xx send it again with the same `alertId`, from anywhere and at any time: it stays one alert. A position or note that the first lacked is kept. A drill goes to the contacts alone and ends by itself after an hour.',
    auth: 'device',
    request: raiseAlertRequest,
    anyContentType: true,
    answers: {
      200: { when: 'This alert was raised before.', body: raiseAlertResponse },
      202: { when: 'The alert is stored, and everybody is being told.', body: raiseAlertResponse },
    },
    problems: {
      400: '`alertId` is missing or no UUID. Nothing else is refused: a body that is no JSON is searched for it.',
      429: '`code` is `drills-used-up`: the family has had 3 drills today or 6 this month (UTC). Never send this one again. A real press is never refused so; a 429 of the gateway has no `code`.',
    },
  },
  {
    method: 'GET',
    path: '/v1/alerts',
    id: 'listAlerts',
    summary: 'The family’s newest alerts, of all its phones',
    auth: 'device',
    answers: { 200: { when: 'The alerts as this device may see them.', body: alertsResponse } },
  },
  {
    method: 'GET',
    path: '/v1/alerts/{alertId}',
    id: 'readAlert',
    summary: 'The state of an alert, and who was told',
    auth: 'device',
    pathParameters: z.object({ alertId: uuid }),
    answers: { 200: { when: 'The alert as its own device may see it.', body: alertStatusResponse } },
  },
  {
    method: 'POST',
    path: '/v1/alerts/{alertId}/positions',
    id: 'recordPositions',
    summary: 'Where the phone was after the press',
    description:
      'In any order, as often as they come. Until an officer has the case, the first trusted position decides its office again where none has.',
    auth: 'device',
    pathParameters: z.object({ alertId: uuid }),
    request: recordPositionsRequest,
    answers: { 202: { when: 'Kept. The alert’s status has the result.', body: recordPositionsResponse } },
  },
  {
    method: 'POST',
    path: '/v1/alerts/{alertId}/cancel',
    id: 'cancelAlert',
    summary: 'Cancels an alert, with the PIN or the duress PIN',
    description:
      'The phone sees the same with either PIN. A cancellation is an update, never a deletion: everybody who was told of the alert is told. After 5 wrong PINs every PIN is refused for 15 minutes; a duress PIN still reaches officers.',
    auth: 'device',
    pathParameters: z.object({ alertId: uuid }),
    request: cancelAlertRequest,
    answers: { 200: { when: 'Cancelled, now or before.', body: cancelAlertResponse } },
    problems: {
      403: commonProblems.WrongPin,
    },
  },
  {
    method: 'POST',
    path: '/v1/check-ins',
    id: 'makeCheckIn',
    summary: 'Promises to say OK by a time; if nobody does, the alert is raised',
    description:
      'Checked once a minute. The person’s own phone, if it is registered, gets an SMS 15 minutes before. A family may have at most 20 that wait. The same `checkInId` again is the same check-in, with the same answer.',
    auth: 'device',
    request: makeCheckInRequest,
    answers: { 201: { when: 'Promised, now or before.', body: makeCheckInResponse } },
    problems: {
      400: 'The body is not JSON, or the fields named under `errors` are wrong: a `dueAt` in the past, or more than 400 days ahead.',
      409: 'The family has 20 check-ins that wait.',
      429: '`code` is `check-ins-used-up`: the family has made 20 today (UTC). A 429 of the gateway has no `code`.',
    },
  },
  {
    method: 'GET',
    path: '/v1/check-ins',
    id: 'listCheckIns',
    summary: 'The family’s check-ins: first those that wait, the next one on top, then the others, the newest on top',
    description: 'After its time a check-in is kept as long as a closed case.',
    auth: 'device',
    answers: { 200: { when: 'The check-ins as this device may see them.', body: checkInsResponse } },
  },
  {
    method: 'POST',
    path: '/v1/check-ins/{checkInId}/ok',
    id: 'sayOk',
    summary: 'Says OK, with the PIN or the duress PIN',
    description: checkInPins,
    auth: 'device',
    pathParameters: z.object({ checkInId: uuid }),
    request: sayOkRequest,
    answers: {
      200: { when: 'The check-in as it is now. If it was answered before, it stays so.', body: answerCheckInResponse },
    },
    problems: checkInProblems,
  },
  {
    method: 'POST',
    path: '/v1/check-ins/{checkInId}/end',
    id: 'endCheckIn',
    summary: 'Takes the promise back, with the PIN or the duress PIN',
    description: checkInPins,
    auth: 'device',
    pathParameters: z.object({ checkInId: uuid }),
    request: endCheckInRequest,
    answers: {
      200: { when: 'The check-in as it is now. If it was answered before, it stays so.', body: answerCheckInResponse },
    },
    problems: checkInProblems,
  },
  ...caseOperations,
  {
    method: 'GET',
    path: '/v1/consulates',
    id: 'nearestConsulates',
    summary: 'The nearest consulates, by great circle',
    auth: 'none',
    query: consulatesQuery,
    answers: { 200: { when: 'Nearest first.', body: consulatesResponse } },
    problems: { 400: commonProblems.WrongQuery },
  },
  {
    method: 'GET',
    path: '/v1/rights',
    id: 'readRights',
    summary: 'What to do and say when detained, for the person and for the family',
    description: 'General information, not legal advice.',
    auth: 'none',
    query: rightsQuery,
    answers: { 200: { when: 'The texts in one language.', body: rightsResponse } },
    problems: { 400: commonProblems.WrongQuery },
  },
  {
    method: 'GET',
    path: '/health',
    id: 'health',
    summary: 'Whether the API answers; touches nothing',
    auth: 'none',
    answers: { 200: { when: 'It does.', body: healthResponse } },
  },
  {
    method: 'GET',
    path: '/openapi.json',
    id: 'readOpenApi',
    summary: 'This document',
    auth: 'none',
    answers: { 200: { when: 'OpenAPI 3.1.', body: openApiResponse } },
  },
];
