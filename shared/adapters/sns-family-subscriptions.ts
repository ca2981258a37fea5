import {
  type SNSClient,
  FilterPolicyLimitExceededException,
  InvalidParameterException,
  NotFoundException,
  SubscribeCommand,
  SubscriptionLimitExceededException,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { type Contact, contactsOf } from '../domain/family/family.ts';
import type { FamilyTopic } from '../telling/channel.ts';
import { subscriptionPages } from './sns-pages.ts';
import { joinedAs } from './sns-topics.ts';

// A mailbox's first message is SNS's own confirmation; our welcome, for phones, must not follow it.
const mailboxFilter = { type: [{ 'anything-but': ['contact.welcome.v1'] }] };

// A message may be for one contact `only`, or for all `except` one; most carry neither attribute.
// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
const contactFilter = (contactId: string) => ({
  only: [{ exists: false }, contactId],
  except: [{ exists: false }, { 'anything-but': [contactId] }],
});

/** A contact, or the person's own phone, which has no id. */
type Subscriber = Pick<Contact, 'channel' | 'endpoint'> & Partial<Pick<Contact, 'contactId' | 'addedAt'>>;

const subscribersOf = ({ key, family }: FamilyTopic): readonly Subscriber[] => {
  if (key !== 'self') return contactsOf(family, key);
  const { phone } = family.person;
  return phone === undefined ? [] : [{ channel: 'sms', endpoint: phone }];
};

const filterOf = ({ key }: FamilyTopic, { channel, contactId }: Subscriber): object | undefined => {
  // What the trusted contact is for, no confirmation says.
  if (channel === 'email' && key !== 'family:trusted') return mailboxFilter;
  return contactId === undefined ? undefined : contactFilter(contactId);
};

const subscribeWith = async (
  client: SNSClient,
  topicArn: string,
  { channel, endpoint }: Subscriber,
  filterPolicy: object | undefined,
): Promise<string> => {
  const { SubscriptionArn = '' } = await client.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: channel,
      Endpoint: endpoint,
      ...(filterPolicy && { Attributes: { FilterPolicy: JSON.stringify(filterPolicy) } }),
    }),
  );
  return SubscriptionArn;
};

/**
 * One that is subscribed already, with another filter, keeps that: SNS refuses it only with ours. And when the account's
 * filter policies are used up: better told too much than nothing.
 */
const subscribe = async (client: SNSClient, topicArn: string, topic: FamilyTopic, one: Subscriber): Promise<string> => {
  const filterPolicy = filterOf(topic, one);
  try {
    return await subscribeWith(client, topicArn, one, filterPolicy);
  } catch (fault) {
    const isAboutFilter =
      fault instanceof InvalidParameterException || fault instanceof FilterPolicyLimitExceededException;
    if (!filterPolicy || !isAboutFilter) throw fault;
    return subscribeWith(client, topicArn, one, undefined);
  }
};

/** Whether SNS will say the same of this one endpoint in a minute, as it says of no other. */
const isRefusal = (fault: Error): boolean =>
  fault instanceof InvalidParameterException || fault instanceof SubscriptionLimitExceededException;

const faultOf = (tried: PromiseSettledResult<unknown>): readonly Error[] => {
  if (tried.status === 'fulfilled') return [];
  return [tried.reason instanceof Error ? tried.reason : new Error(String(tried.reason))];
};

type Joining = {
  /** Everybody whom SNS has subscribed, or asked to confirm, now or before. */
  readonly joined: readonly string[];
  /** How many of these SNS counts as confirmed at once, as it does phones. */
  readonly confirmed: number;
  /** Whether somebody joined now. */
  readonly isNew: boolean;
  /** The names of the faults by which others were refused. */
  readonly refused: readonly string[];
};

/**
 * Subscribes those whom a topic is for and who have not joined yet, each by itself: whom SNS refuses must not keep the
 * others from being told. Nobody is asked to confirm a second time.
 * @throws {NotFoundException} the topic is gone
 * @throws the fault, if nobody has joined and it may pass: then nobody is held up by a further try
 */
