import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { CallEntry } from '../../infra/local-aws/journal.ts';
import { alertRaisedSchema } from '../../shared/contracts/announcement-whole.ts';
import { createQueueListener } from '../support/queue-listener.ts';
import {
  everybody,
  notAuthorised,
  pressed,
  publishes,
  registered,
  registeredFamilies,
  statusOf,
  told,
  machinesAt,
  toldAtOnce,
} from '../support/announced.ts';
import { houston, startStack } from '../support/local-stack.ts';
import { operatorConfig, operatorOf } from '../support/operator.ts';

const stack = await startStack();
const operator = operatorOf(stack);
beforeEach(stack.reset);
afterAll(stack.close);

type Family = Awaited<ReturnType<typeof registered>>;
const raised = 'alert.raised.v1';
const elPaso = { latitude: 31.7619, longitude: -106.485 };
const smsToFamily = () => stack.inbox({ protocol: 'sms', type: raised })[0]?.body;

describe('a press', () => {
  test('tells the phones and mailboxes of the family, the nearest office and the ministry, and its status says so', async () => {
    const { auth } = await registered(stack);
    const alertId = await pressed(stack, auth);

    expect(told(stack)).toEqual(everybody);
    expect(smsToFamily()).toMatch(/^ALERTA .*Ana Sofia Nuñez.*Houston/);
    expect(stack.inbox({ type: raised, endpoint: 'lupe@family.example' })[0]?.body).toContain('Ana Sofía Núñez');
    expect(await statusOf(stack, auth, alertId)).toMatchObject({
      alertId,
      state: 'raised',
      drill: false,
      destinations: [
        { kind: 'family', status: 'sent' },
        { kind: 'consulate', id: 'houston', status: 'sent' },
        { kind: 'ministry', status: 'sent' },
      ],
      consulate: { id: 'houston', city: 'Houston', basis: 'location' },
      basis: 'location',
    });
  });

  test('shows the position to officers, and in no message to the family', async () => {
    const { auth } = await registered(stack);
    await pressed(stack, auth);
    for (const { topic, body, subject } of stack.inbox({ type: raised })) {
      const position = /29\.76|95\.3/.test(`${subject} ${body}`);
      expect([topic, position]).toEqual([topic, !topic.startsWith('alert-button-family-')]);
    }
  });

  test('is answered after one read and one conditional write; then one search and one publish for each destination', async () => {
    const { auth } = await registered(stack);
    const before = stack.calls().length;
    await pressed(stack, auth);

    const calls = (await stack.send('GET', '/_local/calls')).json.slice(before) as CallEntry[];
    const of = (name: string) => calls.filter((call) => call.function === name);
    const press = of('raise-alert');
    expect(press.map(({ service, operation, outcome }) => `${service} ${operation} ${outcome}`)).toEqual([
      'dynamodb GetItem ok',
      'dynamodb PutItem ok',
    ]);
    expect(new Set(press.map(({ requestId }) => requestId)).size).toBe(1);

    const count = (name: string, operation: string) => of(name).filter((call) => call.operation === operation).length;
    expect({
      family: count('announce-to-family', 'Publish'),
      searches: count('announce-to-authorities', 'ForecastGeofenceEvents'),
      authorities: count('announce-to-authorities', 'Publish'),
    }).toEqual({ family: 1, searches: 1, authorities: 2 });
    expect(new Set(calls.map((call) => call.function))).toEqual(
      new Set(['raise-alert', 'announce-to-family', 'announce-to-authorities']),
    );
  });

  test('stands in every inbox within a second', { retry: 2 }, async () => {
    const lastOfFour = async (): Promise<number> => {
      const { promise, resolve } = Promise.withResolvers<number>();
      let left = everybody.length;
      const stop = stack.stack.services.sns.on(({ attributes }) => {
        if (attributes['type'] === raised) left -= 1;
        if (left === 0) resolve(performance.now());
      });
      return promise.finally(stop);
    };
    const times: number[] = [];
    for (const { auth } of await registeredFamilies(stack, 3)) {
      const arrived = lastOfFour();
      const start = performance.now();
      await stack.press(auth);
      times.push((await arrived) - start);
      await stack.idle();
      // Past the window of time in which a mailbox gets two mails of its own.
      await stack.advance(0.2);
    }
    // The median: other test files load this machine's two cores at the same time.
    expect(times.toSorted((a, b) => a - b)[1]).toBeLessThan(1000);
  });

  test('that waited an hour for a network is taken, and says when it was made and when it was received', async () => {
    const { auth } = await registered(stack);
    const pressedAt = new Date(Date.now() - 3_600_000);
    const listener = createQueueListener(operatorConfig(stack.url));
    await listener.listen('alert-button-consulate-houston');
    const alertId = await pressed(stack, auth, { pressedAt: pressedAt.toISOString() });

    expect(smsToFamily()).toMatch(/activado .*, recibido /);
    const [heard] = await listener.heard('alert-button-consulate-houston');
    const document = alertRaisedSchema.parse(JSON.parse(heard!.body));
    const { raisedAt } = await statusOf(stack, auth, alertId);
    expect(document).toMatchObject({ pressedAt: pressedAt.toISOString(), raisedAt });
    expect(Date.parse(raisedAt) - pressedAt.getTime()).toBeGreaterThanOrEqual(3_600_000);
  });
});

