import type { Deliveries } from '../domain/case/deliveries.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/case.ts';
import { mindCase } from '../domain/case/mind-case.ts';
import { type MindingSettings, nextMindingAt } from '../domain/case/minding.ts';
import type { Clock } from '../domain/clock.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { allEnded } from '../domain/in-parallel.ts';
import { nextOfferAt } from '../domain/representatives/ask.ts';
import { nextRetryAt } from '../domain/retry.ts';
import { askAgain, askingOnce } from './ask-again.ts';
import type { OfficeChannel } from './channel.ts';
import { isSettled } from './deliver.ts';
import type { DigestStore } from './digest-store.ts';
import { type DigestHappening, tellDigests } from './digests.ts';
import type { FamilyChangeDeps } from './family-changes.ts';
import { type Announced, type StoredEvent, startOf } from './stored-event.ts';
import { type FollowCaseDeps, followCase } from './follow-case.ts';
import { type TellOfficialsDeps, type Told, tellFamily, tellOffices } from './tell.ts';
import { tellMinded } from './tell-minded.ts';
import { type WatchCheckInDeps, watchCheckIn } from './watch-check-in.ts';

/** An event whose time has come, and since when, epoch milliseconds, as the list of them has it. */
export type DueEvent = EventRef & { readonly dueAtMs: number };

/** The watchman's view of the table. */
export type DueStore = {
  /** What is due, oldest first; reads nothing that is not, and little more than is taken from it. */
  due(now: Date): AsyncIterable<DueEvent>;
  /** @returns `undefined` when it is gone or past its expiry. Strongly consistent. */
  read(ref: EventRef): Promise<StoredEvent | undefined>;
  /** Sets the next time, or none, unless another watchman has moved it since `fromMs`. @returns whether it was set */
  reschedule(ref: EventRef, fromMs: number | undefined, toMs: number | undefined): Promise<boolean>;
};

export type WatchDeps = WatchCheckInDeps &
  FollowCaseDeps & {
    readonly due: DueStore;
    readonly digests: DigestStore;
    readonly now: Clock;
    readonly minding: MindingSettings;
    readonly cases: CaseStore;
    readonly family: FamilyChangeDeps;
    readonly offices: TellOfficialsDeps;
  };

/** What happened in a round, as it happens. */
export type Happening =
  | DigestHappening
  /** `late`: what the stream was to tell, and has left. */
  | ({ readonly kind: 'told'; readonly ref: EventRef; readonly late?: Announced } & Told)
  /** People were told that the case waits for them. */
  | { readonly kind: 'minded'; readonly ref: EventRef; readonly event: CaseEvent }
  | { readonly kind: 'missed'; readonly ref: EventRef; readonly alertId: string }
  /** It is due as before. */
  | { readonly kind: 'failed'; readonly ref: EventRef; readonly cause: unknown }
  /** The last of each round. `unfinished`: time was over before the list was. */
  | { readonly kind: 'ended'; readonly looked: number; readonly failed: number; readonly unfinished: boolean };

/** One round: what happened, to be yielded, and what was found due and is not told yet. */
type Round = {
  readonly happened: Happening[];
  readonly minded: CaseEvent[];
  /** Whom a message to an office reaches, asked once a round. */
  readonly reachOf: OfficeChannel['reach'];
};

/** After so long a round tells people of what it has found by then. */
const tellPeopleAfterMs = 5_000;

const somePending = (deliveries: Deliveries): boolean =>
  Object.values(deliveries).some((delivery) => delivery?.status === 'pending');

const isPending = (stored: Announced): boolean => {
  switch (stored.kind) {
    case 'registration':
      return somePending(stored.deliveries);
    case 'alert':
      // One more press of a case has nothing to be told, but a position that counts for the case.
      return stored.alert.joined !== undefined || somePending(stored.alert.deliveries);
    case 'event':
      return somePending(stored.event.deliveries);
    case 'addition':
    case 'family-event':
      return true;
  }
};

/** Both at once: neither waits for the other (G4). */
const tell = async ({ family, offices }: WatchDeps, stored: Announced): Promise<Told> => {
  const [results, others] = await allEnded([tellFamily(family, stored), tellOffices(offices, stored)]);
  return { ...others, results: [...results, ...others.results] };
};

