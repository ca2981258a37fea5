import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readInstant,
  readNumber,
  readNumberBetween,
  readPosition,
  readUuid,
  withoutRollover,
} from '../../shared/domain/sent-values.ts';

const inDigitsOf = (zero: string) => (text: string) =>
  text.replaceAll(/\d/g, (digit) => String.fromCodePoint(zero.codePointAt(0)! + Number(digit)));
const scripts = ['٠', '۰', '०', '০', '០', '０', '𝟎', '𝟘', '𝟶'];

describe('a number', () => {
  it.each<[unknown, number]>([
    [34.05, 34.05],
    [0, 0],
    ['34.05', 34.05],
    ['34,05', 34.05],
    [' 34.05 ', 34.05],
    ['+34.05', 34.05],
    ['-118.2437', -118.2437],
    ['−118,2437', -118.2437],
    ['\u200E-118.2437\u202C', -118.2437],
    ['٣٤٫٠٥', 34.05],
    ['٣٤،٠٥', 34.05],
    ['٣٤,٠٥', 34.05],
    ['３４．０５', 34.05],
    ['0034.05', 34.05],
    ['3,405E+1', 34.05],
    ['-.5', -0.5],
    ['-0', -0],
    ['1.5E-5', 0.000_015],
    ['－118.2437', -118.2437],
    ['‒118.2437', -118.2437],
    ['.5', 0.5],
    ['5.', 5],
    [1e-130, 1e-130],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('is read of %j', (sent, read) => {
    expect(readNumber(sent)).toBe(read);
  });

  it.each([
    ['34.05°', 'degrees', 34.05],
    ['-118,24 °', 'degrees', -118.24],
    ['80%', 'percent', 80],
    ['٨٠٪', 'percent', 80],
    ['12 m', 'metres', 12],
    ['12M', 'metres', 12],
  ] as const)('%s is read with the sign of its unit alone: %s', (sent, unit, read) => {
    const units = ['degrees', 'percent', 'metres', undefined] as const;
    const found = units.map((asked) => readNumber(sent, asked));
    expect(found).toEqual(units.map((asked) => (asked === unit ? read : undefined)));
  });

  it.each([
    Number.MIN_VALUE,
    9.9e-131,
    -4.9e-324,
    1e20,
    2 ** 53,
    NaN,
    Infinity,
    '4.9E-324',
    '1e400',
    '',
    ' ',
    '.',
    '-',
    'NaN',
    'Infinity',
    '0x10',
    '1,234.5',
    '34.05.1',
    '1.000,5',
    '٣٤٬٠٥',
    '34.05 N',
    '34°03\'08"N',
    '80 km',
    '80%%',
    '%80',
    '°',
    '+-3',
    'null',
    '"34.05"',
    '34 05',
    `0${'1'.repeat(100)}`,
    true,
    null,
    undefined,
    [34],
    [['34']],
    {},
  ])('is none in %j', (sent) => {
    expect(readNumber(sent)).toBeUndefined();
  });

  it('is read in the digits of every script', () => {
    const number = fc.double({ min: -180, max: 180, noNaN: true }).map((degrees) => degrees.toFixed(6));
    fc.assert(
      fc.property(number, fc.constantFrom(...scripts), (text, zero) => {
        expect(readNumber(inDigitsOf(zero)(text))).toBe(Number(text));
      }),
    );
  });

  it('is always one that the table holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.double().map(String), fc.jsonValue(), fc.string()), (sent) => {
        const number = readNumber(sent) ?? 0;
        expect(number === 0 || (Math.abs(number) >= 1e-130 && Math.abs(number) <= 2 ** 53 - 1)).toBe(true);
      }),
    );
  });

  it('can be held to a range', () => {
    expect(['80', 80, 101, -1, 'x'].map((sent) => readNumberBetween(sent, 0, 100))).toEqual([
      80,
      80,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a time', () => {
  const at = '2026-11-22T20:32:05.000Z';

  it.each<[unknown, number | undefined]>([
    ['2026-11-22T20:32:05Z', undefined],
    ['2026-11-22T20:32:05.000Z', undefined],
    ['2026-11-22t20:32:05z', undefined],
    ['2026-11-22 20:32:05Z', undefined],
    ['2026-11-22 20:32:05 UTC', undefined],
    ['2026-11-22T14:32:05-06:00', -360],
    ['2026-11-22T14:32:05-0600', -360],
    ['2026-11-22T14:32:05-06', -360],
    ['2026-11-22T20:32:05+0000', 0],
    ['2026-11-22T20:32:05+00:00', 0],
    ['2026-11-22 14:32:05 -0600', -360],
    ['2026-11-22T14:32:05-6:00', -360],
    ['2026-11-22T14:32:05 UTC-6', -360],
    ['2026-11-22T14:32:05−06:00', -360],
    ['2026-11-22T14:32:05-06:00[America/Chicago]', -360],
    ['2026-11-22T20:32:05Z[UTC]', undefined],
    ['2026-11-22 14:32:05.000 -0600 CST', -360],
    ['Sun, 22 Nov 2026 14:32:05 CST', -360],
    ['Sun, 22 Nov 2026 13:32:05 PDT', -420],
    ['Sun Nov 22 14:32:05 GMT-06:00 2026', -360],
    ['Sun Nov 22 15:32:05 EST 2026', -300],
    ['Sun Nov 22 16:32:05 AST 2026', -240],
    ['Sun Nov 22 11:32:05 AKST 2026', -540],
    ['Sun Nov 22 12:32:05 AKDT 2026', -480],
    ['Sun Nov 22 10:32:05 HST 2026', -600],
    ['Sun Nov 22 09:32:05 SST 2026', -660],
    ['Mon Nov 23 06:32:05 ChST 2026', 600],
    ['Sun Nov 22 20:32:05 UTC 2026', undefined],
    ['2026-11-22T14:32:05-06:00[America/Chicago][u-ca=buddhist]', -360],
    ['20261122T203205Z', undefined],
    ['2026-11-22T20:32:05,000Z', undefined],
    ['2026-11-22T20:32:05.0000001Z', undefined],
    [1_795_379_525, undefined],
    [1_795_379_525_000, undefined],
    ['1795379525', undefined],
    ['1795379525000', undefined],
    [817_072_325, undefined],
    [1_795_379_525_000_000, undefined],
    ['1795379525000000000', undefined],
    ['1.795379525E9', undefined],
    ['Sun, 22 Nov 2026 20:32:05 GMT', undefined],
    ['Sun, 22 Nov 2026 14:32:05 -0600', -360],
    ['22 Nov 2026 20:32:05 GMT', undefined],
    ['Sunday, 22-Nov-2026 20:32:05 UTC', undefined],
    ['Sun Nov 22 2026 14:32:05 GMT-0600 (Central Standard Time)', -360],
    ['٢٠٢٦-١١-٢٢T٢٠:٣٢:٠٥Z', undefined],
    ['\u200F۲۰۲۶-۱۱-۲۲T۲۰:۳۲:۰۵+۰۰:۰۰', 0],
  ])('is read of %j', (sent, offsetMinutes) => {
    expect(readInstant(sent)).toEqual({ at, ...(offsetMinutes !== undefined && { offsetMinutes }) });
  });

  it('may have no seconds', () => {
    expect(readInstant('2026-11-22T20:32Z')).toEqual({ at: '2026-11-22T20:32:00.000Z' });
    expect(readInstant('2026-11-22T14:32-06:00')).toEqual({ at: '2026-11-22T20:32:00.000Z', offsetMinutes: -360 });
  });

  it('may be the end of a day', () => {
    for (const midnight of ['2026-11-22T24:00:00Z', '2026-11-22T24:00Z', '2026-11-23T00:00Z']) {
      expect(readInstant(midnight)).toEqual({ at: '2026-11-23T00:00:00.000Z' });
    }
  });

  it.each([
    'yesterday',
    '',
    '2026-11-22',
    '2026-11-22T20:32:05',
    '2026-02-30T20:32:05Z',
    '2026-13-22T20:32:05Z',
    '2026-11-22T24:01:00Z',
    '2026-11-22T24:00:01Z',
    '2026-11-22T25:00:00Z',
    '2026-W47-7T20:32:05Z',
    '2026-326T20:32:05Z',
    '11/22/2026 20:32:05',
    '22/11/2026 14:32Z',
    '2026-11-22T08:32:05 PM Z',
    'Sun Nov 22 14:32:05 2026',
    'Sun Nov 22 14:32:05 IST 2026',
    '2026-11-22T14:32:05[America/Chicago]',
    '20261122203205',
    '2026-11-22T20:61:00Z',
    '2026-11-22T20:32:05+99:00',
    '14:32',
    0,
    -1,
    5e8,
    2e10,
    1e14,
    1e17,
    1e20,
    Number.MAX_VALUE,
    1e300,
    null,
    true,
    ['2026-11-22T20:32:05Z'],
    '1'.repeat(1000),
  ])('is none in %j', (sent) => {
    expect(readInstant(sent)).toBeUndefined();
  });

  it('is the same instant in every form in which programs write it', () => {
    const date = fc.date({ min: new Date('2002-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.integer({ min: -12 * 60, max: 14 * 60 }), (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const sign = offset < 0 ? '-' : '+';
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = [hours, minutes].map((part) => String(part).padStart(2, '0'));
        const seconds = new Date(Math.floor(instant.getTime() / 1000) * 1000).toISOString();
        expect(readInstant(instant.toISOString())?.at).toBe(instant.toISOString());
        expect(readInstant(instant.getTime())?.at).toBe(instant.toISOString());
        expect(readInstant(instant.getTime() * 1000)?.at).toBe(instant.toISOString());
        expect(readInstant(`${instant.getTime()}000000`)?.at).toBe(instant.toISOString());
        expect(readInstant(`${local}${sign}${zone.join(':')}[Somewhere/Else]`)?.at).toBe(instant.toISOString());
        expect(readInstant(`${local}${sign}${zone.join(':')}`)?.at).toBe(instant.toISOString());
        expect(readInstant(`${local}${sign}${zone.join('')}`)?.offsetMinutes).toBe(offset);
        expect(readInstant(instant.toUTCString())?.at).toBe(seconds);
        expect(readInstant(instant.toString())?.at).toBe(seconds);
      }),
    );
  });

  it('is always written in UTC with a year of four digits, whatever was sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.double(), fc.integer(), fc.string()), (sent) => {
        expect(readInstant(sent)?.at ?? at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      }),
    );
  });
});

