import type { Clock } from '../domain/clock.ts';
import type { Contact, Family } from '../domain/family/family.ts';
import { firstReachCheckMs, reachCheckMs } from '../domain/limits.ts';
import type { ContactStatus } from '../domain/vocabulary.ts';

export type { ContactStatus } from '../domain/vocabulary.ts';

/** One subscription as SNS has it. */
export type Subscription = { readonly endpoint: string; readonly confirmed: boolean };

/** Asks SNS who is subscribed at this moment. */
export type SubscriptionReader = {
  /** None for a topic that is gone; `undefined` when SNS would not say within 1.5 s. Never rejects. */
  list(topicArn: string): Promise<readonly Subscription[] | undefined>;
};

/** Asks SNS whether a phone has answered STOP: it stays subscribed then, and gets nothing. */
export type OptOutReader = {
  /** `undefined` when SNS would not say. Never rejects. */
  isOptedOut(phone: string): Promise<boolean | undefined>;
};

/** What the last check found of one contact. `confirmed`: this or an earlier check found the subscription confirmed. */
export type ContactReach = { readonly status: ContactStatus; readonly confirmed?: boolean };

/** What the last check found of a family. */
export type FamilyReach = {
  /** By contact id. */
  readonly contacts: Readonly<Record<string, ContactReach>>;
  /** How many contacts a message would have reached. */
  readonly reachable: number;
  /** ISO 8601 UTC. */
  readonly checkedAt: string;
};

/** A check that is due; `dueAtMs` names its turn, so that two watchmen do not both take it. */
export type DueCheck = { readonly familyId: string; readonly dueAtMs: number };

/** What the watchman remembers of families' subscriptions, and when it looks again. */
export type ReachStore = {
  /** The checks whose time has come, the oldest first, at most `limit`. */
  due(now: Date, limit: number): Promise<readonly DueCheck[]>;
  /** @returns `undefined` before the first check. Strongly consistent. */
  get(familyId: string): Promise<FamilyReach | undefined>;
  /** Makes the family's turn come now. Harmless for one that is gone. */
  hasten(familyId: string, now: Date): Promise<void>;
  /** Ends a turn with what was found, or with nothing new; `undefined`: no further turn. @returns whether it was still ours */
  end(check: DueCheck, nextMs: number | undefined, found?: FamilyReach): Promise<boolean>;
};

const isOf = ({ endpoint }: Contact, subscription: Subscription): boolean =>
  subscription.endpoint.toLowerCase() === endpoint.toLowerCase();

/**
 * How long SNS keeps a subscription that nobody has confirmed.
 * https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
 */
export const confirmableMs = 2 * 24 * 60 * 60 * 1000;

/**
 * A contact by what SNS says. A mailbox that was never seen confirmed and is not on SNS's list has let its
 * confirmation pass, once SNS has had time to forget it: it is still to confirm, with a new one. Before that only
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
  const isForgotten = now.getTime() - Date.parse(contact.addedAt ?? registeredAt) >= confirmableMs;
  const neverConfirmed = known !== undefined && known.confirmed !== true && known.status !== 'unsubscribed';
  return contact.channel === 'email' && isForgotten && neverConfirmed ? 'pending' : 'unsubscribed';
};

export type CheckFamilyDeps = {
  readonly reaches: ReachStore;
  readonly families: { get(familyId: string): Promise<Family | undefined> };
  readonly subscriptions: SubscriptionReader;
  readonly optOuts: OptOutReader;
  readonly now: Clock;
};

/** What a check came to. `lost`: somebody could be reached at the last one, and now nobody. */
export type CheckOutcome =
  | { readonly kind: 'checked'; readonly reachable: number; readonly lost: boolean }
  /** SNS would not say, another watchman has it, or the family is gone. */
  | { readonly kind: 'left' };

/** @returns `undefined` when SNS would not say: half of the truth is not kept */
const checkContact = async (
  { optOuts, now }: CheckFamilyDeps,
  family: Family,
  contact: Contact,
  subscriptions: readonly Subscription[],
  known: ContactReach,
): Promise<ContactReach | undefined> => {
  const status = contactStatus(contact, family, subscriptions, known, now());
  const isConfirmed = status === 'subscribed' || status === 'opted-out';
  const confirmed = isConfirmed || known.confirmed === true ? { confirmed: true } : {};
  if (contact.channel !== 'sms' || !isConfirmed) return { status, ...confirmed };
  const isOptedOut = await optOuts.isOptedOut(contact.endpoint);
  return isOptedOut === undefined ? undefined : { status: isOptedOut ? 'opted-out' : 'subscribed', ...confirmed };
};

const checkContacts = async (
  deps: CheckFamilyDeps,
  family: Family,
  subscriptions: readonly Subscription[],
  former: FamilyReach | undefined,
): Promise<FamilyReach['contacts'] | undefined> => {
  const found: Record<string, ContactReach> = {};
  for (const contact of family.contacts) {
    const known = former?.contacts[contact.contactId] ?? { status: 'pending' };
    const reach = await checkContact(deps, family, contact, subscriptions, known);
    if (!reach) return undefined;
    found[contact.contactId] = reach;
  }
  return found;
};

/** Looks at one family's subscriptions, one contact after the other, and remembers what it found. */
export const checkFamily = async (deps: CheckFamilyDeps, check: DueCheck): Promise<CheckOutcome> => {
  const { reaches, families, now } = deps;
  const [family, former] = await Promise.all([families.get(check.familyId), reaches.get(check.familyId)]);
  if (!family) {
    await reaches.end(check, undefined);
    return { kind: 'left' };
  }
  const subscriptions = family.topic && (await deps.subscriptions.list(family.topic.arn));
  const contacts = subscriptions && (await checkContacts(deps, family, subscriptions, former));
  if (!contacts) {
    await reaches.end(check, now().getTime() + firstReachCheckMs);
    return { kind: 'left' };
  }
  const reachable = Object.values(contacts).filter(({ status }) => status === 'subscribed').length;
  const found = { contacts, reachable, checkedAt: now().toISOString() };
  if (!(await reaches.end(check, now().getTime() + reachCheckMs, found))) return { kind: 'left' };
  return { kind: 'checked', reachable, lost: reachable === 0 && (former?.reachable ?? 0) > 0 };
};

/** How many of a family's confirmed subscriptions reach nobody, as far as the last check knows. */
export const countOptedOut = ({ contacts }: Family, reach: FamilyReach | undefined): number =>
  contacts.filter(({ contactId }) => reach?.contacts[contactId]?.status === 'opted-out').length;
