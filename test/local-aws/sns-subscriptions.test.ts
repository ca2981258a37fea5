import { beforeEach, describe, expect, it } from 'vitest';
import { withCallQuotas } from '../../infra/local-aws/sns/quotas.ts';
import { createSns, type LocalSns } from '../../infra/local-aws/sns/sns.ts';

const TopicArn = 'arn:aws:sns:us-east-1:111122223333:alerts';
const phone = { Protocol: 'sms', Endpoint: '+12135550100' };
const mailbox = { Protocol: 'email', Endpoint: 'ana@example.org' };
let now: Date;
let sns: LocalSns;

const start = async (confirm: 'auto' | 'manual', quotas = {}) => {
  now = new Date('2026-05-01T12:00:00Z');
  sns = createSns({
    now: () => now,
    region: 'us-east-1',
    account: '111122223333',
    confirm,
    quotas,
    deliverToQueue: () => undefined,
  });
  await sns.call('CreateTopic', { Name: 'alerts' });
};

const subscribe = async (input: Record<string, unknown>) => {
  const { SubscriptionArn } = await sns.call('Subscribe', { TopicArn, ...input });
  return String(SubscriptionArn);
};
const publish = async () => sns.call('Publish', { TopicArn, Message: 'hello' });
const attributesOf = async (SubscriptionArn: string) => {
  const { Attributes } = await sns.call('GetSubscriptionAttributes', { SubscriptionArn });
  return Attributes as Record<string, string>;
};

beforeEach(async () => start('auto'));

// https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
describe('Subscribe', () => {
  it.each([
    ['sms', '+12135550100'],
    ['sqs', 'arn:aws:sqs:us-east-1:111122223333:queue'],
    ['lambda', 'arn:aws:lambda:us-east-1:111122223333:function:announce'],
  ])('confirms %s at once and answers its ARN', async (Protocol, Endpoint) => {
    const arn = await subscribe({ Protocol, Endpoint });
    expect(arn).toMatch(new RegExp(`^${TopicArn}:[0-9a-f-]{36}$`));
    expect(await attributesOf(arn)).toMatchObject({ PendingConfirmation: 'false', Protocol, Endpoint });
  });

  it('answers "pending confirmation" for a mailbox, or its ARN when asked', async () => {
    expect(await subscribe(mailbox)).toBe('pending confirmation');
    expect(await subscribe({ ...mailbox, Endpoint: 'b@example.org', ReturnSubscriptionArn: true })).toContain(TopicArn);
  });

  it('is idempotent for topic, protocol and endpoint', async () => {
    const arn = await subscribe(phone);
    expect(await subscribe(phone)).toBe(arn);
    expect(sns.topics()[0]?.subscriptions).toHaveLength(1);
  });

  it('refuses an existing subscription with other attributes', async () => {
    const filtered = { ...phone, Attributes: { FilterPolicy: '{"drill":["false"]}' } };
    await subscribe(filtered);
    await subscribe(filtered);
    await subscribe(phone);
    await expect(subscribe({ ...phone, Attributes: { FilterPolicy: '{"drill":["true"]}' } })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: 'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    });
  });

  it.each([
    ['sms', '2135550100'],
    ['sms', '+1 213 555 0100'],
    ['email', 'ana'],
    ['https', 'http://example.org/hook'],
    ['http', 'example.org'],
    ['sqs', 'https://sqs.us-east-1.amazonaws.com/111122223333/queue'],
    ['lambda', 'announce'],
    ['fax', '+12135550100'],
  ])('refuses the %s endpoint %s', async (Protocol, Endpoint) => {
    await expect(subscribe({ Protocol, Endpoint })).rejects.toMatchObject({ code: 'InvalidParameter' });
  });

  it('refuses a missing topic', async () => {
    await expect(sns.call('Subscribe', { TopicArn: `${TopicArn}-gone`, ...phone })).rejects.toMatchObject({
      code: 'NotFound',
      message: 'Topic does not exist',
    });
  });

  // https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
  it('refuses raw delivery to people and attributes that it does not know', async () => {
    await expect(subscribe({ ...phone, Attributes: { RawMessageDelivery: 'true' } })).rejects.toThrow(
      'raw message delivery',
    );
    await expect(subscribe({ ...phone, Attributes: { Colour: 'red' } })).rejects.toThrow('AttributeName');
    await expect(subscribe({ ...phone, Attributes: { ReplayPolicy: '{}' } })).rejects.toMatchObject({
      code: 'NotImplemented',
    });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: TopicArn });
    await expect(subscribe({ ...phone, Attributes: { RedrivePolicy } })).rejects.toThrow('RedrivePolicy');
  });
});

