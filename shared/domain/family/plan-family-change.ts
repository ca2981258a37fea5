import type { Contact, RemovedContact } from './family.ts';
import type { AccountChange, FamilyAccount, FamilyDevice } from './family-account.ts';
import { listedDevices } from './family-account.ts';
import { lettersIn } from './readable-code.ts';
import type { Secrets } from './register-family.ts';
import { trustedAfterMs } from './trusted.ts';
import type { FamilyChangeKind, FamilyRefusal } from '../vocabulary.ts';

export type { FamilyRefusal } from '../vocabulary.ts';

type WantedContact = Pick<Contact, 'name' | 'channel' | 'endpoint' | 'language' | 'trusted'>;

export type FamilyRequest =
  | { readonly kind: 'add-contact'; readonly contact: WantedContact }
  | { readonly kind: 'remove-contact'; readonly contactId: string }
  | { readonly kind: 'add-device'; readonly as?: 'code' }
  | { readonly kind: 'revoke-device'; readonly deviceId: string }
  | { readonly kind: 'erase' };

export type PlannedChange =
  | { readonly kind: 'refused'; readonly reason: FamilyRefusal }
  | { readonly kind: 'none'; readonly contact: Contact }
  | {
      readonly kind: 'change';
      readonly writes: Pick<AccountChange, 'contacts' | 'removed' | 'devices' | 'seizedDevice' | 'joining' | 'code'>;
      readonly code?: { readonly code: string; readonly expiresAt: string };
      readonly change: FamilyChangeKind;
      readonly contact?: Contact;
      readonly device?: FamilyDevice;
    };

export type ChangeContext = {
  readonly account: FamilyAccount;
  /** The duress PIN, or the PIN while a case is open in secret: what it means for officers and the trusted contact is not done. */
  readonly pretend: boolean;
  /** A phone that a seized phone adds counts as seized too. */
  readonly seized: boolean;
  readonly now: Date;
  readonly newId: () => string;
  readonly newSecretHash: string;
  readonly newCode: Secrets['newCode'];
};

export const maximumContacts = 10;
export const maximumDevices = 5;

export const halfOfCode = 4;

/** How long a code makes another phone. */
const deviceCodeMs = 15 * 60 * 1000;

// Revoked phones that stay on record. Those whose presses are not heard go first, then the newest: a captor may add and
// revoke phones of their own under duress for as long as they like, and the person's was there before.
const maximumMuted = 100;

const isSame = (one: Contact, other: Pick<Contact, 'channel' | 'endpoint'>): boolean =>
  one.channel === other.channel && one.endpoint.toLowerCase() === other.endpoint.toLowerCase();

const addContact = ({ account, pretend, now, newId }: ChangeContext, wanted: WantedContact): PlannedChange => {
  const shown = account.shownContacts;
  const present = shown.find((contact) => isSame(contact, wanted));
  // Sent again after a lost answer.
  if (present?.name === wanted.name && present.language === wanted.language) return { kind: 'none', contact: present };
  if (present) return { kind: 'refused', reason: 'endpoint-taken' };
  if (shown.length >= maximumContacts) return { kind: 'refused', reason: 'too-many-contacts' };
  const contact = { contactId: newId(), ...wanted, addedAt: now.toISOString() };
  const { trusted: _unproven, ...untrusted } = contact;
  const real = pretend ? untrusted : contact;
  const others = account.family.contacts.filter((each) => !isSame(each, wanted));
  return {
    kind: 'change',
    change: 'contact-added',
    contact,
    writes: { contacts: { real: [...others, real], shown: [...shown, contact] }, joining: wanted.endpoint },
  };
};

// Those longest who were there from the beginning.
const maximumRemoved = 40;

const isFirst = ({ contact }: RemovedContact): boolean => contact !== undefined && contact.addedAt === undefined;

/** With either PIN as much is kept of those who are removed. */
const removedAfter = (
  { account, pretend, now }: ChangeContext,
  contacts: readonly Contact[],
): readonly RemovedContact[] => {
  const at = now.toISOString();
  const added = contacts.map((contact): RemovedContact =>
    pretend ? { at, contact } : { at, blank: '0'.repeat(JSON.stringify(contact).length) },
  );
  const before = (account.family.removed ?? []).filter(
    (each) => each.contact !== undefined || now.getTime() - Date.parse(each.at) < trustedAfterMs,
  );
  const all = [...before, ...added];
  return all.length <= maximumRemoved
    ? all
    : all.toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a))).slice(0, maximumRemoved);
};