export const join = async (
  client: SNSClient,
  topicArn: string,
  topic: FamilyTopic,
  before: ReadonlySet<string>,
): Promise<Joining> => {
  const subscribers = subscribersOf(topic);
  const present = subscribers.filter((one) => before.has(joinedAs(one)));
  const missing = subscribers.filter((one) => !before.has(joinedAs(one)));
  const tried = await Promise.allSettled(missing.map(async (one) => subscribe(client, topicArn, topic, one)));
  const faults = tried.flatMap(faultOf);
  const gone = faults.find((fault) => fault instanceof NotFoundException);
  if (gone) throw gone;
  const now = missing.filter((_, index) => tried[index]?.status === 'fulfilled');
  const passing = faults.find((fault) => !isRefusal(fault));
  if (present.length + now.length === 0 && passing !== undefined) throw passing;
  const arns = tried.flatMap((one) => (one.status === 'fulfilled' && one.value.startsWith('arn:') ? [one.value] : []));
  return {
    joined: [...present, ...now].map(joinedAs),
    confirmed: present.filter(({ channel }) => channel === 'sms').length + arns.length,
    isNew: now.length > 0,
    refused: faults.map(({ name }) => name),
  };
};

/** Of a topic that does not remember who joined: whoever is subscribed, or asked to confirm. */
export const listJoined = async (client: SNSClient, topicArn: string, topic: FamilyTopic): Promise<Set<string>> => {
  const listed = (await Array.fromAsync(subscriptionPages(client, topicArn))).flat();
  const endpoints = new Set(listed.map(({ Endpoint = '' }) => Endpoint.toLowerCase()));
  return new Set(
    subscribersOf(topic)
      .filter(({ endpoint }) => endpoints.has(endpoint.toLowerCase()))
      .map(joinedAs),
  );
};

/**
 * One contact alone, whether they joined or not: SNS sends a mailbox that has not confirmed its confirmation anew.
 * @returns whether there is such a topic
 */
export const subscribeAgain = async (
  client: SNSClient,
  topicArn: string,
  topic: FamilyTopic,
  contactId: string,
): Promise<boolean> => {
  try {
    const again = subscribersOf(topic).filter((one) => one.contactId === contactId);
    await Promise.all(again.map(async (one) => subscribe(client, topicArn, topic, one)));
    return true;
  } catch (fault) {
    if (fault instanceof NotFoundException) return false;
    throw fault;
  }
};

/** The ids of the contacts whom a topic is for, and who have not joined it. */
export const notJoined = (topic: FamilyTopic, joined: readonly string[]): readonly string[] =>
  contactsOf(topic.family, topic.key)
    .filter((contact) => !joined.includes(joinedAs(contact)))
    .map(({ contactId }) => contactId);

/** Nobody is subscribed to a topic that is gone. */
async function* pagesIfThere(client: SNSClient, topicArn: string) {
  try {
    yield* subscriptionPages(client, topicArn);
  } catch (fault) {
    if (!(fault instanceof NotFoundException)) throw fault;
  }
}

/** Takes away everybody whom a topic is not for. @returns how many have not confirmed, and cannot be taken away yet */
export const unsubscribeOthers = async (client: SNSClient, topicArn: string, topic: FamilyTopic): Promise<number> => {
  const known = new Set(subscribersOf(topic).map(({ endpoint }) => endpoint.toLowerCase()));
  let unconfirmed = 0;
  for await (const page of pagesIfThere(client, topicArn)) {
    const others = page.filter(({ Endpoint = '' }) => !known.has(Endpoint.toLowerCase()));
    unconfirmed += others.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation').length;
    // The right to unsubscribe knows no resources, so that this is what keeps it to the family's own topic.
    const own = others.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith(`${topicArn}:`));
    await Promise.all(own.map(async ({ SubscriptionArn }) => client.send(new UnsubscribeCommand({ SubscriptionArn }))));
  }
  return unconfirmed;
};
