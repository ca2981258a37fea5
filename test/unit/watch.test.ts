import { describe, expect, it, vi } from 'vitest';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { DeliveryResult } from '../../shared/telling/deliver.ts';
import type { EventRef } from '../../shared/domain/event-ref.ts';
import type { FamilyEvent } from '../../shared/domain/family/family-event.ts';
import type { DueStore } from '../../shared/telling/watch.ts';
import type { StoredEvent } from '../../shared/telling/stored-event.ts';
import { nextRetryAt } from '../../shared/domain/retry.ts';
import { watch } from '../../shared/telling/watch.ts';
import { aCheckIn } from '../support/check-ins.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

const now = new Date('2026-11-22T20:01:00.000Z');
const minute = 60_000;

const duressEvent = (dueAtMs: number): StoredEvent => ({
  kind: 'event',
  dueAtMs,
  event: {
    familyId: 'f',
    alertId: 'a',
    eventId: 'e',
    at: '2026-11-22T20:00:00.000Z',
    by: { kind: 'person' },
    drill: false,
    deliveries: {},
    type: 'alert.cancelled-under-duress.v1',
  },
});

const setUp = (
  events: Record<string, StoredEvent | undefined>,
  tell: (alert: Alert) => DeliveryResult[] = () => [],
  clock: () => Date = () => now,
) => {
  const reschedule = vi.fn<DueStore['reschedule']>(async () => true);
  const welcome = vi.fn(async (): Promise<DeliveryResult[]> => [{ destination: 'family', kind: 'sent' }]);
  const announceFamilyEvent = vi.fn(async (_event: FamilyEvent): Promise<DeliveryResult[]> => []);
  const escalate = vi.fn(async (_alert: Alert): Promise<number | undefined> => undefined);
  const checkIns = {
    remind: vi.fn(async (): Promise<DeliveryResult[]> => [{ destination: 'self', kind: 'sent' }]),
    fire: vi.fn(async () => true),
  };
  const round = async () =>
    watch(
      {
        due: {
          due: async function* () {
            for (const alertId of Object.keys(events)) yield { familyId: 'f', alertId, dueAtMs: now.getTime() - 5 };
          },
          read: async (ref: EventRef) => events[ref.alertId ?? ''],
          reschedule,
        },
        now: clock,
        welcome,
        delays: { nextOfficeMs: 5 * minute, ministryMs: 10 * minute },
        escalate,
        announceAlert: async (alert) => tell(alert),
        announceEvent: async () => [],
        announceFamilyEvent,
        checkIns,
        report: () => undefined,
      },
      { concurrency: 2, budgetMs: 35_000 },
    );
  return { round, reschedule, welcome, escalate, announceFamilyEvent, checkIns };
};
const due = (alertId: string, overrides: Parameters<typeof anAlert>[0] = {}): StoredEvent => ({
  kind: 'alert',
  // An officer has it: what is looked at here is the sending.
  alert: anAlert({ alertId, state: 'acknowledged', ...overrides }),
  dueAtMs: now.getTime(),
});

