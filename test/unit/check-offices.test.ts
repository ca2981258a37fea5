import { describe, expect, it } from 'vitest';
import type { OfficeTopic, SubscriberCounts } from '../../shared/telling/channel.ts';
import { type OfficeReach, checkOffices, reachedByCheck } from '../../shared/telling/check-offices.ts';

const start = Date.parse('2026-11-22T20:00:00.000Z');
const quarter = 15 * 60_000;

const setUp = (answers: Record<string, SubscriberCounts | undefined>) => {
  let stored: OfficeReach | undefined;
  let at = start;
  const asked: string[] = [];
  const mended: string[] = [];
  const deps = {
    officeReach: {
      get: async () => stored,
      put: async (former: OfficeReach | undefined, next: OfficeReach) => {
        if (former?.checkAtMs !== stored?.checkAtMs) return false;
        stored = next;
        return true;
      },
    },
    subscriptions: {
      count: async ({ officeId }: OfficeTopic) => {
        asked.push(officeId);
        at += 1000;
        return answers[officeId];
      },
      mend: async ({ officeId }: OfficeTopic) => {
        mended.push(officeId);
        return officeId === 'ministry' ? 2 : 0;
      },
    },
    officeIds: ['ministry', 'dallas'],
    now: () => new Date(at),
    untilMs: Infinity,
  };
  const pass = (ms: number) => {
    at += ms;
  };
  return { deps, asked, mended, pass, answers, stored: () => stored };
};
const somebody = { confirmed: 1, pending: 0 };
const nobody = { confirmed: 0, pending: 2 };

describe('the check of the offices', () => {
  it('counts a quarter of an hour after the stack began, and then each quarter', async () => {
    const { deps, asked, pass } = setUp({ ministry: somebody, dallas: nobody });
    expect(await checkOffices(deps)).toBeUndefined();
    pass(quarter - 1);
    expect(await checkOffices(deps)).toBeUndefined();
    expect(asked).toEqual([]);
    pass(1);
    expect(await checkOffices(deps)).toEqual({ empty: ['dallas'], lost: [], mended: 2 });
    expect(await checkOffices(deps)).toBeUndefined();
    pass(quarter);
    expect(await checkOffices(deps)).toEqual({ empty: ['dallas'], lost: [], mended: 0 });
    expect(asked).toHaveLength(4);
  });

  it('tells once of an office that had somebody, and goes by what it knew where SNS does not say', async () => {
    const { deps, pass, answers } = setUp({ ministry: somebody, dallas: somebody });
    await checkOffices(deps);
    const next = async () => {
      pass(quarter);
      return checkOffices(deps);
    };
    expect(await next()).toEqual({ empty: [], lost: [], mended: 2 });
    answers['dallas'] = undefined;
    expect(await next()).toEqual({ empty: [], lost: [], mended: 0 });
    answers['dallas'] = nobody;
    expect(await next()).toEqual({ empty: ['dallas'], lost: ['dallas'], mended: 0 });
    expect(await next()).toEqual({ empty: ['dallas'], lost: [], mended: 0 });
  });

  it('sets filters after the others where SNS throttled the list of subscriptions', async () => {
    const { deps, pass } = setUp({ ministry: somebody, dallas: somebody });
    await checkOffices(deps);
    pass(quarter);
    const listed: string[] = [];
    const throttled = async ({ officeId }: OfficeTopic) => {
      listed.push(officeId);
      if (officeId === 'ministry') return listed.length === 1 ? undefined : 2;
      return 0;
    };
    const { count } = deps.subscriptions;
    expect(await checkOffices({ ...deps, subscriptions: { count, mend: throttled } })).toMatchObject({ mended: 2 });
    expect(listed).toEqual(['ministry', 'dallas', 'ministry']);
  });

  it('asks once more after the others where SNS throttled the question', async () => {
    const { deps, pass, asked, stored } = setUp({ ministry: somebody, dallas: nobody });
    await checkOffices(deps);
    pass(quarter);
    const { count, mend } = deps.subscriptions;
    const throttled = async (topic: OfficeTopic) => {
      const answer = await count(topic);
      return asked.length === 1 ? undefined : answer;
    };
    expect(await checkOffices({ ...deps, subscriptions: { count: throttled, mend } })).toMatchObject({ mended: 2 });
    expect(asked).toEqual(['ministry', 'dallas', 'ministry']);
    expect(stored()?.offices).toEqual({ ministry: somebody, dallas: nobody });
  });

  it('is done by one of two watchmen, and asks for nobody more when time is up', async () => {
    const { deps, pass, asked, stored } = setUp({ ministry: nobody, dallas: nobody });
    await checkOffices(deps);
    pass(quarter);
    const found = await Promise.all([checkOffices(deps), checkOffices(deps)]);
    expect(found.filter((one) => one !== undefined)).toHaveLength(1);
    asked.length = 0;
    pass(quarter);
    await checkOffices({ ...deps, untilMs: deps.now().getTime() + 500 });
    expect(asked).toEqual(['ministry']);
    expect(stored()?.offices).toEqual({ ministry: nobody, dallas: { ...nobody, isOld: true } });
  });

  it('sets missing filters where the number of subscribers changed, and everywhere once a day', async () => {
    const { deps, pass, answers, mended } = setUp({ ministry: somebody, dallas: nobody });
    await checkOffices(deps);
    const next = async (ms = quarter) => {
      mended.length = 0;
      pass(ms);
      const found = await checkOffices(deps);
      return { found: found?.mended, mended: [...mended] };
    };
    expect(await next()).toEqual({ found: 2, mended: ['ministry', 'dallas'] });
    expect(await next()).toEqual({ found: 0, mended: [] });
    answers['dallas'] = somebody;
    expect(await next()).toEqual({ found: 0, mended: ['dallas'] });
    answers['ministry'] = undefined;
    expect(await next(24 * 4 * quarter)).toEqual({ found: 0, mended: ['dallas'] });
    expect(await next()).toEqual({ found: 0, mended: [] });
  });
});

