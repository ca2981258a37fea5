import { type Child, fillWith, h } from './dom.ts';

/** An input with its label, hint and error. */
export type Field = {
  readonly element: HTMLElement;
  readonly value: () => string;
  /** Marks it as wrong and says why; without a text it is right again. */
  readonly fail: (text?: string) => void;
  readonly focus: () => void;
};

export type FieldOptions = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value?: string | undefined;
  readonly type?: 'text' | 'date' | 'datetime-local';
  readonly inputmode?: 'numeric' | 'email' | 'tel' | 'text';
  /** Dots instead of what is typed. Not of the type password: browsers offer to keep those. */
  readonly secret?: boolean;
  readonly list?: string;
  readonly maxlength?: number;
  readonly onInput?: (value: string) => void;
};

const describedBy = (hintId: string | undefined, errorId: string): string =>
  [hintId, errorId].filter(Boolean).join(' ');

const around = (
  input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  label: string,
  hint: string | undefined,
): Field => {
  const hintId = hint === undefined ? undefined : `${input.id}-hint`;
  const error = h('p', { id: `${input.id}-error`, class: 'error' });
  input.setAttribute('aria-describedby', describedBy(hintId, error.id));
  return {
    element: h(
      'div',
      { class: 'field' },
      h('label', { for: input.id }, label),
      hintId !== undefined && h('p', { id: hintId, class: 'soft' }, hint),
      error,
      input,
    ),
    value: () => input.value.trim(),
    fail: (text) => {
      fillWith(error, text);
      if (text === undefined) input.removeAttribute('aria-invalid');
      else {
        input.setAttribute('aria-invalid', 'true');
        input.focus();
      }
    },
    focus: () => input.focus(),
  };
};

/** One line of text. Browsers are told to keep nothing of it. */
export const textField = (options: FieldOptions): Field => {
  const { id, label, hint, value, type = 'text', inputmode, secret = false, list, maxlength, onInput } = options;
  const input: HTMLInputElement = h('input', {
    id,
    type,
    inputmode,
    list,
    maxlength,
    autocomplete: 'off',
    autocapitalize: secret || inputmode ? 'none' : 'words',
    spellcheck: 'false',
    class: secret ? 'secret' : undefined,
    input: () => onInput?.(input.value.trim()),
  });
  input.value = value ?? '';
  return around(input, label, hint);
};

/** The field for a PIN: digits, never kept, never shown. Longer than one: what is invisible is pasted along. */
export const pinField = (id: string, label: string, hint?: string): Field =>
  textField({ id, label, hint, inputmode: 'numeric', secret: true, maxlength: 40 });

/** Several lines of text. */
export const longField = ({ id, label, hint, value, maxlength }: FieldOptions): Field => {
  const input = h('textarea', { id, rows: 4, maxlength, autocomplete: 'off' });
  input.value = value ?? '';
  return around(input, label, hint);
};

export type Option = { readonly value: string; readonly label: string };

/** One of a list that is too long for radios. */
export const selectField = ({ id, label, hint, value }: FieldOptions, options: readonly Option[]): Field => {
  const select = h(
    'select',
    { id },
    options.map((option) => h('option', { value: option.value }, option.label)),
  );
  select.value = value ?? '';
  return around(select, label, hint);
};

export type Radios = {
  readonly element: HTMLElement;
  readonly value: () => string | undefined;
  readonly fail: (text?: string) => void;
};

/** Choices. @param legend what they answer; without, the title of the page is the question */
export const radios = (
  name: string,
  legend: string | undefined,
  options: readonly Option[],
  chosen?: string,
  onChange?: (value: string) => void,
): Radios => {
  const error = h('p', { id: `${name}-error`, class: 'error' });
  const inputs = options.map(({ value }, index) =>
    h('input', {
      id: `${name}-${index}`,
      type: 'radio',
      name,
      value,
      checked: value === chosen,
      change: () => onChange?.(value),
    }),
  );
  return {
    element: h(
      'fieldset',
      { 'aria-labelledby': legend === undefined ? 'title' : undefined, 'aria-describedby': error.id },
      legend !== undefined && h('legend', {}, legend),
      error,
      inputs.map((input, index) => h('label', { class: 'choice' }, input, h('span', {}, options[index]?.label))),
    ),
    value: () => inputs.find(({ checked }) => checked)?.value,
    fail: (text) => {
      fillWith(error, text);
      if (text !== undefined) inputs[0]?.focus();
    },
  };
};

export type Form = {
  readonly element: HTMLElement;
  /** Says it where a screen reader hears it at once. */
  readonly say: (text: string, kind?: 'error' | 'done') => void;
};

/**
 * Fields with one button that sends them.
 * @param send says what went wrong, if anything did
 */
export const form = (
  children: Child,
  button: { readonly label: string; readonly id?: string; readonly wait: string; readonly plain?: boolean },
  send: () => Promise<string | undefined> | string | undefined,
): Form => {
  const status = h('p', { role: 'alert', class: 'error' });
  const submit = h(
    'button',
    { type: 'submit', id: button.id, class: button.plain === true ? undefined : 'main' },
    button.label,
  );
  let isBusy = false;
  const say = (text: string, kind: 'error' | 'done' = 'error'): void => {
    status.className = kind;
    fillWith(status, text);
  };
  const run = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    const answer = send();
    if (answer instanceof Promise) say(button.wait, 'done');
    say((await answer) ?? '');
    isBusy = false;
  };
  return { element: h('form', { novalidate: true, submit: run }, children, status, submit), say };
};
