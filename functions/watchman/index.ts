import { randomUUID } from 'node:crypto';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { nearestConsulates } from '../../shared/domain/nearest-consulates.ts';
import { envNames } from '../../shared/env-names.ts';
import { composeReminder } from '../../shared/messages/compose-reminder.ts';
import { required, requiredNumbers } from '../../shared/runtime/env.ts';
import { authorityAnnouncementDeps } from '../announce-to-authorities/deps.ts';
import { familyAnnouncementDeps } from '../announce-to-family/deps.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const now = () => new Date();
const [nextOfficeMinutes = 5, ministryMinutes = 10] = requiredNumbers(process.env, envNames.escalationMinutes);

export const handler = createHandler({
  due: dynamoDueStore(client, tableName, now),
  cases: dynamoCaseStore(client, tableName, {
    alerts: dynamoAlertReader(client, tableName, now),
    families: dynamoFamilyDirectory(client, tableName),
  }),
  checkIns: dynamoCheckInStore(client, tableName, now),
  newId: randomUUID,
  delays: { nextOfficeMs: nextOfficeMinutes * 60_000, ministryMs: ministryMinutes * 60_000 },
  family: {
    ...familyAnnouncementDeps(process.env),
    composeReminder: (facts) =>
      composeReminder({
        ...facts,
        now: now(),
        nearest: (home) => nearestConsulates(home, openConsulates, 1)[0]?.consulate,
      }),
  },
  authorities: authorityAnnouncementDeps(process.env),
});
