import type { Alert, Deliveries } from '../domain/case/alert.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { Clock } from '../domain/clock.ts';
import type { EventRef } from '../domain/event-ref.ts';
import type { DeliveryResult } from './deliver.ts';
import type { StoredEvent } from './stored-event.ts';
import type { Family } from '../domain/family/family.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';
import type { EscalationDelays } from '../domain/case/escalate.ts';
import { nextEscalationAt } from '../domain/case/escalate.ts';
import { nextRetryAt } from '../domain/retry.ts';
import type { CheckInWatch } from './watch-check-in.ts';
import { watchCheckIn } from './watch-check-in.ts';

/** What is told of until everybody heard it; a check-in has rules of its own. */
type Announced = Exclude<StoredEvent, { readonly kind: 'check-in' }>;

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

export type WatchDeps = {
  readonly due: DueStore;
  readonly now: Clock;
  readonly welcome: (family: Family) => Promise<DeliveryResult[]>;
  readonly announceAlert: (alert: Alert) => Promise<DeliveryResult[]>;
  readonly announceEvent: (event: CaseEvent) => Promise<DeliveryResult[]>;
  /** Also of one that was told, as long as it is due. */
  readonly announceFamilyEvent: (event: FamilyEvent) => Promise<DeliveryResult[]>;
  readonly delays: EscalationDelays;
  /**
   * Takes the step of silence that is due on the case as it is by now: somebody else may have taken it, or an officer
   * the case. @returns when the next one will be, epoch milliseconds
   */
  readonly escalate: (alert: Alert) => Promise<number | undefined>;
  readonly checkIns: CheckInWatch;
  readonly report: (ref: EventRef, results: readonly DeliveryResult[]) => void;
};

const startOf = (stored: Announced): Date => {
  switch (stored.kind) {
    case 'registration':
      return new Date(stored.family.registeredAt);
    case 'alert':
      return new Date(stored.alert.raisedAt);
    case 'event':
    case 'family-event':
      return new Date(stored.event.at);
  }
};

const somePending = (deliveries: Deliveries): boolean =>
  Object.values(deliveries).some((delivery) => delivery?.status === 'pending');

const isPending = (stored: Announced): boolean => {
  switch (stored.kind) {
    case 'registration':
      return stored.pending;
    case 'alert':
      return somePending(stored.alert.deliveries);
    case 'event':
      return somePending(stored.event.deliveries);
    case 'family-event':
      return true;
  }
};

const tell = async (deps: WatchDeps, stored: Announced): Promise<DeliveryResult[]> => {
  switch (stored.kind) {
    case 'registration':
      return deps.welcome(stored.family);
    case 'event':
      return deps.announceEvent(stored.event);
    case 'family-event':
      return deps.announceFamilyEvent(stored.event);
    case 'alert':
      return deps.announceAlert(stored.alert);
  }
};

/** Takes the step of silence that is due, if one is. @returns when the next one will be, epoch milliseconds */
const escalateIfDue = async (deps: WatchDeps, stored: StoredEvent): Promise<number | undefined> => {
  if (stored.kind !== 'alert') return undefined;
  const { alert } = stored;
  const at = nextEscalationAt(alert, deps.delays);
  return at === undefined || at > deps.now().getTime() ? at : deps.escalate(alert);
};

/**
 * A case that was closed has left the list, or comes back only to send again. When the person was forced to cancel it,
 * it is open again, and if nobody had taken it its silence counts as before.
 */
const watchAgain = async (deps: WatchDeps, stored: StoredEvent): Promise<void> => {
  if (stored.kind !== 'event' || stored.event.type !== 'alert.cancelled-under-duress.v1') return;
  const ref = { familyId: stored.event.familyId, alertId: stored.event.alertId };
  const found = await deps.due.read(ref);
  const at = found?.kind === 'alert' ? nextEscalationAt(found.alert, deps.delays) : undefined;
  // What is due by now is in this round already.
  if (!found || at === undefined || (found.dueAtMs ?? Infinity) <= Math.max(at, deps.now().getTime())) return;
  // Two such events may be due at once: one of them sets the time, and takes the step that has been missed.
  if (await deps.due.reschedule(ref, found.dueAtMs, at)) await watchOne(deps, ref);
};

const earliest = (...times: readonly (number | undefined)[]): number | undefined => {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};

const watchOne = async (deps: WatchDeps, ref: EventRef, listedMs?: number): Promise<void> => {
  const stored = await deps.due.read(ref);
  // What has expired leaves the list, or would be found again each minute until DynamoDB deletes it, days later.
  if (!stored && listedMs !== undefined) await deps.due.reschedule(ref, listedMs, undefined);
  if (stored?.dueAtMs === undefined || stored.dueAtMs > deps.now().getTime()) return;
  if (stored.kind === 'check-in') {
    const looked = await watchCheckIn(deps.checkIns, stored.checkIn, deps.now());
    if (!looked) return;
    deps.report(ref, looked.results);
    await deps.due.reschedule(ref, stored.dueAtMs, looked.nextAt === 'never' ? undefined : looked.nextAt);
    return;
  }
  const results = isPending(stored) ? await tell(deps, stored) : [];
  deps.report(ref, results);
  await watchAgain(deps, stored);
  const nextEscalation = await escalateIfDue(deps, stored);
  // Only what was seen settled leaves the list; "left" may be in the hands of someone who is about to crash.
  const settled = results.every((result) => result.kind === 'sent' || result.kind === 'unreachable');
  const nextRetry = settled ? undefined : nextRetryAt(startOf(stored), deps.now());
  await deps.due.reschedule(ref, stored.dueAtMs, earliest(nextRetry, nextEscalation));
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
 * One round of the watchman: re-sends what is pending, and looks again later at what stays so. A fault of one event
 * is returned, and leaves it due; it does not keep the round from the others (G2, G4).
 *
 * @param options.budgetMs so long new work is begun; the rest stays due, and is the next round's, the oldest first
 */
export const watch = async (
  deps: WatchDeps,
  options: { readonly concurrency: number; readonly budgetMs: number },
): Promise<{
  readonly looked: number;
  readonly isUnfinished: boolean;
  readonly faults: readonly { ref: EventRef; cause: unknown }[];
}> => {
  const until = deps.now().getTime() + options.budgetMs;
  const faults: { ref: EventRef; cause: unknown }[] = [];
  const running = new Set<Promise<void>>();
  let looked = 0;
  let isUnfinished = false;
  try {
    for await (const event of deps.due.due(deps.now())) {
      const { dueAtMs, ...ref } = event;
      isUnfinished = deps.now().getTime() > until;
      if (isUnfinished) break;
      looked += 1;
      const one: Promise<void> = watchOne(deps, ref, dueAtMs)
        .catch(async (cause: unknown) => {
          faults.push({ ref, cause });
          await toTheBack(deps, event);
        })
        .finally(() => running.delete(one));
      running.add(one);
      if (running.size >= options.concurrency) await Promise.race(running);
    }
  } finally {
    // Lambda freezes what is under way when the round ends or fails, and it would be told again after its lease.
    await Promise.all(running);
  }
  return { looked, isUnfinished, faults };
};
