import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ministryDesk } from '../../shared/data/consulates.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const adviceIn = (language: (typeof languages)[number]) => {
  const { person, family } = composeRights(language, ministryDesk);
  return [...person.advice, ...family.advice];
};

describe('what to do and say when detained', () => {
  it('has a source for each sentence, and no source without one', () => {
    const documented = [...readFileSync('docs/rights.md', 'utf8').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, id]) => id);
    expect(documented).toEqual(adviceIn('es').map(({ id }) => id));
  });

  it('says the same to officers whatever the language, and gives the reader the words too', () => {
    const spoken = (language: (typeof languages)[number]) =>
      adviceIn(language).map(({ id, sayInEnglish, url }) => ({ id, sayInEnglish, url }));
    expect(spoken('es')).toEqual(spoken('en'));
    for (const { say, sayInEnglish } of languages.flatMap(adviceIn)) {
      expect(say === undefined).toBe(sayInEnglish === undefined);
    }
    for (const { say, sayInEnglish } of adviceIn('en')) expect(say).toBe(sayInEnglish);
  });

  it.each(languages)('takes every phone from the data (%s)', (language) => {
    expect(JSON.stringify(catalogues[language].rights)).not.toMatch(/\+?\d[\d ().-]{6,}\d/);
    const answer = composeRights(language, ministryDesk);
    expect(answer.phones).toEqual([{ id: 'desk', name: ministryDesk.name, phone: ministryDesk.phone }]);
    expect(answer.family.advice.find(({ id }) => id === 'call-consulate')?.text).toContain(ministryDesk.phone);
    expect(JSON.stringify(answer)).not.toMatch(/[{]\w+[}]/);
  });

  it.each(languages)(
    'names the law of consular notification, and says that it is not legal advice (%s)',
    (language) => {
      const { notice, person } = composeRights(language, ministryDesk);
      expect(person.advice.find(({ id }) => id === 'ask-consulate')?.text).toMatch(/36\(1\)\(b\).+8 CFR 236\.1\(e\)/);
      expect(notice).toMatch(/not legal advice|no asesoría legal/);
    },
  );
});
