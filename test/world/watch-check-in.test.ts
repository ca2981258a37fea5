import { describe, expect, it } from 'vitest';
import { composeManageCheckIns } from '../../shared/compose.ts';
import { composeAnnounceToFamily, composeWatchman } from '../../shared/compose-telling.ts';
import type { CheckIn } from '../../shared/domain/check-in/check-in.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { watchCheckIn } from '../../shared/telling/watch-check-in.ts';
import { aCheckIn } from '../support/check-ins.ts';
import { type World, authorised, createWelcomedWorld, downtown } from '../support/world.ts';

const minute = 60_000;
const { checkInId } = aCheckIn();
const promisedAt = Date.parse(aCheckIn().promisedAt);
const ownPhone = '+12135550100';
const person = { name: 'Ana Sofía Núñez', language: 'es', phone: ownPhone } as const;

/** A promise of the world's family, so many minutes before its time; 15 before, the reminder is due. */
const promised = async (
  minutesBefore: number,
  checkIn: Partial<CheckIn> = {},
  registers: Partial<Registration> = {},
): Promise<World> => {
  const world = await createWelcomedWorld({ registers: { person, ...registers } });
  const { checkIns } = world.of(composeManageCheckIns);
  const own = aCheckIn({ familyId: world.familyId, ...checkIn });
  await checkIns.add(own, new Date(promisedAt + 30 * 24 * 60 * minute));
  world.skip(promisedAt - minutesBefore * minute - world.now().getTime());
  return world;
};
const stored = (world: World) => world.stored({ checkInId });
/** One look of the watchman; `nextAt`: when it looks again. */
const look = async (world: World) => {
  await world.set([stored(world)!], 'dueAt', world.now().getTime());
  await world.round();
  return {
    nextAt: stored(world)?.['dueAt'] as number | undefined,
    reminders: world.published().filter(({ topic }) => topic === 'self').length,
    alert: world.items().find(({ itemType }) => itemType === 'alert'),
  };
};
const settled = { deliveries: { self: { status: 'sent' } } } as const;

describe('a check-in that is missed after the duress PIN changed the settings', () => {
  it.each([true, false])('is told by the consent and the home that hold: %s', async (consularNotification) => {
    const world = await promised(5, settled, {
      person: { ...person, homePosition: downtown },
      consent: { consularNotification, version: '1' },
    });
    const wanted = {
      person: { homePosition: null },
      consent: consularNotification ? { consularNotification: false } : authorised,
    };
    await world.changeSettings(wanted, 'duress');
    world.skip(6 * minute);
    await look(world);
    const missed = world.items().find(({ origin }) => JSON.stringify(origin ?? null).includes('missed-check-in'));
    expect(missed).toMatchObject({ consularNotification });
    expect(Object.keys(missed?.['deliveries'] ?? {}).toSorted()).toEqual(
      consularNotification ? ['consulate', 'family', 'ministry'] : ['family'],
    );
  });
});

