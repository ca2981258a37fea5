import { randomUUID } from 'node:crypto';
import { snsOfficeChannel } from '../../shared/adapters/sns-office-channel.ts';
import { createSnsClient } from '../../shared/adapters/sns-client.ts';
import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import { envNames } from '../../shared/names.ts';
import { optional, required } from '../../shared/runtime/env.ts';
import { createHandler } from './handler.ts';

export const handler = createHandler({
  channel: snsOfficeChannel(
    createSnsClient(),
    {
      consulatePrefix: required(process.env, envNames.consulateTopicArnPrefix),
      ministry: required(process.env, envNames.ministryTopicArn),
    },
    { smsOriginationNumber: optional(process.env, envNames.smsOriginationNumber) },
  ),
  consulateById,
  desk: ministryDesk,
  newId: randomUUID,
  now: () => new Date(),
});
