import type { OfficerCase } from '../contracts/cases.ts';
import type { Disposition } from '../domain/vocabulary.ts';
import type { CaseAction } from '../domain/case/case-states.ts';
import type { Consulate } from '../domain/offices/consulate.ts';
import { nearestConsulates } from '../domain/offices/nearest-consulates.ts';
import { type Option, radioField, selectField, textArea, textField } from './form-fields.ts';
import { offerFields, shareFields } from './offer-fields.ts';
import { fill } from '../words/fill.ts';
import { type Html, type HtmlValue, html } from './html.ts';
import type { PageContext } from './page-context.ts';
import { writeDistance } from '../words/measures.ts';

/** How many offices stand above the list of all. */
const nearestShown = 5;

/** In the order in which officers need them; a drill ends as a drill. */
const dispositionsOf = (drill: boolean): readonly Disposition[] => {
  const rest: readonly Disposition[] = ['safe', 'released', 'repatriated', 'false-alarm', 'cancelled', 'other'];
  return drill ? ['drill', ...rest] : rest;
};

const placeName = ({ city, state }: Consulate): string => `${city}, ${state}`;

const offices = (
  { words, language }: PageContext,
  { position, homePosition, consulate }: OfficerCase,
  open: readonly Consulate[],
) => {
  const { fields } = words.pages.officer;
  const others = open.filter(({ id }) => id !== consulate?.id);
  const place = position && position.flaw === undefined ? position : (homePosition ?? position);
  const nearest: Option[] = (place ? nearestConsulates(place, others, nearestShown) : []).map((ranked) => ({
    value: ranked.consulate.id,
    label: `${placeName(ranked.consulate)} (${writeDistance(ranked.distanceMeters)})`,
  }));
  const all = others
    .map((office): Option => ({ value: office.id, label: placeName(office) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  return [
    ...(nearest.length > 0 ? [{ label: fields.nearest, options: nearest }] : []),
    { label: fields.all, options: all },
  ];
};

const closeFields = (context: PageContext, { drill }: OfficerCase): HtmlValue => {
  const { words } = context;
  const { fields } = words.pages.officer;
  const action = 'close';
  return [
    radioField(
      context,
      { action, name: 'disposition', label: fields.disposition, required: true },
      dispositionsOf(drill).map((value) => ({ value, label: words.case.dispositions[value].name })),
    ),
    textArea(context, { action, name: 'familyNote', label: fields.familyNote, hint: fields.familyNoteHint }),
  ];
};

const fieldsOf = (
  context: PageContext,
  found: OfficerCase,
  open: readonly Consulate[],
  action: CaseAction,
): HtmlValue => {
  const { words } = context;
  const { fields } = words.pages.officer;
  const note = textArea(context, { action, name: 'note', label: fields.note });
  switch (action) {
    case 'acknowledge':
    case 'take-back':
    case 'reopen':
      return undefined;
    case 'state':
      return [
        radioField(
          context,
          { action, name: 'to', label: fields.to, required: true },
          found.next.map((state) => ({
            value: state,
            label:
              state === found.state
                ? fill(fields.correct, { state: words.case.states[state].name })
                : words.case.states[state].name,
          })),
        ),
        textField(context, { action, name: 'facility', label: fields.facility }),
        note,
      ];
    case 'note':
      return textArea(context, { action, name: 'text', label: fields.text, required: true });
    case 'offer':
      return offerFields(context, found);
    case 'share-contact':
      return shareFields(context, found);
    case 'representative':
      return [
        textField(context, { action, name: 'name', label: fields.name, required: true }),
        textField(context, { action, name: 'phone', label: fields.phone, required: true, type: 'tel' }),
      ];
    case 'hand-over':
      return [
        selectField(
          context,
          { action, name: 'consulateId', label: fields.consulateId, required: true },
          fields.choose,
          offices(context, found, open),
        ),
        note,
      ];
    case 'close':
      return [closeFields(context, found), note];
  }
};

/** Who does it: asked once through each link. Another name can be given, as a mailbox has several readers. */
const officerField = (context: PageContext, { officer }: OfficerCase, action: CaseAction): Html => {
  const { fields, signing } = context.words.pages.officer;
  // One label for what is asked first; a page has the others folded below it.
  const label = action === 'acknowledge' ? fields.officer : fields.signer;
  const field = { action, name: 'officer', label, autocomplete: 'name' } as const;
  if (officer === null) return textField(context, { ...field, required: true });
  const isOpen = context.attempt?.action === action && context.attempt.values['officer'] !== undefined;
  return html`<p>${fill(signing.as, { officer })}</p>
    <details class="sub" ${isOpen && html` open`}>
      <summary>${signing.other}</summary>
      ${textField(context, field)}
    </details>`;
};

/** The family hears of these, unless the person was forced to cancel. */
const toldToFamily = new Set<CaseAction>(['acknowledge', 'state', 'representative', 'hand-over', 'close', 'reopen']);

/**
 * Who acknowledges what a colleague attends to relieves them. The receiver of a hand-over, who leads nothing yet, takes
 * the case.
 */
const isRelief = ({ unattended, actions }: OfficerCase, action: CaseAction): boolean =>
  action === 'acknowledge' && !unattended && actions.includes('hand-over');

const textsOf = ({ words }: PageContext, found: OfficerCase, action: CaseAction) =>
  isRelief(found, action) ? words.pages.officer.relieve : words.pages.officer.actions[action];

export const officerForm = (
  context: PageContext,
  found: OfficerCase,
  open: readonly Consulate[],
  action: CaseAction,
): Html => {
  const { words, urls } = context;
  const texts = textsOf(context, found, action);
  return html`<form method="post" action="${urls.action(action)}">
    ${
      found.duress && toldToFamily.has(action) && !isRelief(found, action)
        ? html`<p class="bad small">${words.pages.officer.duress.hint}</p>`
        : html`<p class="soft small">${texts.hint}</p>`
    }
    ${fieldsOf(context, found, open, action)} ${officerField(context, found, action)}
    <button type="submit" ${action === 'close' && html` class="danger"`}>${texts.button}</button>
  </form>`;
};

/**
 * The one thing that is asked of whoever opens the page first: in full, above everything else.
 *
 * These forms need no token against forged requests: there is no cookie or other credential that a browser would add
 * by itself. Who may post is who knows the address, and that is in the link and nowhere else (`no-referrer`).
 */
export const firstForm = (context: PageContext, found: OfficerCase, open: readonly Consulate[]): HtmlValue => {
  const action = found.state === 'closed' ? 'reopen' : isRelief(found, 'acknowledge') ? undefined : 'acknowledge';
  return action && found.actions.includes(action) && officerForm(context, found, open, action);
};

/** What else the state allows, each folded until it is wanted. */
export const otherForms = (
  context: PageContext,
  found: OfficerCase,
  open: readonly Consulate[],
  actions: readonly CaseAction[],
): HtmlValue => {
  const { words, attempt } = context;
  const others = actions.filter(
    (action) => isRelief(found, action) || (action !== 'acknowledge' && action !== 'reopen'),
  );
  return (
    others.length > 0 &&
    html`<section class="card" aria-labelledby="actions">
      <h2 id="actions">${words.pages.officer.actionsTitle}</h2>
      ${others.map(
        (action) =>
          html`<details${attempt?.action === action && html` open`}>
<summary>${textsOf(context, found, action).title}</summary>
${officerForm(context, found, open, action)}
</details>
`,
      )}
    </section>`
  );
};
