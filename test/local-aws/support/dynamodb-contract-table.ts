import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  CreateTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  type PutItemCommandOutput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type UpdateItemCommandOutput,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

export const apiReference = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference';
export const developerGuide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';

/** The table under test, with the calls that most tests make. */
export type ContractTable = {
  table: string;
  client: DynamoDBClient;
  put: (item: Item, rest?: Partial<PutItemCommandInput>) => Promise<PutItemCommandOutput>;
  update: (key: Item, expression: string, rest?: Partial<UpdateItemCommandInput>) => Promise<UpdateItemCommandOutput>;
  read: (key: Item) => Promise<Item | undefined>;
};

/** Each test works on its own partition. */
export const newKey = (sk = 'a'): { pk: AttributeValue; sk: AttributeValue } => ({
  pk: { S: randomUUID() },
  sk: { S: sk },
});

/** A new table of ours. Attribute names avoid reserved words, such as `family`, `status`, `bucket` and `list`. */
export const createContractTable = async (client: DynamoDBClient): Promise<ContractTable> => {
  const table = `contract-${randomUUID()}`;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'dueBucket', AttributeType: 'S' },
        { AttributeName: 'dueAt', AttributeType: 'N' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
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
          IndexName: 'by-bucket',
          KeySchema: [{ AttributeName: 'dueBucket', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1 }, { TableName: table });
  return {
    table,
    client,
    put: async (item, rest = {}) => client.send(new PutItemCommand({ TableName: table, Item: item, ...rest })),
    update: async (key, expression, rest = {}) =>
      client.send(new UpdateItemCommand({ TableName: table, Key: key, UpdateExpression: expression, ...rest })),
    read: async (key) =>
      (await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item,
  };
};
