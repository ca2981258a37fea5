import { Duration, Stack, Validations } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { resourceNames } from '../../shared/names.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { OperatorAlarms } from './operator-alarms.ts';

export type UndeliveredQueueProps = { readonly key: EncryptionKey; readonly alarms: OperatorAlarms };

/**
 * What SNS could not deliver to a web hook or queue of an office, when it has given up. Without it nobody would know.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export class UndeliveredQueue extends Construct {
  constructor(scope: Construct, id: string, props: UndeliveredQueueProps) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const fromOffices = {
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      conditions: {
        ArnLike: {
          'aws:SourceArn': [resourceNames.consulateTopicPrefix, resourceNames.ministryTopic].map(
            (name) => `arn:${partition}:sns:${region}:${account}:${name}*`,
          ),
        },
      },
    };
    const queue = new Queue(this, 'Queue', {
      queueName: resourceNames.undeliveredQueue,
      // The documents of alerts, with all that they hold (G8): a weekend for the operator, and no longer.
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
    });
    queue.addToResourcePolicy(
      new PolicyStatement({ ...fromOffices, actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
    );
    props.key.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'UndeliveredMessagesOfOffices',
        ...fromOffices,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the last stop of messages, and an alarm watches it.',
    });
    props.alarms.add('undelivered-to-machines', {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      what: 'SNS could not deliver messages to a web hook or a queue of an office, and has given up.',
      impact: 'The system of that office lacks an alert. Its mailboxes and duty phones were told apart from that.',
    });
  }
}
