import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { familyEventItem } from '../../shared/adapters/dynamo-items.ts';
import { familyKey } from '../../shared/adapters/dynamo-keys.ts';
import { canaryFamilyId, drillFamilyId } from '../../shared/names.ts';
import type { Outcome } from './command-line.ts';
import { OperatorError } from './operator-error.ts';
import type { Aws } from './target.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Erases a family in the stead of a person who has lost phone, PIN or recovery code, as the person would with the PIN: no
 * phone of theirs is let in from now on, the contacts are told, and topics and items go when officers have closed what is
 * open. Two writes and no read: an operator learns nothing about anybody.
 */
export const retireFamily = async (
  { dynamoDb, now }: Pick<Aws, 'dynamoDb' | 'now'>,
  table: string,
  typed: string,
): Promise<Outcome> => {
  const familyId = typed.toLowerCase();
  if (!uuid.test(familyId)) throw new OperatorError(`"${typed}" is not the id of a family: it is a whole UUID.`);
  if (familyId === canaryFamilyId) throw new OperatorError('That is the canary: set canaryMinutes to 0 and deploy.');
  if (familyId === drillFamilyId) throw new OperatorError('That is the family of offices’ drills: it is nobody.');
  const at = now.toISOString();
  const event = familyEventItem({
    familyId,
    eventId: `${at}.${randomUUID()}`,
    type: 'contact.list-changed.v1',
    at,
    change: 'erased',
    inSecret: false,
    deliveries: { family: { status: 'pending' } },
  });
  try {
    await dynamoDb.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          {
            Update: {
              TableName: table,
              Key: marshall(familyKey(familyId)),
              UpdateExpression: 'SET devices = :none ADD changes :one',
              ConditionExpression: 'attribute_exists(pk)',
              ExpressionAttributeValues: marshall({ ':none': {}, ':one': 1 }),
            },
          },
          { Put: { TableName: table, Item: marshall(event, { removeUndefinedValues: true }) } },
        ],
      }),
    );
  } catch (fault) {
    if (!(fault instanceof TransactionCanceledException)) throw fault;
    throw new OperatorError(`There is no family ${familyId}, or it is being changed at this moment: try again.`, {
      cause: fault,
    });
  }
  return {
    exitCode: 0,
    text:
      `The family ${familyId} is being erased: its phones are let in no more, its contacts are told, and the rest goes ` +
      'within minutes, or when officers have closed its open case. The person can register again now.',
    json: { familyId, retiredAt: at },
  };
};
