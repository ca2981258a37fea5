import { type CheckIn, type CheckInStore, missedAlert, reminderAt } from '../domain/check-in/check-in.ts';
import type { FamilyReader } from '../domain/family/family.ts';
import { nextRetryAt } from '../domain/retry.ts';
import { type DeliveryResult, isSettled } from './deliver.ts';
import type { TellFamilyDeps } from './to-family.ts';
import { remindOfCheckIn } from './to-person.ts';

export type WatchCheckInDeps = {
  readonly family: TellFamilyDeps;
  /** As they are: what the duress PIN changed decides nothing of an alert. */
  readonly families: FamilyReader;
  readonly checkIns: Pick<CheckInStore, 'miss'>;
  readonly newId: () => string;
};

/** `missed`: its alert was raised, and it is due no more. `nextAtMs`: when to look again; absent: never. */
export type CheckInLook =
  | { readonly kind: 'missed'; readonly alertId: string }
  | { readonly kind: 'looked'; readonly results: readonly DeliveryResult[]; readonly nextAtMs?: number };

/**
 * Raises the alert of a missed check-in: an ordinary one from then on, which the stream tells everybody. One
 * transaction, so that two watchmen raise one alert and one that dies in the middle none or the whole.
 * @returns the alert; `undefined` when somebody answered or another watchman was first, or the family is gone
 */
const raiseMissed = async (
  { family: { now }, families, checkIns, newId }: WatchCheckInDeps,
  checkIn: CheckIn,
): Promise<{ readonly alertId: string } | undefined> => {
  const family = await families.get(checkIn.familyId);
  if (!family) return undefined;
  const alert = missedAlert(checkIn, {
    consularNotification: family.consent.consularNotification,
    homePosition: family.person.homePosition,
    shown: family.shown,
    alertId: newId(),
    now: now(),
  });
  return (await checkIns.miss(checkIn, alert)) === 'applied' ? alert : undefined;
};

/**
 * One check-in that is due, as it was just read: reminds of it, or raises its alert once its time is over. A reminder
 * that failed is tried again until the promised time, and then no more.
 */
export const watchCheckIn = async (deps: WatchCheckInDeps, checkIn: CheckIn): Promise<CheckInLook> => {
  if (checkIn.state !== 'waiting') return { kind: 'looked', results: [] };
  const promisedAtMs = Date.parse(checkIn.promisedAt);
  const now = deps.family.now();
  if (promisedAtMs <= now.getTime()) {
    const missed = await raiseMissed(deps, checkIn);
    return missed ? { kind: 'missed', alertId: missed.alertId } : { kind: 'looked', results: [] };
  }
  const results = checkIn.deliveries.self?.status === 'pending' ? await remindOfCheckIn(deps.family, checkIn) : [];
  const retryAtMs = isSettled(results) ? promisedAtMs : nextRetryAt(new Date(reminderAt(checkIn)), now);
  return { kind: 'looked', results, nextAtMs: Math.min(retryAtMs, promisedAtMs) };
};
