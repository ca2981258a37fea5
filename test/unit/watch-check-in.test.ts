import { describe, expect, it, vi } from 'vitest';
import type { CheckIn } from '../../shared/domain/check-in/check-in.ts';
import type { DeliveryResult } from '../../shared/telling/deliver.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { fireCheckIn, watchCheckIn } from '../../shared/telling/watch-check-in.ts';
import { remindOfCheckIn } from '../../shared/telling/to-person.ts';
import { aCheckIn, fakeCheckInStore } from '../support/check-ins.ts';
import { fakeChannel, fakeDeliveryStore, fakeFamilies } from '../support/fakes.ts';
import { aFamily } from '../support/fixtures.ts';

const promisedAt = Date.parse(aCheckIn().promisedAt);
const minute = 60_000;
const at = (minutesBefore: number): Date => new Date(promisedAt - minutesBefore * minute);

const look = async (
  minutesBefore: number,
  options: { checkIn?: Partial<CheckIn>; reminded?: DeliveryResult['kind']; fired?: boolean } = {},
) => {
  const { reminded = 'sent', fired = true } = options;
  const remind = vi.fn(async () => [{ destination: 'self', kind: reminded } as DeliveryResult]);
  const fire = vi.fn(async () => fired);
  const looked = await watchCheckIn({ remind, fire }, aCheckIn(options.checkIn), at(minutesBefore));
  return { looked, reminds: remind.mock.calls.length, fires: fire.mock.calls.length };
};
const settled = { deliveries: { self: { status: 'sent' } } } as const;

describe('a check-in that is due', () => {
  it('reminds, and comes back at the promised time', async () => {
    expect(await look(15)).toMatchObject({ looked: { nextAt: promisedAt }, reminds: 1, fires: 0 });
    expect(await look(15, { reminded: 'unreachable' })).toMatchObject({ looked: { nextAt: promisedAt } });
  });

  it('tries a reminder that failed, or is in another’s hands, again and again until the promised time', async () => {
    for (const reminded of ['failed', 'left'] as const) {
      const waits = [];
      for (let before = 15; before > 0;) {
        const { looked } = await look(before, { reminded });
        before = (promisedAt - Number(looked?.nextAt)) / minute;
        waits.push(before);
      }
      expect(waits).toEqual([14, 13, 11, 7, 0]);
    }
  });

  it('is not reminded of twice, nor when none was planned', async () => {
    for (const checkIn of [settled, { deliveries: {} }]) {
      expect(await look(10, { checkIn })).toMatchObject({ looked: { nextAt: promisedAt }, reminds: 0 });
    }
  });

  it('fires at the promised time, without a reminder, and is off the list by that', async () => {
    for (const checkIn of [{}, settled]) {
      expect(await look(0, { checkIn })).toEqual({ looked: undefined, reminds: 0, fires: 1 });
    }
  });

  it('leaves the list when somebody answered it', async () => {
    expect(await look(0, { fired: false })).toMatchObject({ looked: { nextAt: 'never' }, fires: 1 });
    for (const state of ['ok', 'ended', 'missed'] as const) {
      for (const before of [10, 0]) {
        const { looked, reminds, fires } = await look(before, { checkIn: { state } });
        expect([looked?.nextAt, reminds, fires]).toEqual(['never', 0, 0]);
      }
    }
  });
});

