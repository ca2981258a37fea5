import { type HttpAnswer, type HttpHandler, type HttpRequest, httpHandler } from '../../shared/runtime/http.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';
import type { ManageCheckInsDeps } from '../../shared/domain/check-in/manage-check-ins.ts';
import { answerAnswer } from './answer.ts';
import { listAnswer } from './list.ts';
import { makeAnswer } from './make.ts';

/** `/v1/check-ins`: promises to say OK by a time. */
export const createHandler = (deps: ManageCheckInsDeps): HttpHandler => {
  const routes: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
    'POST /v1/check-ins': async (request) => makeAnswer(deps, request),
    'GET /v1/check-ins': async (request) => listAnswer(deps, request),
    'POST /v1/check-ins/{checkInId}/ok': async (request) => answerAnswer(deps, request, 'ok'),
    'POST /v1/check-ins/{checkInId}/end': async (request) => answerAnswer(deps, request, 'ended'),
  };
  return httpHandler('manage-check-ins', async (request) => {
    const route = routes[request.event.routeKey];
    if (!route) throw new HttpProblem(404, 'not-found', 'No such path, or not with this method.');
    return route(request);
  });
};
