import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { firstReachCheckMs, registrationReplayMs, watchAfterMs } from '../domain/limits.ts';
import type { FamilyRegister, MetChallenge, NewDevice, RegisterOutcome } from '../domain/family/register-family.ts';
import type { KeyedHash } from '../domain/keyed-hash.ts';
import { shownFamily } from '../domain/family/shown-family.ts';
import { tryReadAs } from '../domain/shape.ts';
import { type CountedBy, countedBy, countJoining } from './dynamo-endpoint-limit.ts';
import { dynamoAccountReader } from './dynamo-family-account.ts';
import { endRecovery, putRecovery } from './dynamo-recovery.ts';
import { dueBucketOf, familyKey, registrationKey, spentChallengeKey } from './dynamo-keys.ts';
import { newReachItem } from './dynamo-reach-store.ts';
import { type Table, type Write, dynamoTable } from './table.ts';
import { absent, atMost, either, every, is, present } from './table-expressions.ts';

const registrationItem = v.object({
  familyId: v.string(),
  secretHash: v.string(),
  createdAtMs: v.number(),
  recoveryHash: v.optional(v.string()),
  // Those of before have none, and take any body for the same.
  bodyHash: v.optional(v.string()),
});
type Registration = v.InferOutput<typeof registrationItem>;
type Entry = Parameters<FamilyRegister['register']>[0];

// Another request with the same id may be in the middle of its own transaction; its end decides which case ours is.
const maximumTries = 4;

const storedDevice = (device: NewDevice, now: Date) => ({ deviceId: device.deviceId, addedAt: now.toISOString() });

const putFamily = ({ family, pins, device, recoveryHash, registrationId, now }: Entry): Write => ({
  put: {
    ...familyKey(family.familyId),
    itemType: 'family' as const,
    eventType: 'contact.welcome.v1',
    ...family,
    pins,
    recoveryHash,
    registrationId,
    devices: { [device.secretHash]: storedDevice(device, now) },
    deliveries: {
      family: { status: 'pending' },
      ...(family.contacts.some(({ trusted }) => trusted === true) && { 'family:trusted': { status: 'pending' } }),
    },
    dueBucket: dueBucketOf(family.familyId),
    dueAt: now.getTime() + watchAfterMs,
  },
  if: absent('pk'),
});

const putReach = ({ family: { familyId }, now }: Entry): Write => ({
  put: newReachItem(familyId, now.getTime() + firstReachCheckMs),
});

const putRegistration = (
  { family, device, recoveryHash, bodyHash, now }: Entry,
  registrationId: string,
  revoked: string,
): Write => ({
  put: {
    ...registrationKey(registrationId),
    itemType: 'registration' as const,
    familyId: family.familyId,
    secretHash: device.secretHash,
    recoveryHash,
    bodyHash,
    createdAtMs: now.getTime(),
    expiresAt: Math.ceil((now.getTime() + registrationReplayMs) / 1000),
  },
  if: either(absent('pk'), atMost('createdAtMs', now.getTime() - registrationReplayMs), is('secretHash', revoked)),
  explain: true,
});

/** Two registrations with one challenge: the condition of the second fails. Later than it is valid nobody asks any more. */
const spend = ({ challengeId, expiresAt }: MetChallenge): Write => ({
  put: {
    ...spentChallengeKey(challengeId),
    itemType: 'spent-challenge' as const,
    expiresAt: Math.ceil(expiresAt.getTime() / 1000),
  },
  if: absent('pk'),
});

/** By what those are counted who are at the limit of the day. */
type Full = ReadonlySet<string | undefined>;

/** By what the contacts and the person are counted, and the family in which those wait who are `full`. */
const countedIn = async (counted: CountedBy, family: Entry['family'], full: Full) => {
  const { contacts, person } = family;
  const ofContacts = await Promise.all(contacts.map(async ({ endpoint }) => counted(endpoint)));
  const ofPerson = person.phone === undefined ? undefined : await counted(person.phone);
  const marked = contacts.map((contact, index) => {
    const waiting = ofContacts[index];
    return waiting !== undefined && full.has(waiting) ? { ...contact, waiting } : contact;
  });
  return { family: { ...family, contacts: marked }, ofContacts, ofPerson };
};

/**
 * The transaction of a registration in which those wait who are `full`, and why it was refused by the places of its parts.
 * `again`: somebody else was first. `full`: more have to wait.
 */
