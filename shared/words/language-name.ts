import type { Words } from './words.ts';

/** What a language is called in another one: `inglés`. @param of BCP 47 or ISO 639 */
export const languageName = ({ tag }: Pick<Words, 'tag'>, of: string): string =>
  new Intl.DisplayNames([tag], { type: 'language' }).of(of) ?? of;
