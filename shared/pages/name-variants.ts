/** First and last name as the two fields of ICE's locator want them. */
export type NameVariant = { readonly firstName: string; readonly lastName: string };

/** These belong to the word that follows: "de la Cruz", "Del Río". */
const particles = new Set(['de', 'del', 'la', 'las', 'los', 'y', 'da', 'dos', 'van', 'von', 'san', 'santa']);

/** More would be noise: the likeliest come first. */
const mostVariants = 20;

const wordsOf = (name: string): string[] => {
  const words: string[] = [];
  let prefix = '';
  for (const word of name.split(/\s+/)) {
    if (particles.has(word.toLowerCase())) {
      prefix += `${word} `;
    } else {
      words.push(`${prefix}${word}`);
      prefix = '';
    }
  }
  return prefix === '' ? words : [...words, prefix.trim()];
};

/** Also `ñ` becomes `n`, as US agencies write it. */
const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');

/** Which words are first and which last names: of three words nobody knows whether the middle one is the one or the other. */
const splits = (
  words: readonly string[],
): readonly (readonly [first: readonly string[], last: readonly string[]])[] => {
  const at = (index: number) => [words.slice(0, index), words.slice(index)] as const;
  if (words.length <= 2) return [at(1)];
  return words.length === 3 ? [at(1), at(2)] : [at(words.length - 2)];
};

/**
 * Ways in which ICE's locator may have a Mexican name. It wants the name exactly as the agents typed it. Variants: both
 * last names, joined by a hyphen, each alone, in the other order; with and without the second first name; each without accents as well.
 */
export const nameVariants = (name: string): readonly NameVariant[] => {
  const words = wordsOf(name.normalize('NFC').replaceAll('-', ' ').trim());
  const written = splits(words).flatMap(([first, last]) => {
    const firstNames = new Set([first.join(' '), first[0] ?? '']);
    const lastNames = new Set([last.join(' '), last.join('-'), ...last, last.toReversed().join(' ')]);
    return [...firstNames].flatMap((firstName) => [...lastNames].map((lastName) => ({ firstName, lastName })));
  });
  const all = written.flatMap((variant) => [
    variant,
    { firstName: withoutAccents(variant.firstName), lastName: withoutAccents(variant.lastName) },
  ]);
  const distinct = new Map(all.map((variant) => [`${variant.firstName}|${variant.lastName}`, variant]));
  return [...distinct.values()].slice(0, mostVariants);
};
