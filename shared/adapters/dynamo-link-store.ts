import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  ConditionalCheckFailedException,
  GetItemCommand,
  paginateQuery,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../domain/clock.ts';
import type { Link, LinkOpening, LinkOpenings, LinkStore } from '../domain/case/links.ts';
import { linkRecipientSchema } from '../domain/case/links.ts';
import type { Secrets } from '../domain/family/register-family.ts';
import { linkKey, linkTwinKey } from './dynamo-keys.ts';

const stored = z.object({
  familyId: z.string(),
  alertId: z.string(),
  recipient: linkRecipientSchema,
  expiresAt: z.number(),
});
const opened = z.object({ recipient: linkRecipientSchema, openedAt: z.string() });

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * Links in the table, found by the hash of their token. They expire by TTL; readers ignore expired ones. Each has a twin
 * under its family, by which erasing finds it.
 */
export const dynamoLinkStore = (
  client: DynamoDBClient,
  tableName: string,
  deps: { readonly now: Clock; readonly newSecret: Secrets['newSecret'] },
): LinkStore => ({
  mint: async (link) => {
    const { secret, secretHash } = deps.newSecret();
    const expiresAt = Math.floor(Date.parse(link.expiresAt) / 1000);
    const { familyId, alertId, recipient } = link;
    const twin = {
      ...linkTwinKey(familyId, alertId, secretHash),
      itemType: 'link-twin',
      recipient,
      createdAt: deps.now().toISOString(),
      expiresAt,
    };
    const items = [{ ...linkKey(secretHash), itemType: 'link', ...link, expiresAt }, twin];
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: items.map((item) => ({ Put: { TableName: tableName, Item: marshall(item) } })),
      }),
    );
    return secret;
  },

  find: async (token) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall(linkKey(hashToken(token))), ConsistentRead: true }),
    );
    if (!Item) return undefined;
    const { expiresAt, ...link } = stored.parse(unmarshall(Item));
    if (expiresAt * 1000 <= deps.now().getTime()) return undefined;
    return { ...link, expiresAt: new Date(expiresAt * 1000).toISOString() } satisfies Link;
  },

  noteOpened: async (token, { familyId, alertId }) => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall(linkTwinKey(familyId, alertId, hashToken(token))),
          UpdateExpression: 'SET openedAt = :now',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(openedAt)',
          ExpressionAttributeValues: marshall({ ':now': deps.now().toISOString() }),
        }),
      );
    } catch (fault) {
      return fault instanceof ConditionalCheckFailedException;
    }
    return true;
  },
});

/** Openings in the table: on the twins of a case's links. */
export const dynamoLinkOpenings = (client: DynamoDBClient, tableName: string): LinkOpenings => ({
  of: async (familyId, alertId) => {
    const { pk, sk } = linkTwinKey(familyId, alertId, '');
    const openings: LinkOpening[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        FilterExpression: 'attribute_exists(openedAt)',
        ExpressionAttributeValues: marshall({ ':pk': pk, ':sk': sk }),
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) openings.push(...Items.map((item) => opened.parse(unmarshall(item))));
    return openings;
  },
});
