import { caseIdOf } from '../domain/case/open-cases.ts';
import type { OfficeCases } from '../contracts/office-list.ts';
import { type ListSection, listSections } from '../domain/vocabulary.ts';
import { shortName } from '../telling/office-ref.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { page } from './layout.ts';
import { type ListedCase, caseRow, incidentMark, tickBox } from './office-rows.ts';
import { listStyle } from './office-style.ts';
import type { PageContext } from './page-context.ts';
import { wrongBanner } from './page-parts.ts';

/** How a reader looks at the list, and what they have typed and ticked: it is shown again. */
export type OfficeListView = {
  /** What counts as new came after this, ISO 8601 UTC. */
  readonly since?: string | undefined;
  /** From when on the next look is to count. */
  readonly lookedAt: string;
  /** What was searched for. */
  readonly text?: string | undefined;
  /** Who signs: as typed, else as the link remembers. */
  readonly officer?: string | undefined;
  /** `<familyId>.<alertId>` of each case that is ticked. */
  readonly ticked: ReadonlySet<string>;
  /** What was just ticked with one button: all that nobody has, or an incident. */
  readonly tick?: string | undefined;
  /** What became of the cases that were taken. */
  readonly taken?: { readonly taken: number; readonly refused: number } | undefined;
};

/** Asks for all that nobody has to be ticked; any other text is an incident. */
const everyUntaken = 'untaken';

const isTicked = (found: ListedCase, { ticked, tick }: OfficeListView): boolean =>
  ticked.has(caseIdOf(found)) || tick === everyUntaken || (tick !== undefined && tick === found.incidentId);

const count = (number: number): { readonly count: string } => ({ count: String(number) });

const counts = ({ words }: PageContext, { counts: each }: OfficeCases): Html =>
  html`<ul class="counts">
    ${listSections.map((name) => each[name] > 0 && html`<li>${words.pages.list.sections[name]}: <strong>${each[name]}</strong></li> `)}
  </ul>`;

/** Cases of one incident that nobody has, most first; one alone is no incident to take. */
const incidentsIn = (cases: readonly ListedCase[]): readonly (readonly [id: string, count: number])[] => {
  const found = new Map<string, number>();
  for (const { incidentId } of cases) {
    if (incidentId !== undefined) found.set(incidentId, (found.get(incidentId) ?? 0) + 1);
  }
  return [...found].filter(([, number]) => number > 1).sort(([, one], [, other]) => other - one);
};

const tickButton = (context: PageContext, tick: string, text: string): Html =>
  html`<button
    class="second"
    type="submit"
    name="tick"
    value="${tick}"
    formaction="${context.urls.action('search')}"
    formnovalidate
  >
    ${text}
  </button> `;

/**
 * Takes several cases. The button that Enter presses is the first of the form, so it stands before those that tick; these
 * send what is typed and ticked, and the list comes back with it.
 */
const takeBar = (context: PageContext, cases: readonly ListedCase[], view: OfficeListView): Html => {
  const { words, urls, attempt } = context;
  const { list, officer: texts, wrong } = words.pages;
  const ticked = cases.filter((found) => isTicked(found, view)).length;
  const error = attempt?.wrong.includes('officer') === true ? wrong.officer : undefined;
  const { officer = '' } = view;
  return html`<section class="take" id="take-cases" tabindex="-1" aria-label="${list.take.title}">
    ${ticked > 0 && html`<p role="status"><strong>${fill(list.take.ticked, count(ticked))}</strong></p>`}
    <label for="take-officer">${texts.fields.officer}</label>
    ${error !== undefined && html`<p class="error" id="take-officer-error">${error}</p>`}
    <div class="line">
      <input
        type="text"
        id="take-officer"
        name="officer"
        value="${officer}"
        autocomplete="name"
        required
        ${error !== undefined && html` aria-invalid="true" aria-describedby="take-officer-error"`}${view.tick !== undefined && officer === '' && html` autofocus`}
      />
      <button type="submit" ${view.tick !== undefined && officer !== '' && html` autofocus`}>
        ${list.take.button}
      </button>
    </div>
    <div class="line ticks">
      ${cases.length > 1 && tickButton(context, everyUntaken, fill(list.take.tickAll, count(cases.length)))}
      ${incidentsIn(cases).map(([id, number]) =>
        tickButton(context, id, fill(list.take.tickIncident, { mark: incidentMark(id), ...count(number) })),
      )}
      <button
        class="second"
        type="submit"
        name="since"
        value="${view.lookedAt}"
        formaction="${urls.action('search')}"
        formnovalidate
      >
        ${words.pages.refresh}
      </button>
    </div>
    <p class="soft small">${list.take.hint}</p>
  </section>`;
};

