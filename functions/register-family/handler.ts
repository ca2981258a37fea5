import { timingSafeEqual } from 'node:crypto';
import { flawOfHome } from '../../shared/contracts/registered-fields.ts';
import { registerFamilyRequest } from '../../shared/contracts/families.ts';
import { challengeResponse } from '../../shared/contracts/registration-challenge.ts';
import { isWaiting } from '../../shared/domain/family/family.ts';
import { type MetChallenge, type Registration, registerFamily } from '../../shared/domain/family/register-family.ts';
import type { DoneWork } from '../../shared/domain/family/registration-work.ts';
import type { ConsentTexts } from '../../shared/domain/family/consent-text.ts';
import { metricNames } from '../../shared/names.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpHandler, HttpRequest } from '../../shared/runtime/http.ts';
import { httpHandler, readJson } from '../../shared/runtime/http.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { parseRequest, withoutNulls } from '../../shared/runtime/parse.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';
import { answerTo, wrongCode, wrongWork } from './answers.ts';
import { type ChallengeDeps, metChallenge, newChallenge } from './challenge.ts';
import { consentRecord } from './consent.ts';
import { type HomeDeps, nearestToHome } from './home.ts';

export type RegisterDeps = Parameters<typeof registerFamily>[0] &
  HomeDeps &
  ChallengeDeps &
  ConsentTexts & {
    /** SHA-256 of the operator's registration code; `undefined`: registration is open. */
    readonly registrationCodeHash: string | undefined;
    readonly smsCountries: readonly string[];
  };

const checkCode = (log: Log, expectedHash: string | undefined, code: string | undefined): void => {
  if (expectedHash === undefined) return;
  if (timingSafeEqual(Buffer.from(hashSecret(code ?? '')), Buffer.from(expectedHash))) return;
  if (code !== undefined) log.count(metricNames.wrongRegistrationCodes);
  throw wrongCode();
};

const checkWork = async (deps: RegisterDeps, work: DoneWork | undefined): Promise<MetChallenge | undefined> => {
  if (!deps.asksForWork) return undefined;
  if (!work) throw wrongWork('missing');
  const met = await metChallenge(deps, work);
  if (!met) throw wrongWork('not-accepted');
  return met;
};

/** `POST /v1/families`: one durable write; the family's topic and welcome follow from the stream. Before it, the challenge. */
export const createHandler = (deps: RegisterDeps): HttpHandler => {
  const schema = registerFamilyRequest(deps.smsCountries);
  const register = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { registrationCode, work, ...registration } = parseRequest(schema, withoutNulls(readJson(request)));
    checkCode(request.log, deps.registrationCodeHash, registrationCode);
    const challenge = await checkWork(deps, work);
    const wrong = flawOfHome(deps, registration.person.homePosition);
    if (wrong.length > 0) throw invalidRequest(wrong);

    const consent = consentRecord(deps, registration.consent, registration.person.language);
    const outcome = await registerFamily(deps, { ...registration, consent } satisfies Registration, challenge);
    if (outcome.kind === 'registered') {
      const { familyId, contacts } = outcome.family;
      const waiting = contacts.filter(isWaiting).length;
      request.log.info('family.registered', { familyId, contacts: contacts.length, waiting });
      return answerTo(outcome, await nearestToHome(deps, outcome.family));
    }
    const contacts = outcome.kind === 'limited' ? { contacts: outcome.contacts.length } : {};
    request.log.info('registration.refused', { kind: outcome.kind, ...contacts });
    return answerTo(outcome, null);
  };
  return httpHandler('register-family', async (request) =>
    request.event.routeKey === 'GET /v1/registration-challenge'
      ? { status: 200, body: challengeResponse.parse(await newChallenge(deps)) }
      : register(request),
  );
};
