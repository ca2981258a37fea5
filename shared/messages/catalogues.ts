import type { Language } from '../domain/family.ts';
import type { Catalogue } from './catalogue.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';

/** A third language is one file, and its line here. */
export const catalogues: Readonly<Record<Language, Catalogue>> = { es: spanish, en: english };
