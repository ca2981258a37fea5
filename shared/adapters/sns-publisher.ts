import type { MessageAttributeValue, SNSClient } from '@aws-sdk/client-sns';
import {
  GetTopicAttributesCommand,
  InvalidParameterException,
  InvalidParameterValueException,
  NotFoundException,
  PublishCommand,
} from '@aws-sdk/client-sns';
import type { SendOutcome, SubscriberCounts } from '../telling/channel.ts';
import type { Publication } from '../telling/publication.ts';

/** `smsOriginationNumber`: E.164 number from which SMS come; absent: SNS chooses one. */
export type SmsOptions = { readonly smsOriginationNumber?: string | undefined };

/** `reached`: how many have confirmed, where that is known; absent: SNS is asked. */
type PublishOptions = SmsOptions & { readonly reached?: number };

const text = (value: string): MessageAttributeValue => ({ DataType: 'String', StringValue: value });

/** Counts a topic's subscriptions. The counts lag by some minutes (ADR 008). @throws when SNS does not say */
export const countSubscriptions = async (
  client: SNSClient,
  topicArn: string,
  options?: { readonly abortSignal: AbortSignal },
): Promise<SubscriberCounts> => {
  const { Attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }), options);
  const confirmed = Number(Attributes['SubscriptionsConfirmed']);
  const pending = Number(Attributes['SubscriptionsPending']);
  if (Number.isNaN(confirmed + pending)) throw new Error('SNS does not count the subscriptions.');
  return { confirmed, pending };
};

/** How many have confirmed; `undefined` when SNS does not say. Never rejects. */
export const countConfirmed = async (client: SNSClient, topicArn: string): Promise<number | undefined> => {
  try {
    return (await countSubscriptions(client, topicArn)).confirmed;
  } catch {
    return undefined;
  }
};

/**
 * Publishes with one body a protocol, and counts whom that can reach. Every SMS is Transactional: Promotional ones are
 * the first that carriers drop.
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
export const publish = async (
  client: SNSClient,
  topicArn: string,
  publication: Publication,
  { smsOriginationNumber, reached: known }: PublishOptions,
): Promise<SendOutcome> => {
  const attributes: Readonly<Record<string, string>> = {
    ...publication.attributes,
    'AWS.SNS.SMS.SMSType': 'Transactional',
    ...(smsOriginationNumber !== undefined && { 'AWS.MM.SMS.OriginationNumber': smsOriginationNumber }),
  };
  try {
    const [, reached] = await Promise.all([
      client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: publication.subject,
          MessageStructure: 'json',
          Message: JSON.stringify(publication.bodies),
          MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, text(value)])),
        }),
      ),
      known ?? countConfirmed(client, topicArn),
    ]);
    return { kind: 'accepted', reached };
  } catch (fault) {
    if (fault instanceof NotFoundException) return { kind: 'no-topic' };
    // Denied calls are thrown instead: an operator can mend a policy, and the message must still go out then.
    if (fault instanceof InvalidParameterException || fault instanceof InvalidParameterValueException) {
      return { kind: 'refused', reason: fault.name };
    }
    throw fault;
  }
};
