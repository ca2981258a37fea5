import type { AttributeValue, DynamoDBClient, TransactWriteItem, WriteRequest } from '@aws-sdk/client-dynamodb';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { setTimeout } from 'node:timers/promises';
import { inParallel } from '../domain/in-parallel.ts';
import type { IndexName, ItemType } from '../names.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import type { Key } from './dynamo-keys.ts';
import type { Change, Condition, Terms } from './table-expressions.ts';
import { createTerms, toAttributes, updateExpression } from './table-expressions.ts';

/** All that is needed of the client. */
type Client = Pick<DynamoDBClient, 'send'>;

/** An item as it lies in the table, its values those of JavaScript. */
export type Stored = Readonly<Record<string, unknown>>;

/** An item to put: it says what it is. */
export type Item = Stored & Key & { readonly itemType: ItemType };

export type Query = {
  /** Name and value of the partition key. */
  readonly partition: readonly [name: string, value: string];
  /** Of the sort key. `at-most`: up to this value; `between`: from one to another; both inclusive. */
  readonly sort?:
    | readonly [name: string, how: 'begins-with', value: string]
    | readonly [name: string, how: 'between', from: string, to: string]
    | readonly [name: string, how: 'at-most', value: number];
  /** Reads of an index are eventually consistent, and ours hold keys only; those of the table are consistent. */
  readonly index?: IndexName;
  readonly filter?: Condition;
  readonly project?: readonly string[];
  readonly newestFirst?: boolean;
  /** How many items a page has at most. */
  readonly pageSize?: number;
};

/** One part of a transaction. `explain`: a refusal brings the item as it is. */
export type Write =
  | { readonly put: Item; readonly if?: Condition; readonly explain?: boolean }
  | ({ readonly update: Key; readonly explain?: boolean } & Change);

/** What became of a write. `refused`: its condition did not hold. */
export type Outcome = { readonly kind: 'applied' } | { readonly kind: 'refused'; readonly found: Stored | undefined };

/** What became of a transaction. `refused`: by place, the parts whose condition did not hold, with what they found. */
export type TransactionOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly refusals: ReadonlyMap<number, Stored | undefined> };

// What one BatchWriteItem takes, and one BatchGetItem.
const batchSize = 25;
const readBatchSize = 100;
const maximumBatchRounds = 5;

/** Fewer than the SDK's 50 connections. */
const readBatchesAtOnce = 10;

const explaining = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

const updateOf = (tableName: string, key: Key, change: Change, explain: boolean | undefined) => {
  const { terms, aliases } = createTerms();
  return {
    TableName: tableName,
    Key: toAttributes(key),
    UpdateExpression: updateExpression(change, terms),
    ...(change.if && { ConditionExpression: change.if(terms) }),
    ...(explain === true && explaining),
    ...aliases(),
  };
};

const putOf = (tableName: string, item: Stored, condition: Condition | undefined, explain: boolean | undefined) => {
  const { terms, aliases } = createTerms();
  return {
    TableName: tableName,
    Item: toAttributes(item),
    ...(condition && { ConditionExpression: condition(terms) }),
    ...(explain === true && explaining),
    ...aliases(),
  };
};

const sortOf = ({ name, value }: Terms, sort: NonNullable<Query['sort']>): string => {
  const at = name(sort[0]);
  switch (sort[1]) {
    case 'begins-with':
      return `begins_with(${at}, ${value(sort[2])})`;
    case 'between':
      return `${at} BETWEEN ${value(sort[2])} AND ${value(sort[3])}`;
    case 'at-most':
      return `${at} <= ${value(sort[2])}`;
  }
};

