import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { languages } from '../../shared/domain/vocabulary.ts';
import { catalogues } from '../../shared/words/catalogues.ts';
import { writeDuration } from '../../shared/words/measures.ts';

it.each([
  [5, '5 min'],
  [90, '1 h 30 min'],
  [28_800, '20 días'],
])('%i minutes read as %s', (minutes, written) => {
  expect(writeDuration(minutes, catalogues.es.time)).toBe(written);
});

it('says no duration in a number of more than four digits, for ten years', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 * 365 * 24 * 60 }), fc.constantFrom(...languages), (minutes, language) => {
      expect(writeDuration(minutes, catalogues[language].time)).not.toMatch(/\d{5}/);
    }),
  );
});
