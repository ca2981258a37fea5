import { type Language, isLanguage } from '../../shared/domain/vocabulary.ts';
import type { App } from '../app.ts';
import { type Child, h } from '../ui/dom.ts';
import { type Field, type Radios, radios, textField } from '../ui/form.ts';
import { languageChoices } from '../words.ts';
import { phoneOf } from './phone-number.ts';

/** A contact as the service takes it. */
export type ContactDraft = {
  readonly name: string;
  readonly channel: 'sms' | 'email';
  readonly endpoint: string;
  readonly language?: Language;
};

/** What was typed so far, whatever it is. */
export type TypedContact = { name: string; endpoint: string; country?: string | undefined; language: Language };

export type ContactFields = {
  readonly element: Child;
  readonly isEmpty: () => boolean;
  /** The contact, or undefined with the wrong fields marked. */
  readonly take: () => ContactDraft | undefined;
};

/** Which country a bare number is of, and the language of the messages. */
const choices = (
  app: App,
  id: string,
  typed: TypedContact,
): { readonly country: Radios; readonly language: Radios } => {
  const { contacts } = app.words().register;
  return {
    country: radios(
      `country-${id}`,
      contacts.country,
      (['MX', 'US'] as const).map((value) => ({ value, label: contacts.countries[value] })),
      typed.country,
      (value) => {
        typed.country = value;
      },
    ),
    language: radios(`language-${id}`, contacts.language, languageChoices(app.words()), typed.language, (value) => {
      if (isLanguage(value)) typed.language = value;
    }),
  };
};

type Parts = { readonly name: Field; readonly endpoint: Field; readonly country: Radios };

/** Where messages go, or undefined with the wrong field marked. */
const endpointIn = (
  app: App,
  { name, endpoint, country }: Parts,
): Pick<ContactDraft, 'channel' | 'endpoint'> | undefined => {
  const { register, problems } = app.words();
  const words = register.contacts;
  for (const part of [name, endpoint, country]) part.fail();
  const text = endpoint.value();
  if (text.includes('@')) {
    if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { channel: 'email', endpoint: text };
    endpoint.fail(words.badPhone);
    return undefined;
  }
  const phone = phoneOf(text, country.value());
  if (typeof phone === 'object') return { channel: 'sms', endpoint: phone.e164 };
  if (phone === 'no-country') country.fail(words.countryMissing);
  else endpoint.fail(text === '' ? problems.empty : words.badPhone);
  return undefined;
};

/**
 * Name, phone or email, country, language.
 * @param personLanguage messages are in this one unless another is chosen
 */
export const contactFields = (app: App, id: string, typed: TypedContact, personLanguage: Language): ContactFields => {
  const { register, problems } = app.words();
  const words = register.contacts;
  const mail = h('p', { class: 'soft', hidden: !typed.endpoint.includes('@') }, words.mail);
  const name = textField({
    id: `name-${id}`,
    label: words.name,
    value: typed.name,
    maxlength: 80,
    onInput: (value) => {
      typed.name = value;
    },
  });
  const endpoint = textField({
    id: `endpoint-${id}`,
    label: words.endpoint,
    hint: words.endpointHint,
    value: typed.endpoint,
    inputmode: 'email',
    onInput: (value) => {
      typed.endpoint = value;
      mail.hidden = !value.includes('@');
    },
  });
  const { country, language } = choices(app, id, typed);
  const take = (): ContactDraft | undefined => {
    const found = endpointIn(app, { name, endpoint, country });
    if (found && name.value() === '') name.fail(problems.empty);
    if (!found || name.value() === '') return undefined;
    return { name: name.value(), ...found, ...(typed.language !== personLanguage && { language: typed.language }) };
  };
  return {
    element: [name.element, endpoint.element, country.element, mail, language.element],
    isEmpty: () => name.value() === '' && endpoint.value() === '',
    take,
  };
};
