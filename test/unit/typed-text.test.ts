import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inGroups, lettersIn } from '../../shared/domain/family/readable-code.ts';
import type { NameKind } from '../../shared/domain/typed-text.ts';
import { breakLinks, nameProblem, tidyName, tidyText, withoutNumbers } from '../../shared/domain/typed-text.ts';
import { foldToGsm } from '../../shared/words/gsm0338.ts';
import { anyCodePoint } from '../support/any-code-point.ts';

const words = 'María López Ñuu Ꞌna Jɇɇ Li ß 王 Ольга علي evil com www http top mx'.split(' ');
const signs = ". . ․ 。 ． :// / @ : ? = # - – ' ’ “ ( ) , & + 9 00 555 ٩٠٠ ９ 𝟗 ⑨ ² ½ Ⅳ 9\uFE0F\u20E3".split(' ');
const unseen = Array.from(' \u00A0\n\t\u200B\u200D\u2060\uFEFF\u202E\u2066\u00AD\u3164\u034F\0\u{E0041}');
const others = ['❤️', '👩‍👧', '🇲🇽', '\u{1F3FD}', '\u0301', '\u0300\u0301\u0302\u0303\u0304\u0305', '\uD800'];

/** What gets into a name with copy and paste, and what somebody would put there on purpose. */
const pasted = fc
  .array(
    fc.oneof(
      fc.constantFrom(...words, ...signs, ...unseen, ...others),
      fc.string({ unit: anyCodePoint, maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => parts.join(''));
const kinds = fc.constantFrom<NameKind>('person', 'signature');

/** What phones underline: a dot between two words, or a scheme. */
const link = /[\p{L}\p{N}][.。．｡․][\p{L}\p{N}]|:\/\//u;

describe('a name', () => {
  it.each<[NameKind, string, string]>([
    ['person', 'Ma.del Carmen López', 'Ma. del Carmen López'],
    ['person', 'Ma.de Jesús Ruiz', 'Ma. de Jesús Ruiz'],
    ['person', 'J.R.', 'J. R.'],
    ['person', '  Conan   O’Brien ', "Conan O'Brien"],
    ['person', 'Citi cobro.Top', 'Citi cobro. Top'],
    ['person', 'evil.CLICK', 'evil. CLICK'],
    ['person', 'evil。com', 'evil. com'],
    ['person', 'https://evil.com/a?b=c', 'https evil. com a b c'],
    ['person', 'ana@evil.com', 'ana evil. com'],
    ['person', 'Mar\u200Bía\u2060 Lo\u00ADpez', 'María Lopez'],
    ['person', '\u202DAna\u202C', 'Ana'],
    ['person', 'Ana ❤️ Luz', 'Ana Luz'],
    ['person', 'Ana❤️', 'Ana'],
    ['person', 'María–José', 'María-José'],
    ['person', 'Ana (la de arriba)', 'Ana la de arriba'],
    ['person', 'Jɇɇ Ñeꞹe Ⱥna', 'Jɇɇ Ñeꞹe Ⱥna'],
    ['person', 'José', 'José'],
    ['person', 'Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306a', 'Z\u0300\u0301\u0302\u0303a'],
    ['person', 'Luis +Mar', 'Luis +Mar'],
    ['person', 'M.ª Luz', 'Mª Luz'],
    ['person', 'Tu\u02BCun Na\uA78Ca', "Tu'un Na\uA78Ca"],
    ['person', 'K\u2018iche\u2019', "K'iche'"],
    ['person', '\u200FAna\u200D 🇲🇽 Luz\u200E', 'Ana Luz'],
    ['person', 'Nun\u0303ez', 'Nu\u00F1ez'],
    ['person', 'N\u0303'.repeat(80), '\u00D1'.repeat(80)],
    ['person', 'Dza\u0331hui', 'Dza\u0331hui'],
    ['person', 'MARÍA JOSÉ ÑÁÑEZ', 'MARÍA JOSÉ ÑÁÑEZ'],
    ['signature', 'Lic. Ana Pérez, guardia', 'Lic. Ana Pérez, guardia'],
    ['signature', 'Ana Pérez (guardia 2)', 'Ana Pérez (guardia 2)'],
    ['signature', 'Ana “la jefa” Pérez – turno', 'Ana "la jefa" Pérez - turno'],
    ['signature', 'Mamá ❤️', 'Mamá'],
    ['signature', 'Tía Lupe (hermana)', 'Tía Lupe (hermana)'],
    ['signature', 'Ana López, Esq.', 'Ana López, Esq.'],
    ['signature', 'López & Asociados, LLP', 'López & Asociados, LLP'],
    ['signature', 'Pérez/López', 'Pérez/López'],
  ])('of a %s is made safe: %j', (kind, typed, kept) => {
    expect(tidyName(typed, kind)).toBe(kept);
    expect(nameProblem(kept)).toBeUndefined();
  });

  it.each([
    ['❤️', 'must have at least one letter'],
    ['1234', 'must have at least one letter'],
    [' . - ', 'must have at least one letter'],
    ['', 'must have at least one letter'],
    ['a'.repeat(81), 'must be at most 80 characters'],
    ['Banco llame 900 555 0199', 'must have at most 4 digits: it is read by strangers as a text of ours'],
    ['Banco ٩٠٠٥٥', 'must have at most 4 digits: it is read by strangers as a text of ours'],
  ])('is refused with the rule: %j', (typed, problem) => {
    expect(nameProblem(tidyName(typed, 'signature'))?.detail).toBe(problem);
  });

  it('holds nothing invisible, no emoji, no link and nothing else that has no place in it', () => {
    fc.assert(
      fc.property(pasted, kinds, (typed, kind) => {
        const name = tidyName(typed, kind);
        expect(name).toMatch(kind === 'person' ? /^[\p{L}\p{M}\p{Nd} +'.-]*$/u : /^[\p{L}\p{M}\p{Nd} +'.,()&/"-]*$/u);
        expect(name).not.toMatch(/\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{So}|\p{M}{5}| {2}|^ | $/u);
        expect(name).not.toMatch(link);
        expect(name.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('stays as it is when it is made safe again', () => {
    fc.assert(
      fc.property(pasted, kinds, (typed, kind) => {
        const name = tidyName(typed, kind);
        expect(tidyName(name, kind)).toBe(name);
      }),
      { numRuns: 1000 },
    );
  });

  it('that is taken brings neither a link nor a number into an SMS', () => {
    fc.assert(
      fc.property(pasted, kinds, (typed, kind) => {
        const name = tidyName(typed, kind);
        fc.pre(nameProblem(name) === undefined);
        const sms = foldToGsm(name);
        expect(sms).not.toMatch(link);
        expect(sms.match(/\d/g)?.length ?? 0).toBeLessThanOrEqual(4);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('free text', () => {
  it.each([
    ['Llámame al 213.555.0101', 'Llámame al 213.555.0101'],
    ['Vea https://evil.com/x?y=1', 'Vea https: //evil. com/x?y=1'],
    ['www.evil.com', 'www. evil. com'],
    ['evil。com y evil．com', 'evil. com y evil. com'],
    ['Está a 3.5 km. Lleva $1.50', 'Está a 3.5 km. Lleva $1.50'],
    ['llegó.Dice que sí', 'llegó. Dice que sí'],
    ['a las 3 p.m. en 9gag.4chan.org', 'a las 3 p. m. en 9gag. 4chan. org'],
    ['uno\r\ndos\u2028tres', 'uno\ndos\ntres'],
    ['\u202Etxet\u202C', 'txet'],
    ['campana\u0007 nula\0', 'campana nula'],
    ['\uD800mitad', '\uFFFDmitad'],
    ['familia 👩‍👧', 'familia 👩‍👧'],
    ['evil.\u200Dcom y http:/\u200C/evil\u200D.com', 'evil. com y http: //evil. com'],
  ])('keeps its words and loses its links: %j', (typed, kept) => {
    expect(tidyText(typed)).toBe(kept);
  });

  it('holds no link, no half character and no control, and stays as it is when it is tidied again', () => {
    fc.assert(
      fc.property(pasted, (typed) => {
        const text = tidyText(typed);
        const read = text.replaceAll(/[\u200C\u200D]/g, '');
        expect(read).not.toMatch(/[\p{L}\p{N}]\.\p{L}|:\/\/|(?!\n)\p{Cc}/u);
        expect(text.isWellFormed()).toBe(true);
        expect(tidyText(text)).toBe(text);
        expect(breakLinks(text)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['cita en la corte 2', 'cita en la corte 2'],
    ['llame al 900 555 0199 ya', 'llame al ya'],
    ['Adelanto, 10400 Rancho Rd', 'Adelanto, Rancho Rd'],
    ['９００５５５', ''],
  ])('in an SMS has no number to call: %j', (typed, kept) => {
    expect(withoutNumbers(typed)).toBe(kept);
  });
});

it.each(['K7QM-2011', 'k7qm 2O1l', ' K7QM–2oIL.'])('a code is read as it was made, typed as %j', (typed) => {
  expect(inGroups(lettersIn(typed))).toBe('K7QM-2011');
});
