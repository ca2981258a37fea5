import { dayMs } from '../limits.ts';
import type { ContactStatus } from '../vocabulary.ts';
import type { Contact, ContactKey, Family } from './family.ts';
import { askedAt, topicKeyOf } from './family.ts';

export type Subscription = { readonly key: ContactKey; readonly endpoint: string; readonly confirmed: boolean };

export type SubscriptionReader = {
  /** Of the contacts' topics that were made. None of one that is gone; `undefined` if there is no answer within 1.5 s. Never rejects. */
  list(family: Family): Promise<readonly Subscription[] | undefined>;
  /** The ids of contacts who could not join a topic that was made: the watchman tries again. */
  refused(family: Family): readonly string[];
};

/** `confirmed`: this or an earlier check found the subscription confirmed. */
export type ContactReach = { readonly status: ContactStatus; readonly confirmed?: boolean };

export type FamilyReach = {
  readonly contacts: Readonly<Record<string, ContactReach>>;
  readonly reachable: number;
  readonly checkedAt: string;
};

/** A check that is due; `dueAtMs` names its turn, so that two watchmen do not both take it. */
export type DueCheck = { readonly familyId: string; readonly dueAtMs: number };

export type ReachStore = {
  /** The oldest first. */
  due(now: Date, limit: number): Promise<readonly DueCheck[]>;
  /** @returns `undefined` before the first check. Strongly consistent. */
  get(familyId: string): Promise<FamilyReach | undefined>;
  /** Harmless for one that is gone. */
  hasten(familyId: string, now: Date): Promise<void>;
  /** Ends a turn with what was found, or with nothing new; `undefined`: no further turn. @returns whether it was still ours */
  end(check: DueCheck, nextMs: number | undefined, found?: FamilyReach): Promise<boolean>;
};

/** Nothing, if the contact has another endpoint, or was joined, since. */
export const knownOf = (
  contact: Pick<Contact, 'contactId' | 'addedAt' | 'joinedAt'>,
  reach: FamilyReach | undefined,
): ContactReach | undefined => {
  const at = askedAt(contact);
  return reach && (at === undefined || at <= reach.checkedAt) ? reach.contacts[contact.contactId] : undefined;
};

/** Whether it is the contact's, on the topic of the language that they are written to in. */
export const isOf = (contact: Contact, { key, endpoint }: Subscription): boolean =>
  key === topicKeyOf(contact) && endpoint.toLowerCase() === contact.endpoint.toLowerCase();

/**
 * How long SNS keeps a subscription that nobody has confirmed.
 * https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
 */
const confirmableMs = 2 * dayMs;

/** From then on no mailbox confirms that was asked before: a day more, as another function may have asked it once more. */
export const surelyAnsweredMs = confirmableMs + dayMs;

/**
 * A contact by what the channel says. A mailbox that was never seen confirmed and is not on the list has let its
 * confirmation pass, once there was time to forget it: it is still to confirm, with a new one. Before that only
 * somebody who had confirmed can be gone, so that they have left, however early.
 * @param known what the last check found; it alone knows of opt-outs
 */
export const contactStatus = (
  contact: Contact,
  { registeredAt }: Pick<Family, 'registeredAt'>,
  subscriptions: readonly Subscription[],
  known: ContactReach | undefined,
  now: Date,
): ContactStatus => {
  const own = subscriptions.filter((subscription) => isOf(contact, subscription));
  if (own.some(({ confirmed }) => confirmed)) return known?.status === 'opted-out' ? 'opted-out' : 'subscribed';
  if (own.length > 0) return 'pending';
  const isForgotten = now.getTime() - Date.parse(askedAt(contact) ?? registeredAt) >= confirmableMs;
  const neverConfirmed = known !== undefined && known.confirmed !== true && known.status !== 'unsubscribed';
  return contact.channel === 'email' && isForgotten && neverConfirmed ? 'pending' : 'unsubscribed';
};

export const countOptedOut = (contacts: readonly Contact[], reach: FamilyReach | undefined): number =>
  contacts.filter((contact) => knownOf(contact, reach)?.status === 'opted-out').length;
