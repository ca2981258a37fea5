import { describe, expect, it } from 'vitest';
import { inParallel, allEnded } from '../../shared/domain/in-parallel.ts';

describe('work that is done at once', () => {
  it('has all ended before the fault of one is thrown: Lambda would freeze the rest', async () => {
    const slow = Promise.withResolvers<string>();
    const ended: string[] = [];
    const all = allEnded([Promise.reject(new Error('broken')), slow.promise.then((text) => ended.push(text))]);
    const told = all.catch((fault: Error) => ended.push(fault.message));
    setImmediate(() => slow.resolve('slow'));
    await told;
    expect(ended).toEqual(['slow', 'broken']);
  });

  it('gives the results in their places', async () => {
    expect(await allEnded([Promise.resolve(1), Promise.resolve('two')])).toEqual([1, 'two']);
  });

  it('is of as many items at once as were asked for, and throws a fault when each was tried', async () => {
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const work = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      if (item === 1) throw new Error('broken');
      return item;
    });
    await expect(work).rejects.toThrow('broken');
    expect([begun, most, running]).toEqual([[1, 2, 3, 4, 5], 2, 0]);
  });
});
