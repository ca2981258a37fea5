import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * A client that gives up soon enough to be of use: three tries within some 4 s.
 * `throwOnRequestTimeout` is needed: without it the SDK only warns of a breach.
 */
export const createDynamoClient = (): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 500, requestTimeout: 1200, throwOnRequestTimeout: true },
  });
