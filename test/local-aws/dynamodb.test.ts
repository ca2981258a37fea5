import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../infra/local-aws/dynamodb/dynamodb.ts';
import type { StreamRecord } from '../../infra/local-aws/dynamodb/stream-records.ts';
import { dynamoDbClient } from './support/dynamodb-client.ts';
import { describeDynamoDbContract } from './support/dynamodb-contract.ts';

const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closing) await close();
});

describeDynamoDbContract('local stack', async () => {
  const dynamoDb = await createDynamoDb({ now: () => new Date(), onRecord: () => undefined });
  closing.push(async () => dynamoDb.close());
  return dynamoDbClient(dynamoDb);
});

const table = {
  TableName: 'things',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'group', AttributeType: 'S' },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-group',
      KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
};
const key = { TableName: 'things', Key: { id: { S: 'a' } } };

/** Two ids with the same first 24 bits of the hash that ends dynalite's index keys. */
const itemsOfOneHash = (): [string, string] => {
  const seen = new Map<string, string>();
  for (let n = 0; ; n += 1) {
    const id = `item-${n}`;
    const hash = createHash('md5').update('Outliers').update(id).digest('hex').slice(0, 6);
    const earlier = seen.get(hash);
    if (earlier !== undefined) return [earlier, id];
    seen.set(hash, id);
  }
};

