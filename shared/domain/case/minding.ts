import type { Alert } from './alert.ts';
import { isUntaken } from './alert.ts';
import { drillEndsAt } from './end-drill.ts';
import { defined } from '../defined.ts';
import type { Family } from '../family/family.ts';
import { localFormats } from '../local-formats.ts';
import type { Position } from '../position.ts';
import type { AlertState } from '../vocabulary.ts';
import {
  aloneUntilMs,
  dayMs,
  familyMorningHour,
  handOverMinistryAfterMs,
  handOverOwnedAfterMs,
  seenLapsesAfterMs,
  tellAgainAfterMs,
  tellAloneAfterMs,
  tellAgainDailyAfterMs,
  tellAgainEveryMs,
  tellFamilyAgainAfterMs,
  tellFamilyUntilMs,
} from '../limits.ts';

/** How long a case may wait for people. Milliseconds. */
export type MindingSettings = {
  /** Until the next-nearest office is told of a case that nobody took. */
  readonly nextOfficeMs: number;
  /** From then until the ministry owns it. */
  readonly ministryMs: number;
  /** How long a case that was taken may be without an officer's entry, by its state. */
  readonly attentionMs: (state: AlertState) => number;
  /** How long a closed case is kept. */
  readonly retentionMs: number;
  /** IANA zone of the place of a case: mornings are those of the place. */
  readonly timeZoneOf: (alert: Alert, home?: Position) => string;
};

/** The same where the family has been read: a press without a place has the mornings of its home. */
export const withHome = (settings: MindingSettings, { person: { homePosition } }: Family): MindingSettings => ({
  ...settings,
  timeZoneOf: (alert) => settings.timeZoneOf(alert, homePosition),
});

/** What is due of a case that nobody has taken. */
export type Duty = 'offices' | 'next-office' | 'ministry' | 'family';

/** Who hears that a case is not attended to: the office that has it, or after as long again everybody. */
export type Neglect = 'office' | 'everybody';

/** Of a hand-over that waits: both offices hear again, the ministry with them, or it owns the case. */
export type HandOverStep = 'offices' | 'ministry' | 'owned';

/** What is due of a case now, and the instant through which it is then done. */
export type Due =
  | { readonly kind: 'untaken'; readonly duties: ReadonlySet<Duty>; readonly throughMs: number }
  | { readonly kind: 'unattended'; readonly tell: Neglect; readonly sinceMs: number; readonly throughMs: number }
  /** Nobody at the receiver of a hand-over has acted: who hears, or that the ministry has the case. */
  | { readonly kind: 'hand-over'; readonly step: HandOverStep; readonly throughMs: number }
  /** No office may know of it: the family hears again, or it is over. */
  | { readonly kind: 'alone'; readonly isOver: boolean; readonly throughMs: number }
  /** The same of one that phone and family believe to be so, whatever offices do. */
  | { readonly kind: 'family-alone'; readonly isOver: boolean; readonly throughMs: number }
  /** Whoever saw the case in a list with others did nothing about it. */
  | { readonly kind: 'lapsed'; readonly seenMs: number; readonly throughMs: number };

/** The first time after a given one; `undefined`: never again. Epoch milliseconds. */
type Times = (afterMs: number) => number | undefined;

const once =
  (atMs: number): Times =>
  (afterMs) =>
    atMs > afterMs ? atMs : undefined;

