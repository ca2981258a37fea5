import type { Alert } from '../../shared/domain/case/alert.ts';
import type { CheckIn, CheckInStore } from '../../shared/domain/check-in/check-in.ts';
import { aFamily } from './fixtures.ts';

/** An OK promised for 21:00 UTC, with a reminder at 20:45. */
export const aCheckIn = (overrides: Partial<CheckIn> = {}): CheckIn => ({
  familyId: aFamily().familyId,
  checkInId: '44444444-4444-4444-8444-444444444444',
  deviceId: 'd1',
  createdAt: '2026-11-22T18:00:00.000Z',
  promisedAt: '2026-11-22T21:00:00.000Z',
  label: 'cita migratoria',
  state: 'waiting',
  deliveries: { self: { status: 'pending' } },
  ...overrides,
});

/** Check-ins in memory; `test/unit/check-in-adapters.test.ts` holds it to what the adapter does. */
export const fakeCheckInStore = (checkIns: readonly CheckIn[] = []) => {
  const held = new Map(checkIns.map((checkIn) => [checkIn.checkInId, checkIn]));
  const alerts: Alert[] = [];
  const forgetTimes: Date[] = [];
  let pretences = 0;
  /** Runs once, before the next write: how somebody else gets in between. */
  let interruption: (() => void) | undefined;
  const change = (seen: CheckIn, changes: Partial<CheckIn>): boolean => {
    const interrupt = interruption;
    interruption = undefined;
    interrupt?.();
    const present = held.get(seen.checkInId);
    if (present?.state !== seen.state || present.signalledOn !== seen.signalledOn) return false;
    held.set(seen.checkInId, { ...present, ...changes });
    return true;
  };
  const store: CheckInStore = {
    list: async () => [...held.values()],
    get: async (_familyId, checkInId) => held.get(checkInId),
    add: async (checkIn, forgetAt) => {
      forgetTimes.push(forgetAt);
      const stands = held.get(checkIn.checkInId) ?? checkIn;
      held.set(stands.checkInId, stands);
      return stands;
    },
    answer: async ({ checkIn, to, alert, raises, hasSignalled = raises, now }) => {
      const day = now.toISOString().slice(0, 10);
      const changes = { ...(to && { state: to }), ...(hasSignalled ? { signalledOn: day } : { answeredOn: day }) };
      if (!change(checkIn, changes)) return 'conflict';
      if (raises) alerts.push(alert);
      else pretences += 1;
      return 'applied';
    },
    miss: async (checkIn, alert) => {
      if (!change({ ...checkIn, state: 'waiting' }, { state: 'missed', alertId: alert.alertId })) return 'conflict';
      alerts.push(alert);
      return 'applied';
    },
  };
  return {
    store,
    alerts,
    forgetTimes,
    pretences: () => pretences,
    only: () => [...held.values()][0],
    /** Somebody else changes it before the next write. */
    interrupt: (checkInId: string, changes: Partial<CheckIn> | undefined) => {
      interruption = () => {
        const present = held.get(checkInId);
        if (!changes || !present) held.delete(checkInId);
        else held.set(checkInId, { ...present, ...changes });
      };
    },
  };
};
