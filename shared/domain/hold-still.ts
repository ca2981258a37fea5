/** `gone`: there is nothing left to change. */
export type Held<Current, Result> =
  | { readonly kind: 'settled'; readonly result: Result }
  | { readonly kind: 'gone' }
  /** Somebody else changed it each time between reading and writing. */
  | { readonly kind: 'did-not-hold-still'; readonly last: Current };

// Each round reads again, so more than a few mean that many change the same item in the same second.
const maximumRounds = 5;

/**
 * Decides on what was read and writes. If somebody else was first, reads and decides again.
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

/** A fault: the phone sends it again, or the watchman's next round comes back to it. */
export class DidNotHoldStillError extends Error {
  override readonly name = 'DidNotHoldStillError';
}
