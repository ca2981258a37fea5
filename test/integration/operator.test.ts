import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runAlerts } from '../../infra/operator/alerts-cli.ts';
import { runConsulate } from '../../infra/operator/consulate-cli.ts';
import { connect } from '../../infra/operator/target.ts';
import { houston, startStack, type Json } from '../support/local-stack.ts';
import { operatorOf } from '../support/operator.ts';

const stack = await startStack();
afterAll(stack.close);
beforeAll(() => stack.stack.services.setConfirm('manual'));

const repository = new URL('../../', import.meta.url);

type Said = { code: number; out: string; err: string };

/** `npm run consulate|alerts -- …` without npm, in a shell that points somewhere else in AWS. */
const run = async (command: 'consulate' | 'alerts', ...argv: string[]): Promise<Said> =>
  new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], AWS_REGION: 'eu-west-3', AWS_PROFILE: 'x' };
    execFile(
      process.execPath,
      [`infra/operator/${command}.ts`, ...argv],
      { cwd: repository, env },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: out.trimEnd(), err: err.trimEnd() });
      },
    );
  });

/** The same in this process, which spares the start of another one. */
const inProcess = async (command: 'consulate' | 'alerts', ...argv: string[]): Promise<Said> => {
  const said = { out: '', err: '' };
  const code = await { consulate: runConsulate, alerts: runAlerts }[command](argv, {
    connect,
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
  });
  return { code, ...said };
};
const local = async (command: 'consulate' | 'alerts', ...argv: string[]) =>
  inProcess(command, ...argv, '--url', stack.url);
const jsonOf = async (...argv: string[]): Promise<Json> => JSON.parse((await local('alerts', ...argv, '--json')).out);

const boise = { latitude: 43.615, longitude: -116.2023 };
const mailbox = 'guardia@boise.example';
const note = 'Dos camionetas verdes';
/** What the family below is; nothing of it may reach an operator. Seconds of a time are no latitude. */
const personal =
  /Ana Sof|José|Lupe|lupe@|2135550147|camionetas|43\.6\d*(?![\dZ])|116\.2\d*(?![\dZ])|29\.76\d*(?![\dZ])|482915|Oficial|Adelanto/;

test('an operator subscribes an office, confirms in its stead, and tries it with a drill', async () => {
  const [asked, phone] = await Promise.all([
    local('consulate', 'subscribe', 'boise', 'email', mailbox),
    local('consulate', 'subscribe', 'boise', 'sms', '+12085550199'),
  ]);
  expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('Asked: boise') });
  expect(phone).toMatchObject({ code: 0, out: 'Subscribed to boise.' });
  const link = /https:\S+/.exec(stack.inbox({ endpoint: mailbox })[0]!.body)![0];
  const confirmed = await local('consulate', 'confirm', '--token', link);
  expect(confirmed).toMatchObject({ code: 0, out: expect.stringContaining('g…@boise.example hears alerts of boise') });

  const [tested, list] = await Promise.all([
    run('consulate', 'test', 'boise', 'ministry', '--json', '--local', stack.url),
    local('consulate', 'list'),
  ]);
  expect(tested.code).toBe(0);
  expect(JSON.parse(tested.out).offices).toEqual([
    { id: 'boise', status: 'sent', confirmed: 3, sentTo: 2, leftOut: 1 },
    { id: 'ministry', status: 'sent', confirmed: 1, sentTo: 1, leftOut: 0 },
  ]);
  const received = stack.inbox(({ attributes }) => attributes['drill'] === 'true');
  expect(received.map(({ topic, protocol }) => `${topic} ${protocol}`)).toEqual([
    'alert-button-consulate-boise email',
    'alert-button-consulate-boise email',
    'alert-button-ministry email',
  ]);
  for (const { subject, body } of received) {
    expect(subject).toMatch(/^SIMULACRO: /);
    expect(body).toMatch(/^SIMULACRO: ES UN ENSAYO/);
  }
  expect(list).toMatchObject({ code: 0, out: expect.stringMatching(/^boise .*email 2, sms 1/m) });
});

