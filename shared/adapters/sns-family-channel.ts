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
import type { Clock } from '../domain/clock.ts';
import type { Contact } from '../domain/family/family.ts';
import { contactsOf } from '../domain/family/family.ts';
import type { FamilyChannel, FamilyTopic } from '../telling/channel.ts';
import type { SmsOptions } from './sns-publisher.ts';
import { countConfirmed, publish } from './sns-publisher.ts';
import type { RememberedTopic } from './sns-topics.ts';
import { nameOf, rememberedOf } from './sns-topics.ts';

// SNS's own counts lag behind a fresh subscription, so for these minutes what Subscribe answered is believed too.
const subscriptionLagMs = 10 * 60 * 1000;

const believed = (
  { ensuredAt, confirmedAtOnce }: RememberedTopic,
  counted: number | undefined,
  now: Date,
): number | undefined => {
  const isFresh = now.getTime() - Date.parse(ensuredAt) < subscriptionLagMs;
  return counted !== undefined && isFresh ? Math.max(counted, confirmedAtOnce) : counted;
};

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

/**
 * Family topics, encrypted with the stack's key. They have no DisplayName: SNS would put it before the text of each
 * SMS, and the text must begin with what happened.
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-topic.html
 */
export const snsFamilyChannel = (
  client: SNSClient,
  options: SmsOptions & { readonly arnPrefix: string; readonly keyArn: string; readonly now: Clock },
): FamilyChannel => {
  const createTopic = async (name: string): Promise<string> => {
    const arn = `${options.arnPrefix}${name}`;
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

  return {
    ensure: async (topic) => {
      const arn = await createTopic(nameOf(topic.family.familyId, topic.key));
      const confirmed = await Promise.all(subscribersOf(topic).map(async (contact) => subscribe(arn, contact)));
      const confirmedAtOnce = confirmed.filter(Boolean).length;
      return { arn, ensuredAt: options.now().toISOString(), confirmedAtOnce } satisfies RememberedTopic;
    },

    send: async ({ key, family }, publication) => {
      const known = rememberedOf(family, key);
      if (!known) return { kind: 'no-topic' };
      const sent = await publish(client, known.arn, publication, options);
      return sent.kind === 'accepted' ? { ...sent, reached: believed(known, sent.reached, options.now()) } : sent;
    },

    reach: async ({ key, family }) => {
      const known = rememberedOf(family, key);
      if (!known) return undefined;
      return believed(known, await countConfirmed(client, known.arn), options.now());
    },

    unsubscribeOthers: async (topic) => {
      const arn = rememberedOf(topic.family, topic.key)?.arn;
      if (arn === undefined) return { unconfirmed: 0 };
      const known = new Set(subscribersOf(topic).map(({ endpoint }) => endpoint.toLowerCase()));
      let unconfirmed = 0;
      for (let token: string | undefined, page = 0; page === 0 || token !== undefined; page += 1) {
        const { Subscriptions = [], NextToken } = await client.send(
          new ListSubscriptionsByTopicCommand({ TopicArn: arn, ...(token !== undefined && { NextToken: token }) }),
        );
        token = NextToken;
        const others = Subscriptions.filter(({ Endpoint = '' }) => !known.has(Endpoint.toLowerCase()));
        unconfirmed += others.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation').length;
        // The right to unsubscribe knows no resources, so that this is what keeps it to the family's own topic.
        const own = others.filter(({ SubscriptionArn = '' }) => SubscriptionArn.startsWith(`${arn}:`));
        await Promise.all(
          own.map(async ({ SubscriptionArn }) => client.send(new UnsubscribeCommand({ SubscriptionArn }))),
        );
      }
      return { unconfirmed };
    },

    remove: async (family) => {
      const { familyId } = family;
      // Also what may have been made and not been remembered, or was made in another cell.
      const known = rememberedOf(family, 'family')?.arn;
      const made = (['family', 'self'] as const).map((key) => `${options.arnPrefix}${nameOf(familyId, key)}`);
      await Promise.all(
        [...new Set([...made, ...(known === undefined ? [] : [known, `${known}-self`])])].map(deleteTopic),
      );
    },
  };
};
