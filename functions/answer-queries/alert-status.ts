import type { AlertStatusResponse } from '../../shared/contracts/alerts.ts';
import { alertStatusResponse } from '../../shared/contracts/alerts.ts';
import { uuid } from '../../shared/contracts/common.ts';
import type { Delivery, DestinationKind } from '../../shared/domain/alert.ts';
import type { AlertWithEvents } from '../../shared/domain/read-alert.ts';
import { consulateInCharge, readAlert } from '../../shared/domain/read-alert.ts';
import { readDeviceToken } from '../../shared/runtime/device-token.ts';
import type { HttpAnswer, HttpRequest } from '../../shared/runtime/http.ts';
import { HttpProblem, unauthorized } from '../../shared/runtime/problem.ts';

export type AlertStatusDeps = Parameters<typeof readAlert>[0] & Parameters<typeof consulateInCharge>[1];

const entryOf = (kind: DestinationKind, delivery: Delivery | undefined, assigned?: string) => {
  if (!delivery) return [];
  const { status, at, id = assigned } = delivery;
  return [{ kind, ...(id !== undefined && { id }), status, ...(at !== undefined && { at }) }];
};

/** Each office that the alert came to has an entry of its own; of the ministry the first one counts. */
export const destinationsOf = ({ alert, events }: AlertWithEvents): AlertStatusResponse['destinations'] => {
  const { deliveries, consulate } = alert;
  const passedOn = events.flatMap((event) => entryOf('consulate', event.deliveries.consulate, event.consulate.id));
  return [
    ...entryOf('family', deliveries.family),
    ...entryOf('consulate', deliveries.consulate, events.length === 0 ? consulate?.id : events[0]?.triedConsulates[0]),
    ...passedOn,
    ...entryOf('ministry', deliveries.ministry),
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
        destinations: destinationsOf(outcome),
        consulate,
        basis: alert.consularNotification ? (consulate?.basis ?? null) : 'not-authorised',
        ...(alert.acknowledgedAt !== undefined && { acknowledgedAt: alert.acknowledgedAt }),
      };
      return { status: 200, body: alertStatusResponse.parse(body) };
    }
  }
};
