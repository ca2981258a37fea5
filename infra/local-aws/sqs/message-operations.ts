import * as z from 'zod';
import { operationsOf, type Operation } from '../aws-input.ts';
import type { MessageAttributes } from '../sns/message-attributes.ts';
import { refuse, refuseInput } from './errors.ts';
import { arrival, enqueue, md5, seconds, take, type QueueMessage } from './messages.ts';
import { findQueue, type SqsState } from './queue-operations.ts';

const define = operationsOf(refuseInput);

const attributeValue = z.strictObject({
  DataType: z.string().regex(/^(String|Number|Binary)(\.[\w.-]+)?$/),
  StringValue: z.string().min(1).optional(),
  BinaryValue: z.instanceof(Uint8Array).optional(),
});

const systemAttributeNames = [
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
] as const;

export const messageOperations = (state: SqsState): Record<string, Operation> => ({
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
  SendMessage: define(
    z.strictObject({
      QueueUrl: z.string(),
      MessageBody: z.string(),
      DelaySeconds: z.int().min(0).max(900).optional(),
      MessageAttributes: z.record(z.string().regex(/^[\w.-]{1,256}$/), attributeValue).optional(),
    }),
    ({ QueueUrl, MessageBody, DelaySeconds, MessageAttributes: attributes = {} }) => {
      const queue = findQueue(state, QueueUrl);
      if (MessageBody === '') throw refuse('MissingParameter', 'The request must contain the parameter MessageBody.');
      checkContents(MessageBody);
      if (Object.keys(attributes).length > 10) throw refuse('InvalidParameterValue', 'At most 10 message attributes.');
      if (sizeOf(MessageBody, attributes) > seconds(queue, 'MaximumMessageSize')) {
        throw refuse('InvalidParameterValue', 'One or more parameters are invalid. Reason: Message must be shorter.');
      }
      const sent = enqueue(queue, state.now(), { body: MessageBody, attributes, delaySeconds: DelaySeconds });
      return { MessageId: sent.id, MD5OfMessageBody: md5(MessageBody) };
    },
  ),

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
  ReceiveMessage: define(
    z.strictObject({
      QueueUrl: z.string(),
      MaxNumberOfMessages: z.int().min(1).max(10).optional(),
      VisibilityTimeout: z.int().min(0).max(43_200).optional(),
      WaitTimeSeconds: z.int().min(0).max(20).optional(),
      AttributeNames: z.array(z.enum(systemAttributeNames)).optional(),
      MessageSystemAttributeNames: z.array(z.enum(systemAttributeNames)).optional(),
      MessageAttributeNames: z.array(z.string()).optional(),
    }),
    async ({ QueueUrl, MaxNumberOfMessages = 1, ...given }) => {
      const queue = findQueue(state, QueueUrl);
      const visibility = given.VisibilityTimeout ?? seconds(queue, 'VisibilityTimeout');
      const wait = given.WaitTimeSeconds ?? seconds(queue, 'ReceiveMessageWaitTimeSeconds');
      let taken = take(queue, state.now(), MaxNumberOfMessages, visibility);
      if (taken.length === 0 && wait > 0) {
        await arrival(queue, wait);
        taken = take(queue, state.now(), MaxNumberOfMessages, visibility);
      }
      if (taken.length === 0) return {};
      const system = [...(given.AttributeNames ?? []), ...(given.MessageSystemAttributeNames ?? [])];
      return { Messages: taken.map((message) => show(state, message, system, given.MessageAttributeNames ?? [])) };
    },
  ),

  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
  DeleteMessage: define(
    z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string() }),
    ({ QueueUrl, ReceiptHandle }) => {
      const { messages } = findQueue(state, QueueUrl);
      if (!z.uuid().safeParse(ReceiptHandle).success) {
        throw refuse(
          'ReceiptHandleIsInvalid',
          `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
        );
      }
      // An older handle, or one of a message that is gone, deletes nothing and is no error.
      const index = messages.findIndex(({ receiptHandle }) => receiptHandle === ReceiptHandle);
      if (index >= 0) messages.splice(index, 1);
      return {};
    },
  ),
});

/** "#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF": API_SendMessage.html */
const checkContents = (body: string): void => {
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(body)) {
    throw refuse('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
};

const sizeOf = (body: string, attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (bytes, [name, { DataType, StringValue = '', BinaryValue }]) =>
      bytes + Buffer.byteLength(name + DataType + StringValue) + (BinaryValue?.length ?? 0),
    Buffer.byteLength(body),
  );

const show = (
  state: SqsState,
  message: QueueMessage,
  systemNames: readonly string[],
  names: readonly string[],
): Record<string, unknown> => {
  const system = Object.entries({
    SenderId: state.account,
    SentTimestamp: String(message.sentAt.getTime()),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt?.getTime()),
  }).filter(([name]) => systemNames.includes('All') || systemNames.includes(name));
  const attributes = Object.entries(message.attributes).filter(([name]) =>
    names.some((wanted) => isNamed(name, wanted)),
  );
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(attributes.length > 0 && { MessageAttributes: Object.fromEntries(attributes) }),
  };
};

/** `All`, `.*`, a name, or a prefix such as `bar.*`. */
const isNamed = (name: string, wanted: string): boolean =>
  wanted === 'All' || wanted === name || (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2)));
