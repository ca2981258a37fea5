import { Duration, Validations } from 'aws-cdk-lib/core';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { OperatorAlarms } from './operator-alarms.ts';

/**
 * On which records of the stream its readers gave up. A message names the function, and holds the place of the records in
 * the stream, not the records: no personal data (G8).
 */
export class GivenUpQueue extends Construct {
  readonly queueArn: string;

  constructor(scope: Construct, id: string, { alarms }: { readonly alarms: OperatorAlarms }) {
    super(scope, id);
    const queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.queueArn = queue.queueArn;
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the last stop: the on-failure destination of the mappings, and an alarm watches it.',
    });
    alarms.add('given-up', {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
      what: 'A function that tells people gave up on a record of the stream; the watchman has it now.',
      impact: 'A family, a consulate or the ministry hears of an alert a minute or more late.',
    });
  }
}
