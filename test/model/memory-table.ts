import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { AwsService } from '../../infra/local/aws-service.ts';
import { AwsError } from '../../infra/local/aws-service.ts';
import type { Bindings, Item } from './expressions.ts';
import { apply, hashKeyOf, holds, InvalidPathError, project } from './expressions.ts';

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
  readonly ReturnValues?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly TransactItems?: readonly { readonly Put?: Request; readonly Update?: Request }[];
  readonly RequestItems?: Readonly<
    Record<string, readonly { readonly PutRequest?: { readonly Item: Item }; readonly DeleteRequest?: Request }[]>
  >;
};

const indexes = { due: ['dueBucket', 'dueAt'], office: ['officeId', 'raisedAt'] } as const;
type IndexName = keyof typeof indexes;
const isIndexName = (name: string | undefined): name is IndexName => name === 'due' || name === 'office';

const textOf = (value: AttributeValue | undefined): string | undefined => value?.S ?? value?.N;
const keyOf = (item: Item): string => `${textOf(item['pk']) ?? ''}\u0000${textOf(item['sk']) ?? ''}`;
const keysOf = ({ pk, sk }: Item): Item => ({ ...(pk && { pk }), ...(sk && { sk }) });

const byRange =
  (range: string) =>
  (a: Item, b: Item): number => {
    const [left, right] = [a[range], b[range]];
    if (left?.N !== undefined) return Number(left.N) - Number(right?.N);
    return (left?.S ?? '') < (right?.S ?? '') ? -1 : 1;
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
      const matching = [...(candidates?.values() ?? [])].filter((item) => holds(item, condition, bindings));
      if (!isIndexName(index)) {
        const { FilterExpression: filter, ProjectionExpression: shown } = request;
        const kept = matching.filter((item) => holds(item, filter, bindings)).sort(byRange('sk'));
        return { Items: shown === undefined ? kept : kept.map((item) => project(item, shown, bindings)) };
      }
      const [hashName, range] = indexes[index];
      return {
        Items: matching.sort(byRange(range)).map((item) => ({
          ...keysOf(item),
          [hashName]: item[hashName],
          [range]: item[range],
        })),
      };
    },
    PutItem: (request) => {
      writeOne(request);
      return {};
    },
    UpdateItem: (request) => {
      const { after } = writeOne(request);
      return request.ReturnValues === 'ALL_NEW' ? { Attributes: after } : {};
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
    partition: (pk) => [...(items.get(pk)?.values() ?? [])].sort(byRange('sk')),
  };
};
