import { type Alert, isSecretOrigin } from '../domain/case/alert.ts';
import { type Deliveries, officesIn } from '../domain/case/deliveries.ts';
import { type CaseEvent, isSignalEvent } from '../domain/case/case-event.ts';
import { type LinkRecipient, noCase } from '../domain/case/links.ts';
import { defined } from '../domain/defined.ts';
import type { EventRef } from '../domain/event-ref.ts';
import { type Family, isWaiting, languageOf } from '../domain/family/family.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';
import { trustedContacts } from '../domain/family/trusted.ts';
import { surelyAnsweredMs } from '../domain/family/reach.ts';
import type { FamilyMessage, FamilyTopic } from './channel.ts';
import { composeTrusted, composeTrustedWelcome } from './compose-trusted.ts';
import { type DeliveryResult, deliver } from './deliver.ts';
import { ensureTopic, reachOfFamily, sendToFamily } from './family-topics.ts';
import { hearingOfTrusted } from './hearing.ts';
import type { Publication } from './publication.ts';
import type { TellFamilyDeps } from './to-family.ts';

const key = 'family:trusted';

const isPending = (deliveries: Deliveries): boolean => deliveries[key]?.status === 'pending';

/** Who is trusted by now, and need not wait, as the only contacts that the topic knows. */
const trustedTopic = ({ now }: TellFamilyDeps, family: Family): FamilyTopic => ({
  key,
  family: { ...family, contacts: trustedContacts(family, now()).filter((contact) => !isWaiting(contact)) },
});

/** Its link is for those whom its message goes to, and for nobody who is trusted later. */
const recipientOf = (readers: Family['contacts']): LinkRecipient => ({
  kind: 'trusted',
  endpoints: readers.map(({ endpoint }) => endpoint),
});

const languageOfTrusted = ({ family }: FamilyTopic) => languageOf(family, family.contacts[0] ?? {});

/** One whom the family named later becomes trusted without anybody's doing, so the topic is brought in line each time. */
const deliverToTrusted = async (
  deps: TellFamilyDeps,
  ref: EventRef,
  topic: FamilyTopic,
  write: (() => Promise<FamilyMessage>) | undefined,
): Promise<DeliveryResult> =>
  deliver(deps, { ref, destination: key }, () => ({
    send: async () => {
      if (!write || topic.family.contacts.length === 0) return { kind: 'not-needed' };
      const made = await ensureTopic(deps, topic);
      await deps.channel.unsubscribeOthers(made);
      return sendToFamily(deps, made, await write());
    },
    reach: async () => reachOfFamily(deps, topic),
  }));

/** What is told: a press, or what happened since. */
type Told = { readonly alert: Alert; readonly event?: CaseEvent };

/**
 * Whether by the last checks somebody hears of a signal: an office that is told of it, the ministry, or the trusted
 * contact. Before a first check nobody does.
 */
const isHeard = async (deps: TellFamilyDeps, { alert, event }: Told, { family }: FamilyTopic): Promise<boolean> => {
  const [reach, offices] = await Promise.all([deps.reaches.get(family.familyId), deps.officeReach.get()]);
  const isReached = ({ contactId }: Family['contacts'][number]) => reach?.contacts[contactId]?.status === 'subscribed';
  if (family.contacts.some(isReached)) return true;
  const told = officesIn((event ?? alert).deliveries);
  const home = family.person.homePosition && deps.nearestConsulate(family.person.homePosition)?.id;
  const chosen = alert.consularNotification && !event && home !== undefined ? [home] : [];
  return [...told, ...chosen].some((id) => (offices?.offices[id]?.confirmed ?? 0) > 0);
};

/** Counts a signal of which nobody may hear, once: when its delivery to the trusted contact ends. */
const unheard = async (
  deps: TellFamilyDeps,
  told: Told,
  topic: FamilyTopic,
  result: DeliveryResult,
): Promise<DeliveryResult[]> => {
  const signals = told.event ? isSignalEvent(told.event) : isSecretOrigin(told.alert.origin?.kind);
  if (!signals || (result.kind !== 'sent' && result.kind !== 'unreachable')) return [];
  return (await isHeard(deps, told, topic)) ? [] : [{ destination: key, kind: 'unheard' }];
};

