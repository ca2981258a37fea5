import { type CheckInsResponse, checkInsResponse } from '../../shared/contracts/check-ins.ts';
import { type ManageCheckInsDeps, listCheckIns } from '../../shared/domain/check-in/manage-check-ins.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { unauthorized } from '../../shared/runtime/problem.ts';

/** `GET /v1/check-ins`. */
export const listAnswer = async (deps: ManageCheckInsDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const outcome = await listCheckIns(deps, readDeviceToken(request));
  if (outcome.kind === 'unknown-device') throw unauthorized();
  const body: CheckInsResponse = {
    checkIns: outcome.checkIns.map(({ checkInId, promisedAt, label, state, alertId }) => ({
      checkInId,
      dueAt: promisedAt,
      ...(label !== undefined && { label }),
      state,
      ...(alertId !== undefined && { alertId }),
    })),
  };
  return { status: 200, body: checkInsResponse.parse(body) };
};
