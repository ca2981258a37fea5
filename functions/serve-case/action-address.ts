import { familyActionRequests, officerActionRequests } from '../../shared/contracts/case-actions.ts';
import { representativeActionRequests } from '../../shared/contracts/representatives.ts';
import { trustedActionRequests } from '../../shared/contracts/trusted.ts';
import type { PageAddress } from '../../shared/pages/page-urls.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import type { PageAnswer } from '../../shared/runtime/page.ts';
import { noSuchLink, plausibleToken, queryOf, urlsOf } from './request.ts';

/** The page that an action belongs to. Nothing is looked up: the page itself says whether the link is one. */
const toPage = (request: HttpRequest, kind: PageAddress['kind'], actions: object): PageAnswer => {
  const action = request.event.pathParameters?.['action'];
  if (action !== undefined && !Object.hasOwn(actions, action)) throw noSuchLink();
  plausibleToken(request);
  return { kind: 'see-other', path: urlsOf(request, { kind, ref: queryOf(request, 'case') }).page() };
};

/** GET of an address that forms are sent to, as a reload of a refused one asks for: 303 to the page. */
export const addressesOfActions: Readonly<Record<string, (request: HttpRequest) => Promise<PageAnswer>>> = {
  'GET /c/{token}/{action}': async (request) => toPage(request, 'c', officerActionRequests),
  'GET /f/{token}/{action}': async (request) => toPage(request, 'f', familyActionRequests),
  'GET /l/{token}/{action}': async (request) => toPage(request, 'l', representativeActionRequests),
  'GET /t/{token}/{action}': async (request) => toPage(request, 't', trustedActionRequests),
  'GET /o/{token}/search': async (request) => toPage(request, 'o', {}),
  'GET /o/{token}/take': async (request) => toPage(request, 'o', {}),
};
