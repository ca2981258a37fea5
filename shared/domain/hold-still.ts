/** What became of a change that was decided on what was read. `gone`: there is nothing any more to change. */
export type Held<Current, Result> =
  | { readonly kind: 'settled'; readonly result: Result }
  | { readonly kind: 'gone' }
  /** Somebody else changed it each time between reading and writing. */
  | { readonly kind: 'did-not-hold-still'; readonly last: Current };

// Each round reads afresh, so more than a few mean that many are at the same item in the same second.
const maximumRounds = 5;

/**
 * Decides on what stands, writes, and decides anew when somebody else was first.
 *
 * @param first what was read already
 * @param readAgain what stands after a conflict
 * @param apply decides, and writes under the condition that nothing has changed since `current` was read
 */
export const untilItHolds = async <Current, Result extends object | undefined>(
  first: Current | undefined,
  readAgain: () => Promise<Current | undefined>,
  apply: (current: Current) => Promise<Result | 'conflict'>,
): Promise<Held<Current, Result>> => {
  let current = first;
  for (let rounds = 1; current !== undefined; rounds += 1) {
    const result = await apply(current);
    if (result !== 'conflict') return { kind: 'settled', result };
    if (rounds >= maximumRounds) return { kind: 'did-not-hold-still', last: current };
    current = await readAgain();
  }
  return { kind: 'gone' };
};

/** For a caller with no other answer than a fault: the phone, or the watchman's next round, comes again. */
export class DidNotHoldStillError extends Error {
  override readonly name = 'DidNotHoldStillError';
}