/**
 * Takes the step that is due, if one is, on the case as it is by now: somebody else may have taken it, or an officer the
 * case. @returns when the next one will be, epoch milliseconds
 */
const mindIfDue = async (
  deps: WatchDeps,
  stored: StoredEvent | undefined,
  round: Round,
): Promise<number | undefined> => {
  if (stored?.kind !== 'alert') return undefined;
  const { familyId, alertId } = stored.alert;
  const at = nextMindingAt(stored.alert, deps.minding);
  // Where the home decides, its clock does too, and the home is not on the alert.
  const isOfHome = stored.alert.raisedTo?.basis === 'home';
  if (at === undefined || (at > deps.now().getTime() && !isOfHome)) return at;
  const { cases, minding } = deps;
  const { nextAtMs, events = [] } = await mindCase({ ...deps.offices, cases, minding }, stored.alert);
  for (const event of events) {
    round.happened.push({ kind: 'minded', ref: { familyId, alertId }, event });
    round.minded.push(event);
  }
  return nextAtMs;
};

const clockChanges: ReadonlySet<CaseEvent['type']> = new Set([
  'alert.hand-over-ended.v1',
  'alert.located.v1',
  'alert.pressed-again.v1',
  'alert.cancelled-under-duress.v1',
  'representative.waiting.v1',
  'representative.offered.v1',
  'representative.unanswered.v1',
]);

/**
 * Whether the case may have to be looked at sooner than it was to be: people's writes set no time themselves. Each entry
 * of an officer begins their time anew, also in a case that is told to everybody once a day by then.
 */
const changesTheClock = ({ by, type }: CaseEvent): boolean => by.kind === 'officer' || clockChanges.has(type);

