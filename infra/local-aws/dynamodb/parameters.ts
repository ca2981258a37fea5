import * as z from 'zod';
import { AwsError } from '../aws-service.ts';

/*
 * Every operation and parameter that the local DynamoDB understands. Anything else is refused by name, so that code
 * never passes here because something was ignored. `z.unknown()` marks what dynalite checks afterwards.
 * Deliberately inert: ConsistentRead (every read is), SSESpecification and DeletionProtectionEnabled (only described).
 */

const passed = z.unknown().optional();
const onlyNone = z.literal('NONE').optional();
const costs = { ReturnConsumedCapacity: onlyNone };
const writeCosts = { ...costs, ReturnItemCollectionMetrics: onlyNone };
const names = { ExpressionAttributeNames: passed };
const expressions = { ...names, ExpressionAttributeValues: passed };
const onFailure = { ReturnValuesOnConditionCheckFailure: z.enum(['ALL_OLD', 'NONE']).optional() };
const condition = { ConditionExpression: passed, ...expressions, ...onFailure };
const key = { TableName: z.string(), Key: passed };
const get = { ...key, ...names, ProjectionExpression: passed };

const put = { TableName: z.string(), Item: passed, ...condition };
const update = { ...key, UpdateExpression: passed, ...condition };
const remove = { ...key, ...condition };

const search = {
  ...expressions,
  ...costs,
  TableName: z.string(),
  IndexName: passed,
  FilterExpression: passed,
  ProjectionExpression: passed,
  Select: passed,
  Limit: passed,
  ExclusiveStartKey: passed,
  ConsistentRead: passed,
};

export const parameters = {
  CreateTable: z.strictObject({
    TableName: z.string(),
    AttributeDefinitions: passed,
    KeySchema: passed,
    BillingMode: z.literal('PAY_PER_REQUEST'),
    GlobalSecondaryIndexes: z
      .array(z.strictObject({ IndexName: z.string(), KeySchema: passed, Projection: passed }))
      .optional(),
    StreamSpecification: z
      .strictObject({ StreamEnabled: z.boolean(), StreamViewType: z.literal('NEW_AND_OLD_IMAGES').optional() })
      .optional(),
    SSESpecification: z.strictObject({ Enabled: z.boolean(), SSEType: passed, KMSMasterKeyId: passed }).optional(),
    DeletionProtectionEnabled: z.boolean().optional(),
  }),
  DescribeTable: z.strictObject({ TableName: z.string() }),
  DescribeTimeToLive: z.strictObject({ TableName: z.string() }),
  UpdateTimeToLive: z.strictObject({
    TableName: z.string(),
    TimeToLiveSpecification: z.strictObject({ Enabled: z.boolean(), AttributeName: z.string().min(1).max(255) }),
  }),
  GetItem: z.strictObject({ ...get, ...costs, ConsistentRead: passed }),
  PutItem: z.strictObject({ ...put, ...writeCosts, ReturnValues: passed }),
  UpdateItem: z.strictObject({ ...update, ...writeCosts, ReturnValues: passed }),
  DeleteItem: z.strictObject({ ...remove, ...writeCosts, ReturnValues: passed }),
  Query: z.strictObject({ ...search, KeyConditionExpression: passed, ScanIndexForward: passed }),
  Scan: z.strictObject({ ...search, Segment: passed, TotalSegments: passed }),
  BatchGetItem: z.strictObject({
    ...costs,
    RequestItems: z.record(
      z.string(),
      z.strictObject({ ...names, Keys: passed, ProjectionExpression: passed, ConsistentRead: passed }),
    ),
  }),
  BatchWriteItem: z.strictObject({
    ...writeCosts,
    RequestItems: z.record(
      z.string(),
      z.array(
        z.strictObject({
          PutRequest: z.strictObject({ Item: passed }).optional(),
          DeleteRequest: z.strictObject({ Key: passed }).optional(),
        }),
      ),
    ),
  }),
  TransactGetItems: z.strictObject({
    ...costs,
    TransactItems: z
      .array(z.strictObject({ Get: z.strictObject(get) }))
      .min(1)
      .max(100),
  }),
  TransactWriteItems: z.strictObject({
    ...writeCosts,
    ClientRequestToken: z.string().min(1).max(36).optional(),
    TransactItems: z
      .array(
        z.strictObject({
          ConditionCheck: z.strictObject({ ...remove, ConditionExpression: z.string() }).optional(),
          Put: z.strictObject(put).optional(),
          Delete: z.strictObject(remove).optional(),
          Update: z.strictObject({ ...update, UpdateExpression: z.string() }).optional(),
        }),
      )
      .min(1)
      .max(100),
  }),
};

export type Operation = keyof typeof parameters;
export type CreateTableInput = z.infer<typeof parameters.CreateTable>;
export type UpdateTimeToLiveInput = z.infer<typeof parameters.UpdateTimeToLive>;
export type TransactGetInput = z.infer<typeof parameters.TransactGetItems>;
export type TransactWriteInput = z.infer<typeof parameters.TransactWriteItems>;

export const isOperation = (name: string): name is Operation => Object.hasOwn(parameters, name);

/** The input, if every parameter in it is understood. Throws {@link AwsError} naming the first that is not. */
export const understood = <T>(operation: Operation, schema: z.ZodType<T>, input: Record<string, unknown>): T => {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.find((issue) => issue.code === 'unrecognized_keys');
  const issue = unknown ?? parsed.error.issues[0];
  throw issue ? refusal(operation, issue) : parsed.error;
};

const refusal = (operation: string, issue: z.core.$ZodIssue): AwsError => {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return unsupported(operation, `the parameter ${[...path, issue.keys[0] ?? ''].join('.')}`);
  }
  if (issue.code === 'invalid_value' && issue.values.length === 1) {
    return unsupported(operation, `${path.join('.')} other than ${String(issue.values[0])}`);
  }
  if (issue.code === 'invalid_type' && issue.input !== undefined && issue.input !== null) {
    return new AwsError('SerializationException', `Unexpected type of ${path.join('.')}: ${issue.expected} expected`);
  }
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value ${shown(issue.input)} at '${memberPath(issue.path)}' failed to satisfy constraint: ${constraint(issue)}`,
  );
};

const unsupported = (operation: string, what: string): AwsError =>
  new AwsError('UnsupportedOperationException', `The local DynamoDB does not support ${what} of ${operation}.`);

const constraint = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_value':
      return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
    case 'too_big':
      return `Member must have length less than or equal to ${issue.maximum}`;
    case 'too_small':
      return `Member must have length greater than or equal to ${issue.minimum}`;
    default:
      return 'Member must not be null';
  }
};

const shown = (value: unknown): string => {
  if (value === undefined || value === null) return 'null';
  return `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
};

/** AWS counts list members from 1: `transactItems.1.member.put.tableName`. */
const memberPath = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number' ? `${part + 1}.member` : String(part).replace(/^./, (c) => c.toLowerCase()),
    )
    .join('.');
