import type { FamilyAnnouncementDeps } from './announce-to-family.ts';
import { announce, ensureTopic, publishToFamily, welcomeOf } from './announce-to-family.ts';
import { composeListChanged } from './compose-list-changed.ts';
import type { DeliveryResult, PublishOutcome } from './delivery.ts';
import type { Contact, Family } from '../domain/family/family.ts';
import type { FamilyEvent } from '../domain/family/family-event.ts';
import { isErasing } from '../domain/family/family-event.ts';
import type { FamilyPress, FamilyPresses } from '../domain/family/family-presses.ts';
import { isOpen } from '../domain/family/family-presses.ts';

/** Everything that a family has in the table. */
export type FamilyEraser = {
  /** Deletes it with the links to its cases, all but the event of the erasing itself. Safe to repeat. */
  erase(event: FamilyEvent): Promise<void>;
  /** Deletes that event, too. */
  forget(event: FamilyEvent): Promise<void>;
};

export type FamilyEventDeps = FamilyAnnouncementDeps & {
  readonly presses: FamilyPresses;
  readonly eraser: FamilyEraser;
};

// Clocks of two functions differ by milliseconds.
const clockSkewMs = 2000;

// SNS's link in a mail to confirm it works for two days.
// https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html
const confirmableMs = 3 * 24 * 60 * 60 * 1000;

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

const welcome = async (deps: FamilyEventDeps, family: Family, topicArn: string, added: Contact): Promise<void> => {
  if (added.channel !== 'sms') return;
  const publication = welcomeOf(deps, family);
  const attributes = { ...publication.attributes, only: added.contactId };
  await deps.announcer.publish(topicArn, { ...publication, attributes });
};

/** Brings the subscriptions in line with the list, then tells those who are on it. */
const tellOfChange = async (deps: FamilyEventDeps, stored: Family, event: FamilyEvent): Promise<PublishOutcome> => {
  const publication = composeListChanged({ family: stored, event });
  switch (event.change) {
    case 'contact-added': {
      const topic = await ensureTopic(deps, stored);
      const family = { ...stored, topic };
      const added = stored.contacts.find(({ contactId }) => contactId === event.contactId);
      if (!added) return publishToFamily(deps, family, publication);
      // Whether they opted out of our messages before. The daily check finds out as well.
      await deps.reaches.hasten(stored.familyId, deps.now()).catch(() => undefined);
      await welcome(deps, family, topic.arn, added);
      const attributes = { ...publication.attributes, except: added.contactId };
      return publishToFamily(deps, family, { ...publication, attributes });
    }
    case 'contact-removed': {
      const topic = await ensureTopic(deps, stored);
      await deps.topics.unsubscribeOthers(topic.arn, stored.contacts);
      return publishToFamily(deps, { ...stored, topic }, publication);
    }
    case 'device-added':
    case 'device-revoked':
    case 'erased':
      return publishToFamily(deps, stored, publication);
  }
};

/**
 * A mailbox that was removed before it confirmed cannot be unsubscribed yet, and may confirm after all; and what was
 * telling the family in that moment may have subscribed somebody again. So a removal is looked after by the watchman.
 */
const lookAfter = async (deps: FamilyEventDeps, { topic, contacts }: Family, event: FamilyEvent) => {
  if (event.change !== 'contact-removed' || !topic) return [];
  const { unconfirmed } = await deps.topics.unsubscribeOthers(topic.arn, contacts);
  const isOver = deps.now().getTime() > Date.parse(event.at) + confirmableMs;
  return unconfirmed > 0 && !isOver ? [left] : [];
};

const announceChange = async (deps: FamilyEventDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  const family = await deps.families.get(event.familyId);
  if (!family) return [];
  if (!isUntold(event)) return lookAfter(deps, family, event);
  if (event.change === 'contact-removed') {
    const presses = await deps.presses.list(event.familyId);
    if (presses.some((press) => isOwed(press, event))) return [left];
  }
  return [
    await announce(deps, refOf(event), family, {
      publish: async () => tellOfChange(deps, family, event),
    }),
  ];
};

/** Nothing is left to make a topic for. */
const sayGoodbye = async (deps: FamilyEventDeps, family: Family, event: FamilyEvent): Promise<PublishOutcome> => {
  if (!family.topic) return { kind: 'not-needed' };
  const outcome = await deps.announcer.publish(family.topic.arn, composeListChanged({ family, event }));
  return outcome.kind === 'no-topic' ? { kind: 'not-needed' } : outcome;
};

/**
 * Says goodbye to the contacts, then deletes topics and items. A press that came in the same moment goes first, and a
 * case that it opened is closed by officers before. Once everything is gone the watchman looks again until nothing can
 * be under way any more: it may have left something behind.
 */
const eraseFamily = async (deps: FamilyEventDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  const [family, presses] = await Promise.all([deps.families.get(event.familyId), deps.presses.list(event.familyId)]);
  const unfinished = presses.some((press) => isOpen(press) || isOwed(press, event));
  if (family) {
    if (unfinished) return [left];
    const told: DeliveryResult = isUntold(event)
      ? await announce(deps, refOf(event), family, { publish: async () => sayGoodbye(deps, family, event) })
      : { destination: 'family', kind: 'sent' };
    if (told.kind === 'left' || told.kind === 'failed') return [told];
    await deps.topics.remove(event.familyId, family.topic?.arn);
    await deps.eraser.erase(event);
    return [told, left];
  }
  await deps.topics.remove(event.familyId, undefined);
  await deps.eraser.erase(event);
  const lost: DeliveryResult[] = unfinished
    ? [{ destination: 'family', kind: 'unreachable', reason: 'pressed-after-erasing' }]
    : [];
  if (deps.now().getTime() - Date.parse(event.deliveries.family?.at ?? event.at) < underWayMs) return [...lost, left];
  await deps.eraser.forget(event);
  return lost;
};

/** Tells a family of a change of its list, with what the change means for its topic. */
export const announceFamilyEvent = async (deps: FamilyEventDeps, event: FamilyEvent): Promise<DeliveryResult[]> => {
  // Changed with the duress PIN: nobody hears of it.
  if (!event.deliveries.family) return [];
  try {
    return await (isErasing(event) ? eraseFamily(deps, event) : announceChange(deps, event));
  } catch (cause) {
    return [{ destination: 'family', kind: 'failed', cause }];
  }
};
