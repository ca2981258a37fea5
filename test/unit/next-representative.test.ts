import { array, assert, constantFrom, integer, property, record, subarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Wanted } from '../../shared/domain/representatives/next-representative.ts';
import { nextRepresentative } from '../../shared/domain/representatives/next-representative.ts';
import type { RosterEntry } from '../../shared/domain/representatives/representative.ts';
import { rosterEntry } from '../support/representatives.ts';

// A Wednesday, 11:00 in Los Angeles.
const now = new Date('2026-11-25T19:00:00.000Z');
const zoneOf = () => 'America/Los_Angeles';
const wanted = (overrides: Partial<Wanted> = {}): Wanted => ({
  officeId: 'los-angeles',
  language: 'nah',
  matter: 'immigration',
  urgent: false,
  asked: new Set(),
  ...overrides,
});
const next = (roster: readonly RosterEntry[], overrides: Partial<Wanted> = {}, at = now) =>
  nextRepresentative(roster, wanted(overrides), at, zoneOf);
const asked = (roster: readonly RosterEntry[], overrides: Partial<Wanted> = {}) => {
  const found = next(roster, overrides);
  return found.kind === 'ask' ? found.entry.representative.representativeId : found.kind;
};

describe('who is asked next', () => {
  it('is one of the office, then who speaks the language, then who has fewest cases, then who waits longest', () => {
    const roster = [
      rosterEntry({ representativeId: 'ministry', officeId: 'ministry', languages: ['nah'] }),
      rosterEntry({ representativeId: 'idle' }),
      rosterEntry({ representativeId: 'speaks-busy', languages: ['es', 'nah'] }, { openCases: 2 }),
      rosterEntry(
        { representativeId: 'speaks-just-asked', languages: ['nah'], lastOfferedAt: '2026-11-25T18:00:00.000Z' },
        { openCases: 1 },
      ),
      rosterEntry(
        { representativeId: 'speaks-long-ago', languages: ['nah'], lastOfferedAt: '2026-11-20T18:00:00.000Z' },
        { openCases: 1 },
      ),
    ];
    const order: string[] = [];
    while (order.length < roster.length) order.push(asked(roster, { asked: new Set(order) }));
    expect(order).toEqual(['speaks-long-ago', 'speaks-just-asked', 'speaks-busy', 'idle', 'ministry']);
    expect(asked(roster, { asked: new Set(order) })).toBe('nobody');
  });

  it('is nobody who is paused, has as many cases as they take, or does not take such a matter', () => {
    expect(asked([rosterEntry({ state: 'paused' })])).toBe('nobody');
    expect(asked([rosterEntry({ capacity: 2 }, { openCases: 2 })])).toBe('nobody');
    expect(asked([rosterEntry()], { matter: 'criminal' })).toBe('nobody');
  });

  it('waits for the hours of whoever fits, unless the officer says that it is urgent', () => {
    const roster = [
      rosterEntry({ hours: 'Mo-Fr 12:30-18:00' }),
      rosterEntry({ representativeId: 'b', hours: 'Sa 09:00-12:00' }),
    ];
    expect(next(roster)).toEqual({ kind: 'wait', until: new Date('2026-11-25T20:30:00.000Z') });
    expect(next(roster, { urgent: true }).kind).toBe('ask');
  });

  it('asks whoever is there before somebody nearer whose hours are over', () => {
    const roster = [
      rosterEntry({ representativeId: 'home', hours: 'Mo-Fr 12:30-18:00' }),
      rosterEntry({ representativeId: 'there' }),
    ];
    expect(asked(roster)).toBe('there');
  });

  it('asks each who fits once, whatever the roster, and never anybody else', () => {
    const entry = record({
      officeId: constantFrom('los-angeles', 'ministry'),
      state: constantFrom('active' as const, 'paused' as const),
      languages: subarray(['es', 'nah']),
      matters: subarray(['immigration', 'criminal'] as const),
      capacity: integer({ min: 1, max: 3 }),
      openCases: integer({ min: 0, max: 3 }),
    });
    assert(
      property(array(entry, { maxLength: 8 }), (entries) => {
        const roster = entries.map(({ openCases, ...overrides }, index) =>
          rosterEntry({ representativeId: `r${index}`, ...overrides }, { openCases }),
        );
        const order: string[] = [];
        for (let found = asked(roster); found !== 'nobody'; found = asked(roster, { asked: new Set(order) })) {
          order.push(found);
        }
        const fitting = entries.flatMap((one, index) =>
          one.state === 'active' && one.matters.includes('immigration') && one.openCases < one.capacity
            ? [`r${index}`]
            : [],
        );
        expect(order.toSorted()).toEqual(fitting.toSorted());
        const isHome = order.map((id) => entries[Number(id.slice(1))]!.officeId === 'los-angeles');
        expect(isHome).toEqual(isHome.toSorted((a, b) => Number(b) - Number(a)));
      }),
    );
  });
});
