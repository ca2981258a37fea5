const compiled = new Map<string, RegExp>();

const compile = (pattern: string): RegExp => {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]');
  const expression = new RegExp(`^${source}$`);
  compiled.set(pattern, expression);
  return expression;
};

/**
 * Whether a text fits an IAM pattern, in which `*` is any text and `?` any one character. Patterns come from the
 * template and are few: each is compiled once.
 */
export const fitsPattern = (pattern: string, value: string): boolean =>
  (compiled.get(pattern) ?? compile(pattern)).test(value);
