import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoPressDirectory, dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import { envNames } from '../../shared/names.ts';
import { required } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);

export const handler = createHandler({
  devices: dynamoPressDirectory(client, tableName),
  alerts: dynamoPressStore(client, tableName),
  now: () => new Date(),
});
