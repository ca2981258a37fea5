import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { type Contact, contactSchema } from '../domain/family/family.ts';
import type { MonthStore } from '../domain/family/after-a-month.ts';
import { DidNotHoldStillError, untilItHolds } from '../domain/hold-still.ts';
import type { KeyedHash } from '../domain/keyed-hash.ts';
import {
  type AccountChange,
  type AppliedChange,
  type FamilyAccount,
  type FamilyAccounts,
  type SettingsChange,
  type TrustStore,
  accountSchema,
} from '../domain/family/family-account.ts';
import type { Settings } from '../domain/family/plan-settings.ts';
import { shownFamily } from '../domain/family/shown-family.ts';
import { readAs } from '../domain/shape.ts';
import { putDeviceCode } from './dynamo-device-codes.ts';
import { endRecovery, putRecovery } from './dynamo-recovery.ts';
import { countedBy, countJoining } from './dynamo-endpoint-limit.ts';
import { familyEventItem, familyOf } from './dynamo-items.ts';
import { familyKey } from './dynamo-keys.ts';
import { relativesEndedItem } from './dynamo-link-store.ts';
import { signalWrites } from './pretence-item.ts';
import { type Write, dynamoTable } from './table.ts';
import { type Change, type Condition, absent, every, is, present } from './table-expressions.ts';

/** Until the first change the phones see the contacts who are told. */
const accountItem = v.object({
  ...accountSchema.entries,
  contacts: v.array(contactSchema),
  shownContacts: v.optional(v.array(contactSchema)),
});

/** Nobody else has changed the family since it was read. */
export const unchanged = ({ changes }: FamilyAccount): Condition =>
  every(present('pk'), is('changes', changes === 0 ? undefined : changes));

/** The change of the family's item, unless somebody else has changed it since it was read. */
const updateOf = (change: AccountChange): Change => {
  const { account, contacts, removed, devices = {}, seizedDevice, recovery, changesOfDay } = change;
  const entries = Object.entries(devices).map(([hash, device]) => [`devices.${hash}`, device] as const);
  return {
    set: {
      contacts: contacts?.real,
      shownContacts: contacts?.shown,
      removed,
      changesOfDay,
      ...Object.fromEntries(entries),
      ...(recovery && { recoveryHash: recovery.after, pins: recovery.pins }),
    },
    remove: entries.filter(([, device]) => device === undefined).map(([path]) => path),
    add: { changes: 1, seizedDevices: seizedDevice === undefined ? undefined : new Set([seizedDevice]) },
    if: unchanged(account),
  };
};

/** What holds takes whole kilobytes: by its size nobody learns whether it is what is shown (G7). */
const padding = (real: Settings): string => '0'.repeat(1024 - (JSON.stringify(real).length % 1024));

const settingsUpdate = ({ account, real, shown, pins }: SettingsChange): Change => ({
  set: { ...real, shown, pins, padding: padding(real) },
  // The topic is made anew for the phone that is shown by then.
  remove: shownFamily(account.family).person.phone === shown.person.phone ? [] : ['selfTopic'],
  add: { changes: 1 },
  if: unchanged(account),
});

/** Families with their devices, for whoever changes none. */
export const dynamoAccountReader = (client: DynamoDBClient, tableName: string): Pick<FamilyAccounts, 'get'> => {
  const table = dynamoTable(client, tableName);
  return {
    get: async (familyId) => {
      const stored = await table.get(familyKey(familyId));
      if (!stored) return undefined;
      const { contacts, shownContacts = contacts, ...rest } = readAs(accountItem, stored);
      return { family: familyOf(stored), shownContacts, ...rest };
    },
  };
};

/** Families with their devices: each change is one transaction with its event, conditional on the changes before. */
export const dynamoFamilyAccounts = (
  client: DynamoDBClient,
  tableName: string,
  keyedHash: KeyedHash,
  sharedContacts: readonly string[] = [],
): FamilyAccounts => {
  const table = dynamoTable(client, tableName);
  const counted = countedBy(keyedHash, sharedContacts);
  const write = async (own: readonly Write[], joining: string | undefined, now: Date): Promise<AppliedChange> => {
    const waiting = joining === undefined ? undefined : await counted(joining);
    const outcome = await table.transact([...own, ...(waiting === undefined ? [] : [countJoining(waiting, now)])]);
    if (outcome.kind === 'applied') return { kind: 'applied' };
    const isConflict = [...outcome.refusals.keys()].some((place) => place < own.length);
    return isConflict || waiting === undefined ? { kind: 'conflict' } : { kind: 'limited', waiting };
  };
  return {
    ...dynamoAccountReader(client, tableName),

    apply: async (change, now) => {
      const { account, event, joining, signal, code, recovery, endsLinks } = change;
      const { familyId } = account.family;
      const own: readonly Write[] = [
        { update: familyKey(familyId), ...updateOf(change) },
        ...(event ? [{ put: familyEventItem(event), if: absent('pk') }] : []),
        ...signalWrites(signal),
        ...(endsLinks === true ? [{ put: relativesEndedItem(familyId, now) }] : []),
        ...(code ? [putDeviceCode(code, now)] : []),
        ...(recovery ? [putRecovery(familyId, recovery.after), endRecovery(recovery.before, now)] : []),
      ];
      return write(own, joining, now);
    },

    applySettings: async (change, now) => {
      const { account, signal, joining } = change;
      const own: readonly Write[] = [
        { update: familyKey(account.family.familyId), ...settingsUpdate(change) },
        ...signalWrites(signal),
      ];
      return write(own, joining, now);
    },
  };
};

/** What time changes of a family, see docs/adr/032-signals-and-the-trusted-contact.md. */
export const dynamoMonths = (client: DynamoDBClient, tableName: string): MonthStore => {
  const table = dynamoTable(client, tableName);
  return {
    settle: async ({ account, contacts, removed, events }) => {
      const update: Write = {
        update: familyKey(account.family.familyId),
        // The phones go on seeing what they saw.
        set: { contacts, removed, shownContacts: account.shownContacts },
        add: { changes: 1 },
        if: unchanged(account),
      };
      await table.transact([update, ...events.map((event) => ({ put: familyEventItem(event), if: absent('pk') }))]);
    },
  };
};

/** Read and written again until nobody else has changed the family in between. */
export const dynamoTrust = (client: DynamoDBClient, tableName: string): TrustStore => {
  const table = dynamoTable(client, tableName);
  const accounts = dynamoAccountReader(client, tableName);
  const withoutTrust =
    (contactId: string) =>
    (contact: Contact): Contact =>
      contact.contactId === contactId ? { ...contact, trusted: false } : contact;
  return {
    leave: async (familyId, contactId) => {
      const read = async () => accounts.get(familyId);
      const held = await untilItHolds(await read(), read, async (account) => {
        const { contacts, removed = [] } = account.family;
        const outcome = await table.update(familyKey(familyId), {
          set: {
            contacts: contacts.map(withoutTrust(contactId)),
            removed: removed.map((one) =>
              one.contact ? { ...one, contact: withoutTrust(contactId)(one.contact) } : one,
            ),
          },
          add: { changes: 1 },
          if: unchanged(account),
        });
        return outcome.kind === 'applied' ? undefined : 'conflict';
      });
      if (held.kind === 'did-not-hold-still') throw new DidNotHoldStillError('The family did not hold still.');
    },
  };
};
