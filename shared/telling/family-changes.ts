import type { FamilyTopic } from './channel.ts';
import { composeListChanged } from './compose-list-changed.ts';
import { type DeliveryResult, type Sent, deliver, isSettled } from './deliver.ts';
import { ensureTopic, forgotten, reachOfFamily, sendToFamily, topicsToTell } from './family-topics.ts';
import type { Publication } from './publication.ts';
import { writeRaised } from './raised-to-family.ts';
import { type TellFamilyDeps, welcomeOf } from './to-family.ts';
import { welcomeTrustedLater } from './to-trusted.ts';
import { isFamilyPending, toFamily } from '../domain/case/deliveries.ts';
import type { Contact, Family } from '../domain/family/family.ts';
import { contactKeys, contactKeysOf, contactsOf, languageOfTopic } from '../domain/family/family.ts';
import { type FamilyEvent, isErasing } from '../domain/family/family-event.ts';
import type { FamilyPress, FamilyPresses } from '../domain/family/family-presses.ts';
import { allEnded } from '../domain/in-parallel.ts';
import { surelyAnsweredMs } from '../domain/family/reach.ts';
import { isOpen, isOpenForDevices, newestFirst } from '../domain/family/family-presses.ts';
import type { ToldChange } from '../domain/vocabulary.ts';

/** Everything that a family has in the table. */
export type FamilyEraser = {
  /** Deletes all of it but the event of the erasing itself. Safe to repeat. */
  erase(event: FamilyEvent): Promise<void>;
  /** Takes away what phones and relatives find, and keeps who was a contact. Safe to repeat. */
  hide(event: FamilyEvent, family: Family): Promise<void>;
  /** Deletes that event, too. */
  forget(event: FamilyEvent): Promise<void>;
};

export type FamilyChangeDeps = TellFamilyDeps & {
  readonly presses: FamilyPresses;
  readonly eraser: FamilyEraser;
};

// Clocks of two functions differ by milliseconds.
const clockSkewMs = 2000;

// A function that found the family a moment before it was gone may go on for a minute; the goodbye came before that by
// as much at the most.
const underWayMs = 2 * 60 * 1000;

/** The watchman looks again. */
const left: DeliveryResult = { destination: 'family', kind: 'left' };

/** Whoever was a contact when the person pressed is told of it, although somebody removed them a moment later. */
const isOwed = ({ untold, raisedAt }: FamilyPress, { at }: FamilyEvent): boolean =>
  untold && Date.parse(raisedAt) <= Date.parse(at) + clockSkewMs;

const refOf = ({ familyId, eventId }: FamilyEvent) => ({ familyId, eventId });

type ToldEvent = FamilyEvent & { readonly change: ToldChange };

const welcome = async (deps: FamilyChangeDeps, topic: FamilyTopic, added: Contact): Promise<void> => {
  if (added.channel !== 'sms') return;
  await deps.channel.send(topic, { ...welcomeOf(deps, topic), only: added.contactId });
};

const listChanged = ({ key, family }: FamilyTopic, { type, change }: ToldEvent): Publication =>
  composeListChanged({ family, event: { type, change }, language: languageOfTopic(family, key) });

/** To all but the one whom it is about, who is welcomed if the endpoint is new. */
const sendAbout = async (deps: FamilyChangeDeps, topic: FamilyTopic, event: ToldEvent): Promise<Sent> => {
  const publication = listChanged(topic, event);
  const made = await ensureTopic(deps, topic);
  const about = contactsOf(made.family, made.key).find(({ contactId }) => contactId === event.contactId);
  if (!about) return sendToFamily(deps, made, publication);
  if (about.addedAt === event.at) {
    // Whether they opted out of our messages before. The daily check finds out as well.
    await deps.reaches.hasten(made.family.familyId, deps.now()).catch(() => undefined);
    await welcome(deps, made, about);
  }
  const isAlone = contactsOf(made.family, made.key).length === 1;
  return isAlone ? { kind: 'not-needed' } : sendToFamily(deps, made, { ...publication, except: about.contactId });
};

/** Where there is no topic yet, making it asks whoever is to confirm. */
const askAgain = async (deps: FamilyChangeDeps, topic: FamilyTopic, { contactId }: FamilyEvent): Promise<void> => {
  const asked = contactsOf(topic.family, topic.key).find((contact) => contact.contactId === contactId);
  if (!asked || (await deps.channel.ask(topic, asked.contactId))) return;
  await ensureTopic(deps, forgotten(topic.key, topic.family));
};

