import type { TrustedPage } from '../contracts/trusted.ts';
import { fill } from '../words/fill.ts';
import { textArea, tickField } from './form-fields.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { doneBanner, page } from './layout.ts';
import { type PageContext, timeText } from './page-context.ts';
import { landlineHint, phoneLink, section, wrongBanner } from './page-parts.ts';

const nowSection = (context: PageContext, { person: { name }, case: found }: TrustedPage): HtmlValue => {
  if (!found) return undefined;
  const { now: texts } = context.words.pages.trusted;
  const { call, folio, closedAt } = found;
  return html`<section class="card duress" aria-labelledby="happening">
    <h2 id="happening">${texts.title}</h2>
    ${found.forced && html`<p><strong>${fill(texts.forced, { name })}</strong></p>`}
    <p>${closedAt === null ? texts.open : fill(texts.closed, { time: timeText(closedAt, context) })}</p>
    ${
      folio === null
        ? html`<p>${fill(texts.alone, { name })}</p>`
        : html`<p>${fill(texts.call, { office: call?.name ?? '', folio })}</p>`
    }
    ${
      call &&
      html`<p>${phoneLink(call.phone)}</p>
        ${landlineHint(context, call.phone)}`
    }
    ${found.forced && html`<p>${fill(texts.never, { name })}</p>`}
  </section>`;
};

const takenForm = (context: PageContext, name: string): Html => {
  const { taken: texts } = context.words.pages.trusted;
  const action = 'taken';
  return html`<form method="post" action="${context.urls.action(action)}">
    <p>${fill(texts.what, { name })}</p>
    ${textArea(context, { action, name: 'note', label: texts.note })}
    ${tickField(context, { action, name: 'confirm', label: fill(texts.confirm, { name }), required: true, value: 'true' })}
    <button type="submit" class="danger">${texts.button}</button>
  </form>`;
};

const leaveForm = (context: PageContext, name: string): Html => {
  const { leave: texts } = context.words.pages.trusted;
  const action = 'leave';
  return html`<form method="post" action="${context.urls.action(action)}">
    <p>${fill(texts.what, { name })}</p>
    ${tickField(context, { action, name: 'confirm', label: texts.confirm, required: true, value: 'true' })}
    <button type="submit" class="second">${texts.button}</button>
  </form>`;
};

/** For the trusted contact alone: what their trust is for, the truth of a case, and what they can do. */
export const trustedPage = (context: PageContext, found: TrustedPage): Html => {
  const { trusted: texts } = context.words.pages;
  const { name } = found.person;
  return page(context, {
    title: fill(texts.title, { name }),
    drill: false,
    banners: [wrongBanner(context), doneBanner(context.done === 'taken' ? texts.taken.done : undefined)],
    main: html`<div class="narrow">
      <h1>${fill(texts.title, { name })}</h1>
      ${nowSection(context, found)}
      ${section(
        'meaning',
        texts.meaning.title,
        html`${texts.meaning.lines.map((line) => html`<p>${fill(line, { name })}</p> `)}`,
      )}
      ${section('taken', texts.taken.title, takenForm(context, name))}
      ${section('leave', texts.leave.title, leaveForm(context, name))}
    </div>`,
  });
};

/** Once they left, the link opens nothing more. */
export const leftPage = (context: PageContext, name: string): Html => {
  const { trusted: texts } = context.words.pages;
  return page(context, {
    title: texts.leave.button,
    drill: false,
    main: html`<div class="narrow">
      <h1>${texts.leave.done}</h1>
      <p>${fill(texts.leave.what, { name })}</p>
    </div>`,
  });
};
