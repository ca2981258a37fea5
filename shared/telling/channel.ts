import type { Family, FamilyTopicKey, TopicMemory } from '../domain/family/family.ts';
import type { SubscriptionReader } from '../domain/family/reach.ts';
import type { Publication } from './publication.ts';

/*
 * The seam behind which messages leave. Today that is Amazon SNS: topics, their ARNs and counts that lag are its
 * business. Another channel implements these types in shared/adapters, and nothing else changes.
 */

/** One of a family's topics. The key and the family say who is subscribed. */
export type FamilyTopic = { readonly key: FamilyTopicKey; readonly family: Family };

/** The topic of an office, or of the `ministry`. */
export type OfficeTopic = { readonly officeId: string };

/**
 * What one message is to people's mailboxes and duty phones: one of its own, none as a digest follows, or that digest.
 * Machines get each message but digests.
 */
export type Mail = 'each' | 'none' | 'digest';

/** `reached`: how many it reaches, where that is known; absent: the channel asks beside sending it. */
export type OfficeMessage = Publication & { readonly mail: Mail; readonly reached?: number };

/** For all whom the topic is for, or for one contact `only`, or for all `except` one, by id. */
export type FamilyMessage = Publication & { readonly only?: string; readonly except?: string };

/**
 * `accepted`: the message is out; `reached` is how many it can reach, or `undefined` if that cannot be known just now.
 * `refused`: it will never be taken. `no-topic`: the topic was never made, or is gone. What may pass with time is thrown.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly reached: number | undefined }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'no-topic' };

/** Sends messages to topics of one kind. */
type Sending<Topic, Message> = {
  send(topic: Topic, message: Message): Promise<SendOutcome>;
  /** How many a message reaches now; `undefined` if that cannot be known. Never rejects. */
  reach(topic: Topic): Promise<number | undefined>;
};

/** The offices' topics are made at deploy. */
export type OfficeChannel = Sending<OfficeTopic, OfficeMessage>;

/**
 * `memory` is what the channel wants to find in {@link Family.topics} from now on, `refused` why some contacts could not
 * join, one reason each: the others are told all the same.
 */
export type Ensured = { readonly memory: TopicMemory; readonly refused: readonly string[] };

/** Representatives' topics are made by the operator. */
export type RepresentativeChannel = Sending<{ readonly representativeId: string }, Publication>;

/** Families' topics are made, changed and removed as families are. Everything is safe to repeat, also at the same time. */
export type FamilyChannel = Sending<FamilyTopic, FamilyMessage> & {
  /**
   * Makes the topic, and has everybody join whom it is for and who has not joined by what the family knows of it. Nobody is
   * asked to confirm a second time.
   */
  ensure(topic: FamilyTopic): Promise<Ensured>;
  /**
   * Asks one contact's mailbox again to confirm; the others that have not confirmed hear nothing.
   * @returns whether the topic is there
   */
  ask(topic: FamilyTopic, contactId: string): Promise<boolean>;
  /**
   * Takes away every confirmed subscription of somebody whom the topic is not for.
   * @returns how many of them cannot be taken away yet: mailboxes that may still confirm
   */
  unsubscribeOthers(topic: FamilyTopic): Promise<{ readonly unconfirmed: number }>;
  /** Deletes the topics of a family, `but` one, with their subscriptions. */
  remove(family: Pick<Family, 'familyId' | 'topics'>, kept?: { readonly but: FamilyTopicKey }): Promise<void>;
};

/** How many subscriptions a topic has. */
export type SubscriberCounts = { readonly confirmed: number; readonly pending: number };

/** What the watchman asks when it checks who would hear. */
export type SubscriptionChecks = SubscriptionReader & {
  /**
   * Whether a phone has answered STOP: it stays subscribed then, and gets nothing. `undefined` if there is no answer.
   * Never rejects.
   */
  isOptedOut(phone: string): Promise<boolean | undefined>;
  /** None for a topic that is gone; `undefined` if there is no answer. Never rejects. */
  count(topic: OfficeTopic): Promise<SubscriberCounts | undefined>;
  /**
   * Has each confirmed subscription get what is meant for it ({@link Mail}): one that somebody made by hand gets
   * everything until then. @returns how many were set right; `undefined` if there is no answer. Never rejects
   */
  mend(topic: OfficeTopic): Promise<number | undefined>;
};

/**
 * `confirmed`: it counts at once. `pending`: its owner has to confirm. `isOther`: it was there before with other attributes,
 * and has them still. `refused`: SNS says why, by its name of the fault.
 */
export type Subscribed =
  | { readonly kind: 'confirmed' | 'pending'; readonly arn: string; readonly isOther: boolean }
  | { readonly kind: 'refused'; readonly name: string; readonly message: string };

/** Subscribes to the topic of an office, or of `ministry`. @throws what may pass with time, or what we may not do */
export type OfficeSubscribing = (officeId: string, protocol: string, endpoint: string) => Promise<Subscribed>;
