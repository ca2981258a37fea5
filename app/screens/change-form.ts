import { type App, problemText } from '../app.ts';
import type { Child } from '../ui/dom.ts';
import { type Form, form, pinField } from '../ui/form.ts';
import type { Screen } from '../ui/router.ts';

type Json = Readonly<Record<string, unknown>>;

export type Change = {
  /** Of the form's PIN field. */
  readonly id: string;
  readonly fields?: Child;
  readonly button: string;
  readonly plain?: boolean;
  /** Label of the PIN field. @default PIN */
  readonly pinLabel?: string;
  readonly path: string;
  /** What goes with the PIN; undefined if a field is wrong, and marked. */
  readonly body: () => object | undefined;
  /** What is said then. @default "Saved." */
  readonly done?: (answer: Json) => string | undefined | Promise<string | undefined>;
};

/** A change that needs the PIN. Both PINs do the same here, and nothing on the phone tells them apart. */
export const changeForm = (app: App, change: Change): Form => {
  const words = app.words();
  const pin = pinField(change.id, change.pinLabel ?? words.register.pin.label);
  const made: Form = form(
    [change.fields, pin.element],
    { label: change.button, wait: words.wait, plain: change.plain === true },
    async () => {
      pin.fail();
      const body = change.body();
      if (body === undefined) return '';
      if (pin.value() === '') {
        pin.fail(words.problems.empty);
        return '';
      }
      const reply = await app.ask('POST', change.path, { ...body, pin: pin.value() });
      if (reply.kind !== 'ok') return problemText(app, reply);
      const warnings = reply.body['warnings'];
      const text = change.done ? await change.done(reply.body) : words.saved;
      const isWarned = Array.isArray(warnings) && JSON.stringify(warnings).includes('second-pin-warns-nobody');
      // After the form has cleared what it said while it waited.
      setTimeout(() => made.say(isWarned ? words.settings.warnsNobody : (text ?? ''), isWarned ? 'error' : 'done'));
      return undefined;
    },
  );
  return made;
};

/** A page for one change: what it means, the PIN, one button. */
export const changeScreen =
  (app: App, title: string, change: Omit<Change, 'id'>): Screen =>
  () => ({
    title,
    body: changeForm(app, { id: 'pin', ...change }).element,
  });
