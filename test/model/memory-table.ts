import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type AwsService, AwsError } from '../../infra/local-aws/aws-service.ts';
import { type Bindings, type Item, apply, hashKeyOf, holds, InvalidPathError, project } from './expressions.ts';

/*
 * The table in memory: fifty times as fast as the emulator, which is what ten thousand runs need. It knows the
 * operations that our adapters use and nothing else; `memory-table.test.ts` lets both answer the same calls.
 */

type Request = {
  readonly Key?: Item;
  readonly Item?: Item;
  readonly UpdateExpression?: string;
  readonly ConditionExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly FilterExpression?: string;
  readonly ProjectionExpression?: string;
  readonly IndexName?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Readonly<Record<string, AttributeValue>>;
  readonly Limit?: number;
  readonly ExclusiveStartKey?: Item;
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly TransactItems?: readonly { readonly Put?: Request; readonly Update?: Request }[];
  readonly RequestItems?: Readonly<
    Record<string, readonly { readonly PutRequest?: { readonly Item: Item }; readonly DeleteRequest?: Request }[]>
  >;
};

/** Of BatchGetItem, whose `RequestItems` are others. */
type BatchRead = Request & { readonly Keys: readonly Item[] };

const indexes = { due: ['dueBucket', 'dueAt'], office: ['officeId', 'raisedAt'] } as const;
type IndexName = keyof typeof indexes;
const isIndexName = (name: string | undefined): name is IndexName => name === 'due' || name === 'office';

const textOf = (value: AttributeValue | undefined): string | undefined => value?.S ?? value?.N;
const keyOf = (item: Item): string => `${textOf(item['pk']) ?? ''}\u0000${textOf(item['sk']) ?? ''}`;
const pick = (item: Item, names: readonly string[]): Item =>
  Object.fromEntries(names.flatMap((name) => (item[name] ? [[name, item[name]]] : [])));

type Place = { readonly at: string | number; readonly key: string };

/** By the range key; items of one moment are in no order, and any will do that is the same for the next page. */
const inOrder = (a: Place, b: Place): number => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.key < b.key ? -1 : a.key === b.key ? 0 : 1;
};

/** As many as asked for, from where a former page ended, whether its last item is still there or not. */
const page = (items: readonly Item[], range: string, { Limit, ExclusiveStartKey }: Request): readonly Item[] => {
  const placed = (item: Item) => {
    const { N, S = '' } = item[range] ?? {};
    return { item, at: N === undefined ? S : Number(N), key: keyOf(item) };
  };
  const last = ExclusiveStartKey && placed(ExclusiveStartKey);
  const left = items.map(placed).filter((one) => !last || inOrder(one, last) > 0);
  return left
    .sort(inOrder)
    .slice(0, Limit)
    .map(({ item }) => item);
};

type Written = { readonly key: string; readonly before: Item | undefined; readonly after: Item };
type Attempt = Written | { readonly refused: 'ConditionalCheckFailed' | 'ValidationError'; readonly old?: Item };

export type MemoryTable = AwsService & {
  readonly item: (pk: string, sk: string) => Item | undefined;
  /** All items of one partition, by sort key. */
  readonly partition: (pk: string) => readonly Item[];
  readonly all: () => readonly Item[];
};

