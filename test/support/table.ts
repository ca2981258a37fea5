import { type CreateTableCommandInput, CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { createDynamoDb } from '../../infra/local-aws/dynamodb/dynamodb.ts';
import { dynamoDbClient } from '../local-aws/support/dynamodb-client.ts';

/** Its keys and index are checked against the template in test/infra. */
export const tableDefinition = {
  TableName: 'alerts',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
    { AttributeName: 'dueBucket', AttributeType: 'S' },
    { AttributeName: 'dueAt', AttributeType: 'N' },
    { AttributeName: 'officeId', AttributeType: 'S' },
    { AttributeName: 'raisedAt', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'due',
      KeySchema: [
        { AttributeName: 'dueBucket', KeyType: 'HASH' },
        { AttributeName: 'dueAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
    {
      IndexName: 'office',
      KeySchema: [
        { AttributeName: 'officeId', KeyType: 'HASH' },
        { AttributeName: 'raisedAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
} satisfies CreateTableCommandInput;

/** Of `npm run test:dynamodb-local`: where DynamoDB Local is, and the table of the synthesised template. */
export type Judge = { readonly url: string; readonly table: Omit<CreateTableCommandInput, 'TableName'> };

/** @throws {Error} outside of `npm run test:dynamodb-local` */
export const judgeOfRun = (): Judge => {
  const given = process.env['DYNAMODB_LOCAL'];
  if (given === undefined) throw new Error('npm run test:dynamodb-local runs this.');
  return JSON.parse(given) as Judge;
};

/** A client with a database of its own: DynamoDB Local keeps one for each access key. */
export const judgeClient = ({ url }: Judge): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: randomUUID().replaceAll('-', ''), secretAccessKey: 'local' },
    maxAttempts: 1,
  });

const startJudged = async () => {
  const judge = judgeOfRun();
  const client = judgeClient(judge);
  const { TableName: tableName } = tableDefinition;
  await client.send(new CreateTableCommand({ ...judge.table, TableName: tableName }));
  return {
    client,
    tableName,
    stop: async () => {
      client.destroy();
    },
  };
};

/** The stack's table, empty, behind a real SDK client. */
export const startTable = async () => {
  if (process.env['DYNAMODB_LOCAL'] !== undefined) return startJudged();
  const tableName = tableDefinition.TableName;
  const database = await createDynamoDb({ now: () => new Date(), onRecord: () => undefined });
  const client = dynamoDbClient(database);
  await client.send(new CreateTableCommand(tableDefinition));
  return {
    client,
    tableName,
    stop: async () => {
      client.destroy();
      await database.close();
    },
  };
};

/** The same for the tests of a file, or of a part of it. */
export const tableOfTests = () => {
  let table: Awaited<ReturnType<typeof startTable>>;
  beforeAll(async () => {
    table = await startTable();
  });
  afterAll(async () => table.stop());
  return {
    tableName: tableDefinition.TableName,
    get client() {
      return table.client;
    },
  };
};
