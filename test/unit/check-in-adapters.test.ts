import { GetItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { readEventItem } from '../../shared/adapters/dynamo-items.ts';
import { checkInKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import { type CheckIn, type CheckInStore, duressAlert, missedAlert } from '../../shared/domain/check-in/check-in.ts';
import { aCheckIn, fakeCheckInStore } from '../support/check-ins.ts';
import { tableOfTests } from '../support/table.ts';

const now = new Date('2026-11-22T20:46:00.000Z');
const forgetAt = new Date('2026-12-22T21:00:00.000Z');
const reminderAt = Date.parse('2026-11-22T20:45:00.000Z');

const table = tableOfTests();

const adapter = (at = now): CheckInStore => dynamoCheckInStore(table.client, table.tableName, () => at);
let families = 0;
const another = (overrides: Partial<CheckIn> = {}): CheckIn =>
  aCheckIn({ familyId: `family-${(families += 1)}`, ...overrides });
const itemOf = async ({ familyId, checkInId }: CheckIn) => {
  const { Item } = await table.client.send(
    new GetItemCommand({ TableName: table.tableName, Key: marshall(checkInKey(familyId, checkInId)) }),
  );
  return Item && unmarshall(Item);
};
const itemsOf = async ({ familyId }: CheckIn) => {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': `FAMILY#${familyId}` }),
    }),
  );
  return Items.map((item) => unmarshall(item));
};
const raising = { consularNotification: true, alertId: 'a', now };

describe.each([
  ['the table', (checkIns: readonly CheckIn[]) => ({ store: adapter(), ready: addAll(checkIns) })],
  [
    'the fake',
    (checkIns: readonly CheckIn[]) => ({ store: fakeCheckInStore(checkIns).store, ready: Promise.resolve() }),
  ],
] as const)('check-ins in %s', (_, make) => {
  it('are listed and found, and one that is added again is the first', async () => {
    const one = another();
    const other = { ...one, checkInId: 'other', state: 'ok' as const };
    const { store, ready } = make([one, other]);
    await ready;
    expect((await store.list(one.familyId)).toSorted((a, b) => a.checkInId.localeCompare(b.checkInId))).toEqual([
      one,
      other,
    ]);
    expect(await store.get(one.familyId, 'other')).toEqual(other);
    expect(await store.get(one.familyId, 'none')).toBeUndefined();
    expect(await store.add({ ...one, promisedAt: '2027-01-01T00:00:00.000Z' }, forgetAt)).toEqual(one);
  });

  it('are answered once, by whoever read them as they are', async () => {
    const checkIn = another();
    const { store, ready } = make([checkIn]);
    await ready;
    const alert = duressAlert(checkIn, raising);
    const answer = { checkIn, alert, now };
    expect(await store.answer({ ...answer, to: 'ok', raises: false })).toBe('applied');
    expect(await store.answer({ ...answer, to: 'ended', raises: true })).toBe('conflict');
    expect(await store.miss(checkIn, missedAlert(checkIn, raising))).toBe('conflict');
    const ok = await store.get(checkIn.familyId, checkIn.checkInId);
    expect(ok).toEqual({ ...checkIn, state: 'ok', answeredOn: '2026-11-22' });
    expect(await store.answer({ ...answer, checkIn: ok!, raises: true })).toBe('applied');
    // Whoever read it before the signal of today raises no second alert.
    expect(await store.answer({ ...answer, checkIn: ok!, raises: true })).toBe('conflict');
    expect(await store.get(checkIn.familyId, checkIn.checkInId)).toMatchObject({
      state: 'ok',
      signalledOn: '2026-11-22',
    });
  });

  it('are missed once', async () => {
    const checkIn = another();
    const { store, ready } = make([checkIn]);
    await ready;
    expect(await store.miss(checkIn, missedAlert(checkIn, raising))).toBe('applied');
    expect(await store.miss(checkIn, missedAlert(checkIn, { ...raising, alertId: 'b' }))).toBe('conflict');
    expect(await store.get(checkIn.familyId, checkIn.checkInId)).toEqual({ ...checkIn, state: 'missed', alertId: 'a' });
  });
});

const addAll = async (checkIns: readonly CheckIn[]): Promise<void> => {
  for (const checkIn of checkIns) await adapter().add(checkIn, forgetAt);
};

