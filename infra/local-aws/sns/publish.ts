import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { notUnderstood, operationsOf, type Operation } from '../aws-input.ts';
import { AwsError } from '../aws-service.ts';
import { deliverToPhone, deliverToTopic } from './delivery.ts';
import { invalidParameter, refuseInput } from './errors.ts';
import { acceptMessage, maxSmsCharacters, sizeOf, type AcceptedMessage } from './message.ts';
import { findTopic, isPhoneNumber, type SnsState } from './state.ts';

const define = operationsOf(refuseInput);

const messageShape = {
  Message: z.string(),
  Subject: z.string().optional(),
  MessageStructure: z.string().optional(),
  MessageAttributes: z
    .record(
      z.string(),
      z.strictObject({
        DataType: z.string(),
        StringValue: z.string().optional(),
        BinaryValue: z.instanceof(Uint8Array).optional(),
      }),
    )
    .optional(),
};

// https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html
const maxBatch = 10;
const maxBatchBytes = 262_144;

export const publishOperations = (state: SnsState): Record<string, Operation> => {
  const publication = (message: AcceptedMessage) => ({ messageId: randomUUID(), at: state.options.now(), message });
  return {
    /** To a topic or a phone: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
    Publish: define(
      z.strictObject({
        ...messageShape,
        TopicArn: z.string().optional(),
        TargetArn: z.string().optional(),
        PhoneNumber: z.string().optional(),
      }),
      async ({ TopicArn, TargetArn, PhoneNumber, ...given }) => {
        const target = onlyTarget(TopicArn, TargetArn, PhoneNumber);
        if (PhoneNumber !== undefined) {
          if (!isPhoneNumber(PhoneNumber)) {
            throw invalidParameter(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`);
          }
          const message = acceptMessage(given);
          if (message.textFor('sms').length > maxSmsCharacters) throw invalidParameter('Message too long');
          const sent = publication(message);
          deliverToPhone(state, PhoneNumber, sent);
          return { MessageId: sent.messageId };
        }
        if (target.includes(':endpoint/')) throw notUnderstood('SNS endpoints of mobile applications');
        const topic = findTopic(state, target, TopicArn === undefined ? 'TargetArn' : 'TopicArn');
        const sent = publication(acceptMessage(given));
        await deliverToTopic(state, topic, sent);
        return { MessageId: sent.messageId };
      },
    ),

    /** Each entry succeeds or fails by itself: https://docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html */
    PublishBatch: define(
      z.strictObject({
        TopicArn: z.string(),
        PublishBatchRequestEntries: z.array(z.strictObject({ Id: z.string(), ...messageShape })),
      }),
      async ({ TopicArn, PublishBatchRequestEntries: entries }) => {
        const topic = findTopic(state, TopicArn);
        checkBatch(entries);
        const Successful: unknown[] = [];
        const Failed: unknown[] = [];
        for (const { Id, ...given } of entries) {
          try {
            const sent = publication(acceptMessage(given));
            await deliverToTopic(state, topic, sent);
            Successful.push({ Id, MessageId: sent.messageId });
          } catch (error) {
            if (!(error instanceof AwsError)) throw error;
            Failed.push({ Id, Code: error.code, Message: error.message, SenderFault: error.statusCode < 500 });
          }
        }
        return { Successful, Failed };
      },
    ),
  };
};

const onlyTarget = (...targets: readonly (string | undefined)[]): string => {
  const [target, ...others] = targets.filter((value) => value !== undefined);
  if (target === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  if (others.length > 0) throw invalidParameter('TopicArn, TargetArn or PhoneNumber Reason: only one may be given');
  return target;
};

const checkBatch = (entries: readonly { readonly Id: string; readonly Message: string }[]): void => {
  if (entries.length === 0) throw refuseBatch('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > maxBatch) {
    throw refuseBatch('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
  }
  if (entries.some(({ Id }) => !/^[\w-]{1,80}$/.test(Id))) {
    throw refuseBatch(
      'InvalidBatchEntryId',
      "The Id of a batch entry in a batch request doesn't abide by the specification.",
    );
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw refuseBatch('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
  }
  if (entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > maxBatchBytes) {
    throw refuseBatch(
      'BatchRequestTooLong',
      'The length of all the batch messages put together is more than the limit.',
    );
  }
};

const refuseBatch = (code: string, message: string): AwsError => new AwsError(code, message);
