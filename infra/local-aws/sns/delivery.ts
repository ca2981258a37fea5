import { randomUUID } from 'node:crypto';
import { messageOf } from '../json.ts';
import { textsOf } from './message-attributes.ts';
import { maxSmsCharacters, type AcceptedMessage } from './message.ts';
import { bodyOf, confirmationBody, functionEvent, headersOf, type Publication } from './notification.ts';
import type { InboxMessage, Protocol, SnsState, Subscription, Topic, WebHookDelivery } from './state.ts';
import { retriesOf } from './subscription-attributes.ts';

/**
 * Hands a publication to every confirmed subscriber that wants it. A subscriber that cannot be reached never makes the
 * publish fail; it is noted as undelivered.
 */
export const deliverToTopic = async (state: SnsState, topic: Topic, publication: Publication): Promise<void> => {
  const subscribers = Array.from(topic.subscriptions.values());
  for (const subscription of subscribers) {
    const { attributes, textFor } = publication.message;
    if (subscription.confirmed && subscription.accepts({ attributes, body: textFor(subscription.protocol) })) {
      await deliver(state, topic, subscription, publication);
    }
  }
};

const deliver = async (
  state: SnsState,
  topic: Topic,
  subscription: Subscription,
  publication: Publication,
): Promise<void> => {
  const { protocol, endpoint } = subscription;
  const { deliverToQueue, deliverToFunction } = state.options;
  const { messageId, at, message } = publication;
  const body = bodyOf(state.options, topic, subscription, publication);
  const heading = { messageId, at: at.toISOString(), topic: topic.name, protocol, endpoint };
  const arrive = () => {
    receive(state, { ...heading, ...subjectOf(protocol, message), body, attributes: valuesOf(message) });
  };
  const fail = async (error: unknown) => {
    state.undelivered.add({ ...heading, reason: messageOf(error) });
    await putAside(state, topic, subscription, body);
  };
  try {
    if (protocol === 'sms') checkPhone(state, endpoint, message.textFor('sms'));
    if (protocol.startsWith('email')) checkMailbox(subscription, at);
    if (protocol === 'sqs') {
      const attributes = queueAttributes(subscription, message);
      await deliverToQueue({ queueArn: endpoint, topicArn: topic.arn, body, attributes });
    }
  } catch (error) {
    await fail(error);
    return;
  }
  if (protocol === 'lambda' && deliverToFunction !== undefined) {
    const event = functionEvent(state.options, topic, subscription, publication);
    inBackground(state, deliverToFunction({ functionArn: endpoint, topicArn: topic.arn, event }).then(arrive, fail));
    return;
  }
  const posted = postTo(state, subscription, {
    headers: headersOf('Notification', topic, subscription, messageId),
    body,
  });
  if (posted === undefined) arrive();
  else inBackground(state, posted.then(arrive, fail));
};

/** Only what could not be delivered goes to the queue of the redrive policy; if that takes nothing either, it is lost. */
const putAside = async (
  { options: { deliverToQueue } }: SnsState,
  topic: Topic,
  { deadLetterArn }: Subscription,
  body: string,
): Promise<void> => {
  if (deadLetterArn === undefined) return;
  try {
    await deliverToQueue({ queueArn: deadLetterArn, topicArn: topic.arn, body, attributes: {} });
  } catch {
    // As on AWS: a metric of SNS counts it, and nobody is told.
  }
};

/** The delivery to a web hook on its way; undefined where the inbox is the subscriber. */
const postTo = (
  { options: { deliverHttps, reaches = () => true } }: SnsState,
  { protocol, endpoint, deliveryPolicy }: Subscription,
  content: Pick<WebHookDelivery, 'headers' | 'body'>,
): Promise<void> | undefined =>
  isWebHook(protocol) && reaches(endpoint)
    ? deliverHttps?.({ url: endpoint, retries: retriesOf(deliveryPolicy), ...content })
    : undefined;

/** Whether a subscriber has to answer the request to confirm, by a click or as a web hook. */
export const mustConfirm = (
  { options: { confirm, reaches = () => false } }: SnsState,
  { protocol, endpoint }: Subscription,
): boolean => confirm === 'manual' || (confirm === 'auto' && isWebHook(protocol) && reaches(endpoint));

