/** A list that only grows at its end and forgets its oldest entries beyond a limit. */
export type Journal<Entry> = {
  readonly add: (entry: Entry) => void;
  readonly list: () => readonly Entry[];
  readonly clear: () => void;
};

/** An AWS call, as `GET /_local/calls` shows it. */
export type CallEntry = {
  /** ISO 8601 UTC, local clock. */
  readonly at: string;
  /** Folder name of the function, such as `raise-alert`; `operator` for everyone else. */
  readonly function: string;
  readonly service: string;
  readonly operation: string;
  /** `ok`, or the code of the error that the caller got. */
  readonly outcome: string;
  readonly durationMs: number;
  /** The invocation that made the call; absent for the operator. */
  readonly requestId?: string;
};

/** A line that a function wrote, or that the platform wrote about it. */
export type LogEntry = {
  readonly at: string;
  readonly function: string;
  readonly requestId?: string;
  readonly line: string;
};

/** Of messages these are some hundred megabytes. */
const defaultLimit = 100_000;

export const createJournal = <Entry>(limit = defaultLimit): Journal<Entry> => {
  let entries: Entry[] = [];
  return {
    add: (entry) => {
      entries.push(entry);
      // Cut a tenth at a time: shifting one entry per addition would copy the list each time.
      if (entries.length > limit) entries = entries.slice(Math.ceil(limit / 10));
    },
    list: () => entries,
    clear: () => {
      entries = [];
    },
  };
};