/**
 * Whoever comes to the family while a case is open hears of its press alone: the others have. As the phones see it: of a
 * case that goes on in secret nobody hears, with either PIN at the same cost (G7). What is still to be told reaches them
 * with the others.
 */
const tellOfOpenCase = async (deps: FamilyChangeDeps, topic: FamilyTopic, only: string): Promise<void> => {
  const { familyId } = topic.family;
  const presses = await deps.presses.list(familyId);
  const [open] = presses.filter((press) => isOpenForDevices(press) && !press.joined).toSorted(newestFirst);
  if (!open || open.untold) return;
  const [alert, offices] = await Promise.all([
    deps.alerts.get(familyId, open.alertId),
    deps.officeReach.get().catch(() => undefined),
  ]);
  if (alert) await deps.channel.send(topic, { ...(await writeRaised(deps, alert, topic, offices)), only });
};

/** Subscribes one who waited, or who is back, and says what they have missed. The others heard of them before. */
const sendArrived = async (deps: FamilyChangeDeps, topic: FamilyTopic, event: FamilyEvent): Promise<Sent> => {
  const arrived = contactsOf(topic.family, topic.key).find(({ contactId }) => contactId === event.contactId);
  if (arrived) {
    const made = await ensureTopic(deps, topic);
    await deps.reaches.hasten(made.family.familyId, deps.now()).catch(() => undefined);
    // Who is back after 30 days was welcomed long ago.
    if (event.change === 'contact-joined') await welcome(deps, made, arrived);
    await tellOfOpenCase(deps, made, arrived.contactId);
  }
  return { kind: 'not-needed' };
};

/** Brings a topic's subscriptions in line with the list, then tells those who are on it. */
const sendChange = async (deps: FamilyChangeDeps, topic: FamilyTopic, event: FamilyEvent): Promise<Sent> => {
  const { change } = event;
  switch (change) {
    case 'contact-added':
    case 'contact-changed':
      return sendAbout(deps, topic, { ...event, change });
    case 'contact-invited':
      await askAgain(deps, topic, event);
      return { kind: 'not-needed' };
    case 'contact-restored':
    case 'contact-joined':
      return sendArrived(deps, topic, event);
    case 'contact-removed':
      return sendToFamily(deps, await ensureTopic(deps, topic), listChanged(topic, { ...event, change }));
    case 'contact-trusted':
      return { kind: 'not-needed' };
    case 'device-added':
    case 'device-revoked':
    case 'device-replaced':
    case 'erased':
      return sendToFamily(deps, topic, listChanged(topic, { ...event, change }));
  }
};

/** Tells each topic that is still to be told. */
const tell = async (
  deps: FamilyChangeDeps,
  family: Family,
  event: FamilyEvent,
  send: (topic: FamilyTopic) => Promise<Sent>,
): Promise<DeliveryResult[]> => {
  const ref = refOf(event);
  const topics = await topicsToTell(deps, ref, family, event.deliveries);
  return Promise.all(
    topics.map(async (topic) =>
      deliver(deps, { ref, destination: topic.key }, () => ({
        send: async () => send(topic),
        reach: async () => reachOfFamily(deps, topic),
      })),
    ),
  );
};

/** @returns how many mailboxes cannot be taken away yet from the topics that were made: they may still confirm */
const unsubscribeOthers = async ({ channel }: FamilyChangeDeps, family: Family): Promise<number> => {
  const made = contactKeys.filter((key) => family.topics?.[key]);
  const asked = await allEnded(made.map(async (key) => channel.unsubscribeOthers({ key, family })));
  return asked.reduce((sum, { unconfirmed }) => sum + unconfirmed, 0);
};

/** Whether somebody, or an endpoint of theirs, is not to hear any more. */
const takesAway = ({ change }: FamilyEvent): boolean => change === 'contact-removed' || change === 'contact-changed';

/**
 * A mailbox that was removed before it confirmed cannot be unsubscribed yet, and may confirm after all; and what was
 * telling the family in that moment may have subscribed somebody again. So a removal is looked after by the watchman.
 */
const lookAfter = async (deps: FamilyChangeDeps, family: Family, event: FamilyEvent) => {
  if (!takesAway(event)) return [];
  const unconfirmed = await unsubscribeOthers(deps, family);
  const isOver = deps.now().getTime() > Date.parse(event.at) + surelyAnsweredMs;
  return unconfirmed > 0 && !isOver ? [left] : [];
};