const queryOf = (tableName: string, query: Query) => {
  const { partition, sort, index, filter, project, newestFirst, pageSize } = query;
  const { terms, aliases } = createTerms();
  const at = `${terms.name(partition[0])} = ${terms.value(partition[1])}`;
  const within = sort && sortOf(terms, sort);
  return {
    TableName: tableName,
    KeyConditionExpression: within === undefined ? at : `${at} AND ${within}`,
    ...(index === undefined ? { ConsistentRead: true } : { IndexName: index }),
    ...(filter && { FilterExpression: filter(terms) }),
    ...(project && { ProjectionExpression: project.map(terms.name).join(', ') }),
    ...(newestFirst === true && { ScanIndexForward: false }),
    ...(pageSize !== undefined && { Limit: pageSize }),
    ...aliases(),
  };
};

const attempt = async (write: () => Promise<unknown>): Promise<Outcome> => {
  try {
    await retryConflicts(write);
    return { kind: 'applied' };
  } catch (fault) {
    if (!(fault instanceof ConditionalCheckFailedException)) throw fault;
    return { kind: 'refused', found: fault.Item && unmarshall(fault.Item) };
  }
};

/** @throws what another transaction or a limit stood in the way of: that is no refusal */
const refusalsIn = (fault: unknown): ReadonlyMap<number, Stored | undefined> => {
  if (!(fault instanceof TransactionCanceledException)) throw fault;
  const reasons = fault.CancellationReasons ?? [];
  if (!reasons.every(({ Code }) => Code === 'None' || Code === 'ConditionalCheckFailed')) throw fault;
  const refusals = reasons.flatMap(({ Code, Item: found }, place) =>
    Code === 'ConditionalCheckFailed' ? [[place, found && unmarshall(found)] as const] : [],
  );
  return new Map(refusals);
};

const reads = (client: Client, tableName: string) => {
  const pages = async function* (query: Query): AsyncGenerator<readonly Stored[]> {
    const input = queryOf(tableName, query);
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await client.send(new QueryCommand({ ...input, ...(start && { ExclusiveStartKey: start }) }));
      yield (page.Items ?? []).map((item) => unmarshall(item));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  };
  return {
    /** Consistent. @param project paths to read; absent: the whole item */
    get: async (key: Key, project?: readonly string[]): Promise<Stored | undefined> => {
      const { terms, aliases } = createTerms();
      const { Item: found } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: toAttributes(key),
          ConsistentRead: true,
          ...(project && { ProjectionExpression: project.map(terms.name).join(', ') }),
          ...aliases(),
        }),
      );
      return found && unmarshall(found);
    },

    /** What a query finds, page by page, read on as it is used. */
    pages,

    /** All that a query finds. */
    query: async (query: Query): Promise<readonly Stored[]> => (await Array.fromAsync(pages(query))).flat(),

    /** The first of what a query finds, without reading further. */
    first: async (most: number, query: Query): Promise<readonly Stored[]> => {
      for await (const page of pages({ ...query, pageSize: most })) return page;
      return [];
    },
  };
};

const batchReads = (client: Client, tableName: string) => {
  // DynamoDB may leave parts of a batch unread when it is busy, or when they are large.
  const getBatch = async (keys: readonly Key[], shown: object): Promise<readonly Stored[]> => {
    const found: Stored[] = [];
    let open: Record<string, AttributeValue>[] = keys.map(({ pk, sk }) => toAttributes({ pk, sk }));
    for (let round = 1; open.length > 0; round += 1) {
      if (round > maximumBatchRounds) throw new Error('Items of a batch stayed unread.');
      if (round > 1) await setTimeout(50 * 2 ** round * Math.random());
      const answer = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { ...shown, Keys: open } } }),
      );
      found.push(...(answer.Responses?.[tableName] ?? []).map((item) => unmarshall(item)));
      open = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    }
    return found;
  };
  return {
    /** Many items, consistent, in no order and without what is not there. @param keys each once */
    getAll: async (keys: readonly Key[], project: readonly string[]): Promise<readonly Stored[]> => {
      const { terms, aliases } = createTerms();
      const shown = { ProjectionExpression: project.map(terms.name).join(', '), ...aliases(), ConsistentRead: true };
      const parts = Array.from({ length: Math.ceil(keys.length / readBatchSize) }, (_, index) =>
        keys.slice(index * readBatchSize, (index + 1) * readBatchSize),
      );
      return (await inParallel(parts, readBatchesAtOnce, async (part) => getBatch(part, shown))).flat();
    },
  };
};

