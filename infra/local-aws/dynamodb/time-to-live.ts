import type { Item } from 'dynalite/db/index.js';
import type { Database } from './database.ts';
import { prepare, run } from './engine.ts';
import type { Stage } from './stage.ts';
import type { StoredTable } from './tables.ts';

const fiveYearsSeconds = 5 * 365 * 24 * 3600;

/**
 * Deletes what has expired, as one batch. The caller holds the lock.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html
 */
export const expireItems = async (database: Database, now: Date): Promise<void> => {
  const stages: Stage[] = [];
  for (const stored of database.tables.values()) {
    for await (const items of database.items(stored.table.TableName)) {
      for (const item of items) {
        if (hasExpired(item, stored, now)) stages.push(await deletion(database, item, stored));
      }
    }
  }
  if (stages.length === 0) return;
  await database.commit(stages, { type: 'Service', principalId: 'dynamodb.amazonaws.com' });
};

/** AWS leaves alone what is not a number, and what expired over five years ago (most likely not seconds at all). */
const hasExpired = (item: Item, { timeToLive }: StoredTable, now: Date): boolean => {
  const expiresAt = timeToLive === undefined ? undefined : item[timeToLive]?.N;
  if (expiresAt === undefined) return false;
  const ageSeconds = now.getTime() / 1000 - Number(expiresAt);
  return ageSeconds > 0 && ageSeconds <= fiveYearsSeconds;
};

const deletion = async (database: Database, item: Item, { table }: StoredTable): Promise<Stage> => {
  const names = new Set(table.KeySchema.map((key) => key.AttributeName));
  const key = Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
  const request = prepare('DeleteItem', { TableName: table.TableName, Key: key });
  const stage = database.stage(request);
  await run('DeleteItem', stage.store, request);
  return stage;
};
