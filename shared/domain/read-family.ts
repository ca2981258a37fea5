import type { Alert } from './alert.ts';
import type { Clock } from './clock.ts';
import type { Contact, Family } from './family.ts';
import type { FamilyAccounts, FamilyDevice } from './family-account.ts';
import { isMuted, listedDevices } from './family-account.ts';
import { maskEndpoint } from './mask-endpoint.ts';
import type { DeviceDirectory, DeviceToken } from './raise-alert.ts';
import type { AlertReader, AlertWithEvents } from './read-alert.ts';

/** Whether a message would reach a contact now. */
type ContactStatus = 'pending' | 'subscribed' | 'opted-out' | 'unsubscribed';

/** One subscription as SNS has it. */
export type Subscription = { readonly endpoint: string; readonly confirmed: boolean };

/** Asks SNS who is subscribed at this moment. */
export type SubscriptionReader = {
  /** None for a topic that is gone; `undefined` when SNS would not say within 1.5 s. Never rejects. */
  list(topicArn: string): Promise<readonly Subscription[] | undefined>;
};

/** What the table says of a former press without reading all of it. */
type PastPress = Pick<Alert, 'alertId' | 'deviceId' | 'drill' | 'raisedAt'>;

/** Lists what a family pressed. */
export type PressHistory = {
  /** Every press still in the table, expired ones too, in no particular order. Strongly consistent. */
  list(familyId: string): Promise<readonly PastPress[]>;
};

/** A contact as their own family's phone may see them. */
type ContactView = Omit<Contact, 'endpoint'> & {
  readonly maskedEndpoint: string;
  readonly status: ContactStatus;
};

type StatusCounts = Readonly<Record<ContactStatus, number>>;

export type ReadFamilyOutcome =
  | { readonly kind: 'unknown-device' }
  /** After a real press with this device: whoever holds it now learns nothing about anybody. */
  | { readonly kind: 'seized'; readonly familyId: string; readonly counts: StatusCounts }
  | {
      readonly kind: 'found';
      readonly familyId: string;
      readonly counts: StatusCounts;
      readonly contacts: readonly ContactView[];
      readonly devices: readonly (Pick<FamilyDevice, 'deviceId' | 'addedAt'> & { readonly thisDevice: boolean })[];
      readonly lastDrill: AlertWithEvents | undefined;
    };

/** By SNS if it answered, else by what the table knows: phones are subscribed with the topic, mailboxes must confirm. */
const statusOf = (
  { channel, endpoint }: Contact,
  { topic }: Family,
  subscriptions: readonly Subscription[] | undefined,
): ContactStatus => {
  if (!topic) return 'pending';
  if (!subscriptions) return channel === 'sms' ? 'subscribed' : 'pending';
  const own = subscriptions.filter((one) => one.endpoint.toLowerCase() === endpoint.toLowerCase());
  if (own.some(({ confirmed }) => confirmed)) return 'subscribed';
  return own.length > 0 ? 'pending' : 'unsubscribed';
};

// A contact who was just added is subscribed within seconds, and until then they are not "unsubscribed".
const settlingMs = 60 * 1000;

/**
 * As the phones see it. Who was added with the duress PIN has no subscription, and shows as if they had one: a phone
 * as subscribed, a mailbox as never confirmed.
 */
const shownStatusOf = (
  contact: Contact,
  family: Family,
  subscriptions: readonly Subscription[] | undefined,
  now: Date,
): ContactStatus => {
  const { contactId, channel, addedAt } = contact;
  if (addedAt !== undefined && now.getTime() - Date.parse(addedAt) < settlingMs) return 'pending';
  if (family.contacts.some((real) => real.contactId === contactId)) return statusOf(contact, family, subscriptions);
  return channel === 'sms' ? 'subscribed' : 'pending';
};

const countsOf = (statuses: readonly ContactStatus[]): StatusCounts => {
  const counts = { pending: 0, subscribed: 0, 'opted-out': 0, unsubscribed: 0 };
  for (const status of statuses) counts[status] += 1;
  return counts;
};

const latestDrill = (presses: readonly PastPress[]): PastPress | undefined =>
  presses.filter(({ drill }) => drill).sort((a, b) => (a.raisedAt < b.raisedAt ? 1 : -1))[0];

/**
 * The family as one of its devices may see it. Whether the device is seized is asked of the family, which remembers
 * for good, and of the presses in the table: between a press and the stream's handling nothing must show either.
 */
export const readFamily = async (
  deps: {
    readonly devices: DeviceDirectory;
    readonly accounts: Pick<FamilyAccounts, 'get'>;
    readonly presses: PressHistory;
    readonly alerts: Pick<AlertReader, 'getWithEvents'>;
    readonly subscriptions: SubscriptionReader;
    readonly now: Clock;
  },
  token: DeviceToken,
): Promise<ReadFamilyOutcome> => {
  const known = await deps.devices.authenticate(token);
  if (!known) return { kind: 'unknown-device' };
  const { familyId, deviceId } = known.device;
  const [account, presses] = await Promise.all([deps.accounts.get(familyId), deps.presses.list(familyId)]);
  if (!account) return { kind: 'unknown-device' };
  const { family } = account;

  const pressedForReal = presses.some((press) => press.deviceId === deviceId && !press.drill);
  const seized = pressedForReal || family.seizedDevices?.has(deviceId) === true;
  const drill = seized ? undefined : latestDrill(presses.filter((press) => !isMuted(account, press.deviceId)));
  const [subscriptions, lastDrill] = await Promise.all([
    family.topic && deps.subscriptions.list(family.topic.arn),
    drill && deps.alerts.getWithEvents(familyId, drill.alertId),
  ]);
  const now = deps.now();
  const contacts = account.shownContacts.map((contact) => ({
    contact,
    status: shownStatusOf(contact, family, subscriptions, now),
  }));
  const counts = countsOf(contacts.map(({ status }) => status));
  if (seized) return { kind: 'seized', familyId, counts };
  return {
    kind: 'found',
    familyId,
    counts,
    contacts: contacts.map(({ contact, status }) => {
      const { contactId, name, channel } = contact;
      return { contactId, name, channel, maskedEndpoint: maskEndpoint(contact), status };
    }),
    devices: listedDevices(account).map((device) => ({
      deviceId: device.deviceId,
      addedAt: device.addedAt,
      thisDevice: device.deviceId === deviceId,
    })),
    lastDrill,
  };
};
