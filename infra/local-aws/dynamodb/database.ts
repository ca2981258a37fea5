import db, { type CheckedRequest, type Item, type Level } from 'dynalite/db/index.js';
import { type Change, itemPrefix, openStage, type Stage, withPrefix } from './stage.ts';
import { type StreamRecord, streamRecord, type UserIdentity } from './stream-records.ts';
import { type StoredTable, storedTableSchema } from './tables.ts';

const tablePrefix = 'table~';
const sequenceKey = 'sequence';

export type DatabaseOptions = {
  readonly now: () => Date;
  readonly onRecord: (record: StreamRecord) => void;
  readonly region: string;
  /** In memory without it. */
  readonly dataDirectory?: string | undefined;
};

/** Tables and items in one LevelDB, and the one way to change them. */
export type Database = {
  readonly tables: ReadonlyMap<string, StoredTable>;
  /** Runs `work` when all earlier exclusive work has ended. Whatever writes, or reads twice, does it in here. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  readonly stage: (request?: CheckedRequest) => Stage;
  /** Writes the stages as one, then tells the stream. Only within `exclusive`. */
  readonly commit: (stages: readonly Stage[], userIdentity?: UserIdentity) => Promise<void>;
  readonly saveTable: (stored: StoredTable) => Promise<void>;
  /** All items of a table as they are now, in chunks. */
  readonly items: (tableName: string) => AsyncIterable<readonly Item[]>;
  readonly clearItems: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const level = db.create(options.dataDirectory === undefined ? {} : { path: options.dataDirectory }).db;
  await level.open();
  const tables = new Map<string, StoredTable>();
  for await (const values of chunks(level, tablePrefix)) {
    for (const value of values) {
      const stored = storedTableSchema.parse(JSON.parse(value['json']?.S ?? ''));
      tables.set(stored.table.TableName, stored);
    }
  }
  let sequence = Number(level.getSync(sequenceKey)?.['last']?.N ?? 0);
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;

  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  };

  const records = (changes: readonly Change[], userIdentity: UserIdentity | undefined): readonly StreamRecord[] => {
    const now = options.now();
    return changes.flatMap((change) => {
      const record = streamRecord(change, { sequence: sequence + 1, now, region: options.region, userIdentity });
      if (record) sequence += 1;
      return record ?? [];
    });
  };

  const commit = async (stages: readonly Stage[], userIdentity?: UserIdentity): Promise<void> => {
    const news = records(
      stages.flatMap((stage) => stage.changes),
      userIdentity,
    );
    const batch = stages.flatMap((stage) => stage.batch);
    if (news.length > 0) batch.push({ type: 'put', key: sequenceKey, value: { last: { N: String(sequence) } } });
    await level.batch(batch);
    for (const record of news) options.onRecord(record);
  };

  return {
    tables,
    exclusive,
    commit,
    stage: (request) => openStage(level, tables, request),
    saveTable: async (stored) => {
      const key = tablePrefix + stored.table.TableName;
      await level.batch([{ type: 'put', key, value: { json: { S: JSON.stringify(stored) } } }]);
      tables.set(stored.table.TableName, stored);
    },
    items: (tableName) => chunks(level, itemPrefix(tableName)),
    clearItems: async () => {
      await level.clear(withPrefix('item~', {}));
      await level.clear(withPrefix('index~', {}));
    },
    close: async () => {
      if (closed) return;
      closed = true;
      await exclusive(() => level.close());
    },
  };
};

async function* chunks(level: Level, prefix: string): AsyncGenerator<readonly Item[]> {
  const iterator = level.values(withPrefix(prefix, {}));
  try {
    let values = await iterator.nextv(100);
    while (values.length > 0) {
      yield values;
      values = await iterator.nextv(100);
    }
  } finally {
    await iterator.close();
  }
}
