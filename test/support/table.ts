import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoDb } from '../../infra/local-aws/dynamodb/dynamodb.ts';
import { connectDynamoDb } from '../local-aws/support/dynamodb-http.ts';

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

/** The stack's table, empty, behind a real SDK client. */
export const startTable = async () => {
  const tableName = tableDefinition.TableName;
  const database = await createDynamoDb({ now: () => new Date(), onRecord: () => undefined });
  const { client, close } = await connectDynamoDb(database);
  await client.send(new CreateTableCommand(tableDefinition));
  return {
    client,
    tableName,
    stop: async () => {
      await close();
      await database.close();
    },
  };
};