describe('whom a press reaches by the check', () => {
  const found = async (later: Record<string, SubscriberCounts | undefined> = {}) => {
    const { deps, pass, answers, stored } = setUp({ ministry: somebody, dallas: nobody });
    await checkOffices(deps);
    for (const next of [{}, later]) {
      pass(quarter);
      Object.assign(answers, next);
      await checkOffices(deps);
    }
    const reach = stored()!;
    return { reach, next: new Date(reach.checkAtMs) };
  };

  it('is known of an office where somebody was, until the next check is late', async () => {
    const { reach, next } = await found();
    expect(reachedByCheck(reach, 'ministry', next)).toBe(1);
    const minute = 60_000;
    expect(reachedByCheck(reach, 'ministry', new Date(next.getTime() + 2 * minute - 1))).toBe(1);
    expect(reachedByCheck(reach, 'ministry', new Date(next.getTime() + 2 * minute))).toBeUndefined();
  });

  it('is to be asked where nobody was, of an office that no check knows, and where SNS did not say', async () => {
    const { reach, next } = await found();
    expect([reachedByCheck(reach, 'dallas', next), reachedByCheck(reach, 'el-paso', next)]).toEqual([
      undefined,
      undefined,
    ]);
    const silent = await found({ ministry: undefined });
    expect(silent.reach.offices['ministry']).toEqual({ ...somebody, isOld: true });
    expect(reachedByCheck(silent.reach, 'ministry', silent.next)).toBeUndefined();
  });

  it('is known again once SNS says it again', async () => {
    const { deps, pass, answers, stored } = setUp({ ministry: somebody });
    await checkOffices(deps);
    for (const answer of [somebody, undefined, somebody]) {
      pass(quarter);
      answers['ministry'] = answer;
      await checkOffices(deps);
    }
    expect(reachedByCheck(stored()!, 'ministry', deps.now())).toBe(1);
  });
});
