import { describe, expect, it } from 'vitest';
import { type Stage, pins, setStage } from './stage.ts';

/* What silence costs those who are told of it, over hours and days. The world of the model, with a clock turned by hand. */

const inSilence = async (world: Stage, minutes: number): Promise<number[]> => {
  const told: number[] = [];
  for (let minute = 1; minute <= minutes; minute += 1) {
    world.pass(1);
    world.published.length = 0;
    await world.round();
    await world.drain();
    const steps = world.published.filter(
      ({ to, type }) => to === 'ministry' && (type === 'alert.escalated.v1' || type === 'alert.silent.v1'),
    );
    told.push(...steps.map(() => minute));
  }
  return told;
};

const pressed = async (): Promise<Stage> => {
  const world = await setStage({ authorised: true, home: false, drill: false, place: 'downtown', before: [] });
  await world.phone.press();
  await world.drain();
  return world;
};

describe('silence', () => {
  it('is told the ministry in its rhythm, not every minute, of a case that is open again after a day', async () => {
    const world = await pressed();
    await inSilence(world, 1);
    expect(await world.phone.cancel(pins.ordinary)).toMatchObject({ status: 200 });
    await world.drain();
    world.pass(24 * 60);
    await world.round();
    expect(await world.phone.cancel(pins.duress)).toMatchObject({ status: 200 });
    await world.drain();
    // The next office and the ministry as owner at once, as their time is long over; then as ever.
    expect(await inSilence(world, 45)).toEqual([1, 2]);
  });

  it('is told no more often after an outage than without one', async () => {
    const world = await pressed();
    world.pass(6 * 60);
    expect(await inSilence(world, 130)).toEqual([1, 2, 60]);
  });

  it('is told after 5 minutes, after 10 more, and then in its rhythm', async () => {
    expect(await inSilence(await pressed(), 200)).toEqual([5, 15, 30, 60, 180]);
  });
});
