import { isHiddenFromDevices } from '../case/alert.ts';
import type { Clock } from '../clock.ts';
import type { Rehearsal } from '../case/drill-result.ts';
import { readRehearsal } from '../case/drill-result.ts';
import type { Contact, Family, Language } from './family.ts';
import { askedAt, hasTopic, hasTopics, isWaiting, languageOf } from './family.ts';
import type { FamilyAccount, FamilyAccounts, FamilyDevice } from './family-account.ts';
import { listedDevices } from './family-account.ts';
import type { FamilyPress, FamilyPresses } from './family-presses.ts';
import { newestFirst } from './family-presses.ts';
import type { FamilyWarning } from './family-warnings.ts';
import { familyWarnings } from './family-warnings.ts';
import type { LinkOpenings } from '../case/links.ts';
import type { ContactReach, FamilyReach, ReachStore, Subscription, SubscriptionReader } from './reach.ts';
import { contactStatus, knownOf } from './reach.ts';
import type { ContactStatus } from '../vocabulary.ts';
import { shownFamily } from './shown-family.ts';
import { maskEndpoint } from './mask-endpoint.ts';
import type { DeviceDirectory, DeviceToken } from '../press/device.ts';
import type { AlertReader } from '../case/read-alert.ts';

type ContactView = Omit<Contact, 'endpoint' | 'language'> & {
  readonly language: Language;
  readonly maskedEndpoint: string;
  readonly status: ContactStatus;
};

type PersonView = Pick<Family['person'], 'name' | 'language'> & {
  readonly hasHome: boolean;
  readonly maskedPhone: string | null;
  readonly consent: boolean;
  readonly sharePositionWithFamily: boolean;
};

const personView = ({ person, consent, sharePositionWithFamily }: Family): PersonView => {
  const { name, language, homePosition, phone } = person;
  return {
    name,
    language,
    hasHome: homePosition !== undefined,
    maskedPhone: phone === undefined ? null : maskEndpoint({ channel: 'sms', endpoint: phone }),
    consent: consent.consularNotification,
    sharePositionWithFamily,
  };
};

type StatusCounts = Readonly<Record<ContactStatus, number>>;

export type ReadFamilyOutcome =
  | { readonly kind: 'unknown-device' }
  /** After a real press others may hold the device: it learns nothing about anybody. */
  | { readonly kind: 'seized'; readonly familyId: string; readonly counts: StatusCounts }
  | {
      readonly kind: 'found';
      readonly familyId: string;
      readonly counts: StatusCounts;
      readonly contacts: readonly ContactView[];
      readonly devices: readonly (Pick<FamilyDevice, 'deviceId' | 'addedAt'> & { readonly thisDevice: boolean })[];
      readonly warnings: readonly FamilyWarning[];
      readonly language: Language;
      readonly person: PersonView;
      readonly lastDrill: Rehearsal | undefined;
    };

/** From SNS if it answered, else from the table: phones are subscribed with the topic, mailboxes must confirm. */
const statusOf = (
  contact: Contact,
  family: Family,
  subscriptions: readonly Subscription[] | undefined,
  known: ContactReach | undefined,
  now: Date,
): ContactStatus => {
  if (subscriptions) return contactStatus(contact, family, subscriptions, known, now);
  return known?.status ?? (contact.channel === 'sms' ? 'subscribed' : 'pending');
};

// A new contact is subscribed within seconds. Until then they are not "unsubscribed".
const settlingMs = 60_000;

const countsOf = (statuses: readonly ContactStatus[]): StatusCounts => {
  const counts: Record<ContactStatus, number> = {
    pending: 0,
    subscribed: 0,
    'opted-out': 0,
    unsubscribed: 0,
    waiting: 0,
  };
  for (const status of statuses) counts[status] += 1;
  return counts;
};

