import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPhoneCountry, parsePhone } from '../../shared/contracts/phone.ts';
import { anyCodePoint } from '../support/any-code-point.ts';

const countries = ['US', 'MX'];
const parse = (input: string) => parsePhone(input, { countries });
const elsewhere = 'must be a number of US or MX: no messages are sent to other countries';

describe('a phone', () => {
  it.each([
    ['+12135550101', '+12135550101'],
    ['+1 (213) 555-0101', '+12135550101'],
    ['  +1.213.555.0101 ', '+12135550101'],
    ['001 213 555 0101', '+12135550101'],
    ['tel:+1-213-555-0101', '+12135550101'],
    ['\u202D+1 213 555 0101\u202C', '+12135550101'],
    ['\u200B+12135550101', '+12135550101'],
    ['\u2066+1\u00A0213\u2011555\u20110101\u2069', '+12135550101'],
    ['＋１ ２１３ ５５５ ０１０１', '+12135550101'],
    ['+٥٢ ٥٥ ١٢٣٤ ٥٦٧٨', '+525512345678'],
    ['+52 55 1234 5678', '+525512345678'],
    ['+52 1 55 1234 5678', '+525512345678'],
    ['+5215512345678', '+525512345678'],
    ['+52 044 55 1234 5678', '+525512345678'],
    ['+52 (045) 55 1234 5678', '+525512345678'],
    ['+52 01 55 1234 5678', '+525512345678'],
    ['+5201 55 1234 5678', '+525512345678'],
    ['+52 1 213 555 0101', '+522135550101'],
    ['+52/55/1234/5678', '+525512345678'],
    ['+011 52 55 1234 5678', '+525512345678'],
    ['0052 55 1234 5678', '+525512345678'],
    ['+1 1 213 555 0101', '+12135550101'],
    ['+1–213–555–0101', '+12135550101'],
    ['+1 213 555 0101 (cel)', '+12135550101'],
    ['011 52 55 1234 5678', '+525512345678'],
    ['(+1) 213 555 0101', '+12135550101'],
    ['(+52) 1 55 1234 5678', '+525512345678'],
    ['+ 52 1 55 1234 5678', '+525512345678'],
    ['00 52 1 55 1234 5678', '+525512345678'],
    ['(011) 52 55 1234 5678', '+525512345678'],
    ['Tel. +1 213 555 0101', '+12135550101'],
    ['sms:+12135550101', '+12135550101'],
    ['tel:00525512345678', '+525512345678'],
    ['tel:011525512345678', '+525512345678'],
    ['Tel. 011 52 55 1234 5678', '+525512345678'],
    ['📞 +52 55 1234 5678', '+525512345678'],
    ['"+12135550101"', '+12135550101'],
    ['﹢1－213－555－0101', '+12135550101'],
    ['https://wa.me/5215512345678', '+525512345678'],
    ['wa.me/+12135550101?text=hola', '+12135550101'],
    ['https://api.whatsapp.com/send?phone=525512345678&text=hola', '+525512345678'],
    ['whatsapp://send?phone=12135550101', '+12135550101'],
    ['+1 787 555 0101', '+17875550101'],
    ['+1 939 555 0101', '+19395550101'],
    ['+1 671 555 0101', '+16715550101'],
    ['+1 340 555 0101', '+13405550101'],
    ['+1 684 555 0101', '+16845550101'],
    ['+1 670 555 0101', '+16705550101'],
  ])('is read of %j', (input, phone) => {
    expect(parse(input)).toEqual({ phone });
  });

  it.each([
    ['213 555 0101', 'must begin with the country code, such as +1 or +52'],
    ['5512345678', 'must begin with the country code, such as +1 or +52'],
    ['044 55 1234 5678', 'must begin with the country code, such as +1 or +52'],
    ['52 55 1234 5678', 'must begin with the country code, such as +1 or +52'],
    ['wa.me/mama', 'must begin with the country code, such as +1 or +52'],
    ['*67 +1 213 555 0101', 'must begin with the country code, such as +1 or +52'],
    ['https://wa.me/5512345', 'must be a complete phone number'],
    ['', 'must begin with the country code, such as +1 or +52'],
    ['mamá', 'must begin with the country code, such as +1 or +52'],
    ['+1 213 555', 'must be a complete phone number'],
    ['+1-213-555-CALL', 'must be a complete phone number'],
    ['+1 800 FLOWERS', 'must be a complete phone number'],
    ['+1 213 555 0101 / +1 213 555 0102', 'must be a complete phone number'],
    ['+52 1 44 55 1234 5678', 'must be a complete phone number'],
    ['+1 123 555 0101', 'must be a complete phone number'],
    ['+1 013 555 0101', 'must be a complete phone number'],
    ['+1 213 155 0101', 'must be a complete phone number'],
    ['+1 911 555 0101', 'must be a complete phone number'],
    ['+1 213 911 0101', 'must be a complete phone number'],
    ['+52 155 1234 567', 'must be a complete phone number'],
    ['+52 055 1234 5678', 'must be a complete phone number'],
    ['+1 876 555 0101', elsewhere],
    ['+1 809 555 0101', elsewhere],
    ['+1 416 555 0101', elsewhere],
    ['+34 612 345 678', elsewhere],
    ['+882 16 5550 1010', elsewhere],
    ['+979 123 456 789', elsewhere],
    ['+1 900 555 0199', 'must not be a number that costs extra'],
    ['+1 213 976 0101', 'must not be a number that costs extra'],
    ['+52 01 900 123 4567', 'must not be a number that costs extra'],
    ['+52 900 123 4567', 'must not be a number that costs extra'],
    ['+1 213 555 0101 ext. 12', 'must not have an extension'],
  ])('is none in %j: %s', (input, problem) => {
    expect(parse(input)).toEqual({ problem, code: expect.any(String) });
  });

  it('with an area code that the library does not know yet is one of the USA', () => {
    expect(parse('+1 221 555 0101')).toEqual({ phone: '+12215550101' });
    expect(parsePhone('+1 221 555 0101', { countries: ['MX'] })).toHaveProperty('problem');
  });

  it.each(['+1 (213) 555-0101 ext. 12', '+1 213 555 0101 x12', '+12135550101;ext=12', '+1 213 555 0101 #12'])(
    'of a lawyer keeps its extension: %s',
    (input) => {
      expect(parsePhone(input, { countries, extension: 'kept' })).toEqual({ phone: '+12135550101;ext=12' });
    },
  );

  it('may be of the countries that the operator names, each for itself', () => {
    expect(parsePhone('+1 416 555 0101', { countries: ['CA'] })).toEqual({ phone: '+14165550101' });
    expect(parsePhone('+1 213 555 0101', { countries: ['CA'] })).toHaveProperty('problem');
    expect(parsePhone('+502 5123 4567', { countries: ['US', 'GT'] })).toEqual({ phone: '+50251234567' });
    expect(['US', 'MX', 'GT', 'XX', '+1', 'us'].map(isPhoneCountry)).toEqual([true, true, true, false, false, false]);
  });

  it('is E.164 or refused, whatever is typed, and read again is the same', () => {
    const typed = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('+0123456789 ()-.,;xet=\u200B\u202D٣１')), maxLength: 30 }),
      fc.string({ unit: anyCodePoint, maxLength: 30 }),
      fc.stringMatching(/^\+(1|52)\d{10}( x\d{1,5})?$/),
    );
    fc.assert(
      fc.property(typed, fc.constantFrom('kept' as const, 'refused' as const), (input, extension) => {
        const parsed = parsePhone(input, { countries, extension });
        if ('problem' in parsed) return;
        expect(parsed.phone).toMatch(extension === 'kept' ? /^\+(1|52)\d{10}(;ext=\d+)?$/ : /^\+(1|52)\d{10}$/);
        expect(parsePhone(parsed.phone, { countries, extension })).toEqual(parsed);
      }),
    );
  });
});
