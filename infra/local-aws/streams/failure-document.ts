import { randomUUID } from 'node:crypto';
import type { Queued } from './queued.ts';

export type FailureCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** The local table's stream has one shard. */
const shardId = 'shardId-00000000000000000000-local';

/**
 * What an on-failure destination gets: where the records stand in the stream, never the records themselves.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export const failureDocument = (failure: {
  readonly records: readonly Queued[];
  readonly condition: FailureCondition;
  readonly attempts: number;
  readonly streamArn: string;
  readonly functionArn: string;
  readonly now: Date;
}): Record<string, unknown> => {
  const { records } = failure;
  const arrivals = records.map(({ dynamodb }) => new Date(dynamodb.ApproximateCreationDateTime * 1000).toISOString());
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: failure.functionArn,
      condition: failure.condition,
      approximateInvokeCount: failure.attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: failure.now.toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: records[0]?.dynamodb.SequenceNumber,
      endSequenceNumber: records.at(-1)?.dynamodb.SequenceNumber,
      approximateArrivalOfFirstRecord: arrivals[0],
      approximateArrivalOfLastRecord: arrivals.at(-1),
      batchSize: records.length,
      streamArn: failure.streamArn,
    },
  };
};
