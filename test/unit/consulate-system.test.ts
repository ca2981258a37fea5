import { generateKeyPairSync, sign, type X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnnouncement, type Announcement } from '../../docs/examples/consulate-system/announcement.ts';
import { openCaseFile } from '../../docs/examples/consulate-system/case-file.ts';
import { acknowledge, readCase } from '../../docs/examples/consulate-system/case-link.ts';
import { createReceiver } from '../../docs/examples/consulate-system/http-receiver.ts';
import { createInbox } from '../../docs/examples/consulate-system/inbox.ts';
import { createCertificates } from '../../docs/examples/consulate-system/sns-message.ts';
import { urgencyOf } from '../../docs/examples/consulate-system/urgency.ts';
import { selfSignedCertificate } from '../../infra/local-aws/sns/certificate.ts';

// The example of docs/consulates.md reads the documents that we publish.
const folderOfExamples = 'shared/contracts/examples';
const textOf = (name: string): string => readFileSync(`${folderOfExamples}/${name}.json`, 'utf8');
const example = (name: string, changes: object = {}): Announcement =>
  readAnnouncement(JSON.stringify({ ...JSON.parse(textOf(name)), ...changes }));
/** One case from press to reopening; the examples have two ways to cancel it. */
const all = readdirSync(folderOfExamples)
  .map((file) => file.replace('.json', ''))
  .filter((name) => name !== 'alert.raised.v1.exercise' && name !== 'alert.cancelled.v1');

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'consulate-'));
});
afterAll(async () => rm(folder, { recursive: true }));
const newPath = () => join(folder, `${(files += 1)}.jsonl`);

/** The case after these messages, and what each asked of the office. */
const after = async (...messages: readonly Announcement[]) => {
  const file = await openCaseFile(newPath());
  const urgencies: (string | undefined)[] = [];
  for (const [index, message] of messages.entries()) {
    const changed = await file.take(`message-${index}`, message);
    urgencies.push(changed && urgencyOf(changed, message));
  }
  await file.close();
  return { cases: file.cases(), urgencies };
};

describe('a digest', () => {
  it('is no news: each of its messages came before', async () => {
    const file = await openCaseFile(newPath());
    const news: string[] = [];
    const inbox = createInbox({
      topicArns: [],
      snsOrigin: 'https://sns.example',
      certificates: createCertificates(async () => ''),
      caseFile: file,
      confirm: async () => undefined,
      onNews: (_changed, { type }) => news.push(type),
      onUnsubscribed: () => undefined,
      now: () => new Date(),
    });
    const digest = readFileSync('shared/contracts/digest.example.json', 'utf8');
    expect(await inbox.takeRaw('message', digest)).toBe('duplicate');
    await file.close();
    expect(news).toEqual([]);
  });
});

describe('a case', () => {
  it('is the same in whatever order its messages come, and however often', async () => {
    const { cases } = await after(...all.map((name) => example(name)));
    expect(cases).toMatchObject([{ state: 'acknowledged', underDuress: true }]);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }), async (names) => {
        expect((await after(...names.map((name) => example(name)))).cases).toEqual(cases);
      }),
      { numRuns: 8 },
    );
  });

  it('wakes somebody for a press, and not for one that was cancelled or taken before it arrived', async () => {
    const press = example('alert.raised.v1.actual');
    expect((await after(press)).urgencies).toEqual(['page']);
    expect((await after(example('alert.cancelled.v1'), press)).urgencies).toEqual(['show', 'show']);
    expect((await after(example('alert.acknowledged.v1'), press)).urgencies).toEqual(['show', 'show']);
    expect((await after(press, press)).urgencies).toEqual(['page', undefined]);
    expect((await after(example('alert.raised.v1.exercise'))).urgencies).toEqual(['drill']);
    expect((await after(example('alert.escalated.v1'))).urgencies).toEqual(['page']);
  });

  it('wakes somebody for a forced cancellation, and remembers it', async () => {
    const forced = example('alert.cancelled-under-duress.v1');
    const { cases, urgencies } = await after(forced, example('alert.acknowledged.v1'));
    expect(urgencies[0]).toBe('page');
    expect(cases).toMatchObject([{ underDuress: true }]);
  });

  it('keeps the link that was made last', async () => {
    const early = example('alert.raised.v1.actual', { sent: '2026-11-22T22:32:11.000Z' });
    const late = { ...early, identifier: 'x', sent: '2026-11-22T23:00:00.000Z', link: 'https://alerta.example.mx/c/2' };
    expect((await after(late, early)).cases).toMatchObject([{ link: 'https://alerta.example.mx/c/2' }]);
  });

  it('survives a restart, and a line that a crash cut short', async () => {
    const path = newPath();
    const file = await openCaseFile(path);
    await file.take('one', example('alert.raised.v1.actual'));
    await file.close();
    appendFileSync(path, '{"messageId":"two","docum');
    const reopened = await openCaseFile(path);
    const taken = await reopened.take('two', example('alert.acknowledged.v1'));
    expect(taken).toMatchObject({ state: 'acknowledged' });
    await reopened.close();
    const again = await openCaseFile(path);
    expect(again.cases()).toEqual(reopened.cases());
    expect(await again.take('two', example('alert.acknowledged.v1'))).toBeUndefined();
    await again.close();
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('that is new twice at the same instant is new once', async () => {
    const file = await openCaseFile(newPath());
    const press = example('alert.raised.v1.actual');
    const taken = await Promise.all([file.take('one', press), file.take('one', press), file.take('two', press)]);
    expect(taken.filter((each) => each !== undefined)).toHaveLength(1);
    await file.close();
  });
});

