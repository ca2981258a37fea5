import type { MessageAttributeValue, SNSClient } from '@aws-sdk/client-sns';
import {
  GetTopicAttributesCommand,
  InvalidParameterException,
  InvalidParameterValueException,
  NotFoundException,
  PublishCommand,
} from '@aws-sdk/client-sns';
import type { Announcer } from '../telling/delivery.ts';
import type { Publication } from '../telling/publication.ts';

const text = (value: string): MessageAttributeValue => ({ DataType: 'String', StringValue: value });

/**
 * Publishes with one body per protocol. Every SMS is Transactional: Promotional ones are the first that carriers drop.
 * https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html
 */
export const snsAnnouncer = (
  client: SNSClient,
  options: { readonly smsOriginationNumber?: string } = {},
): Announcer => {
  const attributesOf = ({ attributes }: Publication): Record<string, MessageAttributeValue> => ({
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, text(value)])),
    'AWS.SNS.SMS.SMSType': text('Transactional'),
    ...(options.smsOriginationNumber !== undefined && {
      'AWS.MM.SMS.OriginationNumber': text(options.smsOriginationNumber),
    }),
  });

  const confirmedSubscribers = async (topicArn: string): Promise<number | undefined> => {
    try {
      const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
      const confirmed = Number(Attributes?.['SubscriptionsConfirmed']);
      return Number.isNaN(confirmed) ? undefined : confirmed;
    } catch {
      return undefined;
    }
  };

  return {
    confirmedSubscribers,
    publish: async (topicArn, publication) => {
      try {
        const [, confirmed] = await Promise.all([
          client.send(
            new PublishCommand({
              TopicArn: topicArn,
              Subject: publication.subject,
              MessageStructure: 'json',
              Message: JSON.stringify(publication.bodies),
              MessageAttributes: attributesOf(publication),
            }),
          ),
          confirmedSubscribers(topicArn),
        ]);
        return { kind: 'accepted', confirmedSubscribers: confirmed };
      } catch (fault) {
        if (fault instanceof NotFoundException) return { kind: 'no-topic' };
        // Denied calls are thrown instead: an operator can mend a policy, and the message must still go out then.
        if (fault instanceof InvalidParameterException || fault instanceof InvalidParameterValueException) {
          return { kind: 'refused', reason: fault.name };
        }
        throw fault;
      }
    },
  };
};
