import { type MakeCheckInResponse, makeCheckInRequest, makeCheckInResponse } from '../../shared/contracts/check-ins.ts';
import { type ManageCheckInsDeps, makeCheckIn } from '../../shared/domain/check-in/manage-check-ins.ts';
import { readInstant } from '../../shared/domain/sent-values.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import { type HttpAnswer, type HttpRequest, readJson } from '../../shared/runtime/http.ts';
import { parseRequest, withoutNulls } from '../../shared/runtime/parse.ts';
import { HttpProblem, invalidRequest, unauthorized } from '../../shared/runtime/problem.ts';

/** `POST /v1/check-ins`. */
export const makeAnswer = async (deps: ManageCheckInsDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const token = readDeviceToken(request);
  const { label, dueAt, ...asked } = parseRequest(makeCheckInRequest, withoutNulls(readJson(request)));
  const sent = readInstant(dueAt);
  const outcome = await makeCheckIn(deps, token, {
    ...asked,
    dueAt: sent?.at ?? dueAt,
    ...(sent?.offsetMinutes !== undefined && { utcOffsetMinutes: sent.offsetMinutes }),
    ...(label !== undefined && label !== '' && { label }),
  });
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'past':
      throw invalidRequest([{ path: ['dueAt'], code: 'past', detail: 'must be in the future' }]);
    case 'too-far':
      throw invalidRequest([{ path: ['dueAt'], code: 'too-far-ahead', detail: 'must be at most 400 days ahead' }]);
    case 'too-many':
      throw new HttpProblem(409, 'conflict', 'The family has 20 check-ins that wait. Take one back first.', {
        reason: 'too-many-check-ins',
      });
    case 'used-up':
      throw new HttpProblem(
        429,
        'check-ins-used-up',
        'The family has made 20 check-ins today. Make it after midnight UTC; Retry-After says in how many seconds.',
        { headers: { 'retry-after': String(outcome.retryAfterSeconds) } },
      );
    case 'made': {
      const { familyId, checkInId, promisedAt } = outcome.checkIn;
      request.log.info('check-in.made', { familyId, checkInId });
      const body: MakeCheckInResponse = { checkInId, dueAt: promisedAt };
      return { status: 201, body: makeCheckInResponse.parse(body) };
    }
  }
};
