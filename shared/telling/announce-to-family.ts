import type { Alert } from '../domain/case/alert.ts';
import { isHiddenFromDevices } from '../domain/case/alert.ts';
import type { CaseEvent, CaseEventOf } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/change-case.ts';
import type { ReachStore } from './check-subscriptions.ts';
import { countOptedOut } from './check-subscriptions.ts';
import type { LinkMaker } from '../domain/case/links.ts';
import type { Consulate, MinistryDesk } from '../domain/offices/consulate.ts';
import { caseMessageFacts } from './case-facts.ts';
import { composeCaseEventForFamily } from './compose-case-event-for-family.ts';
import { composeRaisedForFamily } from './compose-raised-for-family.ts';
import { composeWelcome } from './compose-welcome.ts';
import type { Announcer, DeliveryDeps, DeliveryOptions, DeliveryResult, EventRef, PublishOutcome } from './delivery.ts';
import { deliver } from './delivery.ts';
import type { Contact, Family, FamilyTopic } from '../domain/family/family.ts';
import { isUsable } from '../domain/position.ts';
import type { Publication } from './publication.ts';

/** Reads families and remembers what became of them. */
export type FamilyDirectory = {
  /** @returns `undefined` when the family has been erased. */
  get(familyId: string): Promise<Family | undefined>;
  recordTopic(familyId: string, topic: FamilyTopic): Promise<void>;
  /** The topic to the person's own phone. */
  recordSelfTopic(familyId: string, topic: FamilyTopic): Promise<void>;
  /** Remembers for good that a device pressed for real. Safe to repeat; harmless for an erased family. */
  recordSeizedDevice(familyId: string, deviceId: string): Promise<void>;
};

/** Makes the SNS topics of a family. Safe to repeat, also at the same time. */
export type FamilyTopics = {
  /** Creates the topic and subscribes every contact. */
  ensure(family: Family): Promise<FamilyTopic>;
  /** Creates the topic to the person's own phone, for reminders, and subscribes it. */
  ensureSelf(family: Pick<Family, 'familyId'>, phone: string): Promise<FamilyTopic>;
  /**
   * Takes away every confirmed subscription of somebody who is no contact.
   * @returns how many of them SNS cannot take away yet: mailboxes that may still confirm
   */
  unsubscribeOthers(topicArn: string, contacts: readonly Contact[]): Promise<{ readonly unconfirmed: number }>;
  /** Deletes the family's topics with their subscriptions. Safe to repeat. */
  remove(familyId: string, topicArn: string | undefined): Promise<void>;
};

export type FamilyAnnouncementDeps = DeliveryDeps & {
  readonly announcer: Announcer;
  readonly families: FamilyDirectory;
  readonly topics: FamilyTopics;
  readonly reaches: Pick<ReachStore, 'get' | 'hasten'>;
  readonly consulateById: (id: string) => Consulate | undefined;
  readonly nearestConsulate: (position: { latitude: number; longitude: number }) => Consulate | undefined;
  readonly desk: MinistryDesk;
  /** E.164 number from which SMS come; absent: SNS chooses one. */
  readonly smsOriginationNumber?: string;
  readonly cases: Pick<CaseStore, 'read'>;
  readonly linkFor: LinkMaker;
};

type FamilyUnreachableEvent = CaseEventOf<'alert.family-unreachable.v1'>;

// SNS's own counts lag behind a fresh subscription, so for these minutes what Subscribe answered is believed too.
const subscriptionLagMs = 10 * 60 * 1000;

/** Of the subscriptions that SNS counts, those that reach somebody: a phone that answered STOP stays among them. */
const reach = (topic: FamilyTopic, counted: number | undefined, optedOut: number, now: Date): number | undefined => {
  if (counted === undefined) return undefined;
  const isFresh = now.getTime() - Date.parse(topic.ensuredAt) < subscriptionLagMs;
  return Math.max(0, (isFresh ? Math.max(counted, topic.confirmedAtOnce) : counted) - optedOut);
};

/** As the last check found it. What cannot be read now counts as none: the message is out, or must go out. */
const optedOutOf = async ({ reaches }: FamilyAnnouncementDeps, family: Family): Promise<number> => {
  if (family.contacts.every(({ channel }) => channel !== 'sms')) return 0;
  try {
    return countOptedOut(family, await reaches.get(family.familyId));
  } catch {
    return 0;
  }
};

/** Makes sure of the topic and of every contact's subscription. */
export const ensureTopic = async (deps: FamilyAnnouncementDeps, family: Family): Promise<FamilyTopic> => {
  const topic = await deps.topics.ensure(family);
  await deps.families.recordTopic(family.familyId, topic);
  return topic;
};

