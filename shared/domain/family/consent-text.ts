import type { Language } from '../vocabulary.ts';
import type { Family } from './family.ts';

/** A text never changes: another one is another version. */
export type ConsentText = {
  readonly version: string;
  readonly language: Language;
  readonly text: string;
  /** SHA-256 of the text in UTF-8, hex in lower case. */
  readonly sha256: string;
};

export type ConsentTexts = { readonly consentTexts: readonly ConsentText[] };

/** @param version absent: the newest */
export const consentText = (
  { consentTexts }: ConsentTexts,
  language: Language,
  version?: string,
): ConsentText | undefined =>
  consentTexts.findLast((text) => text.language === language && (version === undefined || text.version === version));

/** @returns `undefined` if the record does not say which, or it is not kept */
export const agreedText = ({ consentTexts }: ConsentTexts, { consent }: Family): ConsentText | undefined =>
  consentTexts.find(
    ({ version, language, sha256 }) =>
      version === consent.version && language === consent.language && sha256 === consent.sha256,
  );
