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

/** Endpoints that count as one are counted once. */
export const countedEndpoints = (endpoints: readonly string[]): readonly string[] => [
  ...new Map(endpoints.map((endpoint) => [countedAs(endpoint), endpoint])).values(),
];

/**
 * The part of a transaction by which an endpoint joins one family more; its condition fails at the limit of the day. By a
 * plain hash all phones could be tried in hours.
 */
export const countJoining = async (keyedHash: KeyedHash, endpoint: string, now: Date): Promise<Write> => ({
  update: endpointKey(await keyedHash(`endpoint|${countedAs(endpoint)}`), utcDay(now)),
  set: { itemType: 'endpoint-limit', expiresAt: Math.floor(now.getTime() / 1000) + secondsToMidnight(now) },
  add: { families: 1 },
  if: either(absent('pk'), below('families', familiesPerDay)),
});
