import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoClient } from './adapters/dynamo-client.ts';
import { dynamoPressDirectory, dynamoPressStore } from './adapters/dynamo-press-store.ts';
import type { Clock } from './domain/clock.ts';
import { envNames } from './names.ts';
import { required } from './runtime/env.ts';

/** What the press needs, apart from {@link file://./compose.ts}: its function loads nothing else. */
export const composeRaiseAlert = (
  env: NodeJS.ProcessEnv,
  outside: { readonly dynamo?: DynamoDBClient; readonly now?: Clock } = {},
) => {
  const { dynamo = createDynamoClient(), now = () => new Date() } = outside;
  const tableName = required(env, envNames.table);
  return { devices: dynamoPressDirectory(dynamo, tableName), alerts: dynamoPressStore(dynamo, tableName), now };
};
