import type { Contact } from './family.ts';
import type { AccountChange, FamilyAccount, FamilyDevice } from './family-account.ts';
import { listedDevices } from './family-account.ts';
import type { FamilyChangeKind, FamilyRefusal } from '../vocabulary.ts';

export type { FamilyRefusal } from '../vocabulary.ts';

/** What a phone asks for, parsed. */
export type FamilyRequest =
  | { readonly kind: 'add-contact'; readonly contact: Pick<Contact, 'name' | 'channel' | 'endpoint'> }
  | { readonly kind: 'remove-contact'; readonly contactId: string }
  | { readonly kind: 'add-device' }
  | { readonly kind: 'revoke-device'; readonly deviceId: string }
  | { readonly kind: 'erase' };

/** What a request comes to on the lists as they stand. `none`: it was done before. */
export type PlannedChange =
  | { readonly kind: 'refused'; readonly reason: FamilyRefusal }
  | { readonly kind: 'none'; readonly contact: Contact }
  | {
      readonly kind: 'change';
      readonly writes: Pick<AccountChange, 'contacts' | 'devices' | 'seizedDevice' | 'joining'>;
      readonly change: FamilyChangeKind;
      readonly contact?: Contact;
      readonly device?: FamilyDevice;
    };

/** Who asks, and what is new if anything is. */
export type ChangeContext = {
  readonly account: FamilyAccount;
  /** The duress PIN, or as good as that: only what phones see changes. */
  readonly pretend: boolean;
  /** Hash of the secret of the phone that asks. */
  readonly asking: string;
  /** Whether that phone counts as seized: a phone that it adds does, too. */
  readonly seized: boolean;
  readonly now: Date;
  readonly newId: () => string;
  readonly newSecretHash: string;
};

export const maximumContacts = 10;
export const maximumDevices = 5;

// Of revoked phones so many stay on record; the oldest whose presses count for nothing go first.
const maximumMuted = 20;

const isSame = (one: Contact, other: Pick<Contact, 'channel' | 'endpoint'>): boolean =>
  one.channel === other.channel && one.endpoint.toLowerCase() === other.endpoint.toLowerCase();

const addContact = (
  { account, pretend, now, newId }: ChangeContext,
  wanted: Pick<Contact, 'name' | 'channel' | 'endpoint'>,
): PlannedChange => {
  const shown = account.shownContacts;
  const present = shown.find((contact) => isSame(contact, wanted));
  // Sent again after an answer that was lost.
  if (present?.name === wanted.name) return { kind: 'none', contact: present };
  if (present) return { kind: 'refused', reason: 'endpoint-taken' };
  if (shown.length >= maximumContacts) return { kind: 'refused', reason: 'too-many-contacts' };
  const contact = { contactId: newId(), ...wanted, addedAt: now.toISOString() };
  const { contacts } = account.family;
  // Whoever was removed under duress is still told: from now on as the one whom the person knows of.
  const real = pretend ? contacts : [...contacts.filter((each) => !isSame(each, wanted)), contact];
  return {
    kind: 'change',
    change: 'contact-added',
    contact,
    writes: { contacts: { real, shown: [...shown, contact] }, joining: wanted.endpoint },
  };
};

const removeContact = ({ account, pretend }: ChangeContext, contactId: string): PlannedChange => {
  const contact = account.shownContacts.find((each) => each.contactId === contactId);
  if (!contact) return { kind: 'refused', reason: 'unknown-contact' };
  const shown = account.shownContacts.filter((each) => each !== contact);
  if (shown.length === 0) return { kind: 'refused', reason: 'last-contact' };
  const { contacts } = account.family;
  const left = pretend ? contacts : contacts.filter((each) => each.contactId !== contactId);
  // Somebody must be told: when all that is left was added under duress, the person has chosen to keep it.
  const real = left.length > 0 ? left : shown;
  return { kind: 'change', change: 'contact-removed', contact, writes: { contacts: { real, shown } } };
};

const addDevice = ({ account, seized, now, newId, newSecretHash }: ChangeContext): PlannedChange => {
  if (listedDevices(account).length >= maximumDevices) return { kind: 'refused', reason: 'too-many-devices' };
  const device = { deviceId: newId(), addedAt: now.toISOString() };
  return {
    kind: 'change',
    change: 'device-added',
    device,
    writes: { devices: { [newSecretHash]: device }, ...(seized && { seizedDevice: device.deviceId }) },
  };
};

/** Those of the revoked phones that go when one more is revoked, to bound the record. */
const forgotten = (devices: FamilyAccount['devices']): Record<string, undefined> => {
  const muted = Object.entries(devices)
    .flatMap(([hash, { muted: mute }]) => (mute ? [{ hash, ...mute }] : []))
    .toSorted((a, b) => Number(a.heard) - Number(b.heard) || (a.at < b.at ? -1 : 1));
  return Object.fromEntries(
    muted.slice(0, Math.max(muted.length + 1 - maximumMuted, 0)).map(({ hash }) => [hash, undefined]),
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
 * Erasing takes every token away; the rest follows from the event. In pretence it takes away the one that asks, and
 * the family's other phones are heard when they press, without an answer that says so.
 */
const erase = (context: ChangeContext): PlannedChange => {
  const { account, pretend, asking } = context;
  const after = (hash: string, device: FamilyDevice): FamilyDevice | undefined => {
    if (!pretend || hash === asking) return undefined;
    return device.muted ? device : mute(device, context, true);
  };
  const devices = Object.entries(account.devices).map(([hash, device]) => [hash, after(hash, device)] as const);
  return { kind: 'change', change: 'erased', writes: { devices: Object.fromEntries(devices) } };
};

/** Decides a request on the lists as the phones see them; in pretence it changes those alone. */
export const planChange = (context: ChangeContext, request: FamilyRequest): PlannedChange => {
  switch (request.kind) {
    case 'add-contact':
      return addContact(context, request.contact);
    case 'remove-contact':
      return removeContact(context, request.contactId);
    case 'add-device':
      return addDevice(context);
    case 'revoke-device':
      return revokeDevice(context, request.deviceId);
    case 'erase':
      return erase(context);
  }
};
