import * as z from 'zod';
import { eventFilter } from '../streams/event-filter.ts';
import { createStreamMapping } from '../streams/stream-mapping.ts';
import { stableUuid } from '../template/names.ts';
import type { Platform } from '../platform.ts';
import { inert, resourceType } from './resource-type.ts';

/** What Lambda itself does in the name of the function's role, https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const streamActions = ['DescribeStream', 'GetRecords', 'GetShardIterator'];

const checkRole = async (
  { access, keys, region, account }: Platform,
  {
    roleArn,
    streamArn,
    queueArn,
  }: { readonly roleArn: string; readonly streamArn: string; readonly queueArn: string | undefined },
): Promise<void> => {
  const [, tableName] = /:table\/([^/]+)\/stream\//.exec(streamArn) ?? [];
  const key = keys.keyOfTable(tableName ?? '');
  const viaDynamoDb = {
    'kms:viaservice': `dynamodb.${region}.amazonaws.com`,
    'kms:encryptioncontext:aws:dynamodb:tablename': tableName ?? '',
    'kms:encryptioncontext:aws:dynamodb:subscriberid': account,
  };
  const needs = [
    ...streamActions.map((action) => ({ action: `dynamodb:${action}`, resource: streamArn })),
    ...(key === undefined ? [] : [{ action: 'kms:Decrypt', resource: key, values: viaDynamoDb }]),
    ...(queueArn === undefined ? [] : [{ action: 'sqs:SendMessage', resource: queueArn }]),
  ];
  for (const need of needs) {
    if (await access.mayDo(roleArn, need)) continue;
    throw new Error(`the function's role ${roleArn} may not ${need.action} on ${need.resource}`);
  }
};

/** `AWS::Lambda::EventSourceMapping` of the table's stream. */
export const eventSourceMapping = resourceType(
  z.strictObject({
    EventSourceArn: z.string().includes(':dynamodb:').includes('/stream/'),
    FunctionName: z.string(),
    BatchSize: z.number().int().min(1).max(10_000).default(100),
    BisectBatchOnFunctionError: z.boolean().default(false),
    DestinationConfig: z
      .strictObject({ OnFailure: z.strictObject({ Destination: z.string().includes(':sqs:') }) })
      .optional(),
    Enabled: z.literal(true).optional(),
    FilterCriteria: z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) }).optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    MaximumBatchingWindowInSeconds: z.literal(0).optional(),
    MaximumRecordAgeInSeconds: z.number().int().min(-1).default(-1),
    MaximumRetryAttempts: z.number().int().min(-1).default(-1),
    ParallelizationFactor: z.number().int().min(1).max(10).default(1),
    // The table is new, or `--data` kept it and what its stream held has been read.
    StartingPosition: inert,
    Tags: inert,
  }),
  async (given, { type, logicalId }, platform) => {
    const { functions, streams, sqs, clock, activity, logs } = platform;
    const consumer = functions.find(given.FunctionName);
    if (consumer === undefined) throw new Error(`${type} (${logicalId}): there is no function ${given.FunctionName}`);
    const streamArn = given.EventSourceArn;
    const queueArn = given.DestinationConfig?.OnFailure.Destination;
    try {
      await checkRole(platform, { roleArn: consumer.roleArn, streamArn, queueArn });
    } catch (cause) {
      throw new Error(`${type} (${logicalId}): ${cause instanceof Error ? cause.message : ''}`, { cause });
    }
    streams.add(
      createStreamMapping({
        function: consumer,
        streamArn,
        filter: eventFilter(given.FilterCriteria?.Filters.map(({ Pattern }) => Pattern) ?? []),
        batchSize: given.BatchSize,
        parallelizationFactor: given.ParallelizationFactor,
        bisectOnError: given.BisectBatchOnFunctionError,
        reportsItemFailures: given.FunctionResponseTypes.length > 0,
        maximumRetryAttempts: given.MaximumRetryAttempts,
        maximumRecordAgeSeconds: given.MaximumRecordAgeInSeconds,
        onFailure:
          queueArn === undefined ? undefined : (document) => sqs.deliver({ queueArn, body: JSON.stringify(document) }),
        now: clock.now,
        activity,
        log: (line) => logs.add({ at: clock.now().toISOString(), function: consumer.name, line }),
      }),
    );
    return { ref: stableUuid(logicalId) };
  },
);
