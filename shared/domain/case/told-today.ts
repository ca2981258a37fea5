import * as v from 'valibot';
import { casesInTurnEveryMs } from '../limits.ts';
import type { ReadOnly } from '../read-only.ts';

export const toldTodaySchema = v.object({
  /** Grows by one with each change; each is conditional on it. */
  revision: v.number(),
  /** Ids of what people heard of as it came. */
  full: v.array(v.string()),
  /** Ids of what they heard of in turn, and when they last did, ISO 8601 UTC. */
  inTurn: v.array(v.string()),
  turnAt: v.exactOptional(v.string()),
  /** Ids of events that say that the person pressed again. */
  again: v.array(v.string()),
});

/** What people heard of a family on a day of UTC, so that no phone in wrong hands sends messages without end. */
export type ToldToday = ReadOnly<v.InferOutput<typeof toldTodaySchema>>;

/** Whom a count is of: each by itself, so that what officers and the trusted contact hear shows in nothing else (G7). */
type Audience = 'family' | 'trusted';

/** @param day of UTC, as in 2026-11-22 */
export type ToldDay = { readonly familyId: string; readonly audience: Audience; readonly day: string };

/** Keeps what people heard of a family on a day. */
export type ToldTodayStore = {
  /** Strongly consistent. */
  read(day: ToldDay): Promise<ToldToday | undefined>;
  /** Only if it is still `before`. */
  write(day: ToldDay, before: ToldToday | undefined, after: ToldToday): Promise<'applied' | 'conflict'>;
};

/**
 * `full`: told as it comes, with all that follows. `in-turn`: told, and little that follows. `waits`: its turn is to come.
 * `merged`: never told by itself, as it is over, or people heard of another when it had waited for a whole turn.
 */
export type Hearing = 'full' | 'in-turn' | 'waits' | 'merged';

export type Heard = { readonly hearing: Hearing; readonly after?: ToldToday };

const nothing: ToldToday = { revision: 0, full: [], inTurn: [], again: [] };

export const changed = (before: ToldToday = nothing, change: Partial<ToldToday> = {}): ToldToday => ({
  ...before,
  ...change,
  revision: before.revision + 1,
});

/**
 * How people hear of one thing more. The first of a day are told as they come. Then one is told in so long, and stands for
 * all that have waited as long: nobody reads the fortieth message, and each costs everybody's SMS.
 *
 * @param asked.isOver the person took it back before anybody heard of it
 * @param asked.takesTurn whether it may have the turn now, or only asks what was decided
 */
export const heardOf = (
  before: ToldToday = nothing,
  asked: { readonly id: string; readonly at: string; readonly isOver: boolean; readonly takesTurn: boolean },
  { now, most }: { readonly now: Date; readonly most: number },
): Heard => {
  const { id, at, isOver, takesTurn } = asked;
  if (before.full.includes(id)) return { hearing: 'full' };
  if (before.full.length < most) return { hearing: 'full', after: changed(before, { full: [...before.full, id] }) };
  if (before.inTurn.includes(id)) return { hearing: 'in-turn' };
  const turnMs = before.turnAt === undefined ? -Infinity : Date.parse(before.turnAt);
  if (isOver || turnMs - Date.parse(at) >= casesInTurnEveryMs) return { hearing: 'merged' };
  const isTurn = now.getTime() - turnMs >= casesInTurnEveryMs;
  if (!takesTurn || !isTurn) return { hearing: 'waits' };
  return {
    hearing: 'in-turn',
    after: changed(before, { inTurn: [...before.inTurn, id], turnAt: now.toISOString() }),
  };
};

/** Whether people hear that the person pressed again: so often a day. */
export const heardAgain = (
  before: ToldToday = nothing,
  eventId: string,
  most: number,
): { readonly hears: boolean; readonly after?: ToldToday } => {
  if (before.again.includes(eventId)) return { hears: true };
  if (before.again.length >= most) return { hears: false };
  return { hears: true, after: changed(before, { again: [...before.again, eventId] }) };
};
