import { afterAll, beforeEach, expect, test } from 'vitest';
import {
  destinationsOf,
  notAuthorised,
  pressed,
  publishes,
  registered,
  registeredFamilies,
  told,
} from '../support/announced.ts';
import { editedAssembly } from '../support/edited-assembly.ts';
import { startStack } from '../support/local-stack.ts';
import { operatorOf } from '../support/operator.ts';

// Functions that die after four seconds, before they give up an SNS that never answers (5 s); and a key that is refused.
const assembly = await editedAssembly({
  'announce-to-family': { timeoutSeconds: 4 },
  watchman: { timeoutSeconds: 4 },
  'announce-to-authorities': { withoutActions: ['kms:GenerateDataKey*'] },
});
const stack = await startStack({ assembly });
const operator = operatorOf(stack);
beforeEach(stack.reset);
afterAll(stack.close);

const mended = async (): Promise<unknown> => stack.send('DELETE', '/_local/faults');
const timedOut = (name: string) =>
  stack.logs().filter((entry) => entry.function === name && entry.line.includes('Task timed out')).length;

test('an announcer that dies between its claim and its publish leaves the alert to the watchman, who tells it once', async () => {
  const { auth, familyId } = await registered(stack, notAuthorised);
  stack.fault({ service: 'sns', operation: 'Publish', mode: 'timeout' });
  const alertId = await pressed(stack, auth);
  expect(timedOut('announce-to-family')).toBeGreaterThanOrEqual(1);
  expect(told(stack)).toEqual([]);
  expect((await operator.alertItem(familyId, alertId))?.['deliveries'].family).toMatchObject({
    status: 'pending',
    claimedUntil: expect.any(Number),
  });

  await mended();
  // As a stream may: the record again, while the dead one's lease holds.
  stack.stack.redeliver(stack.stack.streamRecords());
  await stack.expectNoMessage({ type: 'alert.raised.v1' });
  await stack.advance(3);
  expect(await destinationsOf(stack, auth, alertId)).toEqual(['family sent']);
  expect(told(stack)).toEqual(['family email', 'family sms']);
});

test('a watchman that dies in the middle of its round leaves the rest to the next one, and nobody is told twice', async () => {
  const families = await registeredFamilies(stack, 4, notAuthorised);
  stack.fault({ service: 'sns', mode: 'error' });
  const alerts = await Promise.all(
    families.map(async ({ auth, familyId }) => ({ auth, familyId, alertId: (await stack.press(auth)).alertId })),
  );
  await stack.idle();
  await mended();
  for (const { familyId, alertId } of alerts) await operator.makeDue(familyId, alertId);

  stack.fault({ service: 'sns', operation: 'Publish', mode: 'timeout', count: 2 });
  const round = await stack.stack.invoke('watchman', {});
  expect(round).toMatchObject({ kind: 'error', error: { errorType: 'Sandbox.Timedout' } });
  expect(publishes(stack, 'watchman')).toBe(2);

  await stack.advance(3);
  for (const { auth, alertId } of alerts) expect(await destinationsOf(stack, auth, alertId)).toEqual(['family sent']);
  expect(publishes(stack, 'watchman')).toBe(4);
  expect(told(stack)).toEqual([...Array(4).fill('family email'), ...Array(4).fill('family sms')]);
});

test('a key refused to one announcer is no matter to the family, and the watchman tells the authorities', async () => {
  const { auth } = await registered(stack);
  const alertId = await pressed(stack, auth);
  expect(told(stack)).toEqual(['family email', 'family sms']);
  expect(await destinationsOf(stack, auth, alertId)).toEqual([
    'family sent',
    'consulate houston pending',
    'ministry pending',
  ]);
  expect(stack.logs().map(({ line }) => line)).toContainEqual(
    expect.stringMatching(/^function announce-to-authorities may not kms:GenerateDataKey on arn:aws:kms:/),
  );

  await stack.advance(1);
  expect(await destinationsOf(stack, auth, alertId)).toEqual([
    'family sent',
    'consulate houston sent',
    'ministry sent',
  ]);
  expect(told(stack)).toEqual(['family email', 'family sms', 'houston email', 'ministry email']);
});
