import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acknowledge, readCase } from '../../docs/examples/consulate-system/case-link.ts';
import type { Announcement } from '../../docs/examples/consulate-system/announcement.ts';
import { openCaseFile, type CaseFile } from '../../docs/examples/consulate-system/case-file.ts';
import { createReceiver } from '../../docs/examples/consulate-system/http-receiver.ts';
import { confirmByLink, createInbox, type Inbox } from '../../docs/examples/consulate-system/inbox.ts';
import { readQueue } from '../../docs/examples/consulate-system/queue-reader.ts';
import { createCertificates } from '../../docs/examples/consulate-system/sns-message.ts';
import { urgencyOf, type Urgency } from '../../docs/examples/consulate-system/urgency.ts';
import { selfSignedCertificate } from '../../infra/local-aws/sns/certificate.ts';
import { createWebHooks } from '../../infra/local-aws/sns/web-hooks.ts';
import { machineSettings } from '../../shared/machine-subscriptions.ts';
import { resourceNames } from '../../shared/names.ts';
import { startStack } from '../support/local-stack.ts';

// The example of docs/consulates.md against one local stack that signs, posts and queues as SNS does.

const stack = await startStack();
const topic = 'alert-button-consulate-houston';
const arnOf = (name: string) => `arn:aws:sns:us-east-1:000000000000:${name}`;
const account = {
  endpoint: stack.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local-operator', secretAccessKey: 'x' },
};
const sqs = new SQSClient(account);

let folder: string;
let caseFile: CaseFile;
let inbox: Inbox;
let server: Server;
let hook: string;
let auth: Record<string, string>;
const news: { readonly urgency: Urgency; readonly announcement: Announcement }[] = [];
const log: string[] = [];
/** Statuses that a broken proxy before the receiver answers, one for each request. */
let outage: number[] = [];
const pathsOfCertificates: string[] = [];

let later = 0;
const now = (): Date => new Date(stack.stack.control.now().getTime() + later);

