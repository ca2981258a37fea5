import type { Language } from '../domain/family/family.ts';
import { styleBeside, writeTime } from '../words/local-time.ts';
import { type Html, html } from './html.ts';
import type { PageUrls } from './page-urls.ts';
import { minutesBetween, writeAge, writeDuration, writePhone } from '../words/measures.ts';
import type { Words } from '../words/words.ts';

/** A form that was refused: shown again as it was sent, with what is wrong beside the fields. */
export type Attempt = {
  readonly action: string;
  readonly values: Readonly<Record<string, string>>;
  /** Names of the fields that are wrong. */
  readonly wrong: readonly string[];
};

/** What a page needs beside the case. */
export type PageContext = {
  readonly words: Words;
  readonly language: Language;
  readonly now: Date;
  /** IANA zone of the office in charge. */
  readonly timeZone: string;
  readonly urls: PageUrls;
  /** The action that the page was redirected from. */
  readonly done?: string;
  readonly attempt?: Attempt;
};

/** An instant for people and for machines. */
export const timeOf = (instant: string, context: PageContext): Html =>
  html`<time datetime="${instant}">${timeText(instant, context)}</time>`;

export const timeText = (
  instant: string,
  { now, timeZone, words }: PageContext,
  style: 'long' | 'short' = styleBeside(new Date(instant), now, timeZone),
): string => writeTime(new Date(instant), timeZone, words.time, style);

/** A number as it is read out, never broken over two lines: `+1 213 555 0101`. */
export const phoneText = (phone: string): string =>
  writePhone(phone)
    // Mexico's three large cities have area codes of two digits.
    .replace(/^(\+52)(33|55|56|81)(\d{4})(\d{4})(?!\d)/, '$1\u00A0$2\u00A0$3\u00A0$4')
    .replace(/^(\+1|\+52)(\d{3})(\d{3})(\d{4})(?!\d)/, '$1\u00A0$2\u00A0$3\u00A0$4')
    .replaceAll(' ', '\u00A0');

/** How a number of the USA is dialled from a landline in Mexico; `undefined` of another one. */
export const fromMexico = (phone: string): string | undefined =>
  phone.startsWith('+1') ? phoneText(phone).replace('+1', '001') : undefined;

/** "12 min ago". */
export const ageText = (instant: string, { now, words }: PageContext): string => writeAge(instant, now, words.time);

/** Time between two instants: `42 min`, `1 h 5 min`. */
export const durationText = (from: string, to: string, { words }: PageContext): string =>
  writeDuration(minutesBetween(from, to), words.time);
