import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createSns, type LocalSns } from '../../infra/local-aws/sns/sns.ts';
import { createSqs, type LocalSqs } from '../../infra/local-aws/sqs/sqs.ts';

const TopicArn = 'arn:aws:sns:us-east-1:111122223333:alerts';
const queueArn = 'arn:aws:sqs:us-east-1:111122223333:duty';
const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:on-alert';
const account = { now: () => new Date('2026-05-01T12:00:00Z'), region: 'us-east-1', account: '111122223333' };
const MessageAttributes = { type: { DataType: 'String', StringValue: 'alert.raised.v1' } };

const deliverHttps = vi.fn<(delivery: { url: string; headers: Readonly<Record<string, string>> }) => Promise<void>>();
const deliverToFunction = vi.fn<(delivery: { functionArn: string; event: unknown }) => Promise<void>>();
let sqs: LocalSqs;
let sns: LocalSns;

beforeEach(async () => {
  deliverHttps.mockReset().mockResolvedValue();
  deliverToFunction.mockReset().mockResolvedValue();
  sqs = createSqs(account);
  await sqs.call('CreateQueue', { QueueName: 'duty' });
  sns = createSns({ ...account, confirm: 'auto', deliverToQueue: sqs.deliver, deliverHttps, deliverToFunction });
  await sns.call('CreateTopic', { Name: 'alerts', Attributes: { DisplayName: 'Alertas' } });
});

const subscribe = async (Protocol: string, Endpoint: string, Attributes = {}) =>
  sns.call('Subscribe', { TopicArn, Protocol, Endpoint, Attributes });
const publish = async (input: Record<string, unknown> = {}) =>
  sns.call('Publish', { TopicArn, Subject: 'Alert', Message: 'hello', MessageAttributes, ...input });

