import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Concurrency, createHandler } from '../../functions/reserve-concurrency/handler.ts';
import { shareOut } from '../../functions/reserve-concurrency/share-out.ts';

const wishes = [
  { functionName: 'press', executions: '200' },
  { functionName: 'family', executions: '100' },
  { functionName: 'pages', executions: '100' },
];

/** Lambda's rule: 100 of the account stay unreserved, at every step. */
const account = (limit: number, held: Readonly<Record<string, number>> = {}) => {
  const reserved = new Map(Object.entries(held));
  const unreserved = () => [...reserved.values()].reduce((left, count) => left - count, limit);
  const concurrency: Concurrency = {
    account: async () => ({ limit, unreserved: unreserved() }),
    of: async (name) => reserved.get(name) ?? 0,
    keep: async (name, executions) => {
      const left = unreserved() + (reserved.get(name) ?? 0) - executions;
      if (left < 100 || executions === 0) throw new Error('InvalidParameterValueException');
      reserved.set(name, executions);
    },
    release: async (name) => void reserved.delete(name),
  };
  return { concurrency, kept: () => Object.fromEntries(reserved) };
};

const run = async (concurrency: Concurrency, RequestType = 'Create') => {
  const answers: Record<string, unknown>[] = [];
  const handler = createHandler({ concurrency, answer: async (_, body) => void answers.push(body) });
  const ids = { StackId: 's', RequestId: 'r', LogicalResourceId: 'Reservations' };
  const event = { RequestType, ResponseURL: 'https://answer.example/', ...ids, ResourceProperties: { Wishes: wishes } };
  await handler(event, { getRemainingTimeInMillis: () => 60_000 });
  const [{ Status, PhysicalResourceId, Data } = {}] = answers;
  expect({ answers: answers.length, PhysicalResourceId }).toEqual({
    answers: 1,
    PhysicalResourceId: 'reserved-concurrency',
  });
  return { Status, said: (Data as { Summary: string } | undefined)?.Summary };
};

describe('executions kept for what people depend on', () => {
  it('are what was wished where the account has enough', async () => {
    const { concurrency, kept } = account(1000);
    const { Status, said } = await run(concurrency);
    expect({ Status, kept: kept() }).toEqual({ Status: 'SUCCESS', kept: { press: 200, family: 100, pages: 100 } });
    expect(said).toBe(
      "400 of the account's 1000 are kept for the press, for who tells people, and for the case pages.",
    );
  });

  it('are parts of it where there is less', async () => {
    const { concurrency, kept } = account(300);
    expect((await run(concurrency)).said).toMatch(
      /^200 of the account's 300 .* 400 would be better\. Ask AWS for 1,000/,
    );
    expect(kept()).toEqual({ press: 100, family: 50, pages: 50 });
  });

  it('are none in a new account, which hears what to ask for, and the deploy goes on', async () => {
    const { concurrency, kept } = account(10);
    const { Status, said } = await run(concurrency);
    expect({ Status, kept: kept() }).toEqual({ Status: 'SUCCESS', kept: {} });
    expect(said).toMatch(/^Nothing is kept for any function: the account runs 10 at once\. Ask AWS for 1,000/);
  });

  it('go with another limit at the next deploy, up and down', async () => {
    const more = account(1000, { press: 100, family: 50, pages: 50 });
    await run(more.concurrency, 'Update');
    expect(more.kept()).toEqual({ press: 200, family: 100, pages: 100 });
    const less = account(110, { press: 10 });
    await run(less.concurrency, 'Update');
    expect(less.kept()).toEqual({});
  });

  it('stop no deploy when Lambda refuses, and say nothing of the fault but its name', async () => {
    const { concurrency } = account(1000);
    const keep = async () => {
      throw Object.assign(new Error('arn:aws:lambda:us-east-1:111122223333'), { name: 'AccessDeniedException' });
    };
    const { Status, said } = await run({ ...concurrency, keep });
    expect(Status).toBe('SUCCESS');
    expect(said).toMatch(/^Nothing could be kept: AccessDeniedException\. /);
  });

  it('are left alone when the stack goes', async () => {
    const { concurrency, kept } = account(1000, { press: 5 });
    expect(await run(concurrency, 'Delete')).toEqual({ Status: 'SUCCESS', said: undefined });
    expect(kept()).toEqual({ press: 5 });
  });

  it('never take what AWS keeps for the rest, nor reserve next to nothing', () => {
    assert(
      property(
        integer({ min: 0, max: 5000 }),
        array(integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 6 }),
        (free, sizes) => {
          const asked = sizes.map((executions, index) => ({ functionName: `f${index}`, executions }));
          const shares = shareOut(free, asked);
          if (!shares) return;
          expect(free - shares.reduce((sum, { executions }) => sum + executions, 0)).toBeGreaterThanOrEqual(100);
          for (const { executions } of shares) expect(executions).toBeGreaterThanOrEqual(20);
        },
      ),
    );
  });
});
