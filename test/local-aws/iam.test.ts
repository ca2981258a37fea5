import { describe, expect, test } from 'vitest';
import { createAccessControl } from '../../infra/local-aws/iam/access-control.ts';
import { parsePolicy } from '../../infra/local-aws/iam/policy.ts';
import { requiredAccess } from '../../infra/local-aws/iam/required-access.ts';

const role = 'arn:aws:iam::000000000000:role/press';
const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/alerts';
const topic = 'arn:aws:sns:us-east-1:000000000000:alert-button-ministry';
const key = 'arn:aws:kms:us-east-1:000000000000:key/1';

const policy = (...statements: object[]) => parsePolicy({ Version: '2012-10-17', Statement: statements }, 'test');

const control = (identity: object[], { topicPolicy, keyPolicy }: { topicPolicy?: object; keyPolicy?: object } = {}) => {
  const access = createAccessControl({
    account: '000000000000',
    policyOfTopic: async () => (topicPolicy ? JSON.stringify({ Statement: [topicPolicy] }) : undefined),
  });
  access.allowRole(role, policy(...identity));
  if (keyPolicy) access.setKeyPolicy(key, policy(keyPolicy));
  return (action: string, resource: string, values = {}) => access.mayDo(role, { action, resource, values });
};

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
describe('policies', () => {
  test('nothing is allowed that no statement allows', async () => {
    const may = control([{ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: table }]);
    expect(await may('dynamodb:GetItem', table)).toBe(true);
    expect(await may('dynamodb:PutItem', table)).toBe(false);
    expect(await may('dynamodb:GetItem', `${table}2`)).toBe(false);
  });

  test('actions match without case and with wildcards, resources with case', async () => {
    const may = control([
      { Effect: 'Allow', Action: ['DYNAMODB:get*', 'sns:P?blish'], Resource: 'arn:aws:*:alerts-*' },
    ]);
    expect(await may('dynamodb:GetItem', 'arn:aws:dynamodb:x:alerts-1')).toBe(true);
    expect(await may('sns:Publish', 'arn:aws:sns:alerts-')).toBe(true);
    expect(await may('sns:Publish', 'arn:aws:sns:Alerts-')).toBe(false);
  });

  test('a Deny of the resource beats an Allow of the identity', async () => {
    const allowed = [{ Effect: 'Allow', Action: 'sns:Publish', Resource: topic }];
    const deny = { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: topic };
    const others = {
      ...deny,
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::000000000000:role/other'] } },
    };
    const exceptUs = { ...deny, Condition: { ArnNotEquals: { 'aws:PrincipalArn': [role, 'arn:x'] } } };
    expect(await control(allowed, { topicPolicy: others })('sns:Publish', topic)).toBe(false);
    expect(await control(allowed, { topicPolicy: exceptUs })('sns:Publish', topic)).toBe(true);
  });

  test('the loopback counts as TLS', async () => {
    const topicPolicy = {
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'sns:*',
      Resource: topic,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    expect(
      await control([{ Effect: 'Allow', Action: '*', Resource: '*' }], { topicPolicy })('sns:Publish', topic),
    ).toBe(true);
  });

  test('an Allow on the resource for this very role is enough within the account', async () => {
    const topicPolicy = { Effect: 'Allow', Principal: { AWS: role }, Action: 'sns:Publish', Resource: topic };
    expect(await control([], { topicPolicy })('sns:Publish', topic)).toBe(true);
  });

  test('NotAction and NotResource allow the rest', async () => {
    const may = control([{ Effect: 'Allow', NotAction: 'iam:*', NotResource: table }]);
    expect(await may('sns:Publish', topic)).toBe(true);
    expect(await may('iam:PassRole', topic)).toBe(false);
    expect(await may('dynamodb:GetItem', table)).toBe(false);
  });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
describe('a KMS key', () => {
  const viaSns = { 'kms:viaservice': 'sns.us-east-1.amazonaws.com' };
  const identity = [
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: key,
      Condition: { StringEquals: { 'kms:ViaService': 'sns.us-east-1.amazonaws.com' } },
    },
  ];
  const account = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::000000000000:root' },
    Action: 'kms:*',
    Resource: '*',
  };
  const service = {
    Effect: 'Allow',
    Principal: { Service: 'cloudwatch.amazonaws.com' },
    Action: 'kms:*',
    Resource: '*',
  };

  test('follows IAM only where its own policy hands over to the account', async () => {
    const resource = { ...account, Resource: key };
    expect(await control(identity, { keyPolicy: resource })('kms:GenerateDataKey', key, viaSns)).toBe(true);
    expect(
      await control(identity, { keyPolicy: { ...service, Resource: key } })('kms:GenerateDataKey', key, viaSns),
    ).toBe(false);
  });

  test('a key policy that says * means the key', async () => {
    expect(await control(identity, { keyPolicy: account })('kms:Decrypt', key, viaSns)).toBe(true);
  });

  test('is refused through another service than the condition names', async () => {
    const may = control(identity, { keyPolicy: account });
    expect(await may('kms:Decrypt', key, { 'kms:viaservice': 'dynamodb.us-east-1.amazonaws.com' })).toBe(false);
    expect(await may('kms:Decrypt', key)).toBe(false);
  });
});

describe('conditions', () => {
  const may = (Condition: object, values: object) =>
    control([{ Effect: 'Allow', Action: '*', Resource: '*', Condition }])('sns:Subscribe', topic, values);

  test.each([
    [{ StringEquals: { 'sns:Protocol': ['https', 'sqs'] } }, { 'sns:protocol': 'sqs' }, true],
    [{ StringEquals: { 'sns:Protocol': ['https', 'sqs'] } }, { 'sns:protocol': 'sms' }, false],
    [{ StringEquals: { 'sns:Protocol': 'https' } }, {}, false],
    [{ StringNotEquals: { 'sns:Protocol': ['https', 'sqs'] } }, { 'sns:protocol': 'sqs' }, false],
    [{ StringNotEquals: { 'sns:Protocol': 'https' } }, {}, true],
    [{ StringEqualsIfExists: { 'sns:Protocol': 'https' } }, {}, true],
    [{ StringLike: { 'sns:Endpoint': '*@example.org' } }, { 'sns:endpoint': 'duty@example.org' }, true],
    [
      { 'ForAllValues:StringEquals': { 'sns:Protocol': ['sms', 'email'] } },
      { 'sns:protocol': ['sms', 'https'] },
      false,
    ],
    [{ 'ForAnyValue:StringEquals': { 'sns:Protocol': ['sms', 'email'] } }, { 'sns:protocol': ['sms', 'https'] }, true],
    [{ Null: { 'sns:Protocol': 'true' } }, {}, true],
  ])('%j with %j: %s', async (condition, values, expected) => {
    expect(await may(condition, values)).toBe(expected);
  });

  test.each([
    [
      { NumericLessThan: { 'aws:SourceAccount': '1' } },
      'test: the condition operator NumericLessThan is not understood',
    ],
    [{ StringEquals: { 'aws:Mood': 'good' } }, 'test: the condition key aws:Mood is not understood'],
  ])('%j is refused by name', (Condition, message) => {
    expect(() => policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition })).toThrow(message);
  });
});

