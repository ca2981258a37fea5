import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startStack } from '../support/local-stack.ts';

const stack = await startStack();
afterAll(async () => stack.close());
beforeEach(async () => stack.reset());

const losAngeles = { latitude: 34.0522, longitude: -118.2437 };

const registered = async (options: { duressPin?: string; consularNotification?: boolean } = {}) => {
  const { consularNotification = true, ...pins } = options;
  const registration = await stack.send('POST', '/v1/families', {
    person: { name: 'María Fernanda Ruiz', language: 'es' },
    contacts: [{ name: 'José', channel: 'sms', endpoint: '+12135550101' }],
    pin: '4821',
    consent: { consularNotification, version: '2026-01' },
    sharePositionWithFamily: true,
    ...pins,
  });
  const { familyId, deviceToken } = registration.json as { familyId: string; deviceToken: string };
  const headers = { authorization: `Bearer ${deviceToken}` };
  await stack.idle();
  return { familyId, headers };
};

/** A family that has pressed in Los Angeles, with what each side needs to act. */
const pressed = async ({ drill = false, ...options }: Parameters<typeof registered>[0] & { drill?: boolean } = {}) => {
  const { familyId, headers } = await registered(options);
  const alertId = crypto.randomUUID();
  await stack.send('POST', '/v1/alerts', { alertId, position: losAngeles, ...(drill && { drill }) }, headers);
  await stack.idle();
  const status = async () => (await stack.send('GET', `/v1/alerts/${alertId}`, undefined, headers)).json;
  const cancel = async (pin: string) => {
    const answer = await stack.send('POST', `/v1/alerts/${alertId}/cancel`, { pin }, headers);
    await stack.idle();
    return answer;
  };
  return { familyId, alertId, headers, status, cancel };
};
const messages = (topic: string, type?: string) =>
  stack.inbox({ topic }).filter(({ attributes }) => type === undefined || attributes['type'] === type);
const linkTo = (topic: string) => {
  const body = stack.inbox({ topic }).at(-1)?.body ?? '';
  const path = /http:\/\/127\.0\.0\.1:\d+(\/[cf]\/[\w-]+)/.exec(body)?.[1];
  if (path === undefined) throw new Error(`no link in what ${topic} received`);
  return path;
};
const act = async (link: string, action: string, body: object) => {
  const answer = await stack.send('POST', `${link}/${action}`, body, { accept: 'application/json' });
  await stack.idle();
  return answer;
};
const office = (id: string) => `alert-button-consulate-${id}`;
const ministry = 'alert-button-ministry';
const escalated = 'alert.escalated.v1';

describe('silence', () => {
  it('goes to the next office after 5 minutes, to the ministry after 10 more, and then again and again', async () => {
    const { status } = await pressed();
    await stack.advance(4);
    expect(messages(office('santa-ana'))).toHaveLength(0);
    await stack.advance(2);
    expect(messages(office('santa-ana'), escalated)).toHaveLength(1);
    expect(await status()).toMatchObject({ consulate: { id: 'santa-ana' } });
    await stack.advance(10);
    expect(await status()).toMatchObject({ consulate: { id: 'ministry' }, basis: 'ministry' });
    const before = messages(ministry, escalated).length;
    await stack.advance(50);
    expect(messages(ministry, escalated)).toHaveLength(before);
    // At 30 and 60 minutes, to every office that was told; the family has its own rhythm.
    for (const topic of [ministry, office('los-angeles'), office('santa-ana')]) {
      expect([topic, messages(topic, 'alert.silent.v1').length]).toEqual([topic, 2]);
    }
    expect(stack.logs().some(({ line }) => line.includes('UnacknowledgedAlerts'))).toBe(true);
  });

  it('is ended by an officer, never by a relative', async () => {
    const { familyId } = await pressed();
    await act(linkTo(`alert-button-family-${familyId}`), 'on-it', { name: 'José' });
    await stack.advance(6);
    expect(messages(office('santa-ana'), escalated)).toHaveLength(1);
    await act(linkTo(office('los-angeles')), 'acknowledge', { officer: 'Lic. Rosa Díaz' });
    const told = stack.inbox().length;
    await stack.advance(16);
    expect(stack.inbox()).toHaveLength(told);
  });
});

describe('a press without a position', () => {
  it('gets its office from the first position that arrives', async () => {
    const { headers } = await registered();
    const alertId = crypto.randomUUID();
    await stack.send('POST', '/v1/alerts', { alertId }, headers);
    await stack.idle();
    const path = `/v1/alerts/${alertId}`;
    expect((await stack.send('GET', path, undefined, headers)).json).toMatchObject({ basis: 'ministry' });
    const positions = [{ latitude: 41.88, longitude: -87.63 }];
    expect((await stack.send('POST', `${path}/positions`, { positions }, headers)).status).toBe(202);
    await stack.idle();
    expect((await stack.send('GET', path, undefined, headers)).json).toMatchObject({
      consulate: { id: 'chicago' },
      basis: 'location',
    });
    expect(messages(office('chicago'), 'alert.located.v1')).toHaveLength(1);
  });
});

describe('a phone on the move', () => {
  const kilometersNorth = (kilometers: number, minutesAgo: number) => ({
    ...losAngeles,
    latitude: losAngeles.latitude + kilometers / 111,
    measuredAt: new Date(stack.stack.control.now().getTime() - minutesAgo * 60_000).toISOString(),
  });

  it('is told to the office and the ministry once, and to nobody after it was cancelled with the PIN', async () => {
    const { familyId, alertId, headers, cancel } = await pressed();
    const send = async (...positions: object[]) => {
      const answer = await stack.send('POST', `/v1/alerts/${alertId}/positions`, { positions }, headers);
      await stack.idle();
      return answer.status;
    };
    const [newest, earlier] = [kilometersNorth(5, 1), kilometersNorth(9, 3)];
    const batch = [newest, earlier, newest];
    expect(await Promise.all([send(...batch), send(...batch)])).toEqual([202, 202]);
    const type = 'alert.position-moved.v1';
    const told = () => stack.inbox(({ attributes }) => attributes['type'] === type).map(({ topic }) => topic);
    expect(told().toSorted()).toEqual([office('los-angeles'), ministry]);
    const page = await stack.send('GET', linkTo(office('los-angeles')), undefined, { accept: 'application/json' });
    expect(page.json).toMatchObject({ position: newest, track: [newest, earlier], pressPosition: losAngeles });
    const family = linkTo(`alert-button-family-${familyId}`);
    const seen = async () => (await stack.send('GET', family, undefined, { accept: 'application/json' })).json.position;
    expect(await seen()).toMatchObject(newest);

    await cancel('4821');
    await stack.advance(11);
    expect(await send(kilometersNorth(20, 0))).toBe(202);
    expect(told()).toHaveLength(2);
    expect(await seen()).toBeNull();
  });
});

describe('links', () => {
  it('can be opened by a scanner any number of times without changing anything', async () => {
    const { status } = await pressed();
    const before = JSON.stringify(await status());
    const links = stack.inbox().map(({ body }) => /(\/[cf]\/[\w-]+)/.exec(body)?.[1]);
    const paths = links.filter((path) => path !== undefined);
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) expect((await stack.send('GET', path)).status).toBe(200);
    expect(JSON.stringify(await status())).toBe(before);
  });
});