describe('the reminder', () => {
  const setUp = (family: Family | undefined, options: Parameters<typeof fakeChannel>[0] = {}) => {
    const deliveries = fakeDeliveryStore(aCheckIn().deliveries);
    const { channel, published, ensured } = fakeChannel(options);
    const { families } = fakeFamilies(family);
    const deps = {
      deliveries: deliveries.store,
      channel,
      families,
      now: () => at(15),
      nearestConsulate: () => undefined,
    } as unknown as Parameters<typeof remindOfCheckIn>[0];
    return { remind: async () => remindOfCheckIn(deps, aCheckIn()), published, ensured, families };
  };
  const topics = { self: {} };

  it('goes to the person’s own phone, once', async () => {
    const { remind, published, ensured } = setUp(aFamily({ topics }));
    expect(await remind()).toMatchObject([{ destination: 'self', kind: 'sent' }]);
    expect(await remind()).toMatchObject([{ kind: 'left' }]);
    expect(published).toMatchObject([{ topic: 'self' }]);
    expect(ensured).toEqual([]);
  });

  it('makes its topic where registration could not, or where somebody deleted it', async () => {
    let isGone = true;
    for (const [family, outcome] of [
      [aFamily(), undefined],
      [aFamily({ topics }), () => (isGone ? ({ kind: 'no-topic' } as const) : undefined)],
    ] as const) {
      isGone = true;
      const { remind, published, ensured, families } = setUp(family, {
        ...(outcome && { outcome }),
        whenEnsured: () => (isGone = false),
      });
      expect(await remind()).toMatchObject([{ kind: 'sent' }]);
      expect(published).toHaveLength(1);
      expect(ensured).toEqual([`${family.familyId} self`]);
      expect((await families.get(''))?.topics?.self).toEqual({ name: `${family.familyId} self` });
    }
  });

  it('that SNS does not take stays pending and is sent when SNS is back', async () => {
    let down = true;
    const { remind, published } = setUp(aFamily({ topics }), {
      outcome: () => (down ? new Error('SNS is down') : undefined),
    });
    expect(await remind()).toMatchObject([{ kind: 'failed' }]);
    down = false;
    expect(await remind()).toMatchObject([{ kind: 'sent' }]);
    expect(published).toHaveLength(1);
  });

  it('is nobody’s for a family that is gone or a person without a phone', async () => {
    const { phone: _, ...person } = aFamily().person;
    for (const family of [undefined, aFamily({ person })]) expect(await setUp(family).remind()).toEqual([]);
  });
});

describe('firing', () => {
  const fireOn = async (fake: ReturnType<typeof fakeCheckInStore>, family: Family | undefined) =>
    fireCheckIn(
      {
        checkIns: fake.store,
        families: fakeFamilies(family).families,
        newId: () => 'alert-1',
        now: () => at(0),
      },
      aCheckIn(),
    );

  it('raises an ordinary alert of the device that promised, which nobody pressed, once', async () => {
    const fake = fakeCheckInStore([aCheckIn()]);
    const homePosition = { latitude: 29.76, longitude: -95.37 };
    const family = aFamily({ person: { ...aFamily().person, homePosition } });
    expect(await fireOn(fake, family)).toMatchObject({ alertId: 'alert-1' });
    expect(await fireOn(fake, family)).toBeUndefined();
    expect(fake.only()).toMatchObject({ state: 'missed', alertId: 'alert-1' });
    expect(fake.alerts).toEqual([
      {
        familyId: family.familyId,
        alertId: 'alert-1',
        deviceId: 'd1',
        state: 'raised',
        raisedAt: at(0).toISOString(),
        drill: false,
        droppedFields: [],
        consularNotification: true,
        deliveries: {
          family: { status: 'pending' },
          consulate: { status: 'pending' },
          ministry: { status: 'pending' },
        },
        origin: {
          kind: 'missed-check-in',
          checkInId: aCheckIn().checkInId,
          promisedAt: aCheckIn().promisedAt,
          label: 'cita migratoria',
        },
      },
    ]);
  });

  it('does nothing when the OK came first, or the family is gone', async () => {
    const answered = fakeCheckInStore([aCheckIn()]);
    answered.interrupt(aCheckIn().checkInId, { state: 'ok' });
    expect(await fireOn(answered, aFamily())).toBeUndefined();
    expect(await fireOn(fakeCheckInStore([aCheckIn()]), undefined)).toBeUndefined();
    expect(answered.alerts).toEqual([]);
  });
});
