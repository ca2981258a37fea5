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

test('refuses what it does not know with its usage', async () => {
  const { code, output } = await start(['--confirm', 'never']).ended;
  expect([code, output]).toEqual([1, expect.stringContaining('usage: npm start')]);
});

test.each([
  ['main.ts', 'npm start'],
  ['demo.ts', 'npm run demo'],
])('%s answers --help with its usage and starts nothing', async (program, command) => {
  const { code, output } = await start(['--help'], '0', program).ended;
  expect([code, output]).toEqual([0, expect.stringMatching(`^usage: ${command} -- `)]);
  expect(output).not.toContain('ready');
});

test('--confirm manual and --data do what they say', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'alert-button-data-'));
  const [luis, rosa] = ['luis@family.example', 'rosa@family.example'];
  const registered = async (url: string, endpoint: string) => {
    const contacts = [{ name: 'Luis', channel: 'email', endpoint }];
    const { deviceToken } = await post(`${url}/v1/families`, { ...family, contacts });
    return { authorization: `Bearer ${deviceToken}` };
  };
  const press = async (url: string, auth: Record<string, string>) => {
    const answer = await post(`${url}/v1/alerts`, { alertId: crypto.randomUUID() }, auth);
    await post(`${url}/_local/clock`, { advanceMinutes: 1 });
    return answer;
  };
  const mailsOf = async (url: string, to: string) =>
    (await inboxOf(url, 'email')).filter(({ endpoint }) => endpoint === to);
  try {
    const first = start(['--data', directory, '--confirm', 'manual']);
    const url = urlOf(await first.firstLine);
    const [ofLuis, ofRosa] = [await registered(url, luis), await registered(url, rosa)];
    // A mailbox gets nothing before its confirmation is opened.
    await press(url, ofLuis);
    const [confirmation, ...others] = await mailsOf(url, luis);
    expect(confirmation.subject).toBe('AWS Notification - Subscription Confirmation');
    expect(others).toEqual([]);
    const link = new URL(/https:\/\/\S+/.exec(confirmation.body)?.[0] ?? '');
    expect((await fetch(`${url}${link.pathname}${link.search}`)).status).toBe(200);
    await press(url, ofLuis);
    expect((await mailsOf(url, luis)).some(({ attributes }) => attributes.type === 'alert.pressed-again.v1')).toBe(
      true,
    );
    const topic = 'alert-button-ministry';
    await post(`${url}/_local/subscriptions`, { topic, protocol: 'sms', endpoint: '+12135550199' });
    first.child.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);

    // Families and subscribers are there again after a restart.
    const second = start(['--data', directory]);
    const again = urlOf(await second.firstLine);
    expect(await press(again, ofRosa)).toMatchObject({ state: 'raised' });
    expect((await mailsOf(again, rosa)).length).toBeGreaterThan(0);
    expect(await inboxOf(again, 'sms')).toMatchObject([{ topic, endpoint: '+12135550199' }]);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

test('Ctrl-C ends it cleanly within a second', { retry: 2 }, async () => {
  const { child, firstLine, ended } = start([]);
  expect((await fetch(`${urlOf(await firstLine)}/health`)).status).toBe(200);
  const stoppedAt = Date.now();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 0 });
  expect(Date.now() - stoppedAt).toBeLessThan(1000);
});
