import { randomUUID } from 'node:crypto';
import type { Item } from 'dynalite/db/index.js';
import { itemSizeBytes, sameItem } from './attribute-value.ts';
import type { Change } from './stage.ts';

/**
 * A record of a DynamoDB stream as Lambda hands it to a function, but for `eventSourceARN`, which the reader adds.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html
 */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly dynamodb: {
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    /** 21 digits, increasing with each write of this database, also as text. */
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: 'NEW_AND_OLD_IMAGES';
  };
  /** Only on deletions by TTL. */
  readonly userIdentity?: UserIdentity;
};

export type UserIdentity = { type: 'Service'; principalId: 'dynamodb.amazonaws.com' };

/** Real sequence numbers have 21 to 40 digits. */
const firstSequenceNumber = 10n ** 20n;

/** The record of a change, or nothing for a table without a stream and for a write that changed nothing. */
export const streamRecord = (
  change: Change,
  context: { sequence: number; now: Date; region: string; userIdentity: UserIdentity | undefined },
): StreamRecord | undefined => {
  const { table } = change;
  if (!table.StreamSpecification?.StreamEnabled) return undefined;
  // Copies: the images outlive the write, and its answer may share their values.
  const before = structuredClone(change.before);
  const after = structuredClone(change.after);
  if (sameItem(before, after)) return undefined;

  const image = after ?? before ?? {};
  // In the order of the key schema, so that an item's keys are one text in all of its records.
  const keys = Object.fromEntries(
    table.KeySchema.flatMap(({ AttributeName: name }) => (image[name] ? [[name, image[name]]] : [])),
  );
  const sizes = [keys, before, after].map((item) => (item ? itemSizeBytes(item) : 0));
  return {
    eventID: randomUUID().replaceAll('-', ''),
    eventName: eventName(before, after),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: context.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(context.now.getTime() / 1000),
      Keys: structuredClone(keys),
      ...(after && { NewImage: after }),
      ...(before && { OldImage: before }),
      SequenceNumber: String(firstSequenceNumber + BigInt(context.sequence)),
      SizeBytes: sizes.reduce((sum, size) => sum + size, 0),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    ...(context.userIdentity && { userIdentity: { ...context.userIdentity } }),
  };
};

const eventName = (before: Item | undefined, after: Item | undefined): StreamRecord['eventName'] => {
  if (!before) return 'INSERT';
  return after ? 'MODIFY' : 'REMOVE';
};
