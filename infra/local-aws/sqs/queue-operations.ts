import * as z from 'zod';
import { notUnderstood, operationsOf, type Operation } from '../aws-input.ts';
import { queueDoesNotExist, refuse, refuseInput } from './errors.ts';
import { dropExpired, type Queue } from './messages.ts';

export type SqsState = {
  readonly now: () => Date;
  readonly region: string;
  readonly account: string;
  /** By URL, oldest first. */
  readonly queues: Map<string, Queue>;
};

const define = operationsOf(refuseInput);

/** Default and range of each attribute: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const numbers: Readonly<Record<string, { readonly initial: number; readonly min: number; readonly max: number }>> = {
  DelaySeconds: { initial: 0, min: 0, max: 900 },
  MaximumMessageSize: { initial: 1_048_576, min: 1024, max: 1_048_576 },
  MessageRetentionPeriod: { initial: 345_600, min: 60, max: 1_209_600 },
  ReceiveMessageWaitTimeSeconds: { initial: 0, min: 0, max: 20 },
  VisibilityTimeout: { initial: 30, min: 0, max: 43_200 },
};
/** Kept and shown; what they promise (encryption, access) is checked elsewhere or has no local meaning. */
const texts = new Set(['Policy', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled']);

const newQueue = (state: SqsState, name: string, attributes: Readonly<Record<string, string>>): Queue => ({
  name,
  url: urlOf(state, name),
  arn: `arn:aws:sqs:${state.region}:${state.account}:${name}`,
  createdAt: state.now(),
  attributes: new Map([
    ...Object.entries(numbers).map(([key, { initial }]) => [key, String(initial)] as const),
    ...Object.entries(attributes),
  ]),
  messages: [],
  waiting: new Set(),
});

const urlOf = ({ region, account }: SqsState, name: string): string =>
  `https://sqs.${region}.amazonaws.com/${account}/${name}`;

const checkName = (name: string): void => {
  if (name.endsWith('.fifo')) throw notUnderstood('SQS FIFO queues');
  if (/^[\w-]{1,80}$/.test(name)) return;
  throw refuse(
    'InvalidParameterValue',
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  );
};

/** Idempotent with the same attributes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const createQueue = (state: SqsState): Operation =>
  define(
    z.strictObject({
      QueueName: z.string(),
      Attributes: z.record(z.string(), z.string()).optional(),
      tags: z.record(z.string(), z.string()).optional(),
    }),
    ({ QueueName: name, Attributes: attributes = {} }) => {
      checkName(name);
      for (const [attribute, value] of Object.entries(attributes)) checkAttribute(attribute, value);
      const url = urlOf(state, name);
      const existing = state.queues.get(url);
      if (existing === undefined) {
        state.queues.set(url, newQueue(state, name, attributes));
      } else if (Object.entries(attributes).some(([key, value]) => existing.attributes.get(key) !== value)) {
        throw refuse(
          'QueueNameExists',
          'A queue already exists with the same name and a different value for an attribute',
        );
      }
      return { QueueUrl: url };
    },
  );

export const queueOperations = (state: SqsState): Record<string, Operation> => ({
  CreateQueue: createQueue(state),

  GetQueueUrl: define(
    z.strictObject({ QueueName: z.string(), QueueOwnerAWSAccountId: z.string().optional() }),
    ({ QueueName, QueueOwnerAWSAccountId = state.account }) => {
      const queue = [...state.queues.values()].find(({ name }) => name === QueueName);
      if (queue === undefined || QueueOwnerAWSAccountId !== state.account) throw queueDoesNotExist();
      return { QueueUrl: queue.url };
    },
  ),

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
  GetQueueAttributes: define(
    z.strictObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).optional() }),
    ({ QueueUrl, AttributeNames: wanted = [] }) => {
      const attributes = attributesOf(findQueue(state, QueueUrl), state.now());
      const unknown = wanted.find((name) => name !== 'All' && attributes[name] === undefined && !texts.has(name));
      if (unknown !== undefined) throw refuse('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
      const shown = Object.entries(attributes).filter(([name]) => wanted.includes('All') || wanted.includes(name));
      return shown.length === 0 ? {} : { Attributes: Object.fromEntries(shown) };
    },
  ),

  SetQueueAttributes: define(
    z.strictObject({ QueueUrl: z.string(), Attributes: z.record(z.string(), z.string()) }),
    ({ QueueUrl, Attributes }) => {
      const queue = findQueue(state, QueueUrl);
      for (const [name, value] of Object.entries(Attributes)) {
        checkAttribute(name, value);
        queue.attributes.set(name, value);
      }
      return {};
    },
  ),

  DeleteQueue: define(z.strictObject({ QueueUrl: z.string() }), ({ QueueUrl }) => {
    if (!state.queues.delete(QueueUrl)) throw queueDoesNotExist();
    return {};
  }),

  PurgeQueue: define(z.strictObject({ QueueUrl: z.string() }), ({ QueueUrl }) => {
    findQueue(state, QueueUrl).messages.length = 0;
    return {};
  }),
});

export const findQueue = (state: SqsState, url: string): Queue => {
  const queue = state.queues.get(url);
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
};

const checkAttribute = (name: string, value: string): void => {
  if (texts.has(name)) return;
  if (['RedrivePolicy', 'RedriveAllowPolicy', 'FifoQueue', 'ContentBasedDeduplication'].includes(name)) {
    throw notUnderstood(`the SQS queue attribute ${name}`);
  }
  const range = Object.hasOwn(numbers, name) ? numbers[name] : undefined;
  if (range === undefined) throw refuse('InvalidAttributeName', `Unknown Attribute ${name}.`);
  const given = Number(value);
  if (!/^\d+$/.test(value) || given < range.min || given > range.max) {
    throw refuse('InvalidAttributeValue', `Invalid value for the parameter ${name}.`);
  }
};

const attributesOf = (queue: Queue, now: Date): Readonly<Record<string, string>> => {
  dropExpired(queue, now);
  const count = (matches: (message: Queue['messages'][number]) => boolean) =>
    String(queue.messages.filter(matches).length);
  const hidden = (message: Queue['messages'][number]) => message.visibleAt > now.getTime();
  const createdAt = String(Math.floor(queue.createdAt.getTime() / 1000));
  return {
    ...Object.fromEntries(queue.attributes),
    QueueArn: queue.arn,
    CreatedTimestamp: createdAt,
    LastModifiedTimestamp: createdAt,
    ApproximateNumberOfMessages: count((message) => !hidden(message)),
    ApproximateNumberOfMessagesNotVisible: count((message) => hidden(message) && message.receiveCount > 0),
    ApproximateNumberOfMessagesDelayed: count((message) => hidden(message) && message.receiveCount === 0),
  };
};
