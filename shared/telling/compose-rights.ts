import type { RightsResponse } from '../contracts/rights.ts';
import type { Desk } from '../domain/offices/consulate.ts';
import type { Language } from '../domain/vocabulary.ts';
import { catalogues } from '../words/catalogues.ts';
import { fill } from '../words/fill.ts';
import { type Advice, familyAdviceIds, personAdviceIds } from '../words/rights-words.ts';

/** When the texts were last held against the sources in `docs/rights.md`. */
const asOf = '2026-11-22';

const adviceOf = <Id extends string>(ids: readonly Id[], texts: Readonly<Record<Id, Advice>>, desk: Desk) =>
  ids.map((id) => ({ id, ...texts[id], text: fill(texts[id].text, { desk: desk.name, phone: desk.phone }) }));

/** What to do and say when detained, in one language, with the ministry's phone of today. */
export const composeRights = (language: Language, desk: Desk): RightsResponse => {
  const texts = catalogues[language].rights;
  return {
    language,
    title: texts.title,
    notice: texts.notice,
    asOf,
    person: { title: texts.personTitle, advice: adviceOf(personAdviceIds, texts.person, desk) },
    family: { title: texts.familyTitle, advice: adviceOf(familyAdviceIds, texts.family, desk) },
    phones: [{ id: 'desk', name: desk.name, phone: desk.phone }],
  };
};
