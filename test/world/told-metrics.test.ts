import { beforeEach, describe, expect, it, vi } from 'vitest';
import { metricAlarms } from '../../infra/constructs/metric-alarms.ts';
import { metricNames } from '../../shared/names.ts';
import { logDeliveries } from '../../shared/runtime/delivery-log.ts';
import { createLog } from '../../shared/runtime/log.ts';
import type { DeliveryResult } from '../../shared/telling/deliver.ts';
import { type World, authorised, createWelcomedWorld, downtown } from '../support/world.ts';

/* What the dashboard and the alarm `untold` are made of, as CloudWatch reads it from the functions' lines. */

type Line = Record<string, unknown> & {
  readonly _aws?: { readonly CloudWatchMetrics: readonly { readonly Dimensions: readonly string[][] }[] };
};

let lines: Line[];
beforeEach(() => {
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    lines.push(JSON.parse(String(text)));
    return true;
  });
});

const setUp = async (): Promise<World> => {
  const world = await createWelcomedWorld({ registers: { consent: authorised } });
  await world.advance(1);
  lines.length = 0;
  return world;
};
const linesOf = (metric: string): Line[] => lines.filter((line) => line[metric] !== undefined);
/** Value and dimensions, as CloudWatch keeps them. */
const told = () =>
  linesOf(metricNames.secondsUntilTold).map((line) => [
    line[metricNames.secondsUntilTold],
    line._aws?.CloudWatchMetrics[0]?.Dimensions.map((set) => set.map((name) => line[name]).join()),
  ]);

/** Rings when so many of the last so many minutes have a value at or over the threshold: CloudWatch's rule, minute by minute. */
const rings = (values: readonly (number | undefined)[]): boolean => {
  const { threshold, periods = { breaching: 1, of: 1 } } = metricAlarms[metricNames.oldestUntoldSeconds];
  return values.some((_, last) => {
    const range = values.slice(Math.max(0, last + 1 - periods.of), last + 1);
    return range.filter((value) => value !== undefined && value >= threshold).length >= periods.breaching;
  });
};
/** A minute with the watchman. @returns the oldest that waits in it */
const minute = async (world: World): Promise<number | undefined> => {
  lines.length = 0;
  await world.advance(1);
  const values = linesOf(metricNames.oldestUntoldSeconds).map((line) => Number(line[metricNames.oldestUntoldSeconds]));
  return values.length === 0 ? undefined : Math.max(...values);
};

describe('a press', () => {
  it('is measured until each is told, by destination and by office, without a word of who it is', async () => {
    const world = await setUp();
    await world.press({ position: downtown });
    world.skip(2_500);
    await world.stream();
    expect(told()).toEqual([
      [2.5, ['family']],
      [2.5, ['office', 'los-angeles']],
      [2.5, ['ministry', 'ministry']],
    ]);
    expect(linesOf(metricNames.oldestUntoldSeconds)).toEqual([]);
    for (const line of linesOf(metricNames.secondsUntilTold)) {
      expect(Object.keys(line).toSorted()).toEqual(
        expect.not.arrayContaining(['name', 'phone', 'latitude', 'position', 'endpoint']),
      );
    }
  });

  it('is not measured as a drill: metrics cost by the hour, and the canary drills every five minutes', async () => {
    const world = await setUp();
    await world.pressed({ drill: true });
    expect(told()).toEqual([]);
  });

  it('that the stream lost is measured where the watchman tells it', async () => {
    const world = await setUp();
    await world.press({ position: downtown });
    world.inserted.length = 0;
    world.skip(30_000);
    await world.advance(1);
    expect(told().map(([seconds]) => seconds)).toEqual([90, 90, 90]);
  });
});

describe('the alarm on what is untold', () => {
  it('stays quiet about one press that the watchman told a minute late', async () => {
    const world = await setUp();
    await world.press({ position: downtown });
    world.inserted.length = 0;
    const values = [];
    for (let each = 0; each < 6; each += 1) values.push(await minute(world));
    expect(values.filter((value) => value !== undefined)).toEqual([60]);
    expect(rings(values)).toBe(false);
  });

  it('counts nothing that waits by design: somebody named trusted hears for the first time after 30 days', async () => {
    const world = await setUp();
    const contact = { name: 'Lupe', channel: 'sms', endpoint: '+12135550177', trusted: true } as const;
    await world.change({ kind: 'add-contact', contact });
    await world.stream();
    lines.length = 0;
    world.skip(31 * 24 * 60 * 60_000);
    await world.advance(30);
    expect(world.told(contact.endpoint).length).toBeGreaterThan(1);
    expect(linesOf(metricNames.oldestUntoldSeconds)).toEqual([]);
  });

  it('rings within five minutes when SNS takes no message for one topic', async () => {
    const world = await setUp();
    await world.press({ position: downtown });
    world.break(
      (operation, input) => operation === 'Publish' && String(input['TopicArn']).includes('alert-button-family'),
    );
    await world.stream();
    const values = [];
    for (let each = 0; each < 5; each += 1) values.push(await minute(world));
    expect(rings(values)).toBe(true);
  });

  it('rings when the stream stands still while people press', async () => {
    const world = await setUp();
    const values = [];
    for (let each = 0; each < 5; each += 1) {
      const contacts = [{ name: 'Ana', channel: 'sms', endpoint: `+1213555020${each}` }] as const;
      const other = await world.newFamily({ contacts });
      await world.stream();
      await world.press({ position: downtown }, other.token);
      world.inserted.length = 0;
      values.push(await minute(world));
    }
    expect(rings(values)).toBe(true);
  });
});

describe('what reached nobody', () => {
  const ref = { familyId: 'family-id', alertId: 'alert-id' };
  const logged = (result: DeliveryResult): Line | undefined => {
    logDeliveries(createLog({ function: 'watchman' }), ref, [result]);
    return linesOf(metricNames.unreachableDestinations)[0];
  };

  it('is counted together and by its office', () => {
    const line = logged({ destination: 'consulate:boise', kind: 'unreachable', reason: 'no-subscriber' });
    expect(line).toMatchObject({ ...ref, officeId: 'boise', reason: 'no-subscriber' });
    expect(line?._aws?.CloudWatchMetrics[0]?.Dimensions).toEqual([[], ['officeId']]);
  });

  it('has no office where a family was not reached, and CloudWatch is promised none', () => {
    const line = logged({ destination: 'family:en', kind: 'unreachable', reason: 'no-subscriber' });
    expect(line?._aws?.CloudWatchMetrics[0]?.Dimensions).toEqual([[]]);
  });

  it('names nobody when it is a second PIN: whoever reads the alarm is not among those who may know', () => {
    const line = logged({ destination: 'ministry', kind: 'unheard' });
    expect(line).toMatchObject({ reason: 'second-pin' });
    expect(JSON.stringify(line)).not.toMatch(/family-id|alert-id|ministry/);
  });
});
