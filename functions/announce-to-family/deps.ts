import { randomUUID } from 'node:crypto';
import { createDynamoClient } from '../../shared/adapters/dynamo-client.ts';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoFamilyEraser } from '../../shared/adapters/dynamo-family-eraser.ts';
import { dynamoFamilyPresses } from '../../shared/adapters/dynamo-family-presses.ts';
import { dynamoReachStore } from '../../shared/adapters/dynamo-reach-store.ts';
import { linkMaker } from '../../shared/adapters/link-maker.ts';
import { createSnsClient } from '../../shared/adapters/sns-client.ts';
import { snsFamilyChannel } from '../../shared/adapters/sns-family-channel.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { FamilyChangeDeps } from '../../shared/telling/family-changes.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { envNames } from '../../shared/names.ts';
import { optional, required } from '../../shared/runtime/env.ts';

/** From the environment. The watchman, which sends again, builds the same. */
export const familyAnnouncementDeps = (env: NodeJS.ProcessEnv): FamilyChangeDeps => {
  const dynamo = createDynamoClient();
  const sns = createSnsClient();
  const now = () => new Date();
  const tableName = required(env, envNames.table);
  const smsOriginationNumber = optional(env, envNames.smsOriginationNumber);
  const sms = smsOriginationNumber === undefined ? {} : { smsOriginationNumber };
  const families = dynamoFamilyDirectory(dynamo, tableName);
  return {
    now,
    deliveries: dynamoDeliveryStore(dynamo, tableName, randomUUID),
    families,
    channel: snsFamilyChannel(sns, {
      ...sms,
      arnPrefix: required(env, envNames.familyTopicArnPrefix),
      keyArn: required(env, envNames.topicKeyArn),
      now,
    }),
    reaches: dynamoReachStore(dynamo, tableName),
    consulateById,
    nearestConsulate: (position) => nearestConsulates(position, openConsulates, 1)[0]?.consulate,
    cases: dynamoCaseStore(dynamo, tableName, { alerts: dynamoAlertReader(dynamo, tableName, now), families }),
    linkFor: linkMaker(dynamo, tableName, required(env, envNames.publicUrl), now),
    presses: dynamoFamilyPresses(dynamo, tableName, now),
    eraser: dynamoFamilyEraser(dynamo, tableName),
    desk: ministryDesk,
    ...sms,
  };
};
