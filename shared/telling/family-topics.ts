import type { Deliveries } from '../domain/case/deliveries.ts';
import { type Family, type FamilyTopicKey, contactKeys, contactKeysOf, contactsOf } from '../domain/family/family.ts';
import type { FamilyDirectory } from '../domain/family/family-directory.ts';
import { type FamilyReach, type ReachStore, countOptedOut } from '../domain/family/reach.ts';
import type { FamilyChannel, FamilyMessage, FamilyTopic } from './channel.ts';
import { type Address, type DeliverDeps, type DeliveryResult, type Letter, type Sent, deliver } from './deliver.ts';
import type { Publication } from './publication.ts';

export type FamilyTopicDeps = DeliverDeps & {
  readonly channel: FamilyChannel;
  readonly families: FamilyDirectory;
  readonly reaches: Pick<ReachStore, 'get' | 'hasten'>;
};

/** What the last check found of a family. What cannot be read now counts as nothing: the message is out, or must go out. */
type Found = () => Promise<FamilyReach | undefined>;

/** Reads it. Never rejects. */
export const reachFound = async (
  { reaches }: Pick<FamilyTopicDeps, 'reaches'>,
  familyId: string,
): Promise<FamilyReach | undefined> => {
  try {
    return await reaches.get(familyId);
  } catch {
    return undefined;
  }
};

const optedOutOf = async ({ key, family }: FamilyTopic, found: Found): Promise<number> => {
  const contacts = contactsOf(family, key);
  return contacts.every(({ channel }) => channel !== 'sms') ? 0 : countOptedOut(contacts, await found());
};

/** Of the subscriptions that are counted, those that reach somebody: a phone that answered STOP stays among them. */
const without = (optedOut: number, counted: number | undefined): number | undefined =>
  counted === undefined ? undefined : Math.max(0, counted - optedOut);

type Made = { readonly topic: FamilyTopic; readonly isRefused: boolean };

/** Makes sure of a topic, and that everybody has joined whom it is for, but those whom the channel refuses. */
export const tryTopic = async (deps: FamilyTopicDeps, { key, family }: FamilyTopic): Promise<Made> => {
  const { memory, refused } = await deps.channel.ensure({ key, family });
  if (memory !== family.topics?.[key]) await deps.families.recordTopic(family.familyId, key, memory);
  const topic = { key, family: { ...family, topics: { ...family.topics, [key]: memory } } };
  return { topic, isRefused: refused.length > 0 };
};

/** The same, and whoever is refused is tried again in the watchman's next round. @returns the topic with what is known of it by then */
export const ensureTopic = async (deps: FamilyTopicDeps, given: FamilyTopic): Promise<FamilyTopic> => {
  const { topic, isRefused } = await tryTopic(deps, given);
  // The check of every day finds out as well.
  if (isRefused) await deps.reaches.hasten(topic.family.familyId, deps.now()).catch(() => undefined);
  return topic;
};

/** Of a topic that is gone, who had joined it says nothing any more. */
export const forgotten = (key: FamilyTopicKey, family: Family): FamilyTopic => {
  const { [key]: _gone, ...topics } = family.topics ?? {};
  return { key, family: { ...family, topics } };
};

/** Sends to a topic, and makes it first where it is missing: a press may come right after registration. */
export const sendToFamily = async (
  deps: FamilyTopicDeps,
  topic: FamilyTopic,
  message: FamilyMessage,
  found: Found = async () => reachFound(deps, topic.family.familyId),
): Promise<Sent> => {
  const { key, family } = topic;
  const send = async (to: FamilyTopic): Promise<Sent> => {
    const [sent, optedOut] = await Promise.all([deps.channel.send(to, message), optedOutOf(to, found)]);
    return sent.kind === 'accepted' ? { ...sent, reached: without(optedOut, sent.reached) } : sent;
  };
  const first = await send(family.topics?.[key] ? topic : await ensureTopic(deps, topic));
  if (first.kind !== 'no-topic') return first;
  // Somebody deleted the topic behind our back: make it again, for those who are there by now; but who is trusted is not
  // whoever is named so.
  const current = await deps.families.get(family.familyId);
  if (!current) return { kind: 'not-needed' };
  return send(await ensureTopic(deps, forgotten(key, key === 'family:trusted' ? family : current)));
};

/** How many a message that was taken reaches. */
export const reachOfFamily = async (
  deps: FamilyTopicDeps,
  topic: FamilyTopic,
  found: Found = async () => reachFound(deps, topic.family.familyId),
): Promise<number | undefined> => without(await optedOutOf(topic, found), await deps.channel.reach(topic));

/**
 * Delivers one message to one topic. `write` gives `undefined` if it is for none of the recipients; `found` is what was read
 * of the last check by then; `isClaimed`: the delivery is ours already.
 */
export const deliverToFamily = async (
  deps: FamilyTopicDeps,
  ref: Address['ref'],
  topic: FamilyTopic,
  {
    write,
    found,
    isClaimed = false,
    ...letter
  }: Pick<Letter, 'whenUnreachable'> & {
    readonly write: () => Promise<Publication | undefined>;
    readonly found?: Found;
    readonly isClaimed?: boolean;
  },
): Promise<DeliveryResult> =>
  deliver(deps, { ref, destination: topic.key, isClaimed }, () => ({
    ...letter,
    send: async () => {
      const publication = await write();
      return publication ? sendToFamily(deps, topic, publication, found) : { kind: 'not-needed' };
    },
    reach: async () => reachOfFamily(deps, topic, found),
  }));

/**
 * The topics that are still to be told of an event. Whoever writes an event does not know them, and writes one delivery
 * for the family as a whole: it is divided here, so that each topic has its own claim.
 * @param deliveries as the event was read; they may be older than the table's
 */
export const topicsToTell = async (
  { deliveries: store }: FamilyTopicDeps,
  ref: Address['ref'],
  family: Family,
  deliveries: Deliveries,
): Promise<readonly FamilyTopic[]> => {
  const keys = contactKeysOf(family);
  const isWhole = deliveries.family?.status === 'pending' && keys.some((key) => !deliveries[key]);
  if (isWhole) await store.divideFamily(ref, keys);
  const pending = contactKeys.filter((key) => deliveries[key]?.status === 'pending');
  const told = isWhole ? keys : pending;
  return told.map((key) => ({ key, family }));
};
