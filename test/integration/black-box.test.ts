import { afterAll, test } from 'vitest';
import { checkBlackBox } from '../support/black-box.ts';
import { startStack } from '../support/local-stack.ts';
import { operatorConfig } from '../support/operator.ts';
import { createQueueListener } from '../support/queue-listener.ts';

const stack = await startStack();
afterAll(stack.close);
// The first search of a function that has just started is late, and our own distance would decide.
await stack.press((await stack.register()).auth);
await stack.idle();
await stack.reset();

test('the local stack shows its clients what every deployed stack must show', async () => {
  const checks: string[] = [];
  const ground = { baseUrl: stack.url, ...createQueueListener(operatorConfig(stack.url)) };
  try {
    await checkBlackBox(ground, (check) => checks.push(check));
  } catch (fault) {
    throw new Error(`failed: ${checks.at(-1) ?? 'before the first check'}`, { cause: fault });
  }
});
