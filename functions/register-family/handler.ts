import { timingSafeEqual } from 'node:crypto';
import { flawOfHome } from '../../shared/contracts/registered-fields.ts';
import { registerFamilyRequest } from '../../shared/contracts/families.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { registerFamily } from '../../shared/domain/family/register-family.ts';
import type { ConsentTexts } from '../../shared/domain/family/consent-text.ts';
import { metricNames } from '../../shared/names.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import type { HttpHandler } from '../../shared/runtime/http.ts';
import { httpHandler, readJson } from '../../shared/runtime/http.ts';
import type { Log } from '../../shared/runtime/log.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';
import { answerTo, wrongCode } from './answers.ts';
import { consentRecord } from './consent.ts';
import type { HomeDeps } from './home.ts';
import { nearestToHome } from './home.ts';

export type RegisterDeps = Parameters<typeof registerFamily>[0] &
  HomeDeps &
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

/** `POST /v1/families`: one durable write; the family's topic and welcome follow from the stream. */
export const createHandler = (deps: RegisterDeps): HttpHandler => {
  const schema = registerFamilyRequest(deps.smsCountries);
  return httpHandler('register-family', async (request) => {
    const { registrationCode, ...registration } = parseRequest(schema, readJson(request));
    checkCode(request.log, deps.registrationCodeHash, registrationCode);
    const wrong = flawOfHome(deps, registration.person.homePosition);
    if (wrong.length > 0) throw invalidRequest(wrong);

    const consent = consentRecord(deps, registration.consent, registration.person.language);
    const outcome = await registerFamily(deps, { ...registration, consent } satisfies Registration);
    if (outcome.kind === 'limited') {
      request.log.info('registration.limited', { contacts: outcome.contacts.length });
    } else if (outcome.kind === 'differs') {
      request.log.info('registration.differed');
    } else {
      const { familyId, contacts } = outcome.family;
      request.log.info('family.registered', { familyId, contacts: contacts.length });
    }
    return answerTo(outcome, outcome.kind === 'registered' ? await nearestToHome(deps, outcome.family) : null);
  });
};