// Before time is let pass: an SDK whose clock is five minutes off tries again whatever was refused.
test('what cannot be carried out ends with 2, says why on standard error, and changes nothing', async () => {
  await local('consulate', 'subscribe', 'yuma', 'email', 'guardia@yuma.example');
  const { token } = stack.inbox({ endpoint: 'guardia@yuma.example' })[0]!;
  await stack.send('DELETE', '/_local/subscriptions', { topic: 'alert-button-consulate-yuma' });
  const otherServer = createServer((_, response) => response.end('<html>not here'));
  await new Promise<void>((resolve) => otherServer.listen(0, '127.0.0.1', resolve));
  const elsewhere = `http://127.0.0.1:${(otherServer.address() as AddressInfo).port}`;
  // Nobody can listen on port 1 without being root.
  const nothing = 'http://127.0.0.1:1';
  const publishedBefore = stack.calls({ service: 'sns', operation: 'Publish' }).length;

  const refused = await Promise.all([
    local('consulate', 'confirm', 'yuma', '--token', token!),
    local('consulate', 'test', 'los-angles'),
    local('consulate', 'subscribe', 'boise', 'yuma', 'guardia@example.org'),
    inProcess('consulate', 'test', 'boise', '--local', nothing),
    inProcess('alerts', 'open', '--url', nothing),
    inProcess('alerts', 'open', '--local', elsewhere),
  ]);
  otherServer.close();
  expect(refused.map(({ code, out }) => `${code} ${out}`)).toEqual(refused.map(() => '2 '));
  const [expired, wrong, two, notRunning, noStack, other] = refused.map(({ err }) => err);
  expect(expired).toMatch(/SNS does not know this token at yuma\. It is valid for 48 hours/);
  expect(wrong).toBe('There is no office "los-angles". Did you mean los-angeles?');
  expect(two).toMatch(/The protocol must be one of email/);
  expect(notRunning).toBe(
    `Nothing answers at ${nothing}. Start the local stack first (npm start), or give its address with --url.`,
  );
  expect(noStack).toBe(notRunning);
  expect(other).toMatch(/is not the local stack\.$/);
  expect(stack.calls({ service: 'sns', operation: 'Publish' })).toHaveLength(publishedBefore);
});

test('an operator follows alerts of two offices to an officer, and sees nothing about people', async () => {
  const { auth, familyId } = await stack.register();
  const operator = operatorOf(stack);
  await stack.send('DELETE', '/_local/subscriptions', { topic: 'alert-button-consulate-houston' });
  const first = await stack.press(auth, { position: boise, note });
  const second = await stack.press(auth, { position: houston, note, drill: true });
  await stack.idle();

  const young = await local('alerts', 'open');
  expect(young.code).toBe(0);
  expect(young.out).toMatch(
    new RegExp(
      `^boise +${first.alertId.slice(0, 8)} +[0-9A-Z]{4} +0 min +Not attended +NOBODY for 0 min +none +family sent, boise sent`,
      'm',
    ),
  );
  expect(young.out).toMatch(/^none \(family only\) .*Not attended \(drill\) +not to be told +none +family sent$/m);

  await stack.advance(6);
  const late = await run('alerts', 'open', '--local', stack.url, '--json');
  expect(late.code).toBe(1);
  expect(JSON.parse(late.out).alerts.map(({ alertId, overdue }: Json) => ({ alertId, overdue }))).toEqual(
    expect.arrayContaining([
      { alertId: first.alertId, overdue: true },
      { alertId: second.alertId, overdue: false },
    ]),
  );

  const mail = stack.inbox({ topic: 'alert-button-consulate-boise', type: 'alert.raised.v1' }).at(-1)!;
  const page = new URL(/http:\S+\/c\/\S+/.exec(mail.body)![0]).pathname;
  await stack.send('POST', `${page}/acknowledge`, { officer: 'Oficial Pérez' });
  await stack.send('POST', `${page}/state`, { to: 'located', facility: 'Adelanto', note });
  await stack.idle();

  const shown = await local('alerts', 'show', first.alertId.slice(0, 8));
  expect(shown.code).toBe(0);
  for (const text of [familyId, first.alertId, 'alert.escalated.v1', 'alert.acknowledged.v1', 'officer (boise)']) {
    expect(shown.out).toContain(text);
  }
  expect(await jsonOf('show', familyId, first.alertId)).toMatchObject({ state: 'located', overdue: false });

  await stack.send('POST', `${page}/close`, { disposition: 'safe', confirm: true });
  await operator.write([
    {
      pk: { S: `FAMILY#${familyId}` },
      sk: { S: 'ALERT#dregs' },
      deliveries: { S: note },
    },
    {
      pk: { S: `FAMILY#${familyId}` },
      sk: { S: 'OFFICE#dregs#yuma' },
      officeId: { S: 'yuma' },
      raisedAt: { S: '2026-11-22' },
    },
  ]);
  const [left, closed] = await Promise.all([local('alerts', 'open'), local('alerts', 'show', familyId, first.alertId)]);
  expect(left).toMatchObject({ code: 1, out: expect.stringContaining(`Not all can be read of:\n  ${familyId} dregs`) });
  expect(left.out).not.toContain(first.alertId.slice(0, 8));
  expect(closed).toMatchObject({ code: 0, out: expect.stringMatching(/State +Case closed: Safe, at/) });

  for (const { out, err } of [young, late, shown, left, closed]) {
    expect(out + err).not.toMatch(personal);
  }
});
