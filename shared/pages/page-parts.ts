import type { OfficerCase } from '../contracts/cases.ts';
import { fill } from '../words/fill.ts';
import { writePoint } from '../words/place.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { type PageContext, ageText, fromMexico, phoneText, timeText } from './page-context.ts';

/** What the state of a case is called. One that was taken in a list with others has words of its own. */
export const stateWords = (
  { case: { states, seen } }: PageContext['words'],
  { state, acknowledged }: Pick<OfficerCase, 'state' | 'acknowledged'>,
): { readonly name: string; readonly known: string } => (acknowledged?.seenOnly === true ? seen : states[state]);

/** A titled part of a page, which screen readers list by its title. */
export const section = (id: string, title: string, content: HtmlValue): Html =>
  html`<section class="card" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section>`;

/** Within a `dl`. */
export const term = (name: string, content: HtmlValue): Html =>
  html`<dt>${name}</dt>
    <dd>${content}</dd> `;

/** What the person gave to be found by, as terms. */
export const foundBy = (
  { words }: PageContext,
  { locator: known }: Pick<OfficerCase['person'], 'locator'>,
): readonly Html[] => {
  const { findBy: texts } = words.pages.officer;
  const names = ['aNumber', 'documentName', 'birthDate', 'birthPlace'] as const;
  return names.flatMap((name) => (known[name] === null ? [] : [term(texts[name], known[name])]));
};

/** An E.164 number as a link that calls it. */
export const phoneLink = (phone: string): Html => html`<a class="tap" href="tel:${phone}">${phoneText(phone)}</a>`;

/** The same as a button; the main one of its section has nothing but the number. */
export const callButton = (phone: string, text?: string): Html =>
  html`<a class="call${text === undefined && ' main'}" href="tel:${phone}">${text ?? phoneText(phone)}</a>`;

/** For relatives in Mexico: the same number from a landline there. */
export const landlineHint = ({ words }: PageContext, phone: string): HtmlValue => {
  const dialled = fromMexico(phone);
  return dialled !== undefined && html`<p class="soft small">${fill(words.pages.fromMexico, { phone: dialled })}</p>`;
};

export type SeenPosition = NonNullable<OfficerCase['position']>;

export const pointText = (position: SeenPosition): string => {
  const { latitude, longitude } = writePoint(position);
  return `${latitude}, ${longitude}`;
};

export const positionLines = (context: PageContext, position: SeenPosition): Html => {
  const { words } = context;
  const { measuredAt, accuracyMeters, flaw } = position;
  return html`${flaw !== undefined && html`<p class="bad"><strong>${words.case.flaws[flaw]}</strong></p>`}
    <p>
      ${
        measuredAt === undefined
          ? words.pages.notMeasured
          : fill(words.pages.measured, { age: ageText(measuredAt, context), time: timeText(measuredAt, context) })
      }
      ${
        accuracyMeters === undefined
          ? words.pages.noAccuracy
          : fill(words.pages.accuracy, { meters: String(Math.round(accuracyMeters)) })
      }
    </p>`;
};

export const mapLink = ({ words }: PageContext, { mapUrl }: SeenPosition, main: boolean): Html =>
  html`<a class="call${main && ' main'}" href="${mapUrl}" rel="noreferrer noopener">${words.pages.map}</a>`;

/** Above the page as well as at the fields: what is wrong must not be overlooked. */
export const wrongBanner = ({
  attempt,
  words: {
    pages: { wrong },
  },
}: PageContext): HtmlValue => {
  if (!attempt || attempt.wrong.length === 0) return undefined;
  const texts: Readonly<Record<string, string>> = wrong;
  return html`<div class="problem" role="alert">
    <h2>${wrong.title}</h2>
    <ul>
      ${attempt.wrong.map((name) => html`<li><a href="#${attempt.action}-${name}">${texts[name] ?? name}</a></li>`)}
    </ul>
  </div>`;
};
