import { joinRequest, joinResponse, recoverRequest, recoverResponse } from '../../shared/contracts/manage-family.ts';
import { joinByCode } from '../../shared/domain/family/join-by-code.ts';
import { lettersIn } from '../../shared/domain/family/readable-code.ts';
import { recoverFamily } from '../../shared/domain/family/recover-family.ts';
import { hashSecret } from '../../shared/runtime/device-token.ts';
import { type HttpAnswer, type HttpRequest, readJson } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { HttpProblem, refusedPin } from '../../shared/runtime/problem.ts';
import { changesUsedUp } from './answers.ts';

export type ArrivalDeps = Parameters<typeof recoverFamily>[0] & Parameters<typeof joinByCode>[0];

/** `POST /v1/devices`. */
const join = async (deps: ArrivalDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const letters = lettersIn(parseRequest(joinRequest, readJson(request)).code);
  const joined = await joinByCode(deps, letters, hashSecret(letters));
  if (!joined) throw new HttpProblem(403, 'forbidden', 'The code is wrong, over, used, or was tried too often.');
  request.log.info('phone.joined', { familyId: joined.familyId });
  return { status: 201, body: joinResponse.parse(joined) };
};

/** `POST /v1/families/recover`. Neither answer nor log says which PIN was given. */
const recover = async (deps: ArrivalDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const { recoveryCode, pin } = parseRequest(recoverRequest, readJson(request));
  const outcome = await recoverFamily(deps, hashSecret(lettersIn(recoveryCode)), pin);
  if (outcome.kind === 'wrong') {
    throw refusedPin(outcome, 'Wrong code or PIN, or too many wrong PINs: then wait 15 minutes.');
  }
  if (outcome.kind === 'changes-used-up') throw changesUsedUp(outcome.retryAfterSeconds);
  request.log.info('family.recovered', { familyId: outcome.familyId });
  return { status: 201, body: recoverResponse.parse(outcome) };
};

/** Phones that have no token yet. */
export const arrivals: Readonly<Record<string, typeof join>> = {
  'POST /v1/devices': join,
  'POST /v1/families/recover': recover,
};
