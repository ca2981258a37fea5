import type { OfficerCase } from '../contracts/cases.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { type PageContext, durationText, timeOf, timeText } from './page-context.ts';
import { phoneLink, section } from './page-parts.ts';

const assigned = (
  context: PageContext,
  { representative: lawyer, raisedAt, sharedContact }: OfficerCase,
): HtmlValue => {
  const { representative: texts } = context.words.pages.officer;
  if (lawyer === null) return html`<p>${texts.none}</p>`;
  return html`<p class="big">${lawyer.name}</p>
    <p>${phoneLink(lawyer.phone)}</p>
    <p class="soft small">
      ${fill(texts.assigned, {
        time: timeText(lawyer.assignedAt, context),
        duration: durationText(raisedAt, lawyer.assignedAt, context),
      })}
    </p>
    ${
      sharedContact &&
      html`<p class="soft small">
        ${fill(context.words.representatives.officer.shared, { contact: sharedContact.name })}
      </p>`
    }`;
};

/** What is done about it just now. */
const searching = (context: PageContext, { offering, representative, person }: OfficerCase): HtmlValue => {
  const { officer: texts } = context.words.representatives;
  if (!offering) {
    return (
      representative === null && person.wantsRepresentative === true && html`<p><strong>${texts.wish}</strong></p>`
    );
  }
  if (offering.unanswered) return html`<p class="bad"><strong>${texts.unanswered}</strong></p>`;
  if (!offering.searching) return undefined;
  return offering.waitsUntil === null
    ? html`<p>${texts.searching}</p>`
    : html`<p>${fill(texts.waiting, { time: timeText(offering.waitsUntil, context) })}</p>`;
};

const asked = (context: PageContext, { offers }: OfficerCase): HtmlValue => {
  const { officer: texts, states } = context.words.representatives;
  return (
    offers.length > 0 &&
    html`<h3>${texts.offers}</h3>
      <ul class="plain">
        ${offers.map(
          ({ name, state, offeredAt }) =>
            html`<li>
              ${name}: ${states[state]} <span class="soft small">(${texts.asked} ${timeOf(offeredAt, context)})</span>
            </li> `,
        )}
      </ul>`
  );
};

/** Who represents the person, who was asked, and what is done to find somebody. */
export const representativeSection = (context: PageContext, found: OfficerCase): Html =>
  section(
    'representative',
    context.words.pages.officer.representative.title,
    html`${assigned(context, found)} ${searching(context, found)} ${asked(context, found)}`,
  );
