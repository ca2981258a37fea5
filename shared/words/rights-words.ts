/** Ids of the advice to the person and to the family; `docs/rights.md` has the source of each. In this order. */
export const personAdviceIds = [
  'stay-calm',
  'stay-silent',
  'no-lies',
  'refuse-search',
  'ask-consulate',
  'consulate-is-your-choice',
  'ask-lawyer',
  'sign-nothing',
  'say-fear',
  'know-a-number',
  'call-family',
  'say-needs',
] as const;

export const familyAdviceIds = [
  'locate',
  'locate-by-name',
  'locate-again',
  'call-consulate',
  'find-lawyer',
  'beware-fraud',
  'have-papers',
  'own-silence',
  'seized-phone',
] as const;

/** One piece of advice. `say`: words to say, in the reader's language; officers hear the English ones. */
export type Advice = {
  readonly text: string;
  readonly say?: string;
  readonly sayInEnglish?: string;
  readonly url?: string;
};

const aboutConsulates = new Set<string>(['ask-consulate', 'consulate-is-your-choice', 'call-consulate']);
const sentenceOfConsulates = /[^.]*consula[^.]*(?:\.|$)\s*/gi;

/** Advice as those may see it for whom no consulate is to be named; `undefined` if nothing is left of it. */
export const withoutConsulates = <A extends { readonly id: string; readonly text: string }>(
  advice: A,
): A | undefined => {
  if (aboutConsulates.has(advice.id)) return undefined;
  const text = advice.text.replace(sentenceOfConsulates, '').trim();
  return text === '' ? undefined : { ...advice, text };
};

/** What `GET /v1/rights` says in one language. `{desk}` and `{phone}` stand for the ministry's: no phone is text. */
export type RightsWords = {
  readonly title: string;
  readonly notice: string;
  readonly personTitle: string;
  readonly person: Readonly<Record<(typeof personAdviceIds)[number], Advice>>;
  readonly familyTitle: string;
  readonly family: Readonly<Record<(typeof familyAdviceIds)[number], Advice>>;
};
