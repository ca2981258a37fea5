import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Link, LinkOpenings, LinkStore, OfficeLinks } from '../domain/case/links.ts';
import { isEnded, isOfficers, linkLifetimeMs, linkRecipientSchema, officeIdOf } from '../domain/case/links.ts';
import type { Clock } from '../domain/clock.ts';
import { defined } from '../domain/defined.ts';
import type { Secrets } from '../domain/family/register-family.ts';
import { readAs, tryReadAs } from '../domain/shape.ts';
import { live } from './dynamo-items.ts';
import {
  type Key,
  familyLinksEndedKey,
  formerFamilyLinksEndedKey,
  linkKey,
  linksEndedKey,
  openingKey,
  openingsKey,
} from './dynamo-keys.ts';
import { seal, unseal } from './sealed-text.ts';
import { type Item, type Stored, dynamoTable } from './table.ts';
import { absent, present } from './table-expressions.ts';

const opens = v.object({
  familyId: v.string(),
  alertId: v.string(),
  recipient: linkRecipientSchema,
  drill: v.exactOptional(v.literal(true)),
});
const sealedLink = v.object({ sealed: v.string() });
/** A link of before they were sealed. It has a twin under its family. */
const formerLink = v.object({ ...opens.entries, officer: v.exactOptional(v.string()) });
const beside = v.object({ expiresAt: v.number(), sealedOfficer: v.exactOptional(v.string()) });
/** `all`: of every link of the family, whenever it was made; it is erased. */
const linksEnded = v.object({ endedAt: v.string(), all: v.exactOptional(v.literal(true)) });
const opened = v.object({ recipient: linkRecipientSchema, openedAt: v.string() });

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `undefined`: of before. */
const sealedIn = (stored: Stored): string | undefined => tryReadAs(sealedLink, stored)?.sealed;

const linkOf = (stored: Stored, token: string): Link => {
  const { expiresAt, sealedOfficer } = readAs(beside, stored);
  const sealed = sealedIn(stored);
  const link = sealed === undefined ? readAs(formerLink, stored) : readAs(opens, JSON.parse(unseal(token, sealed)));
  return {
    ...link,
    ...defined({ officer: sealedOfficer === undefined ? undefined : unseal(token, sealedOfficer) }),
    expiresAt: new Date(expiresAt * 1000).toISOString(),
  };
};

/** Where it stands that the links of a family's relatives were ended, or all links of a family. */
const ofFamilyKey = (familyId: string): Key => familyLinksEndedKey(hashOf(familyId));

/** Where else it stands that the links of its kind were ended. */
const ofKindKeys = ({ familyId, recipient }: Link, stored: Stored): readonly Key[] => {
  if (isOfficers(recipient)) return [linksEndedKey(officeIdOf(recipient))];
  const isFormer = recipient.kind === 'family' && sealedIn(stored) === undefined;
  return isFormer ? [formerFamilyLinksEndedKey(familyId)] : [];
};

/** That links which were made until then open nothing any more, until the last of them has expired. */
export const linksEndedItem = (key: Key, at: Date): Item => ({
  ...key,
  itemType: 'links-ended',
  endedAt: at.toISOString(),
  expiresAt: Math.ceil((at.getTime() + linkLifetimeMs) / 1000),
});

/** The same of a family's relatives. */
export const relativesEndedItem = (familyId: string, at: Date): Item => linksEndedItem(ofFamilyKey(familyId), at);

/** The same of all links of a family, whenever they were made. */
export const familyEndedItem = (familyId: string, at: Date): Item => ({
  ...relativesEndedItem(familyId, at),
  all: true,
});

/** A link: what it opens is sealed by its token, so that in the table nothing says whose it is. */
export const linkItem = ({ expiresAt, ...link }: Link, token: string): Item => ({
  ...linkKey(hashOf(token)),
  itemType: 'link',
  sealed: seal(token, JSON.stringify(readAs(opens, link))),
  expiresAt: Math.floor(Date.parse(expiresAt) / 1000),
});

/**
 * Links in the table, found by the hash of their token. They expire by TTL; readers ignore expired ones. Erasing a family
 * leaves them: they tell nobody of whom they were, and open nothing (docs/adr/042-links-are-sealed.md).
 */
export const dynamoLinkStore = (
  client: DynamoDBClient,
  tableName: string,
  deps: { readonly now: Clock; readonly newLinkToken: Secrets['newLinkToken'] },
): LinkStore => {
  const table = dynamoTable(client, tableName);
  const isOver = async (link: Link, stored: Stored): Promise<boolean> => {
    const [ofFamily, ...ofKind] = await Promise.all(
      [ofFamilyKey(link.familyId), ...ofKindKeys(link, stored)].map(async (key) => {
        const ended = await table.get(key);
        return ended && readAs(linksEnded, ended);
      }),
    );
    if (ofFamily?.all) return true;
    const ends = link.recipient.kind === 'family' ? [ofFamily, ...ofKind] : ofKind;
    return ends.some((ended) => ended && isEnded(link, ended.endedAt));
  };
  return {
    mint: async (link) => {
      const token = deps.newLinkToken();
      await table.put(linkItem(link, token));
      return token;
    },

    find: async (token) => {
      const stored = live(await table.get(linkKey(hashOf(token))), deps.now());
      if (!stored) return undefined;
      const link = linkOf(stored, token);
      return (await isOver(link, stored)) ? undefined : link;
    },

    noteOpened: async (link) => {
      const { familyId, alertId, recipient, expiresAt } = link;
      try {
        await table.put(
          {
            ...openingKey(familyId, alertId, officeIdOf(recipient)),
            itemType: 'opening',
            recipient,
            openedAt: deps.now().toISOString(),
            expiresAt: Math.floor(Date.parse(expiresAt) / 1000),
          },
          absent('pk'),
        );
      } catch {
        return false;
      }
      return true;
    },

    rememberOfficer: async (token, officer) => {
      try {
        await table.update(linkKey(hashOf(token)), {
          set: { sealedOfficer: seal(token, officer) },
          if: present('pk'),
        });
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

/** Openings in the table: one item for each recipient; of links of before on their twins, under keys of the same kind. */
export const dynamoLinkOpenings = (client: DynamoDBClient, tableName: string): LinkOpenings => {
  const table = dynamoTable(client, tableName);
  return {
    of: async (familyId, alertId) => {
      const { pk, sk } = openingsKey(familyId, alertId);
      const found = await table.query({
        partition: ['pk', pk],
        sort: ['sk', 'begins-with', sk],
        filter: present('openedAt'),
      });
      return readAs(v.array(opened), found);
    },
  };
};
