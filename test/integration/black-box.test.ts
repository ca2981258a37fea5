import { afterAll, test } from 'vitest';
import { checkBlackBox } from '../support/black-box.ts';
import { startStack } from '../support/local-stack.ts';
import { operatorConfig } from '../support/operator.ts';
import { createQueueListener } from '../support/queue-listener.ts';

const stack = await startStack();
afterAll(stack.close);

test('the local stack shows its clients what every deployed stack must show', async () => {
  const checks: string[] = [];
  const ground = { baseUrl: stack.url, ...createQueueListener(operatorConfig(stack.url)) };
  try {
    await checkBlackBox(ground, (check) => checks.push(check));
  } catch (fault) {
    throw new Error(`failed: ${checks.at(-1) ?? 'before the first check'}`, { cause: fault });
  }
});
