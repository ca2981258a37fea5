import { type App, problemText } from '../app.ts';
import { form, textField } from '../ui/form.ts';
import type { View } from '../ui/router.ts';
import { becomePhone } from './joining.ts';
import { lastScreen } from './last.ts';

/** A second phone, or the same one after installing. @param known from a link */
export const codeScreen =
  (app: App, known = '') =>
  (): View => {
    const { code, next, wait, problems } = app.words();
    const field = textField({ id: 'device-code', label: code.label, hint: code.hint, value: known, inputmode: 'text' });
    const join = async (): Promise<string | undefined> => {
      const typed = field.value().toUpperCase();
      field.fail(typed === '' ? problems.empty : undefined);
      if (typed === '') return '';
      const reply = await app.ask('POST', '/v1/devices', { code: typed });
      if (reply.kind === 'ok') {
        await becomePhone(app, String(reply.body['deviceToken']));
        app.router.reset(lastScreen(app, {}));
        return undefined;
      }
      if (reply.kind === 'problem' && reply.status < 429) field.fail(code.wrong);
      else return problemText(app, reply);
      return '';
    };
    return { title: code.title, body: form(field.element, { label: next, wait }, join).element };
  };
