import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mindingIn } from '../../shared/compose-parts.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import type { Position } from '../../shared/domain/position.ts';
import { readInstant, writeOffset } from '../../shared/domain/sent-values.ts';
import { time as english } from '../../shared/words/en/time.ts';
import { time as spanish } from '../../shared/words/es/time.ts';
import { knownClocks, knownClockTime } from '../../shared/words/known-clocks.ts';
import { intlClockTime, writeLaterTime, writeTime } from '../../shared/words/local-time.ts';
import { caseTimeZone, timeZoneAt } from '../../shared/words/time-zone.ts';
import { anAlert } from '../support/fixtures.ts';

const evansville = { latitude: 37.9716, longitude: -87.5711 };
const milwaukee = { latitude: 43.0389, longitude: -87.9065 };

describe('the zone of a place', () => {
  it.each<[string, number, number, string]>([
    ['Los Angeles', 34.05, -118.24, 'America/Los_Angeles'],
    ['Evansville, whose office keeps Eastern time', 37.9716, -87.5711, 'America/Chicago'],
    ['Nashville', 36.1627, -86.7816, 'America/Chicago'],
    ['El Paso', 31.7619, -106.485, 'America/Denver'],
    ['Phoenix', 33.4484, -112.074, 'America/Phoenix'],
    ['Honolulu', 21.3069, -157.8583, 'Pacific/Honolulu'],
    ['Anchorage', 61.2181, -149.9003, 'America/Anchorage'],
    ['Guam', 13.4757, 144.7489, 'Pacific/Guam'],
    ['San Juan', 18.4655, -66.1057, 'America/Puerto_Rico'],
  ])('is that of %s', (_, latitude, longitude, zone) => {
    expect(timeZoneAt({ latitude, longitude })).toBe(zone);
  });

  it('is not known out at sea', () => {
    expect(timeZoneAt({ latitude: 30, longitude: -140 })).toBeUndefined();
  });
});

describe('the clock of a case', () => {
  const office = { timeZone: 'America/Indiana/Indianapolis' };
  const raisedAt = '2026-10-22T19:32:00.000Z';
  const zone = (
    position: Position | undefined,
    { homePosition, utcOffsetMinutes }: { homePosition?: Position; utcOffsetMinutes?: number } = {},
    isOfficeKnown = true,
  ) =>
    caseTimeZone(
      { raisedAt, ...(position && { position }), ...(utcOffsetMinutes !== undefined && { utcOffsetMinutes }) },
      { person: { ...(homePosition && { homePosition }) } },
      isOfficeKnown ? office : undefined,
      metersToNearest(openConsulates),
    );

  it('is that of the place, else of the home, else the phone’s, else the office’s, else the desk’s', () => {
    expect(zone(evansville)).toBe('America/Chicago');
    expect(zone(undefined, { homePosition: milwaukee, utcOffsetMinutes: -480 })).toBe('America/Chicago');
    expect(zone(undefined, { utcOffsetMinutes: -330 })).toBe('-05:30');
    expect(zone(undefined)).toBe('America/Indiana/Indianapolis');
    expect(zone(undefined, {}, false)).toBe('America/Mexico_City');
  });

  it.each<Position>([
    { latitude: 34.05, longitude: 0 },
    { latitude: 34.05, longitude: 118.24 },
    { latitude: 0, longitude: 0 },
  ])('is never that of a place which is not trusted: %j', (position) => {
    expect(zone(position, { homePosition: milwaukee })).toBe('America/Chicago');
    expect(zone({ ...position, longitude: 0 })).toBe('America/Indiana/Indianapolis');
  });

  const instants = fc.date({ min: new Date('2002-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });

  it('where no place is known is the one that the phone shows, whatever its offset', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -12 * 60, max: 14 * 60 }), (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19);
        const sent = readInstant(`${local}${writeOffset(offset)}`);
        const offsetMinutes = sent?.offsetMinutes ?? 1;
        const written = writeTime(
          new Date(sent?.at ?? 0),
          zone(undefined, { utcOffsetMinutes: offsetMinutes }),
          spanish,
          'short',
        );
        expect(written).toContain(` ${local.slice(11, 16)} GMT`);
      }),
    );
  });

  it('can be written for any place and any time', () => {
    const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    const offset = fc.option(fc.integer({ min: -18 * 60, max: 18 * 60 }), { nil: undefined });
    fc.assert(
      fc.property(degrees(90), degrees(180), offset, instants, (latitude, longitude, minutes, instant) => {
        const known = minutes === undefined ? {} : { utcOffsetMinutes: minutes };
        const clock = zone({ latitude, longitude }, known);
        for (const words of [spanish, english]) {
          expect(writeTime(instant, clock, words, 'short')).toMatch(/\d{1,2}:\d{2}/);
          expect(writeTime(instant, clock, words, 'long')).not.toMatch(/undefined|Invalid/);
        }
        expect(zone({ latitude, longitude: 0 }, { ...known, homePosition: milwaukee })).toBe('America/Chicago');
      }),
    );
  });
});

