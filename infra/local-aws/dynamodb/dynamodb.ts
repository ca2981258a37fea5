import { AwsError, type AwsService } from '../aws-service.ts';
import { type Database, openDatabase } from './database.ts';
import { prepare, run } from './engine.ts';
import { type CreateTableInput, isOperation, type Operation, parameters, understood } from './parameters.ts';
import type { StreamRecord } from './stream-records.ts';
import { describeTimeToLive, newTable, type StoredTable, withTimeToLive } from './tables.ts';
import { expireItems } from './time-to-live.ts';
import { createTransactions, oldItem, type Transactions } from './transactions.ts';

/**
 * DynamoDB in this process. Inputs and outputs are the documents of its JSON protocol: binary values are base64 and
 * times epoch seconds. Indexes follow at once, where AWS's follow soon.
 */
export type DynamoDb = AwsService & {
  /** Name of a table's partition key; undefined if there is no such table. */
  readonly partitionKeyOf: (tableName: string) => string | undefined;
  /** Deletes all items and keeps the tables; tells the stream nothing. */
  readonly clear: () => Promise<void>;
  /** Deletes the items whose TTL has passed by `now()`, as AWS does within days, and tells the stream. */
  readonly expire: () => Promise<void>;
  /** Waits for what was asked before. */
  readonly close: () => Promise<void>;
};

export type DynamoDbOptions = {
  readonly now: () => Date;
  /** Called after the write is durable, in the order of writes. Must not throw: the write has happened. */
  readonly onRecord: (record: StreamRecord) => void;
  /** Where the data survives a restart; without it, it lives in memory. */
  readonly dataDirectory?: string;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** Twelve digits. @default '000000000000' */
  readonly accountId?: string;
};

type Input = Record<string, unknown>;
type Answer = Record<string, unknown>;
type Context = {
  readonly database: Database;
  readonly transactions: Transactions;
  readonly now: () => Date;
  readonly region: string;
  readonly accountId: string;
};

export const createDynamoDb = async (options: DynamoDbOptions): Promise<DynamoDb> => {
  const { now, onRecord, dataDirectory, region = 'us-east-1', accountId = '000000000000' } = options;
  const database = await openDatabase({ now, onRecord, dataDirectory, region });
  const transactions = createTransactions(database, now);
  const context = { database, transactions, now, region, accountId };
  return {
    understands: parameters,
    call: async (operation, input) => {
      if (isOperation(operation)) return handlers[operation](context, input);
      throw new AwsError(
        'UnsupportedOperationException',
        `The local DynamoDB does not support the operation ${operation}.`,
      );
    },
    partitionKeyOf: (tableName) => database.tables.get(tableName)?.table.KeySchema[0]?.AttributeName,
    clear: () =>
      database.exclusive(async () => {
        transactions.clear();
        await database.clearItems();
      }),
    expire: () => database.exclusive(() => expireItems(database, now())),
    close: () => database.close(),
  };
};

type Handler = (context: Context, input: Input) => Promise<Answer>;

const read =
  (operation: 'GetItem' | 'Query' | 'Scan' | 'BatchGetItem'): Handler =>
  async ({ database }, input) => {
    const request = prepare(operation, understood<Input>(operation, parameters[operation], input));
    return run(operation, database.stage(request).store, request);
  };

const write =
  (operation: 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'BatchWriteItem'): Handler =>
  async ({ database }, input) => {
    const request = prepare(operation, understood<Input>(operation, parameters[operation], input));
    return database.exclusive(async () => {
      const stage = database.stage(request);
      try {
        const output = await run(operation, stage.store, request);
        await database.commit([stage]);
        return output;
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
        const item = oldItem(input['ReturnValuesOnConditionCheckFailure'], stage);
        throw new AwsError(error.code, error.message, { details: item ? { Item: item } : {} });
      }
    });
  };

const createTable = async ({ database, region, accountId, now }: Context, input: CreateTableInput): Promise<Answer> =>
  database.exclusive(async () => {
    if (database.tables.has(input.TableName)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${input.TableName}`);
    }
    const table = newTable(input, { region, accountId, now: now() });
    await database.saveTable({ table });
    return { TableDescription: { ...table, TableStatus: 'CREATING' } };
  });

const describedTable = (database: Database, name: string): StoredTable => {
  const stored = database.tables.get(name);
  if (stored) return stored;
  throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${name} not found`);
};

const handlers: Record<Operation, Handler> = {
  CreateTable: async (context, input) => createTable(context, understood('CreateTable', parameters.CreateTable, input)),
  DescribeTable: async ({ database }, input) => {
    const { TableName: name } = understood('DescribeTable', parameters.DescribeTable, input);
    return { Table: describedTable(database, name).table };
  },
  DescribeTimeToLive: async ({ database }, input) => {
    const { TableName: name } = understood('DescribeTimeToLive', parameters.DescribeTimeToLive, input);
    return describeTimeToLive(describedTable(database, name));
  },
  UpdateTimeToLive: async ({ database }, input) => {
    const update = understood('UpdateTimeToLive', parameters.UpdateTimeToLive, input);
    return database.exclusive(async () => {
      await database.saveTable(withTimeToLive(describedTable(database, update.TableName), update));
      return { TimeToLiveSpecification: update.TimeToLiveSpecification };
    });
  },
  GetItem: read('GetItem'),
  Query: read('Query'),
  Scan: read('Scan'),
  // Under the lock, because it reads several times and shall not see half a transaction.
  BatchGetItem: async (context, input) => context.database.exclusive(() => read('BatchGetItem')(context, input)),
  PutItem: write('PutItem'),
  UpdateItem: write('UpdateItem'),
  DeleteItem: write('DeleteItem'),
  BatchWriteItem: write('BatchWriteItem'),
  TransactGetItems: async ({ transactions }, input) =>
    transactions.get(understood('TransactGetItems', parameters.TransactGetItems, input)),
  TransactWriteItems: async ({ transactions }, input) =>
    transactions.write(understood('TransactWriteItems', parameters.TransactWriteItems, input)),
};
