import { randomUUID } from 'node:crypto';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import {
  createLocationConsulateLocator,
  createSearchClient,
} from '../../shared/adapters/location-consulate-locator.ts';
import { snsAnnouncer } from '../../shared/adapters/sns-announcer.ts';
import { createSnsClient } from '../../shared/adapters/sns-client.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { AuthorityAnnouncementDeps } from '../../shared/domain/announce-to-authorities.ts';
import { chooseConsulate } from '../../shared/domain/choose-consulate.ts';
import { envNames } from '../../shared/env-names.ts';
import { composeEscalatedForAuthority } from '../../shared/messages/compose-escalated-for-authority.ts';
import { composeRaisedForAuthority } from '../../shared/messages/compose-raised-for-authority.ts';
import { optional, required } from '../../shared/runtime/env.ts';

/** What telling offices and the ministry needs, from the environment; the watchman, who re-sends, builds the same. */
export const authorityAnnouncementDeps = (env: NodeJS.ProcessEnv): AuthorityAnnouncementDeps => {
  const dynamo = createDynamoClient();
  const now = () => new Date();
  const tableName = required(env, envNames.table);
  const consulateTopicArnPrefix = required(env, envNames.consulateTopicArnPrefix);
  const smsOriginationNumber = optional(env, envNames.smsOriginationNumber);
  const locator = createLocationConsulateLocator({
    client: createSearchClient(),
    collectionName: required(env, envNames.geofenceCollection),
  });
  return {
    now,
    deliveries: dynamoDeliveryStore(dynamo, tableName, randomUUID),
    families: dynamoFamilyDirectory(dynamo, tableName),
    announcer: snsAnnouncer(createSnsClient(), smsOriginationNumber === undefined ? {} : { smsOriginationNumber }),
    alerts: dynamoAlertReader(dynamo, tableName, now),
    chooseConsulate: async (facts) => chooseConsulate({ locator, offices: openConsulates }, facts),
    consulateById,
    consulateTopicArn: (consulateId) => `${consulateTopicArnPrefix}${consulateId}`,
    ministryTopicArn: required(env, envNames.ministryTopicArn),
    composeEscalated: (recipient, facts) =>
      composeEscalatedForAuthority(recipient, { ...facts, desk: ministryDesk, now: now() }),
    composeRaised: (recipient, facts) =>
      composeRaisedForAuthority(recipient, { ...facts, desk: ministryDesk, now: now() }),
  };
};
