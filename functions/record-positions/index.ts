import { randomUUID } from 'node:crypto';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoDeviceDirectory } from '../../shared/adapters/dynamo-press-store.ts';
import { dynamoTrack } from '../../shared/adapters/dynamo-track.ts';
import {
  createLocationConsulateLocator,
  createSearchClient,
} from '../../shared/adapters/location-consulate-locator.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { chooseConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import { envNames } from '../../shared/names.ts';
import { required, requiredNumbers } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const now = () => new Date();
const [retentionDays = 30] = requiredNumbers(process.env, envNames.retentionDays);
const retentionMs = retentionDays * 24 * 60 * 60 * 1000;
const locator = createLocationConsulateLocator({
  client: createSearchClient(),
  collectionName: required(process.env, envNames.geofenceCollection),
});

export const handler = createHandler({
  now,
  newId: randomUUID,
  devices: dynamoDeviceDirectory(client, tableName),
  alerts: dynamoAlertReader(client, tableName, now),
  cases: dynamoCaseStore(client, tableName, {
    alerts: dynamoAlertReader(client, tableName, now),
    families: dynamoFamilyDirectory(client, tableName),
  }),
  track: dynamoTrack(client, tableName, { now, retentionMs }),
  retentionMs,
  chooseConsulate: async (facts) => chooseConsulate({ locator, offices: openConsulates }, facts),
});
