import { type QueueRecord, emptyQueue } from './record.ts';

/** Reads and changes the stored record as one; shared with the other tabs and the service worker. */
export type Store = {
  readonly read: () => Promise<QueueRecord>;
  /** Resolves once the change is on the disk. */
  readonly change: (change: (record: QueueRecord) => QueueRecord) => Promise<QueueRecord>;
};

/** The record as it was last read or changed, for whoever shows or sends it. */
export type Memory = {
  readonly record: () => QueueRecord;
  readonly change: (by: (before: QueueRecord) => QueueRecord) => Promise<void>;
  /** Reads it anew. */
  readonly read: () => Promise<void>;
  /** @returns how to stop listening */
  readonly onChange: (listener: () => void) => () => void;
  /** Something else that is shown has changed. */
  readonly notify: () => void;
};

/** A disk that fails must not stop a press: everything then lives in memory, as long as the app does. */
export const createMemory = (store: Store): Memory => {
  let record: QueueRecord = emptyQueue;
  let isInMemory = false;
  const listeners = new Set<() => void>();
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const show = (next: QueueRecord): void => {
    record = next;
    notify();
  };
  return {
    record: () => record,
    change: async (by) => {
      if (!isInMemory) {
        try {
          return show(await store.change(by));
        } catch {
          isInMemory = true;
        }
      }
      show(by(record));
    },
    read: async () => {
      if (isInMemory) return;
      try {
        show(await store.read());
      } catch {
        isInMemory = true;
      }
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notify,
  };
};
