/** Values of a template's `{placeholders}`. */
type Values = Readonly<Record<string, string>>;

/** Puts values in the place of `{placeholders}`. Values are not searched again; a missing one is a fault. */
export const fill = (template: string, values: Values): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`message template without a value for {${key}}`);
    return value;
  });