/**
 * Whoever is written to in another language hears there before they stop hearing here. A topic that they leave is brought in
 * line as well, or it would take them for joined when they come back.
 */
const ensureAll = async (deps: FamilyChangeDeps, family: Family): Promise<Family> => {
  const wanted = contactKeysOf(family);
  const keys = contactKeys.filter((key) => wanted.includes(key) || family.topics?.[key]);
  const made = await allEnded(keys.map(async (key) => ensureTopic(deps, { key, family })));
  const known = made.map(({ key, family: { topics } }) => [key, topics?.[key]] as const);
  return { ...family, topics: { ...family.topics, ...Object.fromEntries(known) } };
};

const tellOfChange = async (deps: FamilyChangeDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  const found = await deps.families.get(event.familyId);
  if (!found) return [];
  let family = found;
  if (!isFamilyPending(event.deliveries)) return lookAfter(deps, family, event);
  if (takesAway(event)) {
    const presses = await deps.presses.list(event.familyId);
    if (presses.some((press) => isOwed(press, event))) return [left];
    if (event.change === 'contact-changed') family = await ensureAll(deps, family);
    await unsubscribeOthers(deps, family);
  }
  return tell(deps, family, event, async (topic) => sendChange(deps, topic, event));
};

/** Nothing is left to make a topic for. */
const sayGoodbye = async (deps: FamilyChangeDeps, topic: FamilyTopic, event: FamilyEvent): Promise<Sent> => {
  const outcome = await deps.channel.send(topic, listChanged(topic, { ...event, change: 'erased' }));
  return outcome.kind === 'no-topic' ? { kind: 'not-needed' } : outcome;
};

/**
 * Says goodbye to the contacts, then deletes topics and items. A press that came in the same moment goes first, and a
 * case that it opened is closed by officers before. Once everything is gone the watchman looks again until nothing can
 * be under way any more: it may have left something behind.
 */
const eraseFamily = async (deps: FamilyChangeDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  const [family, presses] = await Promise.all([deps.families.get(event.familyId), deps.presses.list(event.familyId)]);
  const unfinished = presses.some((press) => isOpen(press) || isOwed(press, event));
  if (family) {
    if (unfinished) return [left];
    const told = await tell(deps, family, event, async (topic) => sayGoodbye(deps, topic, event));
    if (!isSettled(told)) return told;
    await deps.channel.remove(family);
    await deps.eraser.erase(event);
    return [...told, left];
  }
  await deps.channel.remove({ familyId: event.familyId });
  await deps.eraser.erase(event);
  const lost: DeliveryResult[] = unfinished
    ? [{ destination: 'family', kind: 'unreachable', reason: 'pressed-after-erasing' }]
    : [];
  if (deps.now().getTime() - Date.parse(toFamily(event.deliveries)?.at ?? event.at) < underWayMs)
    return [...lost, left];
  await deps.eraser.forget(event);
  return lost;
};

/**
 * What phones and contacts find of an erasing: the same goodbye, and then nothing of theirs is left. The family stays, with
 * the trusted contact, for officers and for phones that press.
 */
const hideFamily = async (deps: FamilyChangeDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  const [family, presses] = await Promise.all([deps.families.get(event.familyId), deps.presses.list(event.familyId)]);
  if (!family) return [];
  if (presses.some((press) => isOwed(press, event))) return [left];
  const told = await tell(deps, family, event, async (topic) => sayGoodbye(deps, topic, event));
  if (!isSettled(told)) return told;
  await deps.channel.remove(family, { but: 'family:trusted' });
  await deps.eraser.hide(event, family);
  return told;
};

const changeOf = (event: FamilyEvent) => {
  if (isErasing(event)) return eraseFamily;
  return event.change === 'erased' ? hideFamily : tellOfChange;
};

/** Tells a family of a change of its list, with what the change means for its topic. */
export const tellOfFamilyChange = async (deps: FamilyChangeDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  if (event.change === 'contact-trusted') return welcomeTrustedLater(deps, event);
  if (!toFamily(event.deliveries)) return [];
  try {
    return await changeOf(event)(deps, event);
  } catch (cause) {
    return [{ destination: 'family', kind: 'failed', cause }];
  }
};
