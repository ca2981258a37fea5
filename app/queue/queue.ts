import type { CheckInAnswer, Position, Press, QueueRecord } from './record.ts';
import { emptyQueue, withAnswer, withChange, withPosition, withPress } from './record.ts';
import type { Answer, Outcome } from './steps.ts';
import { applyAnswer, keyOf, nextStep, requestOf } from './steps.ts';

export type QueuePorts = {
  /** Reads and changes the stored record as one; shared with the other tabs and the service worker. */
  readonly store: {
    readonly read: () => Promise<QueueRecord>;
    /** Resolves once the change is on the disk. */
    readonly change: (change: (record: QueueRecord) => QueueRecord) => Promise<QueueRecord>;
  };
  /** Sends a request with the phone's token. Never rejects. */
  readonly send: (request: { readonly path: string; readonly body: object }) => Promise<Answer>;
  /** Runs the work while no other tab does. A holder that has hung is not waited for for ever: ids make that harmless. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  /** False: a request now certainly stays on the phone. True: nobody knows. */
  readonly mayReachNetwork: () => boolean;
  /** Calls back after so many milliseconds; returns how to call that off. */
  readonly timer: (milliseconds: number, callback: () => void) => () => void;
  /** 0 to 1. */
  readonly random: () => number;
};

/** What the screens see. */
export type QueueView = {
  readonly record: QueueRecord;
  /** The press whose request is under way. */
  readonly underWay: string | undefined;
  readonly outcomes: ReadonlyMap<string, Outcome>;
};

export type Queue = {
  readonly view: () => QueueView;
  /** @returns how to stop listening */
  readonly onChange: (listener: () => void) => () => void;
  /** Reads what is stored, after opening and when another tab has changed it. */
  readonly refresh: () => Promise<void>;
  /**
   * The button is being held: what a press needs first is got ready meanwhile, so that it waits for nothing but its own
   * storing. @returns to be called if the hold ends without a press
   */
  readonly prepare: () => () => void;
  /** Stores the press and begins to send it. Resolves when it is stored, or cannot be. */
  readonly press: (press: Omit<Press, 'sent' | 'track'>) => Promise<void>;
  readonly moved: (alertId: string, position: Position) => Promise<void>;
  /** The PIN is kept in memory until the answer, and nowhere else. */
  readonly cancel: (alertId: string, pin: string) => Promise<void>;
  readonly answerCheckIn: (answer: CheckInAnswer, pin: string) => Promise<void>;
  /** Whether the PIN that this waits for is still in memory; else the person is asked again. */
  readonly hasPin: (id: string) => boolean;
  /** An alert that the service knows of and this phone does not: another phone's, or from before it was lost. */
  readonly adopt: (press: Pick<Press, 'alertId' | 'drill' | 'pressedAt'>) => Promise<void>;
  /** Somebody else closed it. */
  readonly close: (alertId: string) => Promise<void>;
  /** Presses that were refused because the phone was not known: it is known again. */
  readonly revive: () => Promise<void>;
  /** Tries at once, whatever the waiting time: the network is back, or the person has come back. */
  readonly kick: () => void;
  /** One round, for the service worker. @returns whether a press is still unsent */
  readonly flush: () => Promise<boolean>;
};

/** A hold takes a second and a half. */
const longestHoldMs = 4000;

/** Waiting times between rounds, in seconds; the last one stays. */
const backoffSeconds = [1, 2, 4, 8, 15, 30];

