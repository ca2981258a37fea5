import type { CheckIn, CheckInStore } from '../domain/check-in/check-in.ts';
import { missedAlert, reminderAt } from '../domain/check-in/check-in.ts';
import type { Clock } from '../domain/clock.ts';
import type { FamilyReader } from '../domain/family/family.ts';
import type { DeliveryResult } from './deliver.ts';
import { nextRetryAt } from '../domain/retry.ts';

/** What the watchman does about check-ins that are due. */
export type CheckInWatch = {
  /** Tells the person's own phone that the OK is due soon. */
  readonly remind: (checkIn: CheckIn) => Promise<DeliveryResult[]>;
  /**
   * Raises the alert of one whose time is over, once; harmless for one that was answered meanwhile.
   * @returns whether it did; then the check-in is no more due
   */
  readonly fire: (checkIn: CheckIn) => Promise<boolean>;
};

/**
 * One check-in that is due, as it was just read. A reminder that failed is tried again until the promised time, and
 * then no more.
 * @returns when to look again, epoch milliseconds, or `never`; `undefined` when it has fired
 */
export const watchCheckIn = async (
  { remind, fire }: CheckInWatch,
  checkIn: CheckIn,
  now: Date,
): Promise<{ readonly results: readonly DeliveryResult[]; readonly nextAt: number | 'never' } | undefined> => {
  const promisedAtMs = Date.parse(checkIn.promisedAt);
  if (checkIn.state === 'waiting' && promisedAtMs <= now.getTime() && (await fire(checkIn))) return undefined;
  if (checkIn.state !== 'waiting' || promisedAtMs <= now.getTime()) return { results: [], nextAt: 'never' };
  const results = checkIn.deliveries.self?.status === 'pending' ? await remind(checkIn) : [];
  // "Left" may be in the hands of a watchman who is about to crash.
  const settled = results.every(({ kind }) => kind === 'sent' || kind === 'unreachable');
  const retryAt = settled ? promisedAtMs : nextRetryAt(new Date(reminderAt(checkIn)), now);
  return { results, nextAt: Math.min(retryAt, promisedAtMs) };
};

/**
 * Raises the alert of a missed check-in: an ordinary one from then on, which the stream tells everybody. One
 * transaction, so that two watchmen raise one alert and one that dies in the middle none or the whole.
 * @returns the alert; `undefined` when somebody answered or another watchman was first, or the family is gone
 */
export const fireCheckIn = async (
  deps: {
    readonly families: FamilyReader;
    readonly now: Clock;
    readonly checkIns: Pick<CheckInStore, 'miss'>;
    readonly newId: () => string;
  },
  checkIn: CheckIn,
): Promise<{ readonly alertId: string } | undefined> => {
  const family = await deps.families.get(checkIn.familyId);
  if (!family) return undefined;
  const alert = missedAlert(checkIn, {
    consularNotification: family.consent.consularNotification,
    homePosition: family.person.homePosition,
    alertId: deps.newId(),
    now: deps.now(),
  });
  return (await deps.checkIns.miss(checkIn, alert)) === 'applied' ? alert : undefined;
};