const ensureSelfTopic = async (deps: FamilyAnnouncementDeps, family: Family, phone: string): Promise<FamilyTopic> => {
  const topic = await deps.topics.ensureSelf(family, phone);
  await deps.families.recordSelfTopic(family.familyId, topic);
  return topic;
};

/** A topic as it is used: the one that is known, how to make it, and how many of its subscribers opted out. */
type TopicUse = {
  readonly known: FamilyTopic | undefined;
  readonly ensure: () => Promise<FamilyTopic>;
  /** Makes it again, for those who are there by now; `undefined`: the family has been erased. */
  readonly remake: () => Promise<FamilyTopic | undefined>;
  readonly countOptOuts: () => Promise<number>;
};

const familyUse = (deps: FamilyAnnouncementDeps, family: Family): TopicUse => ({
  known: family.topic,
  ensure: async () => ensureTopic(deps, family),
  remake: async () => {
    const current = await deps.families.get(family.familyId);
    return current && ensureTopic(deps, current);
  },
  countOptOuts: async () => optedOutOf(deps, family),
});

/** Whether the person's own phone opted out is not asked: a reminder is help, and no delivery depends on it. */
const selfUse = (deps: FamilyAnnouncementDeps, family: Family, phone: string): TopicUse => ({
  known: family.selfTopic,
  ensure: async () => ensureSelfTopic(deps, family, phone),
  remake: async () => {
    const current = await deps.families.get(family.familyId);
    return current && ensureSelfTopic(deps, current, phone);
  },
  countOptOuts: async () => 0,
});

const publishTo = async (
  deps: FamilyAnnouncementDeps,
  { known, ensure, remake, countOptOuts }: TopicUse,
  publication: Publication,
): Promise<PublishOutcome> => {
  const topic = known ?? (await ensure());
  const [first, optedOut] = await Promise.all([deps.announcer.publish(topic.arn, publication), countOptOuts()]);
  if (first.kind === 'accepted')
    return { ...first, confirmedSubscribers: reach(topic, first.confirmedSubscribers, optedOut, deps.now()) };
  if (first.kind !== 'no-topic') return first;
  // Somebody deleted the topic behind our back: make it again, with its subscriptions.
  const again = await remake();
  if (!again) return { kind: 'not-needed' };
  const second = await deps.announcer.publish(again.arn, publication);
  return second.kind === 'accepted'
    ? { ...second, confirmedSubscribers: reach(again, second.confirmedSubscribers, optedOut, deps.now()) }
    : second;
};

export const publishToFamily = async (
  deps: FamilyAnnouncementDeps,
  family: Family,
  publication: Publication,
): Promise<PublishOutcome> => publishTo(deps, familyUse(deps, family), publication);

const recountOf =
  (deps: FamilyAnnouncementDeps, { known, countOptOuts }: TopicUse) =>
  async (): Promise<number | undefined> => {
    if (!known) return undefined;
    const counted = await deps.announcer.confirmedSubscribers(known.arn);
    return reach(known, counted, await countOptOuts(), deps.now());
  };

/** How a message to the person's own phone is delivered. */
export const toSelf = (
  deps: FamilyAnnouncementDeps,
  family: Family,
  phone: string,
  compose: () => Publication,
): DeliveryOptions => {
  const use = selfUse(deps, family, phone);
  return { publish: async () => publishTo(deps, use, compose()), recount: recountOf(deps, use) };
};

export const announce = async (
  deps: FamilyAnnouncementDeps,
  ref: EventRef,
  family: Family,
  options: Pick<DeliveryOptions, 'publish' | 'whenUnreachable'>,
): Promise<DeliveryResult> =>
  deliver(deps, ref, 'family', { ...options, recount: recountOf(deps, familyUse(deps, family)) });

/**
 * Makes the topic to the person's own phone, so that the first reminder finds a subscription that SNS has known for
 * long. A fault must not touch the welcome; the watchman makes up for it before a reminder.
 * @returns a fault as a failed result, so that the stream sends the record again
 */
const prepareReminders = async (deps: FamilyAnnouncementDeps, family: Family): Promise<DeliveryResult[]> => {
  const { phone } = family.person;
  if (phone === undefined || family.selfTopic) return [];
  try {
    await ensureSelfTopic(deps, family, phone);
    return [];
  } catch (cause) {
    return [{ destination: 'self', kind: 'failed', cause }];
  }
};

export const welcomeOf = ({ smsOriginationNumber }: FamilyAnnouncementDeps, family: Family): Publication =>
  composeWelcome({ family, ...(smsOriginationNumber !== undefined && { smsOriginationNumber }) });

