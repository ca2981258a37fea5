import { Duration, Validations } from 'aws-cdk-lib/core';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StreamReaderName } from '../../shared/names.ts';
import { streamItemTypes } from '../../shared/names.ts';
import type { AlertTable } from './alert-table.ts';
import type { OperatorAlarms } from './operator-alarms.ts';
import type { ServiceFunction } from './service-function.ts';

export type StreamConsumerProps = {
  readonly table: AlertTable;
  readonly consumer: ServiceFunction<StreamReaderName>;
  readonly alarms: OperatorAlarms;
  /** The harm to people when it fails or falls behind. */
  readonly impact: string;
};

/**
 * A function on the table's stream. A record that fails is tried twice more, alone, and then left to the watchman, so
 * other people's records do not wait for it. DynamoDB serves two readers a shard without throttling: the stack has two
 * of these and never a third.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { consumer, table, alarms, impact } = props;

    // A message holds the place of the records in the stream, not the records: no personal data (G8).
    const givenUp = new Queue(this, 'GivenUp', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(givenUp).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself the last stop: the on-failure destination of the mapping, and an alarm watches it.',
    });
    consumer.allow({ actions: ['sqs:SendMessage'], resources: [givenUp.queueArn] });
    table.grantStream(consumer);

    new EventSourceMapping(this, 'Mapping', {
      target: consumer.function,
      eventSourceArn: table.streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [
        FilterCriteria.filter({
          eventName: ['INSERT'],
          dynamodb: { NewImage: { itemType: { S: [...streamItemTypes[consumer.name]] } } },
        }),
      ],
      batchSize: 10,
      // Items of one family stay in order. Ten families of one shard are served side by side.
      parallelizationFactor: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 2,
      maxRecordAge: Duration.hours(1),
      onFailure: { bind: () => ({ destination: givenUp.queueArn }) },
    });

    alarms.add(`${consumer.name}-given-up`, {
      metric: givenUp.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: 1,
      what: `${consumer.name} gave up on a record of the stream; the watchman has it now.`,
      impact,
      runbook: `${consumer.name}-given-up`,
    });
    alarms.add(`${consumer.name}-lag`, {
      metric: consumer.function.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: Duration.minutes(1).toMilliseconds(),
      periods: 3,
      what: `${consumer.name} is more than a minute behind the table.`,
      impact,
      runbook: `${consumer.name}-lag`,
    });
  }
}