describe('a check-in in the table', () => {
  it('is due at its reminder, or at its time, and no more once it is answered or missed', async () => {
    const reminded = another();
    const [plain, missed] = [another({ deliveries: {} }), another()];
    await addAll([reminded, plain, missed]);
    expect(await itemOf(reminded)).toMatchObject({ dueAt: reminderAt, expiresAt: forgetAt.getTime() / 1000 });
    expect(await itemOf(plain)).toMatchObject({ dueAt: Date.parse(plain.promisedAt) });
    const { store } = { store: adapter() };
    await store.answer({ checkIn: plain, to: 'ended', alert: duressAlert(plain, raising), raises: false, now });
    await store.miss(missed, missedAlert(missed, raising));
    expect(await itemOf(plain)).not.toHaveProperty('dueAt');
    expect(await itemOf(missed)).not.toHaveProperty('dueBucket');

    const due = dynamoDueStore(table.client, table.tableName, () => now);
    const refs = await Array.fromAsync(due.due(now));
    expect(refs).toContainEqual({
      familyId: reminded.familyId,
      checkInId: reminded.checkInId,
      dueAtMs: reminderAt,
    });
    expect(refs.filter(({ familyId }) => [plain, missed].some((one) => one.familyId === familyId))).toEqual([]);
    const ref = { familyId: reminded.familyId, checkInId: reminded.checkInId };
    expect(await due.read(ref)).toMatchObject({ kind: 'check-in', checkIn: reminded, dueAtMs: reminderAt });
    expect(await due.reschedule(ref, reminderAt, reminderAt + 1)).toBe(true);
    expect(await due.reschedule(ref, reminderAt, undefined)).toBe(false);
  });

  it('is one of 20 a day, however many come at once, and the next day there are more', async () => {
    const { familyId } = another();
    const made = (index: number, createdAt: string) =>
      adapter().add({ ...aCheckIn({ familyId }), checkInId: `made-${index}`, createdAt }, forgetAt);
    const day = await Promise.all(
      Array.from({ length: 25 }, async (_, index) => made(index, '2026-11-22T20:00:00.000Z')),
    );
    expect(day.filter((each) => each === 'used-up')).toHaveLength(5);
    const first = day.findIndex((each) => each !== 'used-up');
    expect(await made(first, '2026-11-22T20:00:00.000Z')).toEqual(day[first]);
    expect(await made(30, '2026-11-23T00:00:00.000Z')).not.toBe('used-up');
  });

  it('stays due when PINs are locked', async () => {
    const checkIn = another();
    await addAll([checkIn]);
    await adapter().answer({ checkIn, alert: duressAlert(checkIn, raising), raises: true, now });
    expect(await itemOf(checkIn)).toMatchObject({ state: 'waiting', dueAt: reminderAt });
  });

  it('is out of sight when its time of keeping is over', async () => {
    const checkIn = another();
    await addAll([checkIn]);
    const late = adapter(forgetAt);
    expect(await late.list(checkIn.familyId)).toEqual([]);
    expect(await late.get(checkIn.familyId, checkIn.checkInId)).toBeUndefined();
  });

  it('has its reminder claimed once for as long as the lease, and settled', async () => {
    const checkIn = another();
    await addAll([checkIn]);
    const deliveries = dynamoDeliveryStore(table.client, table.tableName, () => crypto.randomUUID());
    const ref = { familyId: checkIn.familyId, checkInId: checkIn.checkInId };
    const claim = async (at: Date) => (await deliveries.claim(ref, 'self', { now: at, leaseMs: 30_000 })).kind;
    expect([await claim(now), await claim(now)]).toEqual(['claimed', 'held']);
    expect(await claim(new Date(now.getTime() + 30_001))).toBe('claimed');
    await deliveries.settle(ref, 'self', { status: 'sent', at: now.toISOString() });
    expect(await claim(new Date(now.getTime() + 90_000))).toBe('settled');
    expect((await adapter().get(checkIn.familyId, checkIn.checkInId))?.deliveries.self).toEqual({
      status: 'sent',
      at: now.toISOString(),
    });
  });

  it('raises an alert that is the same item as a press writes, and pretends with one about as large', async () => {
    const checkIn = another();
    await addAll([checkIn]);
    const alert = missedAlert(checkIn, raising);
    await adapter().miss(checkIn, alert);
    const items = await itemsOf(checkIn);
    const raised = items.find(({ itemType }) => itemType === 'alert')!;
    const pressed = another();
    await dynamoPressStore(table.client, table.tableName).put({ ...alert, familyId: pressed.familyId });
    const [press] = await itemsOf(pressed);
    expect(raised).toEqual({ ...press, familyId: checkIn.familyId, pk: `FAMILY#${checkIn.familyId}` });
    expect(readEventItem(marshall(raised))).toMatchObject({ kind: 'alert', alert });

    const other = another();
    await addAll([other]);
    await adapter().answer({ checkIn: other, to: 'ok', alert: duressAlert(other, raising), raises: false, now });
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.tableName }));
    const pretence = Items.map((item) => unmarshall(item)).find(
      ({ pk, sk }) => pk === `FAMILY#${other.familyId}` && sk.startsWith('BLANK#'),
    )!;
    const sizeOf = (item: object) => JSON.stringify(item).length;
    expect(sizeOf(pretence) / sizeOf(raised)).toBeGreaterThan(0.75);
    expect(sizeOf(pretence) / sizeOf(raised)).toBeLessThan(1.25);
  });
});
