import type { Clock } from '../clock.ts';
import { dayMs } from '../limits.ts';
import type { Contact } from './family.ts';
import { askedAt, isWaiting } from './family.ts';
import type { FamilyAccount } from './family-account.ts';
import type { FamilyEvent } from './family-event.ts';

export type WaitingContacts = {
  /**
   * One transaction: the contact waits no more, is counted, and the event has them subscribed and welcomed. `limited`: the
   * endpoint has joined enough families today. `conflict`: somebody else changed the family since it was read.
   */
  join(account: FamilyAccount, contact: Contact, event: FamilyEvent): Promise<'joined' | 'limited' | 'conflict'>;
};

/** All who wait, for phones or in truth: a family of before may have two lists. */
const waitingIn = ({ family, shownContacts }: FamilyAccount): readonly Contact[] => [
  ...new Map(
    [...shownContacts, ...family.contacts].filter(isWaiting).map((contact) => [contact.contactId, contact]),
  ).values(),
];

/** The list once a contact was joined at `at`. */
export const afterJoining = (contacts: readonly Contact[], contactId: string, at: string): readonly Contact[] =>
  contacts.map((contact) => {
    if (contact.contactId !== contactId) return contact;
    const { waiting: _waited, ...joined } = contact;
    return { ...joined, joinedAt: at };
  });

/**
 * Joins the contacts of a family who wait, as far as the day allows: each by itself, so that one who goes on waiting keeps
 * nobody else.
 * @returns whether the family is not as it was read: somebody was joined, or it was changed
 */
export const joinWaiting = async (
  deps: { readonly waiting: WaitingContacts; readonly now: Clock; readonly newId: () => string },
  account: FamilyAccount,
): Promise<boolean> => {
  for (const contact of waitingIn(account)) {
    const at = deps.now().toISOString();
    const outcome = await deps.waiting.join(account, contact, {
      familyId: account.family.familyId,
      eventId: `${at}.${deps.newId()}`,
      type: 'contact.list-changed.v1',
      at,
      change: 'contact-joined',
      contactId: contact.contactId,
      inSecret: false,
      deliveries: { family: { status: 'pending' } },
    });
    // The next is joined at the next look, which comes at once.
    if (outcome !== 'limited') return true;
  }
  return false;
};

/** So long after midnight they are joined who have just begun to wait, and a second sooner for each day of waiting. */
const joinedWithinMs = 60_000;

/**
 * When those who still wait are tried again, epoch milliseconds: after midnight UTC, as the limit is a day's. Whoever has
 * waited longest comes first, or five newcomers a day would keep them waiting for good. `undefined`: nobody waits.
 */
export const nextJoiningAt = (account: FamilyAccount, now: Date): number | undefined => {
  const { registeredAt } = account.family;
  const since = waitingIn(account).map((contact) => Date.parse(askedAt(contact) ?? registeredAt));
  if (since.length === 0) return undefined;
  const midnight = (Math.floor(now.getTime() / dayMs) + 1) * dayMs;
  const waited = (midnight - Math.min(...since)) / dayMs;
  return midnight + Math.max(0, Math.round(joinedWithinMs - waited * 1000));
};