const removeContact = (context: ChangeContext, contactId: string): PlannedChange => {
  const { account } = context;
  const contact = account.shownContacts.find((each) => each.contactId === contactId);
  if (!contact) return { kind: 'refused', reason: 'unknown-contact' };
  const shown = account.shownContacts.filter((each) => each !== contact);
  if (shown.length === 0) return { kind: 'refused', reason: 'last-contact' };
  const { contacts } = account.family;
  const real = contacts.filter((each) => each.contactId !== contactId);
  const removed = removedAfter(context, [contacts.find((each) => each.contactId === contactId) ?? contact]);
  return {
    kind: 'change',
    change: 'contact-removed',
    contact,
    // Somebody must be told.
    writes: { contacts: { real: real.length > 0 ? real : shown, shown }, removed },
  };
};

type Adding =
  | Extract<PlannedChange, { kind: 'refused' }>
  | (Extract<PlannedChange, { kind: 'change' }> & { readonly device: FamilyDevice });

const addDevice = ({ account, seized, now, newId, newSecretHash }: ChangeContext): Adding => {
  if (listedDevices(account, now).length >= maximumDevices) return { kind: 'refused', reason: 'too-many-devices' };
  const device = { deviceId: newId(), addedAt: now.toISOString() };
  return {
    kind: 'change',
    change: 'device-added',
    device,
    writes: { devices: { [newSecretHash]: device }, ...(seized && { seizedDevice: device.deviceId }) },
  };
};

/** A code in the place of a token: for now it is an entry whose secret nobody knows. */
const addDeviceByCode = (context: ChangeContext): PlannedChange => {
  const planned = addDevice(context);
  if (planned.kind === 'refused') return planned;
  const { account, now, newSecretHash: placeholder, newCode } = context;
  const { code, codeHash } = newCode(2 * halfOfCode);
  const until = new Date(now.getTime() + deviceCodeMs).toISOString();
  const firstHalf = lettersIn(code).slice(0, halfOfCode);
  return {
    ...planned,
    code: { code, expiresAt: until },
    writes: {
      ...planned.writes,
      devices: { [placeholder]: { ...planned.device, joinsUntil: until } },
      code: { firstHalf, codeHash, placeholder, until, familyId: account.family.familyId },
    },
  };
};

const forgotten = (devices: FamilyAccount['devices']): Record<string, undefined> => {
  const muted = Object.entries(devices).flatMap(([hash, { addedAt, muted: mute }]) =>
    mute ? [{ hash, addedAt, ...mute }] : [],
  );
  const first = muted.toSorted(
    (a, b) => Number(a.heard) - Number(b.heard) || (a.heard ? (a.addedAt < b.addedAt ? 1 : -1) : a.at < b.at ? -1 : 1),
  );
  return Object.fromEntries(
    first.slice(0, Math.max(muted.length + 1 - maximumMuted, 0)).map(({ hash }) => [hash, undefined]),
  );
};

const mute = (device: FamilyDevice, { now, newId }: ChangeContext, heard: boolean): FamilyDevice => ({
  ...device,
  muted: { at: now.toISOString(), heard, salt: newId() },
});

const revokeDevice = (context: ChangeContext, deviceId: string): PlannedChange => {
  const { account, pretend } = context;
  const [hash, device] =
    Object.entries(account.devices).find(([, each]) => each.deviceId === deviceId && !each.muted) ?? [];
  if (hash === undefined || !device) return { kind: 'refused', reason: 'unknown-phone' };
  return {
    kind: 'change',
    change: 'device-revoked',
    device,
    writes: { devices: { ...forgotten(account.devices), [hash]: mute(device, context, pretend) } },
  };
};

/**
 * Erasing removes every token; the event does the rest. After a pretended one the phones are heard when they press, and no
 * answer says so.
 */
const erase = (context: ChangeContext): PlannedChange => {
  const { account, pretend } = context;
  const after = (device: FamilyDevice): FamilyDevice | undefined => {
    if (!pretend) return undefined;
    return device.muted ? device : mute(device, context, true);
  };
  const devices = Object.entries(account.devices).map(([hash, device]) => [hash, after(device)] as const);
  return { kind: 'change', change: 'erased', writes: { devices: Object.fromEntries(devices) } };
};

/** On the lists as the phones see them: the contacts hear the same of a pretended change. */
export const planChange = (context: ChangeContext, request: FamilyRequest): PlannedChange => {
  switch (request.kind) {
    case 'add-contact':
      return addContact(context, request.contact);
    case 'remove-contact':
      return removeContact(context, request.contactId);
    case 'add-device':
      return request.as === 'code' ? addDeviceByCode(context) : addDevice(context);
    case 'revoke-device':
      return revokeDevice(context, request.deviceId);
    case 'erase':
      return erase(context);
  }
};
