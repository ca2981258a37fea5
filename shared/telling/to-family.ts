import { type Alert, isFamilysAlone } from '../domain/case/alert.ts';
import { type Claims, type Deliveries, isFamilyPending } from '../domain/case/deliveries.ts';
import type { CaseEvent } from '../domain/case/case-event.ts';
import type { CaseStore } from '../domain/case/case.ts';
import { folioOf } from '../domain/case/folio.ts';
import { type JoinCaseDeps, placePress } from '../domain/case/join-case.ts';
import { defined } from '../domain/defined.ts';
import { hidesOffices, isSeenWithoutOffices, shownAlert } from '../domain/case/shown-case.ts';
import { type Family, contactKeysOf, contactsOf, isContactKey, languageOfTopic } from '../domain/family/family.ts';
import { allEnded } from '../domain/in-parallel.ts';
import { claimLeaseMs } from '../domain/limits.ts';
import { caseMessageFacts } from './case-message.ts';
import { composeCaseEventForFamily } from './compose-case-event-for-family.ts';
import { composeWelcome } from './compose-welcome.ts';
import type { FamilyTopic } from './channel.ts';
import type { DeliveryResult, FollowUpEvent } from './deliver.ts';
import { type FamilyTopicDeps, deliverToFamily, ensureTopic, reachFound, topicsToTell } from './family-topics.ts';
import type { OfficeReachStore } from './check-offices.ts';
import { type ToldTodayDeps, hearingOfPress, hearsOfEvent } from './hearing.ts';
import type { Publication } from './publication.ts';
import { type RaisedToFamilyDeps, linkOf, metersBy, officeForInformation, writeRaised } from './raised-to-family.ts';

export type TellFamilyDeps = FamilyTopicDeps &
  RaisedToFamilyDeps &
  ToldTodayDeps & {
    readonly cases: Pick<CaseStore, 'readCurrent' | 'apply'>;
    readonly alerts: JoinCaseDeps['alerts'];
    readonly heads: JoinCaseDeps['heads'];
    readonly newId: () => string;
    readonly officeReach: Pick<OfficeReachStore, 'get'>;
    /** E.164 number from which SMS come; absent: the channel chooses one. */
    readonly smsOriginationNumber?: string;
  };

export const welcomeOf = ({ smsOriginationNumber }: TellFamilyDeps, { key, family }: FamilyTopic): Publication =>
  composeWelcome({ family, language: languageOfTopic(family, key), ...defined({ smsOriginationNumber }) });

/**
 * Makes the topic to the person's own phone, so that the first reminder finds a subscription that is long counted. A
 * fault must not touch the welcome; the watchman makes up for it before a reminder.
 * @returns a fault as a failed result, so that the stream sends the record again
 */
const prepareReminders = async (deps: TellFamilyDeps, family: Family): Promise<DeliveryResult[]> => {
  if (family.person.phone === undefined || family.topics?.self) return [];
  try {
    await ensureTopic(deps, { key: 'self', family });
    return [];
  } catch (cause) {
    return [{ destination: 'self', kind: 'failed', cause }];
  }
};

/**
 * Makes a new family's topics and welcomes its contacts by SMS. For mailboxes SNS's own confirmation is the only
 * possible first message, and the welcome does not follow it.
 */
export const welcomeFamily = async (
  deps: TellFamilyDeps,
  { familyId }: Family,
  deliveries: Deliveries,
): Promise<DeliveryResult[]> => {
  const family = await deps.families.get(familyId);
  if (!family) return [];
  const welcome = async (topic: FamilyTopic): Promise<DeliveryResult> =>
    deliverToFamily(deps, { familyId }, topic, {
      write: async () => {
        if (contactsOf(family, topic.key).some(({ channel }) => channel === 'sms')) return welcomeOf(deps, topic);
        if (!family.topics?.[topic.key]) await ensureTopic(deps, topic);
        return undefined;
      },
    });
  const [welcomed, unprepared] = await allEnded([
    topicsToTell(deps, { familyId }, family, deliveries).then(async (topics) => Promise.all(topics.map(welcome))),
    prepareReminders(deps, family),
  ]);
  return [...welcomed, ...unprepared];
};

/**
 * The event by which the ministry hears that nobody of the family could be told of a press: officers are then the only
 * ones who can call them. Its id follows from its cause, so that there is one.
 */
const familyUnreachable = ({ familyId, alertId, drill }: Alert, now: Date): FollowUpEvent => ({
  type: 'alert.family-unreachable.v1',
  familyId,
  alertId,
  eventId: 'family-unreachable',
  drill,
  at: now.toISOString(),
  by: { kind: 'system' },
  deliveries: { ministry: { status: 'pending' } },
});

