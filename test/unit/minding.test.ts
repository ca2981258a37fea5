import { describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { dueOf, nextMindingAt } from '../../shared/domain/case/minding.ts';
import { anAlert } from '../support/fixtures.ts';
import { usualMinding } from '../support/minding.ts';

const minute = 60_000;
const hour = 60 * minute;
// Noon in Los Angeles.
const raisedAtMs = Date.parse('2026-11-22T20:00:00.000Z');
const inLosAngeles = {
  raisedAt: new Date(raisedAtMs).toISOString(),
  consulate: { id: 'los-angeles', distanceMeters: 1, basis: 'location' },
} as const;

const minded = (alert: Alert, throughMs: number): Alert => ({
  ...alert,
  mindedUntil: new Date(throughMs).toISOString(),
});

/** Minutes after the press at which something is due, and what, if a round comes each minute. */
const steps = (alert: Partial<Alert>, untilMs: number): [number, readonly string[]][] => {
  const found: [number, readonly string[]][] = [];
  let current = anAlert({ ...inLosAngeles, ...alert });
  for (;;) {
    const at = nextMindingAt(current, usualMinding);
    if (at === undefined || at > raisedAtMs + untilMs) return found;
    const due = dueOf(current, usualMinding, at);
    if (!due) throw new Error('what is next is due at its time');
    if (found.length > 300) throw new Error('it goes on after what was due');
    found.push([
      (at - raisedAtMs) / minute,
      due.kind === 'untaken' ? [...due.duties] : [due.kind === 'unattended' ? due.tell : due.kind],
    ]);
    current = minded(current, due.throughMs);
  }
};

const minutesOf = (duty: string, alert: Partial<Alert>, untilMs: number): number[] =>
  steps(alert, untilMs).flatMap(([at, duties]) => (duties.includes(duty) ? [at] : []));

describe('a case that nobody takes', () => {
  it('is told to the offices again after 5, 15, 30 and 60 minutes, then every 2 hours, after a week daily', () => {
    expect(minutesOf('offices', {}, 7 * hour)).toEqual([5, 15, 30, 60, 180, 300, 420]);
    const days = minutesOf('offices', {}, 10 * 24 * hour).filter((at) => at > 7 * 24 * 60 - 60);
    expect(days).toEqual([7, 8, 9, 10].map((day) => day * 24 * 60));
  });

  it('goes to the next office after 5 minutes and to the ministry after 10 more', () => {
    expect(minutesOf('next-office', {}, 24 * hour)).toEqual([5]);
    expect(minutesOf('ministry', {}, 24 * hour)).toEqual([15]);
  });

  it('is told to the family with the ministry, after 2 and 12 hours, and each morning at 9 of the place for a week', () => {
    // 9:00 on the next day is 21 hours after noon.
    expect(minutesOf('family', {}, 24 * hour)).toEqual([15, 120, 720, 21 * 60]);
    const mornings = minutesOf('family', {}, 20 * 24 * hour).slice(3);
    expect(mornings).toEqual([0, 1, 2, 3, 4, 5, 6].map((day) => (21 + 24 * day) * 60));
  });

  it('has no morning before the 12 hours are over: a press of the night does not tell the family four times by noon', () => {
    // Half past three in the morning there, eight and a half hours before noon; 9:00 comes after five and a half.
    const pressed = { raisedAt: '2026-11-22T11:30:00.000Z' };
    const afterPress = minutesOf('family', pressed, 24 * hour).map((at) => at + 8.5 * 60);
    expect(afterPress).toEqual([15, 120, 720, (24 + 5.5) * 60]);
  });

  it('has its mornings by the clock of the place when the clocks change', () => {
    // The night to 8 March 2027 has 23 hours there.
    const at = '2027-03-13T20:00:00.000Z';
    const alert = anAlert({ ...inLosAngeles, raisedAt: at, mindedUntil: '2027-03-14T08:01:00.000Z' });
    const clocks: string[] = [];
    let current = alert;
    for (let day = 0; day < 40 && clocks.length < 2; day += 1) {
      const next = nextMindingAt(current, usualMinding) ?? 0;
      const due = dueOf(current, usualMinding, next);
      if (due?.kind === 'untaken' && due.duties.has('family')) clocks.push(new Date(next).toISOString());
      current = minded(current, next);
    }
    expect(clocks).toEqual(['2027-03-14T16:00:00.000Z', '2027-03-15T16:00:00.000Z']);
  });

  it('is at most 20 messages to the ministry and 6 to the family in a day', () => {
    const all = steps({}, 24 * hour);
    expect(all.length + 1).toBeLessThanOrEqual(20);
    const family = all.filter(([, duties]) => duties.includes('family') || duties.includes('next-office'));
    expect(family.length + 1).toBeLessThanOrEqual(6);
  });

  it('is told once of all that was missed, but passes over no office', () => {
    const late = anAlert(inLosAngeles);
    const first = dueOf(late, usualMinding, raisedAtMs + 6 * hour);
    expect(first).toMatchObject({ kind: 'untaken', throughMs: raisedAtMs + 5 * minute });
    const second = dueOf(
      { ...late, mindedUntil: new Date(raisedAtMs + 5 * minute).toISOString() },
      usualMinding,
      raisedAtMs + 6 * hour,
    );
    expect(second).toEqual({
      kind: 'untaken',
      duties: new Set(['offices', 'ministry', 'family']),
      throughMs: raisedAtMs + 6 * hour,
    });
  });

  it('is not minded if it is a drill or closed', () => {
    const drill = anAlert({ ...inLosAngeles, drill: true });
    // It ends by itself.
    expect(nextMindingAt(drill, usualMinding)).toBe(raisedAtMs + hour);
    expect(nextMindingAt({ ...drill, state: 'closed' }, usualMinding)).toBeUndefined();
    expect(dueOf(drill, usualMinding, raisedAtMs + 24 * hour)).toBeUndefined();
    expect(steps({ state: 'closed' }, 24 * hour)).toEqual([]);
  });

  it('is not minded if it is one more press of another', () => {
    expect(steps({ joined: { headAlertId: 'head' } }, 24 * hour)).toEqual([]);
  });

  it('has no next office to wait for where none is chosen, or the ministry has it', () => {
    const nowMs = raisedAtMs + 6 * hour;
    const { consulate: _none, ...withoutOffice } = anAlert(inLosAngeles);
    const ministrys = anAlert({
      ...inLosAngeles,
      consulate: { id: 'ministry', distanceMeters: null, basis: 'ministry' },
    });
    for (const alert of [withoutOffice, ministrys])
      expect(dueOf(alert, usualMinding, nowMs)).toEqual({
        kind: 'untaken',
        duties: new Set(['offices', 'next-office', 'ministry', 'family']),
        throughMs: nowMs,
      });
  });

  it('is told to the family after a day and after three where no authority may know of it, and is over after a week', () => {
    const alone = { consularNotification: false };
    expect(steps(alone, 30 * 24 * hour).slice(0, 3)).toEqual([
      [24 * 60, ['alone']],
      [72 * 60, ['alone']],
      [7 * 24 * 60, ['alone']],
    ]);
    const overMs = raisedAtMs + 7 * 24 * hour;
    expect(dueOf(anAlert(alone), usualMinding, overMs - 1)).toMatchObject({ isOver: false });
    expect(dueOf(anAlert(alone), usualMinding, overMs)).toMatchObject({ kind: 'alone', isOver: true });
  });

  describe('and that the family believes to be theirs alone', () => {
    const familyAlone = {};
    const dayMs = 24 * hour;
    const due = (alert: Partial<Alert>, nowMs: number) =>
      dueOf(anAlert({ ...inLosAngeles, ...alert }), usualMinding, nowMs);

    it('is told to them so beside what officers hear, also once those have closed it', () => {
      const closed = { state: 'closed', familyAlone } as const;
      expect(nextMindingAt(anAlert({ ...inLosAngeles, ...closed }), usualMinding)).toBe(raisedAtMs + dayMs);
      expect(due(closed, raisedAtMs + dayMs - 1)).toBeUndefined();
      expect(due(closed, raisedAtMs + dayMs)).toEqual({
        kind: 'family-alone',
        isOver: false,
        throughMs: raisedAtMs + dayMs,
      });
      expect(due(closed, raisedAtMs + 7 * dayMs)).toMatchObject({ isOver: true });
      const told = { state: 'closed', familyAlone: { toldUntil: new Date(raisedAtMs + dayMs).toISOString() } } as const;
      expect(nextMindingAt(anAlert({ ...inLosAngeles, ...told }), usualMinding)).toBe(raisedAtMs + 3 * dayMs);
      expect(minutesOf('offices', { familyAlone }, hour)).toEqual([5, 15, 30, 60]);
    });

    it.each<[string, Partial<Alert>]>([
      ['closed as they see it', { familyAlone: { closedAt: inLosAngeles.raisedAt } }],
      ['a drill', { drill: true }],
      ['one more press', { joined: { headAlertId: 'head' } }],
      ['cancelled', { deviceView: { state: 'closed', status: '{}', until: '2026-12-22T20:00:00.000Z' } }],
      ['cancelled under duress', { duress: true }],
    ])('is told to them no more once it is %s', (_, change) => {
      expect(due({ state: 'closed', familyAlone, ...change }, raisedAtMs + 3 * dayMs)).toBeUndefined();
    });
  });

  it('goes on in secret when the person was forced to cancel', () => {
    expect(minutesOf('offices', { duress: true }, hour)).toEqual([5, 15, 30, 60]);
  });
});

describe('a case that is untaken again', () => {
  it('is told in the rhythm of a press, from then on', () => {
    const since = { untakenSince: new Date(raisedAtMs + 100 * minute).toISOString() };
    const mindedUntil = new Date(raisedAtMs + 60 * minute).toISOString();
    const anew = { ...since, mindedUntil };
    expect(minutesOf('offices', anew, 4 * hour)).toEqual([105, 115, 130, 160]);
    expect(minutesOf('next-office', anew, 4 * hour)).toEqual([105]);
    expect(minutesOf('ministry', anew, 4 * hour)).toEqual([115]);
    expect(minutesOf('family', anew, 4 * hour)).toEqual([115, 220]);
  });
});

describe('a case that was handed over', () => {
  const handOver = {
    to: { id: 'el-paso', distanceMeters: 9, basis: 'great-circle' },
    at: new Date(raisedAtMs + 3 * minute).toISOString(),
  } as const;

  it.each(['raised', 'acknowledged', 'located'] as const)(
    'while %s has no clock but that of the hand-over',
    (state) => {
      const found: [number, string][] = [];
      let current = anAlert({ ...inLosAngeles, state, handOver });
      for (let at = nextMindingAt(current, usualMinding); at !== undefined && found.length < 3;) {
        const due = dueOf(current, usualMinding, at);
        if (due?.kind !== 'hand-over') throw new Error('it is its clock');
        found.push([(at - raisedAtMs) / minute - 3, due.step]);
        const told = { ...handOver, mindedUntil: new Date(at).toISOString() };
        current = anAlert({ ...inLosAngeles, state, handOver: told });
        at = nextMindingAt(current, usualMinding);
      }
      expect(found).toEqual([
        [5, 'offices'],
        [15, 'ministry'],
        [30, 'owned'],
      ]);
    },
  );

  it('and taken back goes on by the clock of the press, and misses no step of it', () => {
    const back = anAlert({ ...inLosAngeles, state: 'raised' });
    expect(nextMindingAt(back, usualMinding)).toBe(raisedAtMs + 5 * minute);
  });
});

describe('a case that was seen in a list', () => {
  it('lapses 30 minutes later, whatever others wrote', () => {
    const acknowledgedAt = new Date(raisedAtMs + 10 * minute).toISOString();
    const lastEntryAt = new Date(raisedAtMs + 30 * minute).toISOString();
    const seen = anAlert({ ...inLosAngeles, state: 'acknowledged', seenOnly: true, acknowledgedAt, lastEntryAt });
    expect(nextMindingAt(seen, usualMinding)).toBe(raisedAtMs + 40 * minute);
    expect(dueOf(seen, usualMinding, raisedAtMs + 40 * minute)).toMatchObject({ kind: 'lapsed' });
    expect(dueOf(seen, usualMinding, raisedAtMs + 40 * minute - 1)).toBeUndefined();
  });
});

describe('a case that was taken', () => {
  it.each([
    ['acknowledged', 60],
    ['locating', 480],
    ['located', 1440],
    ['in-contact', 1440],
    ['transferred', 1440],
  ] as const)(
    'is told to its office when nothing was written for longer than %s allows, %i minutes',
    (state, allowed) => {
      const acknowledgedAt = new Date(raisedAtMs + 10 * minute).toISOString();
      expect(steps({ state, acknowledgedAt }, (2 * allowed + 10) * minute)).toEqual([
        [allowed + 10, ['office']],
        [2 * allowed + 10, ['everybody']],
      ]);
    },
  );

  it('is told to everybody after as long again, and then daily', () => {
    const acknowledgedAt = inLosAngeles.raisedAt;
    expect(minutesOf('everybody', { state: 'acknowledged', acknowledgedAt }, 3 * 24 * hour)).toEqual([
      120,
      120 + 24 * 60,
      120 + 48 * 60,
    ]);
  });

  it('counts from the last entry of an officer', () => {
    const lastEntryAt = new Date(raisedAtMs + 50 * minute).toISOString();
    expect(steps({ state: 'acknowledged', lastEntryAt }, 2 * hour)).toEqual([[110, ['office']]]);
  });

  it('is told of again after an entry, however often it was told before', () => {
    const mindedUntil = new Date(raisedAtMs + 60 * minute).toISOString();
    const lastEntryAt = new Date(raisedAtMs + 70 * minute).toISOString();
    expect(steps({ state: 'acknowledged', mindedUntil, lastEntryAt }, 3 * hour)).toEqual([[130, ['office']]]);
  });
});