describe('an announcement', () => {
  it('of a type or with members that nobody knew yet is read', () => {
    const news = example('alert.state-changed.v1', { type: 'alert.weather.v1', specVersion: '1.9', rain: true });
    expect(news).toMatchObject({ type: 'alert.weather.v1', drill: false, state: 'located' });
  });

  it.each([
    ['specVersion', '2.0'],
    ['identifier', 7],
    ['caseId', undefined],
    ['at', 'yesterday'],
    ['info', null],
  ])('with a wrong %s is for a person to read', (name, value) => {
    expect(() => example('alert.raised.v1.actual', { [name]: value })).toThrow();
  });

  it('of an OK that was forced is as secret as a forced cancellation', () => {
    const origin = { kind: 'duress-check-in' };
    expect(example('alert.raised.v1.actual', { origin }).underDuress).toBe(true);
    expect(example('alert.raised.v1.actual').underDuress).toBe(false);
  });

  it('is a drill only if it says so', () => {
    expect(example('alert.raised.v1.actual', { status: 'Test' }).drill).toBe(false);
  });
});

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const snsOrigin = 'https://sns.us-east-1.amazonaws.com';
const topicArn = 'arn:aws:sns:us-east-1:111122223333:alert-button-consulate-houston';

/** A message as SNS would sign it. */
const signed = (members: Record<string, string>): string => {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: topicArn,
    Message: textOf('alert.raised.v1.actual'),
    Timestamp: '2026-11-22T22:32:12.000Z',
    ...members,
  };
  const names = Object.keys(message).sort();
  const text = names.map((name) => `${name}\n${message[name]}\n`).join('');
  return JSON.stringify({
    ...message,
    SignatureVersion: '2',
    Signature: sign('sha256', Buffer.from(text), keys.privateKey).toString('base64'),
    SigningCertURL: `${snsOrigin}/SimpleNotificationService-0a1b.pem`,
  });
};

const createTestInbox = async ({
  at = '2026-11-22T22:33:00Z',
  fetchPem = async () => selfSignedCertificate('sns', keys),
} = {}) => {
  const heard: string[] = [];
  const caseFile = await openCaseFile(newPath());
  const inbox = createInbox({
    topicArns: [topicArn],
    snsOrigin,
    certificates: createCertificates(fetchPem),
    caseFile,
    confirm: async ({ Token = '' }) => void heard.push(`confirm ${Token}`),
    onNews: (_changed, { type }) => heard.push(type),
    onUnsubscribed: (arn) => heard.push(`unsubscribed ${arn}`),
    now: () => new Date(at),
  });
  return { inbox, heard, close: caseFile.close };
};

