import { type App, problemText } from '../app.ts';
import { form, pinField, textField } from '../ui/form.ts';
import type { View } from '../ui/router.ts';
import { someText } from './contact-status.ts';
import { becomePhone } from './joining.ts';
import { lastScreen } from './last.ts';

/** After a lost phone, or after a false alarm: the button on this phone, with sight of its contacts. */
export const recoverScreen = (app: App) => (): View => {
  const { recover, register, next, wait } = app.words();
  const code = textField({ id: 'recovery-code', label: recover.label, hint: recover.hint, inputmode: 'text' });
  const pin = pinField('recovery-pin', register.pin.label);
  const run = async (): Promise<string | undefined> => {
    const reply = await app.ask('POST', '/v1/families/recover', { recoveryCode: code.value(), pin: pin.value() });
    if (reply.kind === 'ok') {
      await becomePhone(app, String(reply.body['deviceToken']));
      const newCode = reply.body['recoveryCode'];
      app.router.reset(lastScreen(app, { recoveryCode: someText(newCode) }));
      return undefined;
    }
    if (reply.kind === 'problem' && reply.status < 429) return recover.wrong;
    return problemText(app, reply);
  };
  return { title: recover.title, body: form([code.element, pin.element], { label: next, wait }, run).element };
};
