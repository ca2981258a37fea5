import type { RepresentativePage } from '../contracts/representatives.ts';
import { type CaseRefusal, type RepresentativeAction, representativeActions } from '../domain/vocabulary.ts';
import { fill } from '../words/fill.ts';
import { textArea } from './form-fields.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { doneBanner, page } from './layout.ts';
import { type PageContext, ageText, phoneText, timeOf, timeText } from './page-context.ts';
import { foundBy, phoneLink, section, term, wrongBanner } from './page-parts.ts';

type Accepted = NonNullable<RepresentativePage['case']>;

const isAction = (name: string | undefined): name is RepresentativeAction =>
  representativeActions.some((action) => action === name);

/** What the case is about, without saying whose it is. */
const about = (context: PageContext, { place, matter, language, raisedAt, office }: RepresentativePage): Html => {
  const { page: texts, matters } = context.words.representatives;
  const { what } = texts;
  return section(
    'about',
    what.title,
    html`<dl>
      ${term(what.place, html`<span class="big">${place ?? what.noPlace}</span>`)} ${term(what.matter, matters[matter])}
      ${term(what.language, context.words.spoken[language])} ${term(what.since, ageText(raisedAt, context))}
      ${term(what.office, office.name)}
    </dl>`,
  );
};

/** A captor may hear whatever is said to anybody else. */
const forcedBanner = ({ words }: PageContext, { forced }: Accepted): HtmlValue => {
  const texts = words.representatives.page.forced;
  return (
    forced &&
    html`<section class="duress" aria-labelledby="forced">
      <h2 id="forced">${texts.title}</h2>
      <p>${texts.what}</p>
      <p>${texts.call}</p>
    </section>`
  );
};

const person = (context: PageContext, found: RepresentativePage, { person: who, facility }: Accepted): Html => {
  const { words } = context;
  const { person: texts } = words.representatives.page;
  return section(
    'person',
    texts.title,
    html`<dl>
      ${term(texts.name, html`<span class="big">${who.name}</span>`)}
      ${term(texts.facility, facility ?? texts.noFacility)} ${term(texts.state, words.case.states[found.state].name)}
      ${term(texts.speaks, words.spoken[found.language])} ${foundBy(context, who)}
      ${who.urgentAtHome !== null && term(words.pages.officer.person.urgent, html`<span class="quote" dir="auto">${who.urgentAtHome}</span>`)}
    </dl>`,
  );
};

const officer = ({ words }: PageContext, { office }: RepresentativePage, found: Accepted): Html => {
  const { officer: texts } = words.representatives.page;
  return section(
    'officer',
    texts.title,
    html`<p class="big">${office.name}</p>
      ${found.officer !== null && html`<p>${texts.name}: ${found.officer}</p>`}
      <p>${fill(texts.folio, { folio: found.folio })}</p>
      <a class="call" href="tel:${found.officePhone}">${phoneText(found.officePhone)}</a>`,
  );
};

const contact = ({ words }: PageContext, { contact: who, forced }: Accepted): Html => {
  const { contact: texts } = words.representatives.page;
  const nobody = html`<p>${forced ? texts.noneForced : texts.none}</p>`;
  if (!who || (forced && who.phone === null)) return section('contact', texts.title, nobody);
  return section(
    'contact',
    texts.title,
    who.phone === null
      ? html`<p>${who.name}</p>
          <p>${fill(texts.onlyMail, { endpoint: who.email ?? '' })}</p>`
      : html`<p>${fill(texts.call, { name: who.name })}: ${phoneLink(who.phone)}</p>`,
  );
};

const notes = (context: PageContext, { notes: written }: Accepted): HtmlValue =>
  written.length > 0 &&
  section(
    'notes',
    context.words.representatives.page.notes,
    html`<ul class="plain">
      ${written.map(
        ({ at, text }) =>
          html`<li>
            <span class="soft small">${timeOf(at, context)}</span>
            <p class="quote" dir="auto">${text}</p>
          </li> `,
      )}
    </ul>`,
  );

