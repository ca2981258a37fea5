import latinLetters from './latin-letters.json' with { type: 'json' };

/**
 * The alphabet of SMS, GSM 03.38 (3GPP TS 23.038 §6.2.1). One letter outside it turns the whole message to UCS-2:
 * 70 characters a part instead of 160. Carriers take few parts a second, so each further part makes an alert slower.
 */
const basicTable =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

/** Each of these takes an escape and a septet. */
const extensionTable = '^{}\\[~]|€';

const classOf = (characters: string): string => characters.replaceAll(/[\\\]^-]/g, '\\$&');
const outsideTable = new RegExp(`[^${classOf(basicTable + extensionTable)}]`);
const eachOutsideTable = new RegExp(outsideTable, 'gu');
const eachExtension = new RegExp(`[${classOf(extensionTable)}]`, 'g');

const septetsInOnePart = 160;
/** A part of several loses seven septets to the header that joins them. */
const septetsInEachOfSeveral = 153;

// What Unicode's own decompositions do not give. Keys of one group fold to the same text.
const substitutes: readonly (readonly [plain: string, signs: string])[] = [
  ["'", '‘’‚‛′‹›ʹʻʼʽˈꞋꞌ`´'],
  ['"', '“”„‟″«»'],
  ['-', '‐‑‒–—―−•·'],
  ['/', '⁄'],
  [' ', '\t\v\f'],
  ['\n', '\u0085\u2028\u2029'],
  ['OE', 'Œ'],
  ['SS', 'ẞ'],
];

let plainOfSign: ReadonlyMap<string, string> | undefined;

/** With the letters of Mexican and other languages that have strokes, hooks and bars: Jɇɇ, Ñeꞹe, Tʌrʌ. */
const allSubstitutes = (): ReadonlyMap<string, string> =>
  new Map(
    [...Object.entries(latinLetters), ...substitutes].flatMap(([plain, signs]) =>
      Array.from(signs, (sign) => [sign, plain] as const),
    ),
  );

const plainOf = (character: string): string | undefined => (plainOfSign ??= allSubstitutes()).get(character);

/** @returns `''` for what is invisible, `undefined` for what has no fold. */
const foldCharacter = (character: string): string | undefined => {
  if (isGsm(character)) return character;
  const substitute = plainOf(character);
  if (substitute !== undefined) return substitute;
  if (/^[\p{M}\p{Cf}\p{Cc}]$/u.test(character)) return '';
  const decomposed = character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  // An accent that stands alone is a blank with an accent to Unicode: left out, it breaks no word in two.
  if (decomposed.trim() === '' && character.trim() !== '') return '';
  const plain = Array.from(decomposed, (part) => plainOf(part) ?? part);
  return plain.length > 0 && plain.every(isGsm) ? plain.join('') : undefined;
};

const foldGrapheme = (grapheme: string): string => {
  const folded = Array.from(grapheme).map(foldCharacter);
  const kept = folded.join('');
  return kept === '' && folded.includes(undefined) ? '?' : kept;
};

/** Of these each is what a reader sees as one sign: nothing before U+0300 joins another but `\r\n`. */
const standsAlone = /^[\n\t -\u02FF]*$/;

let segmenter: Intl.Segmenter | undefined;

/** Most names need none, and the first of a process takes 7 ms to make: a tenth of what it takes to tell of a press. */
const graphemes = (text: string): readonly string[] =>
  Array.from(
    (segmenter ??= new Intl.Segmenter('es', { granularity: 'grapheme' })).segment(text),
    ({ segment }) => segment,
  );

/**
 * Text with only characters of GSM 03.38. Letters outside the table lose their accent (á → a), those in it stay
 * (é ñ ü ¿ ¡); letters with strokes and hooks become the letter they look or sound like; typographic marks become plain; what a reader sees as one unknown sign (an emoji, a letter of another
 * script) becomes one `?`. Folding twice is folding once.
 */
export const foldToGsm = (text: string): string => (isGsm(text) ? text : foldGraphemes(text));

const foldGraphemes = (text: string): string => {
  const composed = text.normalize('NFC');
  return standsAlone.test(composed)
    ? composed.replaceAll(eachOutsideTable, foldGrapheme)
    : graphemes(composed).map(foldGrapheme).join('');
};

/** Whether the text can be sent as it is in the 7-bit alphabet. */
export const isGsm = (text: string): boolean => !outsideTable.test(text);

/** Length in septets of a text of the table. */
export const countSeptets = (text: string): number => text.length + (text.match(eachExtension)?.length ?? 0);

/**
 * Parts in which SNS sends a text of the table. SNS never breaks a word over two parts, so this may be one more than
 * septets divided by 153. https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
export const countParts = (text: string): number => {
  if (countSeptets(text) <= septetsInOnePart) return 1;
  let parts = 1;
  let used = 0;
  for (const word of text.split(/(?<=\s)/)) {
    const letters = countSeptets(word.trimEnd());
    if (used > 0 && used + letters > septetsInEachOfSeveral) {
      parts += 1;
      used = 0;
    }
    if (used + letters <= septetsInEachOfSeveral) {
      used += countSeptets(word);
      continue;
    }
    for (const character of word) {
      const septets = countSeptets(character);
      if (used + septets > septetsInEachOfSeveral && character.trim() !== '') {
        parts += 1;
        used = 0;
      }
      used += septets;
    }
  }
  return parts;
};
