import { dayMs } from '../limits.ts';
import type { ContactStatus, FamilyWarningCode } from '../vocabulary.ts';
import type { Contact, Family } from './family.ts';
import type { ContactReach, Subscription } from './reach.ts';

export type FamilyWarning = {
  readonly code: FamilyWarningCode;
  readonly contact?: Contact;
};

export type SeenContact = {
  readonly contact: Contact;
  readonly status: ContactStatus;
  readonly known: ContactReach | undefined;
};

// People often open the mail in the evening; after a day somebody has to ask them.
const confirmWithinMs = dayMs;

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
  // By the contact's own time and not by `ensuredAt`: that would show the phones whether a change was real (G7).
  const isLate = now.getTime() - Date.parse(contact.addedAt ?? registeredAt) > confirmWithinMs;
  return isLate ? [{ code: 'not-confirmed', contact }] : [];
};

/** Most serious first. While SNS does not answer there is no warning about subscriptions. */
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
