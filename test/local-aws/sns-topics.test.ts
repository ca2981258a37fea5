import { beforeEach, describe, expect, it } from 'vitest';
import { createSns, type LocalSns } from '../../infra/local-aws/sns/sns.ts';

const prefix = 'arn:aws:sns:us-east-1:111122223333:';
let sns: LocalSns;

beforeEach(() => {
  sns = createSns({
    now: () => new Date('2026-05-01T12:00:00Z'),
    region: 'us-east-1',
    account: '111122223333',
    confirm: 'auto',
    deliverToQueue: () => undefined,
  });
});

const create = async (input: Record<string, unknown>) => sns.call('CreateTopic', input);

// https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
describe('CreateTopic', () => {
  it('answers the same ARN when the topic already exists as asked', async () => {
    const asked = { Name: 'alerts', Attributes: { DisplayName: 'Alerts', KmsMasterKeyId: 'key-1' } };
    expect(await create(asked)).toEqual({ TopicArn: `${prefix}alerts` });
    expect(await create(asked)).toEqual({ TopicArn: `${prefix}alerts` });
    expect(await create({ Name: 'alerts' })).toEqual({ TopicArn: `${prefix}alerts` });
    expect(sns.topics()).toHaveLength(1);
  });

  it('refuses an existing name with other attributes and keeps the topic as it is', async () => {
    await create({ Name: 'alerts', Attributes: { DisplayName: 'Alerts' } });
    await expect(create({ Name: 'alerts', Attributes: { DisplayName: 'Other' } })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    });
    await expect(create({ Name: 'alerts', Attributes: { KmsMasterKeyId: 'key-1' } })).rejects.toThrow(
      'different attributes',
    );
    expect(sns.topics()[0]?.displayName).toBe('Alerts');
  });

  it('compares policies as documents, not as texts', async () => {
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny' }] };
    await create({ Name: 'alerts', Attributes: { Policy: JSON.stringify(policy) } });
    await create({ Name: 'alerts', Attributes: { Policy: JSON.stringify(policy, null, 2) } });
    expect(sns.topics()).toHaveLength(1);
  });

  it('refuses an existing name with other tags', async () => {
    await create({ Name: 'alerts', Tags: [{ Key: 'cell', Value: '1' }] });
    await create({ Name: 'alerts', Tags: [{ Key: 'cell', Value: '1' }] });
    await expect(create({ Name: 'alerts', Tags: [{ Key: 'cell', Value: '2' }] })).rejects.toThrow('different tags');
  });

  it.each(['', 'with space', 'ñ', 'a.b', 'a'.repeat(257)])('refuses the name %j', async (Name) => {
    await expect(create({ Name })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: 'Invalid parameter: Topic Name',
    });
  });

  it('refuses attributes that SNS does not know and names those that only the local stack does not', async () => {
    await expect(create({ Name: 'a', Attributes: { Colour: 'red' } })).rejects.toMatchObject({
      code: 'InvalidParameter',
    });
    await expect(create({ Name: 'a', Attributes: { FifoTopic: 'true' } })).rejects.toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining('FifoTopic'),
    });
    await expect(create({ Name: 'a.fifo' })).rejects.toThrow('FIFO');
  });
});

describe('a topic', () => {
  it('is deleted with its subscriptions, and deleting it again is no error', async () => {
    await create({ Name: 'alerts' });
    await sns.subscribe({ topic: 'alerts', protocol: 'sms', endpoint: '+12135550100' });
    await sns.call('DeleteTopic', { TopicArn: `${prefix}alerts` });
    await sns.call('DeleteTopic', { TopicArn: `${prefix}alerts` });
    expect(await sns.call('ListSubscriptions', {})).toEqual({ Subscriptions: [] });
    // https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
    await expect(sns.call('GetTopicAttributes', { TopicArn: `${prefix}alerts` })).rejects.toMatchObject({
      code: 'NotFound',
      statusCode: 404,
    });
  });

  it('tells its owner, policy, key and counts of subscriptions', async () => {
    await create({ Name: 'alerts', Attributes: { KmsMasterKeyId: 'key-1' } });
    const { subscriptionArn } = await sns.subscribe({ topic: 'alerts', protocol: 'sms', endpoint: '+12135550100' });
    await sns.subscribe({ topic: 'alerts', protocol: 'email', endpoint: 'duty@example.org' });
    await sns.call('Unsubscribe', { SubscriptionArn: subscriptionArn });
    expect(await sns.call('GetTopicAttributes', { TopicArn: `${prefix}alerts` })).toEqual({
      Attributes: {
        TopicArn: `${prefix}alerts`,
        Owner: '111122223333',
        DisplayName: '',
        KmsMasterKeyId: 'key-1',
        Policy: expect.stringContaining('__default_policy_ID'),
        SubscriptionsConfirmed: '1',
        SubscriptionsPending: '0',
        SubscriptionsDeleted: '1',
      },
    });
  });

  // https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
  it('changes its attributes and refuses values that SNS refuses', async () => {
    await create({ Name: 'alerts' });
    const set = async (AttributeName: string, AttributeValue: string) =>
      sns.call('SetTopicAttributes', { TopicArn: `${prefix}alerts`, AttributeName, AttributeValue });
    await set('DisplayName', 'Ministry');
    expect(sns.topics()[0]?.displayName).toBe('Ministry');
    await expect(set('DisplayName', 'x'.repeat(101))).rejects.toMatchObject({ code: 'InvalidParameter' });
    await expect(set('Policy', 'not json')).rejects.toMatchObject({ code: 'InvalidParameter' });
    await expect(set('TopicArn', 'x')).rejects.toMatchObject({ message: 'Invalid parameter: AttributeName' });
  });

  // https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html
  it('is listed in pages of 100', async () => {
    for (let index = 0; index < 150; index += 1) await create({ Name: `topic-${index}` });
    const first = await sns.call('ListTopics', {});
    expect(first['Topics']).toHaveLength(100);
    const second = await sns.call('ListTopics', { NextToken: first['NextToken'] });
    expect(second['Topics']).toHaveLength(50);
    expect(second['NextToken']).toBeUndefined();
    await expect(sns.call('ListTopics', { NextToken: 'made up' })).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  it('is only found under an ARN of this account and region', async () => {
    await create({ Name: 'alerts' });
    const get = async (TopicArn: string) => sns.call('GetTopicAttributes', { TopicArn });
    await expect(get('alerts')).rejects.toThrow('An ARN must have at least 6 elements, not 1');
    await expect(get('arn:aws:sns:eu-west-1:111122223333:alerts')).rejects.toMatchObject({ code: 'InvalidParameter' });
    await expect(get('arn:aws:sns:us-east-1:999999999999:alerts')).rejects.toMatchObject({
      code: 'AuthorizationError',
      statusCode: 403,
    });
  });
});

describe('what the local SNS does not understand', () => {
  it('is refused by name, never ignored', async () => {
    await expect(sns.call('CreatePlatformApplication', {})).rejects.toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining('CreatePlatformApplication'),
    });
    await expect(create({ Name: 'alerts', DataProtectionPolicy: '{}' })).rejects.toThrow(
      'SNS CreateTopic.DataProtectionPolicy',
    );
    await expect(create({})).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: 'Invalid parameter: Name Reason: no value for required parameter',
    });
  });
});
