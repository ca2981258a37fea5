import { randomUUID } from 'node:crypto';
import {
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  type TransactWriteItem,
  type TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { apiReference, type ContractTable, newKey } from './dynamodb-contract-table.ts';

export const describeTransactions = (contractTable: () => ContractTable): void => {
  const transact = async (actions: TransactWriteItem[], token?: string): Promise<TransactWriteItemsCommandOutput> =>
    contractTable().client.send(new TransactWriteItemsCommand({ TransactItems: actions, ClientRequestToken: token }));

  describe(`transactions (${apiReference}/API_TransactWriteItems.html)`, () => {
    const forbidding = { ConditionExpression: 'attribute_not_exists(pk)' };

    it('writes all actions together and reads them together', async () => {
      const { client, put, table } = contractTable();
      const [created, changed, deleted, checked] = [newKey(), newKey(), newKey(), newKey()] as const;
      for (const key of [changed, deleted, checked]) await put({ ...key, n: { N: '1' } });
      await transact([
        { Put: { TableName: table, Item: created, ...forbidding } },
        {
          Update: {
            TableName: table,
            Key: changed,
            UpdateExpression: 'SET n = n + :one',
            ConditionExpression: 'n = :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
        { Delete: { TableName: table, Key: deleted } },
        { ConditionCheck: { TableName: table, Key: checked, ConditionExpression: 'attribute_exists(pk)' } },
      ]);
      const keys = [created, changed, deleted, checked];
      const answer = await client.send(
        new TransactGetItemsCommand({ TransactItems: keys.map((Key) => ({ Get: { TableName: table, Key } })) }),
      );
      expect(answer.Responses?.map(({ Item: item }) => item)).toEqual([
        created,
        { ...changed, n: { N: '2' } },
        undefined,
        { ...checked, n: { N: '1' } },
      ]);
    });

    it('cancels all actions and gives the reasons in order', async () => {
      const { put, read, table } = contractTable();
      const [taken, free, wrong] = [newKey(), newKey(), newKey()] as const;
      await put({ ...taken, v: { S: 'first' } });
      const cancelled = await transact([
        { Put: { TableName: table, Item: free } },
        { Put: { TableName: table, Item: taken, ...forbidding, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } },
        { ConditionCheck: { TableName: table, Key: wrong, ConditionExpression: 'attribute_exists(pk)' } },
      ]).catch((error) => error);
      expect(cancelled).toMatchObject({
        name: 'TransactionCanceledException',
        message:
          'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ConditionalCheckFailed]',
      });
      const failed = {
        Code: 'ConditionalCheckFailed',
        Message: expect.stringContaining('The conditional request failed'),
      };
      expect(cancelled.CancellationReasons).toMatchObject([
        { Code: 'None' },
        { ...failed, Item: { ...taken, v: { S: 'first' } } },
        failed,
      ]);
      expect(cancelled.CancellationReasons[2].Item).toBeUndefined();
      expect(await read(free)).toBeUndefined();
    });

    it('refuses two actions on one item, an action of two kinds, and more than 100', async () => {
      const { table } = contractTable();
      const key = newKey();
      const one: TransactWriteItem = { Put: { TableName: table, Item: key } };
      const check = { TableName: table, Key: key, ConditionExpression: 'attribute_exists(pk)' };
      await expect(transact([one, { ConditionCheck: check }])).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'Transaction request cannot include multiple operations on one item',
      });
      await expect(transact([{ ...one, Delete: check }])).rejects.toMatchObject({
        name: 'ValidationException',
        message: 'TransactItems can only contain one of Check, Put, Update or Delete',
      });
      const many = Array.from({ length: 101 }, () => ({ Put: { TableName: table, Item: newKey() } }));
      await expect(transact(many)).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining('Member must have length less than or equal to 100'),
      });
      await transact(many.slice(1));
    });

    it('does a request with the same token once', async () => {
      const { read, table } = contractTable();
      const key = newKey();
      const token = randomUUID();
      const add = (by: string): TransactWriteItem[] => [
        {
          Update: {
            TableName: table,
            Key: key,
            UpdateExpression: 'ADD n :by',
            ExpressionAttributeValues: { ':by': { N: by } },
          },
        },
      ];
      await transact(add('1'), token);
      await transact(add('1'), token);
      await expect(transact(add('2'), token)).rejects.toMatchObject({
        name: 'IdempotentParameterMismatchException',
      });
      expect((await read(key))?.['n']).toEqual({ N: '1' });
    });
  });
};
