import { dayMs } from '../limits.ts';
import type { ContactStatus, FamilyWarningCode } from '../vocabulary.ts';
import type { Contact, Family } from './family.ts';
import { askedAt } from './family.ts';
import type { ContactReach, Subscription } from './reach.ts';
import { isOf } from './reach.ts';

export type FamilyWarning = {
  readonly code: FamilyWarningCode;
  readonly contact?: Contact;
};

export type SeenContact = {
  readonly contact: Contact;
  readonly status: ContactStatus;
  readonly known: ContactReach | undefined;
  /** Whether they were to be subscribed: their topic was made, as far as the phones may know. */
  readonly isAsked: boolean;
  /** The topic was made, and SNS would not let them join it: the watchman asks again. */
  readonly isRefused: boolean;
};

// People often open the mail in the evening; after a day somebody has to ask them.
const confirmWithinMs = dayMs;

const warningOf = (
  { contact, status, known, isAsked, isRefused }: SeenContact,
  { registeredAt }: Family,
  subscriptions: readonly Subscription[] | undefined,
  now: Date,
): readonly FamilyWarning[] => {
  if (status === 'opted-out' || status === 'unsubscribed' || status === 'waiting') return [{ code: status, contact }];
  if (isRefused) return [{ code: 'refused', contact }];
  if (status === 'subscribed' || contact.channel !== 'email' || !isAsked || !subscriptions) return [];
  const isListed = subscriptions.some((subscription) => isOf(contact, subscription));
  if (!isListed && known) return [{ code: 'confirmation-expired', contact }];
  // By the contact's own time and not by `ensuredAt`: that would show the phones whether a change was real (G7).
  const isLate = now.getTime() - Date.parse(askedAt(contact) ?? registeredAt) > confirmWithinMs;
  return isLate ? [{ code: 'not-confirmed', contact }] : [];
};

/** Most serious first. While SNS does not answer there is no warning about subscriptions. */
export const familyWarnings = (
  seen: readonly SeenContact[],
  family: Family,
  subscriptions: readonly Subscription[] | undefined,
  now: Date,
): readonly FamilyWarning[] => [
  ...(seen.some(({ isAsked, isRefused }) => isAsked || isRefused) && seen.every(({ status }) => status !== 'subscribed')
    ? [{ code: 'nobody-reachable' as const }]
    : []),
  ...seen.flatMap((one) => warningOf(one, family, subscriptions, now)),
];
