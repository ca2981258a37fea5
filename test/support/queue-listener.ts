import { NotFoundException, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { resourceNames } from '../../shared/names.ts';
import type { Ground, Heard } from './black-box.ts';

/** Endpoint and credentials of a ground, for the clients of an operator. */
export type ClientConfig = {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** Reads what SNS puts into a queue without raw delivery. https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html */
const readEnvelope = (text: string): Heard => {
  const { Message, MessageAttributes = {} } = JSON.parse(text) as {
    Message: string;
    MessageAttributes?: Record<string, { Value: string }>;
  };
  const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value] as const);
  return { body: Message, attributes: Object.fromEntries(attributes) };
};

/** Lets one topic of SNS send to the queue, as an office's administrator would have to. */
const policyFor = (queueArn: string, topicArn: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  });

type Subscribe = (wanted: { readonly topicArn: string; readonly queueArn: string }) => Promise<unknown>;

/** As whoever owns the topic. */
export const subscribesItself = (config: ClientConfig): Subscribe => {
  const sns = new SNSClient(config);
  return async ({ topicArn, queueArn }) =>
    sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn }));
};

/** The topics of offices let nobody subscribe but the function behind the operator's command; families' are as any. */
export const subscribesAsOperator = (
  config: ClientConfig,
  toOffice: (officeId: string, queueArn: string) => Promise<unknown>,
): Subscribe => {
  const itself = subscribesItself(config);
  return async (wanted) => {
    const name = wanted.topicArn.split(':').at(-1) ?? '';
    if (name.startsWith(resourceNames.familyTopicPrefix)) return itself(wanted);
    const officeId = name
      .replace(resourceNames.consulateTopicPrefix, '')
      .replace(resourceNames.ministryTopic, 'ministry');
    return toOffice(officeId, wanted.queueArn);
  };
};

/** Listens to topics as another system does: with one SQS queue for each. */
export const createQueueListener = (
  config: ClientConfig,
  subscribe: Subscribe = subscribesItself(config),
): Pick<Ground, 'listen' | 'heard'> => {
  const sqs = new SQSClient(config);
  const queues = new Map<string, { readonly url: string; readonly heard: Heard[] }>();

  return {
    listen: async (topicName) => {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `listener-${topicName}` }));
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
      const queueArn = Attributes!['QueueArn']!;
      const topicArn = queueArn.replace(':sqs:', ':sns:').replace(/[^:]+$/, topicName);
      await sqs.send(
        new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: policyFor(queueArn, topicArn) } }),
      );
      try {
        await subscribe({ topicArn, queueArn });
      } catch (error) {
        if (error instanceof NotFoundException) return false;
        throw error;
      }
      queues.set(topicName, { url: QueueUrl!, heard: [] });
      return true;
    },

    heard: async (topicName) => {
      const queue = queues.get(topicName);
      if (queue === undefined) throw new Error(`Nobody listens to ${topicName}`);
      const receive = new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages: 10 });
      const { Messages = [] } = await sqs.send(receive);
      for (const { Body, ReceiptHandle } of Messages) {
        queue.heard.push(readEnvelope(Body!));
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
      }
      return queue.heard;
    },
  };
};