const earliest = (times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

const anyOf =
  (all: readonly Times[]): Times =>
  (afterMs) =>
    earliest(all.map((times) => times(afterMs)));

const every =
  (firstMs: number, stepMs: number, untilMs: number): Times =>
  (afterMs) => {
    const steps = Math.max(0, Math.floor((afterMs - firstMs) / stepMs) + 1);
    const atMs = firstMs + steps * stepMs;
    return atMs <= untilMs ? atMs : undefined;
  };

/** The rhythm in which an office is told again of a case that waits since then. */
const toldAgain = (sinceMs: number): Times => {
  const [lastEarly = 0] = tellAgainAfterMs.slice(-1);
  const dailyMs = sinceMs + tellAgainDailyAfterMs;
  return anyOf([
    ...tellAgainAfterMs.map((afterMs) => once(sinceMs + afterMs)),
    every(sinceMs + lastEarly + tellAgainEveryMs, tellAgainEveryMs, dailyMs),
    every(dailyMs, dayMs, Infinity),
  ]);
};

const hourFormat = localFormats('en-US', { hour: 'numeric', hourCycle: 'h23' });

const hourIn = (atMs: number, timeZone: string): number => Number(hourFormat(timeZone).format(atMs));

/** Each full hour at which the clocks of the place show the morning's. Zones with half hours lie outside the USA. */
const mornings =
  (timeZone: string, untilMs: number): Times =>
  (afterMs) => {
    const hourMs = 60 * 60 * 1000;
    let atMs = Math.floor(afterMs / hourMs) * hourMs;
    do atMs += hourMs;
    while (atMs <= untilMs && hourIn(atMs, timeZone) !== familyMorningHour);
    return atMs <= untilMs ? atMs : undefined;
  };

/**
 * What a case waits for. Nothing: it is closed, a drill, or one more press, which waits with its case. Time alone: nobody
 * but the family was to be told.
 */
type Waiting = 'nothing' | 'time' | 'receiver' | 'taker' | 'own-entry' | 'next-entry';

const waitingFor = (alert: Alert): Waiting => {
  const { state, consularNotification, drill, joined, handOver, seenOnly } = alert;
  if (state === 'closed' || drill || joined !== undefined) return 'nothing';
  if (!consularNotification) return 'time';
  // Until the receiver acts no other clock runs: no third office is asked, and the family hears nothing of it.
  if (handOver) return 'receiver';
  if (isUntaken(alert)) return 'taker';
  return seenOnly === true ? 'own-entry' : 'next-entry';
};

/** Since when nobody has the case: since the press, since a further one, or since whoever saw it let it lie. */
const untakenSinceMs = ({ untakenSince, raisedAt }: Alert): number => Date.parse(untakenSince ?? raisedAt);

const notBefore =
  (fromMs: number, times: Times): Times =>
  (afterMs) =>
    times(Math.max(afterMs, fromMs));

const clocksOf = (alert: Alert, settings: MindingSettings): Readonly<Record<Duty, Times>> => {
  const sinceMs = untakenSinceMs(alert);
  const nextOfficeMs = sinceMs + settings.nextOfficeMs;
  const ministryMs = nextOfficeMs + settings.ministryMs;
  const familyAgainMs = tellFamilyAgainAfterMs.map((afterMs) => sinceMs + afterMs);
  return {
    offices: toldAgain(sinceMs),
    'next-office': once(nextOfficeMs),
    ministry: once(ministryMs),
    family: anyOf([
      once(ministryMs),
      ...familyAgainMs.map(once),
      notBefore(Math.max(...familyAgainMs), mornings(settings.timeZoneOf(alert), sinceMs + tellFamilyUntilMs)),
    ]),
  };
};

const duties = ['offices', 'next-office', 'ministry', 'family'] as const satisfies readonly Duty[];

const seenMsOf = ({ acknowledgedAt, raisedAt }: Alert): number => Date.parse(acknowledgedAt ?? raisedAt);

/** When a case that was taken is late, and when it is told to everybody; then daily. */
const neglectClock = (alert: Alert, settings: MindingSettings) => {
  const sinceMs = Date.parse(alert.lastEntryAt ?? alert.acknowledgedAt ?? alert.raisedAt);
  const allowedMs = settings.attentionMs(alert.state);
  const everybodyMs = sinceMs + 2 * allowedMs;
  return { sinceMs, everybodyMs, times: anyOf([once(sinceMs + allowedMs), every(everybodyMs, dayMs, Infinity)]) };
};

const doneMs = (alert: Alert, sinceMs: number): number =>
  Math.max(sinceMs, alert.mindedUntil === undefined ? 0 : Date.parse(alert.mindedUntil));

/** The clock of a hand-over; what was told of it by then. */
const handOverClock = ({ at, mindedUntil = at }: NonNullable<Alert['handOver']>) => {
  const askedMs = Date.parse(at);
  const done = Date.parse(mindedUntil);
  const ministryMs = askedMs + handOverMinistryAfterMs;
  const ownedMs = askedMs + handOverOwnedAfterMs;
  return { done, ministryMs, ownedMs, times: anyOf([toldAgain(askedMs), once(ministryMs), once(ownedMs)]) };
};

const nextOfHandOver = (handOver: NonNullable<Alert['handOver']>): number | undefined => {
  const { times, done } = handOverClock(handOver);
  return times(done);
};

const dueOfHandOver = (handOver: NonNullable<Alert['handOver']>, nowMs: number): Due => {
  const { done, ministryMs, ownedMs } = handOverClock(handOver);
  const isMinistrys = done < ministryMs && ministryMs <= nowMs;
  return {
    kind: 'hand-over',
    step: ownedMs <= nowMs ? 'owned' : isMinistrys ? 'ministry' : 'offices',
    throughMs: nowMs,
  };
};

/** Of a case that no office may know of: when the family hears again, and when it is over. */
const aloneClock = ({ raisedAt, mindedUntil }: Pick<Alert, 'raisedAt' | 'mindedUntil'>) => {
  const raisedMs = Date.parse(raisedAt);
  const overMs = raisedMs + aloneUntilMs;
  const times = anyOf([...tellAloneAfterMs.map((afterMs) => once(raisedMs + afterMs)), once(overMs)]);
  return { overMs, nextMs: times(mindedUntil === undefined ? raisedMs : Date.parse(mindedUntil)) };
};

/** The same of one that the family believes to be so, also when offices have closed it. A cancelled one is over for them. */
const familyAloneClock = ({ familyAlone, drill, joined, deviceView, duress, raisedAt }: Alert) => {
  if (!familyAlone || familyAlone.closedAt !== undefined || drill || joined || deviceView || duress) return undefined;
  const { toldUntil } = familyAlone;
  return aloneClock({ raisedAt, ...defined({ mindedUntil: toldUntil }) });
};

/** When the next thing is due of a case that nobody has, epoch milliseconds. */
const nextOfUntaken = (alert: Alert, settings: MindingSettings): number | undefined => {
  const done = doneMs(alert, untakenSinceMs(alert));
  const clocks = clocksOf(alert, settings);
  return earliest(duties.map((duty) => clocks[duty](done)));
};

const nextOfCase = (alert: Alert, settings: MindingSettings): number | undefined => {
  switch (waitingFor(alert)) {
    case 'nothing':
      return undefined;
    case 'time':
      return aloneClock(alert).nextMs;
    case 'receiver':
      return alert.handOver && nextOfHandOver(alert.handOver);
    case 'taker':
      return nextOfUntaken(alert, settings);
    case 'own-entry':
      return seenMsOf(alert) + seenLapsesAfterMs;
    case 'next-entry': {
      const { sinceMs, times } = neglectClock(alert, settings);
      return times(doneMs(alert, sinceMs));
    }
  }
};

/**
 * When somebody has to be told that a case waits, epoch milliseconds (G6); of a drill, when it ends. `undefined`: it is
 * closed.
 */
export const nextMindingAt = (alert: Alert, settings: MindingSettings): number | undefined =>
  alert.drill ? drillEndsAt(alert) : earliest([nextOfCase(alert, settings), familyAloneClock(alert)?.nextMs]);

/**
 * What is due of a case that nobody has. Only the next office is a step of its own: what is due after it waits for the
 * next round, or a case would pass over that office.
 */
const dueOfUntaken = (alert: Alert, settings: MindingSettings, nowMs: number): Due => {
  const done = doneMs(alert, untakenSinceMs(alert));
  const clocks = clocksOf(alert, settings);
  const nextOfficeMs = clocks['next-office'](done);
  const goesOn = nextOfficeMs !== undefined && nextOfficeMs <= nowMs && alert.consulate?.id !== 'ministry';
  const throughMs = goesOn && alert.consulate !== undefined ? nextOfficeMs : nowMs;
  const isDue = (duty: Duty): boolean => (clocks[duty](done) ?? Infinity) <= throughMs;
  return { kind: 'untaken', duties: new Set(duties.filter(isDue)), throughMs };
};

/**
 * What is due of a case now: everything since the last time, merged, so that each reader hears of it once however late
 * the round is.
 */
export const dueOf = (alert: Alert, settings: MindingSettings, nowMs: number): Due | undefined => {
  const alone = familyAloneClock(alert);
  if (alone?.nextMs !== undefined && alone.nextMs <= nowMs) {
    return { kind: 'family-alone', isOver: nowMs >= alone.overMs, throughMs: nowMs };
  }
  const nextMs = nextOfCase(alert, settings);
  if (nextMs === undefined || nextMs > nowMs) return undefined;
  switch (waitingFor(alert)) {
    case 'nothing':
      return undefined;
    case 'time':
      return { kind: 'alone', isOver: nowMs >= aloneClock(alert).overMs, throughMs: nowMs };
    case 'receiver':
      return alert.handOver && dueOfHandOver(alert.handOver, nowMs);
    case 'taker':
      return dueOfUntaken(alert, settings, nowMs);
    case 'own-entry':
      return { kind: 'lapsed', seenMs: seenMsOf(alert), throughMs: nowMs };
    case 'next-entry': {
      const { sinceMs, everybodyMs } = neglectClock(alert, settings);
      const tell = nowMs >= everybodyMs ? 'everybody' : 'office';
      return { kind: 'unattended', tell, sinceMs, throughMs: nowMs };
    }
  }
};
