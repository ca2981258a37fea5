import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/adapters/table.ts';
import {
  type Condition,
  absent,
  appended,
  atMost,
  differs,
  either,
  every,
  is,
  unlessSet,
} from '../../shared/adapters/table-expressions.ts';
import { startTable } from '../support/table.ts';

let running: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  running = await startTable();
});
afterAll(async () => running.stop());

const table = () => dynamoTable(running.client, running.tableName);
/** Any one will do. */
const itemType = 'position' as const;
const newKey = () => ({ pk: `FAMILY#${randomUUID()}`, sk: 'A' });

it('keeps what it is given, without what is undefined', async () => {
  const key = newKey();
  const item = { ...key, itemType, name: 'Ana', count: 2, tags: new Set(['a']), inner: { list: [1, { deep: true }] } };
  expect(await table().put({ ...item, missing: undefined })).toEqual({ kind: 'applied' });
  expect(await table().get(key)).toEqual(item);
  expect(await table().get(key, ['inner.list', 'count'])).toEqual({ count: 2, inner: { list: item.inner.list } });
  expect(await table().get(newKey())).toBeUndefined();
});

it('takes names as they come: reserved words, colons, and inside of maps', async () => {
  const key = newKey();
  await table().put({
    ...key,
    itemType,
    state: 'raised',
    deliveries: { 'consulate:los-angeles': { status: 'pending' } },
  });
  const outcome = await table().updateAndRead(key, {
    set: { state: 'closed', 'deliveries.consulate:los-angeles.at': 'now', told: unlessSet(['a']), extra: undefined },
    add: { revision: 1, size: undefined },
    if: every(differs('state', 'closed'), is('deliveries.consulate:los-angeles.status', 'pending'), absent('told')),
  });
  const now = {
    ...key,
    itemType,
    state: 'closed',
    deliveries: { 'consulate:los-angeles': { status: 'pending', at: 'now' } },
    told: ['a'],
    revision: 1,
  };
  expect(outcome).toEqual({ kind: 'applied', now });
  await table().update(key, { set: { told: appended([], ['b']) }, remove: ['deliveries.consulate:los-angeles'] });
  expect(await table().get(key)).toEqual({ ...now, told: ['a', 'b'], deliveries: {} });
});

it('refuses what does not hold, and explains it where it is asked to', async () => {
  const key = newKey();
  const item = { ...key, itemType, tries: 3, until: 10 };
  await table().put(item);
  expect(await table().put(item, absent('pk'))).toEqual({ kind: 'refused', found: undefined });
  expect(await table().put(item, absent('pk'), { explain: true })).toEqual({ kind: 'refused', found: item });
  const later = either(is('tries', undefined), atMost('until', 9));
  expect(await table().update(key, { set: { tries: 4 }, if: later, explain: true })).toEqual({
    kind: 'refused',
    found: item,
  });
  expect(await table().get(key)).toEqual(item);
});

it('writes all of a transaction or nothing, and says which part was refused', async () => {
  const [one, other] = [newKey(), newKey()];
  await table().put({ ...one, itemType, n: 1 });
  const writes = (n: number) => [
    { put: { ...other, itemType, n } },
    { update: one, add: { n: 1 }, if: is('n', n), explain: true },
  ];
  const refused = await table().transact(writes(7));
  expect(refused).toEqual({ kind: 'refused', refusals: new Map([[1, { ...one, itemType, n: 1 }]]) });
  expect(await table().get(other)).toBeUndefined();
  expect(await table().transact(writes(1))).toEqual({ kind: 'applied' });
  expect(await table().get(one)).toEqual({ ...one, itemType, n: 2 });
  expect(await table().get(other)).toEqual({ ...other, itemType, n: 1 });
});

it('finds all of a partition, over pages, and deletes more than a batch takes', async () => {
  const { pk } = newKey();
  const items = Array.from({ length: 60 }, (_, index) => ({
    pk,
    sk: `A#${String(index).padStart(2, '0')}`,
    itemType,
    index,
  }));
  await table().putAll([...items, { pk, sk: 'B', itemType }]);
  const partition = ['pk', pk] as const;
  const within = { partition, sort: ['sk', 'begins-with', 'A#'] as const, pageSize: 7 };
  expect(await table().query(within)).toEqual(items);
  expect(await table().query({ ...within, filter: is('index', 59), project: ['sk'] })).toEqual([{ sk: 'A#59' }]);
  expect(await table().first(2, { ...within, newestFirst: true })).toEqual([items[59], items[58]]);
  await table().deleteAll(items);
  expect(await table().query({ partition })).toEqual([{ pk, sk: 'B', itemType }]);
  await table().delete({ pk, sk: 'B' });
  expect(await table().query({ partition })).toEqual([]);
});

it('takes conditions in the order in which they are nested', async () => {
  const key = newKey();
  await table().put({ ...key, itemType, size: 1 });
  const applies = async (condition: Condition) => {
    const { kind } = await table().update(key, { set: { touched: true }, if: condition });
    return kind === 'applied';
  };
  const [yes, no] = [is('size', 1), is('size', 2)];
  // Without the parentheses the first two would be the other way round.
  expect(await applies(every(either(yes, no), no))).toBe(false);
  expect(await applies(every(no, either(no, yes)))).toBe(false);
  expect(await applies(either(every(no, yes), yes))).toBe(true);
  expect(await applies(either(yes, every(no, no)))).toBe(true);
  expect(await applies(every(yes, every(either(no, yes), yes)))).toBe(true);
  expect(await applies(every(either(no, every(yes, either(no, yes)))))).toBe(true);
  expect(await applies(either(no, either(no, every(yes, no))))).toBe(false);
});
