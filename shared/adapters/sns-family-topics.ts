import type { SNSClient } from '@aws-sdk/client-sns';
import {
  CreateTopicCommand,
  InvalidParameterException,
  SetTopicAttributesCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { FamilyTopics } from '../domain/announce-to-family.ts';
import type { Clock } from '../domain/clock.ts';
import type { Contact } from '../domain/family.ts';

// A mailbox's first message is SNS's own confirmation; our welcome, for phones, must not follow it.
const mailboxFilter = JSON.stringify({ type: [{ 'anything-but': ['contact.welcome.v1'] }] });

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

  /** @returns whether SNS counts the subscription as confirmed at once, as it does for phones */
  const subscribe = async (topicArn: string, contact: Pick<Contact, 'channel' | 'endpoint'>): Promise<boolean> => {
    try {
      const { SubscriptionArn = '' } = await client.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: contact.channel,
          Endpoint: contact.endpoint,
          ...(contact.channel === 'email' && { Attributes: { FilterPolicy: mailboxFilter } }),
        }),
      );
      return SubscriptionArn.startsWith('arn:');
    } catch (fault) {
      // An endpoint that SNS refuses for good must not keep the others from being told.
      if (fault instanceof InvalidParameterException) return false;
      throw fault;
    }
  };

  const ensure = async (suffix: string, contacts: readonly Pick<Contact, 'channel' | 'endpoint'>[]) => {
    const arn = await createTopic(suffix);
    const confirmed = await Promise.all(contacts.map(async (contact) => subscribe(arn, contact)));
    return { arn, ensuredAt: options.now().toISOString(), confirmedAtOnce: confirmed.filter(Boolean).length };
  };

  return {
    ensure: async ({ familyId, contacts }) => ensure(familyId, contacts),
    ensureSelf: async ({ familyId }, phone) => ensure(`${familyId}-self`, [{ channel: 'sms', endpoint: phone }]),
  };
};
