import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../infra/local-aws/dynamodb/dynamodb.ts';
import type { StreamRecord } from '../../infra/local-aws/dynamodb/stream-records.ts';

const START = Date.parse('2026-11-22T12:00:00.500Z');
const hourSeconds = 3600;
const epoch = (secondsFromStart: number): { N: string } => ({ N: String(Math.floor(START / 1000) + secondsFromStart) });

describe('the local table stream', () => {
  let time = START;
  let records: StreamRecord[] = [];
  let dynamoDb: DynamoDb;
  const put = async (item: Record<string, unknown>, table = 'things') =>
    dynamoDb.call('PutItem', { TableName: table, Item: { pk: { S: 'p' }, ...item } });
  const update = async (id: string, UpdateExpression: string, values: Record<string, unknown>) =>
    dynamoDb.call('UpdateItem', {
      TableName: 'things',
      Key: { pk: { S: 'p' }, sk: { S: id } },
      UpdateExpression,
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
    });
  const create = async (table: string, rest: object) =>
    dynamoDb.call('CreateTable', {
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      ...rest,
    });

  beforeEach(async () => {
    time = START;
    records = [];
    dynamoDb = await createDynamoDb({ now: () => new Date(time), onRecord: (record) => void records.push(record) });
    await create('things', { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } });
  });
  afterEach(async () => dynamoDb.close());

  it('tells of a new, a changed and a deleted item in the shape Lambda gives', async () => {
    await put({ sk: { S: 'a' }, n: { N: '1' } });
    await update('a', 'SET n = :n', { ':n': { N: '2.0' } });
    await dynamoDb.call('DeleteItem', { TableName: 'things', Key: { pk: { S: 'p' }, sk: { S: 'a' } } });

    const Keys = { pk: { S: 'p' }, sk: { S: 'a' } };
    const [one, two] = [
      { ...Keys, n: { N: '1' } },
      { ...Keys, n: { N: '2' } },
    ];
    const common = {
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
    };
    const change = {
      ApproximateCreationDateTime: Math.floor(START / 1000),
      Keys,
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    };
    // Keys 6 bytes; the images 9 each: 'pk' + 'p' + 'sk' + 'a' + 'n' + number of one digit (2).
    expect(records).toEqual([
      { ...common, eventName: 'INSERT', dynamodb: { ...change, NewImage: one, SizeBytes: 15 } },
      { ...common, eventName: 'MODIFY', dynamodb: { ...change, OldImage: one, NewImage: two, SizeBytes: 24 } },
      { ...common, eventName: 'REMOVE', dynamodb: { ...change, OldImage: two, SizeBytes: 15 } },
    ]);
    const sequence = records.map((record) => record.dynamodb.SequenceNumber);
    expect(sequence).toEqual([...new Set(sequence)].toSorted());
  });

  it('says nothing of writes that change nothing or are refused', async () => {
    await put({ sk: { S: 'a' }, tags: { SS: ['x', 'y'] }, map: { M: { a: { N: '1' }, b: { N: '2' } } } });
    await put({ sk: { S: 'a' }, map: { M: { b: { N: '2.0' }, a: { N: '1' } } }, tags: { SS: ['y', 'x'] } });
    await update('a', 'SET tags = :tags', { ':tags': { SS: ['y', 'x'] } });
    await dynamoDb.call('DeleteItem', { TableName: 'things', Key: { pk: { S: 'p' }, sk: { S: 'none' } } });
    const refused = { TableName: 'things', Item: { pk: { S: 'p' }, sk: { S: 'a' } } };
    const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(dynamoDb.call('PutItem', { ...refused, ...absent })).rejects.toMatchObject({
      code: 'ConditionalCheckFailedException',
    });
    expect(records.map((record) => record.eventName)).toEqual(['INSERT']);
  });

  it('says nothing of tables without a stream, nor of clearing', async () => {
    await create('silent', {});
    await put({ sk: { S: 'a' } }, 'silent');
    await put({ sk: { S: 'a' } });
    await dynamoDb.clear();
    expect(records).toHaveLength(1);
  });

  it('tells of each item in the order of its writes, after the write can be read', async () => {
    let seen: unknown;
    await dynamoDb.close();
    dynamoDb = await createDynamoDb({
      now: () => new Date(time),
      onRecord: (record) => {
        records.push(record);
        seen = dynamoDb.call('GetItem', { TableName: 'things', Key: record.dynamodb.Keys });
      },
    });
    await create('things', { StreamSpecification: { StreamEnabled: true } });
    await Promise.all(Array.from({ length: 50 }, async () => update('a', 'ADD n :one', { ':one': { N: '1' } })));
    expect(records.map((record) => record.dynamodb.NewImage?.['n']?.N)).toEqual(
      Array.from({ length: 50 }, (_, index) => String(index + 1)),
    );
    expect(await seen).toMatchObject({ Item: { n: { N: '50' } } });
  });

  it('gives images that nobody else holds', async () => {
    const { Attributes: answered } = (await update('a', 'SET m = :m', { ':m': { M: { x: { S: '1' } } } })) as {
      Attributes: { m: { M: Record<string, unknown> } };
    };
    answered.m.M['x'] = { S: 'changed' };
    expect(records[0]?.dynamodb.NewImage?.['m']).toEqual({ M: { x: { S: '1' } } });
  });

  it('tells of every write of a transaction, and of none that was cancelled', async () => {
    const item = (id: string) => ({ TableName: 'things', Item: { pk: { S: 'p' }, sk: { S: id } } });
    const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
    await dynamoDb.call('TransactWriteItems', {
      TransactItems: [
        { Put: item('a') },
        { Put: item('b') },
        {
          ConditionCheck: {
            TableName: 'things',
            Key: { pk: { S: 'p' }, sk: { S: 'c' } },
            ...absent,
          },
        },
      ],
    });
    const cancelled = { TransactItems: [{ Put: item('d') }, { Put: { ...item('a'), ...absent } }] };
    await expect(dynamoDb.call('TransactWriteItems', cancelled)).rejects.toMatchObject({
      code: 'TransactionCanceledException',
    });
    expect(records.map((record) => record.dynamodb.Keys['sk']?.S)).toEqual(['a', 'b']);
  });

  it('orders the keys as the schema does, however the item was written', async () => {
    const item = { note: { S: 'x' }, sk: { S: 'a' }, pk: { S: 'p' } };
    await dynamoDb.call('PutItem', { TableName: 'things', Item: item });
    expect(JSON.stringify(records[0]?.dynamodb.Keys)).toBe('{"pk":{"S":"p"},"sk":{"S":"a"}}');
  });

  it('deletes what has expired, and says that TTL did it', async () => {
    await dynamoDb.call('UpdateTimeToLive', {
      TableName: 'things',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' },
    });
    await put({ sk: { S: 'soon' }, expiresAt: epoch(hourSeconds) });
    await put({ sk: { S: 'later' }, expiresAt: epoch(3 * hourSeconds) });
    await put({ sk: { S: 'never' } });
    await put({ sk: { S: 'text' }, expiresAt: { S: '1' } });
    await put({ sk: { S: 'ancient' }, expiresAt: { N: '1' } });
    await dynamoDb.expire();
    expect(records).toHaveLength(5);
    time += 2 * hourSeconds * 1000;
    await dynamoDb.expire();
    await dynamoDb.expire();
    expect(records.slice(5)).toEqual([
      expect.objectContaining({
        eventName: 'REMOVE',
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      }),
    ]);
    expect(records[5]?.dynamodb.OldImage?.['sk']).toEqual({ S: 'soon' });
    expect(await dynamoDb.call('Scan', { TableName: 'things' })).toMatchObject({ Count: 4 });
  });
});
