import { utcDay } from '../domain/clock.ts';
import type { KeyedHash } from '../domain/keyed-hash.ts';
import { familiesPerDay, secondsToMidnight } from '../domain/limits.ts';
import { endpointKey } from './dynamo-keys.ts';
import type { Write } from './table.ts';
import { absent, below, either } from './table-expressions.ts';

/**
 * A mailbox under the many ways to write it: one that differs in case or in what follows a `+` is the same person's,
 * and so is one of Gmail that differs in dots. https://support.google.com/mail/answer/7436150
 */
const mailboxOf = (address: string): string => {
  const [local = '', domain = ''] = address.toLowerCase().split(/@(?=[^@]*$)/);
  const user = local.replace(/\+.*$/, '');
  return /^(gmail|googlemail)\.com$/.test(domain) ? `${user.replaceAll('.', '')}@gmail.com` : `${user}@${domain}`;
};

const countedAs = (endpoint: string): string => (endpoint.includes('@') ? mailboxOf(endpoint) : endpoint);

/** Whether an endpoint is one of those that the operator lets join as many families as they like. */
export const sharedBy = (shared: readonly string[]): ((endpoint: string) => boolean) => {
  const exempt = new Set(shared.map(countedAs));
  return (endpoint) => exempt.has(countedAs(endpoint));
};

/**
 * By what the joinings of an endpoint are counted, the same for all ways to write it; `undefined`: they are not. By a plain
 * hash all phones could be tried in hours.
 */
export type CountedBy = (endpoint: string) => Promise<string | undefined>;

export const countedBy = (keyedHash: KeyedHash, shared: readonly string[]): CountedBy => {
  const isShared = sharedBy(shared);
  return async (endpoint) => (isShared(endpoint) ? undefined : keyedHash(`endpoint|${countedAs(endpoint)}`));
};

/** The part of a transaction by which an endpoint joins one family more; its condition fails at the limit of the day. */
export const countJoining = (counted: string, now: Date): Write => ({
  update: endpointKey(counted, utcDay(now)),
  set: { itemType: 'endpoint-limit', expiresAt: Math.floor(now.getTime() / 1000) + secondsToMidnight(now) },
  add: { families: 1 },
  if: either(absent('pk'), below('families', familiesPerDay)),
});
