import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { contactSchema } from '../domain/family/family.ts';
import type { AccountChange, FamilyAccount, FamilyAccounts } from '../domain/family/family-account.ts';
import { accountSchema } from '../domain/family/family-account.ts';
import { retryConflicts } from './dynamo-conflicts.ts';
import { countJoining } from './dynamo-endpoint-limit.ts';
import { familyEventItem, readFamilyItem } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';

/** Until the first change the phones see the contacts who are told. */
const accountItem = accountSchema.extend({
  contacts: z.array(contactSchema),
  shownContacts: z.array(contactSchema).optional(),
});

type Clauses = { sets: string[]; removes: string[]; names: Record<string, string>; values: Record<string, unknown> };

const clausesOf = ({ contacts, devices = {} }: AccountChange): Clauses => {
  const clauses: Clauses = { sets: [], removes: [], names: {}, values: {} };
  if (contacts) {
    clauses.sets.push('contacts = :real', 'shownContacts = :shown');
    Object.assign(clauses.values, { ':real': contacts.real, ':shown': contacts.shown });
  }
  for (const [index, [hash, entry]] of Object.entries(devices).entries()) {
    clauses.names[`#device${index}`] = hash;
    if (entry === undefined) clauses.removes.push(`devices.#device${index}`);
    else {
      clauses.sets.push(`devices.#device${index} = :device${index}`);
      clauses.values[`:device${index}`] = entry;
    }
  }
  return clauses;
};

/** Families with their devices: each change is one transaction with its event, conditional on the changes before. */
export const dynamoFamilyAccounts = (client: DynamoDBClient, tableName: string): FamilyAccounts => {
  const update = (change: AccountChange) => {
    const { account, seizedDevice } = change;
    const { sets, removes, names, values } = clausesOf(change);
    const expression = [
      ...(sets.length > 0 ? [`SET ${sets.join(', ')}`] : []),
      ...(removes.length > 0 ? [`REMOVE ${removes.join(', ')}`] : []),
      `ADD changes :one${seizedDevice === undefined ? '' : ', seizedDevices :seized'}`,
    ];
    const unchanged = account.changes === 0 ? 'attribute_not_exists(changes)' : 'changes = :changes';
    return {
      TableName: tableName,
      Key: marshall(familyKey(account.family.familyId)),
      UpdateExpression: expression.join(' '),
      ConditionExpression: `attribute_exists(pk) AND ${unchanged}`,
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
      ExpressionAttributeValues: marshall(
        {
          ...values,
          ':one': 1,
          ...(account.changes > 0 && { ':changes': account.changes }),
          ...(seizedDevice !== undefined && { ':seized': new Set([seizedDevice]) }),
        },
        { removeUndefinedValues: true },
      ),
    };
  };

  return {
    get: async (familyId) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall(familyKey(familyId)), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const { contacts, shownContacts = contacts, ...rest } = accountItem.parse(unmarshall(Item));
      return { family: readFamilyItem(Item), shownContacts, ...rest } satisfies FamilyAccount;
    },

    apply: async (change, now) => {
      const { event, joining } = change;
      const command = new TransactWriteItemsCommand({
        TransactItems: [
          { Update: update(change) },
          {
            Put: {
              TableName: tableName,
              Item: familyEventItem(event),
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
          ...(joining === undefined ? [] : [countJoining(tableName, joining, now)]),
        ],
      });
      try {
        await retryConflicts(async () => client.send(command));
        return 'applied';
      } catch (fault) {
        if (!(fault instanceof TransactionCanceledException)) throw fault;
        const failed = (fault.CancellationReasons ?? []).map(({ Code }) => Code === 'ConditionalCheckFailed');
        if (failed[0] === true || failed[1] === true) return 'conflict';
        if (failed[2] === true) return 'limited';
        throw fault;
      }
    },
  };
};
