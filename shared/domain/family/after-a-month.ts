import { pendingTo } from '../case/deliveries.ts';
import type { Contact, RemovedContact } from './family.ts';
import type { FamilyAccount } from './family-account.ts';
import type { FamilyEvent } from './family-event.ts';
import { isSameEndpoint } from './plan-contacts.ts';
import { trustedAfterMs } from './trusted.ts';
import { dayMs } from '../limits.ts';
import type { FamilyChangeKind } from '../vocabulary.ts';

/** What time changes of a family, without anybody's doing, and the phones never see. */
export type MonthsChange = {
  readonly account: FamilyAccount;
  readonly contacts: readonly Contact[];
  readonly removed: readonly RemovedContact[];
  readonly events: readonly FamilyEvent[];
};

export type MonthStore = {
  /** One transaction; nothing, if somebody else changed the family meanwhile or an event is there: the next check looks again. */
  settle(change: MonthsChange): Promise<void>;
};

type Moment = { readonly now: Date; readonly newId: () => string };

// Far less than an event is kept, which is there once, and more than a few checks that fail.
const noticedWithinMs = 10 * dayMs;

/** Whom the person themselves had chosen: a captor may have added a phone of their own, to remove it again. */
const wasChosen = ({ addedAt }: Contact, removedAt: string): boolean =>
  addedAt === undefined || Date.parse(removedAt) - Date.parse(addedAt) >= trustedAfterMs;

const isRestorable = ({ at, contact }: RemovedContact, now: Date): boolean =>
  contact !== undefined && now.getTime() - Date.parse(at) >= trustedAfterMs && wasChosen(contact, at);

/** Who was removed with the duress PIN hears again after 30 days, unless nobody is left to hear with: it was erased. */
const restored = ({ family }: FamilyAccount, { now, newId }: Moment) => {
  const contacts = [...family.contacts];
  const { removed = [] } = family;
  if (contacts.length === 0) return { contacts, removed, back: [] };
  const back: Contact[] = [];
  const kept = removed.filter((one) => {
    const { contact } = one;
    if (!contact || !isRestorable(one, now) || contacts.some((each) => isSameEndpoint(each, contact))) return true;
    const isTaken = contacts.some(({ contactId }) => contactId === contact.contactId);
    const again = isTaken ? { ...contact, contactId: newId() } : contact;
    contacts.push(again);
    back.push(again);
    return false;
  });
  return { contacts, removed: kept, back };
};

const becameTrusted =
  (now: Date) =>
  ({ trusted, addedAt }: Contact): boolean => {
    if (trusted !== true || addedAt === undefined) return false;
    const sinceMs = now.getTime() - Date.parse(addedAt) - trustedAfterMs;
    return sinceMs >= 0 && sinceMs < noticedWithinMs;
  };

/**
 * What 30 days change: somebody who was named trusted later learns what for, and somebody who was removed with the duress
 * PIN hears again. Before that nothing of either may differ from what the PIN does (G7).
 */
export const afterAMonth = (account: FamilyAccount, moment: Moment): MonthsChange | undefined => {
  const { familyId, contacts: before } = account.family;
  const { contacts, removed, back } = restored(account, moment);
  const at = moment.now.toISOString();
  const eventOf = (
    change: FamilyChangeKind,
    { contactId, addedAt = '' }: Contact,
    to: 'family' | 'family:trusted',
  ): FamilyEvent => ({
    familyId,
    // The same cause has the same id.
    eventId: `${change}.${contactId}.${addedAt}`,
    type: 'contact.list-changed.v1',
    at,
    change,
    contactId,
    inSecret: true,
    deliveries: pendingTo([to]),
  });
  const events = [
    ...back.map((contact) => eventOf('contact-restored', contact, 'family')),
    ...before.filter(becameTrusted(moment.now)).map((contact) => eventOf('contact-trusted', contact, 'family:trusted')),
  ];
  return events.length === 0 ? undefined : { account, contacts, removed, events };
};
