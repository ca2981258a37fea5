import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FaultService } from '../../infra/local-aws/aws-endpoint/faults.ts';
import {
  destinationsOf,
  everybody,
  everybodyAtOnce,
  machinesAt,
  notAuthorised,
  pressed,
  publishes,
  registered,
  registeredFamilies,
  told,
  toldAtOnce,
  twoWatchmen,
} from '../support/announced.ts';
import { startStack } from '../support/local-stack.ts';
import { operatorOf } from '../support/operator.ts';

const stack = await startStack();
const operator = operatorOf(stack);
beforeEach(stack.reset);
afterAll(stack.close);

const raised = 'alert.raised.v1';
const mended = async (): Promise<unknown> => stack.send('DELETE', '/_local/faults');
const breaks = async (fault: {
  service: FaultService;
  operation?: string;
  mode: string;
  count?: number;
  delayMs?: number;
}) => {
  const { status } = await stack.send('POST', '/_local/faults', fault);
  expect(status).toBe(200);
};
const allSent = ['family sent', 'consulate houston sent', 'ministry sent'];

describe('while the table is down, a press', () => {
  test('whose GetItem fails is no 202: nothing is stored or sent, and the same press later is the first', async () => {
    const { auth, familyId } = await registered(stack);
    await breaks({ service: 'dynamodb', operation: 'GetItem', mode: 'error' });
    const refused = await stack.press(auth);
    expect(refused.status).toBe(500);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    await stack.expectNoMessage({ type: raised });

    await mended();
    const { alertId } = refused;
    expect(await operator.alertItem(familyId, alertId)).toBeUndefined();
    expect((await stack.press(auth, { alertId })).status).toBe(202);
    expect(await destinationsOf(stack, auth, alertId)).toEqual(allSent);
    expect(told(stack)).toEqual(everybody);
  });

  test('is answered only when the slow write has ended', async () => {
    const { auth, familyId } = await registered(stack);
    await breaks({ service: 'dynamodb', operation: 'PutItem', mode: 'slow', delayMs: 400 });
    const start = performance.now();
    const { alertId, status } = await stack.press(auth);
    expect(performance.now() - start).toBeGreaterThanOrEqual(400);
    expect(status).toBe(202);
    expect(await operator.alertItem(familyId, alertId)).toBeDefined();
  });

  test('whose write is so late that the phone’s function has tried again is still one alert, told once', async () => {
    const { auth } = await registered(stack);
    await breaks({ service: 'dynamodb', operation: 'PutItem', mode: 'slow', delayMs: 1300, count: 1 });
    const { alertId, status } = await stack.press(auth);
    expect([200, 202]).toContain(status);
    await vi.waitFor(
      () => expect(stack.calls({ function: 'raise-alert', operation: 'PutItem' })).toHaveLength(2),
      5000,
    );
    expect(await destinationsOf(stack, auth, alertId)).toEqual(allSent);
    expect(told(stack)).toEqual(everybody);
  });
});

describe('records of the stream', () => {
  test('that come twice and late tell nobody twice', async () => {
    const { auth } = await registered(stack);
    await pressed(stack, auth);
    const records = stack.stack.streamRecords();
    const tries = stack.calls({ operation: 'UpdateItem', outcome: 'ConditionalCheckFailedException' }).length;
    stack.stack.redeliver([...records, ...records]);
    await stack.idle();
    await stack.advance(5);
    stack.stack.redeliver(records.toReversed());
    await stack.idle();
    expect(told(stack)).toEqual(everybody);
    expect(told(stack, 'contact.welcome.v1')).toEqual(['family sms']);
    // The copies did reach the announcers, who found each destination settled.
    const refused = stack.calls({ operation: 'UpdateItem', outcome: 'ConditionalCheckFailedException' }).length;
    expect(refused - tries).toBeGreaterThanOrEqual(9);
  });

  test('that are poison hold up nobody else’s, and are put aside without what they say', async () => {
    await machinesAt(stack);
    const families = await registeredFamilies(stack, 3);
    const poison = Array.from({ length: 6 }, (_, index) => ({
      pk: { S: `FAMILY#poison-${index}` },
      sk: { S: 'ALERT#poison' },
      itemType: { S: 'alert' },
      person: { S: 'Poisoned Name' },
      deliveries: { S: 'nonsense' },
    }));
    await operator.write(poison);
    const [alerts] = await Promise.all([
      Promise.all(families.map(async ({ auth }) => (await stack.press(auth)).alertId)),
      operator.write(poison.map((item) => ({ ...item, sk: { S: 'ALERT#more' } }))),
    ]);
    await stack.idle();
    expect(toldAtOnce(stack)).toEqual(everybodyAtOnce.flatMap((one) => [one, one, one]));
    // The third mail of an office is a digest's.
    await stack.advance(1);
    for (const [index, { auth }] of families.entries()) {
      expect(await destinationsOf(stack, auth, alerts[index]!)).toEqual(allSent);
    }

    for (const documents of Object.values(operator.givenUp())) {
      const put = documents.map((text) => JSON.parse(text).DDBStreamBatchInfo.batchSize as number);
      expect(put.reduce((sum, size) => sum + size, 0)).toBeGreaterThanOrEqual(12);
      expect(documents.join()).not.toMatch(/poison/i);
    }
  });
});

