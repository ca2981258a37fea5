import * as z from 'zod';
import { stringAt } from '../json.ts';
import { parsePolicy } from '../iam/policy.ts';
import { physicalName } from '../template/names.ts';
import { inert, resourceType } from './resource-type.ts';

/** `AWS::SQS::Queue` */
export const queue = resourceType(
  z.strictObject({
    QueueName: z.string().optional(),
    MessageRetentionPeriod: z.number().optional(),
    VisibilityTimeout: z.number().optional(),
    // Encryption with SQS's own key asks nobody for anything. With another, who may use it is not checked here.
    SqsManagedSseEnabled: inert,
    KmsMasterKeyId: z.string().optional(),
    Tags: inert,
  }),
  async (
    { QueueName, MessageRetentionPeriod, VisibilityTimeout, KmsMasterKeyId },
    { logicalId },
    { region, account, stackName, sqs },
  ) => {
    const name = QueueName ?? physicalName(stackName, logicalId);
    const Attributes = {
      ...(MessageRetentionPeriod && { MessageRetentionPeriod: String(MessageRetentionPeriod) }),
      ...(KmsMasterKeyId && { KmsMasterKeyId }),
      ...(VisibilityTimeout && { VisibilityTimeout: String(VisibilityTimeout) }),
    };
    const url = stringAt(await sqs.call('CreateQueue', { QueueName: name, Attributes }), 'QueueUrl') ?? '';
    return {
      ref: url,
      attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name, QueueUrl: url },
    };
  },
);

/** `AWS::SQS::QueuePolicy` */
export const queuePolicy = resourceType(
  z.strictObject({ PolicyDocument: z.unknown(), Queues: z.array(z.string()) }),
  async ({ PolicyDocument, Queues }, { logicalId }, { region, account, access, sqs }) => {
    const statements = parsePolicy(PolicyDocument, `AWS::SQS::QueuePolicy (${logicalId})`);
    for (const url of Queues) {
      access.addResourcePolicy(`arn:aws:sqs:${region}:${account}:${url.split('/').at(-1)}`, statements);
      const Attributes = { Policy: JSON.stringify(PolicyDocument) };
      await sqs.call('SetQueueAttributes', { QueueUrl: url, Attributes });
    }
    return { ref: logicalId };
  },
);
