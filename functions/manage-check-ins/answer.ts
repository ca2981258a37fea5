import { answerCheckInResponse, endCheckInRequest, sentOk } from '../../shared/contracts/check-ins.ts';
import { readUuid } from '../../shared/domain/sent-values.ts';
import { type AnswerCheckInDeps, answerCheckIn } from '../../shared/domain/check-in/answer-check-in.ts';
import { readInstant, withoutRollover } from '../../shared/domain/sent-values.ts';
import type { CheckInAnswerState } from '../../shared/domain/vocabulary.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import { type HttpAnswer, type HttpRequest, readJson } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { HttpProblem, refusedPin, unauthorized } from '../../shared/runtime/problem.ts';

const readAsked = (deps: AnswerCheckInDeps, request: HttpRequest, to: CheckInAnswerState) => {
  if (to === 'ended') return parseRequest(endCheckInRequest, readJson(request));
  const { pin, saidAt } = parseRequest(sentOk, readJson(request));
  const said = readInstant(saidAt);
  return { pin, saidAt: said && withoutRollover(said.at, deps.now()) };
};

/** `POST /v1/check-ins/{checkInId}/ok` and `/end`. Neither answer nor log says which PIN was given. */
export const answerAnswer = async (
  deps: AnswerCheckInDeps,
  request: HttpRequest,
  to: CheckInAnswerState,
): Promise<HttpAnswer> => {
  const token = readDeviceToken(request);
  const { familyId } = token;
  const asked = readAsked(deps, request, to);
  // An id that is no UUID is a 404. The token is checked before, so a bad token is always a 401.
  const checkInId = readUuid(request.event.pathParameters?.['checkInId']) ?? 'none';

  const outcome = await answerCheckIn(deps, token, { ...asked, checkInId, to });
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'not-found':
      throw new HttpProblem(404, 'not-found', 'This family has no such check-in.');
    case 'wrong-pin':
      request.log.info('pin.refused', { checkInId, familyId });
      throw refusedPin(outcome);
    case 'missed':
      request.log.info('check-in.answered', { checkInId, familyId });
      throw new HttpProblem(
        409,
        'conflict',
        'The check-in is missed and its alert has been raised. Cancel that alert: GET /v1/check-ins has its id.',
        { reason: 'missed' },
      );
    case 'answered': {
      const { promisedAt, state } = outcome.checkIn;
      request.log.info('check-in.answered', { checkInId, familyId });
      return { status: 200, body: answerCheckInResponse.parse({ checkInId, dueAt: promisedAt, state }) };
    }
  }
};
