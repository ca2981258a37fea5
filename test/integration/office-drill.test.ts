import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { runConsulate } from '../../infra/operator/consulate-cli.ts';
import { connect } from '../../infra/operator/target.ts';
import { raisedAlertItem } from '../../shared/adapters/alert-item.ts';
import { consulateById } from '../../shared/data/consulates.ts';
import { officeDrill } from '../../shared/domain/case/office-drill.ts';
import { drillFamilyId } from '../../shared/names.ts';
import { startStack, type Json } from '../support/local-stack.ts';
import { operatorOf } from '../support/operator.ts';

const stack = await startStack();
afterAll(stack.close);
beforeEach(async () => stack.reset());

const office = 'alert-button-consulate-boise';
const machine = 'arn:aws:sqs:us-east-1:000000000000:alertas';

const consulate = async (...argv: string[]): Promise<{ code: number; json: Json; err: string }> => {
  let out = '';
  let err = '';
  const code = await runConsulate([...argv, '--json', '--url', stack.url], {
    connect,
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { code, json: out === '' ? undefined : JSON.parse(out), err };
};
const rowOf = async (id: string): Promise<Json> => (await consulate('drills')).json.find((row: Json) => row.id === id);
const pageIn = (body: string): string => new URL(/http:\S+\/c\/\S+/.exec(body)![0]).pathname;
const officers = () =>
  stack.inbox(({ topic }) => topic.startsWith('alert-button-consulate-') || topic.endsWith('-ministry'));

test('a drill is a case that the office must take on its page, and nobody else hears of it', async () => {
  const { code, json } = await consulate('drill', 'boise', 'ministry');
  expect(code).toBe(0);
  expect(json.drills.map(({ id, status }: Json) => `${id} ${status}`)).toEqual(['boise raised', 'ministry raised']);
  await stack.idle();
  const mails = officers();
  expect(mails.map(({ topic }) => topic).toSorted()).toEqual([office, 'alert-button-ministry']);
  for (const { subject, body, attributes } of mails) {
    expect(subject).toMatch(/^SIMULACRO: /);
    expect(body).toMatch(/^SIMULACRO: ES UN ENSAYO|^SIMULACRO\. TOME EL CASO AQUÍ: http/);
    expect(attributes['drill']).toBe('true');
  }
  expect(await rowOf('boise')).toMatchObject({ lastTakenAfterSeconds: null, lacking: true });

  await stack.advance(1);
  const mail = mails.find(({ topic }) => topic === office)!;
  const page = pageIn(mail.body);
  const shown = await stack.send('GET', page, undefined, { accept: 'text/html' });
  expect(shown.status).toBe(200);
  expect(shown.text).toContain('SIMULACRO');
  expect((await stack.send('POST', `${page}/acknowledge`, { officer: 'Oficial Pérez' })).status).toBe(200);
  await stack.idle();
  // No mail of the taking: neither a family nor the ministry is told.
  expect(officers()).toHaveLength(2);
  expect(stack.stack.services.sns.topics().filter(({ topic }) => topic.includes(drillFamilyId))).toEqual([]);
  const taken = await rowOf('boise');
  expect(taken).toMatchObject({ lacking: false });
  expect(taken.lastTakenAfterSeconds).toBeGreaterThanOrEqual(60);

  // The ministry's is not taken: it ends with its hour, is told to nobody, and the ministry is named.
  await stack.advance(60);
  expect(officers()).toHaveLength(2);
  expect(await rowOf('ministry')).toMatchObject({ lastTakenAfterSeconds: null, takenAt: null, lacking: true });
  const closed = await operatorOf(stack).alertItem(drillFamilyId, json.drills[1].alertId);
  expect(closed).toMatchObject({ state: 'closed', disposition: 'drill' });
});

test('a drill that pages duty phones reaches them as people are reached: machines know it for a drill', async () => {
  const operator = operatorOf(stack);
  await operator.consulate('subscribe', 'boise', 'sms', '+12085550199');
  await operator.consulate('subscribe', 'boise', 'sqs', machine);
  await consulate('drill', 'boise');
  await stack.idle();
  expect(
    stack
      .inbox({ topic: office })
      .map(({ protocol }) => protocol)
      .toSorted(),
  ).toEqual(['email', 'sqs']);

  // As --with-phones stores it in office hours, whatever day it is.
  const options = { alertId: crypto.randomUUID(), now: new Date(), note: 'Simulacro', pagesPhones: true };
  const item = raisedAlertItem(officeDrill(consulateById('boise'), options));
  await operator.write([marshall(item, { removeUndefinedValues: true })]);
  await stack.idle();
  const heard = stack.inbox({ topic: office }).slice(2);
  expect(heard.map(({ protocol, attributes }) => `${protocol} ${attributes['drill']}`).toSorted()).toEqual([
    'email false',
    'sms false',
    'sqs true',
  ]);
  expect(heard.find(({ protocol }) => protocol === 'sms')!.body).toMatch(/SIMULACRO, no es real/);
  const { Message } = JSON.parse(heard.find(({ protocol }) => protocol === 'sqs')!.body);
  expect(JSON.parse(Message)).toMatchObject({ status: 'Exercise' });
});

test('an office where nobody is confirmed has no case, and its silence goes to no other office', async () => {
  await stack.send('DELETE', '/_local/subscriptions', { topic: office });
  expect(await consulate('drill', 'boise')).toMatchObject({ code: 1, json: { drills: [{ status: 'nobody' }] } });
  expect((await consulate('drill', 'boise-city')).err).toContain('There is no office');
  await stack.send('POST', '/_local/subscriptions', { topic: office, protocol: 'email', endpoint: 'g@example.org' });
  const { json } = await consulate('drill', 'boise');
  // Between the look and the message everybody leaves: the next office hears nothing.
  await stack.send('DELETE', '/_local/subscriptions', { topic: office });
  await stack.advance(20);
  expect(officers().filter(({ topic }) => topic !== office)).toEqual([]);
  expect((await operatorOf(stack).alertItem(drillFamilyId, json.drills[0].alertId)).consulate.id).toBe('boise');
});
