import { createHash } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { houston, startStack, type Json } from '../support/local-stack.ts';
import { operatorOf } from '../support/operator.ts';

const stack = await startStack();
const operator = operatorOf(stack);
afterAll(stack.close);

const home = { latitude: 31.768437, longitude: -106.428391 };
const pressedFrom = { latitude: 29.765912, longitude: -95.361748, accuracyMeters: 9173.25 };
const registration = {
  person: {
    name: 'Xóchitl Quetzalli Ñúñez',
    language: 'es',
    phone: '+12135550181',
    homePosition: home,
    locator: { aNumber: 'A077123456', birthPlace: 'Zempoala' },
    urgentAtHome: 'Insulina para el abuelo',
  },
  contacts: [
    { name: 'Ixchel Huerta', channel: 'sms', endpoint: '+525555550182', trusted: true },
    { name: 'Tonatiuh Paz', channel: 'email', endpoint: 'tonatiuh.paz@family.example' },
  ],
  pin: '739164',
  duressPin: '580217',
  consent: { consularNotification: true, version: '2026-01' },
};
const note = 'Dos camionetas verdes frente al taller';
const officer = 'guardia.nocturna@consulate.example';

/** Texts of which no trace may be left, each in the forms in which it could be. */
const secretsOf = (tokens: readonly string[]): readonly string[] =>
  [
    'xóchitl xochitl quetzalli ñúñez ñuñez nunez ixchel huerta tonatiuh'.split(' '),
    '2135550181 5555550182 family.example nocturna consulate.example 739164 580217'.split(' '),
    '31.7684 106.4283 29.7659 95.3617 9173.25 camionetas taller'.split(' '),
    '77123456 zempoala insulina'.split(' '),
    tokens.flatMap((token) => {
      const secret = token.split('.')[1]!;
      const digest = createHash('sha256').update(secret);
      return [secret, digest.copy().digest('hex'), digest.copy().digest('base64'), digest.copy().digest('base64url')];
    }),
  ].flat();

const refusals: { readonly request: string; readonly text: string }[] = [];

