import type { Language } from '../domain/family/family.ts';
import type { Catalogue } from './catalogue.ts';
import { english } from './en/family.ts';
import { spanish } from './es/family.ts';

/** A third language is one file, and its line here. */
export const catalogues: Readonly<Record<Language, Catalogue>> = { es: spanish, en: english };
