import { textOfConsent } from '../../shared/contracts/registered-fields.ts';
import type { ConsentTexts } from '../../shared/domain/family/consent-text.ts';
import type { Family, Language } from '../../shared/domain/family/family.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';

type Answer = { readonly consularNotification: boolean; readonly version: string; readonly language?: Language };

/** An answer with the text that it was given to. @throws {HttpProblem} 400 if there is no such text */
export const consentRecord = (
  texts: ConsentTexts,
  { consularNotification, version, language }: Answer,
  personLanguage: Language,
): Omit<Family['consent'], 'at'> => {
  const found = textOfConsent(texts, { version, language: language ?? personLanguage });
  if ('flaw' in found) throw invalidRequest([found.flaw]);
  return { consularNotification, version, language: found.text.language, sha256: found.text.sha256 };
};
