import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoPinRecord } from '../../shared/adapters/dynamo-pin-attempts.ts';
import { dynamoDeviceDirectory } from '../../shared/adapters/dynamo-press-store.ts';
import { createKmsClient, kmsPinHasher, scryptCostOf } from '../../shared/adapters/kms-pins.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/names.ts';
import { required, requiredNumbers } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const now = () => new Date();
const [retentionDays = 30] = requiredNumbers(process.env, envNames.retentionDays);

const alerts = dynamoAlertReader(client, tableName, now);
const families = dynamoFamilyDirectory(client, tableName);

export const handler = createHandler({
  devices: dynamoDeviceDirectory(client, tableName),
  alerts,
  families,
  cases: dynamoCaseStore(client, tableName, { alerts, families }),
  pins: dynamoPinRecord(client, tableName),
  hasher: kmsPinHasher(
    createKmsClient(),
    required(process.env, envNames.pinKeyArn),
    scryptCostOf(requiredNumbers(process.env, envNames.pinScryptCost)),
  ),
  openConsulates,
  consulateById,
  desk: ministryDesk,
  now,
  newId: () => nodeSecrets.newId(),
  retentionMs: retentionDays * 24 * 60 * 60 * 1000,
});