describe('the local DynamoDB', () => {
  let dynamoDb: DynamoDb | undefined;
  const create = async (): Promise<DynamoDb> => {
    dynamoDb = await createDynamoDb({ now: () => new Date(), onRecord: () => undefined });
    await dynamoDb.call('CreateTable', table);
    return dynamoDb;
  };
  afterEach(async () => dynamoDb?.close());

  // Of these DynamoDB Local says other words, or refuses the whole transaction; so they are not in the contract.
  it('names errors as AWS does and not as DynamoDB Local does', async () => {
    const { call } = await create();
    await expect(call('GetItem', { TableName: 'things', Key: { group: { S: 'a' } } })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'The provided key element does not match the schema',
    });
    await expect(call('PutItem', { TableName: 'things', Item: { group: { S: 'a' } } })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringMatching(/Missing the key id in the item$/),
    });
    const byGroup = { KeyConditionExpression: 'id = :a', ExpressionAttributeValues: { ':a': { S: 'a' } } };
    await expect(
      call('Query', { TableName: 'things', IndexName: 'by-group', ConsistentRead: true, ...byGroup }),
    ).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'Consistent reads are not supported on global secondary indexes',
    });
    const update = { Update: { ...key, UpdateExpression: 'SET a = nothingThere' } };
    // API_TransactWriteItems.html: ValidationError is a reason of a cancelled transaction.
    await expect(
      call('TransactWriteItems', {
        TransactItems: [{ Put: { TableName: 'things', Item: { id: { S: 'b' } } } }, update],
      }),
    ).rejects.toMatchObject({
      code: 'TransactionCanceledException',
      details: {
        CancellationReasons: [
          { Code: 'None' },
          {
            Code: 'ValidationError',
            Message: 'The provided expression refers to an attribute that does not exist in the item',
          },
        ],
      },
    });
  });

  describe('an expression that came before', () => {
    const write = (call: DynamoDb['call'], values: Record<string, object>, more: object = {}) =>
      call('UpdateItem', {
        ...key,
        UpdateExpression: 'SET #a = if_not_exists(#b, :a), c = :c ADD n :n REMOVE kept[0], kept[1]',
        ExpressionAttributeNames: { '#a': 'a', '#b': 'b' },
        ExpressionAttributeValues: { ':a': { S: 'one' }, ':c': { N: '1' }, ':n': { N: '1' }, ...values },
        ReturnValues: 'ALL_NEW',
        ...more,
      });
    const written = { id: { S: 'a' }, n: { N: '2' }, kept: { L: [{ S: 'r' }] } };

    it('means what it means with the names and values of its request', async () => {
      const { call } = await create();
      const kept = { L: ['p', 'q', 'r'].map((S) => ({ S })) };
      const put = async (more: object) => call('PutItem', { TableName: 'things', Item: { ...key.Key, kept, ...more } });
      await put({ n: { N: '1' } });
      expect(await write(call, {})).toMatchObject({
        Attributes: { ...written, a: { S: 'one' }, c: { N: '1' } },
      });
      await put({ n: { N: '1' } });
      const others = { ':a': { S: 'two' }, ':c': { L: [{ M: { d: { S: 'three' } } }] } };
      expect(await write(call, others)).toMatchObject({
        Attributes: { ...written, a: { S: 'two' }, c: others[':c'] },
      });
      await put({ n: { N: '1' }, x: { S: 'four' } });
      expect(await write(call, others, { ExpressionAttributeNames: { '#a': 'y', '#b': 'x' } })).toMatchObject({
        Attributes: { ...written, y: { S: 'four' }, c: others[':c'] },
      });
    });

    it('is refused for the same as if it came alone', async () => {
      const { call } = await create();
      await call('PutItem', { TableName: 'things', Item: { ...key.Key, kept: { L: [{ S: 'p' }, { S: 'q' }] } } });
      await write(call, {});
      await expect(write(call, { ':n': { S: 'one' } })).rejects.toThrow('Incorrect operand type');
      const names = { ExpressionAttributeNames: { '#a': 'a', '#b': 'b', '#more': 'c' } };
      for (const _time of ['first', 'again']) {
        await expect(write(call, { ':more': { S: 'one' } })).rejects.toThrow('unused in expressions: keys: {:more}');
        await expect(write(call, {}, names)).rejects.toThrow('unused in expressions: keys: {#more}');
      }
      await expect(write(call, {}, { ExpressionAttributeNames: { '#a': 'c', '#b': 'b' } })).rejects.toThrow('overlap');
      const between = async (from: string, to: string) =>
        call('Query', {
          TableName: 'things',
          KeyConditionExpression: 'id = :id',
          FilterExpression: 'c BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':id': { S: 'a' }, ':from': { N: from }, ':to': { N: to } },
        });
      expect(await between('1', '2')).toMatchObject({ Count: 1 });
      expect(await between('2', '3')).toMatchObject({ Count: 0 });
      await expect(between('2', '1')).rejects.toThrow('upper bound to be greater');
    });

    it('keeps two values apart that are one to the client', async () => {
      const { call } = await create();
      const set = async (a: object, b: object) =>
        call('UpdateItem', {
          ...key,
          UpdateExpression: 'SET a = :a, b = :b',
          ExpressionAttributeValues: { ':a': a, ':b': b },
          ReturnValues: 'ALL_NEW',
        });
      const one = { S: 'one' };
      await set(one, one);
      expect(await set({ S: 'two' }, { S: 'three' })).toMatchObject({
        Attributes: { a: { S: 'two' }, b: { S: 'three' } },
      });
    });
  });

  it.each([
    ['PutItem', { TableName: 'things', Item: {}, Expected: {} }, 'the parameter Expected of PutItem'],
    ['GetItem', { ...key, ReturnConsumedCapacity: 'TOTAL' }, 'ReturnConsumedCapacity other than NONE of GetItem'],
    ['CreateTable', { ...table, LocalSecondaryIndexes: [] }, 'the parameter LocalSecondaryIndexes of CreateTable'],
    ['CreateTable', { ...table, BillingMode: 'PROVISIONED' }, 'BillingMode other than PAY_PER_REQUEST of CreateTable'],
    [
      'TransactWriteItems',
      { TransactItems: [{ Delete: { ...key, ReturnValues: 'NONE' } }] },
      'the parameter TransactItems.0.Delete.ReturnValues of TransactWriteItems',
    ],
    ['ExecuteStatement', {}, 'the operation ExecuteStatement'],
    [
      'PutItem',
      {
        TableName: 'things',
        Item: { id: { S: 'a' } },
        ConditionExpression: 'm = :m',
        ExpressionAttributeValues: { ':m': { M: {} } },
      },
      'list and map values in condition and filter expressions',
    ],
  ])('refuses by name what it does not support: %s %j', async (operation, input, what) => {
    const local = await create();
    await expect(local.call(operation, input)).rejects.toMatchObject({
      code: 'UnsupportedOperationException',
      message: `The local DynamoDB does not support ${what}.`,
    });
  });

  it('names missing parameters as AWS does', async () => {
    const local = await create();
    await expect(local.call('TransactWriteItems', { TransactItems: [{ Put: { Item: {} } }] })).rejects.toMatchObject({
      code: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'transactItems.1.member.put.tableName' failed to satisfy constraint: Member must not be null",
    });
  });

  it('does not create a table twice', async () => {
    const local = await create();
    await expect(local.call('CreateTable', table)).rejects.toMatchObject({ code: 'ResourceInUseException' });
  });

  it('refuses what an index or the depth of documents forbids', async () => {
    const local = await create();
    const put = async (rest: object) =>
      local.call('PutItem', { TableName: 'things', Item: { id: { S: 'a' }, ...rest } });
    await expect(put({ group: { S: '' } })).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('IndexName: by-group, IndexKey: group'),
    });
    const nested = (levels: number): object => (levels === 1 ? { S: 'x' } : { L: [nested(levels - 1)] });
    await put({ deep: nested(32) });
    await expect(put({ deep: nested(33) })).rejects.toMatchObject({
      code: 'ValidationException',
      message: 'Nesting Levels have exceeded supported limits',
    });
  });

  it.each([true, false])('keeps apart in an index the items of one hash in dynalite, forward: %s', async (forward) => {
    const local = await create();
    const ids = itemsOfOneHash();
    for (const id of ids) {
      await local.call('PutItem', { TableName: 'things', Item: { id: { S: id }, group: { S: 'g' } } });
    }
    const page = {
      TableName: 'things',
      IndexName: 'by-group',
      KeyConditionExpression: '#group = :g',
      ExpressionAttributeNames: { '#group': 'group' },
      ExpressionAttributeValues: { ':g': { S: 'g' } },
      ScanIndexForward: forward,
      Limit: 1,
    };
    const first = await local.call('Query', page);
    const second = await local.call('Query', { ...page, ExclusiveStartKey: first['LastEvaluatedKey'] });
    const found = [first, second].flatMap((answer) => answer['Items'] as { id: { S: string } }[]);
    expect(found.map((item) => item.id.S).toSorted()).toEqual(ids.toSorted());
    await local.call('DeleteItem', { TableName: 'things', Key: { id: { S: ids[0] } } });
    expect((await local.call('Query', page))['Items']).toMatchObject([{ id: { S: ids[1] } }]);
  });

  it('rejects the search in which dynalite fails, and serves the next', async () => {
    const local = await create();
    await local.call('PutItem', {
      TableName: 'things',
      Item: { id: { S: 'a' }, x: { BOOL: true }, y: { BOOL: true } },
    });
    const scan = { TableName: 'things', FilterExpression: 'begins_with(x, y)' };
    await expect(local.call('Scan', scan)).rejects.toThrow(TypeError);
    expect(await local.call('Scan', { TableName: 'things' })).toMatchObject({ Count: 1 });
  });

  it('forgets the items and keeps the tables when cleared', async () => {
    const local = await create();
    await local.call('PutItem', { TableName: 'things', Item: { id: { S: 'a' } } });
    await local.clear();
    expect(await local.call('GetItem', key)).toEqual({});
    expect(await local.call('Scan', { TableName: 'things' })).toMatchObject({ Count: 0 });
  });

  it('ends what was asked before it closes, and closes twice', async () => {
    const local = await create();
    const write = local.call('PutItem', { TableName: 'things', Item: { id: { S: 'a' } } });
    await Promise.all([local.close(), local.close()]);
    expect(await write).toEqual({});
  });

  it('keeps tables, TTL, items and the order of the stream over a restart with a data directory', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'alert-button-'));
    const records: StreamRecord[] = [];
    const open = async () =>
      createDynamoDb({ now: () => new Date(), onRecord: (record) => void records.push(record), dataDirectory });
    const first = await open();
    await first.call('CreateTable', table);
    await first.call('UpdateTimeToLive', {
      TableName: 'things',
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'expiresAt' },
    });
    await first.call('PutItem', { TableName: 'things', Item: { id: { S: 'a' }, n: { N: '1' } } });
    await first.close();

    const second = await open();
    expect(await second.call('GetItem', key)).toEqual({ Item: { id: { S: 'a' }, n: { N: '1' } } });
    expect(await second.call('DescribeTimeToLive', { TableName: 'things' })).toMatchObject({
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expiresAt' },
    });
    await second.call('DeleteItem', key);
    await second.close();
    await rm(dataDirectory, { recursive: true });
    const [put, deletion] = records.map((record) => BigInt(record.dynamodb.SequenceNumber));
    expect(deletion).toBeGreaterThan(put!);
  });
});
