import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Link, LinkOpenings, LinkStore, OfficeLinks } from '../domain/case/links.ts';
import { isEnded, isOfficers, linkLifetimeMs, linkRecipientSchema, officeIdOf } from '../domain/case/links.ts';
import type { Clock } from '../domain/clock.ts';
import type { Secrets } from '../domain/family/register-family.ts';
import { readAs } from '../domain/shape.ts';
import { live } from './dynamo-items.ts';
import type { Key } from './dynamo-keys.ts';
import { familyLinksEndedKey, linkKey, linksEndedKey, linkTwinKey } from './dynamo-keys.ts';
import type { Item } from './table.ts';
import { dynamoTable } from './table.ts';
import { absent, every, present } from './table-expressions.ts';

const linkItem = v.object({
  familyId: v.string(),
  alertId: v.string(),
  recipient: linkRecipientSchema,
  expiresAt: v.number(),
  drill: v.exactOptional(v.literal(true)),
  officer: v.exactOptional(v.string()),
});
const linksEnded = v.object({ endedAt: v.string() });
const opened = v.object({ recipient: linkRecipientSchema, openedAt: v.string() });

const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Where it stands that the links of its kind were ended. */
const endedKey = ({ familyId, recipient }: Link): Key | undefined => {
  if (isOfficers(recipient)) return linksEndedKey(officeIdOf(recipient));
  return recipient.kind === 'family' ? familyLinksEndedKey(familyId) : undefined;
};

/** That links which were made until then open nothing any more, until the last of them has expired. */
export const linksEndedItem = (key: Key, at: Date): Item => ({
  ...key,
  itemType: 'links-ended',
  endedAt: at.toISOString(),
  expiresAt: Math.ceil((at.getTime() + linkLifetimeMs) / 1000),
});

/** A link and its twin. */
export const linkItems = (link: Link, token: string, now: Date): readonly Item[] => {
  const tokenHash = hashToken(token);
  const { familyId, alertId, recipient } = link;
  const expiresAt = Math.floor(Date.parse(link.expiresAt) / 1000);
  const twin = { recipient, createdAt: now.toISOString(), expiresAt };
  return [
    { ...linkKey(tokenHash), itemType: 'link', ...link, expiresAt },
    { ...linkTwinKey(familyId, alertId, tokenHash), itemType: 'link-twin', ...twin },
  ];
};

/**
 * Links in the table, found by the hash of their token. They expire by TTL; readers ignore expired ones. Each has a twin
 * under its family, by which erasing finds it.
 */
export const dynamoLinkStore = (
  client: DynamoDBClient,
  tableName: string,
  deps: { readonly now: Clock; readonly newLinkToken: Secrets['newLinkToken'] },
): LinkStore => {
  const table = dynamoTable(client, tableName);
  return {
    mint: async (link) => {
      const token = deps.newLinkToken();
      // Nobody has the token before both are there, so that they need not come together: that would cost twice as much.
      await table.putAll(linkItems(link, token, deps.now()));
      return token;
    },

    find: async (token) => {
      const stored = live(await table.get(linkKey(hashToken(token))), deps.now());
      if (!stored) return undefined;
      const { expiresAt, ...rest } = readAs(linkItem, stored);
      const link: Link = { ...rest, expiresAt: new Date(expiresAt * 1000).toISOString() };
      const key = endedKey(link);
      const ended = key && (await table.get(key));
      return ended && isEnded(link, readAs(linksEnded, ended).endedAt) ? undefined : link;
    },

    noteOpened: async (token, { familyId, alertId }) => {
      try {
        await table.update(linkTwinKey(familyId, alertId, hashToken(token)), {
          set: { openedAt: deps.now().toISOString() },
          if: every(present('pk'), absent('openedAt')),
        });
      } catch {
        return false;
      }
      return true;
    },

    rememberOfficer: async (token, officer) => {
      try {
        await table.update(linkKey(hashToken(token)), { set: { officer }, if: present('pk') });
      } catch {
        return false;
      }
      return true;
    },
  };
};

/** The end of an office's links in the table: one item an office, until the last of those links has expired. */
export const dynamoOfficeLinks = (client: DynamoDBClient, tableName: string): OfficeLinks => {
  const table = dynamoTable(client, tableName);
  return {
    end: async (officeId, at) => {
      await table.put(linksEndedItem(linksEndedKey(officeId), at));
    },
  };
};

/** Openings in the table: on the twins of a case's links. */
export const dynamoLinkOpenings = (client: DynamoDBClient, tableName: string): LinkOpenings => {
  const table = dynamoTable(client, tableName);
  return {
    of: async (familyId, alertId) => {
      const { pk, sk } = linkTwinKey(familyId, alertId, '');
      const twins = await table.query({
        partition: ['pk', pk],
        sort: ['sk', 'begins-with', sk],
        filter: present('openedAt'),
      });
      return readAs(v.array(opened), twins);
    },
  };
};