describe('with confirm "auto"', () => {
  it('a mailbox receives the next message and never a request to confirm', async () => {
    await subscribe(mailbox);
    await publish();
    expect(sns.inbox()).toMatchObject([
      { protocol: 'email', endpoint: 'ana@example.org', body: 'hello', topic: 'alerts' },
    ]);
  });
});

// https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
describe('with confirm "manual"', () => {
  beforeEach(async () => start('manual'));

  it('a mailbox receives the request to confirm and nothing else before it is confirmed', async () => {
    await subscribe(mailbox);
    await publish();
    const [request, ...others] = sns.inbox();
    expect(others).toEqual([]);
    expect(request).toMatchObject({ subject: 'AWS Notification - Subscription Confirmation', attributes: {} });
    expect(request?.body).toContain(request?.token);
    expect(await sns.call('ListSubscriptionsByTopic', { TopicArn })).toMatchObject({
      Subscriptions: [{ SubscriptionArn: 'PendingConfirmation', Protocol: 'email' }],
    });

    const { SubscriptionArn } = await sns.call('ConfirmSubscription', { TopicArn, Token: request?.token });
    await publish();
    expect(sns.inbox({ endpoint: 'ana@example.org' }).at(-1)?.body).toBe('hello');
    expect(await subscribe(mailbox)).toBe(SubscriptionArn);
  });

  it('a web hook receives the request as the documented JSON', async () => {
    await subscribe({ Protocol: 'https', Endpoint: 'https://example.org/hook' });
    // https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html
    const [request] = sns.inbox();
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      Type: 'SubscriptionConfirmation',
      TopicArn,
      Token: request?.token,
    });
  });

  it('refuses a token that it did not send', async () => {
    await subscribe(mailbox);
    await subscribe(phone);
    await expect(sns.call('ConfirmSubscription', { TopicArn, Token: 'guess' })).rejects.toThrow(
      'Invalid parameter: Token',
    );
    await expect(sns.call('ConfirmSubscription', { TopicArn, Token: '' })).rejects.toThrow('Invalid parameter: Token');
  });

  it('asks again when subscribed again', async () => {
    await subscribe(mailbox);
    expect(await subscribe(mailbox)).toBe('pending confirmation');
    expect(sns.inbox()).toHaveLength(2);
    expect(sns.topics()[0]?.subscriptions).toHaveLength(1);
  });

  // https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html
  it('forgets what nobody confirmed within 48 hours, and lets nobody delete it before', async () => {
    const SubscriptionArn = await subscribe({ ...mailbox, ReturnSubscriptionArn: true });
    await expect(sns.call('Unsubscribe', { SubscriptionArn })).rejects.toThrow('pending subscription');
    now = new Date(now.getTime() + 48 * 3_600_000 + 1);
    expect(await sns.call('GetTopicAttributes', { TopicArn })).toMatchObject({
      Attributes: { SubscriptionsPending: '0' },
    });
  });

  it('lets the link in a mail end the subscription unless the confirmation forbade it', async () => {
    const open = await subscribe({ ...mailbox, ReturnSubscriptionArn: true });
    const locked = await subscribe({ Protocol: 'email', Endpoint: 'duty@example.org', ReturnSubscriptionArn: true });
    const [first, second] = sns.inbox();
    await sns.call('ConfirmSubscription', { TopicArn, Token: first?.token });
    await sns.call('ConfirmSubscription', { TopicArn, Token: second?.token, AuthenticateOnUnsubscribe: 'true' });
    sns.openUnsubscribeLink(open);
    expect(() => sns.openUnsubscribeLink(locked)).toThrow('Not authorized');
    expect(sns.topics()[0]?.subscriptions).toMatchObject([{ endpoint: 'duty@example.org' }]);
    await sns.call('Unsubscribe', { SubscriptionArn: locked });
    expect(sns.topics()[0]?.subscriptions).toEqual([]);
  });
});

