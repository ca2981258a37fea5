import { type Html, type HtmlValue, html } from './html.ts';
import type { PageContext } from './page-context.ts';

/** Field names have their own text for what is wrong. */
type FieldName = Exclude<keyof PageContext['words']['pages']['wrong'], 'title'>;

type Field = {
  readonly action: string;
  readonly name: FieldName;
  readonly label: string;
  readonly required?: boolean;
  readonly hint?: string;
};

/** What was sent before, and whether it was wrong. */
const stateOf = ({ attempt, words }: PageContext, { action, name }: Field) => {
  const mine = attempt?.action === action ? attempt : undefined;
  const wrong = mine?.wrong.includes(name) === true ? words.pages.wrong[name] : undefined;
  return { value: mine?.values[name] ?? '', wrong };
};

const idOf = ({ action, name }: Field): string => `${action}-${name}`;

const errorText = (id: string, wrong: string | undefined): HtmlValue =>
  wrong !== undefined && html`<p class="error" id="${id}-error">${wrong}</p>`;

const labelOf = ({ words }: PageContext, field: Field): Html =>
  html`${field.label}${!field.required && html` <span class="soft">(${words.pages.optional})</span>`}`;

/** Attributes that tie a field to its error and hint. */
const describedBy = (id: string, wrong: string | undefined, hint: string | undefined): HtmlValue => {
  const ids = [...(wrong === undefined ? [] : [`${id}-error`]), ...(hint === undefined ? [] : [`${id}-hint`])];
  return [
    wrong !== undefined && html` aria-invalid="true"`,
    ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`,
  ];
};

const frame = (context: PageContext, field: Field, control: Html): Html => {
  const id = idOf(field);
  const { wrong } = stateOf(context, field);
  return html`<label for="${id}">${labelOf(context, field)}</label> ${errorText(id, wrong)} ${control}
    ${field.hint !== undefined && html`<p class="soft small" id="${id}-hint">${field.hint}</p>`}`;
};

/** One line. No `maxlength`, which would cut what is pasted without a word. */
export const textField = (
  context: PageContext,
  field: Field & { readonly type?: 'text' | 'tel'; readonly autocomplete?: string },
): Html => {
  const id = idOf(field);
  const { value, wrong } = stateOf(context, field);
  return frame(
    context,
    field,
    html`<input
      type="${field.type ?? 'text'}"
      id="${id}"
      name="${field.name}"
      value="${value}"
      autocomplete="${field.autocomplete ?? 'off'}"
      ${field.required === true && html` required`}${describedBy(id, wrong, field.hint)}
    />`,
  );
};

export const textArea = (context: PageContext, field: Field): Html => {
  const id = idOf(field);
  const { value, wrong } = stateOf(context, field);
  // A browser drops the first line break of a text area.
  return frame(
    context,
    field,
    html`<textarea
      id="${id}"
      name="${field.name}"
      rows="3"
      ${field.required === true && html` required`}${describedBy(id, wrong, field.hint)}
    >
${value}</textarea>`,
  );
};

export type Option = { readonly value: string; readonly label: string };

/** A choice of few. */
export const radioField = (context: PageContext, field: Field, options: readonly Option[]): Html => {
  const id = idOf(field);
  const { value, wrong } = stateOf(context, field);
  return html`<fieldset id="${id}" tabindex="-1" ${wrong !== undefined && html` aria-describedby="${id}-error"`}>
    <legend>${field.label}</legend>
    ${errorText(id, wrong)}
    ${options.map(
      (option) =>
        html`<label class="choice"
          ><input
            type="radio"
            name="${field.name}"
            value="${option.value}"
            required${option.value === value && html` checked`}
          />${option.label}</label
        > `,
    )}
  </fieldset>`;
};

/** Something to tick. */
export const tickField = (context: PageContext, field: Field & { readonly value: string }): Html => {
  const id = idOf(field);
  const { wrong } = stateOf(context, field);
  return html`${errorText(id, wrong)}<label class="choice"
      ><input
        type="checkbox"
        id="${id}"
        name="${field.name}"
        value="${field.value}"
        ${field.required === true && html` required`}${describedBy(id, wrong, undefined)}
      />${field.label}</label
    >`;
};

/** A choice of many, in groups. */
export const selectField = (
  context: PageContext,
  field: Field,
  first: string,
  groups: readonly { readonly label: string; readonly options: readonly Option[] }[],
): Html => {
  const id = idOf(field);
  const { value, wrong } = stateOf(context, field);
  let chosen = false;
  const isChosen = (option: Option): boolean => {
    if (chosen || option.value !== value) return false;
    chosen = true;
    return true;
  };
  return frame(
    context,
    field,
    html`<select
      id="${id}"
      name="${field.name}"
      ${field.required === true && html` required`}${describedBy(id, wrong, field.hint)}
    >
      <option value="">${first}</option>
      ${groups.map(
        ({ label, options }) =>
          html`<optgroup label="${label}">
            ${options.map(
              (option) =>
                html`<option value="${option.value}" ${isChosen(option) && html` selected`}>${option.label}</option>`,
            )}
          </optgroup> `,
      )}
    </select>`,
  );
};
