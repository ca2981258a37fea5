import type { FamilyCase } from '../contracts/cases.ts';
import type { RightsResponse } from '../contracts/rights.ts';
import { fill } from '../words/fill.ts';
import { familyAfter, familyNow, legalHelpLine } from './family-advice.ts';
import { drillNow, drillOpening, drillTold } from './family-drill.ts';
import { textField } from './form-fields.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { doneBanner, drillBanner, page } from './layout.ts';
import { type PageContext, ageText, phoneText, timeOf, timeText } from './page-context.ts';
import { callButton, mapLink, phoneLink, positionLines, section, stateWords, wrongBanner } from './page-parts.ts';

/** How far the message to the office is. Never more than is known. */
const toldLine = ({ words, ...context }: PageContext, { consulate, acknowledged, actedAt }: FamilyCase): HtmlValue => {
  const texts = words.pages.family.consulate;
  if (!consulate) return html`<p>${texts.choosing}</p>`;
  const office = consulate.name;
  const silent = !acknowledged && actedAt === null && html`<p><strong>${texts.notAcknowledged}</strong></p>`;
  switch (consulate.status) {
    case 'sent':
      return [
        html`<p>${fill(texts.sent, { office, time: timeText(consulate.at ?? '', { ...context, words }) })}</p>`,
        silent,
      ];
    case 'unreachable':
      return [html`<p>${fill(texts.unreachable, { office })}</p>`, silent];
    case 'pending':
    case null:
      return html`<p>${fill(texts.pending, { office })}</p>`;
  }
};

const acknowledgedLines = (context: PageContext, { consulate, acknowledged, actedAt }: FamilyCase): HtmlValue => {
  const texts = context.words.pages.family.consulate;
  const by = acknowledged?.office;
  const moved = by && consulate && by.id !== consulate.id;
  const acted = actedAt !== null && html`<p>${fill(texts.acted, { time: timeText(actedAt, context) })}</p>`;
  return [
    acknowledged &&
      html`<p>
        <strong
          >${fill(acknowledged.seenOnly ? texts.seen : by ? texts.acknowledged : texts.acknowledgedWithoutOffice, {
            officer: acknowledged.officer,
            office: by?.name ?? '',
            time: timeText(acknowledged.at, context),
          })}</strong
        >
      </p>`,
    moved && [
      html`<p>${fill(texts.moved, { office: consulate.name })}</p>`,
      actedAt === null ? html`<p><strong>${texts.notActed}</strong></p>` : acted,
    ],
    !acknowledged && acted,
  ];
};

const whoKnows = (context: PageContext, found: FamilyCase): Html => {
  const { words } = context;
  const texts = words.pages.family.consulate;
  const { consulate, desk, person, acknowledged } = found;
  return section(
    'who-knows',
    texts.title,
    desk === null
      ? html`<p>${fill(texts.contactsAlone, { name: person.name })}</p>`
      : [
          !acknowledged && toldLine(context, found),
          acknowledgedLines(context, found),
          consulate &&
            consulate.emergencyPhone !== desk.phone &&
            callButton(
              consulate.emergencyPhone,
              fill(texts.phone, { office: consulate.name, phone: phoneText(consulate.emergencyPhone) }),
            ),
        ],
  );
};

const position = (context: PageContext, { position: at, positionShared, person: { name } }: FamilyCase): Html => {
  const { position: texts } = context.words.pages.family;
  return section(
    'position',
    texts.title,
    at
      ? html`${positionLines(context, at)} ${mapLink(context, at, false)}
          <p class="soft small">${fill(texts.hint, { name })}</p>`
      : html`<p>${positionShared ? texts.none : fill(texts.private, { name })}</p>`,
  );
};

const representative = ({ words }: PageContext, { representative: lawyer, state }: FamilyCase): HtmlValue =>
  lawyer &&
  section(
    'representative',
    words.pages.family.representative.title,
    html`<p>${fill(words.pages.family.representative.text, { name: lawyer.name })}</p>
      ${callButton(lawyer.phone)} ${state !== 'closed' && papers(words.representatives.papers)}`,
  );

const papers = ({ title, list, hint }: PageContext['words']['representatives']['papers']): Html =>
  html`<h3>${title}</h3>
    <ul>
      ${Object.values(list).map((paper) => html`<li>${paper}</li> `)}
    </ul>
    <p class="soft small">${hint}</p>`;

const relatives = (context: PageContext, found: FamilyCase): Html => {
  const { words, urls } = context;
  const { relatives: texts } = words.pages.family;
  const isOpen = found.state !== 'closed';
  const line = ({ name, kind, task }: FamilyCase['relatives'][number]): string =>
    kind === 'seen'
      ? fill(texts.seen, { name })
      : task === undefined
        ? fill(texts.onIt, { name })
        : fill(texts.onItWith, { name, task });
  // Both buttons send the same fields; `seen` has no use for the second.
  return section(
    'relatives',
    texts.title,
    html`${
      found.relatives.length === 0
        ? html`<p>${texts.none}</p>`
        : html`<ul class="plain">
            ${found.relatives.map(
              (entry) => html`<li>${line(entry)} <span class="soft small">${timeOf(entry.at, context)}</span></li> `,
            )}
          </ul>`
    }
    ${
      isOpen &&
      html`<form method="post" action="${urls.action('on-it')}">
        <p class="soft small">${found.desk && !found.drill ? texts.intro : texts.introAlone}</p>
        ${textField(context, { action: 'on-it', name: 'name', label: texts.name, required: true, autocomplete: 'name' })}
        ${textField(context, { action: 'on-it', name: 'task', label: texts.task, hint: texts.taskHint })}
        <button type="submit">${texts.onItButton}</button>
        <button type="submit" class="second" formaction="${urls.action('seen')}">${texts.seenButton}</button>
      </form>`
    }`,
  );
};

