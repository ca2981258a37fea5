import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { alertStatusResponse, raiseAlertResponse } from '../../shared/contracts/alerts.ts';
import { alertRaisedSchema } from '../../shared/contracts/announcement-whole.ts';
import { problem } from '../../shared/contracts/common.ts';
import { consulatesResponse } from '../../shared/contracts/consulates.ts';
import { registerFamilyResponse } from '../../shared/contracts/families.ts';
import { resourceNames } from '../../shared/names.ts';
import { checkHttpManners } from './http-manners.ts';

/** What a subscriber that is a program (SQS) got: the body for its protocol, and the message's attributes. */
export type Heard = { readonly body: string; readonly attributes: Readonly<Record<string, string>> };

/** A deployed stack as its clients see it: the API, and topics to which a queue can be subscribed. */
export type Ground = {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Subscribes a queue, not raw; resolves to false while there is no such topic. */
  readonly listen: (topicName: string) => Promise<boolean>;
  /** Everything heard on that topic since `listen`, oldest first. */
  readonly heard: (topicName: string) => Promise<readonly Heard[]>;
};

/** What the checks leave behind, for checks of one ground alone. */
export type Left = { readonly familyId: string; readonly deviceToken: string; readonly alertId: string };

const patienceMs = 30_000;

/** Asks until `holds`, or throws with the last answer after 30 s. */
export const eventually = async <Value>(
  what: string,
  ask: () => Promise<Value>,
  holds: (value: Value) => boolean,
): Promise<Value> => {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const value = await ask();
    if (holds(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`${what}: not within ${patienceMs} ms; last ${JSON.stringify(value)}`);
    }
    await delay(100);
  }
};

type Answer = { readonly status: number; readonly contentType: string; readonly body: unknown };

const caller =
  ({ baseUrl }: Ground) =>
  async (method: string, path: string, options: { token?: string; json?: unknown } = {}): Promise<Answer> => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      },
      ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    assert.equal(response.headers.get('cache-control'), 'no-store', `${method} ${path} may be stored`);
    return {
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await response.json(),
    };
  };

/** The fields that a refusal names, after seeing that it is problem+json of this status. */
const refusal = (answer: Answer, status: number): readonly string[] => {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.contentType, /^application\/problem\+json/);
  const document = problem.parse(answer.body);
  assert.equal(document.status, status);
  return (document.errors ?? []).map(({ field }) => field);
};

const losAngeles = { latitude: 34.0522, longitude: -118.2437, accuracyMeters: 15 };
const nearestOffice = 'los-angeles';

const registration = (name: string, phone: string) => ({
  registrationId: randomUUID(),
  person: { name, language: 'es', phone: '+12135550100' },
  contacts: [
    { name: 'José Ruiz', channel: 'sms', endpoint: phone },
    { name: 'Lupita', channel: 'email', endpoint: 'lupita@example.com' },
  ],
  pin: '4711',
  consent: { consularNotification: true, version: '2026-01' },
});

/**
 * The checks that hold on every ground, AWS's own included: registers, presses, hears the announcements, presses
 * again. Each is reported by name as it starts; the first that fails throws. Names, phones and mailboxes are invented.
 */
