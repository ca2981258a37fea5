import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../infra/local-aws/dynamodb/dynamodb.ts';

const minuteMs = 60_000;
const key = (id: string) => ({ TableName: 'accounts', Key: { id: { S: id } } });
const balance = (answer: unknown): number => Number((answer as { Item?: { n: { N: string } } }).Item?.n.N);

/** Moves 1 from one account to the other, which may not fall below 0. */
const move = (from: string, to: string) => ({
  TransactItems: [
    {
      Update: {
        ...key(from),
        UpdateExpression: 'SET n = n - :one',
        ConditionExpression: 'n >= :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      },
    },
    { Update: { ...key(to), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } } },
  ],
});

describe('racing transactions of the local DynamoDB', () => {
  let time = Date.parse('2026-11-22T12:00:00Z');
  let dynamoDb: DynamoDb;

  beforeEach(async () => {
    dynamoDb = await createDynamoDb({ now: () => new Date(time), onRecord: () => undefined });
    await dynamoDb.call('CreateTable', {
      TableName: 'accounts',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'n', AttributeType: 'N' },
        { AttributeName: 'all', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-balance',
          KeySchema: [
            { AttributeName: 'all', KeyType: 'HASH' },
            { AttributeName: 'n', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    });
    for (const id of ['a', 'b']) {
      await dynamoDb.call('PutItem', {
        TableName: 'accounts',
        Item: { id: { S: id }, n: { N: '20' }, all: { S: 'x' } },
      });
    }
  });
  afterEach(async () => dynamoDb.close());

  it('loses no update and lets no condition be passed twice', async () => {
    const moves = Array.from({ length: 50 }, async () => dynamoDb.call('TransactWriteItems', move('a', 'b')));
    const outcomes = await Promise.allSettled(moves);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(20);
    expect(balance(await dynamoDb.call('GetItem', key('a')))).toBe(0);
    expect(balance(await dynamoDb.call('GetItem', key('b')))).toBe(40);
  });

  it('shows no reader half a transaction', async () => {
    type Counted = { n: { N: string } };
    const total = (items: unknown) => (items as Counted[]).reduce((sum, item) => sum + Number(item.n.N), 0);
    const readers: [string, object, (answer: Record<string, unknown>) => number][] = [
      ['Scan', { TableName: 'accounts' }, (answer) => total(answer['Items'])],
      [
        'Query',
        {
          TableName: 'accounts',
          IndexName: 'by-balance',
          KeyConditionExpression: '#all = :x',
          ExpressionAttributeNames: { '#all': 'all' },
          ExpressionAttributeValues: { ':x': { S: 'x' } },
        },
        (answer) => total(answer['Items']),
      ],
      [
        'BatchGetItem',
        { RequestItems: { accounts: { Keys: [key('a').Key, key('b').Key] } } },
        (answer) => total((answer['Responses'] as { accounts: unknown }).accounts),
      ],
      [
        'TransactGetItems',
        { TransactItems: [{ Get: key('a') }, { Get: key('b') }] },
        (answer) => total((answer['Responses'] as { Item: Counted }[]).map((response) => response.Item)),
      ],
    ];
    const totals: Promise<number>[] = [];
    const moves = Array.from({ length: 60 }, async (_, n) => {
      const moved = dynamoDb.call('TransactWriteItems', n % 2 === 0 ? move('a', 'b') : move('b', 'a'));
      for (const [operation, input, sum] of readers) totals.push(dynamoDb.call(operation, { ...input }).then(sum));
      await moved;
      for (const [operation, input, sum] of readers) totals.push(dynamoDb.call(operation, { ...input }).then(sum));
    });
    await Promise.all(moves);
    expect(new Set(await Promise.all(totals))).toEqual(new Set([40]));
  });

  it('does one of two equal simultaneous requests and answers both', async () => {
    const request = { ...move('a', 'b'), ClientRequestToken: 'one' };
    await Promise.all([dynamoDb.call('TransactWriteItems', request), dynamoDb.call('TransactWriteItems', request)]);
    expect(balance(await dynamoDb.call('GetItem', key('b')))).toBe(21);
  });

  it('remembers a client request token for ten minutes', async () => {
    const request = { ...move('a', 'b'), ClientRequestToken: 'one' };
    await dynamoDb.call('TransactWriteItems', request);
    time += 10 * minuteMs;
    await dynamoDb.call('TransactWriteItems', request);
    expect(balance(await dynamoDb.call('GetItem', key('b')))).toBe(21);
    time += 1;
    await dynamoDb.call('TransactWriteItems', request);
    expect(balance(await dynamoDb.call('GetItem', key('b')))).toBe(22);
  });

  it('does not remember the token of a cancelled transaction', async () => {
    const request = { ...move('c', 'b'), ClientRequestToken: 'one' };
    await expect(dynamoDb.call('TransactWriteItems', request)).rejects.toMatchObject({
      code: 'TransactionCanceledException',
    });
    await dynamoDb.call('PutItem', { TableName: 'accounts', Item: { id: { S: 'c' }, n: { N: '1' } } });
    await dynamoDb.call('TransactWriteItems', request);
    expect(balance(await dynamoDb.call('GetItem', key('b')))).toBe(21);
  });
});
