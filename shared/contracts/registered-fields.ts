import { type ConsentText, type ConsentTexts, consentText } from '../domain/family/consent-text.ts';
import { type OpenOffices, metersToNearest } from '../domain/offices/nearest-consulates.ts';
import { type Position, homeProblem } from '../domain/position.ts';
import type { FieldProblem, Language } from '../domain/vocabulary.ts';

/** What is wrong with a field beyond its form. */
export type FieldFlaw = { readonly path: readonly string[]; readonly code: FieldProblem; readonly detail: string };

const details = {
  'no-place': 'is no place: a coordinate of 0 means that the phone did not know',
  swapped: 'has latitude and longitude swapped',
  'out-of-reach': 'is over 5,000 km from every consulate: has it lost a minus sign?',
} as const;

/** A home decides when nothing else does, and nobody looks at it before. */
export const flawOfHome = (
  { openConsulates }: OpenOffices,
  home: Position | null | undefined,
): readonly FieldFlaw[] => {
  const problem = home ? homeProblem(home, metersToNearest(openConsulates)) : undefined;
  return problem === undefined ? [] : [{ path: ['person', 'homePosition'], code: problem, detail: details[problem] }];
};

/** The text that an answer was given to, or that there is none. */
export const textOfConsent = (
  texts: ConsentTexts,
  { version, language }: { readonly version: string; readonly language: Language },
): { readonly text: ConsentText } | { readonly flaw: FieldFlaw } => {
  const text = consentText(texts, language, version);
  const detail = 'is no version that GET /v1/consent has';
  return text ? { text } : { flaw: { path: ['consent', 'version'], code: 'unknown-version', detail } };
};