/** The phone's outbox: what was done here reaches the service, once, however often the app stops in between. */
export const createQueue = (ports: QueuePorts): Queue => {
  const { store } = ports;
  let record: QueueRecord = emptyQueue;
  let underWay: string | undefined;
  const pins = new Map<string, string>();
  const outcomes = new Map<string, Outcome>();
  const listeners = new Set<() => void>();

  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const show = (next: QueueRecord): void => {
    record = next;
    notify();
  };
  /** A disk that fails must not stop a press: everything then lives in memory, as long as the app does. */
  let isInMemory = false;
  const change = async (by: (before: QueueRecord) => QueueRecord): Promise<void> => {
    if (!isInMemory) {
      try {
        return show(await store.change(by));
      } catch {
        isInMemory = true;
      }
    }
    show(by(record));
  };
  const read = async (): Promise<void> => {
    if (isInMemory) return;
    try {
      show(await store.read());
    } catch {
      isInMemory = true;
    }
  };

  const attempt = async (tried: Set<string>): Promise<'sent' | 'failed' | 'lost' | 'nothing'> => {
    const step = nextStep(record, pins, tried);
    if (!step) return 'nothing';
    if (step.kind === 'press') {
      underWay = step.press.alertId;
      // Before it leaves: if the app ends now, it must not say later that nothing was sent.
      if (ports.mayReachNetwork() && step.press.sent === 'no') {
        await change((before) => withChange(before, step.press.alertId, (press) => ({ ...press, sent: 'maybe' })));
      } else notify();
    }
    const answer = await ports.send(requestOf(step));
    underWay = undefined;
    const applied = applyAnswer(record, step, answer);
    await change((before) => applyAnswer(before, step, answer).record);
    if (applied.outcome && step.kind !== 'press' && step.kind !== 'track') {
      const id = step.kind === 'cancel' ? step.press.alertId : step.answer.checkInId;
      pins.delete(id);
      outcomes.set(id, applied.outcome);
      notify();
    }
    if (!applied.again) return 'sent';
    tried.add(keyOf(step));
    return answer.kind === 'lost' ? 'lost' : 'failed';
  };

  /** Closed while the button is held, with the lock taken and the record read. */
  let gate: { readonly opened: Promise<void>; readonly open: () => void } | undefined;
  const closeGate = (): (() => void) => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    // Whatever becomes of the hold: nothing may wait for it for long.
    const callOffLimit = ports.timer(longestHoldMs, open);
    const current = {
      opened,
      open: (): void => {
        callOffLimit();
        open();
        if (gate === current) gate = undefined;
      },
    };
    gate = current;
    return current.open;
  };

  /** @returns whether something has to be tried again */
  const round = async (): Promise<boolean> => {
    let failed = false;
    await ports.exclusively(async () => {
      await read();
      await gate?.opened;
      const tried = new Set<string>();
      for (;;) {
        const result = await attempt(tried);
        if (result === 'nothing') return;
        failed ||= result !== 'sent';
        // Without a network the others would only wait for their own time-outs.
        if (result === 'lost') return;
      }
    });
    return failed;
  };

  let running: Promise<void> | undefined;
  let failures = 0;
  let callOff: (() => void) | undefined;
  /** Grows with every call to start: a round during which it grew is followed by another. */
  let calls = 0;

  const run = async (): Promise<void> => {
    let served: number;
    do {
      served = calls;
      // A lock that was taken away from this tab: the next round asks for it again.
      const failed = await round().catch(() => true);
      if (!failed) failures = 0;
      else if (served === calls) {
        const seconds = backoffSeconds[Math.min(failures, backoffSeconds.length - 1)] ?? 30;
        failures += 1;
        // Not all phones of a place that was cut off at the same instant, and never later than half a minute.
        callOff = ports.timer(seconds * 1000 * (0.75 + ports.random() / 4), start);
      }
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
  const kick = (): void => {
    failures = 0;
    start();
  };

  return {
    view: () => ({ record, underWay, outcomes }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: read,
    prepare: () => {
      const open = closeGate();
      start();
      return open;
    },
    press: async (press) => {
      // One write before the request: it says already that the request may have left.
      const sent = ports.mayReachNetwork() ? 'maybe' : 'no';
      await change((before) => withPress(before, { ...press, sent, track: [] }));
      gate?.open();
      kick();
    },
    moved: async (alertId, position) => {
      await change((before) => withChange(before, alertId, (press) => withPosition(press, position)));
      // Somewhere without a network, points keep coming: they go with the next try.
      if (callOff === undefined) start();
    },
    cancel: async (alertId, pin) => {
      pins.set(alertId, pin);
      outcomes.delete(alertId);
      await change((before) => withChange(before, alertId, (press) => ({ ...press, cancelling: true })));
      kick();
    },
    answerCheckIn: async (answer, pin) => {
      pins.set(answer.checkInId, pin);
      outcomes.delete(answer.checkInId);
      await change((before) => withAnswer(before, answer));
      kick();
    },
    hasPin: (id) => pins.has(id),
    adopt: async (press) =>
      change((before) =>
        before.presses.some(({ alertId }) => alertId === press.alertId)
          ? before
          : withPress(before, { ...press, sent: 'yes', track: [] }),
      ),
    close: async (alertId) => change((before) => withChange(before, alertId, (press) => ({ ...press, closed: true }))),
    revive: async () => {
      await change((before) => ({
        ...before,
        presses: before.presses.map((press) => {
          if (press.refusal !== 'unknown-phone') return press;
          const { refusal: _gone, ...rest } = press;
          return { ...rest, sent: 'maybe' };
        }),
      }));
      kick();
    },
    kick,
    flush: async () => {
      await round();
      return record.presses.some(({ sent }) => sent === 'no' || sent === 'maybe');
    },
  };
};
