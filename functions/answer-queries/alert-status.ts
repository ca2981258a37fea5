import { alertStatusResponse } from '../../shared/contracts/alerts.ts';
import { readUuid } from '../../shared/domain/sent-values.ts';
import { alertStatus, pressStatus } from '../../shared/domain/case/alert-status.ts';
import { readAlert } from '../../shared/domain/case/read-alert.ts';
import { withRehearsedOffice } from '../../shared/domain/case/rehearsed-office.ts';
import type { OpenOffices } from '../../shared/domain/offices/nearest-consulates.ts';
import type { Offices } from '../../shared/domain/offices/office-in-charge.ts';
import type { Districts } from '../../shared/domain/offices/responsible-office.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { HttpProblem, unauthorized } from '../../shared/runtime/problem.ts';

export type AlertStatusDeps = Parameters<typeof readAlert>[0] & Offices & OpenOffices & Districts;

/** `GET /v1/alerts/{alertId}`, for the alert's own device. */
export const alertStatusAnswer = async (deps: AlertStatusDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const token = readDeviceToken(request);
  // An id that is no UUID is a 404. The token is checked before, so a bad token is always a 401.
  const alertId = readUuid(request.event.pathParameters?.['alertId']);
  const outcome = await readAlert(deps, token, alertId ?? 'none');
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'not-found':
      throw new HttpProblem(404, 'not-found', 'This family has no such alert.');
    case 'frozen':
      return { status: 200, body: alertStatusResponse.parse(JSON.parse(outcome.view.status)) };
    case 'found': {
      const { press, homePosition, events } = outcome;
      const seen = { events, alert: withRehearsedOffice(outcome.alert, homePosition, deps) };
      const status = press ? pressStatus(press, seen, deps) : alertStatus(seen, deps);
      return { status: 200, body: alertStatusResponse.parse(status) };
    }
  }
};
