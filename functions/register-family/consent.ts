import type { ConsentTexts } from '../../shared/domain/family/consent-text.ts';
import { consentText } from '../../shared/domain/family/consent-text.ts';
import type { Family, Language } from '../../shared/domain/family/family.ts';
import { invalidRequest } from '../../shared/runtime/problem.ts';

type Answer = { readonly consularNotification: boolean; readonly version: string; readonly language?: Language };

/** An answer with the text that it was given to. @throws {HttpProblem} 400 if there is no such text */
export const consentRecord = (
  texts: ConsentTexts,
  answer: Answer,
  personLanguage: Language,
): Omit<Family['consent'], 'at'> => {
  const { consularNotification, version } = answer;
  const text = consentText(texts, answer.language ?? personLanguage, version);
  if (text) return { consularNotification, version, language: text.language, sha256: text.sha256 };
  throw invalidRequest([
    { path: ['consent', 'version'], code: 'unknown-version', detail: 'is no version that GET /v1/consent has' },
  ]);
};
