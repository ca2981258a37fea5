import type { Language } from '../domain/family/family.ts';
import { english } from './en/pages.ts';
import { spanish } from './es/pages.ts';

/** Everything that pages say, in one language. Spanish sets what there is; no other language compiles without it. */
export type PageWords = typeof spanish;

/** A third language is one file, and its line here. */
export const pageWords: Readonly<Record<Language, PageWords>> = { es: spanish, en: english };
