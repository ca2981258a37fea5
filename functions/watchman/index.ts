import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { envNames } from '../../shared/env-names.ts';
import { required } from '../../shared/runtime/env.ts';
import { authorityAnnouncementDeps } from '../announce-to-authorities/deps.ts';
import { familyAnnouncementDeps } from '../announce-to-family/deps.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  due: dynamoDueStore(createDynamoClient(), required(process.env, envNames.table), () => new Date()),
  family: familyAnnouncementDeps(process.env),
  authorities: authorityAnnouncementDeps(process.env),
});