const writes = (client: Client, tableName: string) => ({
  put: async (item: Item, condition?: Condition, options: { readonly explain?: boolean } = {}) =>
    attempt(async () => client.send(new PutItemCommand(putOf(tableName, item, condition, options.explain)))),

  update: async (key: Key, change: Change & { readonly explain?: boolean }) =>
    attempt(async () => client.send(new UpdateItemCommand(updateOf(tableName, key, change, change.explain)))),

  /** The same, and answers with the item as it is then. */
  updateAndRead: async (
    key: Key,
    change: Change,
  ): Promise<{ readonly kind: 'applied'; readonly now: Stored } | Extract<Outcome, { kind: 'refused' }>> => {
    let now: Stored = {};
    const outcome = await attempt(async () => {
      const command = new UpdateItemCommand({ ...updateOf(tableName, key, change, true), ReturnValues: 'ALL_NEW' });
      now = unmarshall((await client.send(command)).Attributes ?? {});
    });
    return outcome.kind === 'applied' ? { ...outcome, now } : outcome;
  },

  /** All of it or nothing. */
  transact: async (parts: readonly Write[]): Promise<TransactionOutcome> => {
    const items = parts.map((part): TransactWriteItem =>
      'put' in part
        ? { Put: putOf(tableName, part.put, part.if, part.explain) }
        : { Update: updateOf(tableName, part.update, part, part.explain) },
    );
    try {
      await retryConflicts(async () => client.send(new TransactWriteItemsCommand({ TransactItems: items })));
      return { kind: 'applied' };
    } catch (fault) {
      return { kind: 'refused', refusals: refusalsIn(fault) };
    }
  },

  delete: async (key: Key): Promise<void> => {
    await client.send(new DeleteItemCommand({ TableName: tableName, Key: toAttributes(key) }));
  },
});

type BatchPart = Pick<WriteRequest, 'PutRequest' | 'DeleteRequest'>;

const batches = (client: Client, tableName: string) => {
  // DynamoDB may leave parts of a batch undone when it is busy.
  const writeBatch = async (parts: readonly BatchPart[], optional: ReadonlySet<unknown>): Promise<void> => {
    let open: readonly BatchPart[] = parts;
    for (let round = 1; open.length > 0; round += 1) {
      if (round > maximumBatchRounds) throw new Error('Items of a batch stayed unprocessed.');
      if (round > 1) await setTimeout(50 * 2 ** round * Math.random());
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: [...open] } }),
      );
      const left = UnprocessedItems?.[tableName] ?? [];
      open = left.filter(({ PutRequest }) => !optional.has(PutRequest?.Item?.['pk']?.S));
    }
  };
  const writeAll = async (parts: readonly BatchPart[], optional: ReadonlySet<unknown> = new Set()): Promise<void> => {
    for (let start = 0; start < parts.length; start += batchSize) {
      await writeBatch(parts.slice(start, start + batchSize), optional);
    }
  };
  return {
    /** In no order, and not all or nothing. @param optional partitions of which nothing need be written if DynamoDB is busy */
    putAll: async (items: readonly Item[], optional: readonly string[] = []): Promise<void> =>
      writeAll(
        items.map((item) => ({ PutRequest: { Item: toAttributes(item) } })),
        new Set(optional),
      ),

    /** The same. */
    deleteAll: async (keys: readonly Key[]): Promise<void> =>
      writeAll(keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: toAttributes({ pk, sk }) } }))),
  };
};

/**
 * The one way to the table. Values are marshalled here and nowhere else. A write that meets a transaction on the same
 * item is tried again; one whose condition does not hold is an outcome; every other fault is thrown.
 */
export const dynamoTable = (client: Client, tableName: string) => ({
  ...reads(client, tableName),
  ...batchReads(client, tableName),
  ...writes(client, tableName),
  ...batches(client, tableName),
});

export type Table = ReturnType<typeof dynamoTable>;