const registrationWrites = async (counted: CountedBy, entry: Entry, revoked: string, full: Full) => {
  const { registrationId, challenge, now } = entry;
  const { family, ofContacts, ofPerson } = await countedIn(counted, entry.family, full);
  const hashes = [...ofContacts, ofPerson].filter((hash) => hash !== undefined).filter((hash) => !full.has(hash));
  const joining = [...new Set(hashes)];
  const own = [
    putFamily({ ...entry, family }),
    ...(registrationId === undefined ? [] : [putRegistration(entry, registrationId, revoked)]),
    putReach(entry),
    putRecovery(family.familyId, entry.recoveryHash),
  ];
  const counts = joining.map((hash) => countJoining(hash, now));
  const reasonIn = (refusals: ReadonlyMap<number, unknown>) => {
    const limited = joining.filter((_, index) => refusals.has(own.length + index));
    if (limited.length > 0) {
      const waiting = new Set([...full, ...limited]);
      const isPerson = waiting.has(ofPerson);
      const isRefused = isPerson || ofContacts.every((hash) => waiting.has(hash));
      return isRefused ? ({ kind: 'limited', isPerson } as const) : ({ kind: 'full', waiting } as const);
    }
    return refusals.has(own.length + counts.length) ? ({ kind: 'used-before' } as const) : ({ kind: 'again' } as const);
  };
  return { family, writes: [...own, ...counts, ...(challenge ? [spend(challenge)] : [])], reasonIn };
};

/** The exchange that a repeat asks for: token and code of this answer in, those of the first out. */
const exchange = (
  { device, recoveryHash, now }: Entry,
  registrationId: string,
  first: Registration,
): readonly Write[] => [
  {
    update: familyKey(first.familyId),
    set: { [`devices.${device.secretHash}`]: storedDevice(device, now), recoveryHash },
    remove: [`devices.${first.secretHash}`],
    if: every(present(`devices.${first.secretHash}`), absent(`devices.${first.secretHash}.muted`)),
  },
  {
    update: registrationKey(registrationId),
    set: { secretHash: device.secretHash, recoveryHash },
    if: is('secretHash', first.secretHash),
  },
  putRecovery(first.familyId, recoveryHash),
  ...(first.recoveryHash === undefined ? [] : [endRecovery(first.recoveryHash, now)]),
];

/** A repeat must get its answer whatever limit or challenge stands in its way: the first registration has paid already. */
const findFirst = async (table: Table, { now, registrationId }: Entry): Promise<Registration | undefined> => {
  if (registrationId === undefined) return undefined;
  const first = tryReadAs(registrationItem, await table.get(registrationKey(registrationId)));
  return first && first.createdAtMs > now.getTime() - registrationReplayMs ? first : undefined;
};

/** Families as they are registered: one transaction writes the family and what makes a repeat recognisable. */
export const dynamoFamilyRegister = (
  client: DynamoDBClient,
  tableName: string,
  keyedHash: KeyedHash,
  sharedContacts: readonly string[] = [],
): FamilyRegister => {
  const table = dynamoTable(client, tableName);
  const accounts = dynamoAccountReader(client, tableName);
  const counted = countedBy(keyedHash, sharedContacts);

  /** If the phone was revoked since, or the family erased, by either PIN, a repeat begins anew (G7). */
  const repeat = async (
    entry: Entry,
    registrationId: string,
    first: Registration,
  ): Promise<RegisterOutcome | 'again'> => {
    if (first.bodyHash !== undefined && first.bodyHash !== entry.bodyHash) {
      const device = (await accounts.get(first.familyId))?.devices[first.secretHash];
      return device && !device.muted ? { kind: 'differs' } : attempt(entry, first.secretHash);
    }
    const outcome = await table.transact(exchange(entry, registrationId, first));
    if (outcome.kind === 'refused') {
      // While the registration still names the old token, nobody was first: the family has taken it away.
      return outcome.refusals.has(1) ? 'again' : attempt(entry, first.secretHash);
    }
    const account = await accounts.get(first.familyId);
    if (!account) throw new Error('The family of this registration is gone.');
    return { kind: 'registered', family: { ...shownFamily(account.family), contacts: account.shownContacts } };
  };

  const attempt = async (entry: Entry, revoked = '', full: Full = new Set()): Promise<RegisterOutcome | 'again'> => {
    const { registrationId, challenge } = entry;
    const repeatOf = (first: Registration | undefined) =>
      registrationId !== undefined && first && first.secretHash !== revoked
        ? repeat(entry, registrationId, first)
        : undefined;
    if (challenge?.stale === true) return (await repeatOf(await findFirst(table, entry))) ?? { kind: 'stale' };
    const { family, writes, reasonIn } = await registrationWrites(counted, entry, revoked, full);
    const outcome = await table.transact(writes);
    if (outcome.kind === 'applied') return { kind: 'registered', family };
    const reason = reasonIn(outcome.refusals);
    const shown = tryReadAs(registrationItem, outcome.refusals.get(1));
    const repeated = await repeatOf(shown ?? (reason.kind === 'again' ? undefined : await findFirst(table, entry)));
    if (repeated !== undefined) return repeated;
    if (reason.kind === 'full') return attempt(entry, revoked, reason.waiting);
    return reason.kind === 'again' ? 'again' : reason;
  };

  return {
    register: async (entry) => {
      for (let tries = 1; tries <= maximumTries; tries += 1) {
        const outcome = await attempt(entry);
        if (outcome !== 'again') return outcome;
      }
      throw new Error('Others registered with the same id all the time.');
    },
  };
};
