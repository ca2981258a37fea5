import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type WaitingContacts, afterJoining } from '../domain/family/join-waiting.ts';
import { countJoining, sharedBy } from './dynamo-endpoint-limit.ts';
import { unchanged } from './dynamo-family-account.ts';
import { familyEventItem } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';
import { type Write, dynamoTable } from './table.ts';
import { absent } from './table-expressions.ts';

/** Joins contacts who wait, by what their joinings are counted: whoever does it needs no key. */
export const dynamoWaitingContacts = (
  client: DynamoDBClient,
  tableName: string,
  sharedContacts: readonly string[],
): WaitingContacts => {
  const table = dynamoTable(client, tableName);
  const isShared = sharedBy(sharedContacts);
  return {
    join: async (account, { contactId, endpoint, waiting }, event) => {
      const joined = (contacts: Parameters<typeof afterJoining>[0]) => afterJoining(contacts, contactId, event.at);
      const own: readonly Write[] = [
        {
          update: familyKey(event.familyId),
          set: { contacts: joined(account.family.contacts), shownContacts: joined(account.shownContacts) },
          add: { changes: 1 },
          if: unchanged(account),
        },
        { put: familyEventItem(event), if: absent('pk') },
      ];
      const isCounted = waiting !== undefined && !isShared(endpoint);
      const outcome = await table.transact([...own, ...(isCounted ? [countJoining(waiting, new Date(event.at))] : [])]);
      if (outcome.kind === 'applied') return 'joined';
      return [...outcome.refusals.keys()].some((place) => place < own.length) ? 'conflict' : 'limited';
    },
  };
};
