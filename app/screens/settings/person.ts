import { fill } from '../../../shared/words/fill.ts';
import type { App } from '../../app.ts';
import { type Child, fillWith, h } from '../../ui/dom.ts';
import { type Field, longField, radios, selectField, textField } from '../../ui/form.ts';
import type { Screen, View } from '../../ui/router.ts';
import { languageChoices } from '../../words.ts';
import { changeForm, changeScreen } from '../change-form.ts';
import { isJson, text } from '../contact-status.ts';
import { homeField } from '../home-field.ts';
import { phoneOf } from '../phone-number.ts';

const path = '/v1/family/settings';

const toClear = (app: App, screen: Screen): Child =>
  h('button', { type: 'button', click: () => app.router.open(screen) }, app.words().settings.erase);

/** Fields of `person` with one button. An empty field stays as it is on the service; "Clear" removes all of them. */
const personScreen = (
  app: App,
  title: string,
  hint: string | undefined,
  fields: Readonly<Record<string, Field>>,
  wrap: (values: Readonly<Record<string, string | null>>) => object,
): View => {
  const words = app.words();
  const typed = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]): [string, string][] => {
        const value = field.value();
        return value === '' ? [] : [[name, value]];
      }),
    );
  const save = changeForm(app, {
    id: 'pin',
    fields: [
      hint !== undefined && h('p', { class: 'soft' }, hint),
      Object.values(fields).map(({ element }) => element),
    ],
    button: words.save,
    path,
    body: () => {
      const values = typed();
      if (Object.keys(values).length > 0) return { person: wrap(values) };
      Object.values(fields)[0]?.fail(words.problems.empty);
      return undefined;
    },
  });
  const clear = changeScreen(app, title, {
    button: words.settings.erase,
    path,
    body: () => ({ person: wrap(Object.fromEntries(Object.keys(fields).map((name) => [name, null]))) }),
  });
  const nothing = h('p', { class: 'soft' }, words.settings.nothing);
  if ('phone' in fields) void showNow(app, nothing, 'phone');
  return { title, body: [nothing, save.element, toClear(app, clear)] };
};

/** What the service still shows of the person on this phone: nothing after a press. */
const showNow = async (app: App, place: HTMLElement, name: 'name' | 'phone'): Promise<void> => {
  const reply = await app.ask('GET', '/v1/family');
  const person = reply.kind === 'ok' ? reply.body['person'] : undefined;
  const value = isJson(person) ? text(person[name]) : '';
  if (value !== '') fillWith(place, fill(app.words().settings.now, { value }));
};

export const nameScreen = (app: App) => (): View => {
  const words = app.words();
  const { settings, register, spoken } = words;
  const name = textField({ id: 'name', label: register.name.label, hint: register.name.hint, maxlength: 80 });
  const speaks = selectField({ id: 'speaks', label: register.language.speaks, hint: register.language.speaksHint }, [
    { value: '', label: '—' },
    ...Object.entries(spoken).map(([value, label]) => ({ value, label })),
  ]);
  const language = radios('language', register.contacts.language, languageChoices(words));
  const save = changeForm(app, {
    id: 'pin',
    fields: [name.element, speaks.element, language.element],
    button: words.save,
    path,
    body: () => {
      const person = {
        ...(name.value() !== '' && { name: name.value() }),
        ...(speaks.value() !== '' && { speaks: speaks.value() }),
        ...(language.value() !== undefined && { language: language.value() }),
      };
      if (Object.keys(person).length > 0) return { person };
      name.fail(words.problems.empty);
      return undefined;
    },
  });
  const current = h('p', { class: 'soft' }, settings.nothing);
  void showNow(app, current, 'name');
  return { title: settings.person, body: [current, save.element] };
};

export const ownPhoneScreen = (app: App) => (): View => {
  const { settings } = app.words();
  const phone = textField({
    id: 'phone',
    label: settings.ownPhoneLabel,
    hint: settings.ownPhoneHint,
    inputmode: 'tel',
  });
  return personScreen(app, settings.ownPhone, undefined, { phone }, ({ phone: typed }) => {
    const known = phoneOf(typed ?? '', undefined);
    return { phone: typeof known === 'object' ? known.e164 : (typed ?? null) };
  });
};

