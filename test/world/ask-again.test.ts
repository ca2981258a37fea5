import { describe, expect, it } from 'vitest';
import type { Call } from '../support/outside.ts';
import { type World, authorised, createWelcomedWorld, downtown, topicOfOffice } from '../support/world.ts';
import { noDistricts } from '../support/no-districts.ts';

/* What is called sent by the check of a quarter of an hour ago, and turns out to have reached nobody. */

const alertId = '22222222-2222-4222-8222-222222222222';

/** A stack whose offices the watchman has just looked at. */
const setUp = async (): Promise<World> => {
  const world = await createWelcomedWorld({ registers: { consent: authorised }, ...noDistricts });
  for (const _look of [1, 2]) {
    world.skip(16 * 60_000);
    await world.round();
  }
  world.calls.length = 0;
  return world;
};
const press = async (world: World, id = alertId) => world.pressed({ alertId: id, position: downtown });
const leave = async (world: World, office: string): Promise<void> => {
  for (const { topic, subscriptions } of world.sns.topics()) {
    if (topic !== topicOfOffice(office)) continue;
    for (const { arn } of subscriptions) await world.sns.call('Unsubscribe', { SubscriptionArn: arn });
  }
};
const asked = (world: World, office: string): number =>
  world.calls.filter(
    ({ operation, input }: Call) =>
      operation === 'GetTopicAttributes' && String(input['TopicArn']).endsWith(topicOfOffice(office)),
  ).length;
const statusOf = (world: World, key: string, id = alertId): string | undefined =>
  world.stored({ alertId: id })?.['deliveries'][key]?.status;
const typesTo = (world: World, office: string) => world.told(`${topicOfOffice(office)}@offices.example`);

describe('a press that is told by what the last check found', () => {
  it('asks nobody at once, and of each office once a round afterwards, however many presses it was told of', async () => {
    const world = await setUp();
    await press(world);
    expect([statusOf(world, 'consulate'), statusOf(world, 'ministry')]).toEqual(['sent', 'sent']);
    expect([asked(world, 'los-angeles'), asked(world, 'ministry')]).toEqual([0, 0]);
    await world.pressed({ position: downtown }, (await world.newFamily()).token);
    await world.advance(2);
    expect([asked(world, 'los-angeles'), asked(world, 'ministry')]).toEqual([1, 1]);
  });

  it('is told to the next office in the watchman’s next rounds where the last mailbox left after the check', async () => {
    const world = await setUp();
    await leave(world, 'los-angeles');
    await press(world);
    expect(statusOf(world, 'consulate')).toBe('sent');
    for (const _round of [1, 2]) await world.advance(1);
    expect(statusOf(world, 'consulate')).toBe('unreachable');
    const { consulate, toldConsulates } = world.stored({ alertId })!;
    expect(new Set(toldConsulates)).toEqual(new Set(['los-angeles', 'santa-ana']));
    expect(consulate.id).toBe('santa-ana');
    expect(typesTo(world, consulate.id)).toEqual(['alert.escalated.v1']);
    expect(typesTo(world, 'ministry')).toContain('alert.escalated.v1');
  });

  it('counts as unreachable where nobody of the ministry is left', async () => {
    const world = await setUp();
    await leave(world, 'ministry');
    await press(world);
    await world.advance(2);
    expect([statusOf(world, 'ministry'), statusOf(world, 'consulate')]).toEqual(['unreachable', 'sent']);
  });

  it('is left alone once an officer has taken it', async () => {
    const world = await setUp();
    await press(world);
    await world.acted(alertId, { action: 'acknowledge', officer: 'Ana' }, 'los-angeles');
    await leave(world, 'los-angeles');
    await world.advance(3);
    expect(statusOf(world, 'consulate')).toBe('sent');
    expect(asked(world, 'los-angeles')).toBe(0);
  });

  it('is asked about again where SNS does not say, and where the watchman fails in between', async () => {
    const world = await setUp();
    await leave(world, 'los-angeles');
    await press(world);
    world.break((operation) => operation === 'GetTopicAttributes');
    await world.advance(1);
    expect(statusOf(world, 'consulate')).toBe('sent');
    world.break((operation) => operation === 'TransactWriteItems');
    for (const _round of [1, 2]) await world.advance(1);
    expect(statusOf(world, 'consulate')).toBe('pending');
    world.break(() => false);
    for (const _round of [1, 2, 3, 4]) await world.advance(1);
    expect(statusOf(world, 'consulate')).toBe('unreachable');
    expect(typesTo(world, 'los-angeles')).toEqual([]);
  });

  it('is asked at once where the check found nobody, or is late', async () => {
    const world = await setUp();
    world.skip(18 * 60_000);
    await leave(world, 'los-angeles');
    await press(world);
    expect([asked(world, 'los-angeles'), statusOf(world, 'consulate')]).toEqual([1, 'unreachable']);
  });
});
