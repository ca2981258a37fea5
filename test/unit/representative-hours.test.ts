import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithinHours, nextWithinHours, parseHours } from '../../shared/domain/representatives/hours.ts';

const la = 'America/Los_Angeles';
const at = (text: string) => new Date(text);

describe('hours of a representative', () => {
  it.each([
    ['2026-11-23T17:00:00Z', true, 'Monday 9:00, the first minute'],
    ['2026-11-23T16:59:59Z', false, 'a second before'],
    ['2026-11-28T01:59:59Z', true, 'Friday 17:59, the last minute'],
    ['2026-11-28T02:00:00Z', false, 'Friday 18:00'],
    ['2026-11-28T20:00:00Z', false, 'Saturday noon'],
  ])('%s is within: %s (%s)', (instant, within) => {
    expect(isWithinHours(parseHours('Mo-Fr 09:00-18:00')!, at(instant), la)).toBe(within);
  });

  it('may go past midnight and over the weekend', () => {
    const hours = parseHours('Fr-Mo 22:00-06:00')!;
    expect(isWithinHours(hours, at('2026-11-24T13:59:00Z'), la)).toBe(true);
    expect(isWithinHours(hours, at('2026-11-24T14:00:00Z'), la)).toBe(false);
    expect(isWithinHours(hours, at('2026-11-25T07:00:00Z'), la)).toBe(false);
  });

  it('begin at their minute, seconds after the minute before as well', () => {
    const next = nextWithinHours(parseHours('Mo-Fr 09:00-18:00')!, at('2026-11-23T16:59:30Z'), la);
    expect(next).toEqual(at('2026-11-23T17:00:00Z'));
  });

  it.each([
    ['Mo 00:00-06:00', '2026-10-31T12:00:00Z', '2026-11-02T08:00:00Z', 'Monday begins an hour later by our clock'],
    ['Su 23:30-24:00', '2027-03-13T12:00:00Z', '2027-03-15T06:30:00Z', 'Sunday ends an hour earlier'],
    ['Su 02:30-05:00', '2027-03-14T09:59:00Z', '2027-03-14T10:00:00Z', 'half past two does not come'],
  ])('%s begin where the clocks change: %s', (text, now, next) => {
    expect(nextWithinHours(parseHours(text)!, at(now), la)).toEqual(at(next));
  });

  it('may end at midnight', () => {
    const hours = parseHours('Mo 20:00-24:00')!;
    expect(['07:59', '08:00'].map((time) => isWithinHours(hours, at(`2026-11-24T${time}:00Z`), la))).toEqual([
      true,
      false,
    ]);
  });

  it('are always when none are given', () => {
    expect(parseHours('  ')).toEqual([]);
    expect(isWithinHours([], at('2026-11-29T03:00:00Z'), la)).toBe(true);
  });

  it.each([
    '9-18',
    'Mo-Fr',
    'Mo-Fr 9:00-18:00',
    'Xx 09:00-18:00',
    'Mo-Xx 09:00-18:00',
    'Xx-Mo 09:00-18:00',
    'Mo-We-Fr 09:00-18:00',
    'Mo 09:00-09:00',
    'Mo 25:00-26:00',
    'Mo 09:60-11:00',
  ])('are not written as %s', (text) => {
    expect(parseHours(text)).toBeUndefined();
  });

  const days = constantFrom('Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su');
  const time = tuple(integer({ min: 0, max: 23 }), integer({ min: 0, max: 59 })).map(
    ([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
  );
  const rule = tuple(days, days, time, time)
    .filter(([, , from, until]) => from !== until)
    .map(([first, last, from, until]) => `${first}-${last} ${from}-${until}`);
  // A week without a change of the clocks, and one with each.
  const instant = tuple(constantFrom('2026-11-23', '2026-10-30', '2027-03-12'), integer({ min: 0, max: 7 * 1440 })).map(
    ([day, minutes]) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000),
  );

  it('begin next at a time that is within them, and not a minute earlier', () => {
    assert(
      property(array(rule, { minLength: 1, maxLength: 3 }), instant, (rules, now) => {
        const hours = parseHours(rules.join('; '))!;
        const next = nextWithinHours(hours, now, la);
        // A time that the change of clocks leaves out does not come; the next minute counts.
        const soon = [0, 60].map((minutes) => new Date(next.getTime() + minutes * 60_000));
        expect(soon.some((time_) => isWithinHours(hours, time_, la))).toBe(true);
        for (let ms = now.getTime(); ms < next.getTime(); ms += 7 * 60_000) {
          expect(isWithinHours(hours, new Date(ms), la)).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });
});