const tellTrusted = async (deps: TellFamilyDeps, told: Told, family: Family): Promise<DeliveryResult[]> => {
  const { alert, event } = told;
  const topic = trustedTopic(deps, family);
  const { familyId, alertId } = alert;
  const ref = { familyId, alertId, ...(event && { eventId: event.eventId }) };
  const hearing = await hearingOfTrusted(deps, told);
  if (hearing === 'waits') return [{ destination: key, kind: 'left' }];
  const write = async (): Promise<Publication> => {
    const inCharge = deps.consulateById((alert.consulate ?? alert.raisedTo)?.id ?? '');
    const phone = alert.consularNotification ? (inCharge?.emergencyPhone ?? deps.desk.phone) : deps.legalHelp?.phone;
    return composeTrusted({
      alert,
      language: languageOfTrusted(topic),
      family,
      type: event?.type ?? 'family.forced.v1',
      ...defined({ phone }),
      link: await deps.linkFor(recipientOf(topic.family.contacts), alert),
    });
  };
  const result = await deliverToTrusted(deps, ref, topic, hearing === 'merged' ? undefined : write);
  return [result, ...(await unheard(deps, told, topic, result))];
};

/** Tells the trusted contact of an alert that the family does not hear of. */
export const tellTrustedOfPress = async (deps: TellFamilyDeps, alert: Alert): Promise<DeliveryResult[]> => {
  if (!isPending(alert.deliveries)) return [];
  const family = await deps.families.get(alert.familyId);
  return family ? tellTrusted(deps, { alert }, family) : [];
};

/** Tells the trusted contact of what happened to a case that goes on in secret. */
export const tellTrustedOfEvent = async (deps: TellFamilyDeps, event: CaseEvent): Promise<DeliveryResult[]> => {
  if (!isPending(event.deliveries)) return [];
  const current = await deps.cases.readCurrent(event.familyId, event.alertId);
  return current ? tellTrusted(deps, { alert: current.alert, event }, current.family) : [];
};

type Welcomed = {
  readonly ref: EventRef;
  readonly since: string;
  /** Id of the one contact whom it is for; absent: whoever is trusted. */
  readonly only?: string;
};

/**
 * The first message, by which somebody learns what they were chosen for. A mailbox gets it once it has confirmed: SNS keeps
 * nothing for it until then.
 */
const welcome = async (
  deps: TellFamilyDeps,
  { ref, since, only }: Welcomed,
  deliveries: Deliveries,
): Promise<DeliveryResult[]> => {
  if (!isPending(deliveries)) return [];
  const family = await deps.families.get(ref.familyId);
  if (!family) return [];
  if (family.contacts.some((contact) => contact.trusted === true && isWaiting(contact))) {
    return [{ destination: key, kind: 'left' }];
  }
  const topic = trustedTopic(deps, family);
  const { familyId, contacts } = topic.family;
  const reader = contacts.find(({ contactId }) => contactId === only);
  const readers = reader ? [reader] : contacts;
  const isMailbox = readers.some(({ channel }) => channel === 'email');
  const askedSince = contacts[0]?.joinedAt ?? since;
  if (isMailbox && deps.now().getTime() - Date.parse(askedSince) < surelyAnsweredMs) {
    try {
      // Beside others only all together say that this one has confirmed.
      const made = await ensureTopic(deps, topic);
      if (((await deps.channel.reach(made)) ?? 0) < contacts.length) return [{ destination: key, kind: 'left' }];
    } catch (cause) {
      return [{ destination: key, kind: 'failed', cause }];
    }
  }
  const result = await deliverToTrusted(deps, ref, topic, async () => ({
    ...composeTrustedWelcome({
      family,
      language: reader ? languageOf(family, reader) : languageOfTrusted(topic),
      link: await deps.linkFor(recipientOf(readers), { familyId, alertId: noCase, drill: false }),
    }),
    ...defined({ only }),
  }));
  return [result];
};

export const welcomeTrusted = async (
  deps: TellFamilyDeps,
  { familyId, registeredAt }: Pick<Family, 'familyId' | 'registeredAt'>,
  deliveries: Deliveries,
): Promise<DeliveryResult[]> => welcome(deps, { ref: { familyId }, since: registeredAt }, deliveries);

/** The same of one whom the family named later, when they are trusted. */
export const welcomeTrustedLater = async (
  deps: TellFamilyDeps,
  { familyId, eventId, at, contactId, deliveries }: FamilyEvent,
): Promise<DeliveryResult[]> =>
  welcome(deps, { ref: { familyId, eventId }, since: at, ...defined({ only: contactId }) }, deliveries);