describe('a UUID', () => {
  const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

  it.each([
    id,
    id.toUpperCase(),
    ` ${id}\n`,
    `{${id}}`,
    `(${id})`,
    id.replaceAll('-', ''),
    `urn:uuid:${id}`,
    id.replaceAll('-', '\u2010'),
    `\uFEFF${id}\u200B`,
  ])('is read of %j', (sent) => {
    expect(readUuid(sent)).toBe(id);
  });

  it.each(['', 'x', `${id}0`, `0${id}`, id.slice(1), `${id},${id}`, id.replace('f', 'g'), [id], 5, null, undefined])(
    'is none in %j',
    (sent) => {
      expect(readUuid(sent)).toBeUndefined();
    },
  );
});

describe('a clock that GPS set back', () => {
  const now = new Date('2026-11-22T20:32:05.000Z');
  const weeks = (count: number) => count * 7 * 24 * 60 * 60 * 1000;
  const before = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString();

  it('is set right by 1,024 weeks, or twice that', () => {
    for (const turns of [1, 2]) {
      expect(withoutRollover(before(weeks(1024 * turns) + 90_000), now)).toBe(before(90_000));
      expect(withoutRollover(before(weeks(1024 * turns) - 90_000), now)).toBe(before(-90_000));
    }
  });

  it.each([
    ['5 minutes ahead', -5 * 60_000, 1],
    ['30 days ago', weeks(30 / 7), -1],
  ])('is set right up to %s, and not a millisecond beyond', (_, age, inwards) => {
    expect(withoutRollover(before(weeks(1024) + age), now)).toBe(before(age));
    const beyond = before(weeks(1024) + age - inwards);
    expect(withoutRollover(beyond, now)).toBe(beyond);
  });

  it('is left as it is where that would be no recent time', () => {
    for (const unset of ['1970-01-01T00:00:00.000Z', '1980-01-06T00:00:05.000Z', '2006-04-09T00:00:00.000Z']) {
      expect(withoutRollover(unset, now)).toBe(unset);
    }
    for (const age of [0, 90_000, weeks(5), weeks(600), weeks(1024 - 5), weeks(1024 + 5), -weeks(1024)]) {
      expect(withoutRollover(before(age), now)).toBe(before(age));
    }
  });
});