const createExample = (file: CaseFile = caseFile, hear: (announcement: Announcement) => void = () => undefined) =>
  createInbox({
    topicArns: [arnOf(topic)],
    snsOrigin: stack.url,
    certificates: createCertificates(async (url) => {
      pathsOfCertificates.push(url);
      return (await fetch(url)).text();
    }),
    caseFile: file,
    confirm: confirmByLink(stack.url),
    onNews: (changed, announcement) => {
      news.push({ urgency: urgencyOf(changed, announcement), announcement });
      hear(announcement);
    },
    onUnsubscribed: () => undefined,
    now,
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consulate-'));
  caseFile = await openCaseFile(join(folder, 'cases.jsonl'));
  inbox = createExample();
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const receiver = createReceiver(inbox, (line) => log.push(line));
  server = createServer(
    { key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: selfSignedCertificate('127.0.0.1', keys) },
    (request, response) => {
      const broken = outage.shift();
      if (broken === undefined) receiver(request, response);
      else response.writeHead(broken).end();
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  hook = `https://127.0.0.1:${(server.address() as AddressInfo).port}/alerts`;
});
beforeEach(() => {
  news.length = 0;
  log.length = 0;
  outage = [];
});
afterAll(async () => {
  await stack.close();
  server.close();
  await caseFile.close();
  await rm(folder, { recursive: true });
});

const subscribe = async (to: string, protocol: string, endpoint: string) => {
  const { status } = await stack.send('POST', '/_local/subscriptions', { topic: to, protocol, endpoint });
  expect(status).toBe(200);
  await stack.idle();
};
const statusOf = async (name: string, endpoint: string) => {
  const { json } = await stack.send('GET', '/_local/topics');
  const { subscriptions } = json.find((each: { topic: string }) => each.topic === name);
  return subscriptions.find((each: { endpoint: string }) => each.endpoint === endpoint).status;
};
const press = async (more = {}) => {
  // A family of its own: one that pressed before would have one case.
  ({ auth } = await stack.register());
  const { alertId } = await stack.press(auth, more);
  await stack.idle();
  return alertId;
};
const stateOf = async (alertId: string) =>
  (await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth)).json.state;
const take = async (alertId: string, officer = 'Ana Pérez') => {
  const { link = '' } = caseFile.cases().find(({ caseId }) => caseId.endsWith(alertId)) ?? {};
  const outcome = await acknowledge(link, officer, { linkOrigin: stack.url, pause: async () => undefined });
  await stack.idle();
  return outcome;
};
/** What SNS posted last, as a thief who read it on its way would have it. */
const stolen = (): Record<string, string> => JSON.parse(stack.inbox({ topic, endpoint: hook }).at(-1)?.body ?? '{}');
const { post } = createWebHooks(() => undefined);
/** What the receiver answers: `200`, or as in `answered 403`. */
const answerTo = async (message: object): Promise<string> =>
  post({ url: hook, headers: {}, body: JSON.stringify(message), retries: 0 }).then(
    () => '200',
    (error: unknown) => String(error),
  );

describe('an https receiver', () => {
  it('confirms the subscription to its own topic, and no other', async () => {
    await subscribe(topic, 'https', hook);
    expect(await statusOf(topic, hook)).toBe('confirmed');
    await subscribe('alert-button-consulate-dallas', 'https', hook);
    expect(await statusOf('alert-button-consulate-dallas', hook)).toBe('pending');
    expect(log).toEqual(['refused: another topic']);
  });

  it('gets a press, verifies it, and an officer takes the case by its link alone', async () => {
    const alertId = await press();
    expect(news).toMatchObject([{ urgency: 'page', announcement: { type: 'alert.raised.v1', drill: false } }]);
    expect(await stateOf(alertId)).toBe('raised');
    expect(await take(alertId)).toEqual({ kind: 'acknowledged' });
    expect(await stateOf(alertId)).toBe('acknowledged');
    // An office is not sent what its own officers do: the link says how the case stands.
    expect(news).toHaveLength(1);
    const { link = '' } = caseFile.cases().find(({ caseId }) => caseId.endsWith(alertId)) ?? {};
    const found = await readCase(link, { linkOrigin: stack.url });
    expect(found).toEqual({ state: 'acknowledged', officer: 'Ana Pérez' });
    // A first try whose answer was lost, and a second.
    expect(await take(alertId)).toEqual({ kind: 'acknowledged' });
    expect(await take(alertId, '!!')).toMatchObject({ kind: 'wrong-name' });
    // One certificate was enough for all of it.
    expect(new Set(pathsOfCertificates).size).toBe(pathsOfCertificates.length);
  });

  it('refuses what is forged, altered, of another topic, with a certificate from elsewhere, or a replay', async () => {
    await press();
    news.length = 0;
    const genuine = stolen();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const elsewhere = `https://sns.us-east-1.amazonaws.com.example.org${new URL(genuine['SigningCertURL']!).pathname}`;
    for (const changes of [
      { Signature: sign('sha256', Buffer.from('anything'), privateKey).toString('base64') },
      { Signature: '' },
      { Message: genuine['Message']!.replace('"Actual"', '"Exercise"') },
      { MessageId: crypto.randomUUID() },
      { Timestamp: new Date().toISOString() },
      { SignatureVersion: '1' },
      { SignatureVersion: '3' },
      { TopicArn: arnOf('alert-button-consulate-dallas') },
      { SigningCertURL: elsewhere },
      { SigningCertURL: `${stack.url}/c/token` },
      { SigningCertURL: `${stack.url}/_local/reset` },
      { Type: 'SubscriptionConfirmation', SubscribeURL: `${stack.url}/?Action=ConfirmSubscription`, Token: 'x' },
    ]) {
      expect([changes, await answerTo({ ...genuine, ...changes })]).toEqual([changes, 'Error: answered 403']);
    }
    expect(news).toEqual([]);
    // What is genuine is handled once, also after a restart, and refused when it is old.
    expect(await answerTo(genuine)).toBe('200');
    const reopened = await openCaseFile(join(folder, 'cases.jsonl'));
    expect(reopened.cases()).toEqual(caseFile.cases());
    const restarted = createExample(reopened);
    expect(await restarted.take(JSON.stringify(genuine), 'posted')).toBe('duplicate');
    await reopened.close();
    expect(news).toEqual([]);
    later = 3 * 3_600_000;
    expect(await answerTo(genuine)).toBe('Error: answered 403');
    later = 0;
  });

  it('gets the message again when it could not take it, and handles it once', async () => {
    outage = [503, 502];
    await press();
    expect(outage).toEqual([]);
    expect(news).toHaveLength(1);
  });
});

/** A queue as an office's administrator makes it: docs/consulates.md. */
const createQueue = async (name: string, policy: boolean, Attributes: Record<string, string> = {}) => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const queueArn = `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': arnOf(topic) } },
      },
    ],
  });
  if (policy) await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
  await new SNSClient(account).send(
    new SubscribeCommand({ TopicArn: arnOf(topic), Protocol: 'sqs', Endpoint: queueArn, Attributes }),
  );
  return QueueUrl!;
};

/** Reads a queue with a case file of its own until it has so many news. */
const readUntil = async (queueUrl: string, raw: boolean, count: number) => {
  const own = await openCaseFile(join(folder, `${queueUrl.split('/').at(-1)}.jsonl`));
  const stop = new AbortController();
  const heard: Announcement[] = [];
  const reader = createExample(own, (announcement) => {
    heard.push(announcement);
    if (heard.length === count) stop.abort();
  });
  const options = { sqs, queueUrl, raw, inbox: reader, log: (line: string) => log.push(line) };
  await readQueue(options, { signal: stop.signal, pause: async () => undefined });
  return { heard, cases: own.cases(), close: own.close };
};

describe('a reader of a queue', () => {
  it.each([
    ['wrapped', false, {}],
    ['raw', true, { RawMessageDelivery: 'true' }],
  ])('gets a press that came %s, and an officer takes the case by its link alone', async (name, raw, attributes) => {
    const queueUrl = await createQueue(`houston-${name}`, true, attributes);
    const alertId = await press();
    const { heard, cases, close } = await readUntil(queueUrl, raw, 1);
    expect(heard).toMatchObject([{ type: 'alert.raised.v1', drill: false }]);
    expect(cases[0]?.caseId).toContain(alertId);
    const officer = await acknowledge(cases[0]?.link ?? '', 'Luis Gómez', { linkOrigin: stack.url });
    expect(officer).toEqual({ kind: 'acknowledged' });
    expect(await stateOf(alertId)).toBe('acknowledged');
    await close();
    // What was handled is gone.
    expect(stack.stack.services.sqs.messages(`houston-${name}`)).toEqual([]);
  });

  it('leaves in the queue what it cannot believe', async () => {
    const queueUrl = await createQueue('houston-forged', true);
    const forged = { ...stolen(), Message: '{}' };
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(forged) }));
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'hello' }));
    await press();
    const { close } = await readUntil(queueUrl, false, 1);
    expect(log.filter((line) => line.startsWith('left in the queue'))).toHaveLength(2);
    expect(stack.stack.services.sqs.messages('houston-forged')).toHaveLength(2);
    await close();
  });

  it('gets nothing if the policy of the queue does not let the topic send, and it waits where the operator looks', async () => {
    const { redrivePolicy } = machineSettings('sqs', arnOf(topic));
    await createQueue('houston-closed', false, { RedrivePolicy: JSON.stringify(redrivePolicy) });
    const alertId = await press();
    expect(stack.stack.services.sqs.messages('houston-closed')).toEqual([]);
    const aside = stack.stack.services.sqs.messages(resourceNames.undeliveredQueue);
    expect(aside.filter((body) => body.includes(alertId))).toHaveLength(1);
    expect(
      stack
        .logs()
        .map(({ line }) => line)
        .join('\n'),
    ).toContain('houston-closed does not let');
  });
});

it('runs from the command line: a desk that hears of a press and takes the case', async () => {
  const child = spawn(process.execPath, ['docs/examples/consulate-system/main.ts'], {
    env: {
      PATH: process.env['PATH'],
      TOPIC_ARNS: arnOf(topic),
      LINK_ORIGIN: stack.url,
      SNS_ORIGIN: stack.url,
      CASE_FILE: join(folder, 'desk.jsonl'),
      PORT: '0',
      QUEUE_URL: await createQueue('houston-desk', true),
      SQS_ENDPOINT: stack.url,
      AWS_ACCESS_KEY_ID: 'local-operator',
      AWS_SECRET_ACCESS_KEY: 'x',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`the desk ended without ${String(pattern)}`);
      const found = pattern.exec(value);
      if (found) return found[1] ?? '';
    }
  };
  try {
    const port = await next(/^listening on port (\d+)$/);
    await subscribe(topic, 'http', `http://localhost:${port}/`);
    const alertId = await press();
    const number = await next(/!! (\d+) {2}.*ALERTA/);
    child.stdin.write(`take ${number} !!\n`);
    await next(/^ {3}\d+ {2}wrong-name: (.*officer)/);
    child.stdin.write(`take ${number} Ana Pérez\n`);
    await next(/^ {3}\d+ {2}(acknowledged)$/);
    child.stdin.write('list\n');
    await next(/(acknowledged Ana Pérez)/);
    expect(await stateOf(alertId)).toBe('acknowledged');
    // It came by both ways in, and was shown once.
    expect((await readFile(join(folder, 'desk.jsonl'), 'utf8')).match(/"alert\.raised\.v1"/g)).toHaveLength(1);
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
