import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consulatesQuery } from '../../shared/contracts/consulates.ts';
import { freeText, language, mailbox, signature } from '../../shared/contracts/typed.ts';
import { personFields, pin } from '../../shared/contracts/person.ts';
import { anyCodePoint } from '../support/any-code-point.ts';

describe('a mailbox', () => {
  it.each([
    ['ana@ejemplo.mx', 'ana@ejemplo.mx'],
    [' ana@ejemplo.mx\n', 'ana@ejemplo.mx'],
    ['ana\u200B@ejemplo\u2060.mx', 'ana@ejemplo.mx'],
    ['\u202Aana@ejemplo.mx\u202C', 'ana@ejemplo.mx'],
    ['ana@ESPAÑOL.mx', 'ana@xn--espaol-zwa.mx'],
    ['ana@espan\u0303ol.mx', 'ana@xn--espaol-zwa.mx'],
    ['ana@correo.中国', 'ana@correo.xn--fiqs8s'],
    ['ana@пример.рф', 'ana@xn--e1afmkfd.xn--p1ai'],
    ['ana＠ejemplo。mx', 'ana@ejemplo.mx'],
    ['mailto:ana@ejemplo.mx', 'ana@ejemplo.mx'],
    ['Ana López <ana@ejemplo.mx>', 'ana@ejemplo.mx'],
    ['<ana@ejemplo.mx>', 'ana@ejemplo.mx'],
    ['Ana López <ana@ejemplo.mx>, ', 'ana@ejemplo.mx'],
    ['ana @ ejemplo.mx', 'ana@ejemplo.mx'],
    ['ana@ejemplo.mx.', 'ana@ejemplo.mx'],
    ['ana@ejemplo.mx;', 'ana@ejemplo.mx'],
    ['"ana@ejemplo.mx"', 'ana@ejemplo.mx'],
    ["'ana@ejemplo.mx'", 'ana@ejemplo.mx'],
    ['MAILTO: ana@ejemplo.mx', 'ana@ejemplo.mx'],
    ['mailto:ana+boton@ejemplo.mx?subject=hola', 'ana+boton@ejemplo.mx'],
    ["d'ana@ejemplo.mx", "d'ana@ejemplo.mx"],
  ])('is read of %j', (typed, kept) => {
    expect(mailbox.parse(typed)).toBe(kept);
    expect(kept).toMatch(new RegExp(String(mailbox.meta()?.['pattern'])));
  });

  it.each([
    '',
    'ana',
    'ana@',
    '@x.mx',
    'ana@x',
    'ana@x..mx',
    'ana@x,mx',
    'ana@[1.2.3.4]',
    'ana@1.2.3.4',
    'ana@x.mx:25',
    'ana@x.mx/y',
    'ana@x.mx,beto@x.mx',
    'Lupe ana@x.mx',
    'ana@x.mx Lupe',
    'ana@x.mx. Lupe',
    'Lupe\nana@x.mx',
    'ana lopez@x.mx',
    'ana@x.mx?subject=hola',
    'ana@x.mx;beto@x.mx',
    'ñandú@x.mx',
    'Ana <ana@x.mx> <beto@x.mx>x',
    `${'a'.repeat(250)}@x.mx`,
  ])('is none in %j', (typed) => {
    expect(mailbox.safeParse(typed).success).toBe(false);
  });

  it('is an address in ASCII or refused, whatever is pasted, and read again is the same', () => {
    const part = fc.oneof(
      fc.constantFrom('ana', '@', '.', 'mx', 'ñ', '<', '>', 'mailto:', '\u200B', '\u202E', ' ', '＠', '。', '+', ','),
      fc.string({ unit: anyCodePoint, maxLength: 2 }),
    );
    const pasted = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.oneof(
          pasted,
          fc.emailAddress(),
          fc.tuple(pasted, fc.emailAddress()).map((two) => two.join('')),
        ),
        (typed) => {
          const kept = mailbox.safeParse(typed).data;
          if (kept === undefined) return;
          expect(kept).toMatch(/^[!-~]+@[A-Za-z0-9.-]+$/);
          expect(mailbox.parse(kept)).toBe(kept);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a language', () => {
  it.each(['es', 'ES', 'es-MX', 'es_MX', 'es-419', ' es ', 'es\u200B', 'es.UTF-8', 'es@latin', 'es_MX.UTF-8'])(
    'with whatever follows is Spanish: %j',
    (sent) => {
      expect(language.parse(sent)).toBe('es');
    },
  );

  it.each(['', '*', 'e s', 'es,en', 'spanish', 'español', 'pt-BR', 'nah', '-es', null, 5, ['es'], {}])(
    'is none in %j',
    (sent) => {
      expect(language.safeParse(sent).success).toBe(false);
    },
  );

  it('with a region, a script or an encoding is that language', () => {
    const more = fc.stringMatching(/^([-_][A-Za-z]{2,4}|[-_]\d{3}|\.UTF-8|@[a-z]{1,8})*$/);
    fc.assert(
      fc.property(fc.constantFrom('es', 'en', 'Es', 'EN'), more, (tag, rest) => {
        expect(language.parse(`${tag}${rest}`)).toBe(tag.toLowerCase());
      }),
    );
  });
});

describe('a PIN', () => {
  it.each(['4821', ' 4821\n', '٤٨٢١', '۴۸۲۱', '४८२१', '４８２１', '\u202A4821\u202C'])('is read of %j', (typed) => {
    expect(pin.parse(typed)).toBe('4821');
  });

  it.each(['482', '48 21', '48-21', '４８２', 'abcd', '①②③④', '1234567890123', '', 4821, null])(
    'is none in %j',
    (typed) => {
      expect(pin.safeParse(typed).success).toBe(false);
    },
  );
});

describe('what people type of themselves', () => {
  const { speaks, locator, homePosition } = personFields(['US', 'MX']);

  it.each([
    ['nah', 'nah'],
    ['NAH', 'nah'],
    ['nah-MX', 'nah'],
    ['es_MX.UTF-8', 'es'],
  ])('has the language they speak best with a region: %s', (sent, kept) => {
    expect(speaks.parse(sent)).toBe(kept);
  });

  it.each(['1988-04-17', ' 1988-04-17 ', '١٩٨٨-٠٤-١٧', '1988–04–17'])('has their day of birth: %j', (birthDate) => {
    expect(locator.parse({ birthDate })).toEqual({ birthDate: '1988-04-17' });
  });

  it.each(['A012345678', 'a 012–345–678', '\u202DA012345678\u202C', 'A#０１２３４５６７８', '12345678'])(
    'has the number of their file: %j',
    (aNumber) => {
      expect(locator.parse({ aNumber })).toEqual({ aNumber: 'A012345678' });
    },
  );

  it('has the degrees of their home, and no other unit', () => {
    const home = { latitude: '34,05°', longitude: '-118.24 °', accuracyMeters: '12 m' };
    expect(homePosition.parse(home)).toEqual({ latitude: 34.05, longitude: -118.24, accuracyMeters: 12 });
    for (const wrong of [{ latitude: '34%' }, { longitude: '-118 m' }, { accuracyMeters: '12°' }]) {
      expect(homePosition.safeParse({ ...home, ...wrong }).success).toBe(false);
    }
  });

  it('is taken or refused with a rule, whatever JSON holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.string({ unit: anyCodePoint })), (sent) => {
        for (const field of [signature, freeText(80), mailbox, language]) {
          const { success, error } = field.safeParse(sent);
          expect(success || error.issues.every(({ message }) => message !== '')).toBe(true);
        }
      }),
    );
  });
});

it('the place of the nearest consulates is in degrees', () => {
  const query = { latitude: '34,05°', longitude: '-118.24' };
  expect(consulatesQuery.parse(query)).toMatchObject({ latitude: 34.05, longitude: -118.24 });
  for (const latitude of ['34.05m', '34%', '.', '34.05.1']) {
    expect(consulatesQuery.safeParse({ ...query, latitude }).success).toBe(false);
  }
});