describe('a phone', () => {
  // https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html
  it("receives the text after the topic's display name in capitals", async () => {
    await subscribe('sms', '+12135550100');
    await publish();
    expect(sns.inbox()[0]?.body).toBe('ALERTAS> hello');
  });

  // https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
  it('receives a message that was published straight to it, without any prefix', async () => {
    await publish({ TopicArn: undefined, PhoneNumber: '+12135550100' });
    expect(sns.inbox()).toMatchObject([{ protocol: 'sms', endpoint: '+12135550100', topic: '', body: 'hello' }]);
    await expect(publish({ TopicArn: undefined, PhoneNumber: '5550100' })).rejects.toMatchObject({
      code: 'InvalidParameter',
      message: 'Invalid parameter: PhoneNumber Reason: 5550100 is not valid to publish to',
    });
  });

  // "The total size limit for a single SMS Publish action is 1,600 characters": API_Publish.html
  it('never receives more than 1,600 characters, while the mailbox beside it does', async () => {
    await subscribe('sms', '+12135550100');
    await subscribe('email', 'ana@example.org');
    await publish({ Message: 'x'.repeat(1601) });
    expect(sns.inbox().map(({ protocol }) => protocol)).toEqual(['email']);
    expect(sns.undelivered()).toMatchObject([{ protocol: 'sms', reason: 'Message body is too long for SMS' }]);
    const sms = JSON.stringify({ default: 'x', sms: 'x'.repeat(1601) });
    await expect(publish({ Message: sms, MessageStructure: 'json' })).rejects.toThrow('Message too long');
    await expect(
      publish({ TopicArn: undefined, PhoneNumber: '+12135550100', Message: 'x'.repeat(1601) }),
    ).rejects.toThrow('Message too long');
  });

  // https://docs.aws.amazon.com/sns/latest/api/API_CheckIfPhoneNumberIsOptedOut.html
  it('that opted out stays subscribed and receives nothing', async () => {
    await subscribe('sms', '+12135550100');
    sns.optOut('+12135550100');
    await publish();
    expect(sns.inbox()).toEqual([]);
    expect(sns.undelivered()).toMatchObject([{ endpoint: '+12135550100', reason: 'Phone number is opted out' }]);
    expect(await sns.call('CheckIfPhoneNumberIsOptedOut', { phoneNumber: '+12135550100' })).toEqual({
      isOptedOut: true,
    });
    expect(await sns.call('ListPhoneNumbersOptedOut', {})).toEqual({ phoneNumbers: ['+12135550100'] });
    sns.optIn('+12135550100');
    expect(await sns.call('CheckIfPhoneNumberIsOptedOut', { phoneNumber: '+12135550100' })).toEqual({
      isOptedOut: false,
    });
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html
const notification = {
  Type: 'Notification',
  MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  TopicArn,
  Subject: 'Alert',
  Message: 'hello',
  Timestamp: '2026-05-01T12:00:00.000Z',
  SignatureVersion: '1',
  Signature: expect.any(String),
  SigningCertURL: expect.stringContaining('https://sns.us-east-1.amazonaws.com/'),
  UnsubscribeURL: expect.stringContaining('Action=Unsubscribe'),
  MessageAttributes: { type: { Type: 'String', Value: 'alert.raised.v1' } },
};

describe('a queue', () => {
  it('receives the notification document', async () => {
    await subscribe('sqs', queueArn);
    await publish();
    expect(JSON.parse(sqs.messages('duty')[0] ?? '')).toEqual(notification);
    expect(sns.inbox({ protocol: 'sqs' })[0]?.body).toBe(sqs.messages('duty')[0]);
  });

  // https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
  it('with raw delivery receives the bare text and the attributes, ten at most', async () => {
    await subscribe('sqs', queueArn, { RawMessageDelivery: 'true' });
    await publish();
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, MessageAttributes.type]));
    await publish({ MessageAttributes: eleven });
    const { QueueUrl } = await sqs.call('GetQueueUrl', { QueueName: 'duty' });
    const { Messages } = await sqs.call('ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    expect(Messages).toMatchObject([{ Body: 'hello', MessageAttributes }]);
    expect(Messages).toHaveLength(1);
    expect(sns.undelivered()).toMatchObject([
      { protocol: 'sqs', reason: expect.stringContaining('10 message attributes') },
    ]);
  });

  it('that does not exist fails alone: the others receive the message and the publish succeeds', async () => {
    await subscribe('sqs', `${queueArn}-gone`);
    await subscribe('sms', '+12135550100');
    await publish();
    expect(sns.inbox().map(({ protocol }) => protocol)).toEqual(['sms']);
    expect(sns.undelivered()).toMatchObject([
      { endpoint: `${queueArn}-gone`, reason: 'The specified queue does not exist.' },
    ]);
  });
});

describe('a web hook', () => {
  it('receives the notification document with the documented headers', async () => {
    await subscribe('https', 'https://example.org/hook');
    const { MessageId } = await publish();
    await sns.settled();
    expect(JSON.parse(sns.inbox()[0]?.body ?? '')).toEqual(notification);
    // https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
    expect(deliverHttps.mock.calls[0]?.[0]).toMatchObject({
      url: 'https://example.org/hook',
      headers: {
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-message-id': MessageId,
        'x-amz-sns-topic-arn': TopicArn,
      },
    });
  });

  it('that does not answer is noted, and the publish does not wait for it', async () => {
    const answer = Promise.withResolvers<void>();
    deliverHttps.mockReturnValue(answer.promise);
    await subscribe('https', 'https://example.org/hook');
    await publish();
    expect(sns.undelivered()).toEqual([]);
    answer.reject(new Error('503'));
    await sns.settled();
    expect(sns.inbox()).toEqual([]);
    expect(sns.undelivered()).toMatchObject([{ protocol: 'https', reason: '503' }]);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
it('a function is invoked with an SNS event', async () => {
  await subscribe('lambda', functionArn);
  await publish();
  await sns.settled();
  const { SigningCertURL, UnsubscribeURL, ...rest } = notification;
  const event = {
    Records: [
      {
        EventVersion: '1.0',
        EventSource: 'aws:sns',
        EventSubscriptionArn: expect.stringContaining(`${TopicArn}:`),
        Sns: { ...rest, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL },
      },
    ],
  };
  expect(deliverToFunction).toHaveBeenCalledWith({ functionArn, topicArn: TopicArn, event });
  expect(JSON.parse(sns.inbox()[0]?.body ?? '')).toEqual(event);
});

it('a mailbox subscribed for JSON receives the notification document', async () => {
  await subscribe('email-json', 'robot@example.org');
  await publish();
  expect(JSON.parse(sns.inbox()[0]?.body ?? '')).toEqual(notification);
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html
describe('a mailbox that gets over ten mails in one second', () => {
  const mails = async (count: number, on: LocalSns = sns) => {
    for (let sent = 0; sent < count; sent += 1) {
      await on.call('Publish', { TopicArn, Message: 'hello', MessageAttributes });
    }
  };
  const stateOf = (on: LocalSns, endpoint: string) =>
    on.topics()[0]?.subscriptions.find((subscription) => subscription.endpoint === endpoint);

  it.each(['email', 'email-json'])(
    'is suspended as %s, while the publisher and all others notice nothing',
    async (protocol) => {
      await subscribe(protocol, 'ana@example.org');
      await subscribe('sms', '+12135550100');
      await mails(10);
      expect(stateOf(sns, 'ana@example.org')).toMatchObject({ status: 'confirmed' });
      await mails(5);
      expect(stateOf(sns, 'ana@example.org')).toMatchObject({
        status: 'pending',
        suspendedAt: '2026-05-01T12:00:00.000Z',
      });
      expect(sns.inbox({ endpoint: 'ana@example.org' })).toHaveLength(10);
      expect(sns.inbox({ protocol: 'sms' })).toHaveLength(15);
      expect(sns.undelivered()).toMatchObject([{ protocol, reason: expect.stringMatching(/^Subscription suspended/) }]);
      const { Attributes } = await sns.call('GetTopicAttributes', { TopicArn });
      expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '1', SubscriptionsPending: '1' });
    },
  );

  it('hears again once it is confirmed again', async () => {
    await subscribe('email', 'ana@example.org');
    await mails(11);
    await subscribe('email', 'ana@example.org');
    expect(stateOf(sns, 'ana@example.org')).toEqual(expect.not.objectContaining({ suspendedAt: expect.anything() }));
    expect(stateOf(sns, 'ana@example.org')?.status).toBe('confirmed');
  });

  it('counts only what its filter lets through', async () => {
    await subscribe('email', 'ana@example.org', { FilterPolicy: '{"type":["other"]}' });
    await mails(30);
    expect(stateOf(sns, 'ana@example.org')).toMatchObject({ status: 'confirmed' });
  });

  it('is left alone by a hundred that come ten a second', async () => {
    let time = account.now().getTime();
    const slow = createSns({ ...account, now: () => new Date(time), confirm: 'auto', deliverToQueue: sqs.deliver });
    await slow.call('CreateTopic', { Name: 'alerts' });
    await slow.call('Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'ana@example.org' });
    for (let second = 0; second < 10; second += 1) {
      await mails(10, slow);
      time += 1000;
    }
    expect(slow.inbox()).toHaveLength(100);
    expect(stateOf(slow, 'ana@example.org')).toMatchObject({ status: 'confirmed' });
  });
});

describe('the inbox', () => {
  it('is filtered by protocol, endpoint and topic, and tells listeners of each message', async () => {
    const heard: string[] = [];
    const stop = sns.on(({ endpoint }) => heard.push(endpoint));
    await subscribe('sms', '+12135550100');
    await subscribe('email', 'ana@example.org');
    await publish();
    stop();
    await publish();
    expect(heard).toEqual(['+12135550100', 'ana@example.org']);
    expect(sns.inbox({ protocol: 'sms', topic: 'alerts' })).toHaveLength(2);
    expect(sns.inbox({ endpoint: 'ana@example.org', protocol: 'sms' })).toEqual([]);
    expect(sns.inbox({ topic: 'other' })).toEqual([]);
    sns.clearMessages();
    expect(sns.inbox()).toEqual([]);
    expect(sns.topics()[0]?.subscriptions).toHaveLength(2);
  });
});

describe('the inbox', () => {
  it('forgets its oldest messages beyond its limit, and goes on telling of new ones', async () => {
    // A mail a second, so that the mailbox is not suspended.
    let second = 0;
    const now = () => new Date(account.now().getTime() + 1000 * (second += 1));
    const small = createSns({ ...account, now, confirm: 'auto', deliverToQueue: sqs.deliver, keptMessages: 10 });
    await small.call('CreateTopic', { Name: 'alerts' });
    await small.call('Subscribe', { TopicArn, Protocol: 'email', Endpoint: 'guardia@example.org' });
    const heard: string[] = [];
    small.on(({ subject }) => heard.push(subject ?? ''));
    const numbers = Array.from({ length: 25 }, (_none, index) => String(index));
    for (const Subject of numbers) await small.call('Publish', { TopicArn, Subject, Message: 'hello' });
    const kept = small.inbox().map(({ subject }) => subject);
    expect(kept.length).toBeLessThanOrEqual(10);
    expect(kept).toEqual(numbers.slice(-kept.length));
    expect(heard).toEqual(numbers);
  });
});

// https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
describe('a redrive policy', () => {
  const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:111122223333:dead';
  const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) };

  it('puts aside what a web hook or queue does not take, and nothing else', async () => {
    await sqs.call('CreateQueue', { QueueName: 'dead' });
    await subscribe('https', 'https://sre.example/hook', Attributes);
    await subscribe('sqs', queueArn, Attributes);
    await publish();
    await sns.settled();
    expect(sqs.messages('dead')).toEqual([]);
    deliverHttps.mockRejectedValue(new Error('503'));
    await sqs.call('DeleteQueue', { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/111122223333/duty' });
    await publish();
    await sns.settled();
    expect(sqs.messages('dead').map((body) => JSON.parse(body))).toMatchObject([
      { TopicArn, Message: 'hello' },
      { TopicArn, Message: 'hello' },
    ]);
  });

  it('that names no queue loses the message, and the publish succeeds', async () => {
    await subscribe('https', 'https://sre.example/hook', Attributes);
    deliverHttps.mockRejectedValue(new Error('503'));
    await publish();
    await sns.settled();
    expect(sns.undelivered()).toHaveLength(1);
  });
});
