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
    // Encryption with SQS's own key asks nobody for anything.
    SqsManagedSseEnabled: inert,
    Tags: inert,
  }),
  async (
    { QueueName, MessageRetentionPeriod, VisibilityTimeout },
    { logicalId },
    { region, account, stackName, sqs },
  ) => {
    const name = QueueName ?? physicalName(stackName, logicalId);
    const Attributes = {
      ...(MessageRetentionPeriod && { MessageRetentionPeriod: String(MessageRetentionPeriod) }),
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
  ({ PolicyDocument, Queues }, { logicalId }, { region, account, access }) => {
    const statements = parsePolicy(PolicyDocument, `AWS::SQS::QueuePolicy (${logicalId})`);
    for (const url of Queues) {
      access.addResourcePolicy(`arn:aws:sqs:${region}:${account}:${url.split('/').at(-1)}`, statements);
    }
    return { ref: logicalId };
  },
);
