import * as z from 'zod';
import { isObject, stringAt } from '../json.ts';
import { AwsError } from '../aws-service.ts';
import { physicalName } from '../template/names.ts';
import { inert, resourceType } from './resource-type.ts';

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const replica = z.strictObject({
  Region: z.string(),
  SSESpecification: z.strictObject({ KMSMasterKeyId: z.string() }).optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  // Backups, metrics and capacity per replica: nothing of it can be seen on one machine.
  PointInTimeRecoverySpecification: inert,
  ContributorInsightsSpecification: inert,
  GlobalSecondaryIndexes: inert,
  Tags: inert,
});

const properties = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  BillingMode: z.literal('PAY_PER_REQUEST'),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  StreamSpecification: z.strictObject({ StreamViewType: z.literal('NEW_AND_OLD_IMAGES') }).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  SSESpecification: z.strictObject({ SSEEnabled: z.boolean(), SSEType: z.string().optional() }).optional(),
  Replicas: z.array(replica).length(1, 'the local stack has one region'),
});

type Given = z.infer<typeof properties>;

/** A table that `--data` kept is there already; with another schema it is refused. */
const alreadyThere = (error: unknown): boolean => error instanceof AwsError && error.code === 'ResourceInUseException';

const keyOf = ({ Replicas: [home] }: Given): string | undefined => home?.SSESpecification?.KMSMasterKeyId;

/** What CreateTable takes of the properties; its streams and keys are written otherwise than CloudFormation's. */
const createInput = (given: Given): Record<string, unknown> => {
  const { AttributeDefinitions, KeySchema, BillingMode, GlobalSecondaryIndexes, StreamSpecification } = given;
  const key = keyOf(given);
  return {
    AttributeDefinitions,
    KeySchema,
    BillingMode,
    ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
    ...(StreamSpecification && { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
    ...(key !== undefined && { SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key } }),
    ...(given.Replicas[0]?.DeletionProtectionEnabled === true && { DeletionProtectionEnabled: true }),
  };
};

/** `AWS::DynamoDB::GlobalTable`, which CDK's `TableV2` makes. */
export const globalTable = resourceType(properties, async (given, { logicalId }, platform) => {
  const { region, account, stackName, dynamoDb } = platform;
  const TableName = given.TableName ?? physicalName(stackName, logicalId);
  const key = keyOf(given);
  try {
    await dynamoDb.call('CreateTable', { TableName, ...createInput(given) });
    const ttl = given.TimeToLiveSpecification;
    if (ttl) await dynamoDb.call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: ttl });
  } catch (error) {
    if (!alreadyThere(error)) throw error;
  }
  if (key !== undefined) platform.keys.encryptTable(TableName, key);
  const { Table: described } = await dynamoDb.call('DescribeTable', { TableName });
  const StreamArn = isObject(described) ? stringAt(described, 'LatestStreamArn') : undefined;
  return {
    ref: TableName,
    attributes: {
      Arn: `arn:aws:dynamodb:${region}:${account}:table/${TableName}`,
      ...(StreamArn === undefined ? {} : { StreamArn }),
    },
  };
});
