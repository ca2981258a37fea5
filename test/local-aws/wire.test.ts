import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ForecastGeofenceEventsCommand, ListGeofencesCommand, LocationClient } from '@aws-sdk/client-location';
import {
  GetSMSAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AwsError } from '../../infra/local-aws/aws-service.ts';
import { startHttpServer, type HttpServer } from '../../infra/local-aws/server/http-server.ts';
import { awsJson } from '../../infra/local-aws/wire/aws-json.ts';
import { awsQuery } from '../../infra/local-aws/wire/aws-query.ts';
import { lambdaRest } from '../../infra/local-aws/wire/lambda-rest.ts';
import { locationRest } from '../../infra/local-aws/wire/location-rest.ts';
import type { WireFormat } from '../../infra/local-aws/wire/wire-format.ts';

// The real SDK on the one side, a recorded service on the other.
let server: HttpServer;
let wire: WireFormat;
let answer: () => Record<string, unknown>;
let received: { operation: string; input: unknown };

beforeAll(async () => {
  server = await startHttpServer({
    port: 0,
    now: () => new Date(),
    bodyLimitBytes: 1e6,
    bodyTooLarge: { statusCode: 413, headers: {}, body: '' },
    onFault: () => {},
    answer: async ({ method, path, query, headers, body }) => {
      const single = Object.fromEntries([...headers].map(([name, values]) => [name, values.join(',')]));
      received = wire.decode({ method, path, query, headers: single, body: body.toString() });
      try {
        return wire.encode(received.operation, answer(), 'request-1');
      } catch (error) {
        return wire.encodeError(error as AwsError, 'request-1');
      }
    },
  });
});
afterAll(() => server.close());
beforeEach(() => {
  answer = () => ({});
});

const config = () => ({
  endpoint: `http://127.0.0.1:${server.port}`,
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'local-operator', secretAccessKey: 'x' },
});

describe('DynamoDB', () => {
  beforeEach(() => {
    wire = awsJson({ version: '1.0', errorNamespace: 'com.amazonaws.dynamodb.v20120810' });
  });

  test('carries operation, input and the members of an exception', async () => {
    answer = () => {
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
        details: { Item: { pk: { S: 'old' } } },
      });
    };
    const put = new DynamoDBClient(config()).send(
      new PutItemCommand({ TableName: 'alerts', Item: { pk: { S: 'new' } } }),
    );
    await expect(put).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { pk: { S: 'old' } } });
    expect(received).toEqual({ operation: 'PutItem', input: { TableName: 'alerts', Item: { pk: { S: 'new' } } } });
  });

  test('carries the reasons of a cancelled transaction', async () => {
    const CancellationReasons = [{ Code: 'None' }, { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'x' } } }];
    answer = () => {
      throw new AwsError('TransactionCanceledException', 'Transaction cancelled', { details: { CancellationReasons } });
    };
    const write = new DynamoDBClient(config()).send(new TransactWriteItemsCommand({ TransactItems: [] }));
    await expect(write).rejects.toMatchObject({ name: 'TransactionCanceledException', CancellationReasons });
  });
});

