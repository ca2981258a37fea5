import { type Clock, utcDay } from '../domain/clock.ts';
import { officeCheckLateMs, officeCheckMs } from '../domain/limits.ts';
import type { SubscriberCounts, SubscriptionChecks } from './channel.ts';

/**
 * What was last found of the offices, by id, and when to look again, epoch milliseconds. `isOld`: SNS did not say at the
 * last check, and it is what an earlier one found.
 */
export type OfficeReach = {
  readonly offices: Readonly<Record<string, SubscriberCounts & { readonly isOld?: true }>>;
  readonly checkAtMs: number;
};

/**
 * How many a message to an office reaches by the last check. `undefined`: SNS is to be asked, as the check is not young, or
 * found nobody.
 */
export const reachedByCheck = (
  { offices, checkAtMs }: OfficeReach,
  officeId: string,
  now: Date,
): number | undefined => {
  const { confirmed = 0, isOld = false } = offices[officeId] ?? {};
  return confirmed > 0 && !isOld && now.getTime() < checkAtMs + officeCheckLateMs ? confirmed : undefined;
};

/** The one record of all offices. */
export type OfficeReachStore = {
  get(): Promise<OfficeReach | undefined>;
  /** @returns whether it was written: not when another watchman has done so since `former` was read */
  put(former: OfficeReach | undefined, next: OfficeReach): Promise<boolean>;
};

export type CheckOfficesDeps = {
  readonly officeReach: OfficeReachStore;
  readonly subscriptions: Pick<SubscriptionChecks, 'count' | 'mend'>;
  /** Ids of the offices that are looked at: the open ones, and `ministry`. */
  readonly officeIds: readonly string[];
  readonly now: Clock;
  /** Epoch milliseconds; nobody more is asked for from then on. */
  readonly untilMs: number;
};

/** `empty`, `lost`: ids of the offices where nobody has confirmed, and of those where somebody had at the last check. */
export type OfficesFound = {
  readonly empty: readonly string[];
  readonly lost: readonly string[];
  /** How many subscriptions were without the filter that they should have. */
  readonly mended: number;
};

/**
 * Every quarter of an hour counts who is subscribed at each open office and the ministry, one after the other: an
 * account has few of these calls a second, and the press needs them, too. Where that changed, sets missing filters.
 * @returns `undefined` when it is not time, or another watchman has done it
 */
export const checkOffices = async ({
  officeReach,
  subscriptions,
  officeIds,
  now,
  untilMs,
}: CheckOfficesDeps): Promise<OfficesFound | undefined> => {
  const former = await officeReach.get();
  if (former && former.checkAtMs > now().getTime()) return undefined;
  const next = { checkAtMs: now().getTime() + officeCheckMs };
  // A stack that has only just begun has nothing to tell yet.
  if (!former) {
    await officeReach.put(former, { ...next, offices: {} });
    return undefined;
  }
  // Once a day also where nobody seems to have come: one may have left at the same time.
  const isNewDay = utcDay(now()) > utcDay(new Date(former.checkAtMs - officeCheckMs));
  const answered: Record<string, SubscriberCounts> = {};
  let mended = 0;
  /** @returns ids of those that SNS left unanswered or unmended */
  const ask = async (ids: readonly string[]): Promise<readonly string[]> => {
    const left: string[] = [];
    for (const id of ids) {
      const counts = now().getTime() < untilMs ? await subscriptions.count({ officeId: id }) : undefined;
      if (counts) answered[id] = counts;
      const isDue = counts && (isNewDay || counts.confirmed !== former.offices[id]?.confirmed);
      const set = isDue ? await subscriptions.mend({ officeId: id }) : 0;
      if (!counts || set === undefined) left.push(id);
      mended += set ?? 0;
    }
    return left;
  };
  // SNS may have throttled one among so many.
  await ask(await ask(officeIds));
  // What SNS does not say now is as it was.
  const offices = Object.fromEntries(
    officeIds.flatMap((id) => {
      const before = former.offices[id];
      const counts = answered[id] ?? (before && { ...before, isOld: true as const });
      return counts ? [[id, counts]] : [];
    }),
  );
  if (!(await officeReach.put(former, { ...next, offices }))) return undefined;
  const empty = Object.keys(offices).filter((id) => offices[id]?.confirmed === 0);
  return { empty, lost: empty.filter((id) => (former.offices[id]?.confirmed ?? 0) > 0), mended };
};
