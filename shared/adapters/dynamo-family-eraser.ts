import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteItemCommand, DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { setTimeout } from 'node:timers/promises';
import type { FamilyEraser } from '../telling/family-changes.ts';
import type { Key } from './dynamo-keys.ts';
import { eventKey, familyKey, linkKey, registrationKey } from './dynamo-keys.ts';
import { queryPages } from './dynamo-pages.ts';

const batchSize = 25;
const maximumRounds = 5;

/** The link whose twin this is, and the registration of the family, which lie elsewhere. */
const elsewhere = ({ sk, registrationId }: Record<string, AttributeValue>): readonly Key[] => {
  const tokenHash = /^LINK#.*#([^#]+)$/.exec(sk?.S ?? '')?.[1];
  return [
    ...(tokenHash === undefined ? [] : [linkKey(tokenHash)]),
    ...(registrationId?.S === undefined ? [] : [registrationKey(registrationId.S)]),
  ];
};

/** Deletes a family's partition with what it points to; the family itself last, so that a crash leaves it to be found. */
export const dynamoFamilyEraser = (client: DynamoDBClient, tableName: string): FamilyEraser => {
  const deleteBatch = async (keys: readonly Key[]): Promise<void> => {
    let open = keys.map((key) => ({ DeleteRequest: { Key: marshall(key) } }));
    for (let round = 1; open.length > 0; round += 1) {
      if (round > maximumRounds) throw new Error('Items of an erased family stayed unprocessed.');
      if (round > 1) await setTimeout(50 * 2 ** round * Math.random());
      const { UnprocessedItems } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [tableName]: open } }),
      );
      open = (UnprocessedItems?.[tableName] ?? []).flatMap(({ DeleteRequest }) =>
        DeleteRequest?.Key ? [{ DeleteRequest: { Key: DeleteRequest.Key } }] : [],
      );
    }
  };

  const deleteAll = async (keys: readonly Key[]): Promise<void> => {
    for (let start = 0; start < keys.length; start += batchSize) {
      await deleteBatch(keys.slice(start, start + batchSize));
    }
  };

  return {
    erase: async (event) => {
      const kept = eventKey(event).sk;
      const family = familyKey(event.familyId);
      const pages = queryPages(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ProjectionExpression: 'pk, sk, registrationId',
        ExpressionAttributeValues: marshall({ ':pk': family.pk }),
      });
      const last: Key[] = [];
      for await (const items of pages) {
        const found = items.filter(({ sk }) => sk?.S !== kept);
        last.push(...found.flatMap(elsewhere).filter(({ sk }) => sk === 'REGISTRATION'));
        const links = found.flatMap(elsewhere).filter(({ sk }) => sk === 'LINK');
        // A link goes before its twin, by which a second try finds it.
        await deleteAll(links);
        const own = found.map(({ sk }) => ({ pk: family.pk, sk: sk?.S ?? '' }));
        await deleteAll(own.filter(({ sk }) => sk !== family.sk));
      }
      await deleteAll(last);
      await deleteAll([family]);
    },

    forget: async (event) => {
      await client.send(new DeleteItemCommand({ TableName: tableName, Key: marshall(eventKey(event)) }));
    },
  };
};