describe('the same press again', () => {
  test('ten times at the same instant, in any case, is one alert: one 202, nine 200, one message each', async () => {
    const { auth } = await registered(stack);
    const id = crypto.randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, async (_, index) =>
        stack.press(auth, { alertId: index % 2 === 0 ? id : id.toUpperCase() }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([...Array(9).fill(200), 202]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]!.json).toMatchObject({ alertId: id, state: 'raised' });
    await stack.idle();
    expect(told(stack)).toEqual(everybody);
  });

  test('with another family’s id is an alert of its own', async () => {
    const [one, other] = (await registeredFamilies(stack, 2)) as [Family, Family];
    const alertId = await pressed(stack, one.auth);
    await pressed(stack, other.auth, { alertId, position: elPaso });

    expect((await statusOf(stack, one.auth, alertId)).consulate.id).toBe('houston');
    expect((await statusOf(stack, other.auth, alertId)).consulate.id).toBe('el-paso');
    expect(told(stack, raised, ({ topic }) => topic.endsWith(other.familyId))).toEqual(['family email', 'family sms']);
    expect(told(stack)).toHaveLength(8);
  });
});

describe('the office', () => {
  test('is nobody without the authorisation: the family alone is told, and Location is not asked', async () => {
    const { auth } = await registered(stack, notAuthorised);
    const alertId = await pressed(stack, auth);
    await stack.advance(16);
    expect(told(stack)).toEqual(['family email', 'family sms']);
    expect(stack.inbox().every(({ topic }) => topic.startsWith('alert-button-family-'))).toBe(true);
    expect(smsToFamily()).toContain('Busque ya un abogado de inmigracion');
    expect(stack.calls({ service: 'location' })).toEqual([]);
    expect(publishes(stack, 'announce-to-authorities') + publishes(stack, 'watchman')).toBe(0);
    expect(await statusOf(stack, auth, alertId)).toMatchObject({
      destinations: [{ kind: 'family', status: 'sent' }],
      consulate: null,
      basis: 'not-authorised',
    });
  });
});

describe('a drill', () => {
  test('goes to the family alone, marked in every message, and shows the office that would have been told', async () => {
    const { auth } = await registered(stack);
    const alertId = await pressed(stack, auth, { drill: true });

    expect(told(stack)).toEqual(['family email', 'family sms']);
    for (const { attributes } of stack.inbox({ type: raised })) expect(attributes['drill']).toBe('true');
    expect(smsToFamily()).toMatch(/^SIMULACRO .* no llame a nadie/);
    const { subject, body } = stack.inbox({ type: raised, protocol: 'email' })[0]!;
    expect(subject).toMatch(/^SIMULACRO/);
    expect(body).toMatch(/a esta oficina: .*Houston/);
    expect(body).not.toMatch(/\+\d|teme una detención/);
    expect(await statusOf(stack, auth, alertId)).toMatchObject({
      drill: true,
      destinations: [{ kind: 'family', status: 'sent' }],
      consulate: { id: 'houston', basis: 'great-circle' },
      basis: 'great-circle',
    });
    expect(stack.calls({ service: 'location' })).toEqual([]);
  });
});

