import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, ListTopicsCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { physicalName } from '../../../infra/local-aws/template/names.ts';
import { tableResources } from '../support/fixture-assembly.ts';
import { asOperator, startFixture, type FixtureStack } from '../support/fixture-stack.ts';

let stack: FixtureStack;
beforeAll(async () => {
  stack = await startFixture({}, tableResources);
});
afterAll(() => stack.close());
beforeEach(() => stack.reset());

const callsOf = (operation: string) => stack.calls.list().filter((call) => call.operation === operation);

describe('faults', () => {
  test('count the SDK’s retries as calls', async () => {
    stack.faults.add({ service: 'dynamodb', operation: 'GetItem', mode: 'throttle', count: 2 });
    const client = new DynamoDBClient({ ...asOperator(stack), maxAttempts: 3 });
    const TableName = physicalName('Fixture', 'Table');
    await client.send(new GetItemCommand({ TableName, Key: { pk: { S: 'x' } } }));
    expect(callsOf('GetItem').map(({ outcome }) => outcome)).toEqual([
      'ThrottlingException',
      'ThrottlingException',
      'ok',
    ]);
  });

  test('that are slow answer later', async () => {
    stack.faults.add({ service: 'sns', operation: 'ListTopics', mode: 'slow', delayMs: 80, count: 1 });
    await new SNSClient(asOperator(stack)).send(new ListTopicsCommand({}));
    expect(callsOf('ListTopics')[0]?.durationMs).toBeGreaterThanOrEqual(79);
  });
});

describe('AWS’s endpoint', () => {
  test('lets the operator do everything', async () => {
    const { TopicArn } = await new SNSClient(asOperator(stack)).send(new CreateTopicCommand({ Name: 'anything' }));
    expect(TopicArn).toBe('arn:aws:sns:us-east-1:000000000000:anything');
    expect(callsOf('CreateTopic')).toMatchObject([
      { function: 'operator', service: 'sns', operation: 'CreateTopic', outcome: 'ok' },
    ]);
  });

  test('knows no other key', async () => {
    const stranger = new SNSClient({
      ...asOperator(stack),
      credentials: { accessKeyId: 'AKIASTRANGER', secretAccessKey: 'any' },
      maxAttempts: 1,
    });
    await expect(stranger.send(new PublishCommand({ Message: 'x' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 403 },
    });
  });
});
