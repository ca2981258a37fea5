import { describe, expect, it, vi } from 'vitest';
import { type Letter, deliver } from '../../shared/telling/deliver.ts';
import { aRef, fakeDeliveryStore } from '../support/fakes.ts';

const pending = { family: { status: 'pending' } } as const;
const accepted = (reached: number | undefined) => ({ kind: 'accepted' as const, reached });

const setUp = () => {
  const { store, statusOf } = fakeDeliveryStore(pending);
  const clock = { now: new Date('2026-11-22T20:00:00.000Z') };
  const send = vi.fn<Letter['send']>(async () => accepted(1));
  const reach = vi.fn(async () => 1);
  const address = { ref: aRef, destination: 'family' } as const;
  const run = async () => deliver({ deliveries: store, now: () => clock.now }, address, () => ({ send, reach }));
  return {
    run,
    send,
    reach,
    store,
    statusOf,
    later: (ms: number) => (clock.now = new Date(clock.now.getTime() + ms)),
  };
};

describe('delivering to one destination', () => {
  it('publishes once, however often it is asked', async () => {
    const { run, send, statusOf } = setUp();
    const results = await Promise.all([run(), run(), run()]);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['left', 'left', 'sent']);
    expect((await run()).kind).toBe('left');
    expect(send).toHaveBeenCalledTimes(1);
    expect(statusOf('family')).toBe('sent');
  });

  it('never calls sent what reaches nobody', async () => {
    const { run, send, statusOf } = setUp();
    send.mockResolvedValue(accepted(0));
    expect(await run()).toMatchObject({ kind: 'unreachable', reason: 'no-subscriber' });
    expect(statusOf('family')).toBe('unreachable');
  });

  it('does not publish again when only the count of subscribers was missing', async () => {
    const { run, send, statusOf } = setUp();
    send.mockResolvedValue(accepted(undefined));
    expect((await run()).kind).toBe('failed');
    expect(statusOf('family')).toBe('pending');
    expect((await run()).kind).toBe('sent');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('gives the claim back when publishing failed, so that a retry goes out at once', async () => {
    const { run, send } = setUp();
    send.mockRejectedValueOnce(new Error('SNS is down'));
    expect((await run()).kind).toBe('failed');
    expect((await run()).kind).toBe('sent');
  });

  it('publishes again after a crash between claim and publish, once the lease is over', async () => {
    const { run, send, store, later } = setUp();
    await store.claim(aRef, 'family', { now: new Date('2026-11-22T20:00:00.000Z'), leaseMs: 30_000 });
    expect((await run()).kind).toBe('left');
    later(30_001);
    expect((await run()).kind).toBe('sent');
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('publishes again after a crash between publish and marking, once the lease is over', async () => {
    const { run, send, store, later, statusOf } = setUp();
    const settle = vi.spyOn(store, 'settle').mockRejectedValueOnce(new Error('the table is down'));
    expect((await run()).kind).toBe('failed');
    expect((await run()).kind).toBe('left');
    later(30_001);
    expect((await run()).kind).toBe('sent');
    expect(send).toHaveBeenCalledTimes(2);
    expect(settle).toHaveBeenCalledTimes(2);
    expect(statusOf('family')).toBe('sent');
  });

  it('records a refusal for good as unreachable', async () => {
    const { run, send } = setUp();
    send.mockResolvedValue({ kind: 'refused', reason: 'InvalidParameter' });
    expect(await run()).toMatchObject({ kind: 'unreachable', reason: 'InvalidParameter' });
  });
});
