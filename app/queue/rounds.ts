/** Calls back after so many milliseconds; returns how to call that off. */
export type Timer = (milliseconds: number, callback: () => void) => () => void;

/** Waiting times between rounds, in seconds; the last one stays. */
const backoffSeconds = [1, 2, 4, 8, 15, 30];

export type Rounds = {
  /** One more round, now or after the one that is under way. */
  readonly start: () => void;
  /** As {@link start}; what fails then is tried again soon, whatever failed before. */
  readonly kick: () => void;
  /** Whether the next round waits for its time. */
  readonly isWaiting: () => boolean;
};

/**
 * One round after the other, further apart from failure to failure.
 * @param round resolves to whether something has to be tried again
 */
export const createRounds = (round: () => Promise<boolean>, timer: Timer, random: () => number): Rounds => {
  let running: Promise<void> | undefined;
  let failures = 0;
  let callOff: (() => void) | undefined;
  /** Grows with every call to start: a round during which it grew is followed by another. */
  let calls = 0;

  const waitForNext = (): void => {
    const seconds = backoffSeconds[Math.min(failures, backoffSeconds.length - 1)] ?? 30;
    failures += 1;
    // Not all phones of a place that was cut off at the same instant, and never later than half a minute.
    callOff = timer(seconds * 1000 * (0.75 + random() / 4), start);
  };
  const run = async (): Promise<void> => {
    let served: number;
    do {
      served = calls;
      // A lock that was taken away from this tab: the next round asks for it again.
      const failed = await round().catch(() => true);
      if (!failed) failures = 0;
      else if (served === calls) waitForNext();
    } while (served !== calls);
  };
  function start(): void {
    callOff?.();
    callOff = undefined;
    calls += 1;
    running ??= run().finally(() => {
      running = undefined;
    });
  }
  return {
    start,
    kick: () => {
      failures = 0;
      start();
    },
    isWaiting: () => callOff !== undefined,
  };
};
