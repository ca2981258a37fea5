import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { createHash } from 'node:crypto';
import { familiesPerDay, secondsToMidnight } from '../domain/limits.ts';
import { endpointKey } from './dynamo-keys.ts';

/**
 * A mailbox under the many ways to write it: one that differs in case or in what follows a `+` is the same person's,
 * and so is one of Gmail that differs in dots. https://support.google.com/mail/answer/7436150
 */
const mailboxOf = (address: string): string => {
  const [local = '', domain = ''] = address.toLowerCase().split(/@(?=[^@]*$)/);
  const user = local.replace(/\+.*$/, '');
  return /^(gmail|googlemail)\.com$/.test(domain) ? `${user.replaceAll('.', '')}@gmail.com` : `${user}@${domain}`;
};

const hashOf = (endpoint: string): string =>
  createHash('sha256')
    .update(endpoint.includes('@') ? mailboxOf(endpoint) : endpoint)
    .digest('hex');

/** Endpoints that count as one are counted once. */
export const countedEndpoints = (endpoints: readonly string[]): readonly string[] => [
  ...new Map(endpoints.map((endpoint) => [hashOf(endpoint), endpoint])).values(),
];

/** The part of a transaction by which an endpoint joins one family more; its condition fails at the limit of the day. */
export const countJoining = (tableName: string, endpoint: string, now: Date): TransactWriteItem => ({
  Update: {
    TableName: tableName,
    Key: marshall(endpointKey(hashOf(endpoint), now.toISOString().slice(0, 10))),
    UpdateExpression: 'SET itemType = :itemType, expiresAt = :midnight ADD families :one',
    ConditionExpression: 'attribute_not_exists(pk) OR families < :most',
    ExpressionAttributeValues: marshall({
      ':itemType': 'endpoint-limit',
      ':midnight': Math.floor(now.getTime() / 1000) + secondsToMidnight(now),
      ':one': 1,
      ':most': familiesPerDay,
    }),
  },
});
