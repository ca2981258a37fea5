import type { FamilyTopic } from './channel.ts';
import { composeListChanged } from './compose-list-changed.ts';
import type { DeliveryResult, Sent } from './deliver.ts';
import { deliver } from './deliver.ts';
import { ensureTopic, reachOfFamily, sendToFamily } from './family-topics.ts';
import type { TellFamilyDeps } from './to-family.ts';
import { welcomeOf } from './to-family.ts';
import type { Contact, Family } from '../domain/family/family.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';
import { isErasing } from '../domain/family/family-event.ts';
import type { FamilyPress, FamilyPresses } from '../domain/family/family-presses.ts';
import { confirmableMs } from '../domain/family/reach.ts';
import { dayMs } from '../domain/limits.ts';
import { isOpen } from '../domain/family/family-presses.ts';

/** Everything that a family has in the table. */
export type FamilyEraser = {
  /** Deletes it with the links to its cases, all but the event of the erasing itself. Safe to repeat. */
  erase(event: FamilyEvent): Promise<void>;
  /** Deletes that event, too. */
  forget(event: FamilyEvent): Promise<void>;
};

export type FamilyChangeDeps = TellFamilyDeps & {
  readonly presses: FamilyPresses;
  readonly eraser: FamilyEraser;
};

// Clocks of two functions differ by milliseconds.
const clockSkewMs = 2000;

// A mailbox may confirm for two days after it was asked; a day more, as another function may have asked it once more.
const lookAfterMs = confirmableMs + dayMs;

// A function that found the family a moment before it was gone may go on for a minute; the goodbye came before that by
// as much at the most.
const underWayMs = 2 * 60 * 1000;

/** The watchman looks again. */
const left: DeliveryResult = { destination: 'family', kind: 'left' };

/** Whoever was a contact when the person pressed is told of it, although somebody removed them a moment later. */
const isOwed = ({ untold, raisedAt }: FamilyPress, { at }: FamilyEvent): boolean =>
  untold && Date.parse(raisedAt) <= Date.parse(at) + clockSkewMs;

const refOf = ({ familyId, eventId }: FamilyEvent) => ({ familyId, eventId });
const isUntold = ({ deliveries }: FamilyEvent): boolean => deliveries.family?.status === 'pending';

const topicOf = (family: Family): FamilyTopic => ({ key: 'family', family });

const welcome = async (deps: FamilyChangeDeps, topic: FamilyTopic, added: Contact): Promise<void> => {
  if (added.channel !== 'sms') return;
  await deps.channel.send(topic, { ...welcomeOf(deps, topic.family), only: added.contactId });
};

/** Brings the subscriptions in line with the list, then tells those who are on it. */
const sendChange = async (deps: FamilyChangeDeps, family: Family, event: FamilyEvent): Promise<Sent> => {
  const publication = composeListChanged({ family, event });
  switch (event.change) {
    case 'contact-added': {
      const topic = await ensureTopic(deps, topicOf(family));
      const added = family.contacts.find(({ contactId }) => contactId === event.contactId);
      if (!added) return sendToFamily(deps, topic, publication);
      // Whether they opted out of our messages before. The daily check finds out as well.
      await deps.reaches.hasten(family.familyId, deps.now()).catch(() => undefined);
      await welcome(deps, topic, added);
      return sendToFamily(deps, topic, { ...publication, except: added.contactId });
    }
    case 'contact-removed': {
      const topic = await ensureTopic(deps, topicOf(family));
      await deps.channel.unsubscribeOthers(topic);
      return sendToFamily(deps, topic, publication);
    }
    case 'device-added':
    case 'device-revoked':
    case 'erased':
      return sendToFamily(deps, topicOf(family), publication);
  }
};

const tell = async (
  deps: FamilyChangeDeps,
  family: Family,
  event: FamilyEvent,
  send: () => Promise<Sent>,
): Promise<DeliveryResult> =>
  deliver(deps, { ref: refOf(event), destination: 'family' }, () => ({
    send,
    reach: async () => reachOfFamily(deps, topicOf(family)),
  }));

/**
 * A mailbox that was removed before it confirmed cannot be unsubscribed yet, and may confirm after all; and what was
 * telling the family in that moment may have subscribed somebody again. So a removal is looked after by the watchman.
 */
const lookAfter = async (deps: FamilyChangeDeps, family: Family, event: FamilyEvent) => {
  if (event.change !== 'contact-removed' || !family.topics?.family) return [];
  const { unconfirmed } = await deps.channel.unsubscribeOthers(topicOf(family));
  const isOver = deps.now().getTime() > Date.parse(event.at) + lookAfterMs;
  return unconfirmed > 0 && !isOver ? [left] : [];
};

const tellOfChange = async (deps: FamilyChangeDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  const family = await deps.families.get(event.familyId);
  if (!family) return [];
  if (!isUntold(event)) return lookAfter(deps, family, event);
  if (event.change === 'contact-removed') {
    const presses = await deps.presses.list(event.familyId);
    if (presses.some((press) => isOwed(press, event))) return [left];
  }
  return [await tell(deps, family, event, async () => sendChange(deps, family, event))];
};

/** Nothing is left to make a topic for. */
const sayGoodbye = async (deps: FamilyChangeDeps, family: Family, event: FamilyEvent): Promise<Sent> => {
  const outcome = await deps.channel.send(topicOf(family), composeListChanged({ family, event }));
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
    const told: DeliveryResult = isUntold(event)
      ? await tell(deps, family, event, async () => sayGoodbye(deps, family, event))
      : { destination: 'family', kind: 'sent' };
    if (told.kind === 'left' || told.kind === 'failed') return [told];
    await deps.channel.remove(family);
    await deps.eraser.erase(event);
    return [told, left];
  }
  await deps.channel.remove({ familyId: event.familyId });
  await deps.eraser.erase(event);
  const lost: DeliveryResult[] = unfinished
    ? [{ destination: 'family', kind: 'unreachable', reason: 'pressed-after-erasing' }]
    : [];
  if (deps.now().getTime() - Date.parse(event.deliveries.family?.at ?? event.at) < underWayMs) return [...lost, left];
  await deps.eraser.forget(event);
  return lost;
};

/** Tells a family of a change of its list, with what the change means for its topic. */
export const tellOfFamilyChange = async (deps: FamilyChangeDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  // Changed with the duress PIN: nobody hears of it.
  if (!event.deliveries.family) return [];
  try {
    return await (isErasing(event) ? eraseFamily(deps, event) : tellOfChange(deps, event));
  } catch (cause) {
    return [{ destination: 'family', kind: 'failed', cause }];
  }
};
