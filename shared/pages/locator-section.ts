import type { FamilyCase } from '../contracts/cases.ts';
import type { Case } from '../domain/case/case.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { nameVariants } from './name-variants.ts';
import type { PageContext } from './page-context.ts';
import { section } from './page-parts.ts';

type Locator = FamilyCase['locator'];

const locatorUrl = 'https://locator.ice.gov/';

/** What ICE's locator asks for, while somebody may have to be found; we show it and never use the locator ourselves. */
export const locatorOf = ({ alert: { state }, family: { person } }: Pick<Case, 'alert' | 'family'>): Locator =>
  state === 'closed' ? null : { url: locatorUrl, nameVariants: [...nameVariants(person.name)] };

export const locatorSection = (
  { words }: PageContext,
  locator: Locator,
  fold: (table: Html) => HtmlValue = (table) => table,
): HtmlValue => {
  const { locator: texts } = words.pages;
  return (
    locator &&
    section(
      'locator',
      texts.title,
      html`<p>${texts.number}</p>
        <p>${texts.names}</p>
        ${fold(
          html`<table>
            <thead>
              <tr>
                <th scope="col">${texts.firstName}</th>
                <th scope="col">${texts.lastName}</th>
              </tr>
            </thead>
            <tbody>
              ${locator.nameVariants.map(
                ({ firstName, lastName }) =>
                  html`<tr>
                    <td>${firstName}</td>
                    <td>${lastName}</td>
                  </tr> `,
              )}
            </tbody>
          </table>`,
        )}
        <p>${texts.late}</p>
        <a class="call" href="${locator.url}" rel="noreferrer noopener">${texts.link}</a>`,
    )
  );
};
