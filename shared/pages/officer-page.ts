import type { OfficerCase } from '../contracts/cases.ts';
import { isSecretOrigin } from '../domain/case/alert.ts';
import { type CaseAction, caseStates } from '../domain/case/case-states.ts';
import type { CaseRefusal } from '../domain/vocabulary.ts';
import type { Consulate } from '../domain/offices/consulate.ts';
import { fill } from '../words/fill.ts';
import { pressTimes } from '../words/local-time.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import { doneBanner, drillBanner, page } from './layout.ts';
import { officerSections } from './officer-sections.ts';
import { firstForm, otherForms } from './officer-forms.ts';
import { earlierBanner, incidentSection } from './near-cases.ts';
import { type PageContext, ageText, phoneText, timeText } from './page-context.ts';
import { callButton, stateWords, wrongBanner } from './page-parts.ts';
import { timelineList } from './timeline-list.ts';

export type OfficerPageOptions = {
  /** Id of the office whose link it is, or `ministry`. */
  readonly officeId: string;
  /** Offices that may take the case. */
  readonly openConsulates: readonly Consulate[];
  /** Where the timeline begins. */
  readonly before?: string | undefined;
  /** An action that was refused. */
  readonly refused?: { readonly action: CaseAction; readonly reason: CaseRefusal } | undefined;
};

const isCaseAction = (action: string | undefined): action is CaseAction =>
  Object.values(caseStates).some(({ actions }) => actions.some((each) => each === action));

/** The only one to call while the person is forced. */
const trustedCall = ({ words }: PageContext, { contacts }: OfficerCase): HtmlValue => {
  const { duress: texts } = words.pages.officer;
  const phones = contacts.filter(({ channel, trusted }) => trusted === true && channel === 'sms');
  return html`<p><strong>${texts.call}</strong></p>
    ${phones.map(
      ({ name, endpoint }) =>
        html`${callButton(endpoint, fill(texts.callName, { name, phone: phoneText(endpoint) }))} `,
    )}${phones.length === 0 && html`<p><strong>${texts.nobody}</strong></p>`}`;
};

const duressBanner = (context: PageContext, found: OfficerCase): HtmlValue => {
  const { duress: texts } = context.words.pages.officer;
  const { duress, origin } = found;
  return (
    duress &&
    !isSecretOrigin(origin?.kind) &&
    html`<section class="duress" aria-labelledby="duress">
      <h2 id="duress">${texts.title}</h2>
      <p>${texts.what}</p>
      <p>${texts.family}</p>
      ${trustedCall(context, found)}
    </section>`
  );
};

/** Where nobody pressed: what happened instead, and what must not be done. */
const originBanner = (context: PageContext, found: OfficerCase): HtmlValue => {
  const { origins } = context.words.pages.officer;
  const { origin } = found;
  if (!origin) return undefined;
  const texts = origins[origin.kind];
  return html`<section class="${isSecretOrigin(origin.kind) ? 'duress' : 'card'}" aria-labelledby="origin">
    <h2 id="origin">${texts.title}</h2>
    ${texts.lines.map((line) => html`<p>${fill(line, { promised: timeText(origin.promisedAt, context) })}</p> `)}
    ${
      origin.label !== null &&
      html`<p>${origins.label}</p>
        <p class="quote" dir="auto">${origin.label}</p>`
    }
    ${isSecretOrigin(origin.kind) && trustedCall(context, found)}
  </section>`;
};

const refusedBanner = (
  { words }: PageContext,
  { state }: OfficerCase,
  refused: OfficerPageOptions['refused'],
): HtmlValue => {
  if (!refused) return undefined;
  const texts = words.pages.officer.conflict;
  const why = {
    'action-not-allowed': fill(texts.state, { state: words.case.states[state].name }),
    'state-not-reachable': fill(texts.same, { state: words.case.states[state].name }),
    'already-taken': texts.taken,
    'already-in-charge': texts.already,
    'already-handed-over': texts.asked,
    'no-hand-over': texts.noHandOver,
    'receiver-has-acted': texts.acted,
    'not-in-charge': texts.elsewhere,
    'nobody-to-ask': texts.nobodyToAsk,
    'already-asked': texts.alreadyAsked,
    busy: texts.busy,
  } satisfies Record<CaseRefusal, string>;
  return html`<div class="problem" role="alert">
    <h2>${fill(texts.title, { action: words.pages.officer.actions[refused.action].title })}</h2>
    <p>${why[refused.reason]}</p>
  </div>`;
};

/** Who has taken the case, and when; that nobody has, while nobody has. */
const takenText = (context: PageContext, { acknowledged, state, unattended }: OfficerCase): HtmlValue => {
  const { officer: texts } = context.words.pages;
  if (!acknowledged) return state === 'raised' && html`<strong>${texts.nobody}</strong>`;
  const { officer, office, at, seenOnly } = acknowledged;
  if (seenOnly)
    return html`<strong
      >${fill(texts.seen, { officer, office: office?.name ?? '', time: timeText(at, context) })}</strong
    >`;
  const taken = fill(office ? texts.acknowledged : texts.acknowledgedWithoutOffice, {
    officer,
    office: office?.name ?? '',
    time: timeText(at, context),
  });
  return unattended ? html`${taken} <strong>${texts.again}</strong>` : taken;
};