/**
 * Creates a new family's topic and welcomes its contacts by SMS. For mailboxes SNS's own confirmation is the only
 * possible first message, and the welcome does not follow it.
 */
export const welcomeFamily = async (deps: FamilyAnnouncementDeps, registered: Family): Promise<DeliveryResult[]> => {
  const family = await deps.families.get(registered.familyId);
  if (!family) return [];
  const welcome = async (): Promise<PublishOutcome> => {
    if (family.contacts.some(({ channel }) => channel === 'sms')) {
      return publishToFamily(deps, family, welcomeOf(deps, family));
    }
    if (!family.topic) await ensureTopic(deps, family);
    return { kind: 'not-needed' };
  };
  const [welcomed, unprepared] = await Promise.all([
    announce(deps, { familyId: family.familyId }, family, { publish: welcome }),
    prepareReminders(deps, family),
  ]);
  return [welcomed, ...unprepared];
};

/**
 * After a real press the phone is considered seized. The alert itself says so while it is kept; this outlives it.
 * @returns a fault as a failed result, so that the stream sends the record again; telling is settled then
 */
const rememberSeizure = async (
  { families }: FamilyAnnouncementDeps,
  alert: Alert,
  { seizedDevices }: Family,
): Promise<DeliveryResult[]> => {
  const { drill, deviceId, familyId } = alert;
  if (drill || isHiddenFromDevices(alert) || seizedDevices?.has(deviceId) === true) return [];
  try {
    await families.recordSeizedDevice(familyId, deviceId);
    return [];
  } catch (cause) {
    return [{ destination: 'family', kind: 'failed', cause }];
  }
};

/**
 * The event by which the ministry hears that nobody of the family could be told of a press: officers are then the only
 * ones who can call them. Its id follows from its cause, so that there is one.
 */
const familyUnreachable = ({ familyId, alertId, drill }: Alert, now: Date): FamilyUnreachableEvent => ({
  type: 'alert.family-unreachable.v1',
  familyId,
  alertId,
  eventId: 'family-unreachable',
  drill,
  at: now.toISOString(),
  by: { kind: 'system' },
  deliveries: { ministry: { status: 'pending' } },
});

/** Tells the family of a press, whatever becomes of the authorities (G4). */
export const announceRaisedToFamily = async (deps: FamilyAnnouncementDeps, alert: Alert): Promise<DeliveryResult[]> => {
  if (alert.deliveries.family?.status !== 'pending') return [];
  const family = await deps.families.get(alert.familyId);
  if (!family) return [];
  const [told, unremembered] = await Promise.all([
    announce(deps, { familyId: alert.familyId, alertId: alert.alertId }, family, {
      publish: async () => {
        const consulate = officeForInformation(deps, alert, family);
        const link = await deps.linkFor({ kind: 'family' }, alert);
        const facts = { alert, family, link, desk: deps.desk, ...(consulate && { consulate }) };
        return publishToFamily(deps, family, composeRaisedForFamily(facts));
      },
      whenUnreachable: async () => (alert.consularNotification ? familyUnreachable(alert, deps.now()) : undefined),
    }),
    rememberSeizure(deps, alert, family),
  ]);
  return [told, ...unremembered];
};

/**
 * The office to name, and whose clock to write by: the one that the press is brought to, else the nearest by our own
 * distance. The family's message never waits for Amazon Location, and when it is late it does not show who has the case
 * by then (G7).
 */
const officeForInformation = (deps: FamilyAnnouncementDeps, alert: Alert, family: Family): Consulate | undefined => {
  if (alert.raisedTo) return deps.consulateById(alert.raisedTo.id);
  const place = [alert.position, family.person.homePosition].find(isUsable);
  return place && deps.nearestConsulate(place);
};

/** Tells the family of what happened to the case since. */
export const announceCaseEventToFamily = async (
  deps: FamilyAnnouncementDeps,
  event: CaseEvent,
): Promise<DeliveryResult[]> => {
  if (event.deliveries.family?.status !== 'pending') return [];
  const current = await deps.cases.read(event.familyId, event.alertId);
  if (!current) return [];
  const { alert, family } = current;
  const ref = { familyId: event.familyId, alertId: event.alertId, eventId: event.eventId };
  return [
    await announce(deps, ref, family, {
      publish: async () => {
        const link = await deps.linkFor({ kind: 'family' }, alert);
        const nearest = officeForInformation(deps, alert, family);
        const { consulateById, desk } = deps;
        const known = { consulateById, desk, now: deps.now(), link, ...(nearest && { nearest }) };
        const publication = composeCaseEventForFamily(caseMessageFacts(current, event, known));
        return publication ? publishToFamily(deps, family, publication) : { kind: 'not-needed' };
      },
    }),
  ];
};
