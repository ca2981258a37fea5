import { type Queue, createQueue } from '../queue/queue.ts';
import type { CheckInAnswer, Press, QueueRecord } from '../queue/record.ts';
import { sendQueued } from './http.ts';
import { changeKept, readKept } from './kept.ts';
import { exclusively } from './lock.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const hasStrings = (value: unknown, ...names: string[]): boolean =>
  isRecord(value) && names.every((name) => typeof value[name] === 'string');
const isPress = (value: unknown): value is Press =>
  hasStrings(value, 'alertId', 'pressedAt', 'sent') && isRecord(value) && Array.isArray(value['track']);
const isAnswer = (value: unknown): value is CheckInAnswer => hasStrings(value, 'checkInId', 'action', 'saidAt');
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What cannot be read, left by another version, is left out rather than stopping the rest. */
const recordIn = (kept: unknown): QueueRecord => {
  const { presses, answers } = isRecord(kept) ? kept : {};
  return { presses: listOf(presses).filter(isPress), answers: listOf(answers).filter(isAnswer) };
};

/** The queue of this phone, for a tab or for the service worker. @param token of the phone at that moment */
export const phoneQueue = (token: () => Promise<string | undefined>): Queue =>
  createQueue({
    store: {
      read: async () => recordIn(await readKept('queue')),
      change: async (change) => changeKept('queue', (before) => change(recordIn(before))),
    },
    send: async ({ path, body }) => {
      const current = await token();
      return current === undefined ? { kind: 'lost', left: false } : sendQueued(path, body, current);
    },
    exclusively,
    timer: (milliseconds, callback) => {
      const id = setTimeout(callback, milliseconds);
      return () => clearTimeout(id);
    },
    random: Math.random,
  });
