import type { OfficerCase } from '../contracts/cases.ts';
import type { CasesNear } from '../domain/case/cases-near.ts';
import type { Alert } from '../domain/case/alert.ts';
import type { CurrentCase } from '../domain/case/case.ts';
import { folioOf } from '../domain/case/folio.ts';
import { caseIdOf } from '../domain/case/open-cases.ts';
import { fill } from '../words/fill.ts';
import { type HtmlValue, html } from './html.ts';
import { type PageContext, timeText } from './page-context.ts';

const nearCase = ({ alert: { familyId, alertId, raisedAt }, family }: CurrentCase) => ({
  familyId,
  alertId,
  folio: folioOf(familyId, alertId),
  raisedAt,
  person: { name: family.person.name },
});

/** Other cases that an officer is pointed to from a case. */
export const nearCases = (
  { incident }: Alert,
  near: CasesNear = { incident: [] },
): Pick<OfficerCase, 'incident' | 'earlierUnderDuress'> => ({
  incident: incident ? { incidentId: incident.id, number: incident.nth, cases: near.incident.map(nearCase) } : null,
  earlierUnderDuress: near.earlier ? nearCase(near.earlier) : null,
});

type Near = NonNullable<OfficerCase['earlierUnderDuress']>;

const linkTo = (context: PageContext, other: Near): HtmlValue =>
  html`<a class="tap" href="${context.urls.otherCase(caseIdOf(other))}"
    >${fill(context.words.pages.officer.near.line, {
      folio: other.folio,
      name: other.person.name,
      time: timeText(other.raisedAt, context),
    })}</a
  >`;

/** Before everything else: the same person's case before this one goes on in secret. */
export const earlierBanner = (context: PageContext, { earlierUnderDuress: earlier }: OfficerCase): HtmlValue => {
  const { near: texts } = context.words.pages.officer;
  return (
    earlier &&
    html`<section class="duress" aria-labelledby="earlier">
      <h2 id="earlier">${texts.earlier.title}</h2>
      <p>${texts.earlier.what}</p>
      <p>${linkTo(context, earlier)}</p>
    </section>`
  );
};

/** The others who pressed near it at that time, as far as the reader's office was told of them. */
export const incidentSection = (context: PageContext, { incident }: OfficerCase): HtmlValue => {
  const { near: texts } = context.words.pages.officer;
  return (
    incident &&
    html`<section class="card" aria-labelledby="incident">
      <h2 id="incident">${texts.title}</h2>
      <p>${fill(texts.number, { nth: String(incident.number) })}</p>
      <ul class="plain">
        ${incident.cases.map((other) => html`<li>${linkTo(context, other)}</li>`)}
      </ul>
      ${incident.cases.length === 0 && html`<p class="soft small">${texts.none}</p>`}
    </section>`
  );
};
