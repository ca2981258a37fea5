import { serviceOf } from '../aws-input.ts';
import type { AwsService } from '../aws-service.ts';
import type { MessageAttributes } from '../sns/message-attributes.ts';
import { queueDoesNotExist } from './errors.ts';
import { enqueue, type Queue } from './messages.ts';
import { messageOperations } from './message-operations.ts';
import { queueOperations, type SqsState } from './queue-operations.ts';

/** Amazon SQS in this process, as far as subscriptions and on-failure destinations need it. */
export type LocalSqs = AwsService & {
  /** Puts a message into a queue as another service does; throws `QueueDoesNotExist`. */
  readonly deliver: (message: {
    readonly queueArn: string;
    readonly body: string;
    readonly attributes?: MessageAttributes;
  }) => void;
  /** JSON of the access policy, empty if there is none; undefined for a queue that is not on this machine. */
  readonly policyOf: (queueArn: string) => string | undefined;
  /** Bodies in a queue, oldest first, received or not; throws `QueueDoesNotExist`. */
  readonly messages: (queueName: string) => readonly string[];
  /** Empties every queue; the queues stay. */
  readonly clearMessages: () => void;
};

export const createSqs = (options: {
  readonly now: () => Date;
  readonly region: string;
  readonly account: string;
}): LocalSqs => {
  const state: SqsState = { ...options, queues: new Map() };
  const queueWith = (matches: (queue: Queue) => boolean): Queue => {
    const queue = [...state.queues.values()].find(matches);
    if (queue === undefined) throw queueDoesNotExist();
    return queue;
  };
  return {
    ...serviceOf('SQS', { ...queueOperations(state), ...messageOperations(state) }),
    deliver: ({ queueArn, body, attributes = {} }) => {
      enqueue(
        queueWith(({ arn }) => arn === queueArn),
        state.now(),
        { body, attributes },
      );
    },
    policyOf: (queueArn) => {
      const queue = [...state.queues.values()].find(({ arn }) => arn === queueArn);
      return queue && (queue.attributes.get('Policy') ?? '');
    },
    messages: (queueName) => queueWith(({ name }) => name === queueName).messages.map(({ body }) => body),
    clearMessages: () => {
      for (const queue of state.queues.values()) queue.messages.length = 0;
    },
  };
};
