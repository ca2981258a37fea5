import { describe, expect, test } from 'vitest';
import { createActivity } from '../../infra/local-aws/activity.ts';
import type { StreamRecord } from '../../infra/local-aws/dynamodb/stream-records.ts';
import type { LambdaFunction } from '../../infra/local-aws/functions/lambda-function.ts';
import type { InvokeOutcome } from '../../infra/local-aws/functions/lambda-worker.ts';
import { eventFilter } from '../../infra/local-aws/streams/event-filter.ts';
import { createStreamMapping, type StreamMappingOptions } from '../../infra/local-aws/streams/stream-mapping.ts';
import type { Json } from './support/fixture-stack.ts';

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
describe('an event filter', () => {
  const record = { eventName: 'INSERT', dynamodb: { NewImage: { itemType: { S: 'alert' }, n: { N: '1' } } } };
  const passes = (...patterns: object[]) => eventFilter(patterns.map((pattern) => JSON.stringify(pattern)))(record);

  test.each([
    [{ eventName: ['INSERT'], dynamodb: { NewImage: { itemType: { S: ['family', 'alert'] } } } }, true],
    [{ eventName: ['INSERT'], dynamodb: { NewImage: { itemType: { S: ['family'] } } } }, false],
    [{ eventName: ['MODIFY'] }, false],
    [{ dynamodb: { OldImage: { itemType: { S: [{ exists: false }] } } } }, true],
    [{ dynamodb: { NewImage: { itemType: { S: [{ exists: true }] } } } }, true],
    [{ dynamodb: { NewImage: { itemType: { S: [{ prefix: 'al' }] } } } }, true],
    [{ dynamodb: { NewImage: { itemType: { S: [{ suffix: 'al' }] } } } }, false],
    [{ dynamodb: { NewImage: { itemType: { S: [{ 'anything-but': ['family', 'event'] }] } } } }, true],
    [{ dynamodb: { NewImage: { missing: { S: [{ 'anything-but': ['family'] }] } } } }, false],
    [{ dynamodb: { NewImage: { itemType: { S: [{ 'equals-ignore-case': 'ALERT' }] } } } }, true],
  ])('%j: %s', (pattern, expected) => {
    expect(passes(pattern)).toBe(expected);
  });

  test('lets pass what any of its patterns lets pass, and everything without patterns', () => {
    expect(passes({ eventName: ['REMOVE'] }, { eventName: ['INSERT'] })).toBe(true);
    expect(passes()).toBe(true);
  });

  test.each([
    [{ a: [{ numeric: ['>', 1] }] }, 'numeric'],
    [{ $or: [] }, '$or'],
    [{ a: 'x' }, 'a'],
  ])('%j is refused by name', (pattern, name) => {
    expect(() => eventFilter([JSON.stringify(pattern)])).toThrow(name);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
describe('a stream mapping', () => {
  const record = (sequence: number, key = `k${sequence}`): StreamRecord => ({
    eventID: String(sequence),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(Date.now() / 1000),
      Keys: { pk: { S: key } },
      SequenceNumber: String(sequence),
      SizeBytes: 1,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });

  type Handler = (sequences: number[]) => Partial<InvokeOutcome> | Promise<Partial<InvokeOutcome>>;
  const ok = { kind: 'result', payload: '{"batchItemFailures":[]}' } as const;
  const failing = { kind: 'error', error: { errorType: 'Error', errorMessage: 'no' } } as const;
  const reporting = (...sequences: number[]) =>
    ({
      kind: 'result',
      payload: JSON.stringify({
        batchItemFailures: sequences.map((sequence) => ({ itemIdentifier: String(sequence) })),
      }),
    }) as const;

  const run = async (handler: Handler, records: StreamRecord[], overrides: Partial<StreamMappingOptions> = {}) => {
    const batches: number[][] = [];
    const documents: Json[] = [];
    const activity = createActivity();
    const consumer = {
      name: 'consumer',
      arn: 'arn:consumer',
      invoke: async (event: Json) => {
        const sequences = event.Records.map((one: StreamRecord) => Number(one.dynamodb.SequenceNumber));
        batches.push(sequences);
        return { requestId: '1', ...(await handler(sequences)) } as InvokeOutcome;
      },
    } as LambdaFunction;
    const mapping = createStreamMapping({
      function: consumer,
      streamArn: 'arn:stream',
      filter: () => true,
      batchSize: 10,
      parallelizationFactor: 1,
      bisectOnError: false,
      reportsItemFailures: true,
      maximumRetryAttempts: 2,
      maximumRecordAgeSeconds: -1,
      onFailure: (document) => void documents.push(document),
      now: () => new Date(),
      activity,
      log: () => {},
      ...overrides,
    });
    for (const one of records) mapping.accept(one);
    await activity.idle();
    return { batches, documents };
  };

  test('hands records over in batches, in order', async () => {
    const { batches } = await run(
      () => ok,
      [1, 2, 3, 4, 5].map((n) => record(n)),
      { batchSize: 2 },
    );
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  test('tries again from the lowest failed record on, and gives the rest up after its retries', async () => {
    const { batches, documents } = await run(
      (sequences) => (sequences.includes(2) ? reporting(3, 2) : ok),
      [1, 2, 3].map((n) => record(n)),
    );
    expect(batches).toEqual([
      [1, 2, 3],
      [2, 3],
      [2, 3],
    ]);
    expect(documents).toMatchObject([
      {
        version: '1.0',
        requestContext: { functionArn: 'arn:consumer', condition: 'RetryAttemptsExhausted', approximateInvokeCount: 3 },
        DDBStreamBatchInfo: { startSequenceNumber: '2', endSequenceNumber: '3', batchSize: 2, streamArn: 'arn:stream' },
      },
    ]);
    expect(JSON.stringify(documents)).not.toContain('Keys');
  });

  test('halves a batch that fails, without counting the halving', async () => {
    const { batches, documents } = await run(
      (sequences) => (sequences.includes(3) ? failing : ok),
      [1, 2, 3, 4].map((n) => record(n)),
      {
        bisectOnError: true,
        maximumRetryAttempts: 1,
      },
    );
    expect(batches).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(documents).toMatchObject([{ DDBStreamBatchInfo: { startSequenceNumber: '3', batchSize: 1 } }]);
  });

  test.each([
    ['an unknown identifier', reporting(99)],
    ['a report it cannot read', { kind: 'result', payload: '{"batchItemFailures":[{}]}' } as const],
  ])('%s fails the whole batch', async (_name, outcome) => {
    const { batches } = await run(() => outcome, [record(1), record(2)], { maximumRetryAttempts: 0 });
    expect(batches).toEqual([[1, 2]]);
  });

  test('an answer without a report is success', async () => {
    expect((await run(() => ({ kind: 'result', payload: 'null' }), [record(1)])).batches).toEqual([[1]]);
  });

  test('lets records of other items pass while one item waits, and keeps the order within an item', async () => {
    const started: number[] = [];
    const slow = Promise.withResolvers<void>();
    const handler: Handler = async ([first = 0]) => {
      started.push(first);
      if (first === 1) await slow.promise;
      if (started.length === 4) slow.resolve();
      return ok;
    };
    const records = [
      record(1, 'a'),
      record(2, 'a'),
      ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key, index) => record(3 + index, key)),
    ];
    const { batches } = await run(handler, records, { parallelizationFactor: 10, batchSize: 1 });
    const order = batches.flat();
    expect(order.indexOf(2)).toBeGreaterThan(order.indexOf(1) + 1);
    expect(order.toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('gives up what is too old without a try', async () => {
    const { dynamodb, ...rest } = record(1);
    const arrived = dynamodb.ApproximateCreationDateTime - 3601;
    const old = { ...rest, dynamodb: { ...dynamodb, ApproximateCreationDateTime: arrived } };
    const { batches, documents } = await run(() => ok, [old, record(2)], { maximumRecordAgeSeconds: 3600 });
    expect(batches).toEqual([[2]]);
    expect(documents).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
  });
});