export const locatorScreen = (app: App) => (): View => {
  const { settings } = app.words();
  const fields = {
    documentName: textField({ id: 'document-name', label: settings.documentName, maxlength: 80 }),
    birthDate: textField({ id: 'birth-date', label: settings.birthDate, type: 'date' }),
    birthPlace: textField({ id: 'birth-place', label: settings.birthPlace, maxlength: 80 }),
    aNumber: textField({ id: 'a-number', label: settings.aNumber, maxlength: 20, inputmode: 'text' }),
  };
  const wrap = (values: Readonly<Record<string, string | null>>): object => ({
    locator: Object.values(values).every((value) => value === null) ? null : values,
  });
  return personScreen(app, settings.locator, settings.locatorHint, fields, wrap);
};

export const urgentScreen = (app: App) => (): View => {
  const { settings } = app.words();
  const urgentAtHome = longField({
    id: 'urgent',
    label: settings.urgentLabel,
    hint: settings.urgentHint,
    maxlength: 300,
  });
  return personScreen(app, settings.urgent, undefined, { urgentAtHome }, (values) => values);
};

export const homeScreen = (app: App) => (): View => {
  const words = app.words();
  const field = homeField(app);
  const save = changeForm(app, {
    id: 'pin',
    fields: [h('p', { class: 'soft' }, words.register.home.hint), field.element],
    button: words.save,
    path,
    body: () => {
      const home = field.take();
      return home === undefined || home === 'none' ? undefined : { person: { homePosition: home } };
    },
  });
  const clear = changeScreen(app, words.settings.home, {
    button: words.settings.erase,
    path,
    body: () => ({ person: { homePosition: null } }),
  });
  return { title: words.settings.home, body: [save.element, toClear(app, clear)] };
};

/** A question with yes and no, sent with the PIN. */
const yesNo = (
  app: App,
  title: string,
  {
    yes,
    no,
    hint,
    before,
  }: { readonly yes: string; readonly no: string; readonly hint?: string; readonly before?: Child },
  bodyOf: (yes: boolean) => object | undefined,
  onChoice?: (yes: boolean) => void,
  done?: (yes: boolean) => void,
): View => {
  const words = app.words();
  const choice = radios(
    'choice',
    undefined,
    [
      { value: 'yes', label: yes },
      { value: 'no', label: no },
    ],
    undefined,
    (value) => onChoice?.(value === 'yes'),
  );
  const save = changeForm(app, {
    id: 'pin',
    fields: [hint !== undefined && h('p', { class: 'soft' }, hint), choice.element, before],
    button: words.save,
    path,
    body: () => {
      const answer = choice.value();
      choice.fail(answer === undefined ? words.problems.choose : undefined);
      return answer === undefined ? undefined : bodyOf(answer === 'yes');
    },
    done: () => {
      done?.(choice.value() === 'yes');
      return words.saved;
    },
  });
  return { title, body: save.element };
};

export const shareScreen = (app: App) => (): View => {
  const { share } = app.words().register;
  return yesNo(app, share.title, share, (yes) => ({ sharePositionWithFamily: yes }));
};

export const lawyerScreen = (app: App) => (): View => {
  const { settings } = app.words();
  const texts = { yes: settings.lawyerYes, no: settings.lawyerNo, hint: settings.lawyerHint };
  return yesNo(app, settings.lawyerTitle, texts, (yes) => ({ person: { wantsRepresentative: yes } }));
};

/** The text stands there only once somebody wants to authorise: nothing here says what she has chosen before. */
export const consentScreen = (app: App) => (): View => {
  const words = app.words();
  const { consent } = words.register;
  const shown = h('p', { class: 'quote', hidden: true });
  const { language } = app.phone();
  let version: string | undefined;
  const load = async (): Promise<void> => {
    shown.hidden = false;
    shown.textContent = consent.loading;
    const reply = await app.ask('GET', `/v1/consent?language=${language}`);
    const found = reply.kind === 'ok' ? reply.body : {};
    version = typeof found['version'] === 'string' ? found['version'] : undefined;
    shown.textContent = typeof found['text'] === 'string' ? found['text'] : words.problems.lost;
  };
  return yesNo(
    app,
    words.settings.consentTitle,
    { yes: consent.yes, no: consent.no, before: shown },
    (yes) => {
      if (yes && version === undefined) return undefined;
      return { consent: { consularNotification: yes, ...(version !== undefined && { version, language }) } };
    },
    (yes) => {
      if (yes && version === undefined) void load();
      shown.hidden = !yes;
    },
    (yes) => void app.setPhone({ consent: yes }),
  );
};