describe('a check-in that is due', () => {
  it('reminds the person’s own phone, and comes back at the promised time', async () => {
    const world = await promised(15);
    expect(await look(world)).toEqual({ nextAt: promisedAt, reminders: 1, alert: undefined });
    expect(world.told(ownPhone)).toEqual(['check-in.reminder.v1']);
    expect(stored(world)?.['deliveries'].self.status).toBe('sent');
  });

  it('comes back at the promised time also when the reminder reaches nobody', async () => {
    const world = await promised(15);
    world.sns.removeSubscriptions(`alert-button-family-${world.familyId}-self`);
    expect(await look(world)).toMatchObject({ nextAt: promisedAt });
    expect(stored(world)?.['deliveries'].self.status).toBe('unreachable');
  });

  it('tries a reminder that failed, or is in another’s hands, again and again until the promised time', async () => {
    for (const trouble of ['failed', 'left'] as const) {
      const world = await promised(15);
      if (trouble === 'failed') world.break((operation) => operation === 'Publish');
      else {
        const { deliveries } = world.of(composeAnnounceToFamily);
        const lease = { now: world.now(), leaseMs: 60 * minute };
        await deliveries.claim({ familyId: world.familyId, checkInId }, 'self', lease);
      }
      const waits = [];
      for (let before = 15; before > 0;) {
        const { nextAt, reminders } = await look(world);
        expect(reminders).toBe(0);
        before = (promisedAt - Number(nextAt)) / minute;
        waits.push(before);
        world.skip(Number(nextAt) - world.now().getTime());
      }
      expect(waits).toEqual([14, 13, 11, 7, 0]);
    }
  });

  it('is reminded of once SNS is back', async () => {
    const world = await promised(15);
    world.break((operation) => operation === 'Publish');
    await look(world);
    world.mend();
    world.skip(minute);
    expect(await look(world)).toMatchObject({ reminders: 1 });
  });

  it('is not reminded of twice, nor when none was planned', async () => {
    for (const checkIn of [settled, { deliveries: {} }]) {
      expect(await look(await promised(10, checkIn))).toMatchObject({ nextAt: promisedAt, reminders: 0 });
    }
  });

  it('has the topic made where registration could not, or where somebody deleted it', async () => {
    for (const isMade of [true, false]) {
      const world = await promised(15);
      const topic = world.topics().find((one) => one.topic.endsWith('-self'))!;
      await world.sns.call('DeleteTopic', { TopicArn: topic.arn });
      if (!isMade) {
        const { pk, sk } = world.stored()!;
        const Key = { pk: { S: pk }, sk: { S: sk } };
        await world.table.call('UpdateItem', { TableName: 'alerts', Key, UpdateExpression: 'REMOVE selfTopic' });
      }
      await look(world);
      expect(world.told(ownPhone)).toEqual(['check-in.reminder.v1']);
    }
  });

  it('reminds nobody of a family that is gone, or of a person without a phone', async () => {
    const { phone: _, ...withoutPhone } = person;
    expect(await look(await promised(15, {}, { person: withoutPhone }))).toMatchObject({ reminders: 0 });
    const gone = await promised(15);
    const { family, ...deps } = gone.of(composeWatchman);
    const families = { ...family.families, get: async () => undefined };
    const own = aCheckIn({ familyId: gone.familyId });
    expect(await watchCheckIn({ ...deps, family: { ...family, families } }, own)).toMatchObject({ results: [] });
  });
});

describe('a check-in whose time is over', () => {
  const registers = { person: { ...person, homePosition: downtown }, consent: authorised };

  it('raises an ordinary alert of the device that promised, which nobody pressed, once', async () => {
    for (const checkIn of [{}, settled]) {
      const world = await promised(0, checkIn, registers);
      const [{ alert, nextAt, reminders }] = await Promise.all([look(world), world.round()]);
      expect([nextAt, reminders]).toEqual([undefined, 0]);
      expect(world.items().filter(({ itemType }) => itemType === 'alert')).toHaveLength(1);
      expect(stored(world)).toMatchObject({ state: 'missed', alertId: alert?.['alertId'] });
      expect(alert).toMatchObject({
        familyId: world.familyId,
        deviceId: 'd1',
        state: 'raised',
        raisedAt: world.now().toISOString(),
        drill: false,
        droppedFields: [],
        consularNotification: true,
        deliveries: {
          family: { status: 'pending' },
          consulate: { status: 'pending' },
          ministry: { status: 'pending' },
        },
        origin: { kind: 'missed-check-in', checkInId, promisedAt: aCheckIn().promisedAt, label: 'cita migratoria' },
      });
      expect(alert).not.toHaveProperty('position');
    }
  });

  it('leaves the list when somebody answered it', async () => {
    for (const state of ['ok', 'ended', 'missed'] as const) {
      for (const before of [10, 0]) {
        const world = await promised(before, { state });
        expect(await look(world)).toEqual({ nextAt: undefined, reminders: 0, alert: undefined });
      }
    }
  });

  it('raises nothing when the OK comes between the look and the write, or the family is gone', async () => {
    const world = await promised(0);
    world.intercept(async ({ operation }, goOn) => {
      if (operation === 'TransactWriteItems') await world.set([stored(world)!], 'state', 'ok');
      return goOn();
    });
    expect(await look(world)).toEqual({ nextAt: undefined, reminders: 0, alert: undefined });
    const gone = await promised(0);
    const deps = gone.of(composeWatchman);
    const families = { get: async () => undefined };
    const own = aCheckIn({ familyId: gone.familyId });
    expect(await watchCheckIn({ ...deps, families }, own)).toEqual({
      kind: 'looked',
      results: [],
    });
  });

  it('stays due when raising its alert failed', async () => {
    const world = await promised(0);
    world.break((operation) => operation === 'TransactWriteItems');
    expect(await look(world)).toMatchObject({ nextAt: world.now().getTime(), alert: undefined });
    world.mend();
    expect((await look(world)).alert).toBeDefined();
  });
});