/** All topics of a family, for one who is about to tell them. */
const claimsOf = ({ now, newId }: TellFamilyDeps, family: Family | undefined): Claims | undefined =>
  family && {
    keys: contactKeysOf(family),
    claimedUntil: now().getTime() + claimLeaseMs,
    claimedBy: newId(),
  };

/** Tells the family of a press, whatever becomes of the authorities (G4). */
export const tellFamilyOfPress = async (deps: TellFamilyDeps, alert: Alert): Promise<DeliveryResult[]> => {
  if (!isFamilyPending(alert.deliveries)) return [];
  // All that the message needs is read at once.
  const { familyId } = alert;
  const checked = reachFound(deps, familyId);
  const offices = deps.officeReach.get().catch(() => undefined);
  const reading = deps.families.get(familyId);
  const [family, placed] = await Promise.all([
    reading,
    placePress(deps, alert, { claiming: async () => claimsOf(deps, await reading) }),
  ]);
  if (!family || placed.kind === 'gone') return [];
  // The family hears of one more press with the case.
  if (placed.kind === 'joined') return [];
  const ref = { familyId, alertId: alert.alertId };
  const hearing = await hearingOfPress(deps, placed.press, placed.heard);
  if (hearing === 'waits') return [{ destination: 'family', kind: 'left' }];
  const { claimed } = placed;
  const tell = async (topic: FamilyTopic): Promise<DeliveryResult> =>
    deliverToFamily(deps, ref, topic, {
      write: async () => (hearing === 'merged' ? undefined : writeRaised(deps, alert, topic, await offices)),
      found: async () => checked,
      isClaimed: claimed?.includes(topic.key) ?? false,
      whenUnreachable: async () => (isFamilysAlone(alert) ? undefined : familyUnreachable(alert, deps.now())),
    });
  const topics = claimed
    ? claimed.filter(isContactKey).map((key) => ({ key, family }))
    : await topicsToTell(deps, ref, family, alert.deliveries);
  return Promise.all(topics.map(tell));
};

/** Other cases of the same family of which the same is due in the same moment. */
type Together = {
  readonly others?: readonly CaseEvent[];
  /** The message about one of them has said it already. */
  readonly isSaid?: boolean;
};

/**
 * Whether the family may read of offices in a message about the case; not where that cannot be known. `unheard`: it reads
 * of what happened in none.
 */
export const nameableIn = async (deps: TellFamilyDeps, event: CaseEvent): Promise<'named' | 'unnamed' | 'unheard'> => {
  try {
    const current = await deps.cases.readCurrent(event.familyId, event.alertId);
    if (!current) return 'unnamed';
    if (!(await hearsOfEvent(deps, current.alert, event))) return 'unheard';
    return shownAlert(current.alert).consularNotification ? 'named' : 'unnamed';
  } catch {
    return 'unnamed';
  }
};

/** Tells the family of what happened to the case since. */
export const tellFamilyOfEvent = async (
  deps: TellFamilyDeps,
  event: CaseEvent,
  { others = [], isSaid = false }: Together = {},
): Promise<DeliveryResult[]> => {
  if (!isFamilyPending(event.deliveries)) return [];
  const current = await deps.cases.readCurrent(event.familyId, event.alertId);
  if (!current) return [];
  const { family } = current;
  const isHidden = hidesOffices(current.alert) && !isSeenWithoutOffices(event);
  const alert = shownAlert(current.alert);
  const ref = { familyId: event.familyId, alertId: event.alertId, eventId: event.eventId };
  // Where no office may know of the case nobody is to say a folio.
  const told = alert.consularNotification ? others : [];
  const otherFolios = told.map(({ familyId, alertId }) => folioOf(familyId, alertId));
  const hears = await hearsOfEvent(deps, current.alert, event);
  const write = async (topic: FamilyTopic): Promise<Publication | undefined> => {
    if (isSaid || isHidden || !hears) return undefined;
    const { consulateById, desk, legalHelp } = deps;
    const link = await linkOf(deps, alert, topic);
    const nearest = officeForInformation(deps, alert, family);
    const officeMeters = metersBy(deps);
    const known = {
      consulateById,
      officeMeters,
      desk,
      now: deps.now(),
      otherFolios,
      link,
      ...defined({ nearest, legalHelp }),
    };
    return composeCaseEventForFamily(
      caseMessageFacts({ alert, family }, event, known),
      languageOfTopic(family, topic.key),
    );
  };
  const topics = await topicsToTell(deps, ref, family, event.deliveries);
  return Promise.all(
    topics.map(async (topic) => deliverToFamily(deps, ref, topic, { write: async () => write(topic) })),
  );
};
