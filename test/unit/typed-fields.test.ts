import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeText, language, mailbox, signature } from '../../shared/contracts/typed.ts';
import { anyCodePoint } from '../support/any-code-point.ts';

describe('a mailbox', () => {
  it.each([
    ['ana@ejemplo.mx', 'ana@ejemplo.mx'],
    [' ana@ejemplo.mx\n', 'ana@ejemplo.mx'],
    ['ana\u200B@ejemplo\u2060.mx', 'ana@ejemplo.mx'],
    ['\u202Aana@ejemplo.mx\u202C', 'ana@ejemplo.mx'],
    ['ana@ESPAÑOL.mx', 'ana@xn--espaol-zwa.mx'],
    ['ana@espan\u0303ol.mx', 'ana@xn--espaol-zwa.mx'],
    ['ana＠ejemplo。mx', 'ana@ejemplo.mx'],
    ['mailto:ana@ejemplo.mx', 'ana@ejemplo.mx'],
    ['Ana López <ana@ejemplo.mx>', 'ana@ejemplo.mx'],
    ['<ana@ejemplo.mx>', 'ana@ejemplo.mx'],
  ])('is read of %j', (typed, kept) => {
    expect(mailbox.parse(typed)).toBe(kept);
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

describe('what people type of themselves', () => {
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
