import type { App } from '../app.ts';
import type { Child } from '../ui/dom.ts';
import { h } from '../ui/dom.ts';
import { radios, textField } from '../ui/form.ts';
import { phoneOf } from './phone-number.ts';

/** A contact as the service takes it. */
export type ContactDraft = {
  readonly name: string;
  readonly channel: 'sms' | 'email';
  readonly endpoint: string;
  readonly language?: 'es' | 'en';
};

/** What was typed so far, whatever it is. */
export type TypedContact = { name: string; endpoint: string; country?: string | undefined; language: 'es' | 'en' };

export type ContactFields = {
  readonly element: Child;
  readonly isEmpty: () => boolean;
  /** The contact, or undefined with the wrong fields marked. */
  readonly take: () => ContactDraft | undefined;
  readonly focus: () => void;
};

/**
 * Name, phone or email, country, language.
 * @param personLanguage messages are in this one unless another is chosen
 * @param hint in the place of what the field says of itself
 */
export const contactFields = (
  app: App,
  id: string,
  typed: TypedContact,
  personLanguage: 'es' | 'en',
  hint?: string,
): ContactFields => {
  const { register, problems } = app.words();
  const words = register.contacts;
  const mail = h('p', { class: 'soft', hidden: true }, words.mail);
  const showMail = (text: string): void => {
    mail.hidden = !text.includes('@');
  };
  showMail(typed.endpoint);
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
    hint: hint ?? words.endpointHint,
    value: typed.endpoint,
    inputmode: 'email',
    onInput: (value) => {
      typed.endpoint = value;
      showMail(value);
    },
  });
  const country = radios(
    `country-${id}`,
    words.country,
    (['MX', 'US'] as const).map((value) => ({ value, label: words.countries[value] })),
    typed.country,
    (value) => {
      typed.country = value;
    },
  );
  const language = radios(
    `language-${id}`,
    words.language,
    [
      { value: 'es', label: register.language.spanish },
      { value: 'en', label: register.language.english },
    ],
    typed.language,
    (value) => {
      typed.language = value === 'en' ? 'en' : 'es';
    },
  );

  const take = (): ContactDraft | undefined => {
    name.fail();
    endpoint.fail();
    country.fail();
    const text = endpoint.value();
    const isMail = text.includes('@');
    const phone = phoneOf(text, country.value());
    if (isMail && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) endpoint.fail(words.badPhone);
    else if (!isMail && phone === 'no-country') country.fail(words.countryMissing);
    else if (!isMail && phone === 'no-phone') endpoint.fail(text === '' ? problems.empty : words.badPhone);
    else if (name.value() === '') name.fail(problems.empty);
    else {
      return {
        name: name.value(),
        channel: isMail ? 'email' : 'sms',
        endpoint: typeof phone === 'object' && !isMail ? phone.e164 : text,
        ...(typed.language !== personLanguage && { language: typed.language }),
      };
    }
    return undefined;
  };
  return {
    element: [name.element, endpoint.element, country.element, mail, language.element],
    isEmpty: () => name.value() === '' && endpoint.value() === '',
    take,
    focus: () => name.focus(),
  };
};
