import { timingSafeEqual } from 'node:crypto';
import type { RegisterFamilyResponse } from '../../shared/contracts/families.ts';
import { registerFamilyRequest, registerFamilyResponse } from '../../shared/contracts/families.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { registerFamily } from '../../shared/domain/family/register-family.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import type { HttpHandler } from '../../shared/runtime/http.ts';
import { httpHandler, readJson } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';

export type RegisterDeps = Parameters<typeof registerFamily>[0] & {
  /** SHA-256 of the operator's registration code; `undefined`: registration is open. */
  readonly registrationCodeHash: string | undefined;
  readonly smsCountries: readonly string[];
};

const checkCode = (expectedHash: string | undefined, code: string | undefined): void => {
  if (expectedHash === undefined) return;
  if (timingSafeEqual(Buffer.from(hashSecret(code ?? '')), Buffer.from(expectedHash))) return;
  throw new HttpProblem(403, 'forbidden', 'Ask the organisation that gave you the app for its registration code.', {
    errors: [{ path: ['registrationCode'], detail: 'is missing or wrong' }],
  });
};

const limited = (outcome: { readonly contacts: readonly number[]; readonly retryAfterSeconds: number }): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-requests',
    outcome.contacts.length > 0
      ? 'One phone or mailbox can be added to at most 5 families a day. Register without the contacts named under errors and add them later, or send it again after midnight UTC; Retry-After says in how many seconds.'
      : 'One phone can be given in at most 5 registrations a day, and that of the person has been. Leave out person.phone, or send it again after midnight UTC; Retry-After says in how many seconds.',
    {
      errors: outcome.contacts.map((index) => ({
        path: ['contacts', index, 'endpoint'],
        detail: 'was added to 5 families today',
      })),
      headers: { 'retry-after': String(outcome.retryAfterSeconds) },
    },
  );

/** `POST /v1/families`: one durable write; the family's topic and welcome follow from the stream. */
export const createHandler = (deps: RegisterDeps): HttpHandler => {
  const schema = registerFamilyRequest(deps.smsCountries);
  return httpHandler('register-family', async (request) => {
    const { registrationCode, ...registration } = parseRequest(schema, readJson(request));
    checkCode(deps.registrationCodeHash, registrationCode);

    const outcome = await registerFamily(deps, registration satisfies Registration);
    if (outcome.kind === 'limited') {
      request.log.info('registration.limited', { contacts: outcome.contacts.length });
      throw limited(outcome);
    }
    const { family, deviceToken } = outcome;
    request.log.info('family.registered', { familyId: family.familyId, contacts: family.contacts.length });
    const body: RegisterFamilyResponse = {
      familyId: family.familyId,
      deviceToken,
      contacts: family.contacts.map(({ contactId, name, channel }) => ({
        contactId,
        name,
        channel,
        status: 'pending',
      })),
    };
    return { status: 201, body: registerFamilyResponse.parse(body) };
  });
};