const call = async (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Json> => {
  const { status, text, json } = await stack.send(method, path, body, headers);
  if (status >= 400) refusals.push({ request: `${method} ${path.split('?')[0]} ${status}`, text });
  return json;
};

const register = async (body: unknown) => call('POST', '/v1/families', body);
const press = async (auth: Record<string, string>, body: object = {}) =>
  call('POST', '/v1/alerts', { alertId: crypto.randomUUID(), position: pressedFrom, note, battery: 50, ...body }, auth);

/** Everything that a family, a stranger and a bad day can do to the system. */
const wholeRun = async (): Promise<readonly string[]> => {
  const first = await register(registration);
  await stack.idle();
  const auth = { authorization: `Bearer ${first.deviceToken}` };
  const [contact] = registration.contacts;

  // What is refused, with personal data in every place where it could be repeated.
  await register({
    ...registration,
    pin: 'pin739164',
    person: { ...registration.person, name: 'Xóchitl http://nunez.mx' },
  });
  await register({ ...registration, contacts: [contact, contact, { ...contact, endpoint: '2135550181' }] });
  await register({ ...registration, contacts: [{ ...contact, channel: 'ixchel', endpoint: 'tonatiuh.paz' }] });
  await register({
    ...registration,
    duressPin: registration.pin,
    person: { ...registration.person, language: 'quetzalli' },
  });
  await register(JSON.stringify(registration).slice(0, -2));
  await call('POST', '/v1/families', JSON.stringify(registration), { 'content-type': 'text/xochitl' });
  await register({ ...registration, padding: `${note} `.repeat(1000) });
  await press(auth, { alertId: 'Xóchitl Ñúñez' });
  await press(auth, { note: `${note} `.repeat(1000) });
  await press({ authorization: `Bearer ${first.deviceToken}A` });
  await press({ authorization: `Bearer ${first.familyId}.${'A'.repeat(43)}` });
  await press({ authorization: 'Basic xochitl:739164' });
  await call('GET', `/v1/consulates?latitude=${pressedFrom.latitude}&longitude=-195.361748`);
  await call('GET', '/v1/consulates?latitude=xochitl&longitude=quetzalli&limit=739164');
  await call('GET', '/v1/alerts/Ixchel%20Huerta?phone=%2B12135550181', undefined, auth);
  await call('GET', '/tonatiuh.paz@family.example?pin=739164');
  await call('DELETE', '/v1/families/+12135550181');

  // What is taken, whole and with fields that do not parse.
  await call('GET', `/v1/consulates?latitude=${pressedFrom.latitude}&longitude=${pressedFrom.longitude}`);
  const alertId = crypto.randomUUID();
  await press(auth, { alertId });
  await press(auth, { alertId });
  await press(auth, { drill: 'quetzalli', battery: '739164', pressedAt: note, position: { latitude: '29.765912' } });
  await press(auth, { drill: true });
  await press(auth, { position: undefined });
  await stack.idle();
  await call('GET', `/v1/alerts/${alertId}`, undefined, auth);
  await call('GET', '/v1/family', undefined, auth);

  // A bad day: each service fails in each way, offices and topics are gone, records are poison.
  for (const service of ['dynamodb', 'sns', 'location'] as const) {
    stack.fault({ service, mode: 'error' });
    await press(auth);
    await call('GET', `/v1/alerts/${alertId}`, undefined, auth);
    if (service === 'dynamodb') await register(registration);
    await stack.idle();
    await stack.send('DELETE', '/_local/faults');
  }
  stack.fault({ service: 'dynamodb', operation: 'UpdateItem', mode: 'error', count: 40 });
  await press(auth);
  await stack.idle();
  await stack.send('DELETE', '/_local/faults');
  await operator.consulate('subscribe', 'el-paso', 'email', officer);
  await stack.send('DELETE', '/_local/subscriptions', { topic: 'alert-button-consulate-houston' });
  await operator.deleteFamilyTopic(first.familyId);
  await press(auth);
  await operator.write([
    {
      pk: { S: 'FAMILY#poison' },
      sk: { S: 'ALERT#poison' },
      itemType: { S: 'alert' },
      deliveries: { S: note },
      person: { M: { name: { S: registration.person.name } } },
      // The SDK refuses so large a number, and repeats it in its error's message.
      phone: { N: '12135550181000000000.5' },
      dueBucket: { S: '0' },
      dueAt: { N: '1' },
    },
  ]);
  await stack.idle();
  await stack.advance(3);
  const second = await register({ ...registration, consent: { consularNotification: false, version: '2026-01' } });
  await stack.idle();
  await press({ authorization: `Bearer ${second.deviceToken}` }, { position: houston });
  await stack.idle();
  return [first.deviceToken, second.deviceToken];
};

const tracesIn = (text: string, secrets: readonly string[]): readonly string[] => {
  const lower = text.toLowerCase();
  return secrets.filter((secret) => lower.includes(secret.toLowerCase()));
};

test('no log line, call record, failure record or error body of a whole run says who, where or by which secret', async () => {
  const secrets = secretsOf(await wholeRun());

  // The run did what it should, or its silence would prove nothing.
  const logs = (await stack.send('GET', '/_local/logs')).json as { function: string; line: string }[];
  expect([...new Set(logs.map((entry) => entry.function))].toSorted()).toEqual([
    'announce-to-authorities',
    'announce-to-family',
    'answer-queries',
    'raise-alert',
    'register-family',
    'subscribe-office',
    'watchman',
  ]);
  expect(logs.filter(({ line }) => line.includes('"level":"error"')).length).toBeGreaterThan(5);
  expect(new Set(refusals.map(({ request }) => request.split(' ')[2]))).toEqual(
    new Set(['400', '401', '404', '413', '415', '500']),
  );
  const heard = stack
    .inbox()
    .map(({ body }) => body)
    .join();
  expect(tracesIn(heard, secrets)).toEqual(expect.arrayContaining(['xóchitl', '2135550181', '29.7659', 'camionetas']));

  expect(logs.filter(({ line }) => tracesIn(line, secrets).length > 0)).toEqual([]);
  expect(refusals.filter(({ text }) => tracesIn(text, secrets).length > 0)).toEqual([]);
  expect(tracesIn((await stack.send('GET', '/_local/calls')).text, secrets)).toEqual([]);
  const { family, authorities } = operator.givenUp();
  expect(family.length + authorities.length).toBeGreaterThan(2);
  expect(tracesIn([...family, ...authorities].join(), secrets)).toEqual([]);
}, 60_000);
