import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { quietLogger } from './quiet-logger.ts';

/**
 * A client that gives up soon enough to be of use: three tries within some 4 s.
 * `throwOnRequestTimeout` is needed: without it the SDK only warns of a breach.
 */
export const createDynamoClient = (): DynamoDBClient =>
  new DynamoDBClient({
    logger: quietLogger,
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1200, throwOnRequestTimeout: true },
  });
