import type { ContactStatus, FamilyWarningCode } from '../vocabulary.ts';
import type { Contact, Family } from './family.ts';
import type { ContactReach, Subscription } from './reach.ts';

/** What the person should mend before they need it. */
export type FamilyWarning = {
  readonly code: FamilyWarningCode;
  /** The contact that it is about; absent: the family. */
  readonly contact?: Contact;
};

/** What is known of one contact. */
export type SeenContact = {
  readonly contact: Contact;
  readonly status: ContactStatus;
  readonly known: ContactReach | undefined;
};

// The mail is often opened in the evening; after a day somebody has to be asked.
const confirmWithinMs = 24 * 60 * 60 * 1000;

const warningOf = (
  { contact, status, known }: SeenContact,
  { topics, registeredAt }: Family,
  subscriptions: readonly Subscription[] | undefined,
  now: Date,
): readonly FamilyWarning[] => {
  if (status === 'opted-out' || status === 'unsubscribed') return [{ code: status, contact }];
  if (status === 'subscribed' || contact.channel !== 'email' || !topics?.family || !subscriptions) return [];
  const isAsked = subscriptions.some(({ endpoint }) => endpoint.toLowerCase() === contact.endpoint.toLowerCase());
  if (!isAsked && known) return [{ code: 'confirmation-expired', contact }];
  // Not when the topic was last made sure of: phones must not see of a change whether it was one (G7).
  const isLate = now.getTime() - Date.parse(contact.addedAt ?? registeredAt) > confirmWithinMs;
  return isLate ? [{ code: 'not-confirmed', contact }] : [];
};

/** Most serious first. While SNS does not say who is subscribed, nobody is blamed for what is not known. */
export const familyWarnings = (
  seen: readonly SeenContact[],
  family: Family,
  subscriptions: readonly Subscription[] | undefined,
  now: Date,
): readonly FamilyWarning[] => [
  ...(family.topics?.family && seen.every(({ status }) => status !== 'subscribed')
    ? [{ code: 'nobody-reachable' as const }]
    : []),
  ...seen.flatMap((one) => warningOf(one, family, subscriptions, now)),
];
