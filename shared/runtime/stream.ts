import type { AttributeValue, Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { StreamReaderName } from '../names.ts';
import { streamItemTypes } from '../names.ts';
import type { Log } from './log.ts';
import { createLog, describeFault } from './log.ts';

/** The new image of an inserted item, as the stream carries it. */
export type Image = Readonly<Record<string, AttributeValue>>;

export type StreamHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/**
 * Handles each record of a batch on its own, side by side: one bad record never holds up other people's. A record
 * whose handling rejects is reported as failed, by its sequence number; Lambda then sends everything from the lowest
 * failed one again, which the claims make harmless.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 *
 * The types of its items are checked here again: the mapping's filter is only an economy.
 *
 * @param handle resolves when the record is done with, also when it is left to the watchman
 */
export const streamHandler = (
  functionName: StreamReaderName,
  handle: (image: Image, log: Log) => Promise<void>,
): StreamHandler => {
  const itemTypes: readonly string[] = streamItemTypes[functionName];
  const one = async (record: DynamoDBRecord, log: Log): Promise<{ itemIdentifier: string } | undefined> => {
    const image = record.dynamodb?.NewImage;
    if (record.eventName !== 'INSERT' || !image || !itemTypes.includes(image['itemType']?.S ?? '')) return undefined;
    try {
      await handle(image, log);
      return undefined;
    } catch (fault) {
      const sequenceNumber = record.dynamodb?.SequenceNumber ?? '';
      log.error('record.failed', { sequenceNumber, ...describeFault(fault) });
      return { itemIdentifier: sequenceNumber };
    }
  };
  return async (event, context) => {
    const log = createLog({ function: functionName, requestId: context.awsRequestId });
    const failures = await Promise.all(event.Records.map(async (record) => one(record, log)));
    return { batchItemFailures: failures.filter((failure) => failure !== undefined) };
  };
};
