import type { Clock } from '../domain/clock.ts';
import type { Contact, Family, FamilyReader } from '../domain/family/family.ts';
import { hasTopic, hasTopics } from '../domain/family/family.ts';
import type { ContactReach, DueCheck, FamilyReach, ReachStore, Subscription } from '../domain/family/reach.ts';
import { contactStatus } from '../domain/family/reach.ts';
import { firstReachCheckMs, reachCheckMs } from '../domain/limits.ts';
import type { SubscriptionChecks } from './channel.ts';

export type CheckFamilyDeps = {
  readonly reaches: ReachStore;
  readonly families: FamilyReader;
  readonly subscriptions: Pick<SubscriptionChecks, 'list' | 'isOptedOut'>;
  readonly now: Clock;
};

/** What a check came to. `lost`: somebody could be reached at the last one, and now nobody. */
export type CheckOutcome =
  | { readonly kind: 'checked'; readonly reachable: number; readonly lost: boolean }
  /** SNS would not say, another watchman has it, or the family is gone. */
  | { readonly kind: 'left' };

/** @returns `undefined` when SNS would not say: half of the truth is not kept */
const checkContact = async (
  { subscriptions: checks, now }: CheckFamilyDeps,
  family: Family,
  contact: Contact,
  subscriptions: readonly Subscription[],
  known: ContactReach,
): Promise<ContactReach | undefined> => {
  const status = hasTopic(family, contact) ? contactStatus(contact, family, subscriptions, known, now()) : 'pending';
  const isConfirmed = status === 'subscribed' || status === 'opted-out';
  const confirmed = isConfirmed || known.confirmed === true ? { confirmed: true } : {};
  if (contact.channel !== 'sms' || !isConfirmed) return { status, ...confirmed };
  const isOptedOut = await checks.isOptedOut(contact.endpoint);
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
  const subscriptions = hasTopics(family) ? await deps.subscriptions.list(family) : undefined;
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
