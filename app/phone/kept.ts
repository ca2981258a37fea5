/*
 * All that the app keeps on the phone, in one IndexedDB store: what the phone is (`phone`) and what waits (`queue`).
 * Tabs and the service worker share it.
 */

const databaseName = 'alert-button';
const storeName = 'kept';

const answerOf = async <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('storage failed')));
  });

const opened = async (): Promise<IDBDatabase> => {
  const request = indexedDB.open(databaseName, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName));
  const database = await answerOf(request);
  // Another tab erases everything: it must not wait for this one.
  database.addEventListener('versionchange', () => database.close());
  return database;
};

let database: Promise<IDBDatabase> | undefined;

const connected = async (): Promise<IDBDatabase> => {
  database ??= opened();
  try {
    const current = await database;
    // A connection that the browser has closed meanwhile throws here.
    current.transaction(storeName);
    return current;
  } catch {
    database = opened();
    return database;
  }
};

/**
 * A phone whose storage hangs must not hold up a press. Reading may take longer: what is not read yet must not look as
 * if it were not there, and a cheap phone that has just started is slow.
 */
const patience = { write: 3000, read: 15_000 };

const within = async <Result>(milliseconds: number, work: Promise<Result>): Promise<Result> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('storage is slow')), milliseconds);
    }),
  ]);

/** What is kept under a key. */
export const readKept = async (key: 'phone' | 'queue'): Promise<unknown> =>
  within(
    patience.read,
    (async () => {
      const transaction = (await connected()).transaction(storeName, 'readonly');
      return answerOf<unknown>(transaction.objectStore(storeName).get(key));
    })(),
  );

/** Changes what is kept under a key, as one step; resolves when it is on the disk. */
export const changeKept = async <Value>(key: 'phone' | 'queue', change: (before: unknown) => Value): Promise<Value> =>
  within(
    patience.write,
    (async () => {
      const transaction = (await connected()).transaction(storeName, 'readwrite', { durability: 'strict' });
      const done = new Promise<void>((resolve, reject) => {
        transaction.addEventListener('complete', () => resolve());
        transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('storage failed')));
      });
      const store = transaction.objectStore(storeName);
      const value = change(await answerOf<unknown>(store.get(key)));
      store.put(value, key);
      await done;
      return value;
    })(),
  );

/** Erases everything that the app has kept on this phone, its files aside. */
export const eraseKept = async (): Promise<void> => {
  (await connected()).close();
  database = undefined;
  await answerOf(indexedDB.deleteDatabase(databaseName));
};
