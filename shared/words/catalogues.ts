import type { Language } from '../domain/vocabulary.ts';
import { english } from './en/words.ts';
import { spanishForOfficers } from './es/officers.ts';
import { spanish } from './es/words.ts';
import type { Words } from './words.ts';

/** Another language is one folder, its line here, and its code in the vocabulary. */
export const catalogues: Readonly<Record<Language, Words>> = { es: spanish, en: english };

/** Offices and the ministry are written to in the ministry's language. Their pages open in it. */
export const officersLanguage: Language = 'es';
export const officersWords = spanishForOfficers;
