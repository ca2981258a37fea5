import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { createKmsClient, kmsPinHasher, scryptCostOf } from '../../shared/adapters/kms-pins.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { envNames } from '../../shared/names.ts';
import { optional, required, requiredNumbers } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  families: dynamoFamilyRegister(createDynamoClient(), required(process.env, envNames.table)),
  secrets: nodeSecrets,
  pinHasher: kmsPinHasher(
    createKmsClient(),
    required(process.env, envNames.pinKeyArn),
    scryptCostOf(requiredNumbers(process.env, envNames.pinScryptCost)),
  ),
  now: () => new Date(),
  registrationCodeHash: optional(process.env, envNames.registrationCodeHash),
  smsCountries: required(process.env, envNames.smsCountries).split(','),
});
