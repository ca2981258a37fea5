/** One line, so that what a person wrote cannot look like a heading of ours. */
export const oneLine = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
