import { afterAll, expect, test } from 'vitest';
import { doWork } from '../../app/screens/register/do-work.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { envNames } from '../../shared/names.ts';
import { itemsOf, startStack } from '../support/local-stack.ts';

const name = 'alerts.example.org';
const key = 'the-key';

// The operator's own template, with an edge that has no effect here, and registrations that cost work.
const assembly = await synthesise({
  edge: true,
  publicUrl: `https://${name}`,
  edgeCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0f3a',
  registrationProofOfWork: true,
});
for (const { Properties } of assembly.template.resources.values()) {
  const environment = Properties['Environment'] as { Variables: Record<string, unknown> } | undefined;
  // Of its key the emulator knows no value.
  if (environment?.Variables[envNames.edgeKey]) environment.Variables[envNames.edgeKey] = key;
}

const stack = await startStack({ assembly });
afterAll(stack.close);

const through = { 'x-origin-key': key };
const challenge = async () => {
  const { status, json } = await stack.send('GET', '/v1/registration-challenge', undefined, through);
  expect(status).toBe(200);
  return json.work;
};
const workOf = async () => doWork(await challenge());
const familyOf = (person: string, endpoint: string) => ({
  registrationId: crypto.randomUUID(),
  person: { name: person, language: 'es' },
  contacts: [{ name: 'José', channel: 'sms', endpoint }],
  pin: '482915',
  consent: { consularNotification: true, version: '2026-01' },
});
const post = async (registration: object, work?: object) => {
  const sent = { ...registration, ...(work && { work }) };
  const { status, json } = await stack.send('POST', '/v1/families', sent, through);
  return { status, json, code: json.errors?.[0]?.code };
};

/** Her registration, with the work that it cost, through the edge. */
const ana = familyOf('Ana', '+12135550147');
const work = await workOf();
const callsOfFirstChallenge = stack.calls({ function: 'register-family' }).length;
const direct = await stack.send('POST', '/v1/families', { ...ana, work });
const first = await post(ana, work);

test('app, pages and registration are answered through the edge alone; the press at any address', async () => {
  expect([direct.status, direct.json.errors]).toEqual([403, undefined]);
  const { status, json } = first;
  expect(status).toBe(201);
  const auth = { authorization: `Bearer ${json.deviceToken}` };
  const { alertId, status: pressed } = await stack.press(auth);
  expect(pressed).toBe(202);
  expect((await stack.send('GET', `/v1/alerts/${alertId}`, undefined, auth)).status).toBe(200);
  expect((await stack.send('GET', '/v1/family', undefined, auth)).status).toBe(200);
  expect((await stack.send('GET', '/health')).status).toBe(200);

  // What a message leads to is the edge; whoever comes with a link of before is led there, too.
  const { body } = await stack.waitForMessage({ type: 'alert.raised.v1', topic: 'alert-button-consulate-houston' });
  const [link = '', path = ''] = new RegExp(`https://${name}(/c/\\w+)`).exec(body) ?? [];
  expect(path).toMatch(/^\/c\//);
  for (const each of [path, '/', '/sw.js', '/v1/consent?language=en']) {
    const led = await fetch(`${stack.url}${each}`, { redirect: 'manual' });
    expect([led.status, led.headers.get('location')]).toEqual([307, `https://${name}${each}`]);
    expect((await stack.send('GET', each, undefined, through)).status).toBe(200);
  }
  expect(link).toBe(`https://${name}${path}`);
  const officer = { officer: 'Lic. Vega' };
  expect((await stack.send('POST', `${path}/acknowledge`, officer)).status).toBe(403);
  expect((await stack.send('POST', `${path}/acknowledge`, officer, through)).status).toBe(200);
});

test('a challenge calls nothing outside, once the function has its key', async () => {
  const before = stack.calls({ function: 'register-family' }).length;
  for (let asked = 0; asked < 5; asked += 1) await challenge();
  expect(stack.calls({ function: 'register-family' })).toHaveLength(before);
  expect(callsOfFirstChallenge).toBeLessThanOrEqual(1);
});

test('a registration costs work, once, within ten minutes; a repeat costs none', async () => {
  const { familyId } = first.json;
  expect(await post(ana, work)).toMatchObject({ status: 201, json: { familyId } });

  const spent = (await itemsOf(stack.stack)).filter(({ itemType }) => itemType === 'spent-challenge');
  expect(spent.map((item) => Object.keys(item).toSorted())).toEqual([['expiresAt', 'itemType', 'pk', 'sk']]);

  const luis = familyOf('Luis', '+12135550148');
  expect(await post(luis)).toMatchObject({ status: 403, code: 'missing' });
  expect(await post(luis, work)).toMatchObject({ status: 403, code: 'used-before' });
  const other = await workOf();
  await stack.advance(5);
  expect(await post(ana, work)).toMatchObject({ status: 201, json: { familyId } });
  await stack.advance(6);
  expect(await post(luis, other)).toMatchObject({ status: 403, code: 'stale' });
});
