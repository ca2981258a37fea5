import type { FamilyCase } from '../contracts/cases.ts';
import type { RightsResponse } from '../contracts/rights.ts';
import { fill } from '../words/fill.ts';
import { withoutConsulates } from '../words/rights-words.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { locatorSection } from './locator-section.ts';
import { type PageContext, phoneText } from './page-context.ts';
import { callButton, landlineHint, section } from './page-parts.ts';

type Advice = RightsResponse['person']['advice'];

/** Whom to call where no office may know, if the operator named somebody. */
export const legalHelpLine = ({ words }: PageContext, { legalHelp }: FamilyCase): HtmlValue =>
  legalHelp &&
  html`<p>${fill(words.pages.family.legalHelp, { help: legalHelp.name })}</p>
    ${callButton(legalHelp.phone)}`;

/** Rights and advice; where no office may know, without what is about consulates. */
const advices = (context: PageContext, { desk }: FamilyCase, { person, family, notice }: RightsResponse): Html => {
  const { now: texts } = context.words.pages.family;
  const shown = (list: Advice): Advice => (desk ? list : list.flatMap((one) => withoutConsulates(one) ?? []));
  return html`${advice(context, texts.rights, shown(person.advice))}
    ${advice(context, texts.more, shown(family.advice))}
    <p class="soft small">${notice}</p>`;
};

const advice = ({ words, language }: PageContext, summary: string, list: Advice): Html =>
  html`<details>
    <summary>${summary}</summary>
    <ul>
      ${list.map(
        ({ text, say, sayInEnglish }) =>
          html`<li>
            ${text}${say !== undefined && html` <span class="say">“${say}”</span>`}${
              sayInEnglish !== undefined &&
              language !== 'en' &&
              html`<span class="say" lang="en"
                >${fill(words.pages.family.now.sayInEnglish, { say: sayInEnglish })}</span
              >`
            }
          </li> `,
      )}
    </ul>
  </details>`;

/** What a relative can do now. */
export const familyNow = (context: PageContext, found: FamilyCase, rights: RightsResponse): Html => {
  const { words } = context;
  const { now: texts } = words.pages.family;
  const { name } = found.person;
  const { desk, origin } = found;
  const steps = [...(origin ? [texts.origins[origin.kind]] : []), ...texts.steps];
  return html`<section class="card" aria-labelledby="now">
      <h2 id="now">${texts.title}</h2>
      ${
        desk
          ? html`<p>${fill(origin ? texts.origins.call : texts.call, { desk: desk.name, name })}</p>
              ${callButton(desk.phone)}${landlineHint(context, desk.phone)}`
          : legalHelpLine(context, found)
      }
      <ul>
        ${steps.map((step) => html`<li>${fill(step, { name })}</li> `)}
      </ul>
      ${advices(context, found, rights)}
    </section>
    ${locatorSection(context, found.locator)}`;
};

/** Once the case is closed: whom to call if it is not so, or help is needed again, and what is good to know all the same. */
export const familyAfter = (context: PageContext, found: FamilyCase, rights: RightsResponse): Html => {
  const { words } = context;
  const { after: texts, now, consulate: offices } = words.pages.family;
  const { desk, consulate, person } = found;
  const own = consulate && consulate.emergencyPhone !== desk?.phone ? consulate : undefined;
  return section(
    'now',
    desk ? texts.title : now.title,
    html`${
      desk &&
      html`<p>${fill(texts.call, { desk: desk.name, name: person.name })}</p>
        ${callButton(desk.phone)}${landlineHint(context, desk.phone)}
        ${
          own &&
          callButton(
            own.emergencyPhone,
            fill(offices.phone, { office: own.name, phone: phoneText(own.emergencyPhone) }),
          )
        }`
    }
    ${legalHelpLine(context, found)} ${advices(context, found, rights)}`,
  );
};
