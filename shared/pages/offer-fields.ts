import type { OfficerCase } from '../contracts/cases.ts';
import { isSecretOrigin } from '../domain/case/alert.ts';
import { matters } from '../domain/vocabulary.ts';
import { fill } from '../words/fill.ts';
import { type Option, selectField, tickField } from './form-fields.ts';
import { type HtmlValue, html } from './html.ts';
import type { PageContext } from './page-context.ts';

/** A page is read on a phone, and a ministry's roster has hundreds; whoever fits is found without the list. */
const mostListed = 20;

/** Whom to ask, for what, and whether it can wait. */
export const offerFields = (context: PageContext, { roster }: OfficerCase): HtmlValue => {
  const { officer: texts, matters: names } = context.words.representatives;
  const { fields, rosters } = texts;
  const action = 'offer';
  if (roster.length === 0) return html`<p>${texts.nobody}</p>`;
  const optionsOf = (isMinistrys: boolean): readonly Option[] =>
    roster
      .filter(({ rosterId }) => (rosterId === 'ministry') === isMinistrys)
      .slice(0, mostListed)
      .map(({ representativeId, name, languages, openCases, capacity }) => ({
        value: representativeId,
        label: fill(texts.option, {
          name,
          languages: languages.join(', '),
          cases: String(openCases),
          capacity: String(capacity),
        }),
      }));
  const groups = [
    { label: rosters.own, options: optionsOf(false) },
    { label: rosters.ministry, options: optionsOf(true) },
  ].filter(({ options }) => options.length > 0);
  const ofMatters = [
    {
      label: fields.matter,
      options: matters.filter((matter) => matter !== 'immigration').map((value) => ({ value, label: names[value] })),
    },
  ];
  return [
    selectField(context, { action, name: 'representativeId', label: fields.representativeId }, texts.next, groups),
    selectField(context, { action, name: 'matter', label: fields.matter }, names.immigration, ofMatters),
    tickField(context, { action, name: 'urgent', label: fields.urgent, value: 'true' }),
  ];
};

/** Contacts who may be called: while the person is forced the trusted one alone. */
export const shareFields = (context: PageContext, { contacts, duress, origin }: OfficerCase): HtmlValue => {
  const { fields } = context.words.representatives.officer;
  const isForced = duress || isSecretOrigin(origin?.kind);
  const options = contacts
    .filter(({ trusted }) => !isForced || trusted === true)
    .map(({ contactId, name }) => ({ value: contactId, label: name }));
  return selectField(
    context,
    { action: 'share-contact', name: 'contactId', label: fields.contactId, required: true },
    fields.chooseContact,
    [{ label: fields.contactId, options }],
  );
};
