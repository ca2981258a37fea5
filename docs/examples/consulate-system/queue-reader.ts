import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Inbox } from './inbox.ts';

export type QueueOptions = {
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly queueUrl: string;
  /**
   * Whether the subscription has raw delivery. Then nothing is signed, and only the policy of your queue keeps others
   * from writing to it: it must admit sns.amazonaws.com for your topic alone.
   */
  readonly raw: boolean;
  readonly inbox: Inbox;
  readonly log: (line: string) => void;
};

/**
 * Waits for messages, at most 20 seconds, and handles them. A message is deleted when it is safely written down; what
 * could not be handled shows up again after the visibility timeout, and then in the dead-letter queue.
 * @returns how many were handled
 */
const readQueueOnce = async (options: QueueOptions, abortSignal: AbortSignal): Promise<number> => {
  const { sqs, queueUrl: QueueUrl, raw, inbox, log } = options;
  const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 20 });
  const { Messages = [] } = await sqs.send(receive, { abortSignal });
  let handled = 0;
  for (const { MessageId = '', Body = '', ReceiptHandle } of Messages) {
    try {
      await (raw ? inbox.takeRaw(MessageId, Body) : inbox.take(Body, 'queued'));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      handled += 1;
    } catch (error) {
      log(`left in the queue: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return handled;
};

/** Reads until the signal. An error of SQS is logged and survived. */
export const readQueue = async (
  options: QueueOptions,
  { signal, pause }: { signal: AbortSignal; pause: (ms: number) => Promise<unknown> },
): Promise<void> => {
  const isStopped = (): boolean => signal.aborted;
  while (!isStopped()) {
    try {
      await readQueueOnce(options, signal);
    } catch (error) {
      if (isStopped()) return;
      options.log(`the queue could not be read: ${error instanceof Error ? error.message : String(error)}`);
      await pause(5000);
    }
  }
};