/** What became of the case, in the words of who closed it. */
const closing = (
  context: PageContext,
  { person, closedAt, disposition, familyNote, facility, desk }: FamilyCase,
): Html => {
  const { words } = context;
  const { heading, ...texts } = words.pages.family;
  const closed = closedAt === null ? '' : timeText(closedAt, context);
  return html`<section class="card state closed">
    <h1>${fill(heading.closed, { name: person.name })}</h1>
    <p>${fill(desk ? texts.closed : texts.closedByItself, { closed })}</p>
    ${
      disposition !== null &&
      disposition !== 'other' &&
      html`<p class="big">${fill(texts.ended, { disposition: words.case.dispositions[disposition].name })}</p>`
    }
    ${
      familyNote !== null &&
      html`<p class="soft small">${texts.note}</p>
        <p class="quote" dir="auto">${familyNote}</p>`
    }
    ${facility !== null && html`<p>${fill(texts.lastPlace, { facility })}</p>`}
  </section>`;
};

const opening = (context: PageContext, found: FamilyCase): Html => {
  const { words } = context;
  const { heading, ...texts } = words.pages.family;
  const { state, person, raisedAt, closedAt, disposition, facility, desk, origin } = found;
  const { name } = person;
  const time = timeText(raisedAt, context);
  const closed = closedAt === null ? '' : timeText(closedAt, context);
  if (disposition === 'cancelled') {
    return html`<section class="card state closed">
      <h1>${fill(heading.cancelled, { name })}</h1>
      <p>${fill(origin ? texts.origins.cancelled : texts.cancelled, { raised: time, closed })}</p>
      <p>
        ${fill(texts.cancelledNext, { name })}${desk && html` ${texts.cancelledCall}<br />${phoneLink(desk.phone)}`}
      </p>
      ${legalHelpLine(context, found)}
    </section>`;
  }
  if (state === 'closed') return closing(context, found);
  return html`<section class="card state ${state}">
    <h1>${fill(origin ? texts.origins[origin.kind].heading : heading.open, { name })}</h1>
    <p>
      ${fill(origin ? texts.origins[origin.kind].what : texts.what, {
        name,
        time,
        age: ageText(raisedAt, context),
        ...(origin && { promised: timeText(origin.promisedAt, context) }),
      })}
    </p>
    ${
      origin &&
      origin.label !== null &&
      html`<p class="soft small">${texts.origins.label}</p>
        <p class="quote" dir="auto">${origin.label}</p>`
    }
    ${
      desk &&
      html`<p class="soft small">${texts.state}</p>
        <p class="big">${fill(stateWords(words, found).known, { name })}</p>
        ${facility !== null && html`<p>${fill(words.case.facility, { facility })}</p>`}`
    }
    <p class="jump">
      <a class="tap" href="#now">${texts.now.title}</a>
      <a class="tap" href="#relatives">${texts.relatives.title}</a>
    </p>
  </section>`;
};

const urgent = ({ words }: PageContext, { urgentAtHome }: FamilyCase): HtmlValue =>
  urgentAtHome !== null &&
  section('urgent', words.pages.family.urgent, html`<p class="quote" dir="auto">${urgentAtHome}</p>`);

const ofDrill = (context: PageContext, found: FamilyCase): HtmlValue => [
  drillOpening(context, found),
  found.state !== 'closed' && [drillTold(context, found), position(context, found), drillNow(context, found)],
];

const ofCase = (context: PageContext, found: FamilyCase, rights: RightsResponse): HtmlValue => {
  const { folio, state, disposition } = found;
  const isOpen = state !== 'closed';
  return [
    opening(context, found),
    folio !== null && html`<p class="card">${fill(context.words.pages.family.folio, { folio })}</p>`,
    isOpen && [whoKnows(context, found), urgent(context, found)],
    representative(context, found),
    isOpen && [position(context, found), familyNow(context, found, rights)],
    !isOpen && disposition !== 'cancelled' && familyAfter(context, found, rights),
  ];
};

/**
 * `/f/{token}`: what a relative may know and can do, in plain words.
 * @param isFull an answer was refused because the case holds too many
 */
export const familyPage = (
  context: PageContext,
  found: FamilyCase,
  rights: RightsResponse,
  isFull: boolean = false,
): Html => {
  const { words, done } = context;
  const isOpen = found.state !== 'closed';
  return page(context, {
    title: fill(words.pages.family.title, { name: found.person.name }),
    drill: found.drill,
    banners: [
      doneBanner(done === 'seen' || done === 'on-it' ? words.pages.family.relatives.done : undefined),
      isFull &&
        html`<p class="problem" role="alert">
          ${found.desk ? words.pages.family.relatives.full : words.pages.family.relatives.fullAlone}
        </p>`,
      wrongBanner(context),
      drillBanner(found.drill, words.pages.family.drill),
    ],
    main: html`<div class="narrow">
      ${found.drill ? ofDrill(context, found) : ofCase(context, found, rights)}
      ${(isOpen || found.relatives.length > 0) && relatives(context, found)}
    </div>`,
  });
};
