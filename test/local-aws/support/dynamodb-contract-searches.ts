import { randomUUID } from 'node:crypto';
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { apiReference, type ContractTable, type Item, newKey } from './dynamodb-contract-table.ts';

export const describeSearches = (contractTable: () => ContractTable): void => {
  const queryPage = async (rest: Partial<QueryCommandInput>): Promise<QueryCommandOutput> => {
    const { client, table } = contractTable();
    return client.send(new QueryCommand({ TableName: table, ...rest }));
  };

  describe(`queries (${apiReference}/API_Query.html)`, () => {
    it('reads one partition in order, by prefix and range', async () => {
      const { put } = contractTable();
      const { pk } = newKey();
      for (const sk of ['B#2', 'A#1', 'B#10', 'C']) await put({ pk, sk: { S: sk }, n: { S: sk } });
      await put(newKey('B#3'));
      const keys = async (condition: string, values: Item, rest: Partial<QueryCommandInput> = {}) =>
        (
          await queryPage({
            KeyConditionExpression: condition,
            ExpressionAttributeValues: { ':pk': pk, ...values },
            ConsistentRead: true,
            ...rest,
          })
        ).Items?.map((item) => item['sk']?.S);
      expect(await keys('pk = :pk', {})).toEqual(['A#1', 'B#10', 'B#2', 'C']);
      expect(await keys('pk = :pk', {}, { ScanIndexForward: false, Limit: 2 })).toEqual(['C', 'B#2']);
      expect(await keys('pk = :pk AND begins_with(sk, :b)', { ':b': { S: 'B#' } })).toEqual(['B#10', 'B#2']);
      expect(await keys('pk = :pk AND sk BETWEEN :b AND :c', { ':b': { S: 'B#2' }, ':c': { S: 'C' } })).toEqual([
        'B#2',
        'C',
      ]);
      expect(
        await keys('pk = :pk', { ':n': { S: 'C' } }, { FilterExpression: 'n = :n', ProjectionExpression: 'sk' }),
      ).toEqual(['C']);
    });

    it('finds in a sparse index only what has its keys, ordered by number', async () => {
      const { put, update } = contractTable();
      const bucket = { S: randomUUID() };
      const dues = [9, 100, -5, 20.5];
      for (const due of dues)
        await put({ ...newKey(), dueBucket: bucket, dueAt: { N: String(due) }, more: { S: 'x' } });
      await put({ ...newKey(), dueBucket: bucket });
      const due = async (before: number) =>
        queryPage({
          IndexName: 'due',
          KeyConditionExpression: 'dueBucket = :bucket AND dueAt <= :before',
          ExpressionAttributeValues: { ':bucket': bucket, ':before': { N: String(before) } },
        });
      // GSI.html: a global index follows the table eventually.
      await expect
        .poll(async () => (await due(1000)).Items?.map((item) => item['dueAt']?.N))
        .toEqual(['-5', '9', '20.5', '100']);
      const { Items: early } = await due(20);
      expect(early?.map((item) => Object.keys(item).toSorted())).toEqual(
        early?.map(() => ['dueAt', 'dueBucket', 'pk', 'sk']),
      );
      const { pk, sk } = early![0]!;
      await update({ pk: pk!, sk: sk! }, 'REMOVE dueAt');
      await expect.poll(async () => (await due(20)).Count).toBe(1);
    });

    // Query.Pagination.html: all pages until there is no LastEvaluatedKey; equal index keys included.
    it.each([
      { index: 'due', forward: true },
      { index: 'due', forward: false },
      { index: 'by-bucket', forward: true },
      { index: 'by-bucket', forward: false },
    ])('pages through the index $index, forward: $forward', async ({ index, forward }) => {
      const { put } = contractTable();
      const bucket = { S: randomUUID() };
      const items: Item[] = Array.from({ length: 23 }, (_, n) => ({
        ...newKey(),
        dueBucket: bucket,
        dueAt: { N: String(n % 3) },
      }));
      await Promise.all(items.map(async (item) => put(item)));
      const readAll = async (): Promise<Item[]> => {
        const found: Item[] = [];
        let start: Item | undefined;
        do {
          const page = await queryPage({
            IndexName: index,
            KeyConditionExpression: 'dueBucket = :bucket',
            ExpressionAttributeValues: { ':bucket': bucket },
            Limit: 5,
            ScanIndexForward: forward,
            ExclusiveStartKey: start,
          });
          expect(page.Count).toBeLessThanOrEqual(5);
          found.push(...(page.Items ?? []));
          start = page.LastEvaluatedKey;
        } while (start);
        return found;
      };
      await expect.poll(async () => (await readAll()).length).toBe(items.length);
      const found = await readAll();
      expect(new Set(found.map((item) => item['pk']?.S))).toEqual(new Set(items.map((item) => item['pk']?.S)));
      const dues = found.map((item) => Number(item['dueAt']?.N));
      const ordered = dues.toSorted((a, b) => (forward ? a - b : b - a));
      expect(dues).toEqual(index === 'due' ? ordered : dues);
    });

    it('refuses what an index cannot answer', async () => {
      const byBucket = { KeyConditionExpression: 'dueBucket = :b', ExpressionAttributeValues: { ':b': { S: 'b' } } };
      await expect(queryPage({ ...byBucket, IndexName: 'due', ConsistentRead: true })).rejects.toMatchObject({
        name: 'ValidationException',
      });
      await expect(queryPage({ ...byBucket, IndexName: 'none' })).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'The table does not have the specified index: none',
      });
    });
  });

  describe(`batches (${apiReference}/API_BatchWriteItem.html) and scans (${apiReference}/API_Scan.html)`, () => {
    it('writes, finds and deletes many', async () => {
      const { client, read, table } = contractTable();
      const keys = Array.from({ length: 25 }, () => newKey());
      const mark = { S: randomUUID() };
      const writes = keys.map((key) => ({ PutRequest: { Item: { ...key, mark } } }));
      expect(
        (await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: writes } }))).UnprocessedItems,
      ).toEqual({});
      const answer = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: [...keys, newKey()], ConsistentRead: true } } }),
      );
      expect(answer.Responses?.[table]).toHaveLength(25);
      const marked = { FilterExpression: 'mark = :mark', ExpressionAttributeValues: { ':mark': mark } };
      const scanned: Item[] = [];
      let start: Item | undefined;
      do {
        const page = await client.send(
          new ScanCommand({ TableName: table, ...marked, ConsistentRead: true, Limit: 10, ExclusiveStartKey: start }),
        );
        scanned.push(...(page.Items ?? []));
        start = page.LastEvaluatedKey;
      } while (start);
      expect(scanned).toHaveLength(25);
      const deletions = keys.map((key) => ({ DeleteRequest: { Key: key } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: deletions } }));
      expect(await read(keys[0]!)).toBeUndefined();
    });
  });
};
