import type { Alert } from '../domain/case/alert.ts';
import type { Delivery, DeliveryKey } from '../domain/case/deliveries.ts';
import type { CaseEventOf } from '../domain/case/case-event.ts';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import type { EventRef } from '../domain/event-ref.ts';
import type { ContactKey } from '../domain/family/family.ts';
import type { AssignedConsulate } from '../domain/offices/consulate.ts';
import type { TwoOffices } from '../domain/offices/two-offices.ts';
import { claimLeaseMs } from '../domain/limits.ts';
import type { SendOutcome } from './channel.ts';

/** What a claim found. `accepted`: a former message was taken, only its reach is not known yet. */
export type Claim =
  | { readonly kind: 'claimed'; readonly accepted: boolean; readonly consulate?: AssignedConsulate }
  | { readonly kind: 'held' }
  | { readonly kind: 'settled' };

/** What follows from a destination that is unreachable: another takes over, or others are told of the gap. */
export type FollowUpEvent = CaseEventOf<
  'alert.escalated.v1' | 'alert.family-unreachable.v1' | 'alert.hand-over-ended.v1'
>;

/** What waits for a digest, and since when. `urgent`: it stands at the head of it. */
export type Waiting = {
  readonly officeId: string;
  readonly drill: boolean;
  readonly urgent: boolean;
  readonly at: Date;
};

/** The office that a press is brought to, and with which other one it shares the place. */
export type OfficesOfPress = { readonly chosen: AssignedConsulate; readonly twoOffices?: TwoOffices };

/** Keeps, on the event itself, how far each destination has come. A destination is one topic. */
export type DeliveryStore = {
  /**
   * Takes the destination for `leaseMs`, unless it is settled or another holds it. With `consulate`, records it in the
   * same write as the office that the press is brought to, unless one is recorded already, and as the one in charge,
   * unless there is one. An office that is told finds the case in its list from then on, while the case is open: that of
   * the press, or `alert`. Returns the office that was recorded first, however late and even if another has the case by
   * then.
   */
  claim(
    ref: EventRef,
    destination: DeliveryKey,
    options: {
      readonly now: Date;
      readonly leaseMs: number;
      readonly consulate?: AssignedConsulate;
      readonly alert?: Alert;
    },
  ): Promise<Claim>;
  /**
   * Records, before anybody is told, that a press is brought to two offices: the responsible one as {@link claim} does, and
   * the nearest beside it, as a pending destination of its own. Unless the press is brought to an office already, or one
   * has the case by then.
   * @returns what is recorded, now or before
   */
  recordOffices(ref: EventRef, twoOffices: TwoOffices): Promise<OfficesOfPress>;
  /** Records that the message was taken, keeping the destination pending until its reach is known. */
  markAccepted(ref: EventRef, destination: DeliveryKey, at: Date): Promise<void>;
  /**
   * Ends a pending destination and, in the same transaction, puts the event that follows from it, unless the case is
   * closed. One that passes the alert on also makes its office the one in charge, unless the case is no longer with the
   * last office that was tried; one that tells of a family out of reach follows only the last of its topics, when no
   * other got a message. Harmless when the destination has ended already or the event is gone.
   */
  settle(ref: EventRef, destination: DeliveryKey, ended: Delivery, followUp?: FollowUpEvent): Promise<void>;
  /**
   * Machines have the message, and people read of it in the office's next digest: keeps the destination pending, out of
   * everybody's hands but the digest's, and puts it on the list of that digest in the same transaction. Harmless when the
   * destination has ended already or the event is gone.
   */
  gather(ref: EventRef, destination: DeliveryKey, waiting: Waiting): Promise<void>;
  /**
   * Gives each of these topics of a family its own delivery, in the place of the one that every event has for the family
   * as a whole, while that is pending. Harmless when it was done before.
   */
  divideFamily(ref: EventRef, keys: readonly ContactKey[]): Promise<void>;
  /** Gives a claim back after a fault, so that a retry need not wait for the lease. */
  release(ref: EventRef, destination: DeliveryKey): Promise<void>;
};

/** What officers are told of a press, in few writes. */
export type PressDeliveryStore = DeliveryStore & {
  /**
   * Takes at once all that officers are still to be told of a press that nobody has handled: the ministry, the office in
   * charge, and the nearest where that is another, and records these offices, as claims do one by one. Lists nothing.
   * @returns the press as it is then; `undefined`: somebody has handled it, and nothing was written
   */
  claimPress(
    ref: EventRef,
    offices: OfficesOfPress,
    options: { readonly now: Date; readonly leaseMs: number },
  ): Promise<Alert | undefined>;
  /**
   * Brings a press that was taken so to other offices, before they are told.
   * @returns whether it did: not when somebody has done anything about the case
   */
  changeOffices(
    ref: EventRef,
    from: OfficesOfPress & { readonly revision?: number },
    to: OfficesOfPress,
    options: { readonly now: Date; readonly leaseMs: number },
  ): Promise<boolean>;
  /**
   * Ends several pending destinations of a press in one write, and records by which basis its `offices` were chosen, if
   * that is another than was recorded.
   * @returns the press as it is then; `undefined`: one had ended, or another office has the case, and nothing was written
   */
  settlePress(
    ref: EventRef,
    ended: ReadonlyMap<DeliveryKey, Delivery>,
    offices?: OfficesOfPress,
  ): Promise<Alert | undefined>;
  /**
   * Makes pending again what is called sent by a check, as nobody may be there: the message stays accepted, and whoever
   * claims it asks whom it reached.
   * @returns whether it did: not when another has
   */
  doubt(ref: EventRef, destination: DeliveryKey, at: Date): Promise<boolean>;
};

