import type { OfficerCase } from '../contracts/cases.ts';
import type { Disposition } from '../domain/vocabulary.ts';
import type { Consulate } from '../domain/offices/consulate.ts';
import { fill } from '../words/fill.ts';
import { tickField } from './form-fields.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { drillBanner, page } from './layout.ts';
import { officerForm } from './officer-forms.ts';
import type { PageContext } from './page-context.ts';
import { wrongBanner } from './page-parts.ts';

export type Closing = {
  readonly disposition: Disposition;
  /** What the family is going to be sent; absent: nothing. */
  readonly toFamily?: { readonly sms: string; readonly subject: string; readonly email: string };
  /** Offices that may take the case. */
  readonly openConsulates: readonly Consulate[];
};

const messages = ({ words }: PageContext, { contacts }: OfficerCase, { toFamily }: Closing): HtmlValue => {
  const { closing: texts, duress } = words.pages.officer;
  if (!toFamily) return html`<p class="bad">${duress.hint}</p>`;
  const has = (wanted: OfficerCase['contacts'][number]['channel']) =>
    contacts.some(({ channel }) => channel === wanted);
  return html`<p>${texts.willRead}</p>
    ${
      has('sms') &&
      html`<h2>${texts.sms}</h2>
        <p class="quote">${toFamily.sms}</p>`
    }
    ${
      has('email') &&
      html`<h2>${texts.email}</h2>
        <p><strong>${toFamily.subject}</strong></p>
        <p class="quote">${toFamily.email}</p>`
    }`;
};

/** What was typed goes along. What confirms an ending that has to be told by voice is that it was told. */
const confirmation = (context: PageContext, { disposition, toFamily }: Closing): Html => {
  const { words, urls, attempt } = context;
  const { closing: texts } = words.pages.officer;
  const typed = Object.entries(attempt?.values ?? {}).filter(([name]) => name !== 'confirm' && name !== 'asked');
  const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}" /> `;
  const isTold = toFamily === undefined || disposition !== 'other';
  return html`<form method="post" action="${urls.action('close')}">
    ${typed.map(([name, value]) => hidden(name, value))}${hidden('asked', 'true')}
    ${
      isTold
        ? hidden('confirm', 'true')
        : tickField(context, { action: 'close', name: 'confirm', label: texts.spoken, required: true, value: 'true' })
    }
    <button type="submit" class="danger">${toFamily ? texts.button : texts.buttonInSecret}</button>
  </form>`;
};

/** Between the form that closes a case and its closing: what the family will read, to the letter. */
export const closingPage = (context: PageContext, found: OfficerCase, closing: Closing): Html => {
  const { words, urls } = context;
  const { closing: texts, drill } = words.pages.officer;
  const title = fill(texts.title, {
    name: found.person.name,
    disposition: words.case.dispositions[closing.disposition].name,
  });
  return page(context, {
    title,
    drill: found.drill,
    banners: [wrongBanner(context), drillBanner(found.drill, drill)],
    main: html`<div class="narrow">
      <section class="card state ${found.state}" aria-labelledby="closing">
        <h1 id="closing">${title}</h1>
        <p class="soft">${fill(words.pages.folio, { folio: found.folio })}</p>
        <p><strong>${texts.notYet}</strong></p>
        ${messages(context, found, closing)} ${confirmation(context, closing)}
        <a class="call" href="${urls.page()}">${texts.back}</a>
      </section>
      <section class="card" aria-label="${texts.correct}">
        <details>
          <summary>${texts.correct}</summary>
          ${officerForm(context, found, closing.openConsulates, 'close')}
        </details>
      </section>
    </div>`,
  });
};
