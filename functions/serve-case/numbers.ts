import { type Numbers, numbersCsv, numbersResponse } from '../../shared/contracts/numbers.ts';
import { isDay, utcDay } from '../../shared/domain/clock.ts';
import { dayMs } from '../../shared/domain/limits.ts';
import { dayIn } from '../../shared/domain/numbers/case-numbers.ts';
import { type DayRow, type Range, dayRows, monthsOf, speedOf } from '../../shared/domain/numbers/summary.ts';
import { htmlText } from '../../shared/pages/html.ts';
import { numbersPage } from '../../shared/pages/numbers-page.ts';
import type { HttpRequest } from '../../shared/runtime/http.ts';
import { type PageAnswer, wantsJson } from '../../shared/runtime/page.ts';
import { officeRef } from '../../shared/telling/office-ref.ts';
import { officersLanguage } from '../../shared/words/catalogues.ts';
import { officeTimeZone } from '../../shared/words/local-time.ts';
import { type ServeCaseDeps, contextOf, findOfficersLink, noSuchLink, officeOfLink, queryOf } from './request.ts';

const shownDays = 30;
/** Longer ranges are what the operator's command is for. */
const mostDays = 366;

const dayOf = (text: string | undefined): string | undefined => (text !== undefined && isDay(text) ? text : undefined);

const shifted = (day: string, days: number): string => utcDay(new Date(Date.parse(day) + days * dayMs));

/** What was asked for, as far as it can be read; else the last 30 days of the office. */
const rangeOf = (request: HttpRequest, today: string): Range => {
  const until = dayOf(queryOf(request, 'until')) ?? today;
  const since = dayOf(queryOf(request, 'since')) ?? shifted(until, 1 - shownDays);
  const earliest = shifted(until, 1 - mostDays);
  return { since: since < earliest ? earliest : since, until };
};

const rowFor = (deps: ServeCaseDeps, row: DayRow): Numbers['rows'][number] => {
  const { untilTaken, untilRepresentative, untilOffered, untilAccepted, untilContacted, ...counted } = row;
  return {
    ...counted,
    office: officeRef(deps, row.office),
    secondsUntilTaken: untilTaken,
    secondsUntilRepresentative: untilRepresentative,
    secondsUntilOffered: untilOffered,
    secondsUntilAccepted: untilAccepted,
    secondsUntilContacted: untilContacted,
  };
};

/** An office's link, or any link to a case of it: but a drill's opens that drill alone. */
const read = async (deps: ServeCaseDeps, request: HttpRequest): Promise<Numbers> => {
  const link = await findOfficersLink(deps, request);
  if (link.drill) throw noSuchLink();
  const officeId = officeOfLink(link);
  const range = rangeOf(request, dayIn(deps.now(), officeTimeZone(deps, officeId)));
  const all = (await Promise.all(monthsOf(range).map(async (month) => deps.numbers.ofMonth(month)))).flat();
  const found = {
    office: officeRef(deps, officeId),
    ...range,
    speed: speedOf(all, officeId, range),
    rows: dayRows(all, officeId, range).map((row) => rowFor(deps, row)),
  };
  request.log.info('numbers.viewed', { officeId, rows: found.rows.length });
  return numbersResponse.parse(found);
};

/** `GET /o/{token}/numbers`. */
export const showNumbers = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const found = await read(deps, request);
  if (wantsJson(request)) return { kind: 'json', status: 200, body: found };
  const timeZone = officeTimeZone(deps, found.office.id);
  const reader = { language: officersLanguage, timeZone };
  const context = contextOf(deps, request, { kind: 'o', part: 'numbers' }, reader);
  return { kind: 'page', status: 200, html: htmlText(numbersPage(context, found)) };
};

/** `GET /o/{token}/numbers.csv`. */
export const downloadNumbers = async (deps: ServeCaseDeps, request: HttpRequest): Promise<PageAnswer> => {
  const found = await read(deps, request);
  const { office, since, until } = found;
  return { kind: 'csv', name: `${office.id}-${since}-${until}.csv`, text: numbersCsv(found) };
};