describe('a round of the watchman', () => {
  it('re-sends what is pending and takes it off the list once it is sent', async () => {
    const { round, reschedule } = setUp({ a: due('a') }, () => [{ destination: 'family', kind: 'sent' }]);
    await round();
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ alertId: 'a' }),
      now.getTime(),
      undefined,
    );
  });

  it('looks again later at what failed, or is in the hands of another', async () => {
    for (const kind of ['failed', 'left'] as const) {
      const result = { destination: 'family', kind, cause: undefined } as DeliveryResult;
      const { round, reschedule } = setUp({ a: due('a') }, () => [result]);
      await round();
      expect(reschedule).toHaveBeenCalledExactlyOnceWith(expect.anything(), now.getTime(), now.getTime() + minute);
    }
  });

  it('takes off the list what others have sent, without sending it again', async () => {
    const tell = vi.fn(() => []);
    const { round, reschedule } = setUp({ a: due('a', { deliveries: { family: { status: 'sent' } } }) }, tell);
    await round();
    expect(tell).not.toHaveBeenCalled();
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(expect.anything(), now.getTime(), undefined);
  });

  it('leaves alone what another watchman has moved meanwhile', async () => {
    const moved: StoredEvent = { kind: 'alert', alert: anAlert(), dueAtMs: now.getTime() + minute };
    const { round, reschedule } = setUp({ a: moved });
    await round();
    expect(reschedule).not.toHaveBeenCalled();
  });

  it('is not kept from the others by one that throws, and says which it was', async () => {
    const told: string[] = [];
    const { round } = setUp({ bad: due('bad'), good: due('good'), last: due('last') }, ({ alertId }) => {
      if (alertId === 'bad') throw new Error('poison');
      told.push(alertId);
      return [{ destination: 'family', kind: 'sent' }];
    });
    const { faults, looked } = await round();
    expect(told).toEqual(['good', 'last']);
    expect(faults).toMatchObject([{ ref: { alertId: 'bad' } }]);
    expect(looked).toBe(3);
  });

  it('ends what it has begun before it fails: what Lambda freezes would be told twice', async () => {
    const { promise, resolve } = Promise.withResolvers<DeliveryResult[]>();
    let ended = false;
    const reschedule = vi.fn<DueStore['reschedule']>(async () => true);
    const round = watch(
      {
        due: {
          due: async function* () {
            yield { familyId: 'f', alertId: 'a', dueAtMs: 0 };
            throw new Error('the rest of the list cannot be read');
          },
          read: async () => due('a'),
          reschedule,
        },
        announceAlert: async () => promise,
        now: () => now,
        report: () => undefined,
      } as unknown as Parameters<typeof watch>[0],
      { concurrency: 2, budgetMs: 35_000 },
    )
      .catch((fault: unknown) => fault)
      .finally(() => {
        ended = true;
      });
    for (let turns = 0; turns < 20; turns += 1) await Promise.resolve();
    expect(ended).toBe(false);
    resolve([{ destination: 'family', kind: 'sent' }]);
    expect(await round).toMatchObject({ message: 'the rest of the list cannot be read' });
    expect(reschedule).toHaveBeenCalledOnce();
  });

  it('takes the step of silence that is due, and comes back for the next', async () => {
    const silent = due('a', { state: 'raised', raisedAt: '2026-11-22T19:56:00.000Z', deliveries: {} });
    const { round, escalate, reschedule } = setUp({ a: silent });
    const tenMinutesMore = Date.parse('2026-11-22T20:11:00.000Z');
    escalate.mockResolvedValueOnce(tenMinutesMore);
    await round();
    expect(escalate).toHaveBeenCalledTimes(1);
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(expect.anything(), now.getTime(), tenMinutesMore);
  });

  it('keeps an alert on the list until it is time for the step', async () => {
    const young = due('a', { state: 'raised', deliveries: {} });
    const { round, escalate, reschedule } = setUp({ a: young });
    await round();
    expect(escalate).not.toHaveBeenCalled();
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(
      expect.anything(),
      now.getTime(),
      Date.parse('2026-11-22T20:05:00.000Z'),
    );
  });

  it('leaves a step that failed due, behind what waits: the next round takes it', async () => {
    const silent = due('a', { state: 'raised', raisedAt: '2026-11-22T19:56:00.000Z', deliveries: {} });
    const { round, escalate, reschedule } = setUp({ a: silent });
    escalate.mockRejectedValueOnce(new Error('the table is down'));
    expect((await round()).faults).toHaveLength(1);
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(expect.anything(), now.getTime() - 5, now.getTime());
  });

  it('is no worse off when what failed cannot be moved either', async () => {
    const { round, reschedule } = setUp({ bad: due('bad'), good: due('good') }, ({ alertId }) => {
      if (alertId === 'bad') throw new Error('poison');
      return [{ destination: 'family', kind: 'sent' }];
    });
    reschedule.mockRejectedValueOnce(new Error('the table is down'));
    expect(await round()).toMatchObject({ looked: 2, faults: [{ ref: { alertId: 'bad' } }] });
  });

  it('takes off the list what has expired: DynamoDB deletes it only days later', async () => {
    const { round, reschedule } = setUp({ gone: undefined });
    expect((await round()).faults).toEqual([]);
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(
      { familyId: 'f', alertId: 'gone' },
      now.getTime() - 5,
      undefined,
    );
  });

  it('puts a closed case back on the list that the person was forced to cancel: its silence counts again', async () => {
    const forced = (alert: StoredEvent) => setUp({ e: duressEvent(now.getTime()), a: alert });
    const reopened = { kind: 'alert', alert: anAlert({ alertId: 'a', state: 'raised' }) } as const;
    const fiveMinutes = Date.parse('2026-11-22T20:05:00.000Z');
    const ref = { familyId: 'f', alertId: 'a' };
    const later = { ...reopened, dueAtMs: fiveMinutes + minute };
    for (const listed of [reopened, later]) {
      const { round, reschedule } = forced(listed);
      await round();
      expect(reschedule).toHaveBeenCalledWith(ref, 'dueAtMs' in listed ? later.dueAtMs : undefined, fiveMinutes);
    }
    for (const others of [
      { ...reopened, dueAtMs: fiveMinutes },
      { kind: 'alert', alert: anAlert({ alertId: 'a', state: 'acknowledged' }) } as const,
    ]) {
      const { round, reschedule } = forced(others);
      await round();
      expect(reschedule).toHaveBeenCalledExactlyOnceWith({ familyId: 'f', alertId: 'e' }, now.getTime(), undefined);
    }
  });

  const checkIn = (dueAtMs: number, promisedAt: string): StoredEvent => ({
    kind: 'check-in',
    dueAtMs,
    checkIn: aCheckIn({ promisedAt }),
  });

  it('minds check-ins: reminds of those to come, and fires those whose time is over', async () => {
    const soon = new Date(now.getTime() + 10 * minute);
    const { round, checkIns, reschedule } = setUp({
      soon: checkIn(now.getTime(), soon.toISOString()),
      over: checkIn(now.getTime(), now.toISOString()),
      moved: checkIn(now.getTime() + 1, now.toISOString()),
    });
    await round();
    expect([checkIns.remind.mock.calls.length, checkIns.fire.mock.calls.length]).toEqual([1, 1]);
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(
      { familyId: 'f', alertId: 'soon' },
      now.getTime(),
      soon.getTime(),
    );
  });

  it('leaves a check-in due whose firing failed, and takes one off the list that was answered meanwhile', async () => {
    const { round, checkIns, reschedule } = setUp({ a: checkIn(now.getTime(), now.toISOString()) });
    checkIns.fire.mockRejectedValueOnce(new Error('the table is down'));
    expect((await round()).faults).toHaveLength(1);
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(expect.anything(), now.getTime() - 5, now.getTime());
    reschedule.mockClear();
    checkIns.fire.mockResolvedValueOnce(false);
    await round();
    expect(reschedule).toHaveBeenCalledExactlyOnceWith(expect.anything(), now.getTime(), undefined);
  });

  it('begins nothing more when its time is up, and says so', async () => {
    const told: string[] = [];
    let elapsed = 0;
    const events = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, due(id)]));
    const { round } = setUp(
      events,
      ({ alertId }) => {
        told.push(alertId);
        elapsed += 20_000;
        return [{ destination: 'family', kind: 'sent' }];
      },
      () => new Date(now.getTime() + elapsed),
    );
    const { looked, isUnfinished } = await round();
    expect([told.length < 5, isUnfinished, looked]).toEqual([true, true, told.length]);
    expect((await setUp({ a: due('a') }).round()).isUnfinished).toBe(false);
  });

  it('welcomes families whose welcome is pending', async () => {
    const { round, welcome } = setUp({
      a: { kind: 'registration', family: aFamily(), pending: true, dueAtMs: now.getTime() },
    });
    await round();
    expect(welcome).toHaveBeenCalledTimes(1);
  });

  it('waits 1, 2, 4, 8, then 15 minutes, and never gives up', () => {
    const startedAt = new Date(0);
    const waits: number[] = [];
    let at = minute;
    for (let round = 0; round < 6; round += 1) {
      const next = nextRetryAt(startedAt, new Date(at));
      waits.push((next - at) / minute);
      at = next;
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });
});