/** @param onInsert called after the write, in the order of writes, as the stream's filter lets it through */
export const createMemoryTable = (onInsert: (item: Item) => void): MemoryTable => {
  const items = new Map<string, Map<string, Item>>();
  const found = new Map<string, Map<string, Item>>();

  const entries = (index: IndexName, item: Item | undefined): Map<string, Item> | undefined => {
    const [hash, range] = indexes[index];
    const value = textOf(item?.[hash]);
    if (value === undefined || !item?.[range]) return undefined;
    const name = `${index} ${value}`;
    const inside = found.get(name) ?? new Map<string, Item>();
    found.set(name, inside);
    return inside;
  };
  const get = (key: string): Item | undefined => items.get(key.split('\u0000')[0] ?? '')?.get(key);
  const commit = ({ key, before, after }: Written): void => {
    const pk = key.split('\u0000')[0] ?? '';
    const partition = items.get(pk) ?? new Map<string, Item>();
    items.set(pk, partition);
    partition.set(key, after);
    for (const index of ['due', 'office'] as const) {
      entries(index, before)?.delete(key);
      entries(index, after)?.set(key, after);
    }
  };
  const remove = (key: string): void => {
    const before = get(key);
    items.get(key.split('\u0000')[0] ?? '')?.delete(key);
    for (const index of ['due', 'office'] as const) entries(index, before)?.delete(key);
  };
  const tell = ({ before, after }: Written): void => {
    if (!before) onInsert(after);
  };

  const bindingsOf = (request: Request): Bindings => ({
    ...(request.ExpressionAttributeNames && { names: request.ExpressionAttributeNames }),
    ...(request.ExpressionAttributeValues && { values: request.ExpressionAttributeValues }),
  });
  const attempt = (request: Request): Attempt => {
    const target = request.Item ?? request.Key ?? {};
    const key = keyOf(target);
    const before = get(key);
    const bindings = bindingsOf(request);
    const old = before && request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? { old: before } : {};
    if (!holds(before, request.ConditionExpression, bindings)) return { refused: 'ConditionalCheckFailed', ...old };
    try {
      const after = request.Item ?? apply(before, target, request.UpdateExpression ?? '', bindings);
      return { key, before, after };
    } catch (fault) {
      if (fault instanceof InvalidPathError) return { refused: 'ValidationError' };
      throw fault;
    }
  };
  const writeOne = (request: Request): Written => {
    const written = attempt(request);
    if ('refused' in written) {
      if (written.refused === 'ValidationError') throw new AwsError('ValidationException', 'invalid document path');
      const details = written.old ? { Item: written.old } : {};
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', { details });
    }
    commit(written);
    tell(written);
    return written;
  };

  const operations: Readonly<Record<string, (request: Request) => Record<string, unknown>>> = {
    GetItem: (request) => {
      const item = get(keyOf(request.Key ?? {}));
      if (!item) return {};
      const { ProjectionExpression: shown } = request;
      return { Item: shown === undefined ? item : project(item, shown, bindingsOf(request)) };
    },
    Query: (request) => {
      const bindings = bindingsOf(request);
      const { IndexName: index, KeyConditionExpression: condition = '' } = request;
      const hash = hashKeyOf(condition, bindings);
      const candidates = isIndexName(index) ? found.get(`${index} ${hash.value}`) : items.get(hash.value);
      const matching = [...(candidates?.values() ?? [])].filter(
        (item) => holds(item, condition, bindings) && holds(item, request.FilterExpression, bindings),
      );
      const range = isIndexName(index) ? indexes[index][1] : 'sk';
      const { ProjectionExpression: projection } = request;
      const shown = (item: Item): Item => {
        if (isIndexName(index)) return pick(item, ['pk', 'sk', ...indexes[index]]);
        return projection === undefined ? item : project(item, projection, bindings);
      };
      const inPage = page(matching, range, request);
      const last = inPage.length === request.Limit ? inPage.at(-1) : undefined;
      return { Items: inPage.map(shown), ...(last && { LastEvaluatedKey: last }) };
    },
    PutItem: (request) => {
      writeOne(request);
      return {};
    },
    UpdateItem: (request) => {
      const { after } = writeOne(request);
      return request.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {};
    },
    BatchGetItem: (request) => {
      const reads: Readonly<Record<string, BatchRead>> = Object(request.RequestItems);
      const read = (table: BatchRead) =>
        table.Keys.flatMap((key) => {
          const item = get(keyOf(key));
          const { ProjectionExpression: shown } = table;
          return item ? [shown === undefined ? item : project(item, shown, bindingsOf(table))] : [];
        });
      const answers = Object.entries(reads).map(([table, each]) => [table, read(each)]);
      return { Responses: Object.fromEntries(answers), UnprocessedKeys: {} };
    },
    BatchWriteItem: ({ RequestItems = {} }) => {
      for (const { PutRequest, DeleteRequest } of Object.values(RequestItems).flat()) {
        if (PutRequest) writeOne(PutRequest);
        if (DeleteRequest) remove(keyOf(DeleteRequest.Key ?? {}));
      }
      return { UnprocessedItems: {} };
    },
    DeleteItem: ({ Key = {} }) => {
      remove(keyOf(Key));
      return {};
    },
    TransactWriteItems: ({ TransactItems = [] }) => {
      const attempts = TransactItems.map(({ Put, Update }) => attempt(Put ?? Update ?? {}));
      const written = attempts.filter((each) => 'key' in each);
      if (written.length < attempts.length) {
        const CancellationReasons = attempts.map((each) =>
          'key' in each ? { Code: 'None' } : { Code: each.refused, ...(each.old && { Item: each.old }) },
        );
        throw new AwsError('TransactionCanceledException', 'cancelled', { details: { CancellationReasons } });
      }
      if (new Set(written.map(({ key }) => key)).size < written.length) {
        throw new AwsError('ValidationException', 'Transaction request cannot include multiple operations on one item');
      }
      for (const each of written) commit(each);
      for (const each of written) tell(each);
      return {};
    },
  };
  return {
    call: async (operation, input) => {
      const run = operations[operation];
      if (!run) throw new Error(`The table in memory does not know ${operation}.`);
      return run(input);
    },
    item: (pk, sk) => get(`${pk}\u0000${sk}`),
    all: () => [...items.values()].flatMap((partition) => [...partition.values()]),
    partition: (pk) => page([...(items.get(pk)?.values() ?? [])], 'sk', {}),
  };
};