describe('a subscription', () => {
  // https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html
  it('gets a filter policy later and loses it again', async () => {
    const SubscriptionArn = await subscribe(phone);
    const set = async (AttributeName: string, AttributeValue: string) =>
      sns.call('SetSubscriptionAttributes', { SubscriptionArn, AttributeName, AttributeValue });
    await set('FilterPolicy', '{"drill":["false"]}');
    expect(await attributesOf(SubscriptionArn)).toMatchObject({
      FilterPolicy: '{"drill":["false"]}',
      FilterPolicyScope: 'MessageAttributes',
    });
    await publish();
    expect(sns.inbox()).toEqual([]);
    await set('FilterPolicy', '{}');
    await publish();
    expect(sns.inbox()).toHaveLength(1);
    await expect(set('FilterPolicyScope', 'Everything')).rejects.toThrow(
      'Please use either MessageBody or MessageAttributes',
    );
  });

  it('is gone after Unsubscribe, and a second Unsubscribe is no error', async () => {
    const SubscriptionArn = await subscribe(phone);
    await sns.call('Unsubscribe', { SubscriptionArn });
    await sns.call('Unsubscribe', { SubscriptionArn });
    await expect(attributesOf(SubscriptionArn)).rejects.toMatchObject({ code: 'NotFound' });
    await expect(sns.call('Unsubscribe', { SubscriptionArn: 'pending confirmation' })).rejects.toThrow('not 1');
  });

  // https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
  it('is listed in pages of 100', async () => {
    for (let index = 0; index < 101; index += 1)
      await subscribe({ Protocol: 'sms', Endpoint: `+1213555${1000 + index}` });
    const first = await sns.call('ListSubscriptionsByTopic', { TopicArn });
    expect(first['Subscriptions']).toHaveLength(100);
    const second = await sns.call('ListSubscriptionsByTopic', { TopicArn, NextToken: first['NextToken'] });
    expect(second['Subscriptions']).toMatchObject([{ Endpoint: '+12135551100', TopicArn, Owner: '111122223333' }]);
  });

  it('is removed by the operator with all others of its topic', async () => {
    await subscribe(phone);
    await subscribe(mailbox);
    sns.removeSubscriptions('alerts');
    expect(await sns.call('GetTopicAttributes', { TopicArn })).toMatchObject({
      Attributes: { SubscriptionsConfirmed: '0', SubscriptionsDeleted: '2' },
    });
    expect(() => sns.removeSubscriptions('unknown')).toThrow('Topic does not exist');
  });

  // https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
  it('is refused a filter policy when 200 of its topic have one', async () => {
    const Attributes = { FilterPolicy: '{"drill":["false"]}' };
    for (let index = 0; index < 200; index += 1) {
      await subscribe({ Protocol: 'sms', Endpoint: `+1213555${1000 + index}`, Attributes });
    }
    await expect(subscribe({ ...phone, Attributes })).rejects.toMatchObject({ code: 'FilterPolicyLimitExceeded' });
  });
});

// https://docs.aws.amazon.com/general/latest/gr/sns.html
describe('the quotas of the account', () => {
  it('leave no place for one more mailbox while so many have not confirmed, over all topics, and for phones always', async () => {
    await start('manual', { pendingSubscriptions: 20 });
    const topics = ['alerts', 'others'].map((name) => `arn:aws:sns:us-east-1:111122223333:${name}`);
    await sns.call('CreateTopic', { Name: 'others' });
    for (let index = 0; index < 20; index += 1) {
      await sns.call('Subscribe', { TopicArn: topics[index % 2], Protocol: 'email', Endpoint: `${index}@example.org` });
    }
    await expect(subscribe(mailbox)).rejects.toMatchObject({ code: 'SubscriptionLimitExceeded', statusCode: 403 });
    await subscribe(phone);
    // Asking one of them again takes no place.
    await subscribe({ Protocol: 'email', Endpoint: '0@example.org' });
    now = new Date(now.getTime() + 49 * 3_600_000);
    await subscribe(mailbox);
  });

  it('throttle what is asked for too often in a second, each action by itself', async () => {
    let time = 0;
    const limited = withCallQuotas(sns, () => time);
    const list = async () => limited.call('ListSubscriptionsByTopic', { TopicArn });
    for (let call = 0; call < 30; call += 1) await list();
    await expect(list()).rejects.toMatchObject({ code: 'Throttled', statusCode: 429 });
    await limited.call('Subscribe', { TopicArn, ...phone });
    time += 999;
    await expect(list()).rejects.toMatchObject({ code: 'Throttled' });
    time += 2;
    await list();
  });
});
