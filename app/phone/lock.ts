const name = 'alert-button-queue';

/** Longer than a request may take: a tab that holds the lock for longer has been frozen by the phone. */
const patience = 25_000;

/**
 * Runs the work in one tab or worker at a time. After a while the lock is taken from a holder that has hung: sending
 * the same press twice does no harm, not sending it does.
 */
export const exclusively = async (work: () => Promise<void>): Promise<void> => {
  // Only over https, and on this machine, is there a lock to have.
  if (!('locks' in navigator)) return work();
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  const state = { started: false };
  const begin = async (): Promise<void> => {
    state.started = true;
    clearTimeout(timer);
    await work();
  };
  try {
    await navigator.locks.request(name, { signal: giveUp.signal }, begin);
  } catch (fault) {
    if (state.started) throw fault;
    await navigator.locks.request(name, { steal: true }, begin);
  }
};
