import type { AlertStatusResponse } from '../../shared/contracts/alerts.ts';
import { alertStatusResponse } from '../../shared/contracts/alerts.ts';
import { uuid } from '../../shared/contracts/common.ts';
import type { Alert, Delivery, DestinationKind } from '../../shared/domain/alert.ts';
import { consulateInCharge, readAlert } from '../../shared/domain/read-alert.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { HttpProblem, unauthorized } from '../../shared/runtime/problem.ts';

export type AlertStatusDeps = Parameters<typeof readAlert>[0] & Parameters<typeof consulateInCharge>[1];

const destinationsOf = ({ deliveries, consulate }: Alert): AlertStatusResponse['destinations'] => {
  const entry = (kind: DestinationKind, delivery: Delivery | undefined, id?: string) =>
    delivery
      ? [
          {
            kind,
            ...(id !== undefined && { id }),
            status: delivery.status,
            ...(delivery.at !== undefined && { at: delivery.at }),
          },
        ]
      : [];
  return [
    ...entry('family', deliveries.family),
    ...entry('consulate', deliveries.consulate, consulate?.id),
    ...entry('ministry', deliveries.ministry),
  ];
};

const notFound = () => new HttpProblem(404, 'not-found', 'This family has no such alert.');

/** `GET /v1/alerts/{alertId}`: what has become of an alert, for its own device. */
export const alertStatus = async (deps: AlertStatusDeps, request: HttpRequest): Promise<HttpAnswer> => {
  const token = readDeviceToken(request);
  // What is no UUID names no alert; the token is checked all the same, so that a bad one is always a 401.
  const alertId = uuid.safeParse(request.event.pathParameters?.['alertId']).data?.toLowerCase();
  const outcome = await readAlert(deps, token, alertId ?? 'none');
  switch (outcome.kind) {
    case 'unknown-device':
      throw unauthorized();
    case 'not-found':
      throw notFound();
    case 'found': {
      const { alert } = outcome;
      const consulate = consulateInCharge(alert, deps);
      const body: AlertStatusResponse = {
        alertId: alert.alertId,
        state: alert.state,
        raisedAt: alert.raisedAt,
        drill: alert.drill,
        destinations: destinationsOf(alert),
        consulate,
        basis: alert.consularNotification ? (consulate?.basis ?? null) : 'not-authorised',
        ...(alert.acknowledgedAt !== undefined && { acknowledgedAt: alert.acknowledgedAt }),
      };
      return { status: 200, body: alertStatusResponse.parse(body) };
    }
  }
};