describe('a time', () => {
  const october = new Date('2026-10-22T19:32:00.000Z');

  it('of central Mexico is written with its city: Americans read CST as their own', () => {
    expect(writeTime(october, 'America/Mexico_City', spanish, 'short')).toBe(
      '22 oct 13:32 hora de la Ciudad de México',
    );
    expect(writeTime(october, 'America/Monterrey', english, 'short')).toBe('Oct 22, 1:32 PM Mexico City time');
  });

  it('by an offset is written with it', () => {
    expect(writeTime(october, '-05:00', spanish, 'short')).toBe('22 oct 14:32 GMT-5');
  });

  it('of another year has its year', () => {
    const earlier = new Date('2007-10-22T19:32:00.000Z');
    expect(writeLaterTime(october, earlier, 'America/Chicago', spanish, 'short')).toBe(
      '22 de octubre de 2026, 14:32 CDT',
    );
    expect(writeLaterTime(october, october, 'America/Chicago', spanish, 'short')).toBe('14:32 CDT');
  });

  it('is that by which the mornings of a case that waits are counted', () => {
    const { timeZoneOf } = mindingIn(
      { ESCALATION_MINUTES: '5,10', ATTENTION_MINUTES: '60,480,1440', RETENTION_DAYS: '30' },
      {},
    );
    const consulate = { id: 'indianapolis', distanceMeters: 1, basis: 'location' } as const;
    const { position: _position, raisedTo: _raisedTo, consulate: _consulate, ...nowhere } = anAlert();
    expect(timeZoneOf({ ...nowhere, position: evansville, consulate })).toBe('America/Chicago');
    expect(timeZoneOf({ ...nowhere, consulate })).toBe('America/Indiana/Indianapolis');
    expect(timeZoneOf({ ...nowhere, consulate }, evansville)).toBe('America/Chicago');
    expect(timeZoneOf(nowhere)).toBe('America/Mexico_City');
  });
});

describe('a clock that is known by its law', () => {
  const hourMs = 3_600_000;

  it.each([...knownClocks.keys()])('of %s shows what Intl does, at each hour near a change', (timeZone) => {
    const instants = [2023, 2027, 2028, 2040].flatMap((year) =>
      [Date.UTC(year, 0, 1), Date.UTC(year, 2, 7), Date.UTC(year, 9, 31)].flatMap((from) =>
        Array.from({ length: 24 * 9 }, (_, hour) => new Date(from + hour * hourMs + 59 * 60_000)),
      ),
    );
    for (const instant of instants) {
      expect({ instant, ...knownClockTime(instant, timeZone) }).toEqual({
        instant,
        ...intlClockTime(instant, timeZone),
      });
    }
  });

  it('leaves other zones, times before the law and what is no time to Intl', () => {
    expect(knownClockTime(new Date('2026-06-01'), 'America/Tijuana')).toBeUndefined();
    expect(knownClockTime(new Date('2022-06-01'), 'America/Mexico_City')).toBeUndefined();
    expect(() => writeTime(new Date('no time'), 'America/Chicago', spanish, 'short')).toThrow(RangeError);
    expect(writeTime(new Date('2022-06-01T17:05:00Z'), 'America/Chicago', spanish, 'short')).toBe('1 jun 12:05 CDT');
  });
});
