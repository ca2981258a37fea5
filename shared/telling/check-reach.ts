import { type MonthStore, afterAMonth } from '../domain/family/after-a-month.ts';
import type { DueCheck } from '../domain/family/reach.ts';
import { firstReachCheckMs } from '../domain/limits.ts';
import { type CheckFamilyDeps, checkFamily } from './check-families.ts';
import { type CheckOfficesDeps, type OfficesFound, checkOffices } from './check-offices.ts';

export type CheckReachDeps = CheckFamilyDeps &
  Omit<CheckOfficesDeps, 'untilMs'> & {
    readonly months: MonthStore;
  };

/** What 30 days have changed of a family, noticed with its daily check. */
const settleMonth = async ({ accounts, months, now, newId }: CheckReachDeps, familyId: string): Promise<void> => {
  const account = await accounts.get(familyId);
  const change = account && afterAMonth(account, { now: now(), newId });
  if (change) await months.settle(change);
};

/** What a check found, or that it failed. */
export type Finding =
  | ({ readonly kind: 'offices' } & OfficesFound)
  /** Somebody could be reached at the last check, and now nobody. */
  | { readonly kind: 'family-lost'; readonly familyId: string }
  /** SNS would not say whether so many of the family's phones answered STOP. */
  | { readonly kind: 'opt-outs-unknown'; readonly familyId: string; readonly phones: number }
  /** So many contacts of the family could not join its topics. */
  | { readonly kind: 'contacts-refused'; readonly familyId: string; readonly contacts: number }
  | { readonly kind: 'family-failed'; readonly familyId: string; readonly cause: unknown }
  | { readonly kind: 'failed'; readonly cause: unknown };

// 115,000 families a day, more than there are topics in an account.
const familiesARound = 80;

// An account has 30 listings a second, and phones that ask for their family need some.
const concurrency = 2;

const checkOne = async (deps: CheckReachDeps, check: DueCheck): Promise<readonly Finding[]> => {
  const { familyId } = check;
  try {
    const outcome = await checkFamily(deps, check);
    if (outcome.kind === 'left') return [];
    await settleMonth(deps, familyId);
    const { lost, unknownOptOuts: phones, refused: contacts } = outcome;
    return [
      ...(lost ? [{ kind: 'family-lost', familyId } as const] : []),
      ...(phones > 0 ? [{ kind: 'opt-outs-unknown', familyId, phones } as const] : []),
      ...(contacts > 0 ? [{ kind: 'contacts-refused', familyId, contacts } as const] : []),
    ];
  } catch (cause) {
    // One that always fails must not keep its place at the head of the queue.
    await deps.reaches.end(check, deps.now().getTime() + firstReachCheckMs).catch(() => false);
    return [{ kind: 'family-failed', familyId, cause }];
  }
};

/**
 * What the watchman does when no alert waits any more: looks at who would hear of the next one. Never fails.
 * @param untilMs epoch milliseconds; nothing more is begun from then on, and stays due
 */
export async function* checkReach(deps: CheckReachDeps, untilMs: number): AsyncGenerator<Finding, void> {
  try {
    const found = await checkOffices({ ...deps, untilMs });
    if (found) yield { kind: 'offices', ...found };
    const queue = [...(await deps.reaches.due(deps.now(), familiesARound))];
    while (queue.length > 0 && deps.now().getTime() < untilMs) {
      const next = queue.splice(0, concurrency);
      yield* (await Promise.all(next.map(async (check) => checkOne(deps, check)))).flat();
    }
  } catch (cause) {
    yield { kind: 'failed', cause };
  }
}