/** One that was cancelled and would be forgotten by now is left out with either PIN: only then do they show the same (G7). */
const latestDrill = (presses: readonly FamilyPress[], now: Date): FamilyPress | undefined =>
  presses
    .filter(
      ({ drill, cancelledUntil }) =>
        drill && !(cancelledUntil !== undefined && Date.parse(cancelledUntil) <= now.getTime()),
    )
    .toSorted(newestFirst)[0];

/**
 * A device that has raised a real alert counts as seized. The family remembers it even after the alert has expired. The
 * presses show it from the first second, before the watchman has written it to the family.
 */
export const isSeized = (family: Family, presses: readonly FamilyPress[], deviceId: string): boolean =>
  presses.some((press) => press.deviceId === deviceId && !press.drill) || family.seizedDevices?.has(deviceId) === true;

export type ReadFamilyDeps = {
  readonly devices: DeviceDirectory;
  readonly accounts: Pick<FamilyAccounts, 'get'>;
  readonly presses: FamilyPresses;
  readonly alerts: Pick<AlertReader, 'getWithEvents'>;
  readonly openings: LinkOpenings;
  readonly subscriptions: SubscriptionReader;
  readonly reaches: Pick<ReachStore, 'get'>;
  readonly now: Clock;
};

export const seenContacts = (
  { family, shownContacts }: FamilyAccount,
  reach: FamilyReach | undefined,
  subscriptions: readonly Subscription[] | undefined,
  refused: readonly string[],
  now: Date,
) =>
  shownContacts.map((contact) => {
    const known = knownOf(contact, reach);
    const isDue = hasTopic(family, contact) && !isWaiting(contact);
    const isAsked = isDue && !refused.includes(contact.contactId);
    const at = askedAt(contact);
    const settling = at !== undefined && now.getTime() - Date.parse(at) < settlingMs;
    const asked = settling || !isAsked ? 'pending' : statusOf(contact, family, subscriptions, known, now);
    const status = isWaiting(contact) ? 'waiting' : asked;
    return { contact, known, isAsked, isRefused: isDue && !isAsked && !settling, status } as const;
  });

export const readFamily = async (deps: ReadFamilyDeps, token: DeviceToken): Promise<ReadFamilyOutcome> => {
  const device = await deps.devices.authenticate(token);
  if (!device) return { kind: 'unknown-device' };
  const { familyId, deviceId } = device.device;
  const [account, presses, reach] = await Promise.all([
    deps.accounts.get(familyId),
    deps.presses.list(familyId),
    deps.reaches.get(familyId),
  ]);
  if (!account) return { kind: 'unknown-device' };
  const { family } = account;

  const seized = isSeized(family, presses, deviceId);
  const visible = presses.filter((press) => !isHiddenFromDevices(press));
  const drill = seized ? undefined : latestDrill(visible, deps.now());
  const [subscriptions, lastDrill] = await Promise.all([
    hasTopics(family) ? deps.subscriptions.list(family) : undefined,
    drill && readRehearsal(deps, familyId, drill.alertId),
  ]);
  const now = deps.now();
  const seen = seenContacts(account, reach, subscriptions, deps.subscriptions.refused(family), now);
  const counts = countsOf(seen.map(({ status }) => status));
  if (seized) return { kind: 'seized', familyId, counts };
  const shown = shownFamily(family);
  return {
    kind: 'found',
    familyId,
    counts,
    contacts: seen.map(({ contact, status }) => {
      const { contactId, name, channel } = contact;
      const language = languageOf(shown, contact);
      return { contactId, name, channel, language, maskedEndpoint: maskEndpoint(contact), status };
    }),
    devices: listedDevices(account, now).map((listed) => ({
      deviceId: listed.deviceId,
      addedAt: listed.addedAt,
      thisDevice: listed.deviceId === deviceId,
    })),
    warnings: familyWarnings(seen, family, subscriptions, now),
    language: shown.person.language,
    person: personView(shown),
    lastDrill,
  };
};
