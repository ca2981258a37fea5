import { SNSClient } from '@aws-sdk/client-sns';
import { quietLogger } from './quiet-logger.ts';

/** A client for the consumers: three tries, each at most 5 s, so that a claim's lease of 30 s outlives them. */
export const createSnsClient = (): SNSClient =>
  new SNSClient({
    logger: quietLogger,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true },
  });
