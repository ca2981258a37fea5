import { Duration } from 'aws-cdk-lib/core';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type StreamReaderName, streamItemTypes } from '../../shared/names.ts';
import type { AlertTable } from './alert-table.ts';
import type { GivenUpQueue } from './given-up-queue.ts';
import type { ServiceFunction } from './service-function.ts';

export type StreamConsumerProps = {
  readonly table: AlertTable;
  readonly consumer: ServiceFunction<StreamReaderName>;
  /** Where the place of a record goes that it gave up on. */
  readonly givenUp: GivenUpQueue;
};

/**
 * A function on the table's stream. A record that fails is tried twice more, alone, and then left to the watchman, so
 * other people's records do not wait for it. DynamoDB serves two readers a shard without throttling: the stack has two
 * of these and never a third. Of a table with replicas AWS advises one: before a second region this has to change.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { consumer, table, givenUp } = props;
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
      // Lambda keeps changes of one item in order, and no others; nothing here relies on more. Ten lanes a shard, side by side.
      // https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
      parallelizationFactor: 10,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 2,
      maxRecordAge: Duration.hours(1),
      onFailure: { bind: () => ({ destination: givenUp.queueArn }) },
    });
  }
}