export const checkBlackBox = async (ground: Ground, started: (check: string) => void): Promise<Left> => {
  const call = caller(ground);

  started('health answers without a token');
  assert.deepEqual((await call('GET', '/health')).body, { status: 'ok' });

  started('the app opens, and every file that its shell names is there, compressed and never asked for again');
  const shell = await (await fetch(`${ground.baseUrl}/`)).text();
  const files = Array.from(shell.matchAll(/(?:href|src)="(\/app\/[^"]+)"/g), ([, path = '']) => path);
  assert.ok(files.some((path) => path.endsWith('.js')) && files.some((path) => path.endsWith('.css')), shell);
  for (const path of files) {
    const file = await fetch(`${ground.baseUrl}${path}`);
    assert.equal(file.status, 200, path);
    assert.match(file.headers.get('cache-control') ?? '', /immutable/, path);
    assert.ok(path.endsWith('.png') || file.headers.get('content-encoding') === 'gzip', `${path} is not compressed`);
    assert.ok((await file.arrayBuffer()).byteLength > 0, path);
  }
  for (const path of ['/sw.js', '/manifest.webmanifest']) {
    assert.equal((await fetch(`${ground.baseUrl}${path}`)).headers.get('cache-control'), 'no-cache', path);
  }

  started('an unknown path is a problem that does not repeat the path');
  const unknown = await call('GET', '/v1/ghost-7319');
  refusal(unknown, 404);
  assert.doesNotMatch(JSON.stringify(unknown.body), /7319/);

  started('consulates come nearest first, and wrong coordinates are named');
  const nearest = await call('GET', '/v1/consulates?latitude=34.0522&longitude=-118.2437&limit=4');
  const { consulates } = consulatesResponse.parse(nearest.body);
  const distances = consulates.map(({ distanceMeters }) => distanceMeters);
  assert.equal(consulates[0]?.id, nearestOffice);
  assert.equal(distances.length, 4);
  assert.deepEqual(
    distances,
    distances.toSorted((a, b) => a - b),
  );
  assert.deepEqual(refusal(await call('GET', '/v1/consulates?latitude=91&longitude=-118'), 400), ['latitude']);

  started('a press without a token, or with somebody’s guess, is refused alike');
  const press = { alertId: randomUUID(), position: losAngeles, pressedAt: new Date().toISOString(), battery: 41 };
  const withoutToken = await call('POST', '/v1/alerts', { json: press });
  const withGuess = await call('POST', '/v1/alerts', { json: press, token: `${randomUUID()}.${'A'.repeat(43)}` });
  for (const answer of [withoutToken, withGuess]) refusal(answer, 401);

  started('a registration answers a token, and a wrong one names its fields');
  const wrong = { ...registration('Ana', '+5215512345678'), pin: 'abcd' };
  assert.deepEqual(refusal(await call('POST', '/v1/families', { json: wrong }), 400), ['pin']);
  const registered = await call('POST', '/v1/families', { json: registration('María Fernanda Ruiz', '+12135550101') });
  assert.equal(registered.status, 201, JSON.stringify(registered.body));
  const { familyId, deviceToken } = registerFamilyResponse.parse(registered.body);
  const device = { token: deviceToken };

  started('the family gets a topic of its own');
  const topics = {
    family: `${resourceNames.familyTopicPrefix}${familyId}`,
    consulate: `${resourceNames.consulateTopicPrefix}${nearestOffice}`,
    ministry: resourceNames.ministryTopic,
  };
  for (const topic of Object.values(topics)) {
    await eventually(`topic ${topic}`, async () => ground.listen(topic), Boolean);
  }

  started('a press is accepted; without an id it names the field');
  assert.deepEqual(refusal(await call('POST', '/v1/alerts', { ...device, json: {} }), 400), ['alertId']);
  const pressed = await call('POST', '/v1/alerts', { ...device, json: press });
  assert.equal(pressed.status, 202, JSON.stringify(pressed.body));
  const { raisedAt, state } = raiseAlertResponse.parse(pressed.body);
  assert.equal(state, 'raised');

  /** What a topic heard of presses, once it is as much as expected. */
  const presses = async (topic: string, count: number): Promise<readonly Heard[]> =>
    eventually(
      `${count} on ${topic}`,
      async () => (await ground.heard(topic)).filter(({ attributes }) => attributes['type'] === 'alert.raised.v1'),
      ({ length }) => length >= count,
    );

  started('the family, the nearest office and the ministry hear of it, each in its own words');
  const [toFamily, toConsulate, toMinistry] = await Promise.all([
    presses(topics.family, 1),
    presses(topics.consulate, 1),
    presses(topics.ministry, 1),
  ]);
  assert.match(toFamily[0]?.body ?? '', /\S/);
  assert.doesNotMatch(toFamily[0]?.body ?? '', /34\.05|118\.24/, 'the family’s message says where the person is');
  for (const [recipient, { body, attributes }] of [
    ...toConsulate.map((heard) => [nearestOffice, heard] as const),
    ...toMinistry.map((heard) => ['ministry', heard] as const),
  ]) {
    const document = alertRaisedSchema.parse(JSON.parse(body));
    assert.equal(document.alertId, press.alertId);
    assert.equal(document.status, 'Actual');
    assert.equal(document.person.name, 'María Fernanda Ruiz');
    assert.equal(document.consulate.id, nearestOffice);
    // Where the machine is too busy for Location's 300 ms, our own distance decides.
    assert.match(document.consulate.basis, /^(location|great-circle)$/);
    assert.deepEqual(document.addresses, [recipient]);
    assert.deepEqual([attributes['drill'], attributes['consulateId']], ['false', recipient]);
  }

  started('the status says who was told, to the device only');
  const statusPath = `/v1/alerts/${press.alertId}`;
  const status = await eventually(
    'all destinations sent',
    async () => alertStatusResponse.parse((await call('GET', statusPath, device)).body),
    ({ destinations }) => destinations.every((destination) => destination.status === 'sent'),
  );
  assert.deepEqual(status.destinations.map(({ kind }) => kind).toSorted(), ['consulate', 'family', 'ministry']);
  assert.deepEqual([status.consulate?.id, status.basis, status.raisedAt], [nearestOffice, 'location', raisedAt]);
  refusal(await call('GET', statusPath), 401);
  const other = await call('POST', '/v1/families', { json: registration('Otra Persona', '+12135550102') });
  const stranger = { token: registerFamilyResponse.parse(other.body).deviceToken };
  refusal(await call('GET', statusPath, stranger), 404);

  started('HEAD is GET without the body; browsers that go astray get a page');
  await checkHttpManners(ground.baseUrl, deviceToken, press.alertId);

  started('the same press again, in capitals, is the same alert');
  const again = await call('POST', '/v1/alerts', {
    ...device,
    json: { ...press, alertId: press.alertId.toUpperCase() },
  });
  assert.equal(again.status, 200, JSON.stringify(again.body));
  assert.deepEqual(raiseAlertResponse.parse(again.body), { alertId: press.alertId, state: 'raised', raisedAt });

  started('a drill goes to the family alone, and what came between was not announced again');
  const drill = { alertId: randomUUID(), position: losAngeles, drill: true };
  assert.equal((await call('POST', '/v1/alerts', { ...device, json: drill })).status, 202);
  // One family's records keep their order: what the repeated press had caused would stand before the drill.
  const marks = (await presses(topics.family, 2)).map(({ attributes }) => attributes['drill']);
  assert.deepEqual(marks, ['false', 'true']);
  const after = { alertId: randomUUID(), position: losAngeles };
  assert.equal((await call('POST', '/v1/alerts', { ...device, json: after })).status, 202);
  for (const topic of [topics.consulate, topics.ministry]) {
    // Offices hear of a press after the drill: what the drill had caused there would stand before it.
    await eventually(
      `pressed again on ${topic}`,
      async () => ground.heard(topic),
      (heard) => heard.some(({ attributes }) => attributes['type'] === 'alert.pressed-again.v1'),
    );
    assert.equal((await presses(topic, 1)).length, 1, topic);
  }
  return { familyId, deviceToken, alertId: press.alertId };
};
