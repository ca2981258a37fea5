import { alertsResponse } from '../../shared/contracts/alerts.ts';
import { listAlerts } from '../../shared/domain/family/list-alerts.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { unauthorized } from '../../shared/runtime/problem.ts';

export type AlertListDeps = Parameters<typeof listAlerts>[0];

/** `GET /v1/alerts`: a phone that is new, or was installed again, finds the alert that is open. */
export const alertListAnswer = async (deps: AlertListDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const alerts = await listAlerts(deps, readDeviceToken(request));
  if (!alerts) throw unauthorized();
  return { status: 200, body: alertsResponse.parse({ alerts }) };
};
