import type { Language } from '../domain/family/family.ts';
import { fill, writeTime } from '../words/local-time.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import type { PageUrls } from './page-urls.ts';
import type { PageWords } from '../words/page-words.ts';

/** A form that was refused: shown again as it was sent, with what is wrong beside the fields. */
export type Attempt = {
  readonly action: string;
  readonly values: Readonly<Record<string, string>>;
  /** Names of the fields that are wrong. */
  readonly wrong: readonly string[];
};

/** What a page needs beside the case. */
export type PageContext = {
  readonly words: PageWords;
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
  { timeZone, words }: PageContext,
  style: 'long' | 'short' = 'short',
): string => writeTime(new Date(instant), timeZone, words.time, style);

/** A number as it is read out, never broken over two lines: `+1 213 555 0101`. */
export const phoneText = (phone: string): string =>
  phone.replace(/^(\+1|\+52)(\d{3})(\d{3})(\d{4})$/, '$1\u00A0$2\u00A0$3\u00A0$4');

const minuteMs = 60_000;

/** "12 min ago". An instant that is yet to come, by a wrong clock, is now. */
export const ageText = (instant: string, { now, words: { age } }: PageContext): string => {
  const minutes = Math.floor((now.getTime() - Date.parse(instant)) / minuteMs);
  if (minutes < 1) return age.now;
  if (minutes < 60) return fill(age.minutes, { minutes: String(minutes) });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return fill(age.hours, { hours: String(hours), minutes: String(minutes % 60) });
  return fill(age.days, { days: String(Math.floor(hours / 24)) });
};

/** Time between two instants: `42 min`, `1 h 5 min`. */
export const durationText = (from: string, to: string): string => {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / minuteMs));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

export const distanceText = (meters: number): string =>
  meters < 1000 ? `${Math.round(meters)} m` : `${(meters / 1000).toFixed(meters < 100_000 ? 1 : 0)} km`;
