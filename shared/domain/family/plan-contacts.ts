import { utcDay } from '../clock.ts';
import { defined } from '../defined.ts';
import type { Contact, RemovedContact } from './family.ts';
import { isWaiting } from './family.ts';
import type { ChangeContext, ContactChange, PlannedChange, WantedContact } from './planned-change.ts';
import { trustedAfterMs } from './trusted.ts';
import type { ContactStatus } from '../vocabulary.ts';

export const maximumContacts = 10;

export const isSameEndpoint = (one: Contact, other: Pick<Contact, 'channel' | 'endpoint'>): boolean =>
  one.channel === other.channel && one.endpoint.toLowerCase() === other.endpoint.toLowerCase();

/** Of one who is new to the channel. */
const newStatus = (contact: Contact): ContactStatus => (isWaiting(contact) ? 'waiting' : 'pending');

export const addContact = (
  { account, pretend, now, newId, waiting }: ChangeContext,
  wanted: WantedContact,
): PlannedChange => {
  const shown = account.shownContacts;
  const present = shown.find((contact) => isSameEndpoint(contact, wanted));
  // Sent again after a lost answer.
  if (present?.name === wanted.name && present.language === wanted.language)
    return { kind: 'none', contact: present, status: newStatus(present) };
  if (present) return { kind: 'refused', reason: 'endpoint-taken' };
  if (shown.length >= maximumContacts) return { kind: 'refused', reason: 'too-many-contacts' };
  const contact = { contactId: newId(), ...wanted, addedAt: now.toISOString(), ...defined({ waiting }) };
  const real = pretend ? trustedAs(contact, false) : contact;
  const others = account.family.contacts.filter((each) => !isSameEndpoint(each, wanted));
  // Removed with the duress PIN, and back on no phone's list: naming them anew takes no trust away.
  const held = account.family.contacts.find((each) => isSameEndpoint(each, wanted) && each.trusted === true);
  return {
    kind: 'change',
    change: 'contact-added',
    contact,
    status: newStatus(contact),
    writes: {
      contacts: { real: [...others, real], shown: [...shown, contact] },
      ...(held && { removed: [...(account.family.removed ?? []), { at: contact.addedAt, contact: held }] }),
      ...(waiting === undefined && { joining: wanted.endpoint }),
    },
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

export const removeContact = (context: ChangeContext, contactId: string): PlannedChange => {
  const { account } = context;
  const contact = account.shownContacts.find((each) => each.contactId === contactId);
  if (!contact) return { kind: 'refused', reason: 'unknown-contact' };
  const shown = account.shownContacts.filter((each) => each !== contact);
  if (shown.every(isWaiting)) return { kind: 'refused', reason: 'last-contact' };
  const { contacts } = account.family;
  const real = contacts.filter((each) => each.contactId !== contactId);
  const removed = removedAfter(context, [contacts.find((each) => each.contactId === contactId) ?? contact]);
  return {
    kind: 'change',
    change: 'contact-removed',
    contact,
    // Somebody must be told.
    writes: { contacts: { real: real.length > 0 ? real : shown, shown }, removed, endsLinks: true },
  };
};

const replaced = (contacts: readonly Contact[], by: Contact): readonly Contact[] =>
  contacts.map((each) => (each.contactId === by.contactId ? by : each));

const isAlike = (one: Contact, other: Contact): boolean => one.name === other.name && one.endpoint === other.endpoint;

const trustedAs = (contact: Contact, trusted: boolean): Contact =>
  contact.trusted === undefined ? contact : { ...contact, trusted };

/** Somebody whose endpoint is another from now on. */
const asNew = (
  { waiting: _waited, joinedAt: _joinedAt, ...contact }: Contact,
  { now, waiting }: ChangeContext,
): Contact => ({ ...contact, addedAt: now.toISOString(), ...defined({ waiting }) });

/**
 * Another name, endpoint or language. Who they were goes on record like somebody who was removed: under duress for officers
 * and because the trusted one goes on hearing. An endpoint that is new waits as long for trust as somebody who is.
 */
export const changeContact = (context: ChangeContext, contactId: string, wanted: ContactChange): PlannedChange => {
  const { account, pretend, status, waiting } = context;
  const before = account.shownContacts.find((each) => each.contactId === contactId);
  if (!before) return { kind: 'refused', reason: 'unknown-contact' };
  const moves = wanted.endpoint !== undefined && !isSameEndpoint(before, wanted);
  const after = { ...(moves ? asNew(before, context) : before), ...defined({ ...wanted }) };
  if (account.shownContacts.some((each) => each !== before && isSameEndpoint(each, after))) {
    return { kind: 'refused', reason: 'endpoint-taken' };
  }
  const isAnew = moves || after.language !== before.language;
  if (!isAnew && isAlike(after, before)) return { kind: 'none', contact: before, status };
  const shown = replaced(account.shownContacts, after);
  if (shown.every(isWaiting)) return { kind: 'limited' };
  const held = account.family.contacts.find((each) => each.contactId === contactId) ?? before;
  return {
    kind: 'change',
    change: 'contact-changed',
    contact: after,
    status: isAnew ? newStatus(after) : status,
    writes: {
      contacts: {
        real: replaced(account.family.contacts, trustedAs(after, !pretend && held.trusted === true)),
        shown,
      },
      removed: removedAfter(context, [held]),
      endsLinks: moves,
      ...(moves && waiting === undefined && { joining: after.endpoint }),
    },
  };
};

/** Once a day (UTC). */
export const inviteContact = ({ account, now, status }: ChangeContext, contactId: string): PlannedChange => {
  const contact = account.shownContacts.find((each) => each.contactId === contactId);
  if (!contact) return { kind: 'refused', reason: 'unknown-contact' };
  if (contact.channel !== 'email' || status === 'subscribed' || status === 'waiting') {
    return { kind: 'refused', reason: 'nothing-to-confirm' };
  }
  const { invitedAt } = contact;
  if (invitedAt !== undefined && utcDay(new Date(invitedAt)) === utcDay(now)) {
    return { kind: 'refused', reason: 'invited-today' };
  }
  const asked = (each: Contact): Contact =>
    each.contactId === contactId ? { ...each, invitedAt: now.toISOString() } : each;
  return {
    kind: 'change',
    change: 'contact-invited',
    contact,
    status: 'pending',
    writes: { contacts: { real: account.family.contacts.map(asked), shown: account.shownContacts.map(asked) } },
  };
};