/** An SMS straight to a phone, without a topic. */
export const deliverToPhone = (state: SnsState, phone: string, { messageId, at, message }: Publication): void => {
  const heading = { messageId, at: at.toISOString(), topic: '', protocol: 'sms', endpoint: phone } as const;
  const body = message.textFor('sms');
  try {
    checkPhone(state, phone, body);
    receive(state, { ...heading, body, attributes: valuesOf(message) });
  } catch (error) {
    state.undelivered.add({ ...heading, reason: messageOf(error) });
  }
};

/** The request to confirm a subscription; the only thing that an unconfirmed subscriber receives. */
export const askForConfirmation = (state: SnsState, topic: Topic, subscription: Subscription): void => {
  const { protocol, endpoint, token } = subscription;
  const sent = { messageId: randomUUID(), at: state.options.now() };
  const body = confirmationBody(state.options, topic, subscription, sent);
  const message: InboxMessage = {
    ...sent,
    at: sent.at.toISOString(),
    topic: topic.name,
    protocol,
    endpoint,
    ...(protocol.startsWith('email') && { subject: 'AWS Notification - Subscription Confirmation' }),
    body,
    attributes: {},
    token,
  };
  receive(state, message);
  const headers = headersOf('SubscriptionConfirmation', topic, subscription, sent.messageId);
  const posted = postTo(state, subscription, { headers, body });
  const fail = (error: unknown) => {
    state.undelivered.add({
      messageId: message.messageId,
      at: message.at,
      topic: topic.name,
      protocol,
      endpoint,
      reason: messageOf(error),
    });
  };
  if (posted !== undefined) inBackground(state, posted.catch(fail));
};

const isWebHook = (protocol: Protocol): boolean => protocol === 'http' || protocol === 'https';

/** SNS accepts these messages and drops them: https://docs.aws.amazon.com/sns/latest/dg/sms_stats_cloudwatch.html */
const checkPhone = (state: SnsState, phone: string, text: string): void => {
  if (state.optedOut.has(phone)) throw new Error('Phone number is opted out');
  if (text.length > maxSmsCharacters) throw new Error('Message body is too long for SMS');
};

const mailsASecond = 10;

/**
 * A mailbox that gets more mails in a second is suspended until it is confirmed again: sns-email-notifications.html,
 * https://repost.aws/knowledge-center/sns-email-subscription-disabled
 */
const checkMailbox = (subscription: Subscription, at: Date): void => {
  const recent = subscription.recentMails.filter((sentAt) => sentAt > at.getTime() - 1000);
  subscription.recentMails = [...recent, at.getTime()];
  if (recent.length < mailsASecond) return;
  subscription.confirmed = false;
  subscription.suspendedAt = at;
  throw new Error('Subscription suspended: over 10 mails in a second');
};

/**
 * Only raw deliveries carry attributes of their own, ten at most; with more "the message is discarded as a client-side
 * error": https://docs.aws.amazon.com/sns/latest/dg/sns-large-payload-raw-message-delivery.html
 */
const queueAttributes = ({ rawMessageDelivery }: Subscription, { attributes }: AcceptedMessage) => {
  if (!rawMessageDelivery) return {};
  if (Object.keys(attributes).length > 10) throw new Error('More than 10 message attributes with raw message delivery');
  return attributes;
};

const receive = (state: SnsState, message: InboxMessage): void => {
  state.inbox.add(message);
  for (const listener of state.listeners) listener(message);
};

const inBackground = (state: SnsState, work: Promise<void>): void => {
  const tracked = work.finally(() => state.underWay.delete(tracked));
  state.underWay.add(tracked);
};

/** Only mail has a subject line; notifications in JSON carry the subject inside. */
const subjectOf = (protocol: Protocol, { subject }: AcceptedMessage) =>
  subject !== undefined && protocol.startsWith('email') ? { subject } : {};

const valuesOf = ({ attributes }: AcceptedMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(textsOf(attributes)).map(([name, { Value }]) => [name, Value]));
