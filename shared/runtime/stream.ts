import type { AttributeValue, Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type StreamReaderName, streamItemTypes } from '../names.ts';
import { type Log, createLog, describeFault } from './log.ts';

export type Image = Readonly<Record<string, AttributeValue>>;

export type StreamHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/**
 * Side by side, so that no record waits for a bad one. Lambda sends everything from the lowest failed one again; the claims
 * make that harmless. The items' types are checked again: the mapping's filter only saves invocations.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 *
 * @param handle resolves when nothing is left to do, or when the rest is the watchman's
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
