import { officeCasesResponse } from '../../shared/contracts/office-list.ts';
import { readOfficeList } from '../../shared/domain/case/office-list.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officeCases } from '../../shared/pages/office-cases.ts';
import { officePage } from '../../shared/pages/office-page.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import type { PageAnswer } from '../../shared/runtime/page.ts';
import { wantsJson } from '../../shared/runtime/page.ts';
import { officersLanguage } from '../../shared/words/catalogues.ts';
import { deskTimeZone } from '../../shared/words/local-time.ts';
import type { ServeCaseDeps } from './request.ts';
import { contextOf, findLink, officeOfLink, queryOf } from './request.ts';

/** Cases a page: few enough for a browser, and for a form that takes them all. */
const pageLength = 200;

const startOf = (request: HttpRequest): number => {
  const from = queryOf(request, 'from') ?? '';
  return /^\d{1,6}$/.test(from) ? Number(from) : 0;
};

/** `GET /o/{token}`: the open cases that the link's office was told of. */
export const showOffice = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await findLink(deps, request, ({ kind }) => kind !== 'family');
  const officeId = officeOfLink(link);
  const entries = await readOfficeList(deps, link, officeId);
  request.log.info('office-list.viewed', { officeId, cases: entries.length });
  const timeZone = deps.consulateById(officeId)?.timeZone ?? deskTimeZone;
  const context = contextOf(deps, request, { kind: 'o' }, { language: officersLanguage, timeZone });
  const part = { from: startOf(request), length: pageLength };
  const body = officeCases(officeId, entries, part, deps, (ref) => context.urls.otherCase(ref));
  return wantsJson(request)
    ? { kind: 'json', status: 200, body: officeCasesResponse.parse(body) }
    : { kind: 'page', status: 200, html: htmlText(officePage(context, body)) };
};