describe('a position', () => {
  const now = new Date('2026-11-22T20:32:05.000Z');

  it('is read in every form of its numbers and its time', () => {
    const sent = { latitude: '34,05', longitude: '−118.24', accuracyMeters: '12', measuredAt: 1_795_379_525 };
    expect(readPosition(sent, now)).toEqual({
      position: { latitude: 34.05, longitude: -118.24, accuracyMeters: 12, measuredAt: '2026-11-22T20:32:05.000Z' },
      dropped: [],
    });
  });

  it('is invalid with a negative accuracy, as the phone itself says', () => {
    expect(readPosition({ latitude: 34, longitude: -118, accuracyMeters: -1 }, now)).toEqual({
      position: { latitude: 34, longitude: -118, invalid: true },
      dropped: [],
    });
  });

  it('drops what cannot be read beside the place, and names it; null is absent', () => {
    const sent = { latitude: 34, longitude: -118, accuracyMeters: 4.9e-324, measuredAt: 'yesterday' };
    expect(readPosition(sent, now)).toEqual({
      position: { latitude: 34, longitude: -118 },
      dropped: ['accuracyMeters', 'measuredAt'],
    });
    const exact = { latitude: 34, longitude: -118, accuracyMeters: 0 };
    expect(readPosition(exact, now)).toEqual({ position: exact, dropped: [] });
    const nulls = { latitude: 34, longitude: -118, accuracyMeters: null, measuredAt: null };
    expect(readPosition(nulls, now)).toMatchObject({ dropped: [] });
  });

  it('has the signs of its own units, and no other', () => {
    const place = { latitude: '34.05°', longitude: '-118.24 °' };
    const read = { latitude: 34.05, longitude: -118.24 };
    expect(readPosition({ ...place, accuracyMeters: '12 m' }, now)).toMatchObject({
      position: { ...read, accuracyMeters: 12 },
    });
    expect(readPosition({ ...place, accuracyMeters: '12%' }, now)).toEqual({
      position: read,
      dropped: ['accuracyMeters'],
    });
  });

  it('sets a clock right that GPS set back', () => {
    const sent = { latitude: 34, longitude: -118, measuredAt: '2007-04-08T20:32:00Z' };
    expect(readPosition(sent, now)).toMatchObject({ position: { measuredAt: '2026-11-22T20:32:00.000Z' } });
  });

  it.each([
    [{ latitude: 91, longitude: 0 }, 'latitude'],
    [{ latitude: 34, longitude: 180.000_000_1 }, 'longitude'],
    [{ latitude: 4.9e-324, longitude: -118 }, 'latitude'],
    [{ latitude: null, longitude: -118 }, 'latitude'],
    [{ latitude: '34%', longitude: -118 }, 'latitude'],
    [{ latitude: 34, longitude: '118m' }, 'longitude'],
    [{ latitude: 34 }, 'longitude'],
    [{}, 'latitude'],
    [null, 'position'],
    [[34, -118], 'position'],
    ['34,-118', 'position'],
  ])('is none in %j: %s', (sent, unreadable) => {
    expect(readPosition(sent, now)).toEqual({ unreadable });
  });
});