describe('a press with a valid token', () => {
  test('is taken without the optional fields that do not parse, and the record notes them', async () => {
    const wrong: readonly [dropped: string, body: Record<string, unknown>][] = [
      ['position', { position: 'here' }],
      ['position.accuracyMeters', { position: { ...houston, accuracyMeters: 'good' } }],
      ['drill', { drill: 'yes' }],
    ];
    const families = await registeredFamilies(stack, wrong.length);
    await machinesAt(stack);
    for (const [index, [dropped, body]] of wrong.entries()) {
      const { auth, familyId } = families[index]!;
      const { status, alertId } = await stack.press(auth, { ...body, unknown: [1] });
      expect([dropped, status]).toEqual([dropped, 202]);
      expect(await operator.alertItem(familyId, alertId)).toMatchObject({ droppedFields: [dropped], drill: false });
    }
    await stack.idle();
    // One of them has no position left, so the ministry owns it.
    const each = (who: string, count: number): string[] => Array(count).fill(who);
    expect(toldAtOnce(stack)).toEqual([
      ...each('family email', 3),
      ...each('family sms', 3),
      ...each('houston https', 2),
      ...each('ministry https', 3),
    ]);
  });

  test('is taken whatever its Content-Type says, and its note is cut at 500 characters', async () => {
    const { auth, familyId } = await registered(stack);
    const alertId = crypto.randomUUID();
    const body = JSON.stringify({ alertId, position: houston, note: 'ñ'.repeat(600) });
    const { status } = await stack.send('POST', '/v1/alerts', body, { ...auth, 'content-type': 'text/xml' });
    await stack.idle();
    expect(status).toBe(202);
    expect((await operator.alertItem(familyId, alertId))?.['note']).toBe('ñ'.repeat(500));
    expect(told(stack)).toEqual(everybody);
  });

  test('is taken with a body that is no JSON, and the record says that the rest was dropped', async () => {
    const { auth, familyId } = await registered(stack);
    const alertId = crypto.randomUUID();
    const body = `{"alertId":"${alertId}","latitude":34.05,"longitude":-118.24,"accuracyMeters":NaN,"drill":true,}`;
    expect((await stack.send('POST', '/v1/alerts', body, auth)).status).toBe(202);
    await stack.idle();
    const item = await operator.alertItem(familyId, alertId);
    expect(item).toMatchObject({ drill: true, droppedFields: ['body'] });
    expect((await statusOf(stack, auth, alertId)).consulate.id).toBe('los-angeles');
  });

  test('is refused only for its id or its size, and then nothing is stored and nobody told', async () => {
    const { auth } = await registered(stack);
    const writes = stack.calls({ operation: 'PutItem' }).length;
    const refused = await Promise.all(
      [
        { position: houston },
        { alertId: 'not-a-uuid' },
        { alertId: crypto.randomUUID(), note: 'x'.repeat(17_000) },
        '{',
      ].map(async (body) => stack.send('POST', '/v1/alerts', body, auth)),
    );
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 413, 400]);
    expect(refused[0]!.json.errors[0].field).toBe('alertId');
    await stack.expectNoMessage({ type: raised });
    expect(stack.calls({ operation: 'PutItem' })).toHaveLength(writes);
  });
});

test('a press with a wrong token is refused in the same words as without one, and nobody is told', async () => {
  const { familyId } = await registered(stack);
  const guess = { authorization: `Bearer ${familyId}.${'A'.repeat(43)}` };
  const [without, wrong] = [await stack.press({}), await stack.press(guess)];
  expect([without.status, wrong.status]).toEqual([401, 401]);
  expect(without.text).toBe(wrong.text);
  await stack.expectNoMessage({ type: raised });
});
