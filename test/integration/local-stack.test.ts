import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import { houston, startStack, type TestStack, type Json } from '../support/local-stack.ts';

let stack: TestStack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.reset());

describe('control routes', () => {
  const control = (method: string, path: string, body?: unknown) => stack.send(method, `/_local/${path}`, body);

  test('the inbox is filtered by protocol, endpoint and topic', async () => {
    const { auth } = await stack.register();
    await stack.press(auth);
    await stack.waitForMessage({ type: 'alert.raised.v1', topic: 'alert-button-ministry' });
    const { json } = await control('GET', 'inbox?topic=alert-button-ministry&protocol=email');
    expect(json).toMatchObject([
      {
        messageId: expect.any(String),
        at: expect.any(String),
        topic: 'alert-button-ministry',
        protocol: 'email',
        endpoint: 'duty@ministry.example',
        subject: expect.any(String),
        body: expect.any(String),
        attributes: { type: 'alert.raised.v1', drill: 'false' },
      },
    ]);
    expect((await control('GET', 'inbox?endpoint=nobody@example.org')).json).toEqual([]);
  });

  test('each office and the ministry start with one confirmed mailbox', async () => {
    const { json } = await control('GET', 'topics');
    const offices = json.filter(({ topic }: Json) => /^alert-button-(consulate-|ministry$)/.test(topic));
    expect(offices).toHaveLength(openConsulates.length + 1);
    for (const { subscriptions } of offices)
      expect(subscriptions).toMatchObject([{ protocol: 'email', status: 'confirmed' }]);
  });

  test('an operator subscribes and removes', async () => {
    const topic = 'alert-button-consulate-houston';
    await control('DELETE', 'subscriptions', { topic });
    const added = await control('POST', 'subscriptions', { topic, protocol: 'sms', endpoint: '+12135550188' });
    expect([added.status, added.json.subscriptionArn]).toEqual([200, expect.stringContaining(topic)]);
    const view = (await control('GET', 'topics')).json.find((one: Json) => one.topic === topic);
    expect(view.subscriptions).toMatchObject([{ protocol: 'sms', endpoint: '+12135550188' }]);
  });

  test('the inbox holds what systems receive that are not on this machine: web hooks, queues, functions', async () => {
    const topic = 'alert-button-ministry';
    const systems = [
      ['https', 'https://sre.example/hook'],
      ['sqs', 'arn:aws:sqs:us-east-1:123456789012:duty'],
      ['lambda', 'arn:aws:lambda:us-east-1:123456789012:function:duty'],
    ] as const;
    for (const [protocol, endpoint] of systems) await control('POST', 'subscriptions', { topic, protocol, endpoint });
    await stack.press((await stack.register()).auth);
    for (const [protocol, endpoint] of systems) {
      const { body } = await stack.waitForMessage({ type: 'alert.raised.v1', topic, protocol, endpoint });
      const { Records, ...notification } = JSON.parse(body);
      const document = JSON.parse((Records?.[0].Sns ?? notification).Message);
      expect(document).toMatchObject({ type: 'alert.raised.v1', status: 'Actual', addresses: ['ministry'] });
    }
  });

  test('the clock steps forward and shows it', async () => {
    const { json } = await control('POST', 'clock', { advanceMinutes: 3 });
    expect(Math.round((Date.parse(json.now) - Date.now()) / 60_000)).toBe(3);
    expect(stack.logs().filter(({ function: name }) => name === 'local-stack')).toEqual([]);
  });

  test.each([
    ['POST', 'clock', { advanceMinutes: -1 }, 'advanceMinutes'],
    ['POST', 'clock', undefined, ''],
    ['POST', 'faults', { service: 's3', mode: 'error' }, 'service'],
    ['POST', 'faults', { service: 'sns', mode: 'error', rate: 2 }, 'rate'],
    ['POST', 'faults', { service: 'sns', mode: 'error', often: true }, 'often'],
    ['POST', 'subscriptions', { topic: 'nowhere', protocol: 'email', endpoint: 'a@b.example' }, 'topic'],
    ['POST', 'subscriptions', { topic: 'alert-button-ministry', protocol: 'pigeon', endpoint: 'x' }, 'protocol'],
    ['POST', 'subscriptions', { topic: 'alert-button-ministry', protocol: 'email', endpoint: 'x' }, 'endpoint'],
    ['DELETE', 'subscriptions', { topic: 'nowhere' }, 'topic'],
    ['GET', 'inbox?colour=red', undefined, 'colour'],
  ])('%s %s %j is a 400 that names %s', async (method, path, body, field) => {
    const { status, headers, json } = await control(method, path, body);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json.errors).toMatchObject([{ field }]);
  });

  test('other paths and methods are refused', async () => {
    expect((await control('GET', 'nothing')).status).toBe(404);
    const { status, headers } = await control('PUT', 'clock');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  test('reset leaves what was deployed and nothing else', async () => {
    const before = (await control('GET', 'topics')).json;
    const { auth } = await stack.register();
    const { alertId } = await stack.press(auth);
    await control('DELETE', 'subscriptions', { topic: 'alert-button-ministry' });
    await control('POST', 'subscriptions', {
      topic: 'alert-button-consulate-miami',
      protocol: 'sms',
      endpoint: '+12135550188',
    });
    await control('POST', 'faults', { service: 'sns', mode: 'error' });
    await control('POST', 'clock', { advanceMinutes: 5 });
    expect((await control('POST', 'reset')).status).toBe(200);

    for (const list of ['inbox', 'faults', 'calls', 'logs']) expect((await control('GET', list)).json).toEqual([]);
    const after = (await control('GET', 'topics')).json;
    const shape = (topics: Json[]) =>
      topics.map(({ topic, subscriptions }) => [topic, subscriptions.map(({ endpoint }: Json) => endpoint)]);
    expect(shape(after)).toEqual(shape(before));
    expect(Math.abs(Date.parse((await control('GET', 'clock')).json.now) - Date.now())).toBeLessThan(2000);
    expect((await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth)).status).toBe(401);
    // Geofences are deployed: the nearest office is still found by Amazon Location.
    const again = await stack.register();
    await stack.press(again.auth, { position: houston });
    await stack.waitForMessage({ type: 'alert.raised.v1', topic: 'alert-button-consulate-houston' });
    expect(stack.calls({ service: 'location', outcome: 'ok' })).toHaveLength(1);
  });
});
