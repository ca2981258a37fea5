import type { Timer } from './rounds.ts';

/** A hold takes a second and a half; nothing waits for it for much longer, whatever becomes of it. */
const longestHoldMs = 4000;

/** Closed while the button is held: a round that has all it needs waits here for the press. */
export type Gate = {
  /** @returns how to open it */
  readonly close: () => () => void;
  readonly open: () => void;
  /** Resolves at once if it is open. */
  readonly opened: () => Promise<void>;
};

export const createGate = (timer: Timer): Gate => {
  let current: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  const close = (): (() => void) => {
    let resolve = (): void => undefined;
    const opened = new Promise<void>((done) => {
      resolve = done;
    });
    const callOff = timer(longestHoldMs, resolve);
    const made = {
      opened,
      open: (): void => {
        callOff();
        resolve();
        if (current === made) current = undefined;
      },
    };
    current = made;
    return made.open;
  };
  return { close, open: () => current?.open(), opened: async () => current?.opened };
};
