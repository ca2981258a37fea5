import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { composeCancelAlert } from '../../shared/compose.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { listingKey } from '../../shared/adapters/dynamo-keys.ts';
import type { Call } from '../support/outside.ts';
import { type World, type WorldOptions, authorised, createWelcomedWorld, downtown } from '../support/world.ts';
import { noDistricts } from '../support/no-districts.ts';

/* What nobody has handled yet is claimed in one write, prepared in one and recorded in one. */

const alertId = '22222222-2222-4222-8222-222222222222';
const offices = ['los-angeles', 'ministry'] as const;

const setUp = async (options: WorldOptions = {}) =>
  createWelcomedWorld({ registers: { consent: authorised }, ...noDistricts, ...options });
const press = async (world: World): Promise<void> => {
  await world.press({ alertId, position: downtown });
  await world.stream(1);
};
const told = (world: World, office: string): number =>
  world
    .told(`${office === 'ministry' ? 'alert-button-ministry' : `alert-button-consulate-${office}`}@offices.example`)
    .filter((type) => type === 'alert.raised.v1').length;
const alert = (world: World) => world.stored({ alertId })!;
const statusOf = (world: World, key: string): string | undefined => alert(world)['deliveries'][key]?.status;
/** Whether the case is in the open list of an office. */
const isListed = (world: World, office: string): boolean => {
  const { pk, sk } = listingKey(world.familyId, alertId, office);
  return world.table.item(pk, sk)?.['officeId'] !== undefined;
};
const isAboutOffices = ({ operation, input }: Call): boolean =>
  operation === 'Publish' && !String(input['TopicArn']).includes('family');

describe('a press that nobody has handled', () => {
  const authorities = async (): Promise<number> => {
    const world = await setUp();
    await press(world);
    return world.calls.length - world.calls.findIndex(({ operation }) => operation === 'BatchGetItem');
  };

  it('is lost by no death between two calls, and told twice only where it died after a message and before its record', async () => {
    const most = await authorities();
    for (let deadly = 1; deadly <= most; deadly += 1) {
      const world = await setUp();
      await world.press({ alertId, position: downtown });
      world.calls.length = 0;
      let [calls, isDead] = [0, false];
      const published = new Set<string>();
      world.intercept(async (call, goOn) => {
        calls += 1;
        isDead ||= calls > deadly;
        if (isDead) return new Promise(() => undefined);
        const answer = await goOn();
        if (isAboutOffices(call)) published.add(String(call.input['TopicArn']));
        return answer;
      });
      void world.stream(1);
      await vi.waitUntil(() => isDead || world.inserted.length === 0);
      for (let turn = 0; turn < 30; turn += 1) await new Promise(setImmediate);
      const recorded = offices.filter(
        (office) => statusOf(world, office === 'ministry' ? office : 'consulate') === 'sent',
      );
      const twice = published.size - recorded.length;
      world.intercept(async (_call, goOn) => goOn());
      await world.advance(3);
      const times = offices.map((office) => told(world, office));
      expect([deadly, statusOf(world, 'ministry'), statusOf(world, 'consulate')]).toEqual([deadly, 'sent', 'sent']);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(1);
      expect(times[0]! + times[1]!).toBe(2 + twice);
      expect(offices.map((office) => isListed(world, office))).toEqual([true, true]);
      expect(alert(world)).toMatchObject({ raisedTo: { id: 'los-angeles' }, consulate: { id: 'los-angeles' } });
    }
  }, 60_000);

  it('is brought to the office that Location names, where that is another, and the expected one hears nothing', async () => {
    const world = await setUp({ locator: { nearest: async () => ({ consulateId: 'oxnard' }) } });
    await press(world);
    expect([told(world, 'oxnard'), told(world, 'los-angeles'), told(world, 'ministry')]).toEqual([1, 0, 1]);
    expect(['oxnard', 'los-angeles', 'ministry'].map((office) => isListed(world, office))).toEqual([true, false, true]);
    expect(alert(world)).toMatchObject({
      raisedTo: { id: 'oxnard', basis: 'location' },
      consulate: { id: 'oxnard' },
      toldConsulates: ['oxnard'],
    });
  });

  it('stays with the expected office where the person cancels while Location is asked: they were told of that one', async () => {
    const asked = Promise.withResolvers<{ consulateId: string }>();
    const world = await setUp({ locator: { nearest: async () => asked.promise } });
    await world.press({ alertId, position: downtown });
    const telling = world.stream(1);
    await vi.waitUntil(() => world.stored({ alertId })?.['raisedTo'] !== undefined);
    await cancelAlert(world.of(composeCancelAlert), world.token, alertId, 'pin');
    asked.resolve({ consulateId: 'oxnard' });
    await telling;
    await world.stream();
    expect([told(world, 'oxnard'), told(world, 'los-angeles')]).toEqual([0, 1]);
    const mailbox = 'alert-button-consulate-los-angeles@offices.example';
    expect(world.told(mailbox)).toEqual(['alert.raised.v1', 'alert.cancelled.v1']);
    expect(isListed(world, 'los-angeles')).toBe(false);
  });

  it('that is cancelled in the moment in which it is listed is in no list', async () => {
    const world = await setUp();
    await world.press({ alertId, position: downtown });
    let isCancelled = false;
    world.intercept(async ({ operation, input }, goOn) => {
      if (operation === 'BatchWriteItem' && JSON.stringify(input).includes('OFFICE#') && !isCancelled) {
        isCancelled = true;
        await cancelAlert(world.of(composeCancelAlert), world.token, alertId, 'pin');
      }
      return goOn();
    });
    await world.stream();
    expect([isCancelled, alert(world)['state']]).toEqual([true, 'closed']);
    expect(offices.map((office) => isListed(world, office))).toEqual([false, false]);
  });

  it('is recorded as told to the ministry while the office’s message is still on its way', async () => {
    const slow = Promise.withResolvers<void>();
    const world = await setUp();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await world.press({ alertId, position: downtown });
    world.intercept(async (call, goOn) => {
      if (isAboutOffices(call) && String(call.input['TopicArn']).includes('consulate')) await slow.promise;
      return goOn();
    });
    const telling = world.stream(1);
    for (let ms = 0; ms < 2000; ms += 50) await vi.advanceTimersByTimeAsync(50);
    expect(statusOf(world, 'ministry')).toBe('sent');
    expect(statusOf(world, 'consulate')).toBe('pending');
    slow.resolve();
    await telling;
    expect(statusOf(world, 'consulate')).toBe('sent');
  });

  it('waits for nobody to find it near: a place that DynamoDB is too busy to take is left out', async () => {
    const world = await setUp();
    world.intercept(async ({ operation, input }, goOn) => {
      const answer = await goOn();
      if (operation !== 'BatchWriteItem') return answer;
      const [[table, parts] = ['', []]] = Object.entries(input['RequestItems'] as Record<string, object[]>);
      const left = parts.filter((part) => JSON.stringify(part).includes('PLACES#'));
      return { UnprocessedItems: left.length > 0 ? { [table]: left } : {} };
    });
    await press(world);
    expect(offices.map((office) => told(world, office))).toEqual([1, 1]);
    expect(world.calls.filter(({ input }) => JSON.stringify(input).includes('PutRequest')).length).toBeLessThan(4);
  });

  it('keeps what others did: two functions at once tell each once', async () => {
    const world = await setUp();
    await world.press({ alertId, position: downtown });
    world.inserted.push(world.inserted[0]!);
    world.skip(60_000);
    await Promise.all([world.stream(), world.round(), world.round()]);
    expect(offices.map((office) => told(world, office))).toEqual([1, 1]);
  });
});
