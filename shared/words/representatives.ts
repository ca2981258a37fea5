import type { Language } from '../domain/vocabulary.ts';
import { representatives as english } from './en/representatives.ts';
import { representatives as spanish } from './es/representatives.ts';
import type { RepresentativeWords } from './representative-words.ts';

/** What representatives read, by itself: a function that writes to them loads no other words of a language. */
export const representativeWords: Readonly<Record<Language, RepresentativeWords>> = { es: spanish, en: english };
