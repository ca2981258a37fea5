import { textsOf } from './message-attributes.ts';
import type { AcceptedMessage } from './message.ts';
import { signatureOf, type SignedMembers } from './signature.ts';
import type { Protocol, SnsOptions, Subscription, Topic } from './state.ts';

/** One publish on its way to the subscribers of a topic. */
export type Publication = { readonly messageId: string; readonly at: Date; readonly message: AcceptedMessage };

/** What a subscriber receives. */
export const bodyOf = (
  options: SnsOptions,
  topic: Topic,
  subscription: Subscription,
  publication: Publication,
): string => {
  const { protocol, rawMessageDelivery } = subscription;
  const text = publication.message.textFor(protocol);
  if (protocol === 'sms') return smsText(topic, text);
  if (protocol === 'lambda') return JSON.stringify(functionEvent(options, topic, subscription, publication));
  // https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
  if (protocol === 'email' || rawMessageDelivery) return text;
  return JSON.stringify(envelope(options, topic, subscription, publication));
};

/**
 * "SNS prepends the display name followed by a right angle bracket (>) and a space … and converts display names to
 * uppercase": https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html
 */
const smsText = (topic: Topic, text: string): string => {
  const displayName = topic.attributes.get('DisplayName') ?? '';
  return displayName === '' ? text : `${displayName.toUpperCase()}> ${text}`;
};

/** https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html */
const envelope = (
  options: SnsOptions,
  topic: Topic,
  { arn, protocol }: Subscription,
  { messageId, at, message }: Publication,
): Record<string, unknown> => ({
  ...signed(options, topic, {
    Type: 'Notification',
    MessageId: messageId,
    TopicArn: topic.arn,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Message: message.textFor(protocol),
    Timestamp: at.toISOString(),
  }),
  UnsubscribeURL: `${originOf(options)}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
  ...(Object.keys(message.attributes).length > 0 && { MessageAttributes: textsOf(message.attributes) }),
});

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export const functionEvent = (
  options: SnsOptions,
  topic: Topic,
  subscription: Subscription,
  publication: Publication,
): Record<string, unknown> => {
  const { SigningCertURL, UnsubscribeURL, ...rest } = envelope(options, topic, subscription, publication);
  return {
    Records: [
      {
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        EventSource: 'aws:sns',
        Sns: {
          Subject: null,
          MessageAttributes: {},
          ...rest,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: UnsubscribeURL,
        },
      },
    ],
  };
};

/** https://docs.aws.amazon.com/sns/latest/dg/http-subscription-confirmation-json.html */
export const confirmationBody = (
  options: SnsOptions,
  topic: Topic,
  { protocol, endpoint, token }: Subscription,
  { messageId, at }: { readonly messageId: string; readonly at: Date },
): string => {
  const query = new URLSearchParams({ TopicArn: topic.arn, Token: token }).toString();
  if (protocol === 'email') {
    return [
      'You have chosen to subscribe to the topic:',
      topic.arn,
      '',
      'To confirm this subscription, click or visit the link below (If this was in error no action is necessary):',
      // As AWS writes it; its path and query work on this machine too.
      `${awsOrigin(options)}/confirmation.html?${query}&Endpoint=${encodeURIComponent(endpoint)}`,
    ].join('\n');
  }
  return JSON.stringify(
    signed(options, topic, {
      Type: 'SubscriptionConfirmation',
      MessageId: messageId,
      Token: token,
      TopicArn: topic.arn,
      Message: `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${originOf(options)}/?Action=ConfirmSubscription&${query}`,
      Timestamp: at.toISOString(),
    }),
  );
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const headersOf = (
  type: 'Notification' | 'SubscriptionConfirmation',
  topic: Topic,
  { arn, rawMessageDelivery }: Subscription,
  messageId: string,
): Record<string, string> => ({
  'content-type': 'text/plain; charset=UTF-8',
  'x-amz-sns-message-type': type,
  'x-amz-sns-message-id': messageId,
  'x-amz-sns-topic-arn': topic.arn,
  ...(type === 'Notification' && { 'x-amz-sns-subscription-arn': arn }),
  ...(rawMessageDelivery && type === 'Notification' && { 'x-amz-sns-rawdelivery': 'true' }),
});

const signed = (options: SnsOptions, topic: Topic, message: SignedMembers): Record<string, unknown> => {
  const version = topic.attributes.get('SignatureVersion') ?? '1';
  return { ...message, ...signatureOf(message, { version, origin: originOf(options) }) };
};

/** Where links lead that programs open: to AWS, unless this machine serves them itself. */
const originOf = (options: SnsOptions): string => options.origin ?? awsOrigin(options);

const awsOrigin = ({ region }: SnsOptions): string => `https://sns.${region}.amazonaws.com`;

/** Protocols whose subscriber must confirm before anything is delivered. */
// https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html
export const needsConfirmation = (protocol: Protocol): boolean =>
  protocol === 'email' || protocol === 'email-json' || protocol === 'http' || protocol === 'https';
