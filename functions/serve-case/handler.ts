import { htmlText } from '../../shared/pages/html.ts';
import { type ProblemCall, problemPage } from '../../shared/pages/problem-page.ts';
import { pageContentSecurityPolicy } from '../../shared/pages/style.ts';
import type { HttpHandler, HttpRequest } from '../../shared/runtime/http.ts';
import { type PageAnswer, type PageSettings, pageHandler } from '../../shared/runtime/page.ts';
import { addressesOfActions } from './action-address.ts';
import { postAnswer, showFamily } from './family.ts';
import { downloadNumbers, showNumbers } from './numbers.ts';
import { searchOffice, showNews, showOffice } from './office-list.ts';
import { takeCases } from './take.ts';
import { postAction, showCase } from './officer.ts';
import { type RepresentativeDeps, postOffer, showOffer } from './representative.ts';
import { type TrustedDeps, postTrusted, showTrusted } from './trusted.ts';
import { noSuchLink } from './request.ts';

/** Whether its person authorised that an office hears is not known of a family's link that opens nothing. */
const callOn = (path: string, { desk, legalHelp }: TrustedDeps): ProblemCall | undefined => {
  if (!/^\/[ft]\//.test(path)) return { by: 'desk', phone: desk.phone };
  return legalHelp && { by: 'legalHelp', phone: legalHelp.phone };
};

/** The pages behind the links in messages. The token in the path is the credential; no log line or error has it. */
export const createHandler = (deps: TrustedDeps & RepresentativeDeps): HttpHandler => {
  const routes: Readonly<Record<string, (request: HttpRequest) => Promise<PageAnswer>>> = {
    'GET /c/{token}': async (request) => showCase(deps, request),
    'POST /c/{token}/{action}': async (request) => postAction(deps, request),
    'GET /o/{token}': async (request) => showOffice(deps, request),
    'GET /o/{token}/news': async (request) => showNews(deps, request),
    'POST /o/{token}/search': async (request) => searchOffice(deps, request),
    'POST /o/{token}/take': async (request) => takeCases(deps, request),
    'GET /o/{token}/numbers': async (request) => showNumbers(deps, request),
    'GET /o/{token}/numbers.csv': async (request) => downloadNumbers(deps, request),
    'GET /f/{token}': async (request) => showFamily(deps, request),
    'POST /f/{token}/{action}': async (request) => postAnswer(deps, request),
    'GET /l/{token}': async (request) => showOffer(deps, request),
    'POST /l/{token}/{action}': async (request) => postOffer(deps, request),
    'GET /t/{token}': async (request) => showTrusted(deps, request),
    'POST /t/{token}/{action}': async (request) => postTrusted(deps, request),
    ...addressesOfActions,
  };
  const settings = {
    contentSecurityPolicy: pageContentSecurityPolicy,
    problemPage: ({ path, ...problem }: Parameters<PageSettings['problemPage']>[0]) =>
      htmlText(problemPage(problem, callOn(path, deps))),
  };
  return pageHandler('serve-case', settings, async (request) => {
    const route = routes[request.event.routeKey];
    if (!route) throw noSuchLink();
    return route(request);
  });
};