/** A hand-over that waits, as its receiver or anybody else reads of it. */
const handOverLine = (context: PageContext, { handOver }: OfficerCase, officeId: string): HtmlValue => {
  if (!handOver) return undefined;
  const { handOver: texts } = context.words.pages.officer;
  const values = {
    office: handOver.to.name,
    giver: handOver.from?.name ?? texts.nobody,
    age: ageText(handOver.at, context),
  };
  return html`<p class="bad">
    <strong>${fill(handOver.to.id === officeId ? texts.yours : texts.waits, values)}</strong>
  </p>`;
};

/** How long nobody has written anything on a case that somebody took. */
const lastEntryLine = (context: PageContext, { state, lastEntryAt }: OfficerCase): HtmlValue => {
  if (state === 'raised' || state === 'closed' || lastEntryAt === null) return undefined;
  const { lastEntry } = context.words.pages.officer;
  const age = ageText(lastEntryAt, context);
  return html`<p class="soft small">${fill(lastEntry, { age, time: timeText(lastEntryAt, context) })}</p>`;
};

/** To each of two offices, while nobody has the case: whose it is, and what they do. */
const whoseText = (
  { words }: PageContext,
  { state, consulate, district, nearest }: OfficerCase,
  officeId: string,
): HtmlValue => {
  if (!district || !nearest || state !== 'raised' || consulate?.id !== district.consulateId) return undefined;
  const { yours, nearer } = words.pages.officer.twoOffices;
  const text = officeId === district.consulateId ? yours : officeId === nearest.id ? nearer : undefined;
  return (
    text !== undefined &&
    html`<p><strong>${fill(text, { responsible: district.name, nearest: nearest.name })}</strong></p>`
  );
};

const summary = (context: PageContext, found: OfficerCase, { officeId, openConsulates }: OfficerPageOptions): Html => {
  const { words } = context;
  const { officer: texts } = words.pages;
  const { state, person, consulate, disposition } = found;
  const { pressed, late, unknown } = pressTimes({
    raisedAt: found.raisedAt,
    droppedFields: found.droppedFields,
    ...(found.pressedAt !== null && { pressedAt: found.pressedAt }),
  });
  const at = pressed.toISOString();
  return html`<section class="card state ${state}" aria-labelledby="who">
    <h1 id="who">${person.name}</h1>
    <p class="soft">${fill(words.pages.folio, { folio: found.folio })}</p>
    <p class="soft">
      ${fill(found.origin ? texts.origins.raised : unknown ? texts.pressedUnknown : texts.pressed, { time: timeText(at, context), age: ageText(at, context) })}
    </p>
    ${late && html`<p class="soft">${fill(texts.received, { time: timeText(found.raisedAt, context) })}</p>`}
    <p class="soft small">${texts.stateNow}</p>
    <p class="now">${stateWords(words, found).name}</p>
    ${disposition !== null && html`<p>${fill(texts.ended, { disposition: words.case.dispositions[disposition].name })}</p>`}
    <p>${takenText(context, found)}</p>
    ${lastEntryLine(context, found)} ${consulate && html`<p>${fill(texts.inCharge, { office: consulate.name })}</p>`}
    ${whoseText(context, found, officeId)} ${handOverLine(context, found, officeId)}
    ${consulate && consulate.id !== officeId && officeId !== 'ministry' && found.handOver?.to.id !== officeId && html`<p class="bad">${texts.elsewhere}</p>`}
    ${firstForm(context, found, openConsulates)}
    <p class="jump">
      <a class="tap" href="#actions">${texts.actionsTitle}</a>
      <a class="tap" href="#timeline">${texts.timeline.title}</a>
    </p>
  </section>`;
};

/** `/c/{token}`: everything that an officer needs, what matters most on top; one column on a phone. */
export const officerPage = (context: PageContext, found: OfficerCase, options: OfficerPageOptions): Html => {
  const { words, urls, done } = context;
  return page(context, {
    title: `${stateWords(words, found).name} · ${found.person.name}`,
    drill: found.drill,
    links: [{ href: urls.office(), text: words.pages.officer.office }],
    banners: [
      doneBanner(isCaseAction(done) ? words.pages.officer.actions[done].done : undefined),
      refusedBanner(context, found, options.refused),
      wrongBanner(context),
      drillBanner(found.drill, words.pages.officer.drill),
      duressBanner(context, found),
      earlierBanner(context, found),
      originBanner(context, found),
    ],
    main: html`${summary(context, found, options)}
      <div class="cols">
        <div>${officerSections(context, found)} ${incidentSection(context, found)}</div>
        <div>
          ${otherForms(context, found, options.openConsulates, found.actions.filter(isCaseAction))}
          ${timelineList(context, found, options.before)}
        </div>
      </div>`,
    footer: html`<p>
      <code
        >${fill(words.pages.officer.reference, {
          folio: found.folio,
          alertId: found.alertId,
          familyId: found.familyId,
        })}</code
      >
    </p>`,
  });
};
