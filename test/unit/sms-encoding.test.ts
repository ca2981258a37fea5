import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { latinLetters, latinLettersText } from '../../shared/words/build-latin-letters.ts';
import { countParts, countSeptets, foldToGsm, isGsm } from '../../shared/words/gsm0338.ts';
import { anyCodePoint } from '../support/any-code-point.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: anyCodePoint, maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...Array.from('áéíóúñüÁÉÍÓÚÑÜ¿¡ªº“”‘’–—… €[]~\u0301👩‍👩‍👧🇲🇽ñ')), maxLength: 200 }),
);

describe('foldToGsm', () => {
  it('gives only characters of the table, whatever comes in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldToGsm(text)).toSatisfy(isGsm);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldToGsm(foldToGsm(text))).toBe(foldToGsm(text));
      }),
    );
  });

  it('gives the same for composed and decomposed letters', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldToGsm(text.normalize('NFD'))).toBe(foldToGsm(text.normalize('NFC')));
      }),
    );
  });

  it('leaves what is in the table alone', () => {
    const inTable = 'éÉñÑüÜàèìòùÇäöÄÖ¿¡@£$¥_Δ§€[]{}~^|\\ abc XYZ 019\n';
    expect(foldToGsm(inTable)).toBe(inTable);
    expect(foldToGsm('¿Dónde está la niña? ¡Ve!'.normalize('NFD'))).toBe('¿Donde esta la niña? ¡Ve!');
  });

  it.each([
    ['áíóúÁÍÓÚ', 'aiouAIOU'],
    ['“hola” ‘sí’ – — …', '"hola" \'si\' - - ...'],
    ['1ª y 2º\u00a0piso', '1a y 2o piso'],
    ['ç ł ø œ ß', 'c l ø oe ß'],
    ['Jɇɇ Ñeꞹe Ⱥna', 'Jee Ñeue Ana'],
    ['Tʌrʌ Hʌ', 'Tara Ha'],
    ['ƁŋɨƏꞐ Œẞ', 'BngiEN OESS'],
    ['kaꞌanáꞌ', "ka'ana'"],
    ['👩‍👩‍👧 🇲🇽 ok', '? ? ok'],
    ['李明', '??'],
    ['a\u200bb\u0000c\td', 'abc d'],
    ['\u{d800}', '?'],
  ])('folds %j to %j', (text, folded) => {
    expect(foldToGsm(text)).toBe(folded);
  });
});

describe('the letters with strokes and hooks', () => {
  it('are those that any-ascii folds: after an update of it run npx node shared/words/build-latin-letters.ts', () => {
    const file = new URL('../../shared/words/latin-letters.json', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(latinLettersText());
  });

  it('fold to letters alone, each to one text', () => {
    const entries = Object.entries(latinLetters());
    expect(entries.filter(([plain]) => !/^(?:[a-z]+|')$/i.test(plain))).toEqual([]);
    const all = entries.flatMap(([, same]) => Array.from(same));
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('counting', () => {
  it('counts the extension table twice', () => {
    expect(countSeptets('a€[ñ')).toBe(6);
  });

  it.each([
    [160, 1],
    [161, 2],
    [306, 2],
    [307, 3],
  ])('sends %i letters in %i part(s)', (length, parts) => {
    expect(countParts('a'.repeat(length))).toBe(parts);
  });

  it('counts a part more where SNS would not break a word', () => {
    const words = `${'a'.repeat(100)} ${'b'.repeat(100)} ${'c'.repeat(100)}`;
    expect(countSeptets(words)).toBeLessThan(306);
    expect(countParts(words)).toBe(3);
  });

  it('never counts fewer parts than the septets need', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const septets = countSeptets(foldToGsm(text));
        expect(countParts(foldToGsm(text))).toBeGreaterThanOrEqual(septets <= 160 ? 1 : Math.ceil(septets / 153));
      }),
    );
  });
});
