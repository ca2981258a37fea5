import type { ConsentTexts } from '../../shared/domain/family/consent-text.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { unknownPage } from '../../shared/pages/problem-page.ts';
import { pageContentSecurityPolicy } from '../../shared/pages/style.ts';
import { type HttpAnswer, type HttpHandler, type HttpRequest, httpHandler } from '../../shared/runtime/http.ts';
import { prefersPage } from '../../shared/runtime/page.ts';
import { HttpProblem } from '../../shared/runtime/problem.ts';
import { type AlertListDeps, alertListAnswer } from './alert-list.ts';
import { type AlertStatusDeps, alertStatusAnswer } from './alert-status.ts';
import { consentAnswer } from './consent.ts';
import { type FamilyDeps, familyAnswer } from './family.ts';
import { type NearestConsulatesDeps, nearestConsulatesAnswer } from './nearest-consulates.ts';
import { type RightsDeps, rightsAnswer } from './rights.ts';

export type QueryDeps = AlertListDeps &
  AlertStatusDeps &
  ConsentTexts &
  FamilyDeps &
  NearestConsulatesDeps &
  RightsDeps & {
    /** The document of `docs/openapi.json`. */
    readonly openApi: object;
  };

/** A page for people who mistyped an address, a problem document for programs. */
const unknownPath = (request: HttpRequest): HttpAnswer => {
  const vary = { vary: 'Accept' };
  if (!prefersPage(request)) {
    throw new HttpProblem(404, 'not-found', 'No such path, or not with this method.', { headers: vary });
  }
  const headers = {
    ...vary,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': pageContentSecurityPolicy,
  };
  return { status: 404, body: htmlText(unknownPage()), headers };
};

/** Every GET of the API, and the answer to unknown paths. */
export const createHandler = (deps: QueryDeps): HttpHandler => {
  const routes: Readonly<Record<string, (request: HttpRequest) => Promise<HttpAnswer>>> = {
    'GET /v1/alerts/{alertId}': async (request) => alertStatusAnswer(deps, request),
    'GET /v1/alerts': async (request) => alertListAnswer(deps, request),
    'GET /v1/consent': async (request) => consentAnswer(deps, request),
    'GET /v1/family': async (request) => familyAnswer(deps, request),
    'GET /v1/consulates': async (request) => nearestConsulatesAnswer(deps, request),
    'GET /v1/rights': async (request) => rightsAnswer(deps, request),
    'GET /openapi.json': async () => ({ status: 200, body: deps.openApi }),
    'GET /health': async () => ({ status: 200, body: { status: 'ok' } }),
  };
  return httpHandler('answer-queries', async (request) => {
    const answer = routes[request.event.routeKey];
    return answer ? answer(request) : unknownPath(request);
  });
};
