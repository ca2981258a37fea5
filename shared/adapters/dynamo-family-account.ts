import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { contactSchema } from '../domain/family/family.ts';
import type { AccountChange, FamilyAccounts } from '../domain/family/family-account.ts';
import { accountSchema } from '../domain/family/family-account.ts';
import { countJoining } from './dynamo-endpoint-limit.ts';
import { familyEventItem, familyOf } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';
import { dynamoTable } from './table.ts';
import type { Change } from './table-expressions.ts';
import { absent, every, is, present } from './table-expressions.ts';

/** Until the first change the phones see the contacts who are told. */
const accountItem = accountSchema.extend({
  contacts: z.array(contactSchema),
  shownContacts: z.array(contactSchema).optional(),
});

/** The change of the family's item, unless somebody else has changed it since it was read. */
const updateOf = ({ account, contacts, devices = {}, seizedDevice }: AccountChange): Change => {
  const entries = Object.entries(devices).map(([hash, device]) => [`devices.${hash}`, device] as const);
  return {
    set: { contacts: contacts?.real, shownContacts: contacts?.shown, ...Object.fromEntries(entries) },
    remove: entries.filter(([, device]) => device === undefined).map(([path]) => path),
    add: { changes: 1, seizedDevices: seizedDevice === undefined ? undefined : new Set([seizedDevice]) },
    if: every(present('pk'), is('changes', account.changes === 0 ? undefined : account.changes)),
  };
};

/** Families with their devices: each change is one transaction with its event, conditional on the changes before. */
export const dynamoFamilyAccounts = (client: DynamoDBClient, tableName: string): FamilyAccounts => {
  const table = dynamoTable(client, tableName);
  return {
    get: async (familyId) => {
      const stored = await table.get(familyKey(familyId));
      if (!stored) return undefined;
      const { contacts, shownContacts = contacts, ...rest } = accountItem.parse(stored);
      return { family: familyOf(stored), shownContacts, ...rest };
    },

    apply: async (change, now) => {
      const { account, event, joining } = change;
      const outcome = await table.transact([
        { update: familyKey(account.family.familyId), ...updateOf(change) },
        { put: familyEventItem(event), if: absent('pk') },
        ...(joining === undefined ? [] : [countJoining(joining, now)]),
      ]);
      if (outcome.kind === 'applied') return 'applied';
      return outcome.refusals.has(0) || outcome.refusals.has(1) ? 'conflict' : 'limited';
    },
  };
};
