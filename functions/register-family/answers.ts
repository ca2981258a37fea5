import { type RegisterFamilyResponse, registerFamilyResponse } from '../../shared/contracts/families.ts';
import type { registerFamily } from '../../shared/domain/family/register-family.ts';
import type { HttpAnswer } from '../../shared/runtime/http.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';

export const wrongCode = (): HttpProblem =>
  new HttpProblem(403, 'forbidden', 'Ask the organisation that gave you the app for its registration code.', {
    errors: [{ path: ['registrationCode'], code: 'not-accepted', detail: 'is missing or wrong' }],
  });

const workProblems = {
  missing: 'is missing: do the work that GET /v1/registration-challenge asks for',
  'not-accepted': 'is not done, or is that of no challenge of ours',
  stale: 'came too late for its challenge',
  'used-before': 'was used by another registration',
} as const;

/** The phone can mend this alone: with another challenge. */
export const wrongWork = (code: keyof typeof workProblems): HttpProblem =>
  new HttpProblem(403, 'forbidden', 'Ask GET /v1/registration-challenge for work, do it, and send this with it.', {
    errors: [{ path: ['work'], code, detail: workProblems[code] }],
  });

const differs = (): HttpProblem =>
  new HttpProblem(
    409,
    'registration-differs',
    'The same registrationId registered something else within 10 minutes. Send what was sent before, or this with a registrationId of its own.',
  );

type Outcome = Awaited<ReturnType<typeof registerFamily>>;
type Of<Kind extends Outcome['kind']> = Extract<Outcome, { readonly kind: Kind }>;

/** Says who is meant, and what to do now. */
const limited = ({ contacts, retryAfterSeconds }: Of<'limited'>): HttpProblem =>
  new HttpProblem(
    429,
    'too-many-requests',
    contacts.length > 0
      ? 'One phone or mailbox can be added to at most 5 families a day, and all these contacts would have to wait. Name one more, or send it again after midnight UTC; Retry-After says in how many seconds.'
      : 'One phone can be given in at most 5 registrations a day, and that of the person has been. Leave out person.phone, or send it again after midnight UTC; Retry-After says in how many seconds.',
    {
      errors: [
        ...contacts.map((index) => ['contacts', index, 'endpoint']),
        ...(contacts.length > 0 ? [] : [['person', 'phone']]),
      ].map((path) => ({ path, code: 'used-too-often', detail: 'was added to 5 families today' })),
      headers: { 'retry-after': String(retryAfterSeconds) },
    },
  );

type Nearest = RegisterFamilyResponse['nearestConsulate'];

const registered = ({ family, deviceToken, recoveryCode }: Of<'registered'>, nearestConsulate: Nearest): HttpAnswer => {
  const contacts = family.contacts.map(({ contactId, name, channel, waiting }) => {
    const status = waiting === undefined ? ('pending' as const) : ('waiting' as const);
    return { contactId, name, channel, status };
  });
  const { familyId } = family;
  const body: RegisterFamilyResponse = { familyId, deviceToken, recoveryCode, contacts, nearestConsulate };
  return { status: 201, body: registerFamilyResponse.parse(body) };
};

/** @throws {HttpProblem} when the family was not registered */
export const answerTo = (outcome: Outcome, nearestConsulate: Nearest): HttpAnswer => {
  switch (outcome.kind) {
    case 'limited':
      throw limited(outcome);
    case 'differs':
      throw differs();
    case 'stale':
    case 'used-before':
      throw wrongWork(outcome.kind);
    case 'registered':
      return registered(outcome, nearestConsulate);
  }
};
