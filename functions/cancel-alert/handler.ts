import { type CancelAlertResponse, cancelAlertRequest, cancelAlertResponse } from '../../shared/contracts/cancel.ts';
import { readUuid } from '../../shared/domain/sent-values.ts';
import { type CancelAlertDeps, cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import { type HttpHandler, httpHandler, readJson } from '../../shared/runtime/http.ts';
import { parseRequest } from '../../shared/runtime/parse.ts';
import { HttpProblem, refusedPin, unauthorized } from '../../shared/runtime/problem.ts';

/** `POST /v1/alerts/{alertId}/cancel`. Neither answer nor log says which PIN was given. */
export const createHandler = (deps: CancelAlertDeps): HttpHandler =>
  httpHandler('cancel-alert', async (request) => {
    const token = readDeviceToken(request);
    const { pin } = parseRequest(cancelAlertRequest, readJson(request));
    // An id that is no UUID is a 404. The token is checked before, so a bad token is always a 401.
    const alertId = readUuid(request.event.pathParameters?.['alertId']) ?? 'none';

    const outcome = await cancelAlert(deps, token, alertId, pin);
    switch (outcome.kind) {
      case 'unknown-device':
        throw unauthorized();
      case 'not-found':
        throw new HttpProblem(404, 'not-found', 'This family has no such alert.');
      case 'wrong-pin':
        request.log.info('pin.refused', { alertId, familyId: token.familyId });
        throw refusedPin(outcome);
      case 'cancelled': {
        request.log.info('alert.cancelled', { alertId, familyId: token.familyId });
        const body: CancelAlertResponse = { alertId, state: 'closed', raisedAt: outcome.raisedAt };
        return { status: 200, body: cancelAlertResponse.parse(body) };
      }
    }
  });
