import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoPinRecord } from '../../shared/adapters/dynamo-pin-attempts.ts';
import { dynamoPressHistory } from '../../shared/adapters/dynamo-press-history.ts';
import { dynamoDeviceDirectory } from '../../shared/adapters/dynamo-press-store.ts';
import { createKmsClient, kmsPinHasher, scryptCostOf } from '../../shared/adapters/kms-pins.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { envNames } from '../../shared/names.ts';
import { required, requiredNumbers } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const now = () => new Date();
const [retentionDays = 30] = requiredNumbers(process.env, envNames.retentionDays);

export const handler = createHandler({
  devices: dynamoDeviceDirectory(client, tableName),
  families: dynamoFamilyDirectory(client, tableName),
  presses: dynamoPressHistory(client, tableName),
  checkIns: dynamoCheckInStore(client, tableName, now),
  pins: dynamoPinRecord(client, tableName),
  hasher: kmsPinHasher(
    createKmsClient(),
    required(process.env, envNames.pinKeyArn),
    scryptCostOf(requiredNumbers(process.env, envNames.pinScryptCost)),
  ),
  now,
  newId: () => nodeSecrets.newId(),
  retentionMs: retentionDays * 24 * 60 * 60 * 1000,
});
