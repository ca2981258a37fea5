import { isObject, stringAt, type JsonObject } from '../json.ts';
import type { ConditionValues } from './conditions.ts';
import { leadingKeysOf } from './leading-keys.ts';

/** One permission that a call needs. */
export type Need = {
  readonly action: string;
  readonly resource: string;
  readonly values?: ConditionValues;
};

/** What is known of the resources that calls name. */
export type ResourceLookup = {
  readonly region: string;
  readonly account: string;
  /** ARN of the customer-managed key of a table, or undefined. */
  readonly keyOfTable: (tableName: string) => string | undefined;
  /** Name of a table's partition key, or undefined. */
  readonly partitionKeyOf: (tableName: string) => string | undefined;
  /** ARN of the customer-managed key of a topic, or undefined. */
  readonly keyOfTopic: (topicArn: string) => Promise<string | undefined>;
};

const lastPart = (arnOrName: string): string => arnOrName.split(/[/:]/).at(-1) ?? arnOrName;

const objectsIn = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Tables of a call with the action on each: batch calls name several, transactions are checked item by item. */
const tableActions = (operation: string, input: JsonObject): readonly (readonly [action: string, table: string])[] => {
  const single: Readonly<Record<string, string>> = {
    Put: 'PutItem',
    Update: 'UpdateItem',
    Delete: 'DeleteItem',
    ConditionCheck: 'ConditionCheckItem',
    Get: 'GetItem',
  };
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return objectsIn(input['TransactItems']).flatMap((item) =>
      Object.entries(item).flatMap(([kind, request]): [string, string][] =>
        isObject(request) ? [[single[kind] ?? kind, stringAt(request, 'TableName') ?? '']] : [],
      ),
    );
  }
  const { RequestItems: batch } = input;
  if (isObject(batch)) return Object.keys(batch).map((table) => [operation, table]);
  return [[operation, stringAt(input, 'TableName') ?? '*']];
};

const dynamoDbNeeds = (operation: string, input: JsonObject, lookup: ResourceLookup): readonly Need[] => {
  const { region, account } = lookup;
  return tableActions(operation, input).flatMap(([action, tableName]) => {
    const table = lastPart(tableName);
    const index = stringAt(input, 'IndexName');
    const tableArn = `arn:aws:dynamodb:${region}:${account}:table/${table}`;
    const key = lookup.keyOfTable(table);
    const partitionKey = lookup.partitionKeyOf(table);
    const leadingKeys = partitionKey === undefined ? undefined : leadingKeysOf(input, partitionKey);
    const access = {
      action: `dynamodb:${action}`,
      resource: index === undefined ? tableArn : `${tableArn}/index/${index}`,
      ...(leadingKeys && { values: { 'dynamodb:leadingkeys': leadingKeys } }),
    };
    if (key === undefined) return [access];
    // DynamoDB decrypts the table's key in the caller's name,
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    const values = {
      'kms:viaservice': `dynamodb.${region}.amazonaws.com`,
      'kms:encryptioncontext:aws:dynamodb:tablename': table,
      'kms:encryptioncontext:aws:dynamodb:subscriberid': account,
    };
    return [access, { action: 'kms:Decrypt', resource: key, values }];
  });
};

// SNS has no resource for subscriptions: only a policy for `*` allows these.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
const withoutResource: ReadonlySet<string> = new Set([
  'CheckIfPhoneNumberIsOptedOut',
  'Unsubscribe',
  'GetSubscriptionAttributes',
  'SetSubscriptionAttributes',
  'ListSubscriptions',
  'ListTopics',
]);

const topicOf = (input: JsonObject, { region, account }: ResourceLookup): string => {
  const subscription = stringAt(input, 'SubscriptionArn');
  const name = stringAt(input, 'Name');
  return (
    stringAt(input, 'TopicArn') ??
    stringAt(input, 'TargetArn') ??
    stringAt(input, 'ResourceArn') ??
    (subscription === undefined ? undefined : subscription.split(':').slice(0, 6).join(':')) ??
    (name === undefined ? '*' : `arn:aws:sns:${region}:${account}:${name}`)
  );
};

const snsNeeds = async (operation: string, input: JsonObject, lookup: ResourceLookup): Promise<readonly Need[]> => {
  const action = `sns:${operation.replace(/Batch$/, '')}`;
  const resource = withoutResource.has(operation) ? '*' : topicOf(input, lookup);
  const values: Record<string, string> = {};
  const protocol = stringAt(input, 'Protocol');
  const endpoint = stringAt(input, 'Endpoint');
  if (protocol !== undefined) values['sns:protocol'] = protocol;
  if (endpoint !== undefined) values['sns:endpoint'] = endpoint;
  const access = { action, resource, values };
  if (operation === 'CheckIfPhoneNumberIsOptedOut') {
    // SNS reads the list of AWS End User Messaging in the caller's name,
    // https://docs.aws.amazon.com/sns/latest/dg/sns-sms-access-management.html
    const viaSns = { 'aws:calledvialast': 'sns.amazonaws.com' };
    return [access, { action: 'sms-voice:DescribeOptedOutNumbers', resource: '*', values: viaSns }];
  }
  const key = action === 'sns:Publish' ? await lookup.keyOfTopic(resource) : undefined;
  if (key === undefined) return [access];
  // A publisher to an encrypted topic needs both,
  // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  const viaSns = {
    'kms:viaservice': `sns.${lookup.region}.amazonaws.com`,
    'kms:encryptioncontext:aws:sns:topicarn': resource,
  };
  return [
    access,
    { action: 'kms:GenerateDataKey', resource: key, values: viaSns },
    { action: 'kms:Decrypt', resource: key, values: viaSns },
  ];
};

const locationNeeds = (operation: string, input: JsonObject, { region, account }: ResourceLookup): readonly Need[] => {
  const collection = stringAt(input, 'CollectionName');
  const resource =
    collection === undefined ? '*' : `arn:aws:geo:${region}:${account}:geofence-collection/${collection}`;
  return [{ action: `geo:${operation}`, resource }];
};

const queueNeeds = (operation: string, input: JsonObject, { region, account }: ResourceLookup): readonly Need[] => {
  const name = stringAt(input, 'QueueUrl') ?? stringAt(input, 'QueueName');
  const resource = name === undefined ? '*' : `arn:aws:sqs:${region}:${account}:${lastPart(name)}`;
  return [{ action: `sqs:${operation.replace(/Batch$/, '')}`, resource }];
};

/** Of one operation the action has another name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
const lambdaNeeds = (operation: string, input: JsonObject, { region, account }: ResourceLookup): readonly Need[] => {
  const name = stringAt(input, 'FunctionName');
  const resource = name === undefined ? '*' : `arn:aws:lambda:${region}:${account}:function:${lastPart(name)}`;
  return [{ action: `lambda:${operation === 'Invoke' ? 'InvokeFunction' : operation}`, resource }];
};

/** What a caller must be allowed to do for this call, the implicit KMS calls included. */
export const requiredAccess = async (
  service: string,
  operation: string,
  input: JsonObject,
  lookup: ResourceLookup,
): Promise<readonly Need[]> => {
  switch (service) {
    case 'dynamodb':
      return dynamoDbNeeds(operation, input, lookup);
    case 'sns':
      return snsNeeds(operation, input, lookup);
    case 'location':
      return locationNeeds(operation, input, lookup);
    case 'lambda':
      return lambdaNeeds(operation, input, lookup);
    case 'sqs':
      return queueNeeds(operation, input, lookup);
    default:
      return [{ action: `${service}:${operation}`, resource: stringAt(input, 'KeyId') ?? '*' }];
  }
};
