import { officeCasesResponse } from '../../shared/contracts/cases.ts';
import { mayOpen } from '../../shared/domain/case/act-on-case.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officeCases } from '../../shared/pages/case-for-officer.ts';
import { officePage } from '../../shared/pages/office-page.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import type { PageAnswer } from '../../shared/runtime/page.ts';
import { wantsJson } from '../../shared/runtime/page.ts';
import { officersLanguage } from '../../shared/words/catalogues.ts';
import { deskTimeZone } from '../../shared/words/local-time.ts';
import type { ServeCaseDeps } from './request.ts';
import { contextOf, findLink, officeOfLink, queryOf } from './request.ts';

/** Cases a page. Each is read in full, and the page must stay small. */
const pageLength = 50;

const startOf = (request: HttpRequest): number => {
  const from = queryOf(request, 'from') ?? '';
  return /^\d{1,5}$/.test(from) ? Number(from) : 0;
};

/** `GET /o/{token}`: the open cases that the link's office was told of, newest first. */
export const showOffice = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await findLink(deps, request, ({ kind }) => kind !== 'family');
  const officeId = officeOfLink(link);
  const refs = await deps.openCases.ofOffice(officeId);
  const from = startOf(request);
  const read = await Promise.all(
    refs.slice(from, from + pageLength).map(async ({ familyId, alertId }) => deps.cases.read(familyId, alertId)),
  );
  // The index lags behind: cases that were closed in this second are left out.
  const cases = read.filter(
    (found) => found !== undefined && found.alert.state !== 'closed' && mayOpen(link.recipient, found.alert),
  );
  request.log.info('office-list.viewed', { officeId, cases: cases.length });
  const context = contextOf(
    deps,
    request,
    { kind: 'o' },
    {
      language: officersLanguage,
      timeZone: deps.consulateById(officeId)?.timeZone ?? deskTimeZone,
    },
  );
  const list = { total: refs.length, from, cases: cases.filter((found) => found !== undefined) };
  const body = officeCases(officeId, list, deps, (ref) => context.urls.otherCase(ref));
  return wantsJson(request)
    ? { kind: 'json', status: 200, body: officeCasesResponse.parse(body) }
    : { kind: 'page', status: 200, html: htmlText(officePage(context, body)) };
};
