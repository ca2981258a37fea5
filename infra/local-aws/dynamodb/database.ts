import db, { type CheckedRequest, type Item, type Level } from 'dynalite/db/index.js';

import { type Change, itemPrefix, openStage, type Stage, withPrefix } from './stage.ts';
import { type StreamRecord, streamRecord, type UserIdentity } from './stream-records.ts';
import { type StoredTable, storedTableSchema } from './tables.ts';

const TABLE_PREFIX = 'table~';
const SEQUENCE_KEY = 'sequence';

export type DatabaseOptions = {
  now: () => Date;
  onRecord: (record: StreamRecord) => void;
  region: string;
  /** In memory without it. */
  dataDirectory?: string | undefined;
};

/** Tables and items in one LevelDB, and the one way to change them. */
export type Database = {
  tables: ReadonlyMap<string, StoredTable>;
  /** Runs `work` when all earlier exclusive work has ended. Whatever writes, or reads twice, does it in here. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  stage(request?: CheckedRequest): Stage;
  /** Writes the stages as one, then tells the stream. Only within `exclusive`. */
  commit(stages: Stage[], userIdentity?: UserIdentity): Promise<void>;
  saveTable(stored: StoredTable): Promise<void>;
  /** All items of a table as they are now, in chunks. */
  items(tableName: string): AsyncIterable<Item[]>;
  clearItems(): Promise<void>;
  close(): Promise<void>;
};

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const level = db.create(options.dataDirectory === undefined ? {} : { path: options.dataDirectory }).db;
  await level.open();
  const tables = new Map<string, StoredTable>();
  for await (const values of chunks(level, TABLE_PREFIX)) {
    for (const value of values) {
      const stored = storedTableSchema.parse(JSON.parse(value['json']?.S ?? ''));
      tables.set(stored.table.TableName, stored);
    }
  }
  let sequence = Number(level.getSync(SEQUENCE_KEY)?.['last']?.N ?? 0);
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;

  function exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = tail.then(work);
    tail = result.catch(() => undefined);
    return result;
  }

  function records(changes: Change[], userIdentity: UserIdentity | undefined): StreamRecord[] {
    const now = options.now();
    return changes.flatMap((change) => {
      const record = streamRecord(change, { sequence: sequence + 1, now, region: options.region, userIdentity });
      if (record) sequence += 1;
      return record ?? [];
    });
  }

  async function commit(stages: Stage[], userIdentity?: UserIdentity): Promise<void> {
    const news = records(
      stages.flatMap((stage) => stage.changes),
      userIdentity,
    );
    const batch = stages.flatMap((stage) => stage.batch);
    if (news.length > 0) batch.push({ type: 'put', key: SEQUENCE_KEY, value: { last: { N: String(sequence) } } });
    await level.batch(batch);
    for (const record of news) options.onRecord(record);
  }

  return {
    tables,
    exclusive,
    commit,
    stage: (request) => openStage(level, tables, request),
    saveTable: async (stored) => {
      const key = TABLE_PREFIX + stored.table.TableName;
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
}

async function* chunks(level: Level, prefix: string): AsyncGenerator<Item[]> {
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
