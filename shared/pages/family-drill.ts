import type { FamilyCase } from '../contracts/cases.ts';
import { fill } from '../words/fill.ts';
import { type Html, html } from './html.ts';
import { type PageContext, ageText, timeText } from './page-context.ts';
import { section } from './page-parts.ts';

/** What it is: a rehearsal, and never that somebody may be detained. */
export const drillOpening = (context: PageContext, found: FamilyCase): Html => {
  const { rehearsal: texts } = context.words.pages.family;
  const { state, raisedAt, closedAt, person } = found;
  const raised = timeText(raisedAt, context);
  const text =
    closedAt === null
      ? fill(texts.what, { time: raised, age: ageText(raisedAt, context) })
      : fill(texts.over, { raised, closed: timeText(closedAt, context) });
  return html`<section class="card state ${state}">
    <h1>${fill(texts.heading, { name: person.name })}</h1>
    <p>${text}</p>
  </section>`;
};

/** Who hears of it, and who would hear of an alert. */
export const drillTold = ({ words }: PageContext, { person, desk, consulate }: FamilyCase): Html => {
  const { consulate: titles, rehearsal: texts } = words.pages.family;
  const isOffice = consulate !== null && consulate.id !== 'ministry';
  const would = isOffice ? fill(texts.wouldTellOffice, { office: consulate.name }) : texts.wouldTellMinistry;
  return section(
    'who-knows',
    titles.title,
    html`<p>${fill(texts.told, { name: person.name })}</p>
      ${desk && html`<p>${would}</p>`}`,
  );
};

/** A drill asks nobody to call. */
export const drillNow = ({ words }: PageContext, { person: { name } }: FamilyCase): Html => {
  const { now, rehearsal: texts } = words.pages.family;
  return section(
    'now',
    now.title,
    html`<ul>
      ${texts.steps.map((step) => html`<li>${fill(step, { name })}</li> `)}
    </ul>`,
  );
};