const fieldOf = (context: PageContext, action: RepresentativeAction): HtmlValue => {
  const { fields } = context.words.representatives.page;
  switch (action) {
    case 'accept':
    case 'done':
      return undefined;
    case 'decline':
      return textArea(context, { action, name: 'reason', label: fields.reason, required: false });
    case 'contacted':
      return textArea(context, { action, name: 'note', label: fields.note });
    case 'note':
      return textArea(context, { action, name: 'text', label: fields.text, required: true });
  }
};

const form = (context: PageContext, action: RepresentativeAction): Html => {
  const texts = context.words.representatives.page.actions[action];
  return html`<form method="post" action="${context.urls.action(action)}">
    <p class="soft small">${texts.hint}</p>
    ${fieldOf(context, action)}
    <button type="submit" ${action !== 'accept' && html` class="second"`}>${texts.button}</button>
  </form>`;
};

/** Accepting stands open, everything else is folded until it is wanted. */
const forms = (context: PageContext, { actions }: RepresentativePage): HtmlValue => {
  const { actions: texts } = context.words.representatives.page;
  const folded = actions.filter((action) => action !== 'accept');
  return [
    actions.includes('accept') && section('accept', texts.accept.title, form(context, 'accept')),
    folded.length > 0 &&
      html`<section class="card" aria-labelledby="more">
        <h2 id="more">${context.words.pages.officer.actionsTitle}</h2>
        ${folded.map(
          (action) =>
            html`<details${context.attempt?.action === action && html` open`}>
<summary>${texts[action].title}</summary>
${form(context, action)}
</details>
`,
        )}
      </section>`,
  ];
};

/** What there is to say of an offer that is over. */
const standing = (
  context: PageContext,
  { offer, closedAt, actions, case: accepted }: RepresentativePage,
): HtmlValue => {
  const { over, offered, closed } = context.words.representatives.page;
  if (accepted && closedAt !== null) return html`<p>${fill(closed, { time: timeText(closedAt, context) })}</p>`;
  if (offer === 'declined' || offer === 'ended' || offer === 'done')
    return html`<p><strong>${over[offer]}</strong></p>`;
  if (closedAt !== null) return html`<p><strong>${over.closed}</strong></p>`;
  return actions.includes('accept') && html`<p>${offered}</p>`;
};

const refusedBanner = ({ words }: PageContext, refused: CaseRefusal | undefined): HtmlValue => {
  if (refused === undefined) return undefined;
  const texts = words.representatives.page.refused;
  const why = refused === 'already-taken' || refused === 'busy' ? texts[refused] : texts.other;
  return html`<div class="problem" role="alert">
    <h2>${texts.title}</h2>
    <p>${why}</p>
  </div>`;
};

/**
 * `/l/{token}`: an offer, which says nothing of whose case it is, and once it was accepted the case.
 * @param refused why an answer was not taken
 */
export const representativePage = (context: PageContext, found: RepresentativePage, refused?: CaseRefusal): Html => {
  const { page: texts } = context.words.representatives;
  const { case: accepted } = found;
  const title = accepted ? texts.yours : texts.title;
  return page(context, {
    title,
    drill: false,
    banners: [
      doneBanner(isAction(context.done) ? texts.actions[context.done].done : undefined),
      refusedBanner(context, refused),
      wrongBanner(context),
      accepted && forcedBanner(context, accepted),
    ],
    main: html`<div class="narrow">
      <section class="card">
        <h1>${title}</h1>
        ${standing(context, found)}
      </section>
      ${accepted && [person(context, found, accepted), contact(context, accepted), officer(context, found, accepted)]}
      ${found.actions.includes('accept') && [about(context, found)]} ${forms(context, found)}
      ${!found.actions.includes('accept') && about(context, found)} ${accepted && notes(context, accepted)}
    </div>`,
    footer: html`<p>${texts.noMoney}</p>`,
  });
};
