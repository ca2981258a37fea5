import { type Gate, createGate } from './gate.ts';
import { type Memory, type Store, createMemory } from './memory.ts';
import type { CheckInAnswer, Position, Press, QueueRecord } from './record.ts';
import { withAdopted, withAnswer, withChange, withPosition, withPress, withRevived } from './record.ts';
import { type Timer, createRounds } from './rounds.ts';
import { type Answer, type Outcome, type Step, applyAnswer, keyOf, nextStep, requestOf } from './steps.ts';

export type QueuePorts = {
  readonly store: Store;
  /** Sends a request with the phone's token. Never rejects. */
  readonly send: (request: { readonly path: string; readonly body: object }) => Promise<Answer>;
  /** Runs the work while no other tab does. A holder that has hung is not waited for for ever: ids make that harmless. */
  readonly exclusively: (work: () => Promise<void>) => Promise<void>;
  readonly timer: Timer;
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

/** What a tab knows and the disk does not. */
type Volatile = {
  /** The press whose request is under way. */
  underWay: string | undefined;
  /** Presses of which nothing has been sent, although they are marked as if. */
  readonly fresh: Set<string>;
  readonly pins: Map<string, string>;
  readonly outcomes: Map<string, Outcome>;
};

/**
 * Marks a press before it leaves: if the app ends now, it must not say later that nothing was sent.
 * @returns the step with what is true of the press if the request turns out not to have left
 */
const marked = async (step: Step, memory: Memory, volatile: Volatile): Promise<Step> => {
  if (step.kind !== 'press') return step;
  const { press } = step;
  volatile.underWay = press.alertId;
  if (volatile.fresh.delete(press.alertId)) return { ...step, press: { ...press, sent: 'no' } };
  if (press.sent === 'no') await memory.change((before) => withChange(before, press.alertId, asMaybeSent));
  return step;
};

const asMaybeSent = (press: Press): Press => ({ ...press, sent: 'maybe' });

/** Makes the next request that is due, if there is one. @param tried grows by what has to be tried again */
const attempt = async (
  ports: QueuePorts,
  memory: Memory,
  volatile: Volatile,
  tried: Set<string>,
): Promise<'sent' | 'failed' | 'lost' | 'nothing'> => {
  const next = nextStep(memory.record(), volatile.pins, tried);
  if (!next) return 'nothing';
  const step = await marked(next, memory, volatile);
  const answer = await ports.send(requestOf(step));
  volatile.underWay = undefined;
  const { again, outcome } = applyAnswer(memory.record(), step, answer);
  await memory.change((before) => applyAnswer(before, step, answer).record);
  if (outcome && (step.kind === 'cancel' || step.kind === 'answer')) {
    const id = step.kind === 'cancel' ? step.press.alertId : step.answer.checkInId;
    volatile.pins.delete(id);
    volatile.outcomes.set(id, outcome);
    memory.notify();
  }
  if (!again) return 'sent';
  tried.add(keyOf(step));
  return answer.kind === 'lost' ? 'lost' : 'failed';
};

/**
 * Sends what is due, as long as there is a network. Others of this phone wait meanwhile.
 * @returns whether something has to be tried again
 */
const oneRound = async (ports: QueuePorts, memory: Memory, volatile: Volatile, gate: Gate): Promise<boolean> => {
  let failed = false;
  await ports.exclusively(async () => {
    await memory.read();
    await gate.opened();
    const tried = new Set<string>();
    for (;;) {
      const result = await attempt(ports, memory, volatile, tried);
      if (result === 'nothing') return;
      failed ||= result !== 'sent';
      // Without a network the others would only wait for their own time-outs.
      if (result === 'lost') return;
    }
  });
  return failed;
};

/** The phone's outbox: what was done here reaches the service, once, however often the app stops in between. */
export const createQueue = (ports: QueuePorts): Queue => {
  const memory = createMemory(ports.store);
  const volatile: Volatile = { underWay: undefined, fresh: new Set(), pins: new Map(), outcomes: new Map() };
  const gate = createGate(ports.timer);

  const round = async (): Promise<boolean> => oneRound(ports, memory, volatile, gate);
  const { start, kick, isWaiting } = createRounds(round, ports.timer, ports.random);

  const changeAndKick = async (by: (before: QueueRecord) => QueueRecord): Promise<void> => {
    await memory.change(by);
    gate.open();
    kick();
  };
  const remember = (id: string, pin: string): void => {
    volatile.pins.set(id, pin);
    volatile.outcomes.delete(id);
  };
  const changePress = (alertId: string, change: (press: Press) => Press) => (before: QueueRecord) =>
    withChange(before, alertId, change);

  return {
    view: () => ({ record: memory.record(), underWay: volatile.underWay, outcomes: volatile.outcomes }),
    onChange: memory.onChange,
    refresh: memory.read,
    prepare: () => {
      const open = gate.close();
      start();
      return open;
    },
    press: async (press) => {
      // One write before the request: it says already that the request may have left.
      volatile.fresh.add(press.alertId);
      await changeAndKick((before) => withPress(before, { ...press, sent: 'maybe', track: [] }));
    },
    moved: async (alertId, position) => {
      await memory.change(changePress(alertId, (press) => withPosition(press, position)));
      // Somewhere without a network, points keep coming: they go with the next try.
      if (!isWaiting()) start();
    },
    cancel: async (alertId, pin) => {
      remember(alertId, pin);
      await changeAndKick(changePress(alertId, (press) => ({ ...press, cancelling: true })));
    },
    answerCheckIn: async (answer, pin) => {
      remember(answer.checkInId, pin);
      await changeAndKick((before) => withAnswer(before, answer));
    },
    hasPin: (id) => volatile.pins.has(id),
    adopt: async (press) => memory.change((before) => withAdopted(before, press)),
    close: async (alertId) => memory.change(changePress(alertId, (press) => ({ ...press, closed: true }))),
    revive: async () => changeAndKick(withRevived),
    kick,
    flush: async () => {
      await round();
      return memory.record().presses.some(({ sent }) => sent === 'no' || sent === 'maybe');
    },
  };
};