const earliest = (...times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

/**
 * A case that was closed has left the list, or comes back only to send again. If officers open it again, or the person
 * was forced to cancel it, its clock counts as before; one that was taken has another clock than before.
 */
const watchAgain = async (deps: WatchDeps, stored: Announced, round: Round): Promise<void> => {
  if (stored.kind !== 'event' || !changesTheClock(stored.event)) return;
  const ref = { familyId: stored.event.familyId, alertId: stored.event.alertId };
  const found = await deps.due.read(ref);
  const at =
    found?.kind === 'alert' ? earliest(nextMindingAt(found.alert, deps.minding), nextOfferAt(found.alert)) : undefined;
  // What is due by now is in this round already.
  if (!found || at === undefined || (found.dueAtMs ?? Infinity) <= Math.max(at, deps.now().getTime())) return;
  // Two such events may be due at once: one of them sets the time, and takes the step that has been missed.
  if (await deps.due.reschedule(ref, found.dueAtMs, at)) await watchOne(deps, ref, round);
};

/** Asks the next representative, and counts. @returns when to look again for one, of the case itself */
const follow = async (deps: WatchDeps, stored: Announced, round: Round): Promise<number | undefined> => {
  if (stored.kind !== 'alert' && stored.kind !== 'event') return undefined;
  const { familyId, alertId, drill } = stored.kind === 'alert' ? stored.alert : stored.event;
  if (drill) return undefined;
  const ref = { familyId, alertId };
  const { events, nextAtMs } = await followCase(deps, ref, stored.kind === 'event' ? stored.event : undefined);
  // The stream tells them: nothing else is due to a representative in the same moment.
  for (const event of events) round.happened.push({ kind: 'minded', ref, event });
  return stored.kind === 'alert' ? nextAtMs : undefined;
};

/** What is to be told of it, with offices of a press that it was believed to have reached. */
const toTell = async (
  { offices }: WatchDeps,
  found: Announced,
  { reachOf }: Round,
): Promise<{ readonly stored: Announced; readonly isUnknown: boolean }> => {
  if (found.kind !== 'alert') return { stored: found, isUnknown: false };
  const { alert, isUnknown } = await askAgain(offices, found.alert, reachOf);
  return { stored: { ...found, alert }, isUnknown };
};

/** @returns when to look again, epoch milliseconds; `undefined`: never */
const lookAt = async (deps: WatchDeps, ref: EventRef, found: Announced, round: Round): Promise<number | undefined> => {
  const { stored, isUnknown } = await toTell(deps, found, round);
  const told: Told = isPending(stored) ? await tell(deps, stored) : { results: [] };
  round.happened.push({ kind: 'told', ref, ...(isPending(found) && { late: stored }), ...told });
  await watchAgain(deps, stored, round);
  // Telling a press decides which office has it: what that makes due is done in the same round, as it is where a signal
  // has the case looked at again (G7).
  const nextMinding = await mindIfDue(
    deps,
    isPending(stored) && stored.kind === 'alert' ? await deps.due.read(ref) : stored,
    round,
  );
  const nextOffer = await follow(deps, stored, round);
  const isDone = isSettled(told.results) && !isUnknown;
  const nextRetry = isDone ? undefined : nextRetryAt(startOf(stored), deps.now());
  return earliest(nextRetry, nextMinding, nextOffer);
};

const watchOne = async (deps: WatchDeps, ref: EventRef, round: Round, listedMs?: number): Promise<void> => {
  const stored = await deps.due.read(ref);
  // What has expired leaves the list, or would be found again each minute until DynamoDB deletes it, days later.
  if (!stored && listedMs !== undefined) await deps.due.reschedule(ref, listedMs, undefined);
  if (stored?.dueAtMs === undefined || stored.dueAtMs > deps.now().getTime()) return;
  if (stored.kind !== 'check-in') {
    await deps.due.reschedule(ref, stored.dueAtMs, await lookAt(deps, ref, stored, round));
    return;
  }
  const look = await watchCheckIn(deps, stored.checkIn);
  if (look.kind === 'missed') {
    round.happened.push({ kind: 'missed', ref, alertId: look.alertId });
    return;
  }
  round.happened.push({ kind: 'told', ref, results: look.results });
  await deps.due.reschedule(ref, stored.dueAtMs, look.nextAtMs);
};

/**
 * A fault leaves an event due, behind what became due before: what fails each time must not keep its place at the head
 * of a line that no round comes to the end of.
 */
const toTheBack = async (deps: WatchDeps, { dueAtMs, ...ref }: DueEvent): Promise<void> => {
  try {
    await deps.due.reschedule(ref, dueAtMs, deps.now().getTime());
  } catch {
    // The table does not answer: it is due as it was.
  }
};

/**
 * One round of the watchman: sends digests and what is pending again, tells people of cases that wait for them, minds
 * check-ins, and looks again later at what stays open. A fault of one event does not keep the round from the others (G2, G4).
 *
 * @param options.budgetMs so long new work is begun; the rest stays due, and is the next round's, the oldest first
 */
export async function* watch(
  deps: WatchDeps,
  options: { readonly concurrency: number; readonly budgetMs: number },
): AsyncGenerator<Happening, void> {
  const until = deps.now().getTime() + options.budgetMs;
  const round: Round = { happened: [], minded: [], reachOf: askingOnce(deps.offices) };
  const { happened, minded } = round;
  const running = new Set<Promise<void>>();
  let [looked, failed, unfinished] = [0, 0, false];
  let digestFault: { readonly cause: unknown } | undefined;
  // Digests last: what is due to one office is one message.
  const tellPeople = async (): Promise<void> => {
    happened.push(...(await tellMinded(deps, minded.splice(0))));
    try {
      happened.push(...(await tellDigests(deps)));
    } catch (cause) {
      digestFault = { cause };
    }
  };
  // People wait for them, however much there is to be sent again.
  let early: Promise<void> | undefined;
  const timer = setTimeout(() => {
    early = tellPeople();
  }, tellPeopleAfterMs);
  try {
    for await (const event of deps.due.due(deps.now())) {
      const { dueAtMs, ...ref } = event;
      unfinished = deps.now().getTime() > until;
      if (unfinished) break;
      looked += 1;
      const one: Promise<void> = watchOne(deps, ref, round, dueAtMs)
        .catch(async (cause: unknown) => {
          failed += 1;
          happened.push({ kind: 'failed', ref, cause });
          await toTheBack(deps, event);
        })
        .finally(() => running.delete(one));
      running.add(one);
      if (running.size >= options.concurrency) await Promise.race(running);
      yield* happened.splice(0);
    }
  } finally {
    // Lambda freezes what is under way when the round ends or fails, and it would be told again after its lease.
    clearTimeout(timer);
    await Promise.all([...running, early]);
    await tellPeople();
    yield* happened.splice(0);
  }
  yield { kind: 'ended', looked, failed, unfinished };
  if (digestFault) throw digestFault.cause;
}
