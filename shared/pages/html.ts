/** Text that is HTML already. Made by {@link html} only, so that nothing else gets into a page unescaped. */
const markup = Symbol('markup');
export type Html = { readonly [markup]: string };

/** What may stand in a template. Texts are escaped; `undefined`, `null` and `false` leave nothing. */
export type HtmlValue = Html | string | number | undefined | null | false | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');

const write = (value: HtmlValue): string => {
  if (value === undefined || value === null || value === false) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return String(value);
  return markup in value ? value[markup] : value.map(write).join('');
};

/** The templates are indented for who writes them; readers on a slow line need one line break, each template once. */
const compact = new WeakMap<TemplateStringsArray, readonly string[]>();

const compacted = (strings: TemplateStringsArray): readonly string[] => {
  const known = compact.get(strings);
  if (known) return known;
  const short = strings.map((text) => text.replaceAll(/\s*\n\s*/g, '\n'));
  compact.set(strings, short);
  return short;
};

/**
 * HTML with values, each escaped for text and for attributes in double quotes. Attributes without quotes and scripts
 * have no place in these templates. A link needs a fixed scheme in front of what it is made of.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => ({
  [markup]: compacted(strings).reduce((before, text, index) => `${before}${write(values[index - 1])}${text}`),
});

/** What goes over the wire. */
export const htmlText = (page: Html): string => page[markup];

/** Style sheets hold no values of people: they stand in the page as they are. */
export const styleElement = (css: string): Html => ({ [markup]: `<style>${css}</style>` });
