import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Json } from '../support/local-stack.ts';

const repository = new URL('../../', import.meta.url);
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

type Started = {
  child: ChildProcess;
  firstLine: Promise<string>;
  ended: Promise<{ code: number | null; output: string }>;
};

/** `npm start` without npm, in a shell that points somewhere else in AWS. */
const start = (args: string[], port = '0', program = 'main.ts'): Started => {
  const child = spawn(process.execPath, [`infra/local/${program}`, ...args], {
    cwd: repository,
    env: {
      PATH: process.env['PATH'],
      PORT: port,
      AWS_REGION: 'eu-west-3',
      AWS_PROFILE: 'x',
      AWS_ENDPOINT_URL: 'http://192.0.2.1',
      AWS_ACCESS_KEY_ID: 'AKIAREAL',
    },
  });
  started.push(child);
  let output = '';
  const line = Promise.withResolvers<string>();
  const ended = Promise.withResolvers<{ code: number | null; output: string }>();
  const take = (chunk: Buffer): void => {
    output += chunk.toString();
    const end = output.indexOf('\n');
    if (end >= 0) line.resolve(output.slice(0, end));
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  child.on('close', (code) => {
    line.resolve(output);
    ended.resolve({ code, output });
  });
  return { child, firstLine: line.promise, ended: ended.promise };
};

const urlOf = (line: string): string => {
  expect(line).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
  return line.slice('ready '.length);
};

const post = async (url: string, body: object, headers = {}): Promise<Json> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return response.json();
};

const inboxOf = async (url: string, protocol: string): Promise<Json[]> => {
  const response = await fetch(`${url}/_local/inbox?protocol=${protocol}`);
  return (await response.json()) as Json[];
};

const family = {
  person: { name: 'Ana', language: 'en' },
  contacts: [{ name: 'Luis', channel: 'email', endpoint: 'luis@family.example' }],
  pin: '482915',
  consent: { consularNotification: true, version: '2026-01' },
};

test('says clearly that a port is in use', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as { port: number };
  const { code, output } = await start([], String(port)).ended;
  holder.close();
  expect([code, output]).toEqual([1, expect.stringContaining(`port ${port} is in use`)]);
  expect(output).not.toContain('    at ');
});

test.each([[['--confirm', 'never']], [['--colour', 'red']]])('refuses %j with its usage', async (args) => {
  expect(await start(args).ended).toMatchObject({ code: 1, output: expect.stringContaining('usage: npm start') });
});

test.each([
  ['main.ts', 'npm start'],
  ['demo.ts', 'npm run demo'],
])('%s answers --help with its usage and starts nothing', async (program, command) => {
  const { code, output } = await start(['--help'], '0', program).ended;
  expect([code, output]).toEqual([0, expect.stringMatching(`^usage: ${command} -- `)]);
  expect(output).not.toContain('ready');
});

test('keeps families and subscribers over a restart with --data', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'alert-button-data-'));
  try {
    const first = start(['--data', directory]);
    const { deviceToken } = await post(`${urlOf(await first.firstLine)}/v1/families`, family);
    const topic = 'alert-button-ministry';
    await post(`${await first.firstLine.then(urlOf)}/_local/subscriptions`, {
      topic,
      protocol: 'sms',
      endpoint: '+12135550199',
    });
    first.child.kill('SIGTERM');
    await first.ended;

    const second = start(['--data', directory]);
    const url = urlOf(await second.firstLine);
    const pressed = await post(
      `${url}/v1/alerts`,
      { alertId: crypto.randomUUID() },
      { authorization: `Bearer ${deviceToken}` },
    );
    expect(pressed).toMatchObject({ state: 'raised' });
    await post(`${url}/_local/clock`, { advanceMinutes: 3 });
    const mails = await inboxOf(url, 'email');
    expect(mails.filter(({ endpoint }) => endpoint === 'luis@family.example').length).toBeGreaterThan(0);
    expect(await inboxOf(url, 'sms')).toMatchObject([{ topic, endpoint: '+12135550199' }]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test('with --confirm manual a mailbox gets nothing before its confirmation is opened', async () => {
  const { firstLine } = start(['--confirm', 'manual']);
  const url = urlOf(await firstLine);
  const { deviceToken } = await post(`${url}/v1/families`, family);
  const press = () =>
    post(`${url}/v1/alerts`, { alertId: crypto.randomUUID() }, { authorization: `Bearer ${deviceToken}` });
  const mailsOf = async () =>
    (await inboxOf(url, 'email')).filter(({ endpoint }) => endpoint === 'luis@family.example');
  await press();
  await post(`${url}/_local/clock`, { advanceMinutes: 1 });
  const [confirmation, ...others] = await mailsOf();
  expect(confirmation.subject).toBe('AWS Notification - Subscription Confirmation');
  expect(others).toEqual([]);
  const link = new URL(/https:\/\/\S+/.exec(confirmation.body)?.[0] ?? '');
  expect((await fetch(`${url}${link.pathname}${link.search}`)).status).toBe(200);
  await press();
  await post(`${url}/_local/clock`, { advanceMinutes: 1 });
  expect((await mailsOf()).some(({ attributes }) => attributes.type === 'alert.pressed-again.v1')).toBe(true);
});

test('Ctrl-C ends it cleanly within a second', { retry: 2 }, async () => {
  const { child, firstLine, ended } = start([]);
  expect((await fetch(`${urlOf(await firstLine)}/health`)).status).toBe(200);
  const stoppedAt = Date.now();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0 });
  expect(Date.now() - stoppedAt).toBeLessThan(1000);
});
