import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describeDynamoDbContract } from '../local-aws/support/dynamodb-contract.ts';

// CONTRACT_ENDPOINT comes from rehearse.ts, which also trusts the endpoint's certificate for this process.
describeDynamoDbContract('ministack', async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const endpoint = process.env['CONTRACT_ENDPOINT']!;
  return new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
});