describe('what a call needs', () => {
  const lookup = {
    region: 'us-east-1',
    account: '000000000000',
    keyOfTable: () => key,
    partitionKeyOf: () => 'pk',
    keyOfTopic: async () => key,
  };
  const needs = async (service: string, operation: string, input: Record<string, unknown>) =>
    (await requiredAccess(service, operation, input, lookup)).map(({ action, resource }) => `${action} ${resource}`);

  test('a query of an index is checked on the index, and on the key through DynamoDB', async () => {
    expect(await needs('dynamodb', 'Query', { TableName: 'alerts', IndexName: 'due' })).toEqual([
      `dynamodb:Query ${table}/index/due`,
      `kms:Decrypt ${key}`,
    ]);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
  test.each([
    ['PutItem', { TableName: 'alerts', Item: { pk: { S: 'ours' }, sk: { S: 'x' } } }, ['ours']],
    ['GetItem', { TableName: 'alerts', Key: { pk: { S: 'theirs' } } }, ['theirs']],
    [
      'Query',
      {
        TableName: 'alerts',
        KeyConditionExpression: '#n0 = :v0 AND begins_with(#n1, :v1)',
        ExpressionAttributeNames: { '#n0': 'pk', '#n1': 'sk' },
        ExpressionAttributeValues: { ':v0': { S: 'ours' }, ':v1': { S: 'x' } },
      },
      ['ours'],
    ],
    [
      'BatchWriteItem',
      {
        RequestItems: {
          alerts: [
            { DeleteRequest: { Key: { pk: { S: 'ours' } } } },
            { PutRequest: { Item: { pk: { S: 'theirs' } } } },
          ],
        },
      },
      ['ours', 'theirs'],
    ],
    ['BatchGetItem', { RequestItems: { alerts: { Keys: [{ pk: { S: 'theirs' } }] } } }, ['theirs']],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'alerts', Item: { pk: { S: 'ours' } } } }] },
      ['ours'],
    ],
    ['Scan', { TableName: 'alerts' }, undefined],
  ])('%s says which partitions it is about', async (operation, input, leadingKeys) => {
    const [{ values = {} } = {}] = await requiredAccess('dynamodb', operation, input, lookup);
    expect(values).toEqual(leadingKeys === undefined ? {} : { 'dynamodb:leadingkeys': leadingKeys });
  });

  test('a role may be held to one partition', async () => {
    const may = control([
      {
        Effect: 'Allow',
        Action: 'dynamodb:BatchWriteItem',
        Resource: table,
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['ours'] } },
      },
    ]);
    expect(await may('dynamodb:BatchWriteItem', table, { 'dynamodb:leadingkeys': ['ours'] })).toBe(true);
    expect(await may('dynamodb:BatchWriteItem', table, { 'dynamodb:leadingkeys': ['ours', 'theirs'] })).toBe(false);
  });

  test('a transaction is checked as its single calls', async () => {
    const TransactItems = [
      { Put: { TableName: 'alerts' } },
      { Update: { TableName: 'alerts' } },
      { ConditionCheck: { TableName: 'alerts' } },
    ];
    const actions = (await needs('dynamodb', 'TransactWriteItems', { TransactItems })).filter((need) =>
      need.startsWith('dynamodb'),
    );
    expect(actions).toEqual([
      `dynamodb:PutItem ${table}`,
      `dynamodb:UpdateItem ${table}`,
      `dynamodb:ConditionCheckItem ${table}`,
    ]);
  });

  test('publishing to an encrypted topic asks KMS for a data key and for decryption', async () => {
    expect(await needs('sns', 'Publish', { TopicArn: topic })).toEqual([
      `sns:Publish ${topic}`,
      `kms:GenerateDataKey ${key}`,
      `kms:Decrypt ${key}`,
    ]);
  });

  test('creating a topic is checked on the name it will have', async () => {
    expect(await needs('sns', 'CreateTopic', { Name: 'alert-button-ministry' })).toEqual([`sns:CreateTopic ${topic}`]);
  });

  test('an opt-out is asked of no resource, and of the service behind SNS in the caller’s name', async () => {
    expect(await needs('sns', 'CheckIfPhoneNumberIsOptedOut', { phoneNumber: '+12135550100' })).toEqual([
      'sns:CheckIfPhoneNumberIsOptedOut *',
      'sms-voice:DescribeOptedOutNumbers *',
    ]);
  });
});
