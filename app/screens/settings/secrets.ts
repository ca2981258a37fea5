import type { App } from '../../app.ts';
import { h } from '../../ui/dom.ts';
import { pinField } from '../../ui/form.ts';
import type { View } from '../../ui/router.ts';
import { changeForm, changeScreen } from '../change-form.ts';
import { isPin, isSamePin } from '../pin-rules.ts';

/** Another PIN in the place of the one that is typed. */
export const pinScreen = (app: App) => (): View => {
  const { settings, register, save } = app.words();
  const fresh = pinField('new-pin', settings.newPin, register.pin.hint);
  const repeat = pinField('new-pin-again', settings.repeatPin);
  const change = changeForm(app, {
    id: 'pin',
    fields: [fresh.element, repeat.element],
    pinLabel: settings.currentPin,
    button: save,
    path: '/v1/family/settings',
    body: () => {
      const isGood = isPin(fresh.value());
      const isSame = isSamePin(fresh.value(), repeat.value());
      repeat.fail(isGood && !isSame ? register.pin.differs : undefined);
      fresh.fail(isGood ? undefined : register.pin.digits);
      return isGood && isSame ? { newPin: fresh.value() } : undefined;
    },
  });
  return { title: settings.pin, body: change.element };
};

/** A second PIN, another one, or none. */
export const duressScreen = (app: App) => (): View => {
  const { settings, register, save } = app.words();
  const fresh = pinField('new-duress', settings.newDuress, register.duress.hint);
  const path = '/v1/family/settings';
  const change = changeForm(app, {
    id: 'pin',
    fields: fresh.element,
    button: save,
    path,
    body: () => {
      fresh.fail(isPin(fresh.value()) ? undefined : register.pin.digits);
      return isPin(fresh.value()) ? { newDuressPin: fresh.value() } : undefined;
    },
  });
  const remove = changeScreen(app, settings.duressRemove, {
    button: settings.duressRemove,
    path,
    body: () => ({ newDuressPin: null }),
  });
  return {
    title: settings.duress,
    body: [
      change.element,
      h('button', { type: 'button', click: () => app.router.open(remove) }, settings.duressRemove),
    ],
  };
};

/** The end of everything. */
export const eraseScreen = (app: App) => (): View => {
  const { settings } = app.words();
  const erase = changeForm(app, {
    id: 'pin',
    fields: h('p', {}, settings.eraseHint),
    button: settings.eraseAll,
    path: '/v1/family/erase',
    body: () => ({}),
    done: async () => {
      await app.erase();
      return undefined;
    },
  });
  return { title: settings.eraseAll, body: erase.element };
};
