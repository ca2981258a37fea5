import { DeleteItemCommand, type PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { type ContractTable, developerGuide, type Item, newKey } from './dynamodb-contract-table.ts';

export const describeItems = (contractTable: () => ContractTable): void => {
  describe(`puts and conditions (${developerGuide}/Expressions.ConditionExpressions.html)`, () => {
    it('keeps every type of value', async () => {
      const { put, read } = contractTable();
      const item: Item = {
        ...newKey(),
        text: { S: 'Peña ¿dónde?' },
        empty: { S: '' },
        number: { N: '-12.5' },
        binary: { B: new Uint8Array([1, 2, 255]) },
        yes: { BOOL: true },
        nothing: { NULL: true },
        list: { L: [{ S: 'x' }, { N: '1' }, { M: { deep: { L: [] } } }] },
        map: { M: { channel: { S: 'sms' } } },
        strings: { SS: ['a', 'b'] },
      };
      await put(item);
      expect(await read({ pk: item['pk']!, sk: item['sk']! })).toEqual(item);
    });

    it('puts once under attribute_not_exists and answers the old item with ALL_OLD', async () => {
      const { put, read } = contractTable();
      const key = newKey();
      const condition: Partial<PutItemCommandInput> = {
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      };
      await put({ ...key, press: { N: '1' } }, condition);
      // API_PutItem.html: ReturnValuesOnConditionCheckFailure; the exception carries Item.
      await expect(put({ ...key, press: { N: '2' } }, condition)).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: { ...key, press: { N: '1' } },
      });
      expect(await read(key)).toEqual({ ...key, press: { N: '1' } });
    });

    it('answers no item without ALL_OLD, or where there was none', async () => {
      const { put } = contractTable();
      const key = newKey();
      const exists = { ConditionExpression: 'attribute_exists(pk)' } as const;
      const refusal = await put(key, { ...exists, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }).catch((e) => e);
      expect(refusal.name).toBe('ConditionalCheckFailedException');
      expect(refusal.Item).toBeUndefined();
      await put(key);
      const absent = { ConditionExpression: 'attribute_not_exists(pk)' };
      expect((await put(key, absent).catch((e) => e)).Item).toBeUndefined();
    });

    it('lets exactly one of many simultaneous conditional puts win', async () => {
      const { put, read } = contractTable();
      const key = newKey();
      const puts = Array.from({ length: 10 }, async (_, press) =>
        put({ ...key, press: { N: String(press) } }, { ConditionExpression: 'attribute_not_exists(pk)' }),
      );
      const outcomes = await Promise.allSettled(puts);
      const winners = outcomes.flatMap((outcome, press) => (outcome.status === 'fulfilled' ? [press] : []));
      expect(winners).toHaveLength(1);
      expect(await read(key)).toEqual({ ...key, press: { N: String(winners[0]) } });
    });

    it('compares, combines and looks into maps', async () => {
      const { put } = contractTable();
      const key = newKey();
      await put({ ...key, at: { N: '10' }, deliveries: { M: { relatives: { M: { status: { S: 'pending' } } } } } });
      const holds = async (expression: string, values?: Item): Promise<boolean> =>
        put(
          { ...key, at: { N: '10' }, deliveries: { M: { relatives: { M: { status: { S: 'pending' } } } } } },
          {
            ConditionExpression: expression,
            ExpressionAttributeNames: { '#status': 'status', '#at': 'at' },
            ExpressionAttributeValues: { ':pending': { S: 'pending' }, ':ten': { N: '10.0' }, ...values },
          },
        ).then(
          () => true,
          () => false,
        );
      const status = 'deliveries.relatives.#status';
      expect(await holds(`${status} = :pending AND #at = :ten`)).toBe(true);
      expect(await holds(`${status} <> :pending OR #at < :ten`)).toBe(false);
      expect(await holds(`NOT (${status} <> :pending) AND #at BETWEEN :one AND :ten`, { ':one': { N: '9' } })).toBe(
        true,
      );
      expect(
        await holds(`begins_with(${status}, :pen) AND ${status} IN (:pending) AND #at >= :ten`, {
          ':pen': { S: 'pen' },
        }),
      ).toBe(true);
      expect(await holds(`attribute_not_exists(deliveries.ministry) AND ${status} = :pending AND #at = :ten`)).toBe(
        true,
      );
      expect(
        await holds(`size(deliveries) = :one AND ${status} = :pending AND #at = :ten`, { ':one': { N: '1' } }),
      ).toBe(true);
    });

    it('answers the old item of puts and deletions with ALL_OLD', async () => {
      const { client, put, read, table } = contractTable();
      const key = newKey();
      expect((await put({ ...key, v: { N: '1' } }, { ReturnValues: 'ALL_OLD' })).Attributes).toBeUndefined();
      expect((await put({ ...key, v: { N: '2' } }, { ReturnValues: 'ALL_OLD' })).Attributes?.['v']).toEqual({
        N: '1',
      });
      const deletion = new DeleteItemCommand({ TableName: table, Key: key, ReturnValues: 'ALL_OLD' });
      expect((await client.send(deletion)).Attributes?.['v']).toEqual({ N: '2' });
      expect((await client.send(deletion)).Attributes).toBeUndefined();
      expect(await read(key)).toBeUndefined();
    });
  });

  describe(`updates (${developerGuide}/Expressions.UpdateExpressions.html)`, () => {
    it('creates the item, sets nested paths and counts', async () => {
      const { read, update } = contractTable();
      const key = newKey();
      const names = { ExpressionAttributeNames: { '#status': 'status' } };
      await update(key, 'SET deliveries = :none ADD tries :one', {
        ExpressionAttributeValues: { ':none': { M: { relatives: { M: {} } } }, ':one': { N: '1' } },
      });
      const { Attributes: after } = await update(
        key,
        'SET deliveries.relatives.#status = :sent, tries = tries + :one, firstTry = if_not_exists(firstTry, :one)',
        {
          ...names,
          ExpressionAttributeValues: { ':sent': { S: 'sent' }, ':one': { N: '1' } },
          ReturnValues: 'ALL_NEW',
        },
      );
      const expected = {
        ...key,
        deliveries: { M: { relatives: { M: { status: { S: 'sent' } } } } },
        tries: { N: '2' },
        firstTry: { N: '1' },
      };
      expect(after).toEqual(expected);
      await update(key, 'SET firstTry = if_not_exists(firstTry, :two)', {
        ExpressionAttributeValues: { ':two': { N: '2' } },
      });
      expect(await read(key)).toEqual(expected);
    });

    it('removes by indexes of the list as it was, appends, and changes sets', async () => {
      const { put, read, update } = contractTable();
      const key = newKey();
      await put({
        ...key,
        entries: { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }] },
        tags: { SS: ['x', 'y'] },
        gone: { S: '' },
      });
      await update(key, 'REMOVE entries[0], entries[1], gone DELETE tags :x', {
        ExpressionAttributeValues: { ':x': { SS: ['x'] } },
      });
      await update(key, 'SET entries = list_append(entries, :d)', {
        ExpressionAttributeValues: { ':d': { L: [{ S: 'd' }] } },
      });
      expect(await read(key)).toEqual({ ...key, entries: { L: [{ S: 'c' }, { S: 'd' }] }, tags: { SS: ['y'] } });
    });

    it('answers what changed, before or after', async () => {
      const { put, update } = contractTable();
      const key = newKey();
      await put({ ...key, a: { N: '1' }, b: { N: '1' } });
      const plusOne = { ExpressionAttributeValues: { ':one': { N: '1' } } };
      const before = await update(key, 'ADD a :one', { ...plusOne, ReturnValues: 'UPDATED_OLD' });
      expect(before.Attributes).toEqual({ a: { N: '1' } });
      const after = await update(key, 'ADD a :one', { ...plusOne, ReturnValues: 'UPDATED_NEW' });
      expect(after.Attributes).toEqual({ a: { N: '3' } });
    });

    it('refuses by condition, with the old item', async () => {
      const { put, update } = contractTable();
      const key = newKey();
      await put({ ...key, state: { S: 'closed' } });
      const names = { ExpressionAttributeNames: { '#state': 'state' } };
      const refused = update(key, 'SET #state = :open', {
        ...names,
        ConditionExpression: '#state = :open',
        ExpressionAttributeValues: { ':open': { S: 'open' } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await expect(refused).rejects.toMatchObject({
        name: 'ConditionalCheckFailedException',
        Item: { state: { S: 'closed' } },
      });
    });
  });

  describe(`errors (${developerGuide}/Programming.Errors.html)`, () => {
    const invalid = (message: string | RegExp) => ({
      name: 'ValidationException',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });

    it('names what is wrong with keys and expressions', async () => {
      const { put, read, update } = contractTable();
      const key = newKey();
      await put(key);
      await expect(read({ pk: key.pk })).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(put({ pk: key.pk })).rejects.toMatchObject({ name: 'ValidationException' });
      await expect(update(key, 'SET pk = sk')).rejects.toMatchObject(
        invalid(/Cannot update attribute pk\. This attribute is part of the key$/),
      );
      await expect(update(key, 'SET a.b = sk')).rejects.toMatchObject(
        invalid('The document path provided in the update expression is invalid for update'),
      );
      await expect(update(key, 'SET a = nothingThere')).rejects.toMatchObject(
        invalid('The provided expression refers to an attribute that does not exist in the item'),
      );
      // ReservedWords.html
      await expect(update(key, 'SET status = sk')).rejects.toMatchObject(
        invalid(/^Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: status$/),
      );
      await expect(update(key, 'SET a =')).rejects.toMatchObject(invalid(/^Invalid UpdateExpression: Syntax error;/));
      await expect(
        update(key, 'SET a = sk', { ExpressionAttributeValues: { ':unused': { S: 'x' } } }),
      ).rejects.toMatchObject(
        invalid('Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}'),
      );
    });

    // ServiceQuotas.html#limits-items: 400 KB with the names of the attributes, in UTF-8.
    it('refuses items over 400 KB', async () => {
      const { put, update } = contractTable();
      const key = newKey();
      const bytesOfKeys = 'pk'.length + 36 + 'sk'.length + 1;
      const room = 400 * 1024 - bytesOfKeys - 'text'.length;
      await put({ ...key, text: { S: 'x'.repeat(room) } });
      await expect(put({ ...key, text: { S: 'x'.repeat(room + 1) } })).rejects.toMatchObject(
        invalid('Item size has exceeded the maximum allowed size'),
      );
      await expect(put({ ...key, text: { S: 'ñ'.repeat(room / 2 + 1) } })).rejects.toMatchObject(
        invalid('Item size has exceeded the maximum allowed size'),
      );
      await expect(
        update(key, 'SET more = :more', { ExpressionAttributeValues: { ':more': { S: 'x' } } }),
      ).rejects.toMatchObject(invalid('Item size to update has exceeded the maximum allowed size'));
    });
  });
};
