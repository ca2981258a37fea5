import { randomUUID } from 'node:crypto';
import { snsAnnouncer } from '../../shared/adapters/sns-announcer.ts';
import { createSnsClient } from '../../shared/adapters/sns-client.ts';
import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/names.ts';
import { composeOfficeTest } from '../../shared/telling/compose-office-test.ts';
import { optional, required } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

const consulateTopicArnPrefix = required(process.env, envNames.consulateTopicArnPrefix);
const ministryTopicArn = required(process.env, envNames.ministryTopicArn);
const smsOriginationNumber = optional(process.env, envNames.smsOriginationNumber);

export const handler = createHandler({
  announcer: snsAnnouncer(createSnsClient(), smsOriginationNumber === undefined ? {} : { smsOriginationNumber }),
  consulateById,
  topicArn: (recipient) =>
    recipient.kind === 'ministry' ? ministryTopicArn : `${consulateTopicArnPrefix}${recipient.consulate.id}`,
  compose: (recipient, test) => composeOfficeTest(recipient, { ...test, desk: ministryDesk }),
  newId: randomUUID,
  now: () => new Date(),
});
