import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import { prepare } from './engine.ts';
import type { CreateTableInput, UpdateTimeToLiveInput } from './parameters.ts';

const keySchema = z.array(z.looseObject({ AttributeName: z.string() }));

/** A table as DescribeTable shows it; kept as JSON beside the items. */
const tableSchema = z.looseObject({
  TableName: z.string(),
  TableArn: z.string(),
  CreationDateTime: z.number(),
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.looseObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  GlobalSecondaryIndexes: z.array(z.looseObject({ IndexName: z.string(), KeySchema: keySchema })).optional(),
  StreamSpecification: z.object({ StreamEnabled: z.boolean(), StreamViewType: z.string().optional() }).optional(),
});

export type Table = z.infer<typeof tableSchema>;

/** `timeToLive` is the attribute's name while TTL is enabled. */
export const storedTableSchema = z.object({ table: tableSchema, timeToLive: z.string().optional() });

export type StoredTable = z.infer<typeof storedTableSchema>;

/** The new table, active at once: nothing here takes time to be provisioned. */
export const newTable = (input: CreateTableInput, place: { region: string; accountId: string; now: Date }): Table => {
  const { StreamSpecification, DeletionProtectionEnabled, SSESpecification, BillingMode, ...basics } = input;
  prepare('CreateTable', { ...basics, BillingMode });
  const arn = `arn:aws:dynamodb:${place.region}:${place.accountId}:table/${input.TableName}`;
  const created = place.now.getTime() / 1000;
  const streamLabel = place.now.toISOString().replace('Z', '');
  return tableSchema.parse({
    ...basics,
    TableArn: arn,
    TableId: randomUUID(),
    CreationDateTime: created,
    TableStatus: 'ACTIVE',
    ItemCount: 0,
    TableSizeBytes: 0,
    BillingModeSummary: { BillingMode, LastUpdateToPayPerRequestDateTime: created },
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    DeletionProtectionEnabled: DeletionProtectionEnabled ?? false,
    ...(input.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: input.GlobalSecondaryIndexes.map((index) => ({
        ...index,
        IndexArn: `${arn}/index/${index.IndexName}`,
        IndexStatus: 'ACTIVE',
        IndexSizeBytes: 0,
        ItemCount: 0,
      })),
    }),
    ...(StreamSpecification?.StreamEnabled && {
      StreamSpecification,
      LatestStreamLabel: streamLabel,
      LatestStreamArn: `${arn}/stream/${streamLabel}`,
    }),
    ...(SSESpecification?.Enabled && {
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: SSESpecification.KMSMasterKeyId },
    }),
  });
};

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html */
export const withTimeToLive = (stored: StoredTable, input: UpdateTimeToLiveInput): StoredTable => {
  const { Enabled: enabled, AttributeName: attribute } = input.TimeToLiveSpecification;
  const current = stored.timeToLive;
  if (enabled && current === attribute) throw invalid('TimeToLive is already enabled');
  if (!enabled && current === undefined) throw invalid('TimeToLive is already disabled');
  if (current !== undefined && current !== attribute) {
    throw invalid(`TimeToLive is active on a different AttributeName: current AttributeName is ${current}`);
  }
  return { table: stored.table, timeToLive: enabled ? attribute : undefined };
};

export const describeTimeToLive = (stored: StoredTable): Record<string, unknown> => {
  return {
    TimeToLiveDescription:
      stored.timeToLive === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: stored.timeToLive },
  };
};

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
