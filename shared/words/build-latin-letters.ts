import { writeFileSync } from 'node:fs';
import anyAscii from 'any-ascii';

const isLatinLetter = (character: string): boolean => /\p{Script=Latin}/u.test(character) && /\p{L}/u.test(character);

/** Whether Unicode's own decomposition leaves nothing but ASCII letters. */
const decomposes = (character: string): boolean =>
  /^[a-z]+$/i.test(character.normalize('NFKD').replaceAll(/\p{M}/gu, ''));

/** Letters alone: a digit or a dot would be read as something that the person did not write. */
const foldOf = (character: string): string => {
  const text = anyAscii(character);
  const kept = text.replaceAll(/[^a-z]/gi, '');
  return kept === '' && /^['`]$/.test(text) ? "'" : kept;
};

/** ASCII letters, and the Latin letters that any-ascii folds to them and Unicode's decompositions do not. */
export const latinLetters = (): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (let codePoint = 0x80; codePoint < 0x20000; codePoint += 1) {
    const character = String.fromCodePoint(codePoint);
    if (!isLatinLetter(character) || decomposes(character)) continue;
    const fold = foldOf(character);
    if (fold !== '') found[fold] = (found[fold] ?? '') + character;
  }
  return found;
};

/** The text of `latin-letters.json`: one fold a line. */
export const latinLettersText = (): string => `${JSON.stringify(latinLetters(), null, 2)}\n`;

// Run `npx node shared/words/build-latin-letters.ts` after an update of any-ascii or Node; a test fails until you do.
if (import.meta.main) writeFileSync(new URL('latin-letters.json', import.meta.url), latinLettersText());
