import { randomUUID } from 'node:crypto';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoOpenCases } from '../../shared/adapters/dynamo-open-cases.ts';
import { dynamoTrackReader } from '../../shared/adapters/dynamo-track.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/names.ts';
import { composeRights } from '../../shared/telling/compose-rights.ts';
import { required, requiredNumbers } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const now = () => new Date();
const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const [retentionDays = 0] = requiredNumbers(process.env, envNames.retentionDays);

export const handler = createHandler({
  links: dynamoLinkStore(client, tableName, { ...nodeSecrets, now }),
  cases: dynamoCaseStore(client, tableName, {
    alerts: dynamoAlertReader(client, tableName, now),
    families: dynamoFamilyDirectory(client, tableName),
  }),
  track: dynamoTrackReader(client, tableName, now),
  openCases: dynamoOpenCases(client, tableName),
  openConsulates,
  openConsulateById: (id) => openConsulates.find((office) => office.id === id),
  consulateById,
  desk: ministryDesk,
  rights: (language) => composeRights(language, ministryDesk),
  retentionMs: retentionDays * 24 * 60 * 60 * 1000,
  now,
  newId: randomUUID,
});
