import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../infra/local-aws/aws-endpoint/faults.ts';
import { announcementSchema } from '../../shared/contracts/announcement.ts';
import {
  destinationsOf,
  everybody,
  notAuthorised,
  pressed,
  publishes,
  registered,
  statusOf,
  told,
} from '../support/announced.ts';
import { houston, startStack } from '../support/local-stack.ts';
import { operatorConfig, operatorOf } from '../support/operator.ts';
import { createQueueListener } from '../support/queue-listener.ts';

const stack = await startStack();
const operator = operatorOf(stack);
beforeEach(stack.reset);
afterAll(stack.close);

const raised = 'alert.raised.v1';
const allSent = ['family sent', 'consulate houston sent', 'ministry sent'];
const mended = async (): Promise<unknown> => stack.send('DELETE', '/_local/faults');
const breaks = async (fault: Fault): Promise<void> => {
  expect((await stack.send('POST', '/_local/faults', fault)).status).toBe(200);
};
/** Metrics that the operator's alarms count, from the functions' log lines. */
const counted = (metric: string) =>
  stack.logs().flatMap(({ line }) => (line.includes(`"${metric}":1`) ? [JSON.parse(line)] : []));

describe('Amazon Location', () => {
  test('failing leaves the choice to our own distance, and the operator’s metric says why', async () => {
    const { auth } = await registered(stack);
    await breaks({ service: 'location', mode: 'error' });
    const alertId = await pressed(stack, auth);
    expect((await statusOf(stack, auth, alertId)).consulate).toMatchObject({ id: 'houston', basis: 'great-circle' });
    expect(counted('LocationFallbacks')).toMatchObject([{ alertId, reason: 'refused' }]);
  });

  test(
    'silent, keeps neither the family nor the ministry waiting, and the office about a second',
    { retry: 2 },
    async () => {
      const { auth } = await registered(stack);
      await breaks({ service: 'location', mode: 'timeout' });
      const start = performance.now();
      await stack.press(auth);
      await stack.waitForMessage({ type: raised, topic: 'alert-button-consulate-houston' });
      // 300 ms for Location, and what a busy machine takes for the rest.
      expect(performance.now() - start).toBeLessThan(2000);
      await stack.idle();
      expect(told(stack)).toEqual(everybody);
      expect(counted('LocationFallbacks')).toMatchObject([{ reason: 'slow' }]);
    },
  );

  test('that knows no office leaves the choice to our own distance', async () => {
    const { location } = stack.stack.services;
    const CollectionName = 'AlertButton-offices';
    const listed = await location.call('ListGeofences', { CollectionName });
    const offices = listed['Entries'] as { GeofenceId: string; Geometry: object }[];
    const ids = offices.map(({ GeofenceId }) => GeofenceId);
    const tens = Array.from({ length: Math.ceil(ids.length / 10) }, (__, page) => page * 10);
    for (const at of tens) {
      await location.call('BatchDeleteGeofence', { CollectionName, GeofenceIds: ids.slice(at, at + 10) });
    }
    try {
      const { auth } = await registered(stack);
      const alertId = await pressed(stack, auth);
      expect(await destinationsOf(stack, auth, alertId)).toEqual(allSent);
      expect((await statusOf(stack, auth, alertId)).basis).toBe('great-circle');
      expect(counted('LocationFallbacks')).toMatchObject([{ reason: expect.stringMatching(/^(empty|slow)$/) }]);
    } finally {
      for (const at of tens) {
        const Entries = offices.slice(at, at + 10).map(({ GeofenceId, Geometry }) => ({ GeofenceId, Geometry }));
        await location.call('BatchPutGeofence', { CollectionName, Entries });
      }
    }
  });
});

