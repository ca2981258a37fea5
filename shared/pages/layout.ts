import type { Language } from '../domain/family/family.ts';
import { languages } from '../domain/vocabulary.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { type PageContext, timeText } from './page-context.ts';
import { style } from './style.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';

const languageLink = (language: Language, context: PageContext): Html =>
  language === context.language
    ? html`<span aria-current="true">${catalogues[language].name}</span>`
    : html`<a href="${context.urls.page({ language })}" lang="${language}" hreflang="${language}"
        >${catalogues[language].name}</a
      >`;

/**
 * A whole page, without script. Phones are links where people shall call; a phone that made links of other numbers would
 * offer the one that must not ring after a forced cancellation. @param language of the page; its texts say otherwise where they differ */
export const document = (language: Language, title: string, body: Html, head: HtmlValue = style): Html =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="format-detection" content="telephone=no" />
        <title>${title}</title>
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html> `;

export type PageParts = {
  readonly title: string;
  readonly drill: boolean;
  /** Beside the languages. */
  readonly links?: readonly { readonly href: string; readonly text: string }[];
  /** Above everything else. */
  readonly banners?: HtmlValue;
  readonly main: Html;
  readonly footer?: HtmlValue;
  /** Besides every page's. */
  readonly style?: Html;
  /** Where the page is loaded anew; absent: where it is. */
  readonly refresh?: string;
};

/** Frame of every page about a case: skip link, header, main, footer. */
export const page = (context: PageContext, parts: PageParts): Html => {
  const { title, drill, links = [], banners, main, footer } = parts;
  const { words, language, urls, now } = context;
  const body = html`<a class="skip" href="#main">${words.pages.skip}</a>
    <header>
      <div class="wrap">
        <strong>${words.case.product}</strong>
        <nav aria-label="${words.pages.languages}">${languages.map((each) => [languageLink(each, context), ' '])}</nav>
        ${
          links.length > 0 &&
          html`<nav aria-label="${words.case.product}">
            ${links.map(({ href, text }) => html`<a href="${href}">${text}</a>`)}
          </nav>`
        }
      </div>
    </header>
    <main id="main" tabindex="-1">${banners} ${main}</main>
    <footer>
      <p>
        ${fill(words.pages.madeAt, { time: timeText(now.toISOString(), context) })}
        <a class="tap" href="${parts.refresh ?? urls.page()}">${words.pages.refresh}</a>
      </p>
      <p>${words.pages.confidential}</p>
      ${footer}
    </footer>`;
  const fullTitle = `${drill ? `${words.pages.drillTitle} · ` : ''}${title} · ${words.case.product}`;
  return document(language, fullTitle, body, [style, parts.style]);
};

export const drillBanner = (drill: boolean, text: string): HtmlValue =>
  drill && html`<p class="drill" role="note">${text}</p>`;

/** Said once after an action. */
export const doneBanner = (text: string | undefined): HtmlValue =>
  text !== undefined && html`<p class="told" role="status">${text}</p>`;
