import { verify, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { certificateAt } from '../../infra/local-aws/sns/signature.ts';
import { createSns, type LocalSns } from '../../infra/local-aws/sns/sns.ts';
import type { SnsOptions } from '../../infra/local-aws/sns/state.ts';
import { createWebHooks, isLoopback, type WebHooks } from '../../infra/local-aws/sns/web-hooks.ts';

const TopicArn = 'arn:aws:sns:us-east-1:111122223333:alerts';

type Received = { readonly headers: IncomingHttpHeaders; readonly body: Record<string, string> };

let server: Server;
let url: string;
let received: Received[];
/** What the receiver answers, one after the other; 200 when there is nothing left. */
let answers: number[];
let lines: string[];
let webHooks: WebHooks;
let sns: LocalSns;

const start = async (options: Partial<SnsOptions> = {}) => {
  sns = createSns({
    now: () => new Date('2026-05-01T12:00:00Z'),
    region: 'us-east-1',
    account: '111122223333',
    confirm: 'auto',
    deliverToQueue: () => undefined,
    deliverHttps: webHooks.post,
    reaches: isLoopback,
    ...options,
  });
  await sns.call('CreateTopic', { Name: 'alerts', Attributes: { SignatureVersion: '2' } });
};

beforeEach(async () => {
  received = [];
  answers = [];
  lines = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as never });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alerts/secret`;
  webHooks = createWebHooks((line) => lines.push(line), 1);
  await start();
});

afterEach(async () => {
  webHooks.close();
  await sns.settled();
  server.close();
});

const subscribe = async (Endpoint = url, Attributes = {}, Protocol = 'http') =>
  sns.call('Subscribe', { TopicArn, Protocol, Endpoint, Attributes });
const confirm = async () => {
  await sns.settled();
  await sns.call('ConfirmSubscription', { TopicArn, Token: received.at(-1)?.body['Token'] });
  received = [];
};
const publish = async () => {
  const answer = await sns.call('Publish', { TopicArn, Subject: 'Alert', Message: '{"n":"ñ\\n"}' });
  await sns.settled();
  return answer;
};

/** The names in order: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html */
const isGenuine = (body: Record<string, string>, names: readonly string[], digest: string): boolean => {
  const { pathname } = new URL(body['SigningCertURL'] ?? '');
  const { publicKey } = new X509Certificate(certificateAt(pathname) ?? '');
  const text = names.map((name) => `${name}\n${body[name]}\n`).join('');
  return verify(digest, Buffer.from(text), publicKey, Buffer.from(body['Signature'] ?? '', 'base64'));
};
const notified = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];

describe('a web hook on this machine', () => {
  it('is asked to confirm, with a signed request, and gets nothing before it has', async () => {
    await subscribe();
    await publish();
    expect(received).toHaveLength(1);
    const [{ headers, body }] = received as [Received];
    expect(headers).toMatchObject({
      'x-amz-sns-message-type': 'SubscriptionConfirmation',
      'x-amz-sns-topic-arn': TopicArn,
      'user-agent': 'Amazon Simple Notification Service Agent',
    });
    const asked = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
    expect(isGenuine(body, asked, 'sha256')).toBe(true);
    await confirm();
    const { MessageId } = await publish();
    expect(received).toMatchObject([{ body: { Type: 'Notification', MessageId } }]);
    expect(sns.inbox({ endpoint: url }).at(-1)?.body).toContain('"Type":"Notification"');
  });

  it.each([
    ['1', 'sha1'],
    ['2', 'sha256'],
  ])('gets messages that are signed with SignatureVersion %s', async (version, digest) => {
    await sns.call('SetTopicAttributes', {
      TopicArn,
      AttributeName: 'SignatureVersion',
      AttributeValue: version,
    });
    await subscribe();
    await confirm();
    await publish();
    const { body } = received[0]!;
    expect(body['SignatureVersion']).toBe(version);
    expect(isGenuine(body, notified, digest)).toBe(true);
    expect(isGenuine({ ...body, Message: '{}' }, notified, digest)).toBe(false);
  });

  it('is asked again after 5xx and 429, three times at most, with the same message', async () => {
    await subscribe();
    await confirm();
    answers = [503, 429];
    await publish();
    expect(new Set(received.map(({ body }) => body['MessageId'])).size).toBe(1);
    expect(received).toHaveLength(3);
    expect(sns.undelivered()).toEqual([]);
    received = [];
    answers = [500, 500, 500, 500, 200];
    await publish();
    expect(received).toHaveLength(4);
    expect(sns.undelivered()).toMatchObject([{ endpoint: url, reason: 'answered 500' }]);
    expect(lines.at(-1)).toMatch(/^SNS to http:\/\/127\.0\.0\.1:\d+: answered 500; given up$/);
  });

  it('that refuses with 4xx is not asked again', async () => {
    await subscribe();
    await confirm();
    answers = [403];
    await publish();
    expect(received).toHaveLength(1);
    expect(sns.undelivered()).toMatchObject([{ reason: 'answered 403' }]);
  });

  it('may have a delivery policy, whose number of retries counts up to five', async () => {
    const policy = (numRetries: number) => JSON.stringify({ healthyRetryPolicy: { numRetries, minDelayTarget: 20 } });
    await subscribe(url, { DeliveryPolicy: policy(50) });
    await confirm();
    answers = Array.from({ length: 9 }, () => 500);
    await publish();
    expect(received).toHaveLength(6);
    await expect(subscribe(`${url}/2`, { DeliveryPolicy: policy(101) })).rejects.toThrow('DeliveryPolicy');
    await expect(subscribe('ana@example.org', { DeliveryPolicy: policy(3) }, 'email')).rejects.toThrow(
      'DeliveryPolicy',
    );
  });

  it('that was confirmed before a restart need not confirm again', async () => {
    await start({ confirm: 'as-before' });
    await subscribe();
    await publish();
    expect(received).toMatchObject([{ body: { Type: 'Notification' } }]);
  });
});

describe('nothing leaves this machine:', () => {
  it.each([
    'http://example.org/',
    'https://192.0.2.1/',
    'http://127.0.0.1.example.org/',
    'http://localhost.example.org/',
    'http://127.0.0.1@example.org/',
    'http://[2001:db8::1]/',
    'http://0.0.0.0/',
    'nonsense',
  ])('%s is not loopback, and posting there is refused', async (elsewhere) => {
    expect(isLoopback(elsewhere)).toBe(false);
    await expect(webHooks.post({ url: elsewhere, headers: {}, body: '', retries: 3 })).rejects.toThrow();
  });

  it.each(['http://127.0.0.1:1/', 'https://localhost:1/x', 'http://[::1]:1/', 'http://127.1/'])('%s is', (here) => {
    expect(isLoopback(here)).toBe(true);
  });

  it('a subscriber elsewhere is played by the inbox and confirms itself', async () => {
    await subscribe('https://sre.example.org/alerts', {}, 'https');
    await publish();
    expect(sns.inbox()).toMatchObject([{ protocol: 'https', endpoint: 'https://sre.example.org/alerts' }]);
    expect(lines).toEqual([]);
  });
});
