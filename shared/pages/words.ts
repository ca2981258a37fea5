import type { Language } from '../domain/family.ts';
import { english } from './words-en.ts';
import { spanish } from './words-es.ts';

/** Everything that pages say, in one language. Spanish sets what there is; no other language compiles without it. */
export type PageWords = typeof spanish;

/** A third language is one file, and its line here. */
export const pageWords: Readonly<Record<Language, PageWords>> = { es: spanish, en: english };
