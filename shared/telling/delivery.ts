import type { Delivery, DeliveryKey } from '../domain/case/alert.ts';
import { officeOf } from '../domain/case/alert.ts';
import type { CaseEventOf } from '../domain/case/case-event.ts';
import type { Clock } from '../domain/clock.ts';
import type { AssignedConsulate } from '../domain/offices/consulate.ts';
import { claimLeaseMs } from '../domain/limits.ts';
import type { Publication } from './publication.ts';

/** Names one stored event: a family's registration, an alert's press, a later event of it, or a check-in. */
export type EventRef = {
  readonly familyId: string;
  readonly alertId?: string;
  readonly eventId?: string;
  readonly checkInId?: string;
};

/**
 * What one publish came to. `accepted`: SNS has the message; `confirmedSubscribers` is how many it can reach, or
 * `undefined` when SNS would not say just now. `refused`: SNS will never take it. `no-topic`: the topic is gone.
 * `not-needed`: this message is for none of the recipients. Everything that may pass with time is thrown.
 */
export type PublishOutcome =
  | { readonly kind: 'accepted'; readonly confirmedSubscribers: number | undefined }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'no-topic' }
  | { readonly kind: 'not-needed' };

/** Publishes one message to one topic. */
export type Announcer = {
  /** Publishes, and asks how many confirmed subscribers the topic has. */
  publish(topicArn: string, publication: Publication): Promise<PublishOutcome>;
  /** Confirmed subscribers of the topic; `undefined` when SNS would not say. Never rejects. */
  confirmedSubscribers(topicArn: string): Promise<number | undefined>;
};

/** What a claim found. `accepted`: a former publish was taken by SNS, only its reach is not known yet. */
export type Claim =
  | { readonly kind: 'claimed'; readonly accepted: boolean; readonly consulate?: AssignedConsulate }
  | { readonly kind: 'held' }
  | { readonly kind: 'settled' };

/** The event by which an alert goes on to another office, which is in charge from then on. */
export type PassOnEvent = CaseEventOf<'alert.escalated.v1'>;

/** What follows from a destination that is unreachable: another takes over, or others are told of the gap. */
export type FollowUpEvent = PassOnEvent | CaseEventOf<'alert.family-unreachable.v1'>;

/** Keeps, on the event itself, how far each destination has come. */
export type DeliveryStore = {
  /**
   * Takes the destination for `leaseMs`, unless it is settled or another holds it. With `consulate`, records it in the
   * same write as the office that the press is brought to, unless one is recorded already, and as the one in charge,
   * unless there is one; the first of these is returned, however late, and whoever has the case by then.
   */
  claim(
    ref: EventRef,
    destination: DeliveryKey,
    options: { readonly now: Date; readonly leaseMs: number; readonly consulate?: AssignedConsulate },
  ): Promise<Claim>;
  /** Records that SNS took the message, keeping the destination pending until its reach is known. */
  markAccepted(ref: EventRef, destination: DeliveryKey, at: Date): Promise<void>;
  /**
   * Ends a pending destination and, in the same transaction, puts the event that follows from it, unless the case is
   * closed. One that passes the alert on also makes its office the one in charge, unless the case is no longer with the
   * last office that was tried. Harmless when the destination has ended already or the event is gone.
   */
  settle(ref: EventRef, destination: DeliveryKey, ended: Delivery, followUp?: FollowUpEvent): Promise<void>;
  /** Gives a claim back after a fault, so that a retry need not wait for the lease. */
  release(ref: EventRef, destination: DeliveryKey): Promise<void>;
};

/** What became of one delivery. `left`: settled before, or in another's hands. */
export type DeliveryResult =
  | { readonly destination: DeliveryKey; readonly kind: 'sent' | 'left' }
  | { readonly destination: DeliveryKey; readonly kind: 'unreachable'; readonly reason: string }
  | { readonly destination: DeliveryKey; readonly kind: 'failed'; readonly cause: unknown };

/** How one destination is told. The office is the recorded one, whatever was chosen now. */
export type DeliveryOptions = {
  readonly consulate?: AssignedConsulate;
  readonly publish: (consulate: AssignedConsulate | undefined) => Promise<PublishOutcome>;
  /** Asks again how many an accepted message could reach. */
  readonly recount: (consulate: AssignedConsulate | undefined) => Promise<number | undefined>;
  /** The event that follows when nobody is there. */
  readonly whenUnreachable?: (consulate: AssignedConsulate | undefined) => Promise<FollowUpEvent | undefined>;
};

/** What delivering needs, whoever the recipient is. */
export type DeliveryDeps = { readonly deliveries: DeliveryStore; readonly now: Clock };

const conclude = async (
  deps: DeliveryDeps,
  ref: EventRef,
  destination: DeliveryKey,
  outcome: PublishOutcome,
  consulate: AssignedConsulate | undefined,
  whenUnreachable: DeliveryOptions['whenUnreachable'],
): Promise<DeliveryResult> => {
  const officeId = destination === 'consulate' ? consulate?.id : officeOf(destination);
  const ending = { at: deps.now().toISOString(), ...(officeId !== undefined && { id: officeId }) };
  if (outcome.kind === 'accepted' && outcome.confirmedSubscribers === undefined) {
    await deps.deliveries.markAccepted(ref, destination, deps.now());
    return { destination, kind: 'failed', cause: new Error('subscribers not known yet') };
  }
  if (outcome.kind === 'not-needed' || (outcome.kind === 'accepted' && outcome.confirmedSubscribers !== 0)) {
    await deps.deliveries.settle(ref, destination, { status: 'sent', ...ending });
    return { destination, kind: 'sent' };
  }
  await deps.deliveries.settle(
    ref,
    destination,
    { status: 'unreachable', ...ending },
    await whenUnreachable?.(consulate),
  );
  const reason =
    outcome.kind === 'refused' ? outcome.reason : outcome.kind === 'accepted' ? 'no-subscriber' : 'no-topic';
  return { destination, kind: 'unreachable', reason };
};

/**
 * Tells one destination of one event: claim, publish, record. While nothing fails it publishes once; after a crash
 * anywhere in between the lease runs out and the watchman publishes again, so at least once (G2, G3).
 * Never rejects: a fault of one destination must not touch another (G4).
 */
export const deliver = async (
  deps: DeliveryDeps,
  ref: EventRef,
  destination: DeliveryKey,
  options: DeliveryOptions,
): Promise<DeliveryResult> => {
  try {
    const claim = await deps.deliveries.claim(ref, destination, {
      now: deps.now(),
      leaseMs: claimLeaseMs,
      ...(options.consulate && { consulate: options.consulate }),
    });
    if (claim.kind !== 'claimed') return { destination, kind: 'left' };
    const outcome = claim.accepted
      ? { kind: 'accepted' as const, confirmedSubscribers: await options.recount(claim.consulate) }
      : await publishOrRelease(deps, ref, destination, async () => options.publish(claim.consulate));
    return await conclude(deps, ref, destination, outcome, claim.consulate, options.whenUnreachable);
  } catch (cause) {
    return { destination, kind: 'failed', cause };
  }
};

// Only a publish that failed gives the claim back: after one that succeeded, a second at once would be a duplicate.
const publishOrRelease = async (
  deps: DeliveryDeps,
  ref: EventRef,
  destination: DeliveryKey,
  publish: () => Promise<PublishOutcome>,
): Promise<PublishOutcome> => {
  try {
    return await publish();
  } catch (cause) {
    await deps.deliveries.release(ref, destination);
    throw cause;
  }
};
