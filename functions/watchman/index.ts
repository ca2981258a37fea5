import { randomUUID } from 'node:crypto';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoOfficeReach } from '../../shared/adapters/dynamo-office-reach.ts';
import { dynamoReachStore } from '../../shared/adapters/dynamo-reach-store.ts';
import { createSnsClient } from '../../shared/adapters/sns-client.ts';
import { snsSubscriptionChecks } from '../../shared/adapters/sns-subscriptions.ts';
import { openConsulates } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/names.ts';
import { required, requiredNumbers } from '../../shared/runtime/env.ts';
import { authorityAnnouncementDeps, officeTopicArns } from '../announce-to-authorities/deps.ts';
import { familyAnnouncementDeps } from '../announce-to-family/deps.ts';
import { createHandler } from './handler.ts';

const client = createDynamoClient();
const tableName = required(process.env, envNames.table);
const now = () => new Date();
const sns = createSnsClient();
const families = dynamoFamilyDirectory(client, tableName);
const authorities = authorityAnnouncementDeps(process.env);
const [nextOfficeMinutes = 5, ministryMinutes = 10] = requiredNumbers(process.env, envNames.escalationMinutes);

export const handler = createHandler({
  due: dynamoDueStore(client, tableName, now),
  cases: dynamoCaseStore(client, tableName, {
    alerts: dynamoAlertReader(client, tableName, now),
    families,
  }),
  checkIns: dynamoCheckInStore(client, tableName, now),
  newId: randomUUID,
  delays: { nextOfficeMs: nextOfficeMinutes * 60_000, ministryMs: ministryMinutes * 60_000 },
  family: familyAnnouncementDeps(process.env),
  authorities,
  reach: {
    families,
    now,
    reaches: dynamoReachStore(client, tableName),
    subscriptions: snsSubscriptionChecks(sns, officeTopicArns(process.env)),
    officeReach: dynamoOfficeReach(client, tableName),
    officeIds: ['ministry', ...openConsulates.map(({ id }) => id)],
  },
});
