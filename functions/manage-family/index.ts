import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoFamilyAccounts } from '../../shared/adapters/dynamo-family-account.ts';
import { dynamoFamilyPresses } from '../../shared/adapters/dynamo-family-presses.ts';
import { dynamoPinRecord } from '../../shared/adapters/dynamo-pin-attempts.ts';
import { createKmsClient, kmsPinHasher, scryptCostOf } from '../../shared/adapters/kms-pins.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { envNames } from '../../shared/names.ts';
import { required, requiredNumbers } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const now = () => new Date();

export const handler = createHandler({
  accounts: dynamoFamilyAccounts(client, tableName),
  presses: dynamoFamilyPresses(client, tableName, now),
  pins: dynamoPinRecord(client, tableName),
  hasher: kmsPinHasher(
    createKmsClient(),
    required(process.env, envNames.pinKeyArn),
    scryptCostOf(requiredNumbers(process.env, envNames.pinScryptCost)),
  ),
  secrets: nodeSecrets,
  now,
  smsCountries: required(process.env, envNames.smsCountries).split(','),
});
