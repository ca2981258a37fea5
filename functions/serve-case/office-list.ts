import {
  maximumSearchedLength,
  newCasesResponse,
  officeCasesResponse,
  searchListRequest,
} from '../../shared/contracts/office-list.ts';
import type { Link } from '../../shared/domain/case/links.ts';
import { countNew, isMeant, readOfficeList } from '../../shared/domain/case/office-list.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { officeCases } from '../../shared/pages/office-cases.ts';
import { officeNews } from '../../shared/pages/office-news.ts';
import { type OfficeListView, officePage } from '../../shared/pages/office-page.ts';
import { listContentSecurityPolicy, newsContentSecurityPolicy } from '../../shared/pages/office-style.ts';
import type { Attempt } from '../../shared/pages/page-context.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { type PageAnswer, readFields, wantsJson } from '../../shared/runtime/page.ts';
import { fieldErrors } from '../../shared/runtime/parse.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';
import { officersLanguage } from '../../shared/words/catalogues.ts';
import { officeTimeZone } from '../../shared/words/local-time.ts';
import { type ServeCaseDeps, contextOf, findOfficersLink, officeOfLink, queryOf } from './request.ts';

/** Cases a page. */
const pageLength = 200;

/** A form sends what is ticked: more than other forms hold. */
export const maximumListBytes = 1024 * 1024;

/** The index lags behind by less: what was told right before a look, and not shown, is new at the next. */
const lagMs = 2000;

const startOf = (from: string | undefined): number => (/^\d{1,6}$/.test(from ?? '') ? Number(from) : 0);

/** As this service writes it; anything else is no time. */
const timeOf = (since: string | undefined): string | undefined =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(since ?? '') ? since : undefined;

/** What is asked of the list: where it begins, and what the reader has typed and ticked. */
type Asked = Partial<Pick<OfficeListView, 'since' | 'text' | 'officer' | 'tick' | 'taken'>> & {
  readonly from: number;
  readonly ticked?: readonly string[];
};

const contextFor = (deps: ServeCaseDeps, request: HttpRequest, officeId: string, attempt?: Attempt) => {
  const timeZone = officeTimeZone(deps, officeId);
  return contextOf(deps, request, { kind: 'o' }, { language: officersLanguage, timeZone }, attempt);
};

/** The list as it is now, as JSON or as its page. @param refused a form that was refused, which is shown again */
const answer = async (
  deps: ServeCaseDeps,
  request: HttpRequest,
  link: Link,
  asked: Asked,
  refused?: { readonly status: number; readonly attempt: Attempt },
): Promise<PageAnswer> => {
  const officeId = officeOfLink(link);
  const { from, text, since, officer = link.officer, ticked = [] } = asked;
  const lookedAt = new Date(deps.now().getTime() - lagMs).toISOString();
  const entries = await readOfficeList(deps, link, { officeId, since });
  const meant = text === undefined ? entries : entries.filter(isMeant(text));
  request.log.info('office-list.viewed', { officeId, cases: entries.length });
  const context = contextFor(deps, request, officeId, refused?.attempt);
  const part = { from, length: pageLength };
  const body = officeCases(officeId, meant, part, deps, (ref) => context.urls.otherCase(ref));
  if (wantsJson(request)) return { kind: 'json', status: 200, body: officeCasesResponse.parse(body) };
  const view = { ...asked, officer, lookedAt, ticked: new Set(ticked) };
  return {
    kind: 'page',
    status: refused?.status ?? 200,
    html: htmlText(officePage(context, body, view)),
    contentSecurityPolicy: listContentSecurityPolicy,
  };
};

/** What became of a form that took cases: its answer leads here. */
const takenIn = (request: HttpRequest): OfficeListView['taken'] => {
  const [taken, refused] = [queryOf(request, 'taken'), queryOf(request, 'refused')];
  if (queryOf(request, 'done') !== 'take' || taken === undefined || refused === undefined) return undefined;
  return { taken: startOf(taken), refused: startOf(refused) };
};

/** `GET /o/{token}`: the open cases that the link's office was told of. */
export const showOffice = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await findOfficersLink(deps, request);
  return answer(deps, request, link, {
    from: startOf(queryOf(request, 'from')),
    since: timeOf(queryOf(request, 'since')),
    taken: takenIn(request),
  });
};

type Fields = ReturnType<typeof readFields>;

const textIn = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

/** What a form of the list has sent, to show it again. */
const askedBy = (fields: Fields): Asked => {
  const cases = fields['cases'];
  return {
    from: startOf(textIn(fields, 'from')),
    // The button that loads the list anew comes after the field that keeps the former look.
    since: timeOf(textIn(fields, 'since')),
    text: textIn(fields, 'text')?.slice(0, maximumSearchedLength),
    officer: textIn(fields, 'officer'),
    tick: textIn(fields, 'tick'),
    ticked: Array.isArray(cases) ? cases.filter((each) => typeof each === 'string') : [],
  };
};

/**
 * `POST /o/{token}/search`: the cases of a name or folio, which never stand in an address. The page's own form also comes
 * here to tick cases and to load the list anew: what is typed and ticked comes back. Changes nothing.
 */
export const searchOffice = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await findOfficersLink(deps, request);
  const fields = readFields(request, { repeated: ['cases'], maximumBytes: maximumListBytes });
  if (!wantsJson(request)) return answer(deps, request, link, askedBy(fields));
  const read = searchListRequest.safeParse(fields);
  if (!read.success) throw invalidRequest(fieldErrors(read.error, fields));
  return answer(deps, request, link, { from: read.data.from ?? 0, text: read.data.text });
};

/** The list with the form that took cases, as it was sent, and what is wrong with it. */
export const showWrongTaking = async (
  deps: ServeCaseDeps,
  request: HttpRequest,
  link: Link,
  fields: Fields,
  wrong: readonly string[],
): Promise<PageAnswer> => {
  const asked = askedBy(fields);
  const values = asked.officer === undefined ? {} : { officer: asked.officer };
  return answer(deps, request, link, asked, { status: 400, attempt: { action: 'take', values, wrong } });
};

/** `GET /o/{token}/news`: how many cases have come since then, in a frame of the list that loads itself anew. */
export const showNews = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const link = await findOfficersLink(deps, request);
  const officeId = officeOfLink(link);
  const since = timeOf(queryOf(request, 'since')) ?? deps.now().toISOString();
  const count = await countNew(deps, link, { officeId, since });
  if (wantsJson(request)) return { kind: 'json', status: 200, body: newCasesResponse.parse({ since, count }) };
  return {
    kind: 'page',
    status: 200,
    html: htmlText(officeNews(contextFor(deps, request, officeId), since, count)),
    contentSecurityPolicy: newsContentSecurityPolicy,
  };
};
