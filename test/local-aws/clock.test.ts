import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { createActivity } from '../../infra/local-aws/activity.ts';
import { createFaults } from '../../infra/local-aws/aws-endpoint/faults.ts';
import { createClock } from '../../infra/local-aws/clock.ts';
import type { LambdaFunction } from '../../infra/local-aws/functions/lambda-function.ts';
import { rateMinutes } from '../../infra/local-aws/schedules/rate.ts';
import { createSchedules } from '../../infra/local-aws/schedules/schedules.ts';

describe('the clock', () => {
  test('runs ahead by what it was advanced, until it is reset', () => {
    const clock = createClock();
    const ahead = () => Math.round((clock.now().getTime() - Date.now()) / 1000);
    clock.advance(90_000);
    clock.advance(30_000);
    expect(ahead()).toBe(120);
    clock.reset();
    expect(Math.abs(ahead())).toBe(0);
  });
});

describe('schedules', () => {
  const setUp = () => {
    const clock = createClock();
    const activity = createActivity();
    const fired: string[] = [];
    const invoke = (name: string, workMs: number): Pick<LambdaFunction, 'invoke'> => ({
      invoke: () =>
        activity.track(async () => {
          fired.push(`${name} starts`);
          await delay(workMs);
          fired.push(`${name} ends`);
          return { kind: 'result', payload: 'null', requestId: '1' } as const;
        }),
    });
    const schedules = createSchedules({
      clock,
      activity,
      eachMinute: async () => void fired.push('minute'),
      log: (line) => fired.push(line),
    });
    const add = (name: string, everyMinutes: number, workMs = 1) =>
      schedules.add({ name, everyMinutes, target: () => invoke(name, workMs) as LambdaFunction, event: () => ({}) });
    return { clock, schedules, fired, add };
  };

  test('fire once a minute stepped over, each minute only when the work of the one before has ended', async () => {
    const { schedules, fired, add } = setUp();
    add('watchman', 1, 15);
    await schedules.advance(3);
    const once = ['minute', 'watchman starts', 'watchman ends'];
    expect(fired).toEqual([...once, ...once, ...once]);
  });

  test('fire as time goes by once they are started, and not before', () => {
    vi.useFakeTimers({ now: new Date('2026-11-29T00:00:59.000Z') });
    try {
      const { schedules, fired, add } = setUp();
      add('watchman', 1);
      vi.advanceTimersByTime(60_000);
      expect(fired).toEqual([]);
      schedules.start();
      vi.advanceTimersByTime(120_000);
      schedules.stop();
      vi.advanceTimersByTime(120_000);
      expect(fired.filter((line) => line === 'minute')).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  test('fire at their own rate', async () => {
    const { schedules, fired, add } = setUp();
    add('canary', 5);
    await schedules.advance(10);
    expect(fired.filter((line) => line === 'canary starts')).toHaveLength(2);
  });

  test('steps of parts of a minute fire when the minute is full', async () => {
    const { schedules, fired, add, clock } = setUp();
    const intoMinute = clock.now().getTime() % 60_000;
    clock.advance(60_000 - intoMinute + 1000);
    schedules.reset();
    add('watchman', 1);
    await schedules.advance(0.5);
    expect(fired).toEqual([]);
    await schedules.advance(0.5);
    expect(fired).toContain('watchman ends');
  });

  test('say so when the target does not permit them', async () => {
    const { schedules, fired } = setUp();
    schedules.add({ name: 'rule', everyMinutes: 1, target: () => undefined, event: () => ({}) });
    await schedules.advance(1);
    expect(fired).toContain('schedule rule: its target does not permit it to be invoked');
  });

  test.each([
    ['rate(1 minute)', 1],
    ['rate(5 minutes)', 5],
    ['rate(2 hours)', 120],
    ['rate(1 day)', 1440],
  ])('%s is %i minutes', (expression, minutes) => {
    expect(rateMinutes(expression)).toBe(minutes);
  });

  test.each(['cron(0 * * * ? *)', 'rate(0 minutes)', 'rate(x)'])('%s is refused by name', (expression) => {
    expect(() => rateMinutes(expression)).toThrow(`the schedule ${expression} is not understood`);
  });
});

describe('activity', () => {
  test('is idle only when what one piece of work starts has ended as well', async () => {
    const activity = createActivity();
    const ended: string[] = [];
    void activity.track(async () => {
      await delay(5);
      setImmediate(() => void activity.track(async () => void ended.push(await delay(5, 'second'))));
      ended.push('first');
    });
    await activity.idle();
    expect(ended).toEqual(['first', 'second']);
  });
});

describe('faults', () => {
  test('break the next calls of their service and operation, then no more', () => {
    const faults = createFaults();
    faults.add({ service: 'sns', operation: 'Publish', mode: 'error', count: 2 });
    const kinds = ['Publish', 'Subscribe', 'Publish', 'Publish'].map((operation) => faults.next('sns', operation).kind);
    expect(kinds).toEqual(['fail', 'none', 'fail', 'none']);
    expect(faults.next('dynamodb', 'Publish').kind).toBe('none');
  });

  test('break each call with their probability until they are deleted', () => {
    const randoms = [0.1, 0.9, 0.2];
    const faults = createFaults(() => randoms.shift() ?? 0);
    faults.add({ service: 'location', mode: 'timeout', rate: 0.5 });
    expect([1, 2, 3].map(() => faults.next('location', 'ForecastGeofenceEvents').kind)).toEqual([
      'never-answer',
      'none',
      'never-answer',
    ]);
    faults.clear();
    expect(faults.next('location', 'ForecastGeofenceEvents').kind).toBe('none');
  });

  test.each([
    ['dynamodb', 'error', 'InternalServerError', 500],
    ['dynamodb', 'throttle', 'ThrottlingException', 400],
    ['sns', 'error', 'InternalError', 500],
    ['sns', 'throttle', 'Throttled', 429],
    ['location', 'error', 'InternalServerException', 500],
    ['location', 'throttle', 'ThrottlingException', 429],
  ] as const)('%s answers %s with %s', (service, mode, code, statusCode) => {
    const faults = createFaults();
    faults.add({ service, mode });
    expect(faults.next(service, 'Any')).toMatchObject({ kind: 'fail', error: { code, statusCode } });
  });
});
