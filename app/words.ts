import type { AppWords } from '../shared/words/app-words.ts';
import { app as english } from '../shared/words/en/app.ts';
import { rights as englishRights } from '../shared/words/en/rights.ts';
import { app as spanish } from '../shared/words/es/app.ts';
import { rights as spanishRights } from '../shared/words/es/rights.ts';
import type { RightsWords } from '../shared/words/rights-words.ts';

/** Languages of the app. A third one is its files, and a line in each of these. */
export type AppLanguage = 'es' | 'en';

export const appWords: Readonly<Record<AppLanguage, AppWords>> = { es: spanish, en: english };

export const rightsWords: Readonly<Record<AppLanguage, RightsWords>> = { es: spanishRights, en: englishRights };
