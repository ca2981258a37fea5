import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { physicalName } from '../../../infra/local-aws/template/names.ts';
import { tableResources } from '../support/fixture-assembly.ts';
import { asOperator, startFixture, type FixtureStack, type Json } from '../support/fixture-stack.ts';

/** Says what it got; fails for items that say so. */
const consumer = `
export const handler = async ({ Records }) => {
  console.log(JSON.stringify(Records));
  const bad = Records.filter(({ dynamodb }) => dynamodb.NewImage.kind.S === 'poison');
  return { batchItemFailures: bad.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};
`;

const stream = { 'Fn::GetAtt': ['Table', 'StreamArn'] };
const statements = [
  {
    Effect: 'Allow',
    Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    Resource: stream,
  },
  { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['GivenUp', 'Arn'] } },
];

let stack: FixtureStack;
let table: DynamoDBClient;

beforeAll(async () => {
  stack = await startFixture(
    { Consumer: { code: consumer, statements } },
    {
      ...tableResources,
      GivenUp: { Type: 'AWS::SQS::Queue', Properties: {} },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        DependsOn: ['ConsumerPolicy'],
        Properties: {
          EventSourceArn: stream,
          FunctionName: { Ref: 'Consumer' },
          BatchSize: 10,
          MaximumRetryAttempts: 1,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          StartingPosition: 'LATEST',
          FilterCriteria: {
            Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"NewImage":{"kind":{"S":["good","poison"]}}}}' }],
          },
          DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['GivenUp', 'Arn'] } } },
        },
      },
    },
  );
  table = new DynamoDBClient(asOperator(stack));
});
afterAll(async () => {
  table.destroy();
  await stack.close();
});
beforeEach(() => stack.reset());

const TableName = physicalName('Fixture', 'Table');
const put = (pk: string, kind: string) =>
  table.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, kind: { S: kind } } }));
const batches = (): Json[][] =>
  stack.logs
    .list()
    .filter(({ function: name, line }) => name === 'Consumer' && line.startsWith('['))
    .map(({ line }) => JSON.parse(line));

// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
test('a write comes to the function as a record of AWS’s shape, if the filter lets it pass', async () => {
  await put('a', 'good');
  await put('b', 'other');
  await put('a', 'good');
  await table.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'a' } } }));
  await stack.idle();
  expect(batches().flat()).toEqual([
    {
      eventID: expect.any(String),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: expect.stringMatching(
        /^arn:aws:dynamodb:us-east-1:000000000000:table\/Fixture-Table-\w+\/stream\//,
      ),
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { pk: { S: 'a' } },
        NewImage: { pk: { S: 'a' }, kind: { S: 'good' } },
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    },
  ]);
});

test('a poison record is tried again, then the queue hears where it stood and the records behind it pass', async () => {
  await put('p', 'poison');
  await stack.idle();
  await put('g', 'good');
  await stack.idle();
  expect(batches().map((batch) => batch.map(({ dynamodb }) => dynamodb.Keys.pk.S))).toEqual([['p'], ['p'], ['g']]);
  const messages = stack.services.sqs
    .messages(physicalName('Fixture', 'GivenUp'))
    .map((body): Json => JSON.parse(body));
  expect(messages).toMatchObject([
    { requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } },
  ]);
});

test('a record may come twice', async () => {
  await put('a', 'good');
  await stack.idle();
  stack.redeliver(stack.streamRecords());
  await stack.idle();
  expect(batches()).toHaveLength(2);
});
