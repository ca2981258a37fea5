import type { OfficerCase } from '../contracts/cases.ts';
import { isSecretOrigin } from '../domain/case/alert.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { writeDistance } from '../words/measures.ts';
import { languageName } from '../words/language-name.ts';
import { locatorSection } from './locator-section.ts';
import { type PageContext, phoneText, timeOf, timeText } from './page-context.ts';
import { representativeSection } from './offers-section.ts';
import { foundBy, mapLink, phoneLink, pointText, positionLines, section, term } from './page-parts.ts';
import { trackList } from './track-list.ts';

const where = (context: PageContext, found: OfficerCase): Html => {
  const { position, homePosition, facility } = found;
  const { where: words } = context.words.pages.officer;
  return section(
    'where',
    words.title,
    html`<dl>
        ${facility !== null && term(words.facility, html`<span class="big">${facility}</span>`)}
        ${position && term(words.coordinates, html`<span class="big">${pointText(position)}</span>`)}
      </dl>
      ${position ? [positionLines(context, position), mapLink(context, position, true)] : html`<p class="big">${context.words.case.noPosition}</p>`}
      ${
        (!position || position.flaw !== undefined) &&
        homePosition &&
        html`<h3>${words.home}</h3>
          <p>${pointText(homePosition)}</p>
          ${mapLink(context, homePosition, false)}`
      }
      ${trackList(context, found)}`,
  );
};

/** To be typed into the locator. */
const findBy = (context: PageContext, { person }: OfficerCase): HtmlValue => {
  const terms = foundBy(context, person);
  return terms.length > 0 && html`<dl>${terms}</dl>`;
};

/** Folded: it is long, and who uses it has the time to open it. */
const locator = (context: PageContext, found: OfficerCase): HtmlValue =>
  locatorSection(
    context,
    found.locator,
    (table) =>
      html`${findBy(context, found)}
        <details>
          <summary>
            ${fill(context.words.pages.locator.show, { count: String(found.locator?.nameVariants.length ?? 0) })}
          </summary>
          ${table}
        </details>`,
  );

const family = ({ words }: PageContext, { contacts, removed, destinations, duress, origin }: OfficerCase): Html => {
  const { family: texts } = words.pages.officer;
  // A captor may answer the phone, or read the mailbox, of anybody but the trusted contact.
  const mustNotHear = duress || isSecretOrigin(origin?.kind);
  const isUnreached = destinations.some(({ kind, status }) => kind === 'family' && status === 'unreachable');
  return section(
    'family',
    texts.title,
    html`${isUnreached && html`<p class="bad"><strong>${texts.unreached}</strong></p>`}
      <ul class="plain">
        ${contacts.map(
          ({ name, channel, endpoint, trusted, waiting }) =>
            html`<li>
              ${name}<br />${
                mustNotHear && trusted !== true
                  ? html`${channel === 'sms' ? phoneText(endpoint) : endpoint}
                      <strong class="bad">(${channel === 'sms' ? texts.doNotCall : texts.doNotWrite})</strong>`
                  : channel === 'sms'
                    ? phoneLink(endpoint)
                    : html`<a class="tap" href="mailto:${encodeURIComponent(endpoint)}">${endpoint}</a>`
              }${waiting === true && html` <span class="soft">(${texts.waiting})</span>`}
            </li> `,
        )}
      </ul>
      ${
        removed.length > 0 &&
        html`<p class="bad"><strong>${texts.removed}</strong></p>
          <ul class="plain">
            ${removed.map(({ name, endpoint }) => html`<li>${name}<br />${endpoint}</li> `)}
          </ul>`
      }
      <p class="soft small">${texts.hint}</p>`,
  );
};

