import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { anAlert } from '../support/fixtures.ts';
import { tableOfTests } from '../support/table.ts';

/* A family's drills are counted in the write that stores them: 3 a day and 6 a month of UTC. */

const table = tableOfTests();

const { deliveries: _deliveries, ...press } = anAlert();
const aDrill = (familyId: string, raisedAt = '2026-11-22T20:00:00.000Z', alertId: string = randomUUID()): Alert => ({
  ...press,
  familyId,
  alertId,
  raisedAt,
  drill: true,
  deliveries: { family: { status: 'pending' } },
});
const store = () => dynamoPressStore(table.client, table.tableName);
const putAll = async (drills: readonly Alert[]) => {
  const outcomes = await Promise.all(drills.map(async (drill) => store().putDrill(drill)));
  return outcomes.map(({ kind }) => kind).toSorted();
};
const several = (count: number, familyId: string, raisedAt?: string) =>
  Array.from({ length: count }, () => aDrill(familyId, raisedAt));
const outcomes = (stored: number, usedUp: number) => [
  ...Array<string>(stored).fill('stored'),
  ...Array<string>(usedUp).fill('used-up'),
];

describe('drills of a family', () => {
  it('are three a day, however many come at the same instant', async () => {
    const familyId = randomUUID();
    expect(await putAll(several(12, familyId))).toEqual(outcomes(3, 9));
    expect(await putAll(several(1, familyId, '2026-11-22T23:59:59.999Z'))).toEqual(outcomes(0, 1));
    // Another family has its own.
    expect(await putAll(several(4, randomUUID()))).toEqual(outcomes(3, 1));
  });

  it('are six a month, on as many days as it takes', async () => {
    const familyId = randomUUID();
    expect(await putAll(several(4, familyId, '2026-11-22T20:00:00.000Z'))).toEqual(outcomes(3, 1));
    expect(await putAll(several(2, familyId, '2026-11-23T00:00:00.000Z'))).toEqual(outcomes(2, 0));
    expect(await putAll(several(5, familyId, '2026-11-30T20:00:00.000Z'))).toEqual(outcomes(1, 4));
    expect(await putAll(several(5, familyId, '2026-12-01T00:00:00.000Z'))).toEqual(outcomes(3, 2));
  });

  it('that are sent again are answered with the first and count once, also when there are no more', async () => {
    const familyId = randomUUID();
    const [first, second, third] = several(3, familyId) as [Alert, Alert, Alert];
    const again = { ...first, raisedAt: '2026-11-22T20:05:00.000Z' };
    expect(await putAll([first, first, first, first])).toEqual(['exists', 'exists', 'exists', 'stored']);
    expect(await putAll([second, third])).toEqual(outcomes(2, 0));
    expect(await store().putDrill(again)).toMatchObject({ kind: 'exists', alert: { raisedAt: first.raisedAt } });
    expect(await putAll(several(1, familyId))).toEqual(outcomes(0, 1));
  });

  it('never stand in the way of an alert, and an alert’s id is no drill’s', async () => {
    const familyId = randomUUID();
    const alert = { ...aDrill(familyId), drill: false };
    expect((await store().put(alert)).kind).toBe('stored');
    expect((await store().putDrill({ ...alert, drill: true })).kind).toBe('exists');
    expect(await putAll(several(4, familyId))).toEqual(outcomes(3, 1));
    expect((await store().put({ ...alert, alertId: randomUUID() })).kind).toBe('stored');
  });
});

describe('a drill whose write', () => {
  const cancelled = (...codes: readonly string[]) =>
    new TransactionCanceledException({
      message: 'cancelled',
      $metadata: {},
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
  const meeting = (faults: readonly Error[], after?: Error) => {
    const waiting = [...faults];
    // Of the pauses between tries it takes a random part.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const send = vi.fn(async (command: Parameters<typeof table.client.send>[0]) => {
      const fault = waiting.shift();
      if (fault) throw fault;
      const answer = await table.client.send(command);
      if (after) throw after;
      return answer;
    });
    return { send, store: dynamoPressStore({ send } as unknown as typeof table.client, table.tableName) };
  };

  it('meets others at the count is tried again, and is neither lost nor refused', async () => {
    const conflict = cancelled('None', 'TransactionConflict');
    const { store: busy, send } = meeting([conflict, conflict, conflict, conflict, conflict, conflict]);
    expect((await busy.putDrill(aDrill(randomUUID()))).kind).toBe('stored');
    expect(send).toHaveBeenCalledTimes(7);
  });

  it.each([
    ['None', 'TransactionConflict'],
    ['ThrottlingError', 'None'],
    ['None', 'ProvisionedThroughputExceeded'],
  ])('never gets through fails, so that the phone sends it again: %s, %s', async (...codes) => {
    const familyId = randomUUID();
    const { store: broken } = meeting(Array<Error>(20).fill(cancelled(...codes)));
    await expect(broken.putDrill(aDrill(familyId))).rejects.toThrow('cancelled');
    expect(await putAll(several(4, familyId))).toEqual(outcomes(3, 1));
  });

  it('succeeds without an answer counts once', async () => {
    const familyId = randomUUID();
    const drill = aDrill(familyId);
    const { store: silent } = meeting([], new Error('time-out'));
    await expect(silent.putDrill(drill)).rejects.toThrow('time-out');
    expect((await store().putDrill(drill)).kind).toBe('exists');
    expect(await putAll(several(3, familyId))).toEqual(outcomes(2, 1));
  });
});
