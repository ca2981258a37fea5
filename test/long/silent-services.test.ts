import { afterAll, beforeEach, expect, test } from 'vitest';
import { destinationsOf, everybody, registered, told } from '../support/announced.ts';
import { startStack } from '../support/local-stack.ts';
import { operatorOf } from '../support/operator.ts';

// Services that take a call and never answer: what waits for them waits for its time-out, in full.
const stack = await startStack();
beforeEach(stack.reset);
afterAll(stack.close);

const raised = 'alert.raised.v1';

test('a press whose PutItem never answers is no 202: nothing is stored or sent', async () => {
  const { auth, familyId } = await registered(stack);
  stack.fault({ service: 'dynamodb', operation: 'PutItem', mode: 'timeout' });
  const { status, alertId } = await stack.press(auth);
  expect(status).toBe(500);
  await stack.expectNoMessage({ type: raised });
  expect(await operatorOf(stack).alertItem(familyId, alertId)).toBeUndefined();
});

test('SNS, silent about one publish, holds up no other destination, and that one is told after a time-out', async () => {
  const { auth } = await registered(stack);
  stack.fault({ service: 'sns', operation: 'Publish', mode: 'timeout', count: 1 });
  const { alertId } = await stack.press(auth);
  const lost = () => stack.calls({ operation: 'Publish', outcome: 'timeout' });
  // Family, office or ministry, whichever publish was lost: the other two are told while it is still waited for.
  const topicsTold = () => new Set(stack.inbox({ type: raised }).map(({ topic }) => topic)).size;
  await stack.waitForMessage(() => topicsTold() === 2);
  expect(lost()).toEqual([]);
  const allSent = ['family sent', 'consulate houston sent', 'ministry sent'];
  expect(await destinationsOf(stack, auth, alertId)).toEqual(allSent);
  expect(told(stack)).toEqual(everybody);
  expect(lost()).toHaveLength(1);
});
