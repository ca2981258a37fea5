/**
 * Counts the work under way (invocations, batches, deliveries), so that the clock, reset and tests can wait until
 * everything that one thing caused has ended, without sleeping.
 */
export type Activity = {
  /** Marks the start of a piece of work; call the answer once when it has ended. */
  readonly begin: () => () => void;
  /** Runs work and counts it until it settles. */
  readonly track: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves when nothing is under way and nothing new has started within two turns of the event loop. */
  readonly idle: () => Promise<void>;
};

const turnOfEventLoop = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

export const createActivity = (): Activity => {
  let underWay = 0;
  let started = 0;
  let waiting: (() => void)[] = [];

  const begin = (): (() => void) => {
    underWay += 1;
    started += 1;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      underWay -= 1;
      if (underWay > 0) return;
      const wake = waiting;
      waiting = [];
      for (const resume of wake) resume();
    };
  };

  const idle = async (): Promise<void> => {
    for (;;) {
      if (underWay > 0) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
      }
      const startedBefore = started;
      await turnOfEventLoop();
      await turnOfEventLoop();
      if (underWay === 0 && started === startedBefore) return;
    }
  };

  const track = async <T>(work: () => Promise<T>): Promise<T> => {
    const end = begin();
    try {
      return await work();
    } finally {
      end();
    }
  };

  return { begin, track, idle };
};