describe('a crash', () => {
  test('between publishing and recording it repeats the message after the lease, and then records it', async () => {
    const { auth } = await registered(stack, notAuthorised);
    // SNS has the message; from this moment on the table takes no update.
    const stop = stack.stack.services.sns.on(() =>
      stack.fault({ service: 'dynamodb', operation: 'UpdateItem', mode: 'error' }),
    );
    const alertId = await pressed(stack, auth);
    stop();
    expect(await destinationsOf(stack, auth, alertId)).toEqual(['family pending']);
    expect(told(stack)).toEqual(['family email', 'family sms']);

    await mended();
    await stack.advance(1);
    expect(await destinationsOf(stack, auth, alertId)).toEqual(['family sent']);
    expect(told(stack)).toEqual(['family email', 'family email', 'family sms', 'family sms']);
    await stack.advance(4);
    expect(publishes(stack, 'announce-to-family') + publishes(stack, 'watchman')).toBe(3);
  });
});

describe('the watchman', () => {
  /** Alerts of as many families, not yet told, as SNS was down when they were raised. */
  const leftBehind = async (count: number) => {
    const families = await registeredFamilies(stack, count);
    await breaks({ service: 'sns', mode: 'error' });
    const alerts = await Promise.all(
      families.map(async ({ auth, familyId }) => ({ auth, familyId, alertId: (await stack.press(auth)).alertId })),
    );
    await stack.idle();
    await mended();
    return alerts;
  };

  test('at work twice at the same time tells each destination once', async () => {
    await machinesAt(stack);
    await twoWatchmen(stack);
    const alerts = await leftBehind(3);
    for (const { familyId, alertId } of alerts) await operator.makeDue(familyId, alertId);
    // Slow publishes, so that the second round comes into the middle of the first.
    await breaks({ service: 'sns', operation: 'Publish', mode: 'slow', delayMs: 700 });
    const rounds = await Promise.all([1, 2].map(async () => stack.stack.invoke('watchman', {})));
    expect(rounds.map(({ kind }) => kind)).toEqual(['result', 'result']);
    await mended();

    const claims = stack.calls({ function: 'watchman', operation: 'UpdateItem' });
    expect(new Set(claims.map(({ requestId }) => requestId))).toEqual(
      new Set(rounds.map(({ requestId }) => requestId)),
    );
    const each = everybodyAtOnce.flatMap((one) => [one, one, one]);
    expect(toldAtOnce(stack)).toEqual(each);
    // What is too much for mails of their own is told by a digest in the same round.
    const digests = stack.inbox({ type: 'cases.digest.v1' }).filter(({ protocol }) => protocol === 'email');
    expect(publishes(stack, 'watchman')).toBe(9 + digests.length);
    await stack.advance(4);
    for (const { auth, alertId } of alerts) expect(await destinationsOf(stack, auth, alertId)).toEqual(allSent);
    expect(toldAtOnce(stack)).toEqual(each);
  });

  test('does its round in spite of an item that it cannot read', async () => {
    const [alert] = await leftBehind(1);
    await operator.write([
      marshall({ pk: 'FAMILY#poison', sk: 'ALERT#poison', itemType: 'alert', deliveries: 1, dueBucket: '0', dueAt: 1 }),
    ]);
    await stack.advance(1);
    expect(await destinationsOf(stack, alert!.auth, alert!.alertId)).toEqual(allSent);
    expect(stack.logs().some(({ line }) => line.includes('event.failed'))).toBe(true);
  });
});
