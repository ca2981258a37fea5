import type { FieldProblem } from './vocabulary.ts';

/*
 * What people type or paste, made safe in one place: names, notes, labels. SMS apps, mail programs and phones make
 * links of whatever looks like an address, and strangers read what somebody typed as if we had written it.
 */

/** Dots that an address may be typed with (IDNA 2003, §3.1), and one that looks like them. */
const dots = /[\u3002\uFF0E\uFF61\u2024]/g;

/** Invisible: zero-width spaces, joiners, bidi marks, selectors, fillers, controls. */
const invisible = /[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu;

/** NFC, of at most 30 marks in a row (UAX #15, stream-safe text): it sorts them, and of thousands that takes long. */
const composed = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/(\p{M}{30})\p{M}+/gu, '$1')
    .normalize('NFC');

const sameSigns = (text: string): string =>
  composed(text)
    .replaceAll(/[‘’‚‛ʹʻʼʽˈ´`′＇]/g, "'")
    .replaceAll(/[“”„‟″«»＂]/g, '"')
    .replaceAll(/[‐‑‒–—―−﹣－]/g, '-')
    .replaceAll(dots, '.');

/** A space after each dot that something follows: no phone, mail program or browser makes a link of that. */
const spaceAfterDots = (text: string): string => text.replaceAll(/\.(?=[\p{L}\p{M}\p{N}])/gu, '. ');

/**
 * The same words without web addresses: `https://evil.com/x` becomes `https: //evil. com/x`. Numbers stay as they are,
 * `3.5` and `213.555.0101`.
 */
export const breakLinks = (text: string): string =>
  text
    .replaceAll(dots, '.')
    .replaceAll('://', ': //')
    .replaceAll(/\.(?=[\p{L}\p{M}])|(?<=[\p{L}\p{M}])\.(?=\p{N})/gu, '. ');

/** Signs that stay in a name beside letters, marks and digits. */
const nameSigns = {
  person: " +'.-",
  /** Officers, lawyers and relatives sign with more: `Lic. Ana Pérez, guardia`, `López & Asociados, LLP`. */
  signature: ' +\'.,()&/"-',
} as const;
export type NameKind = keyof typeof nameSigns;

const isInName = {
  person: new RegExp(`[^\\p{L}\\p{M}\\p{Nd}${nameSigns.person}]`, 'gu'),
  signature: new RegExp(`[^\\p{L}\\p{M}\\p{Nd}${nameSigns.signature}]`, 'gu'),
} satisfies Readonly<Record<NameKind, RegExp>>;

/** More marks than any writing has on one letter. */
const tooManyMarks = /(\p{M}{4})\p{M}+/gu;

/**
 * A name as it is kept: what is invisible, emoji and what has no place in a name are dropped, one space for any, and
 * after each dot a space. Doing it twice is doing it once.
 */
export const tidyName = (text: string, kind: NameKind): string =>
  spaceAfterDots(
    sameSigns(text)
      .replaceAll(/\s+/g, ' ')
      .replaceAll(invisible, '')
      .replaceAll(/\p{Me}/gu, '')
      .replaceAll(isInName[kind], ' ')
      // M.ª and 1.º are one word, and their dot the one that looks most like an address in an SMS.
      .replaceAll(/\.(?=[ªº])/g, '')
      // A mark belongs to the letter before it; one after anything else is left over.
      .replaceAll(/(?<![\p{L}\p{M}\p{Nd}])\p{M}+/gu, '')
      .replaceAll(tooManyMarks, '$1')
      .replaceAll(/\.{2,}/g, '.'),
  )
    .replaceAll(/ +/g, ' ')
    .trim()
    .normalize('NFC');

const mostDigits = 4;
export const maximumNameLength = 80;

/** Why a tidied name is none, if it is none. */
export const nameProblem = (name: string): { readonly code: FieldProblem; readonly detail: string } | undefined => {
  if (!/\p{L}/u.test(name)) return { code: 'no-letter', detail: 'must have at least one letter' };
  // The space after a dot is ours.
  if (Array.from(name.replaceAll('. ', '.')).length > maximumNameLength) {
    return { code: 'too-long', detail: `must be at most ${maximumNameLength} characters` };
  }
  const digits = name.match(/\p{Nd}/gu)?.length ?? 0;
  if (digits <= mostDigits) return undefined;
  const detail = `must have at most ${mostDigits} digits: it is read by strangers as a text of ours`;
  return { code: 'too-many-digits', detail };
};

/** Free text as it is kept: half characters, controls and marks that turn the text around are gone, and no link is left. */
export const tidyText = (text: string): string =>
  breakLinks(
    composed(text)
      .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      // Joiners stay: they are within emoji, and within words of some scripts.
      .replaceAll(/(?![\n\u200C\u200D])[\p{Cf}\p{Cc}\p{Co}]/gu, ' ')
      .replaceAll(dots, '.')
      .replaceAll(/(?<=[.:/])[\u200C\u200D]+|(?<![\u200C\u200D])[\u200C\u200D]+(?=[.:/])/g, '')
      .replaceAll(/[^\S\n]+/g, ' '),
  ).trim();

/** A typed text in an SMS or a subject: no digits if it has more than a name may have, lest it is a number to call. */
export const withoutNumbers = (text: string): string =>
  (text.match(/\p{N}/gu)?.length ?? 0) <= mostDigits
    ? text
    : text
        .replaceAll(/\p{N}+/gu, '')
        .replaceAll(/\s+/g, ' ')
        .trim();
