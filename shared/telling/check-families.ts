import type { Clock } from '../domain/clock.ts';
import { type Contact, type Family, askedAt, hasTopic, hasTopics, isWaiting } from '../domain/family/family.ts';
import type { FamilyAccounts } from '../domain/family/family-account.ts';
import { type WaitingContacts, joinWaiting, nextJoiningAt } from '../domain/family/join-waiting.ts';
import type { ContactReach, DueCheck, FamilyReach, ReachStore, Subscription } from '../domain/family/reach.ts';
import { contactStatus, isOf, knownOf } from '../domain/family/reach.ts';
import { firstReachCheckMs, reachCheckMs } from '../domain/limits.ts';
import type { SubscriptionChecks } from './channel.ts';

export type CheckFamilyDeps = {
  readonly reaches: ReachStore;
  readonly accounts: Pick<FamilyAccounts, 'get'>;
  readonly waiting: WaitingContacts;
  readonly newId: () => string;
  readonly subscriptions: Pick<SubscriptionChecks, 'list' | 'refused' | 'isOptedOut'>;
  /** Lets contacts join whom the channel refused. @returns the family with what is known of its topics by then */
  readonly joinRefused: (family: Family) => Promise<Family>;
  /** Subscribes a phone once more. Nobody gets anything by that. */
  readonly subscribeAgain: (family: Family, contact: Contact) => Promise<unknown>;
  readonly now: Clock;
};

/** What a check came to. `lost`: somebody could be reached at the last one, and now nobody. */
export type CheckOutcome =
  | {
      readonly kind: 'checked';
      readonly reachable: number;
      readonly lost: boolean;
      /** Phones of which SNS would not say whether they answered STOP: they count as they did before. */
      readonly unknownOptOuts: number;
      /** Contacts who could not join even now. */
      readonly refused: number;
    }
  /** SNS would not say, another watchman has it, or the family is gone. */
  | { readonly kind: 'left' };

type Checked = { readonly reach: ContactReach; readonly isUnknown: boolean };

/** A question that SNS refuses, for want of a permission say, must not keep the rest of a check from being known. */
const checkContact = async (
  { subscriptions: checks, now }: CheckFamilyDeps,
  family: Family,
  contact: Contact,
  subscriptions: readonly Subscription[],
  known: ContactReach,
): Promise<Checked> => {
  if (isWaiting(contact)) return { reach: { status: 'waiting' }, isUnknown: false };
  const isAsked = hasTopic(family, contact) && !checks.refused(family).includes(contact.contactId);
  const status = isAsked ? contactStatus(contact, family, subscriptions, known, now()) : 'pending';
  const isConfirmed = status === 'subscribed' || status === 'opted-out';
  const confirmed = isConfirmed || known.confirmed === true ? { confirmed: true } : {};
  if (contact.channel !== 'sms' || !isConfirmed) return { reach: { status, ...confirmed }, isUnknown: false };
  const said = await checks.isOptedOut(contact.endpoint);
  const isOptedOut = said ?? known.status === 'opted-out';
  return { reach: { status: isOptedOut ? 'opted-out' : 'subscribed', ...confirmed }, isUnknown: said === undefined };
};

// No phone leaves a topic by itself, and nobody else takes one away.
const lately = 60 * 60_000;

/**
 * A phone that was taken off the list and added again at once may get the subscription that SNS is just deleting.
 * https://github.com/justtrackio/gosoline/issues/1418
 * @returns whether some were subscribed again: they are looked at once more soon
 */
const subscribeLost = async (
  { subscribeAgain, subscriptions: checks, now }: CheckFamilyDeps,
  family: Family,
  subscriptions: readonly Subscription[],
): Promise<boolean> => {
  const refused = checks.refused(family);
  const lost = family.contacts.filter((contact) => {
    const at = askedAt(contact);
    const isNew = at !== undefined && now().getTime() - Date.parse(at) < lately;
    const isDue = contact.channel === 'sms' && hasTopic(family, contact) && !isWaiting(contact);
    return isNew && isDue && !refused.includes(contact.contactId) && !subscriptions.some((one) => isOf(contact, one));
  });
  for (const contact of lost) await subscribeAgain(family, contact);
  return lost.length > 0;
};

const checkContacts = async (
  deps: CheckFamilyDeps,
  family: Family,
  subscriptions: readonly Subscription[],
  former: FamilyReach | undefined,
): Promise<Readonly<Record<string, Checked>>> => {
  const found: Record<string, Checked> = {};
  for (const contact of family.contacts) {
    const known = knownOf(contact, former) ?? { status: 'pending' };
    found[contact.contactId] = await checkContact(deps, family, contact, subscriptions, known);
  }
  return found;
};

/**
 * Joins contacts who wait if the day allows it; then looks at the family's subscriptions, one contact after the other, and
 * remembers what it found.
 */
export const checkFamily = async (deps: CheckFamilyDeps, check: DueCheck): Promise<CheckOutcome> => {
  const { reaches, accounts, now } = deps;
  const [account, former] = await Promise.all([accounts.get(check.familyId), reaches.get(check.familyId)]);
  if (!account) {
    await reaches.end(check, undefined);
    return { kind: 'left' };
  }
  const isChanged = await joinWaiting(deps, account);
  const isRefused = deps.subscriptions.refused(account.family).length > 0;
  const family = isRefused ? await deps.joinRefused(account.family) : account.family;
  const subscriptions = !isChanged && hasTopics(family) ? await deps.subscriptions.list(family) : undefined;
  if (!subscriptions) {
    await reaches.end(check, now().getTime() + firstReachCheckMs);
    return { kind: 'left' };
  }
  const isLost = await subscribeLost(deps, family, subscriptions);
  const checked = await checkContacts(deps, family, subscriptions, former);
  const contacts = Object.fromEntries(Object.entries(checked).map(([id, { reach }]) => [id, reach]));
  const unknownOptOuts = Object.values(checked).filter(({ isUnknown }) => isUnknown).length;
  const reachable = Object.values(contacts).filter(({ status }) => status === 'subscribed').length;
  const found = { contacts, reachable, checkedAt: now().toISOString() };
  // Whoever has only just joined is not counted everywhere yet, and whoever has not is tried again.
  const inMs = isRefused || isLost ? firstReachCheckMs : reachCheckMs;
  const nextMs = Math.min(now().getTime() + inMs, nextJoiningAt(account, now()) ?? Infinity);
  if (!(await reaches.end(check, nextMs, found))) return { kind: 'left' };
  const refused = deps.subscriptions.refused(family).length;
  return { kind: 'checked', reachable, lost: reachable === 0 && (former?.reachable ?? 0) > 0, unknownOptOuts, refused };
};
