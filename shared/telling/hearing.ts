import type { Alert } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { Hearing, ToldDay, ToldToday, ToldTodayStore } from '../domain/case/told-today.ts';
import { heardAgain, heardOf } from '../domain/case/told-today.ts';
import { type Clock, utcDay } from '../domain/clock.ts';
import { untilItHolds } from '../domain/hold-still.ts';
import { casesToldPerDay, pressedAgainToldPerDay, toldToTrustedPerDay } from '../domain/limits.ts';

export type ToldTodayDeps = { readonly toldToday: ToldTodayStore; readonly now: Clock };

/** What cannot be read or written keeps nobody from hearing. Never rejects. */
const decide = async <Decided extends { readonly after?: ToldToday }>(
  { toldToday }: ToldTodayDeps,
  day: ToldDay,
  decideOn: (before: ToldToday | undefined) => Decided,
  known?: ToldToday,
): Promise<Decided | undefined> => {
  const read = async () => ({ before: await toldToday.read(day) });
  try {
    const held = await untilItHolds<Awaited<ReturnType<typeof read>>, Decided>(
      known ? { before: known } : await read(),
      read,
      async ({ before }) => {
        const decided = decideOn(before);
        if (!decided.after) return decided;
        return (await toldToday.write(day, before, decided.after)) === 'conflict' ? 'conflict' : decided;
      },
    );
    return held.kind === 'settled' ? held.result : undefined;
  } catch {
    return undefined;
  }
};

/** By which PIN a case was cancelled is not to be told from this (G7). */
const isOver = ({ deviceView, state }: Alert): boolean => deviceView !== undefined || state === 'closed';

const hearingOfCase = async (
  deps: ToldTodayDeps,
  alert: Alert,
  takesTurn: boolean,
  known?: ToldToday,
): Promise<Hearing> => {
  const { familyId, alertId, raisedAt, drill } = alert;
  // Drills have a number of their own, and are refused beyond it.
  if (drill) return 'full';
  const asked = { id: alertId, at: raisedAt, isOver: isOver(alert), takesTurn };
  const day = { familyId, audience: 'family', day: utcDay(new Date(raisedAt)) } as const;
  const decideOn = (before: ToldToday | undefined) =>
    heardOf(before, asked, { now: deps.now(), most: casesToldPerDay });
  const decided = await decide(deps, day, decideOn, known);
  return decided?.hearing ?? 'full';
};

/** How a family hears of the press that began a case. @param known what it has heard of the day, if that was read before */
export const hearingOfPress = async (deps: ToldTodayDeps, alert: Alert, known?: ToldToday): Promise<Hearing> =>
  hearingOfCase(deps, alert, true, known);

/** People who attend to a case: no phone of the person can have them do it without end. */
const isDoneForPerson = ({ by }: CaseEvent): boolean => by.kind === 'officer' || by.kind === 'representative';

/**
 * Whether a family hears of what happened to a case since: what officers and representatives do, and of the day's first
 * cases all else.
 */
export const hearsOfEvent = async (deps: ToldTodayDeps, alert: Alert, event: CaseEvent): Promise<boolean> => {
  if (isDoneForPerson(event)) return true;
  const hearing = await hearingOfCase(deps, alert, false);
  // Who heard that it began has to hear that the person took it back.
  if (hearing !== 'full') return hearing === 'in-turn' && event.type === 'alert.cancelled.v1';
  if (event.type !== 'alert.pressed-again.v1') return true;
  const { familyId, eventId, at } = event;
  const day = { familyId, audience: 'family', day: utcDay(new Date(at)) } as const;
  const decided = await decide(deps, day, (before) => heardAgain(before, eventId, pressedAgainToldPerDay));
  return decided?.hears ?? true;
};

/** How the trusted contact hears of a press or an event. @param told.event absent: of the press */
export const hearingOfTrusted = async (
  deps: ToldTodayDeps,
  { alert, event }: { readonly alert: Alert; readonly event?: CaseEvent },
): Promise<Hearing> => {
  if (event && isDoneForPerson(event)) return 'full';
  const { familyId, alertId, raisedAt } = alert;
  const at = event?.at ?? raisedAt;
  const id = event ? `${alertId}.${event.eventId}` : alertId;
  const day = { familyId, audience: 'trusted', day: utcDay(new Date(at)) } as const;
  const decided = await decide(deps, day, (before) =>
    heardOf(before, { id, at, isOver: false, takesTurn: true }, { now: deps.now(), most: toldToTrustedPerDay }),
  );
  return decided?.hearing ?? 'full';
};
