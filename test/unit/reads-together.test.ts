import { type AttributeValue, type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, it } from 'vitest';
import { readingTogether } from '../../shared/adapters/reads-together.ts';
import { createMemoryTable } from '../model/memory-table.ts';
import { clientOf } from '../support/sdk-client.ts';

const table = async (
  around: (operation: string, answer: () => Promise<Record<string, unknown>>) => Promise<Record<string, unknown>>,
) => {
  const memory = createMemoryTable(() => undefined);
  for (const sk of ['a', 'b', 'c']) {
    await memory.call('PutItem', { TableName: 'alerts', Item: marshall({ pk: 'p', sk, value: sk.toUpperCase() }) });
  }
  const { client, sent } = clientOf({
    call: async (operation, input) => around(operation, async () => memory.call(operation, input)),
  });
  const together = readingTogether(client as DynamoDBClient);
  const read = async (sk: string, more: object = {}): Promise<AttributeValue | undefined> => {
    const command = new GetItemCommand({
      TableName: 'alerts',
      Key: marshall({ pk: 'p', sk }),
      ConsistentRead: true,
      ...more,
    });
    return (await together.send(command)).Item?.['value'];
  };
  return { read, operations: () => sent.map(({ operation }) => operation) };
};
const plain = async () => table(async (_operation, answer) => answer());

it('makes one call of what is read in one moment, and answers each with its own', async () => {
  const { read, operations } = await plain();
  expect(await Promise.all(['a', 'c', 'nowhere', 'a'].map(async (sk) => read(sk)))).toEqual([
    { S: 'A' },
    { S: 'C' },
    undefined,
    { S: 'A' },
  ]);
  expect(operations()).toEqual(['BatchGetItem']);
});

it('leaves alone what is read by itself, of an index of names, or later', async () => {
  const { read, operations } = await plain();
  await read('a');
  await Promise.all([read('b', { ProjectionExpression: 'pk' }), read('c')]);
  expect(operations()).toEqual(['GetItem', 'GetItem', 'GetItem']);
});

it('asks alone for what DynamoDB leaves unread, and keeps nobody waiting for it', async () => {
  const { read, operations } = await table(async (operation, answer) => {
    if (operation === 'GetItem') return new Promise(() => undefined);
    const { Responses } = (await answer()) as { Responses: { alerts: readonly { sk: { S: string } }[] } };
    const [unread, rest] = [true, false].map((is) => Responses.alerts.filter(({ sk }) => (sk.S === 'b') === is));
    const Keys = unread?.map(({ sk }) => ({ pk: { S: 'p' }, sk }));
    return { Responses: { alerts: rest }, UnprocessedKeys: { alerts: { Keys } } };
  });
  const never = read('b');
  expect(await read('a')).toEqual({ S: 'A' });
  expect(await Promise.race([never, Promise.resolve('waits')])).toBe('waits');
  expect(operations()).toEqual(['BatchGetItem', 'GetItem']);
});

it('gives a fault to everybody who asked, and is as good as new then', async () => {
  let broken = true;
  const { read } = await table(async (_operation, answer) => {
    if (broken) throw new Error('no table');
    return answer();
  });
  const results = await Promise.allSettled([read('a'), read('b')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await Promise.all([read('a'), read('b')])).toEqual([{ S: 'A' }, { S: 'B' }]);
});
