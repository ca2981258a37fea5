/** Whether a text fits an IAM pattern, in which `*` is any text and `?` any one character. */
export const fitsPattern = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
  ).test(value);
