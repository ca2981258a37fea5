import db, {
  type ActionStore,
  type BatchOperation,
  type CheckedRequest,
  type Item,
  type ItemSection,
  type Level,
  type Range,
  type Section,
} from 'dynalite/db/index.js';
import { AwsError } from '../aws-service.ts';
import { itemSizeBytes, maxItemBytes, maxNesting, nestingDepth } from './attribute-value.ts';
import type { StoredTable, Table } from './tables.ts';
import { valueStream } from './value-stream.ts';

/** One item before and after a write; either may be absent. */
export type Change = { table: Table; before: Item | undefined; after: Item | undefined };

/**
 * What one request saw and wants to write. dynalite's actions run on `store`, which reads the database and keeps the
 * writes (items and index entries) back in `batch`, so that a whole transaction is committed as one batch or dropped.
 */
export type Stage = {
  readonly store: ActionStore;
  readonly batch: readonly BatchOperation[];
  readonly changes: readonly Change[];
  /** Items read, by their key in the database, absent ones too. */
  readonly reads: Map<string, Item | undefined>;
};

/** What a request has done so far, and what it works on. */
type Progress = {
  readonly level: Level;
  readonly tables: ReadonlyMap<string, StoredTable>;
  readonly request: CheckedRequest;
  readonly batch: BatchOperation[];
  readonly changes: Change[];
  readonly reads: Map<string, Item | undefined>;
  /** The key of the item read last. */
  itemKey: string;
};

const itemSection = (progress: Progress, tableName: string): ItemSection => {
  const { level, tables, request, batch, changes, reads } = progress;
  const prefix = itemPrefix(tableName);
  const table = tableNamed(tables, tableName);
  const change = (key: string, after: Item | undefined): void => {
    changes.push({ table, before: reads.get(prefix + key), after });
  };
  return {
    lock: (_key, work) => work((callback) => callback),
    get: (key, done) => {
      const item = level.getSync(prefix + key);
      reads.set(prefix + key, item);
      progress.itemKey = key;
      done(undefined, item);
    },
    put: (key, item, done) => {
      checkNewItem(item, table, request['UpdateExpression'] !== undefined);
      change(key, item);
      batch.push({ type: 'put', key: prefix + key, value: item });
      done();
    },
    del: (key, done) => {
      change(key, undefined);
      batch.push({ type: 'del', key: prefix + key });
      done();
    },
    createValueStream: (range) => valueStream(level, withPrefix(prefix, range)),
  };
};

/**
 * An index key of dynalite ends with 24 bits of a hash of the item's key, so that two items can have the same. We
 * append the item's whole key. It is the one read last, since each action reads its item before it touches an index.
 */
const indexSection = (progress: Progress, tableName: string, indexName: string): Section => {
  const { level, tables, request, batch } = progress;
  const prefix = indexPrefix(tableName, indexName);
  return {
    put: (key, item, done) => {
      batch.push({ type: 'put', key: `${prefix}${key}/${progress.itemKey}`, value: item });
      done();
    },
    del: (key, done) => {
      batch.push({ type: 'del', key: `${prefix}${key}/${progress.itemKey}` });
      done();
    },
    createValueStream: (range) =>
      valueStream(level, withPrefix(prefix, afterStartKey(range, tableNamed(tables, tableName), request))),
  };
};

/**
 * `request` is needed by searches only: where an index page starts. Reads are synchronous, hence so is every write
 * action, and what an action throws reaches its caller instead of ending the process.
 */
export const openStage = (
  level: Level,
  tables: ReadonlyMap<string, StoredTable>,
  request: CheckedRequest = {},
): Stage => {
  const progress: Progress = { level, tables, request, batch: [], changes: [], reads: new Map(), itemKey: '' };
  const { batch, changes, reads } = progress;
  const store: ActionStore = {
    options: { maxItemSize: maxItemBytes },
    getTable: (name, ...rest) => {
      const done = rest.length === 2 ? rest[1] : rest[0];
      done(undefined, tableNamed(tables, name));
    },
    getItemDb: (tableName) => itemSection(progress, tableName),
    getIndexDb: (_type, tableName, indexName) => indexSection(progress, tableName, indexName),
  };
  return { store, batch, changes, reads };
};

export const itemPrefix = (tableName: string): string => `item~${tableName}~`;
const indexPrefix = (tableName: string, indexName: string): string => `index~${tableName}~${indexName}~`;

/** Throws ResourceNotFoundException as item operations word it. */
const tableNamed = (tables: ReadonlyMap<string, StoredTable>, name: string): Table => {
  const stored = tables.get(name);
  if (!stored) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  return stored.table;
};

export const withPrefix = (prefix: string, range: Range): Range => {
  const { gt, gte, lt, lte, ...rest } = range;
  return {
    ...rest,
    ...(gt === undefined ? { gte: prefix + (gte ?? '') } : { gt: prefix + gt }),
    ...(lte === undefined ? { lt: prefix + (lt ?? '\xFF') } : { lte: prefix + lte }),
  };
};

/** Makes the page's start, which dynalite sets as the bound in reading direction, as long as our index keys. */
const afterStartKey = (range: Range, table: Table, request: CheckedRequest): Range => {
  const start = request['ExclusiveStartKey'];
  if (!isItem(start)) return range;
  const suffix = `/${db.createKey(start, table)}`;
  if (range.reverse) return { ...range, ...(range.lt !== undefined && { lt: range.lt + suffix }) };
  return { ...range, ...(range.gt !== undefined && { gt: range.gt + suffix }) };
};

/** dynalite has checked by now that the key's members are attribute values. */
const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;

/** What dynalite does not check, or counts in characters instead of bytes. */
const checkNewItem = (item: Item, table: Table, isUpdate: boolean): void => {
  if (itemSizeBytes(item) > maxItemBytes) {
    throw invalid(`Item size ${isUpdate ? 'to update ' : ''}has exceeded the maximum allowed size`);
  }
  if (nestingDepth(item) > maxNesting) throw invalid('Nesting Levels have exceeded supported limits');
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    for (const { AttributeName: name } of index.KeySchema) {
      if (item[name]?.S === '' || item[name]?.B === '') {
        throw invalid(
          'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
            `The AttributeValue for a key attribute cannot contain an empty ${item[name].S === '' ? 'string' : 'binary'} value. ` +
            `IndexName: ${index.IndexName}, IndexKey: ${name}`,
        );
      }
    }
  }
};

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