describe('a message of SNS', () => {
  const confirmation = { Token: 't', SubscribeURL: `${snsOrigin}/?Action=ConfirmSubscription`, Message: 'You have' };

  it('is taken when it is signed: a notification, with or without subject, and both confirmations', async () => {
    const { inbox, heard, close } = await createTestInbox();
    expect(await inbox.take(signed({}), 'posted')).toBe('handled');
    const other = { MessageId: '00000000-fdea-4c2c-8f9d-bdfb0c7bf324', Subject: 'ALERTA: "Ana"' };
    const acknowledged = { ...other, Message: textOf('alert.acknowledged.v1') };
    expect(await inbox.take(signed(acknowledged), 'posted')).toBe('handled');
    expect(await inbox.take(signed({ ...confirmation, Type: 'SubscriptionConfirmation' }), 'posted')).toBe('confirmed');
    const gone = signed({ ...confirmation, Type: 'UnsubscribeConfirmation' });
    expect(await inbox.take(gone, 'posted')).toBe('unsubscribed');
    expect(heard).toEqual(['alert.raised.v1', 'alert.acknowledged.v1', 'confirm t', `unsubscribed ${topicArn}`]);
    await close();
  });

  it('that is old is refused when it was posted, and read when it waited in the queue', async () => {
    const { inbox, close } = await createTestInbox({ at: '2026-11-24T10:00:00Z' });
    await expect(inbox.take(signed({}), 'posted')).rejects.toThrow('minutes old');
    expect(await inbox.take(signed({}), 'queued')).toBe('handled');
    await close();
  });

  it('from the future is refused', async () => {
    const { inbox, close } = await createTestInbox({ at: '2026-11-22T22:00:00Z' });
    await expect(inbox.take(signed({}), 'posted')).rejects.toThrow('clock');
    await close();
  });

  it('cannot be cut at other line breaks: part of a subject is no MessageId', async () => {
    const { inbox, close } = await createTestInbox();
    const genuine = JSON.parse(signed({ Subject: 's' })) as Record<string, string>;
    const cut = { ...genuine, Subject: undefined, MessageId: `${genuine['MessageId']}\nSubject\ns` };
    await expect(inbox.take(JSON.stringify(cut), 'posted')).rejects.toThrow('not a message of SNS');
    await close();
  });

  it('is not lost while the certificate cannot be fetched', async () => {
    let broken = true;
    let fetches = 0;
    const fetchPem = async () => {
      fetches += 1;
      if (broken) throw new Error('no network');
      return selfSignedCertificate('sns', keys);
    };
    const { inbox, close } = await createTestInbox({ fetchPem });
    const receiver = createServer(createReceiver(inbox, () => undefined)).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const post = async (body: string, method = 'POST') => {
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
      return (await fetch(url, { method, ...(method === 'POST' && { body }) })).status;
    };
    expect(await post(signed({}))).toBe(503);
    broken = false;
    expect(await post(signed({}))).toBe(200);
    expect(await post(signed({}))).toBe(200);
    expect(fetches).toBe(2);
    expect(await post(signed({ Message: '{"specVersion":"2.0"}' }))).toBe(422);
    expect(await post('hello')).toBe(403);
    expect(await post('x'.repeat(1_100_000))).toBe(403);
    expect(await post('', 'GET')).toBe(405);
    receiver.close();
    await close();
  });

  it('is refused with a certificate that is no longer valid', async () => {
    const { inbox, close } = await createTestInbox({ at: '2121-01-01T00:00:00Z' });
    await expect(inbox.take(signed({}), 'queued')).rejects.toThrow('not valid now');
    await close();
  });

  it('fetches a certificate once for messages that come together', async () => {
    let fetches = 0;
    const certificates = createCertificates(async () => {
      fetches += 1;
      return selfSignedCertificate('sns', keys);
    });
    const both: X509Certificate[] = await Promise.all([certificates('u'), certificates('u')]);
    expect(both[0]?.subject).toBe('CN=sns');
    expect(fetches).toBe(1);
  });
});

describe('acknowledging', () => {
  const answering = async (...answers: readonly [status: number, body: object][]) => {
    const asked: string[] = [];
    const left = [...answers];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const [status, body] = left.shift() ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const linkOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const pauses: number[] = [];
    const options = { linkOrigin, pause: async (ms: number) => pauses.push(ms) };
    return { link: `${linkOrigin}/c/token`, options, asked, pauses, close: () => server.close() };
  };

  it('is tried again after errors of the server and throttling', async () => {
    const { link, options, asked, pauses, close } = await answering([503, {}], [429, {}], [200, {}]);
    expect(await acknowledge(link, 'Ana', options)).toEqual({ kind: 'acknowledged' });
    expect(asked).toEqual(Array.from({ length: 3 }, () => 'POST /c/token/acknowledge'));
    expect(pauses).toHaveLength(2);
    close();
  });

  it('that fails for good is an error, never silence', async () => {
    const { link, options, close } = await answering();
    await expect(acknowledge(link, 'Ana', options)).rejects.toThrow('500');
    close();
  });

  it.each([
    [[404, {}], undefined, { kind: 'link-expired' }],
    [[400, { errors: [{ field: 'officer' }] }], undefined, { kind: 'wrong-name', detail: '[{"field":"officer"}]' }],
    [[409, {}], { state: 'located', acknowledged: { officer: 'Luis' } }, { kind: 'taken', by: 'Luis' }],
    [[409, {}], { state: 'closed', acknowledged: null }, { kind: 'closed' }],
  ] as const)('answered with %j', async (first, second, outcome) => {
    const { link, options, close } = await answering([first[0], first[1]], [200, second ?? {}]);
    expect(await acknowledge(link, 'Ana', options)).toEqual(outcome);
    close();
  });

  it('sends nothing to a link that leads elsewhere', async () => {
    const options = { linkOrigin: 'https://alerta.example.mx' };
    await expect(acknowledge('https://evil.example/c/token', 'Ana', options)).rejects.toThrow('does not lead');
    await expect(readCase('nonsense', options)).rejects.toThrow('does not lead');
  });
});