const person = ({ words }: PageContext, found: OfficerCase): Html => {
  const { person: who, battery, note, droppedFields, duress, origin } = found;
  const { person: texts } = words.pages.officer;
  // Nobody should call by a slip of the thumb a phone that must not ring.
  const mustNotRing = duress || isSecretOrigin(origin?.kind);
  return section(
    'person',
    texts.title,
    html`<dl>
        ${term(texts.name, who.name)}
        ${term(
          texts.phone,
          who.phone === null
            ? texts.noPhone
            : html`${mustNotRing ? phoneText(who.phone) : phoneLink(who.phone)}<br /><span class="soft small"
                  >${mustNotRing ? texts.doNotCall : texts.seized}</span
                >`,
        )}
        ${term(texts.language, languageName(words, who.language))}
        ${who.speaks !== null && term(texts.speaks, words.spoken[who.speaks])}
        ${who.wantsRepresentative !== null && term(texts.lawyer, who.wantsRepresentative ? texts.lawyerYes : texts.lawyerNo)}
        ${who.urgentAtHome !== null && term(texts.urgent, html`<span class="quote" dir="auto">${who.urgentAtHome}</span>`)}
        ${battery !== null && term(texts.battery, `${Math.round(battery)} %`)}
        ${note !== null && term(texts.note, html`<span class="quote" dir="auto">${note}</span>`)}
      </dl>
      ${droppedFields.length > 0 && html`<p class="soft small">${fill(texts.dropped, { fields: droppedFields.join(', ') })}</p>`}`,
  );
};

const consent = (context: PageContext, { person: { name }, consent: agreed }: OfficerCase): Html => {
  const { consent: texts } = context.words.pages.officer;
  return section(
    'consent',
    texts.title,
    html`<p><strong>${fill(texts.text, { name })}</strong></p>
      ${!agreed.consularNotification && html`<p class="bad"><strong>${fill(texts.withdrawn, { time: timeText(agreed.at, context, 'long') })}</strong></p>`}
      <p>
        ${fill(texts.version, { version: agreed.version, time: timeText(agreed.agreedAt ?? agreed.at, context, 'long') })}
      </p>
      ${
        context.language !== 'en' &&
        html`<p class="soft small">${texts.readOut}</p>
          <p class="quote" lang="en">${fill(texts.english, { name })}</p>`
      }
      ${
        agreed.text !== null &&
        html`<details>
          <summary>${texts.whole}</summary>
          <p class="quote" lang="${agreed.language ?? context.language}">${agreed.text}</p>
          <p class="soft small">SHA-256 ${agreed.sha256 ?? ''}</p>
        </details>`
      }`,
  );
};

/** The responsible office and the nearest, where they differ. */
const twoOffices = ({ words }: PageContext, { district, nearest }: OfficerCase): Html | undefined => {
  if (!district || !nearest) return undefined;
  const { twoOffices: texts } = words.pages.officer;
  const { name: responsible, source, asOf } = district;
  const distance = nearest.distanceMeters === null ? '' : writeDistance(nearest.distanceMeters);
  return html`<p>${fill(texts.district, { responsible, source, asOf: asOf ?? texts.undated })}</p>
    <p>${fill(texts.nearest, { nearest: nearest.name, distance })}</p>`;
};

const officeInCharge = (context: PageContext, found: OfficerCase): Html => {
  const { words } = context;
  const { consulate } = found;
  const { officer: texts } = words.pages;
  return section(
    'office',
    texts.inChargeTitle,
    consulate === null
      ? html`<p>${texts.notChosen}</p>`
      : html`<p class="big">${consulate.name}</p>
          <p>
            ${consulate.distanceMeters !== null && `${fill(texts.distance, { distance: writeDistance(consulate.distanceMeters) })} `}${texts.bases[consulate.basis]}
          </p>
          ${twoOffices(context, found) ?? (consulate.distanceMeters !== null && html`<p class="soft small">${words.case.nearestMayDiffer}</p>`)}
          <dl>${term(texts.officePhone, phoneLink(consulate.emergencyPhone))}</dl>`,
  );
};

const told = (context: PageContext, { destinations }: OfficerCase): Html => {
  const { words } = context;
  const { told: texts } = words.pages.officer;
  return section(
    'told',
    texts.title,
    html`<ul class="plain">
        ${destinations.map(
          ({ kind, name, status, at }) =>
            html`<li>${name ?? (kind === 'ministry' ? words.case.ministry : texts[kind])}: <span${status === 'unreachable' && html` class="bad"`}>${words.case.statuses[status]}</span>${at !== undefined && html`, ${timeOf(at, context)}`}</li>
`,
        )}
      </ul>
      <p class="soft small">${texts.hint}</p>`,
  );
};

/** What is known, in the order in which a duty officer needs it. */
export const officerSections = (context: PageContext, found: OfficerCase): Html =>
  html`${where(context, found)} ${locator(context, found)} ${family(context, found)} ${consent(context, found)}
  ${person(context, found)} ${representativeSection(context, found)} ${officeInCharge(context, found)}
  ${told(context, found)}`;
