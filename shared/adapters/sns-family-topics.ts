import type { SNSClient } from '@aws-sdk/client-sns';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  FilterPolicyLimitExceededException,
  InvalidParameterException,
  ListSubscriptionsByTopicCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import type { FamilyTopics } from '../telling/announce-to-family.ts';
import type { Clock } from '../domain/clock.ts';
import type { Contact } from '../domain/family/family.ts';

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

const filterOf = ({ channel, contactId }: Subscriber): object | undefined => {
  if (channel === 'email') return mailboxFilter;
  return contactId === undefined ? undefined : phoneFilter(contactId);
};

/**
 * Family topics, encrypted with the stack's key. They have no DisplayName: SNS would put it before the text of each
 * SMS, and the text must begin with what happened.
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-topic.html
 */
export const snsFamilyTopics = (
  client: SNSClient,
  options: { readonly arnPrefix: string; readonly keyArn: string; readonly now: Clock },
): FamilyTopics => {
  const createTopic = async (suffix: string): Promise<string> => {
    const arn = `${options.arnPrefix}${suffix}`;
    try {
      await client.send(
        new CreateTopicCommand({
          Name: arn.slice(arn.lastIndexOf(':') + 1),
          Attributes: { KmsMasterKeyId: options.keyArn },
        }),
      );
    } catch (fault) {
      // "Topic already exists with different attributes": ours all the same, so set them.
      if (!(fault instanceof InvalidParameterException)) throw fault;
      await client.send(
        new SetTopicAttributesCommand({
          TopicArn: arn,
          AttributeName: 'KmsMasterKeyId',
          AttributeValue: options.keyArn,
        }),
      );
    }
    return arn;
  };

  /** @returns the subscription's ARN, or `undefined` for an endpoint that SNS refuses */
  const trySubscribe = async (
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
   * An endpoint that SNS refuses for good must not keep the others from being told. One that is subscribed already,
   * with another filter, keeps that: SNS refuses it only with ours.
   * @returns whether SNS counts the subscription as confirmed at once, as it does for phones
   */
  const subscribe = async (topicArn: string, contact: Subscriber): Promise<boolean> => {
    const arn =
      (await trySubscribe(topicArn, contact, filterOf(contact))) ?? (await trySubscribe(topicArn, contact, undefined));
    return arn?.startsWith('arn:') === true;
  };

  const deleteTopic = async (arn: string): Promise<void> => {
    await client.send(new DeleteTopicCommand({ TopicArn: arn }));
  };

  const ensure = async (suffix: string, contacts: readonly Subscriber[]) => {
    const arn = await createTopic(suffix);
    const confirmed = await Promise.all(contacts.map(async (contact) => subscribe(arn, contact)));
    return { arn, ensuredAt: options.now().toISOString(), confirmedAtOnce: confirmed.filter(Boolean).length };
  };

  return {
    ensure: async ({ familyId, contacts }) => ensure(familyId, contacts),
    ensureSelf: async ({ familyId }, phone) => ensure(`${familyId}-self`, [{ channel: 'sms', endpoint: phone }]),

    unsubscribeOthers: async (topicArn, contacts) => {
      const known = new Set(contacts.map(({ endpoint }) => endpoint.toLowerCase()));
      let unconfirmed = 0;
      for (let token: string | undefined, page = 0; page === 0 || token !== undefined; page += 1) {
        const { Subscriptions = [], NextToken } = await client.send(
          new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, ...(token !== undefined && { NextToken: token }) }),
        );
        token = NextToken;
        const others = Subscriptions.filter(({ Endpoint = '' }) => !known.has(Endpoint.toLowerCase()));
        unconfirmed += others.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation').length;
        // The right to unsubscribe knows no resources, so that this is what keeps it to the family's own topic.
        const own = others.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith(`${topicArn}:`));
        await Promise.all(
          own.map(async ({ SubscriptionArn }) => client.send(new UnsubscribeCommand({ SubscriptionArn }))),
        );
      }
      return { unconfirmed };
    },

    remove: async (familyId, topicArn) => {
      const own = `${options.arnPrefix}${familyId}`;
      const arns = [own, ...(topicArn === undefined ? [] : [topicArn])].flatMap((arn) => [arn, `${arn}-self`]);
      await Promise.all([...new Set(arns)].map(deleteTopic));
    },
  };
};
