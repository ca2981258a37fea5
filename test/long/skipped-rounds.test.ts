import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { isNeeded } from '../../infra/local/rounds.ts';
import { startStack } from '../support/local-stack.ts';

const stack = await startStack({ checksOffices: true });
afterAll(stack.close);
beforeEach(stack.reset);

describe('time that tests and demos let pass', () => {
  const readOnly = new Set(['Query', 'GetItem', 'BatchGetItem']);
  const rounds = () => stack.calls({ function: 'watchman' });

  test('is without the watchman’s rounds that would do nothing, and without no other', async () => {
    const { auth } = await stack.register();
    await stack.press(auth);
    const { control, ...running } = stack.stack;
    const seen: { minute: number; needed: boolean; works: boolean }[] = [];
    for (let minute = 1; minute <= 18; minute += 1) {
      const before = rounds().length;
      const needed: boolean[] = [];
      await control.advance(1, async (name) => {
        needed.push(await isNeeded(name, { ...running, ...control }));
        return true;
      });
      const asked = rounds().slice(before);
      seen.push({
        minute,
        needed: needed.includes(true),
        works: asked.some(({ operation }) => !readOnly.has(operation)),
      });
    }
    expect(seen.filter(({ needed, works }) => works && !needed)).toEqual([]);
    // The press, two steps of silence and the check of the offices at least.
    expect(seen.filter(({ works }) => works).length).toBeGreaterThan(3);
    expect(seen.filter(({ needed }) => !needed).length).toBeGreaterThan(6);
  });

  test('has none while nothing is due, but each one while something is broken on purpose', async () => {
    // The first begins the check of the offices.
    await stack.advance(1);
    const before = rounds().length;
    await stack.advance(5);
    expect(rounds().length).toBe(before);
    stack.fault({ service: 'location', mode: 'error' });
    await stack.advance(1);
    expect(rounds().length).toBeGreaterThan(before);
  });
});