/**
 * What became of one delivery. `left`: settled before, or in another's hands. `gathered`: people will be told by a digest.
 */
export type DeliveryResult =
  | { readonly destination: DeliveryKey; readonly kind: 'sent' | 'left' | 'gathered' }
  /** Beside the others, of a signal: by the last check nobody may hear of it. */
  | { readonly destination: DeliveryKey; readonly kind: 'unheard' }
  | { readonly destination: DeliveryKey; readonly kind: 'unreachable'; readonly reason: string }
  | { readonly destination: DeliveryKey; readonly kind: 'failed'; readonly cause: unknown };

/** Whether all have ended for good. "Left" may be in the hands of somebody who is about to crash. */
export const isSettled = (results: readonly DeliveryResult[]): boolean =>
  results.every(({ kind }) => kind === 'sent' || kind === 'unreachable' || kind === 'unheard');

/**
 * What sending a letter came to. `not-needed`: it is for none of the recipients. `gathered`: it waits for a digest. `byCheck`:
 * whom it reached was known before.
 */
export type Sent =
  | (SendOutcome & { readonly byCheck?: true })
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'gathered'; readonly waiting: Waiting };

/** One message to one destination, written and sent when the claim is ours. */
export type Letter = {
  /** The office behind the destination, for the record. */
  readonly officeId?: string;
  readonly send: () => Promise<Sent>;
  /** Asks again how many a message that was taken could reach. */
  readonly reach: () => Promise<number | undefined>;
  /** The event that follows when nobody is there. */
  readonly whenUnreachable?: () => Promise<FollowUpEvent | undefined>;
};

/**
 * Where a letter goes. `consulate`: the office that was chosen for a press, to be recorded with the claim. `alert`: what a
 * later event is about, if an office is told. `isClaimed`: it is ours already.
 */
export type Address = {
  readonly ref: EventRef;
  readonly destination: DeliveryKey;
  readonly consulate?: AssignedConsulate;
  readonly alert?: Alert;
  readonly isClaimed?: boolean;
};

export type DeliverDeps = { readonly deliveries: DeliveryStore; readonly now: Clock };

// Only a message that failed gives the claim back: after one that went out, a second at once would be a duplicate.
const sendOrRelease = async (
  { deliveries }: DeliverDeps,
  { ref, destination }: Address,
  letter: Letter,
): Promise<Sent> => {
  try {
    return await letter.send();
  } catch (cause) {
    await deliveries.release(ref, destination);
    throw cause;
  }
};

const isSent = (outcome: Sent): boolean =>
  outcome.kind === 'not-needed' || (outcome.kind === 'accepted' && outcome.reached !== 0);

const reasonOf = (outcome: Sent): string => {
  if (outcome.kind === 'refused') return outcome.reason;
  return outcome.kind === 'accepted' ? 'no-subscriber' : 'no-topic';
};

/** How a delivery ends that was `accepted`, refused or had no topic, with what follows from it. */
export const conclude = async (
  { deliveries, now }: DeliverDeps,
  { ref, destination }: Address,
  { officeId, whenUnreachable }: Pick<Letter, 'officeId' | 'whenUnreachable'>,
  outcome: Sent,
): Promise<DeliveryResult> => {
  if (outcome.kind === 'gathered') {
    await deliveries.gather(ref, destination, outcome.waiting);
    return { destination, kind: 'gathered' };
  }
  if (outcome.kind === 'accepted' && outcome.reached === undefined) {
    await deliveries.markAccepted(ref, destination, now());
    return { destination, kind: 'failed', cause: new Error('subscribers not known yet') };
  }
  const ending = { at: now().toISOString(), ...(officeId !== undefined && { id: officeId }) };
  if (isSent(outcome)) {
    const byCheck = outcome.kind === 'accepted' && outcome.byCheck === true;
    await deliveries.settle(ref, destination, { status: 'sent', ...ending, ...(byCheck && { byCheck }) });
    return { destination, kind: 'sent' };
  }
  await deliveries.settle(ref, destination, { status: 'unreachable', ...ending }, await whenUnreachable?.());
  return { destination, kind: 'unreachable', reason: reasonOf(outcome) };
};

/**
 * Tells one destination of one event: claim, send, record. While nothing fails it sends once; after a crash anywhere in
 * between the lease runs out and the watchman sends again, so at least once (G2, G3).
 * Never rejects: a fault of one destination must not touch another (G4).
 *
 * @param letterFor the letter, given the office that is recorded for the press, whatever was chosen now
 */
export const deliver = async (
  deps: DeliverDeps,
  address: Address,
  letterFor: (recorded: AssignedConsulate | undefined) => Letter,
): Promise<DeliveryResult> => {
  const { ref, destination, consulate, alert, isClaimed = false } = address;
  try {
    const options = { now: deps.now(), leaseMs: claimLeaseMs, ...defined({ consulate, alert }) };
    const claim: Claim = isClaimed
      ? { kind: 'claimed', accepted: false }
      : await deps.deliveries.claim(ref, destination, options);
    if (claim.kind !== 'claimed') return { destination, kind: 'left' };
    const letter = letterFor(claim.consulate);
    const outcome: Sent = claim.accepted
      ? { kind: 'accepted', reached: await letter.reach() }
      : await sendOrRelease(deps, address, letter);
    return await conclude(deps, address, letter, outcome);
  } catch (cause) {
    return { destination, kind: 'failed', cause };
  }
};
