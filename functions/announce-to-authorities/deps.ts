import { randomUUID } from 'node:crypto';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import {
  createLocationConsulateLocator,
  createSearchClient,
} from '../../shared/adapters/location-consulate-locator.ts';
import { linkMaker } from '../../shared/adapters/link-maker.ts';
import { snsOfficeChannel } from '../../shared/adapters/sns-office-channel.ts';
import { createSnsClient } from '../../shared/adapters/sns-client.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { TellOfficesDeps } from '../../shared/telling/to-offices.ts';
import { chooseConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import { envNames } from '../../shared/names.ts';
import { optional, required } from '../../shared/runtime/env.ts';

export const officeTopicArns = (env: NodeJS.ProcessEnv) => ({
  consulatePrefix: required(env, envNames.consulateTopicArnPrefix),
  ministry: required(env, envNames.ministryTopicArn),
});

/** From the environment. The watchman, which sends again, builds the same. */
export const authorityAnnouncementDeps = (env: NodeJS.ProcessEnv): TellOfficesDeps => {
  const dynamo = createDynamoClient();
  const now = () => new Date();
  const tableName = required(env, envNames.table);
  const locator = createLocationConsulateLocator({
    client: createSearchClient(),
    collectionName: required(env, envNames.geofenceCollection),
  });
  const families = dynamoFamilyDirectory(dynamo, tableName);
  return {
    now,
    deliveries: dynamoDeliveryStore(dynamo, tableName, randomUUID),
    families,
    channel: snsOfficeChannel(createSnsClient(), officeTopicArns(env), {
      smsOriginationNumber: optional(env, envNames.smsOriginationNumber),
    }),
    cases: dynamoCaseStore(dynamo, tableName, { alerts: dynamoAlertReader(dynamo, tableName, now), families }),
    linkFor: linkMaker(dynamo, tableName, required(env, envNames.publicUrl), now),
    chooseConsulate: async (facts) => chooseConsulate({ locator, offices: openConsulates }, facts),
    consulateById,
    desk: ministryDesk,
  };
};
