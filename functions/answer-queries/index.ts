import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoDeviceDirectory } from '../../shared/adapters/dynamo-press-store.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/env-names.ts';
import { required } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);

export const handler = createHandler({
  devices: dynamoDeviceDirectory(client, tableName),
  alerts: dynamoAlertReader(client, tableName, () => new Date()),
  consulateById,
  openConsulates,
  desk: ministryDesk,
});
