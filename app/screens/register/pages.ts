import { isLanguage } from '../../../shared/domain/vocabulary.ts';
import { fillWith, h } from '../../ui/dom.ts';
import { pinField, radios, selectField, textField } from '../../ui/form.ts';
import { languageChoices } from '../../words.ts';
import { areTooSimilar } from '../../../shared/domain/family/pin-likeness.ts';
import { isPin, isSamePin } from '../pin-rules.ts';
import type { PageMaker } from './flow.ts';

/** Asked where the operator gave out codes. */
export const codePage: PageMaker = {
  fields: /^registrationCode/,
  make: (app, draft) => {
    const { code } = app.words().register;
    const field = textField({ id: 'code', label: code.label, hint: code.hint, value: draft.code, inputmode: 'text' });
    return {
      title: code.title,
      body: field.element,
      take: () => {
        draft.code = field.value();
        if (draft.code !== '') return undefined;
        field.fail(app.words().problems.empty);
        return '';
      },
    };
  },
};

export const languagePage: PageMaker = {
  fields: /^person\.(language|speaks)/,
  make: (app, draft) => {
    const { register, spoken } = app.words();
    const { language } = register;
    const choice = radios('language', undefined, languageChoices(app.words()), app.phone().language, (value) => {
      draft.speaks = speaks.value();
      if (isLanguage(value)) void app.setPhone({ language: value });
      app.router.again();
    });
    const speaks = selectField(
      { id: 'speaks', label: language.speaks, hint: language.speaksHint, value: draft.speaks },
      Object.entries(spoken).map(([value, label]) => ({ value, label })),
    );
    return {
      title: language.title,
      body: [choice.element, speaks.element],
      take: () => {
        draft.speaks = speaks.value();
        return undefined;
      },
    };
  },
};

export const namePage: PageMaker = {
  fields: /^person\.name/,
  make: (app, draft) => {
    const { name } = app.words().register;
    const field = textField({ id: 'name', label: name.label, hint: name.hint, value: draft.name, maxlength: 80 });
    return {
      title: name.title,
      body: field.element,
      take: () => {
        draft.name = field.value();
        field.fail(draft.name === '' ? app.words().problems.empty : undefined);
        return draft.name === '' ? '' : undefined;
      },
    };
  },
};

export const trustedPage: PageMaker = {
  fields: /^contacts\.\d+\.trusted/,
  make: (app, draft) => {
    const { trusted } = app.words().register;
    const options = draft.contacts.map(({ name }, index) => ({ value: String(index), label: name }));
    const choice = radios(
      'trusted',
      undefined,
      [...options, { value: 'nobody', label: trusted.nobody }],
      draft.trusted === undefined ? undefined : String(draft.trusted),
    );
    return {
      title: trusted.title,
      body: [h('p', {}, trusted.intro), choice.element],
      take: () => {
        const index = Number(choice.value() ?? 'nobody');
        draft.trusted = Number.isNaN(index) ? undefined : index;
        return undefined;
      },
    };
  },
};

export const pinPage: PageMaker = {
  fields: /^pin/,
  make: (app, draft) => {
    const { pin } = app.words().register;
    const field = pinField('pin', pin.label, pin.hint);
    const repeat = pinField('pin-again', pin.repeat);
    return {
      title: pin.title,
      body: [field.element, repeat.element],
      take: () => {
        field.fail();
        repeat.fail();
        if (!isPin(field.value())) field.fail(pin.digits);
        else if (!isSamePin(field.value(), repeat.value())) repeat.fail(pin.differs);
        else {
          draft.pin = field.value();
          return undefined;
        }
        return '';
      },
    };
  },
};

export const duressPage: PageMaker = {
  fields: /^duressPin/,
  make: (app, draft) => {
    const words = app.words();
    const { duress, pin } = words.register;
    const field = pinField('duress-pin', duress.label, duress.hint);
    return {
      title: duress.title,
      body: [field.element, h('p', { class: 'soft' }, words.optional)],
      take: () => {
        const typed = field.value();
        field.fail();
        if (typed !== '' && !isPin(typed)) field.fail(pin.digits);
        else if (typed !== '' && areTooSimilar(draft.pin, typed)) field.fail(duress.similar);
        else {
          draft.duressPin = typed;
          return undefined;
        }
        return '';
      },
    };
  },
};

export const consentPage: PageMaker = {
  fields: /^consent/,
  make: (app, draft) => {
    const words = app.words();
    const { consent, duress } = words.register;
    const text = h('p', { class: 'quote' }, consent.loading);
    let version = '';
    const language = app.phone().language;
    const load = async (): Promise<void> => {
      const reply = await app.ask('GET', `/v1/consent?language=${language}`);
      const found = reply.kind === 'ok' ? reply.body : {};
      if (typeof found['text'] === 'string' && typeof found['version'] === 'string') {
        version = found['version'];
        fillWith(text, found['text']);
      } else fillWith(text, words.problems.lost);
    };
    void load();
    const choice = radios(
      'consent',
      undefined,
      [
        { value: 'yes', label: consent.yes },
        { value: 'no', label: consent.no },
      ],
      draft.consent && (draft.consent.given ? 'yes' : 'no'),
    );
    return {
      title: consent.title,
      body: [text, choice.element],
      take: () => {
        choice.fail();
        const answer = choice.value();
        if (answer === undefined) {
          choice.fail(words.problems.choose);
          return '';
        }
        if (version === '') {
          void load();
          return words.problems.lost;
        }
        draft.consent = { given: answer === 'yes', version, language };
        const isHeard = answer === 'yes' || draft.trusted !== undefined || draft.duressPin === '';
        return isHeard ? undefined : duress.nobody;
      },
    };
  },
};

export const sharePage: PageMaker = {
  fields: /^sharePositionWithFamily/,
  make: (app, draft) => {
    const { share } = app.words().register;
    const choice = radios(
      'share',
      undefined,
      [
        { value: 'yes', label: share.yes },
        { value: 'no', label: share.no },
      ],
      draft.share === undefined ? undefined : draft.share ? 'yes' : 'no',
    );
    return {
      title: share.title,
      body: [h('p', { class: 'soft' }, share.hint), choice.element],
      take: () => {
        const answer = choice.value();
        draft.share = answer === undefined ? undefined : answer === 'yes';
        return undefined;
      },
    };
  },
};
