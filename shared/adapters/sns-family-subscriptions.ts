import type { SNSClient } from '@aws-sdk/client-sns';
import {
  FilterPolicyLimitExceededException,
  InvalidParameterException,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { Contact } from '../domain/family/family.ts';
import { contactsOf } from '../domain/family/family.ts';
import type { FamilyTopic } from '../telling/channel.ts';
import { subscriptionPages } from './sns-pages.ts';

// A mailbox's first message is SNS's own confirmation; our welcome, for phones, must not follow it.
const mailboxFilter = { type: [{ 'anything-but': ['contact.welcome.v1'] }] };

// A message may be for one contact `only`, or for all `except` one; most carry neither attribute.
// https://docs.aws.amazon.com/sns/latest/dg/attribute-key-matching.html
const phoneFilter = (contactId: string) => ({
  only: [{ exists: false }, contactId],
  except: [{ exists: false }, { 'anything-but': [contactId] }],
});

/** A contact, or the person's own phone, which has no id. */
type Subscriber = Pick<Contact, 'channel' | 'endpoint'> & Partial<Pick<Contact, 'contactId'>>;

const subscribersOf = ({ key, family }: FamilyTopic): readonly Subscriber[] => {
  if (key !== 'self') return contactsOf(family, key);
  const { phone } = family.person;
  return phone === undefined ? [] : [{ channel: 'sms', endpoint: phone }];
};

const filterOf = ({ channel, contactId }: Subscriber): object | undefined => {
  if (channel === 'email') return mailboxFilter;
  return contactId === undefined ? undefined : phoneFilter(contactId);
};

/** @returns the subscription's ARN, or `undefined` for an endpoint that SNS refuses */
const trySubscribe = async (
  client: SNSClient,
  topicArn: string,
  { channel, endpoint }: Subscriber,
  filterPolicy: object | undefined,
): Promise<string | undefined> => {
  try {
    const { SubscriptionArn = '' } = await client.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: channel,
        Endpoint: endpoint,
        ...(filterPolicy && { Attributes: { FilterPolicy: JSON.stringify(filterPolicy) } }),
      }),
    );
    return SubscriptionArn;
  } catch (fault) {
    if (fault instanceof InvalidParameterException) return undefined;
    // The account's filter policies are used up: better told too much than nothing.
    if (fault instanceof FilterPolicyLimitExceededException && filterPolicy) return undefined;
    throw fault;
  }
};

/**
 * Subscribes everybody whom a topic is for. An endpoint that SNS refuses for good must not keep the others from being
 * told. One that is subscribed already, with another filter, keeps that: SNS refuses it only with ours.
 * @returns how many subscriptions SNS counts as confirmed at once, as it does for phones
 */
export const subscribeAll = async (client: SNSClient, topicArn: string, topic: FamilyTopic): Promise<number> => {
  const arns = await Promise.all(
    subscribersOf(topic).map(
      async (one) =>
        (await trySubscribe(client, topicArn, one, filterOf(one))) ?? trySubscribe(client, topicArn, one, undefined),
    ),
  );
  return arns.filter((arn) => arn?.startsWith('arn:')).length;
};

/** Takes away everybody whom a topic is not for. @returns how many have not confirmed, and cannot be taken away yet */
export const unsubscribeOthers = async (client: SNSClient, topicArn: string, topic: FamilyTopic): Promise<number> => {
  const known = new Set(subscribersOf(topic).map(({ endpoint }) => endpoint.toLowerCase()));
  let unconfirmed = 0;
  for await (const page of subscriptionPages(client, topicArn)) {
    const others = page.filter(({ Endpoint = '' }) => !known.has(Endpoint.toLowerCase()));
    unconfirmed += others.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation').length;
    // The right to unsubscribe knows no resources, so that this is what keeps it to the family's own topic.
    const own = others.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith(`${topicArn}:`));
    await Promise.all(own.map(async ({ SubscriptionArn }) => client.send(new UnsubscribeCommand({ SubscriptionArn }))));
  }
  return unconfirmed;
};