describe('SNS', () => {
  test('failing for a moment is overcome by the stream’s own retry, each told once', async () => {
    const { auth } = await registered(stack, notAuthorised);
    // One more than the SDK tries by itself.
    await breaks({ service: 'sns', operation: 'Publish', mode: 'error', count: 4 });
    const alertId = await pressed(stack, auth);
    expect(told(stack)).toEqual(['family email', 'family sms']);
    expect(await destinationsOf(stack, auth, alertId)).toEqual(['family sent']);
    expect(publishes(stack, 'announce-to-family')).toBe(2);
    expect(operator.givenUp().family).toEqual([]);
  });

  test('down for minutes leaves everybody pending, and then the watchman tells each once', async () => {
    const { auth } = await registered(stack);
    await breaks({ service: 'sns', mode: 'error' });
    const alertId = await pressed(stack, auth);
    await stack.advance(2);
    expect(await destinationsOf(stack, auth, alertId)).toEqual([
      'family pending',
      'consulate houston pending',
      'ministry pending',
    ]);

    await mended();
    await stack.advance(2);
    expect(await destinationsOf(stack, auth, alertId)).toEqual(allSent);
    expect(told(stack)).toEqual(everybody);
    // The office was recorded with the first claim; only the stream's tries have the record as it was before.
    expect(stack.calls({ service: 'location', function: 'watchman' })).toEqual([]);
    await stack.advance(4);
    expect(told(stack)).toEqual(everybody);
  });
});

describe('an office without subscribers', () => {
  const leave = async (office: string): Promise<void> => {
    const { status } = await stack.send('DELETE', '/_local/subscriptions', { topic: office });
    expect(status).toBe(200);
  };
  /** Offices by their distance from Houston. */
  const nearestIds = async (limit: number): Promise<string[]> => {
    const { latitude, longitude } = houston;
    const query = `latitude=${latitude}&longitude=${longitude}&limit=${limit}`;
    const { json } = await stack.send('GET', `/v1/consulates?${query}`);
    return json.consulates.map(({ id }: { id: string }) => id);
  };

  test('is never called sent: the next office and the ministry take over, and the operator’s alarm counts it', async () => {
    const [, next] = await nearestIds(2);
    await leave('alert-button-consulate-houston');
    const listener = createQueueListener(operatorConfig(stack.url));
    await listener.listen('alert-button-ministry');
    const { auth } = await registered(stack);
    const alertId = await pressed(stack, auth);

    expect(await destinationsOf(stack, auth, alertId)).toEqual([
      'family sent',
      'consulate houston unreachable',
      `consulate ${next} sent`,
      'ministry sent',
    ]);
    expect((await statusOf(stack, auth, alertId)).consulate).toMatchObject({ id: next, basis: 'location' });
    expect(told(stack)).toEqual(['family email', 'family sms', 'ministry email', 'ministry sqs']);
    expect(told(stack, 'alert.escalated.v1')).toEqual(
      [`${next} email`, 'family email', 'family sms', 'ministry email', 'ministry sqs'].toSorted(),
    );
    const documents = (await listener.heard('alert-button-ministry')).map(({ body }) => JSON.parse(body));
    expect(announcementSchema.parse(documents.find(({ type }) => type === 'alert.escalated.v1'))).toMatchObject({
      alertId,
      consulate: { id: next },
      triedConsulateIds: ['houston'],
    });
    expect(counted('UnreachableDestinations')).toMatchObject([{ alertId, destination: 'consulate' }]);

    const [received] = stack.inbox({ topic: `alert-button-consulate-${next}` });
    const path = /\/c\/[\w-]+/.exec(received!.body)![0];
    const page = async () => stack.send('GET', path, undefined, { accept: 'application/json' });
    expect((await page()).json).toMatchObject({ alertId, consulate: { id: next }, state: 'raised' });
    const taken = await stack.send('POST', `${path}/acknowledge`, { officer: 'Ana' }, { accept: 'application/json' });
    expect(taken.json).toMatchObject({ state: 'acknowledged', acknowledged: { office: { id: next } } });
    await stack.idle();
    // Welcome, press, passing on, acknowledgement: of that each office is told once that was told before.
    expect(stack.calls({ operation: 'Publish' })).toHaveLength(1 + 3 + 3 + 3);

    await stack.advance(4);
    expect(told(stack, 'alert.escalated.v1')).toHaveLength(5);
  });

  test('does not keep the others from being told when it is the ministry that has none', async () => {
    await leave('alert-button-ministry');
    const { auth } = await registered(stack);
    const alertId = await pressed(stack, auth);
    expect(await destinationsOf(stack, auth, alertId)).toEqual([
      'family sent',
      'consulate houston sent',
      'ministry unreachable',
    ]);
    expect(counted('UnreachableDestinations')).toMatchObject([{ alertId, destination: 'ministry' }]);
  });
});
