import type { OfficeCases } from '../contracts/office-list.ts';
import { fill } from '../words/fill.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { page } from './layout.ts';
import type { PageContext } from './page-context.ts';
import { ageText, timeOf } from './page-context.ts';
import { stateWords } from './page-parts.ts';

const entry = (context: PageContext, found: OfficeCases['cases'][number]): Html => {
  const { words } = context;
  const { list } = words.pages;
  const { state, person, raisedAt, acknowledged, drill, duress, origin, path, folio } = found;
  const taken = state === 'raised' ? list.nobody : words.case.states.acknowledged.name;
  return html`<li>
    <a class="card entry ${state}" href="${path}">
      <span class="name">${person.name}</span><br />
      <span class="now">${stateWords(words, found).name}</span
      >${drill && html` <strong>· ${words.pages.drillTitle}</strong>`}${duress && html`<br /><strong class="bad">${list.duress}</strong>`}${origin && html`<br /><strong${origin === 'duress-check-in' && html` class="bad"`}>${list.origins[origin]}</strong>`}<br />
      ${timeOf(raisedAt, context)} (${ageText(raisedAt, context)}) · ${fill(words.pages.folio, { folio })}<br />
      <span class="soft">${acknowledged ? fill(list.takenBy, { officer: acknowledged.officer }) : taken}</span>
    </a>
  </li> `;
};

/** `/o/{token}`: the open cases of an office. */
export const officePage = (context: PageContext, list: OfficeCases): Html => {
  const { words, urls } = context;
  const { total, from, cases, office } = list;
  return page(context, {
    title: `${words.pages.list.title} · ${office.name}`,
    drill: false,
    links: [{ href: urls.numbers(), text: words.numbers.link }],
    main: html`<div class="narrow">
      <h1>${words.pages.list.title}</h1>
      <p class="big">${office.name}</p>
      ${total === 0 ? html`<p class="card">${words.pages.list.none}</p>` : html`<p class="soft">${fill(words.pages.list.count, { count: String(total) })}</p>`}
      ${from > 0 && html`<p><a class="tap" href="${urls.page()}">${words.pages.list.newest}</a></p>`}
      <ul class="list">
        ${cases.map((found) => entry(context, found))}
      </ul>
      ${from + cases.length < total && html`<p><a class="call" href="${urls.page({ from: String(from + cases.length) })}">${words.pages.list.older}</a></p>`}
    </div>`,
  });
};
