import { type Language, languages } from '../domain/vocabulary.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { document } from './layout.ts';
import { phoneText } from './page-context.ts';

/** Whom people may be given to call. */
export type ProblemCall = { readonly by: 'desk' | 'legalHelp'; readonly phone: string };

const callText = (language: Language, status: number, { by }: ProblemCall): string => {
  const { problem } = catalogues[language].pages;
  if (by === 'legalHelp') return problem.legalHelp;
  return status === 404 ? problem.call : problem.callIfUrgent;
};

const part = (language: Language, status: number, call: ProblemCall | undefined): Html => {
  const [title, text] = texts(language, status);
  return html`<section class="card state" lang="${language}">
    <h1>${title}</h1>
    <p>
      ${text}${
        call &&
        html` ${callText(language, status, call)}<br /><a class="tap" href="tel:${call.phone}"
            >${phoneText(call.phone)}</a
          >`
      }
    </p>
  </section>`;
};

const texts = (language: Language, status: number): readonly [title: string, text: string] => {
  const { problem } = catalogues[language].pages;
  if (status === 404) return [problem.notFound, problem.notFoundText];
  if (status === 413) return [problem.tooLarge, problem.back];
  return status < 500 ? [problem.refused, problem.back] : [problem.failed, problem.failedText];
};

/** In every language, as nobody knows who reads it. */
const inEveryLanguage = (title: string, parts: readonly Html[], footer?: HtmlValue): Html => {
  const [first] = languages;
  const names = languages.map((language) => html`<span lang="${language}">${catalogues[language].case.product}</span>`);
  return document(
    first,
    `${title} · ${catalogues[first].case.product}`,
    html`<header>
        <div class="wrap">
          <strong>${names.flatMap((name, index) => (index === 0 ? [name] : [' · ', name]))}</strong>
        </div>
      </header>
      <main id="main"><div class="narrow">${parts}</div></main>
      ${footer}`,
  );
};

/**
 * What a refused request looks like. In every language: of a link that opens nothing we know no reader, and it must
 * look the same whether it never existed, has expired or is another's.
 */
export const problemPage = (
  { status, requestId }: { readonly status: number; readonly requestId: string },
  call: ProblemCall | undefined,
): Html => {
  const shown = status === 404 || status >= 500 ? call : undefined;
  const [first] = languages;
  const { reference } = catalogues[first].pages.problem;
  return inEveryLanguage(
    texts(first, status)[0],
    languages.map((language) => part(language, status, shown)),
    status >= 500 && html`<footer><p>${fill(reference, { requestId })}</p></footer>`,
  );
};

/** What a browser gets at an address that is none of ours. No phone: it is of no case. */
export const unknownPage = (): Html => {
  const [first] = languages;
  const parts = languages.map((language) => {
    const { noPage, noPageText, toStart } = catalogues[language].pages.problem;
    return html`<section class="card state" lang="${language}">
      <h1>${noPage}</h1>
      <p>${noPageText}</p>
      <p><a class="tap" href="/">${toStart}</a></p>
    </section>`;
  });
  return inEveryLanguage(catalogues[first].pages.problem.noPage, parts);
};