describe('SNS', () => {
  beforeEach(() => {
    wire = awsQuery('http://sns.amazonaws.com/doc/2010-03-31/');
  });

  test('carries maps both ways, and characters that XML reserves', async () => {
    answer = () => ({ MessageId: '<&">ñ' });
    const { MessageId } = await new SNSClient(config()).send(
      new PublishCommand({
        TopicArn: 'arn:t',
        Message: 'línea 1\nlínea 2 & <b>',
        MessageAttributes: {
          type: { DataType: 'String', StringValue: 'alert.raised.v1' },
          bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2]) },
        },
      }),
    );
    expect(MessageId).toBe('<&">ñ');
    expect(received).toEqual({
      operation: 'Publish',
      input: {
        TopicArn: 'arn:t',
        Message: 'línea 1\nlínea 2 & <b>',
        MessageAttributes: {
          type: { DataType: 'String', StringValue: 'alert.raised.v1' },
          bytes: { DataType: 'Binary', BinaryValue: Buffer.from([1, 2]) },
        },
      },
    });
  });

  test('carries attributes of a subscription and the wish for its ARN', async () => {
    await new SNSClient(config()).send(
      new SubscribeCommand({
        TopicArn: 'arn:t',
        Protocol: 'sms',
        Attributes: { FilterPolicy: '{}' },
        ReturnSubscriptionArn: true,
      }),
    );
    expect(received.input).toEqual({
      TopicArn: 'arn:t',
      Protocol: 'sms',
      Attributes: { FilterPolicy: '{}' },
      ReturnSubscriptionArn: true,
    });
  });

  test('answers lists and maps', async () => {
    answer = () => ({ Subscriptions: [{ Endpoint: 'a@b.example' }, { Endpoint: '+1213' }], NextToken: 'more' });
    const list = await new SNSClient(config()).send(new ListSubscriptionsByTopicCommand({ TopicArn: 'arn:t' }));
    expect(list).toMatchObject({
      Subscriptions: [{ Endpoint: 'a@b.example' }, { Endpoint: '+1213' }],
      NextToken: 'more',
    });

    answer = () => ({ Attributes: { DisplayName: 'A & B', Policy: '{"x":"<"}' } });
    const { Attributes } = await new SNSClient(config()).send(new GetTopicAttributesCommand({ TopicArn: 'arn:t' }));
    expect(Attributes).toEqual({ DisplayName: 'A & B', Policy: '{"x":"<"}' });
  });

  test.each([
    ['NotFound', 404, 'NotFoundException'],
    ['AuthorizationError', 403, 'AuthorizationErrorException'],
    ['KMSAccessDenied', 400, 'KMSAccessDeniedException'],
    ['Throttled', 429, 'ThrottledException'],
    ['InvalidParameter', 400, 'InvalidParameterException'],
    ['InternalError', 500, 'InternalErrorException'],
  ])('%s becomes the SDK’s %s %s', async (code, statusCode, name) => {
    answer = () => {
      throw new AwsError(code, 'no', { statusCode });
    };
    const publish = new SNSClient(config()).send(new PublishCommand({ Message: 'x' }));
    await expect(publish).rejects.toMatchObject({ name, $metadata: { httpStatusCode: statusCode } });
  });
});

test('SNS carries attributes that are spelt in lower case', async () => {
  wire = awsQuery('http://sns.amazonaws.com/doc/2010-03-31/');
  answer = () => ({ attributes: { MonthlySpendLimit: '100' } });
  const { attributes } = await new SNSClient(config()).send(
    new GetSMSAttributesCommand({ attributes: ['MonthlySpendLimit'] }),
  );
  expect(attributes).toEqual({ MonthlySpendLimit: '100' });
  expect(received.input).toEqual({ attributes: ['MonthlySpendLimit'] });
});

test('Lambda carries the payload of an invocation as the body, and the account’s limits as JSON', async () => {
  wire = lambdaRest;
  const lambda = new LambdaClient(config());
  answer = () => ({ Payload: '{"told":2}' });
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'send-drill', Payload: '{"a":1}' }));
  expect(Payload?.transformToString()).toBe('{"told":2}');
  expect(received).toEqual({ operation: 'Invoke', input: { FunctionName: 'send-drill', Payload: '{"a":1}' } });
  answer = () => ({ AccountLimit: { ConcurrentExecutions: 1000 } });
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  expect(AccountLimit).toEqual({ ConcurrentExecutions: 1000 });
});

describe('Amazon Location', () => {
  beforeEach(() => {
    wire = locationRest;
  });
  const client = () => new LocationClient({ ...config(), disableHostPrefix: true });

  test('reads the collection from the path', async () => {
    answer = () => ({
      ForecastedEvents: [
        { EventId: '1', GeofenceId: 'houston', IsDeviceInGeofence: false, NearestDistance: 12.5, EventType: 'IDLE' },
      ],
    });
    const forecast = await client().send(
      new ForecastGeofenceEventsCommand({ CollectionName: 'offices', DeviceState: { Position: [-95, 29], Speed: 1 } }),
    );
    expect(forecast.ForecastedEvents?.[0]).toMatchObject({ GeofenceId: 'houston', NearestDistance: 12.5 });
    expect(received).toEqual({
      operation: 'ForecastGeofenceEvents',
      input: { CollectionName: 'offices', DeviceState: { Position: [-95, 29], Speed: 1 } },
    });
  });

  test('answers times and errors as the SDK reads them', async () => {
    const time = new Date('2026-11-22T20:00:00.000Z');
    answer = () => ({
      Entries: [{ GeofenceId: 'a', CreateTime: time, UpdateTime: time, Status: 'ACTIVE', Geometry: {} }],
    });
    const { Entries } = await client().send(new ListGeofencesCommand({ CollectionName: 'offices' }));
    expect(Entries?.[0]?.CreateTime).toEqual(time);

    answer = () => {
      throw new AwsError('ValidationException', 'no', { details: { reason: 'Other', fieldList: [] } });
    };
    await expect(client().send(new ListGeofencesCommand({ CollectionName: 'x' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
