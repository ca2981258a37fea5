import { type Language, languages } from '../shared/domain/vocabulary.ts';
import type { AppWords } from '../shared/words/app-words.ts';
import { app as english } from '../shared/words/en/app.ts';
import { rights as englishRights } from '../shared/words/en/rights.ts';
import { app as spanish } from '../shared/words/es/app.ts';
import { rights as spanishRights } from '../shared/words/es/rights.ts';
import type { RightsWords } from '../shared/words/rights-words.ts';

export const appWords: Readonly<Record<Language, AppWords>> = { es: spanish, en: english };

export const rightsWords: Readonly<Record<Language, RightsWords>> = { es: spanishRights, en: englishRights };

/** What the button for another language leads to. */
export const otherThan = (language: Language): Language =>
  languages[(languages.indexOf(language) + 1) % languages.length] ?? language;

/** The languages as a list to choose from, each with its name. */
export const languageChoices = ({ register }: AppWords): { value: Language; label: string }[] =>
  languages.map((value) => ({ value, label: register.language.names[value] }));
