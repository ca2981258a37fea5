import { describe, expect, it } from 'vitest';
import { refusalText } from '../../app/refusal.ts';
import { uuid } from '../../app/phone/uuid.ts';
import { createCalculator } from '../../app/screens/calculator-machine.ts';
import { cities } from '../../app/screens/cities.ts';
import { phoneOf } from '../../app/screens/phone-number.ts';
import { isPin } from '../../app/screens/pin-rules.ts';
import { areTooSimilar } from '../../shared/domain/family/pin-likeness.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { familyRefusals } from '../../shared/domain/vocabulary.ts';
import { app as englishApp } from '../../shared/words/en/app.ts';
import { app as spanishApp } from '../../shared/words/es/app.ts';

describe('a phone as people type it', () => {
  it.each([
    ['+1 (213) 555-0101', undefined, '+12135550101'],
    ['0052 55 1234 5678', undefined, '+525512345678'],
    ['52 55 1234 5678', undefined, '+525512345678'],
    ['1-213-555-0101', undefined, '+12135550101'],
    ['213 555 0101', 'US', '+12135550101'],
    ['55 1234 5678', 'MX', '+525512345678'],
    ['044 55 1234 5678', 'MX', '+525512345678'],
    ['01 (55) 1234-5678', 'MX', '+525512345678'],
    ['011 52 55 1234 5678', 'US', '+525512345678'],
    ['(+52) 55 1234 5678', 'US', '+525512345678'],
    ['Tel. +1 213 555 0101', undefined, '+12135550101'],
    ['٥٥ ١٢٣٤ ٥٦٧٨', 'MX', '+525512345678'],
    ['＋５２ ５５ １２３４ ５６７８', undefined, '+525512345678'],
    ['\u202D+52 55 1234 5678\u202C', undefined, '+525512345678'],
    ['https://wa.me/525512345678?text=a%201', undefined, '+525512345678'],
    [
      'https://api.whatsapp.com/send/?phone=525512345678&text&type=phone_number&app_absent=0',
      undefined,
      '+525512345678',
    ],
    ['https://api.whatsapp.com/send?text=hola+2&phone=%2B525512345678', undefined, '+525512345678'],
    ['213 555 0101 (+ mensajes)', 'US', '+12135550101'],
    ['WhatsApp 213 555 0101', 'US', '+12135550101'],
    ['Casa 2: +52 55 1234 5678', 'US', '+525512345678'],
    ['Tel. 0052 55 1234 5678', 'US', '+525512345678'],
    ['+ (52) 55 1234 5678', undefined, '+525512345678'],
    ['+011 52 55 1234 5678', undefined, '+525512345678'],
  ])('%s (%s) is %s', (typed, country, e164) => {
    expect(phoneOf(typed, country)).toEqual({ e164 });
  });

  it('of ten digits without a country is asked about, and half a one is none', () => {
    expect(phoneOf('213 555 0101', undefined)).toBe('no-country');
    expect(phoneOf('555 0101', 'US')).toBe('no-phone');
    expect(phoneOf('', 'MX')).toBe('no-phone');
    expect(phoneOf('011 555 1234', 'US')).toBe('no-phone');
    expect(phoneOf('00 55 1234 567', 'US')).toBe('no-phone');
    expect(phoneOf('044 55 1234 5678', 'US')).toBe('no-phone');
  });

  it('with a 1 before it is none of Mexico: it may be one of the USA', () => {
    expect(phoneOf('1 55 1234 5678', 'MX')).toBe('no-phone');
  });
});

describe('two PINs', () => {
  it.each([
    ['4821', '4822', true],
    ['4821', '1284', true],
    ['4821', '4812', false],
    ['4821', '48219', true],
    ['4821', '9977', false],
    ['4821', '٤٨٢١', true],
    ['४८२१', '1284', true],
    ['4821', '\u200E4822 ', true],
    ['٤٨٢١', '9977', false],
  ])('%s and %s: too similar is %s', (pin, other, similar) => {
    expect(areTooSimilar(pin, other)).toBe(similar);
    expect(areTooSimilar(other, pin)).toBe(similar);
  });

  it('have 4 to 12 digits', () => {
    expect(['123', '1234', '١٢٣٤', '\u200E1234 ', '123456789012', '1234567890123', '12a4'].map(isPin)).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('the calculator', () => {
  const result = (keys: string): string => {
    const machine = createCalculator('Error');
    for (const key of keys) machine.type(key);
    return machine.shown();
  };

  it.each([
    ['12+30=', '42'],
    ['2×3+4=', '10'],
    ['0.1+0.2=', '0.3'],
    ['9÷0=', 'Error'],
    ['9÷0=5', '5'],
    ['7−9=', '-2'],
    ['8÷4=C', '0'],
    ['5+−2=', '3'],
    ['1.5.5', '1.55'],
    ['3+4=+1=', '8'],
  ])('%s shows %s', (keys, shown) => {
    expect(result(keys)).toBe(shown);
  });
});

it('makes ids that are UUIDs of version 4, each another', () => {
  const ids = Array.from({ length: 100 }, uuid);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(100);
});

it('knows every city with an open office, each name once, where it is', () => {
  const known = new Map(cities().map((city) => [city.name, city]));
  expect(known.size).toBe(cities().length);
  const offBy = openConsulates.map(({ city, state, latitude, longitude }) => {
    const found = known.get(`${city}, ${state}`);
    return found ? Math.hypot(found.latitude - latitude, found.longitude - longitude) : Infinity;
  });
  expect(Math.max(...offBy)).toBeLessThan(0.4);
});

describe('the words of the app', () => {
  const texts = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : Object.values(value as object).flatMap(texts);
  const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

  it('take the same values in both languages', () => {
    expect(texts(englishApp).map(placeholders)).toEqual(texts(spanishApp).map(placeholders));
  });

  it('are the names by which people are told to find things', () => {
    expect(spanishApp.after.words).toEqual({ saved: 'Guardada', sending: 'Enviando', received: 'Recibida' });
    expect(englishApp.after.words).toEqual({ saved: 'Not sent yet', sending: 'Sending', received: 'Received' });
  });
});

describe('why the service refuses something', () => {
  it('is said as it is: not every refusal is an open alert, and not every limit is over in a minute', () => {
    expect(refusalText(spanishApp, 409, 'alert-open')).toContain('alerta abierta');
    expect(refusalText(spanishApp, 409, 'last-contact')).toContain('último contacto');
    expect(refusalText(spanishApp, 429, 'changes-used-up')).toContain('mañana');
    expect(refusalText(englishApp, 429, 'invited-today')).toContain('tomorrow');
    expect(refusalText(englishApp, 429, 'too-many-requests')).toBe(englishApp.problems.busy);
    expect(refusalText(englishApp, 409, 'conflict')).toBe(englishApp.problems.failed);
  });

  it('has words for every refusal of a change of the family that a person can meet', () => {
    const shown = familyRefusals.filter((reason) => !reason.startsWith('unknown'));
    for (const { problems } of [spanishApp, englishApp])
      expect(Object.keys(problems.because)).toEqual(expect.arrayContaining(shown));
  });
});