const sectionTitle = ({ words }: PageContext, name: ListSection, total: number): Html =>
  html`<h2 class="part" id="${name}">${words.pages.list.sections[name]} (${total})</h2>`;

/** The cases that nobody has, in the form that takes them. */
const untakenPart = (
  context: PageContext,
  list: OfficeCases,
  cases: readonly ListedCase[],
  view: OfficeListView,
): HtmlValue =>
  cases.length > 0 &&
  html`<form method="post" action="${context.urls.action('take')}">
    <input type="hidden" name="from" value="${list.from}" />
    ${view.text !== undefined && html`<input type="hidden" name="text" value="${view.text}" />`}
    ${view.since !== undefined && html`<input type="hidden" name="since" value="${view.since}" />`}
    ${takeBar(context, cases, view)} ${sectionTitle(context, 'untaken', list.counts.untaken)}
    <ul class="rows">
      ${cases.map((found) => caseRow(context, found, tickBox(context, found, isTicked(found, view))))}
    </ul>
  </form>`;

const otherPart = (context: PageContext, list: OfficeCases, name: Exclude<ListSection, 'untaken'>): HtmlValue => {
  const cases = list.cases.filter(({ section }) => section === name);
  return (
    cases.length > 0 &&
    html`${sectionTitle(context, name, list.counts[name])}
      <ul class="rows">
        ${cases.map((found) => caseRow(context, found))}
      </ul>`
  );
};

/** A name never stands in an address: it is posted. */
const searchForm = ({ words, urls }: PageContext, { text }: OfficeListView): Html => {
  const { search } = words.pages.list;
  return html`<details class="find" ${text !== undefined && html` open`}>
    <summary>${search.title}</summary>
    <form method="post" action="${urls.action('search')}">
      <label for="text">${search.label}</label>
      <div class="line">
        <input type="text" id="text" name="text" value="${text ?? ''}" autocomplete="off" required />
        <button type="submit">${search.button}</button>
      </div>
    </form>
  </details>`;
};

const pagesOf = (context: PageContext, list: OfficeCases, { since, text }: OfficeListView): HtmlValue => {
  const { words, urls } = context;
  const { list: texts } = words.pages;
  const { total, from, cases } = list;
  const end = from + cases.length;
  if (text !== undefined) return end < total && html`<p>${fill(texts.search.most, count(cases.length))}</p>`;
  const kept = since === undefined ? {} : { since };
  return (
    (from > 0 || end < total) &&
    html`<p>
      ${fill(texts.shown, { from: String(from + 1), to: String(end), total: String(total) })}
      ${from > 0 && html`<a class="tap" href="${urls.page(kept)}">${texts.first}</a>`}
      ${end < total && html`<a class="tap" href="${urls.page({ ...kept, from: String(end) })}">${texts.next}</a>`}
    </p>`
  );
};

const heading = (context: PageContext, list: OfficeCases, view: OfficeListView): Html => {
  const { words, urls } = context;
  const { list: texts } = words.pages;
  return html`<h1 class="list">${texts.title} · ${shortName(list.office, words.case)}</h1>
    ${
      view.text !== undefined
        ? html`<p>
            ${fill(texts.search.found, { text: view.text, ...count(list.total) })}
            <a class="tap" href="${urls.page()}">${texts.search.all}</a>
          </p>`
        : list.total === 0
          ? html`<p class="card">${texts.none}</p>`
          : counts(context, list)
    }
    <iframe class="news" tabindex="-1" src="${urls.news(view.lookedAt)}" title="${texts.news.title}"></iframe>`;
};

const takenBanner = ({ words }: PageContext, { taken: result }: OfficeListView): HtmlValue => {
  const { take } = words.pages.list;
  if (result?.taken === 0 && result.refused === 0)
    return html`<p class="problem" role="alert">${words.pages.wrong.cases}</p>`;
  return (
    result &&
    html`<p class="told" role="status">
      ${fill(take.done, count(result.taken))} ${result.refused > 0 && fill(take.refused, count(result.refused))}
    </p>`
  );
};

/** `/o/{token}`: the open cases of an office. */
export const officePage = (context: PageContext, list: OfficeCases, view: OfficeListView): Html => {
  const { words, urls } = context;
  const untaken = list.cases.filter(({ section }) => section === 'untaken');
  const more = pagesOf(context, list, view);
  return page(context, {
    title: `${words.pages.list.title} · ${list.office.name}`,
    drill: false,
    links: [{ href: urls.numbers(), text: words.numbers.link }],
    style: listStyle,
    refresh: urls.page({ since: view.lookedAt }),
    banners: [takenBanner(context, view), wrongBanner(context)],
    main: html`${heading(context, list, view)} ${searchForm(context, view)} ${untakenPart(context, list, untaken, view)}
    ${(['here', 'others', 'drill'] as const).map((name) => otherPart(context, list, name))} ${more}`,
  });
};
