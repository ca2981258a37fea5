import { languages } from '../domain/vocabulary.ts';
import type { Language } from '../domain/vocabulary.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { document } from './layout.ts';
import { phoneText } from './page-context.ts';

const part = (language: Language, title: string, text: string, phone: string | undefined): Html =>
  html`<section class="card state" lang="${language}">
    <h1>${title}</h1>
    <p>${text}${phone !== undefined && html`<br /><a class="tap" href="tel:${phone}">${phoneText(phone)}</a>`}</p>
  </section>`;

const texts = (language: Language, status: number): readonly [title: string, text: string] => {
  const { problem } = catalogues[language].pages;
  if (status === 404) return [problem.notFound, problem.notFoundText];
  if (status === 413) return [problem.tooLarge, problem.back];
  return status < 500 ? [problem.refused, problem.back] : [problem.failed, problem.failedText];
};

/**
 * What a refused request looks like. In every language: of a link that opens nothing we know no reader, and it must
 * look the same whether it never existed, has expired or is another's.
 */
export const problemPage = (
  { status, requestId }: { readonly status: number; readonly requestId: string },
  deskPhone: string,
): Html => {
  const phone = status === 404 || status >= 500 ? deskPhone : undefined;
  const [first] = languages;
  const { product, problem } = catalogues[first].pages;
  const names = languages.map(
    (language) => html`<span lang="${language}">${catalogues[language].pages.product}</span>`,
  );
  return document(
    first,
    `${texts(first, status)[0]} · ${product}`,
    html`<header>
        <div class="wrap">
          <strong>${names.flatMap((name, index) => (index === 0 ? [name] : [' · ', name]))}</strong>
        </div>
      </header>
      <main id="main">
        <div class="narrow">${languages.map((language) => part(language, ...texts(language, status), phone))}</div>
      </main>
      ${status >= 500 && html`<footer><p>${fill(problem.reference, { requestId })}</p></footer>`}`,
  );
};
