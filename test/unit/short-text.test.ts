import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyText } from '../../shared/domain/typed-text.ts';
import { countParts, isGsm } from '../../shared/words/gsm0338.ts';
import { fitShortSms, fitSms, fitSubject, shortPlace, typedInSms } from '../../shared/words/short-text.ts';
import { anyCodePoint } from '../support/any-code-point.ts';
import { anyName } from '../support/any-name.ts';

const someone = 'una persona';
/** A text of so many letters beside the name. */
const beside = (length: number) => (name: string) => `${name}${'x'.repeat(length)}`;
const nameIn = (text: string) => text.replace(/x+$/, '');

const long = 'maría guadalupe hernández villavicencio de la cruz sánchez';
const capitals = 'María Guadalupe Hernández Villavicencio de la Cruz Sánchez';

describe('a long name', () => {
  it.each([
    [100, 'maria guadalupe hernández villavicencio de la cruz sánchez'.length],
    [120, 0],
    [130, 0],
    [135, 0],
  ])('in small letters keeps two whole words where %i letters are taken', (length) => {
    const write = (name: string) => nameIn(fitShortSms({ name, someone }, beside(length)));
    expect(write(long).split(' ').slice(0, 2)).toEqual(['maria', 'guadalupe']);
    expect(write(long).split(' ')).toHaveLength(write(capitals).split(' ').length);
  });

  it('never ends in the words that lead to a name', () => {
    for (let length = 90; length < 306; length += 1) {
      for (const name of [long, capitals]) {
        expect(nameIn(fitSms({ name, someone }, beside(length)))).not.toMatch(/ (?:de|la)$/);
      }
    }
  });
});

describe('letters with strokes and hooks', () => {
  it.each([
    ['Jɇɇ Ñeꞹe Ⱥna', 'Jee Ñeue Ana', 'Jee Neue Ana'],
    ['Tʌrʌ Hʌ', 'Tara Ha', 'Tara Ha'],
    ['Kaꞌaná Ƨolís', "Ka'ana olis", "Ka'ana olis"],
    ['Ana王Luz', 'AnaLuz', 'AnaLuz'],
    ['ΔΦ', 'ΔΦ', 'una persona'],
    ['ΑΝΑ ΛΟΠΕΖ', 'una persona', 'una persona'],
    ['Γιάννης', 'una persona', 'una persona'],
    ['王', 'una persona', 'una persona'],
  ])('leave no hole in %s: SMS %s, subject %s', (name, sms, subject) => {
    expect(fitSms({ name, someone }, (form) => form)).toBe(sms);
    expect(fitSubject({ name, someone }, (form) => form)).toBe(subject);
  });

  it('break no word apart, whatever the name', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const text = fitSms({ name, someone }, (form) => form);
        expect(isGsm(text) && countParts(text) <= 2).toBe(true);
        fc.pre(text !== someone);
        expect(text.split(' ').length).toBeLessThanOrEqual(name.normalize('NFC').split(/\s+/).length);
      }),
      { examples: [['!\u02D8A']] },
    );
  });
});

describe('what somebody typed', () => {
  const anyLink = /[a-z0-9][.][a-z]{2}|:\/\//i;

  it('is no link in an SMS, whatever sign stands where a dot, a colon or a slash would', () => {
    const sign = fc.oneof(
      fc.constantFrom(...Array.from('.․﹒。⒈⒛¨\u20E3／⁄：﹕︓Ⓒ')),
      fc.string({ unit: anyCodePoint, maxLength: 2 }),
    );
    const form = fc.constantFrom('evil#com', 'evil.#com', 'http:#/evil', 'http#//evil', 'evil1.12345#com');
    fc.assert(
      fc.property(form, sign, (text, odd) => {
        expect(typedInSms(tidyText(text.replace('#', () => odd)))).not.toMatch(anyLink);
      }),
      { numRuns: 1000 },
    );
  });

  it('is none as a place either', () => {
    expect(shortPlace('Adelanto evil\uFE52com')).toBe('Adelanto evil. com');
  });
});
