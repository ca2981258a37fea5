import type { HttpAnswer, HttpHandler, HttpRequest } from '../../shared/runtime/http.ts';
import { httpHandler } from '../../shared/runtime/http.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';
import type { AlertStatusDeps } from './alert-status.ts';
import { alertStatus } from './alert-status.ts';
import type { NearestConsulatesDeps } from './nearest-consulates.ts';
import { nearestConsulatesAnswer } from './nearest-consulates.ts';

export type QueryDeps = AlertStatusDeps & NearestConsulatesDeps;

/** Every GET of the API, and the answer to unknown paths. */
export const createHandler = (deps: QueryDeps): HttpHandler => {
  const routes: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
    'GET /v1/alerts/{alertId}': async (request) => alertStatus(deps, request),
    'GET /v1/consulates': async (request) => nearestConsulatesAnswer(deps, request),
    'GET /health': async () => ({ status: 200, body: { status: 'ok' } }),
  };
  return httpHandler('answer-queries', async (request) => {
    const answer = routes[request.event.routeKey];
    if (!answer) throw new HttpProblem(404, 'not-found', 'No such path, or not with this method.');
    return answer(request);
  });
};
