import { breakLinks } from '../domain/typed-text.ts';
import { countParts, countSeptets, foldToGsm, isGsm } from './gsm0338.ts';

/** Longest a name may be cut to without asking whether it is still a name. */
const cutLengths = [40, 24, 16, 10];

/** Words that lead to a name and are none: `de la Cruz`. Whole names are typed in small letters, too. */
const particles = new Set('de del la las los el y e da das do dos di van von der den al bin ibn ben'.split(' '));

const isName = (word: string): boolean => /[\p{L}\p{N}]/u.test(word) && !particles.has(word);

const withInitials = (words: readonly string[], whole: number): string => {
  const initials = words.slice(whole).filter(isName);
  return [...words.slice(0, whole), ...initials.map((word) => `${Array.from(word)[0] ?? ''}.`)].join(' ');
};

const withoutRest = (words: readonly string[], whole: number): string => {
  const kept = words.slice(0, whole);
  // "María de la" is no name: particles at the end go with the word they led to.
  while (kept.length > 1 && !isName(kept.at(-1) ?? '')) kept.pop();
  return kept.join(' ');
};

const cut = (name: string, length: number): string => `${Array.from(name).slice(0, length).join('').trimEnd()}.`;

/**
 * Ways to write a name, most telling first: whole; then the last words as initials or left out, from the end, as the
 * first names are what a family knows a person by; at last cut off. `recognisable` are those that keep two words
 * whole (or the only one); the rest is for when nothing else fits.
 */
const nameForms = (name: string): { readonly recognisable: readonly string[]; readonly last: readonly string[] } => {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const shortened = (whole: number) => [withInitials(words, whole), withoutRest(words, whole)];
  const counts = Array.from({ length: Math.max(words.length - 2, 0) }, (_, index) => words.length - 1 - index);
  return {
    recognisable: [words.join(' '), ...counts.flatMap(shortened)],
    last: [...(words.length > 1 ? shortened(1) : []), ...cutLengths.map((length) => cut(words.join(' '), length))],
  };
};

/** A name in the alphabet of SMS; `someone` stands for one of which no letter is in it. */
const nameInGsm = (name: string, someone: string): string => {
  // A letter that has no fold is left out: a gap would make two words of one.
  const folded = foldToGsm(name).replaceAll('?', '').replaceAll(/ +/g, ' ').trim();
  // A few Greek capitals are in the alphabet: of a Greek name they would be what is left, two letters of ten.
  const isReadable = /\p{Script=Latin}/u.test(folded) || (isGsm(name) && /\p{L}/u.test(name));
  return isReadable ? folded : foldToGsm(someone);
};

/** A person in a text, and the words for them if their name cannot be written in its alphabet. */
type Named = { readonly name: string; readonly someone: string };

/** The first name form whose text fits. Later ones are not even written: almost always the whole name does. */
const firstFitting = (
  forms: readonly string[],
  write: (form: string) => string,
  fits: (text: string) => boolean,
): { readonly fits: boolean; readonly text: string } => {
  let text = '';
  for (const form of forms) {
    text = write(form);
    if (fits(text)) return { fits: true, text };
  }
  return { fits: false, text };
};

/**
 * The text of an SMS about a person, folded, in at most two parts, with as much of the name as goes in. For one part
 * alone no name is cut short.
 */
export const fitSms = ({ name, someone }: Named, render: (name: string) => string): string => {
  const { recognisable, last } = nameForms(nameInGsm(name, someone));
  const write = (form: string) => foldToGsm(render(form));
  return firstFitting([...recognisable, ...last], write, (text) => countParts(text) <= 2).text;
};

/** As `fitSms`, but in one part if a recognisable form of the name allows it: a part less is an alert sooner. */
export const fitShortSms = (person: Named, render: (name: string) => string): string => {
  const { recognisable } = nameForms(nameInGsm(person.name, person.someone));
  const write = (form: string) => foldToGsm(render(form));
  const short = firstFitting(recognisable, write, (text) => countParts(text) === 1);
  return short.fits ? short.text : fitSms(person, render);
};

/** As `fitSms`, but in one part, however much of the name is cut for it. @returns `undefined` if it does not fit */
export const fitOnePart = ({ name, someone }: Named, render: (name: string) => string): string | undefined => {
  const { recognisable, last } = nameForms(nameInGsm(name, someone));
  const write = (form: string) => foldToGsm(render(form));
  const one = firstFitting([...recognisable, ...last], write, (text) => countParts(text) === 1);
  return one.fits ? one.text : undefined;
};

/** As `fitSms`, with the whole name. @returns `undefined` if it does not fit: then something is left out before the name */
export const fitWhole = ({ name, someone }: Named, render: (name: string) => string): string | undefined => {
  const text = foldToGsm(render(nameInGsm(name, someone)));
  return countParts(text) <= 2 ? text : undefined;
};

const longestPlace = 45;

/** What somebody typed as it stands in an SMS: signs that fold to a dot or a slash, or to nothing, make no link there. */
export const typedInSms = (text: string): string => breakLinks(foldToGsm(text));

/** A place as it stands in an SMS: at most 45 characters, whole words if it has any. */
export const shortPlace = (place: string): string => {
  const folded = typedInSms(place).trim();
  if (countSeptets(folded) <= longestPlace) return folded;
  const words = folded.split(' ');
  while (words.length > 1 && countSeptets(words.join(' ')) > longestPlace) words.pop();
  let kept = words.join(' ');
  while (countSeptets(kept) > longestPlace) kept = kept.slice(0, -1);
  return kept.replace(/[\s,;.-]+$/, '');
};

const asciiLigatures: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  '¿': '',
  '¡': '',
};

const foldToAscii = (text: string): string =>
  foldToGsm(text)
    .replaceAll(/[ßæÆøØ¿¡]/g, (letter) => asciiLigatures[letter] ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e\n]/g, '')
    .replaceAll(/[\n ]+/g, ' ')
    .replace(/^[^A-Za-z0-9]+/, '')
    .trimEnd();

const maximumSubjectLength = 99;

/**
 * A subject that SNS takes for email: ASCII, shorter than 100 characters, no line break, begins with a letter or a
 * digit. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export const fitSubject = ({ name: fullName, someone }: Named, render: (name: string) => string): string => {
  // Greek capitals are in the alphabet of SMS, and not in a subject's.
  const name = /[a-z]/i.test(foldToAscii(fullName)) ? fullName : someone;
  const { recognisable, last } = nameForms(nameInGsm(name, someone));
  const write = (form: string) => foldToAscii(render(form));
  const { text } = firstFitting([...recognisable, ...last], write, ({ length }) => length <= maximumSubjectLength);
  return text.slice(0, maximumSubjectLength).trimEnd();
};

/** A contact's name beside their phone: the first word and initials. */
export const shortestName = (name: string, someone: string): string => {
  const words = nameInGsm(name, someone).split(/\s+/);
  return Array.from(withInitials(words, 1)).slice(0, 24).join('');
};
