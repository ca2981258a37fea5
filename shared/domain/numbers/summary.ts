import type { CaseNumbers } from './case-numbers.ts';
import { dayMs } from '../limits.ts';
import type { Disposition } from '../vocabulary.ts';

/** Half of the times are at most `median`, nine in ten at most `ninetieth`; `null` without any. Seconds. */
export type Spread = { readonly median: number | null; readonly ninetieth: number | null };

export type DayRow = {
  readonly office: string;
  readonly day: string;
  readonly pressed: number;
  /** By an officer of any office; `takenHere`: of this one. */
  readonly taken: number;
  readonly takenHere: number;
  readonly untaken: number;
  readonly closedUntaken: number;
  readonly untilTaken: Spread;
  readonly untilRepresentative: Spread;
  /** Of those of which somebody of a roster was asked. */
  readonly untilOffered: Spread;
  readonly untilAccepted: Spread;
  readonly untilContacted: Spread;
  /** How often somebody who was asked did not answer in time. */
  readonly unansweredOffers: number;
  readonly dispositions: Readonly<Partial<Record<Disposition, number>>>;
};

export type Speed = {
  readonly pressed: number;
  readonly within5: number;
  readonly within15: number;
  readonly within60: number;
  readonly taken: number;
  readonly untaken: number;
  readonly closedUntaken: number;
};

/** By nearest rank: a time that somebody waited, never one in between. */
const rank = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;

const spreadOf = (times: readonly (number | undefined)[]): Spread => {
  const sorted = times.filter((time) => time !== undefined).sort((a, b) => a - b);
  return { median: rank(sorted, 0.5), ninetieth: rank(sorted, 0.9) };
};

const isTaken = ({ takenAfter }: CaseNumbers): boolean => takenAfter !== undefined;
const count = (cases: readonly CaseNumbers[], such: (one: CaseNumbers) => boolean): number => cases.filter(such).length;

const dispositionsOf = (cases: readonly CaseNumbers[]): DayRow['dispositions'] => {
  const counted: Partial<Record<Disposition, number>> = {};
  for (const { disposition } of cases) if (disposition) counted[disposition] = (counted[disposition] ?? 0) + 1;
  return counted;
};

const rowOf = (office: string, day: string, cases: readonly CaseNumbers[]): DayRow => ({
  office,
  day,
  pressed: cases.length,
  taken: count(cases, isTaken),
  takenHere: count(cases, ({ takenBy }) => takenBy === office),
  untaken: count(cases, (one) => !isTaken(one) && !one.isClosed),
  closedUntaken: count(cases, (one) => !isTaken(one) && one.isClosed),
  untilTaken: spreadOf(cases.map(({ takenAfter }) => takenAfter)),
  untilRepresentative: spreadOf(cases.map(({ representativeAfter }) => representativeAfter)),
  untilOffered: spreadOf(cases.map(({ offeredAfter }) => offeredAfter)),
  untilAccepted: spreadOf(cases.map(({ acceptedAfter }) => acceptedAfter)),
  untilContacted: spreadOf(cases.map(({ contactedAfter }) => contactedAfter)),
  unansweredOffers: cases.reduce((sum, { unanswered = 0 }) => sum + unanswered, 0),
  dispositions: dispositionsOf(cases),
});

/** From a day to a day, inclusive, as in 2026-11-28. */
export type Range = { readonly since: string; readonly until: string };

/**
 * Rows of an office, newest day first; of the ministry those of all offices, its own first each day: every case of which
 * any office heard is among the ministry's.
 */
export const dayRows = (all: readonly CaseNumbers[], viewer: string, { since, until }: Range): readonly DayRow[] => {
  const groups = new Map<string, CaseNumbers[]>();
  for (const one of all) {
    for (const [office, day] of Object.entries(one.days)) {
      if ((viewer !== 'ministry' && office !== viewer) || day < since || day > until) continue;
      const key = `${day} ${office}`;
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
  }
  const rows = [...groups].map(([key, cases]) => rowOf(key.slice(11), key.slice(0, 10), cases));
  const place = ({ office }: DayRow): string => (office === 'ministry' ? '' : office);
  return rows.sort((a, b) => b.day.localeCompare(a.day) || place(a).localeCompare(place(b)));
};

export const speedOf = (all: readonly CaseNumbers[], viewer: string, { since, until }: Range): Speed => {
  const cases = all.filter(({ days }) => {
    const day = days[viewer];
    return day !== undefined && day >= since && day <= until;
  });
  const within = (minutes: number): number => count(cases, ({ takenAfter = Infinity }) => takenAfter <= minutes * 60);
  const { taken, untaken, closedUntaken } = rowOf(viewer, since, cases);
  return {
    pressed: cases.length,
    within5: within(5),
    within15: within(15),
    within60: within(60),
    taken,
    untaken,
    closedUntaken,
  };
};

/** The months of UTC in which a press can lie that is on one of these days by any clock. */
export const monthsOf = ({ since, until }: Range): readonly string[] => {
  const months = new Set<string>();
  for (let at = Date.parse(since) - dayMs; at <= Date.parse(until) + dayMs; at += dayMs) {
    months.add(new Date(at).toISOString().slice(0, 7));
  }
  return [...months];
};
