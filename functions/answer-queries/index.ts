import openApi from '../../docs/openapi.json' with { type: 'json' };
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoFamilyAccounts } from '../../shared/adapters/dynamo-family-account.ts';
import { dynamoLinkOpenings } from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoPressHistory } from '../../shared/adapters/dynamo-press-history.ts';
import { dynamoDeviceDirectory } from '../../shared/adapters/dynamo-press-store.ts';
import { dynamoReachStore } from '../../shared/adapters/dynamo-reach-store.ts';
import { createSnsClient } from '../../shared/adapters/sns-client.ts';
import { snsSubscriptionReader } from '../../shared/adapters/sns-subscriptions.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/names.ts';
import { required } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const now = () => new Date();

export const handler = createHandler({
  devices: dynamoDeviceDirectory(client, tableName),
  alerts: dynamoAlertReader(client, tableName, now),
  accounts: dynamoFamilyAccounts(client, tableName),
  presses: dynamoPressHistory(client, tableName),
  openings: dynamoLinkOpenings(client, tableName),
  subscriptions: snsSubscriptionReader(createSnsClient()),
  reaches: dynamoReachStore(client, tableName),
  consulateById,
  openConsulates,
  desk: ministryDesk,
  openApi,
  now,
});
