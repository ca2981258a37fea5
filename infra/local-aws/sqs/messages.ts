import { createHash, randomUUID } from 'node:crypto';
import type { MessageAttributes } from '../sns/message-attributes.ts';

export type QueueMessage = {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly sentAt: Date;
  /** Hidden from receivers until then, epoch milliseconds. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: Date | undefined;
  /** Of the latest receive; the only one with which the message can be deleted. */
  receiptHandle: string | undefined;
};

export type Queue = {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly createdAt: Date;
  readonly attributes: Map<string, string>;
  /** Oldest first. */
  readonly messages: QueueMessage[];
  /** Wake those who wait for a message. */
  readonly waiting: Set<() => void>;
};

/** Adds a message and wakes who waits for one. */
export const enqueue = (
  queue: Queue,
  now: Date,
  message: {
    readonly body: string;
    readonly attributes: MessageAttributes;
    readonly delaySeconds?: number | undefined;
  },
): QueueMessage => {
  const delayMs = (message.delaySeconds ?? seconds(queue, 'DelaySeconds')) * 1000;
  const queued: QueueMessage = {
    id: randomUUID(),
    body: message.body,
    attributes: message.attributes,
    sentAt: now,
    visibleAt: now.getTime() + delayMs,
    receiveCount: 0,
    firstReceivedAt: undefined,
    receiptHandle: undefined,
  };
  queue.messages.push(queued);
  for (const wake of queue.waiting) wake();
  return queued;
};

/** Takes visible messages and hides them for the visibility timeout. */
export const take = (queue: Queue, now: Date, max: number, visibilitySeconds: number): readonly QueueMessage[] => {
  dropExpired(queue, now);
  const taken = queue.messages.filter(({ visibleAt }) => visibleAt <= now.getTime()).slice(0, max);
  for (const message of taken) {
    message.visibleAt = now.getTime() + visibilitySeconds * 1000;
    message.receiveCount += 1;
    message.firstReceivedAt ??= now;
    message.receiptHandle = randomUUID();
  }
  return taken;
};

/** Resolves when a message arrives, or after so many real seconds. */
export const arrival = async (queue: Queue, waitSeconds: number): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, waitSeconds * 1000);
  queue.waiting.add(resolve);
  await promise;
  clearTimeout(timer);
  queue.waiting.delete(resolve);
};

export const dropExpired = (queue: Queue, now: Date): void => {
  const oldest = now.getTime() - seconds(queue, 'MessageRetentionPeriod') * 1000;
  const kept = queue.messages.filter(({ sentAt }) => sentAt.getTime() >= oldest);
  queue.messages.splice(0, queue.messages.length, ...kept);
};

export const seconds = (queue: Queue, attribute: string): number => Number(queue.attributes.get(attribute) ?? 0);

/** The SDK compares it with what it sent and received. */
export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
