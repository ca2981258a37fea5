import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { operationsOf, pageOf, type Operation } from '../aws-input.ts';
import { askForConfirmation, mustConfirm } from './delivery.ts';
import { checkEndpoint } from './endpoint.ts';
import { invalidParameter, notAuthorized, notFound, refuseInput } from './errors.ts';
import { needsConfirmation } from './notification.ts';
import { checkPendingSubscriptions } from './quotas.ts';
import { findSubscription, findTopic, type Protocol, type SnsState, type Subscription, type Topic } from './state.ts';
import {
  changeSettings,
  checkFilterPolicyLimit,
  settingsAsAttributes,
  type Settings,
} from './subscription-attributes.ts';

const define = operationsOf(refuseInput);
const pageSize = 100;

/** Idempotent per topic, protocol and endpoint: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const subscribeOperation = (state: SnsState): Operation =>
  define(
    z.strictObject({
      TopicArn: z.string(),
      Protocol: z.string(),
      Endpoint: z.string().optional(),
      Attributes: z.record(z.string(), z.string()).optional(),
      ReturnSubscriptionArn: z.boolean().optional(),
    }),
    ({ TopicArn, Protocol, Endpoint = '', Attributes = {}, ReturnSubscriptionArn = false }) => {
      const topic = findTopic(state, TopicArn);
      const protocol = checkEndpoint(Protocol, Endpoint);
      const settings = changeSettings(protocol, Attributes);
      const existing = [...topic.subscriptions.values()].find(
        (subscription) => subscription.protocol === protocol && subscription.endpoint === Endpoint,
      );
      if (existing !== undefined) checkSame(existing, Attributes, settings);
      else checkFilterPolicyLimit(topic, settings);
      const subscription = existing ?? subscribe(state, topic, { protocol, endpoint: Endpoint, settings });
      // The answer is given before anybody can have confirmed, even when the local stack is about to.
      const answer = subscription.confirmed || ReturnSubscriptionArn ? subscription.arn : 'pending confirmation';
      if (!subscription.confirmed) {
        if (mustConfirm(state, subscription)) askForConfirmation(state, topic, subscription);
        else confirm(subscription);
      }
      return { SubscriptionArn: answer };
    },
  );

/** https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
const confirmOperation = (state: SnsState): Operation =>
  define(
    z.strictObject({
      TopicArn: z.string(),
      Token: z.string(),
      AuthenticateOnUnsubscribe: z.enum(['true', 'false']).optional(),
    }),
    ({ TopicArn, Token, AuthenticateOnUnsubscribe }) => {
      const topic = findTopic(state, TopicArn);
      const subscription = [...topic.subscriptions.values()].find(({ token }) => token !== '' && token === Token);
      if (subscription === undefined) throw invalidParameter('Token');
      confirm(subscription);
      if (AuthenticateOnUnsubscribe === 'true') subscription.authenticateOnUnsubscribe = true;
      return { SubscriptionArn: subscription.arn };
    },
  );

export const subscriptionOperations = (state: SnsState): Record<string, Operation> => ({
  Subscribe: subscribeOperation(state),
  ConfirmSubscription: confirmOperation(state),

  /** https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html */
  Unsubscribe: define(z.strictObject({ SubscriptionArn: z.string() }), ({ SubscriptionArn }) => {
    const found = findSubscription(state, SubscriptionArn);
    if (found?.subscription.confirmed === false) {
      // "You can't delete a subscription that is pending": sns-delete-subscription-topic.html
      throw invalidParameter('This operation can not be performed on a pending subscription');
    }
    if (found !== undefined) remove(found.topic, found.subscription);
    return {};
  }),

  /** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html */
  ListSubscriptions: define(z.strictObject({ NextToken: z.string().optional() }), ({ NextToken }) =>
    list(state, [...state.topics.keys()], NextToken),
  ),

  /** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
  ListSubscriptionsByTopic: define(
    z.strictObject({ TopicArn: z.string(), NextToken: z.string().optional() }),
    ({ TopicArn, NextToken }) => list(state, [TopicArn], NextToken),
  ),

  /** https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
  GetSubscriptionAttributes: define(z.strictObject({ SubscriptionArn: z.string() }), ({ SubscriptionArn }) => {
    const { topic, subscription } = mustFind(state, SubscriptionArn);
    return {
      Attributes: {
        SubscriptionArn,
        TopicArn: topic.arn,
        Protocol: subscription.protocol,
        Endpoint: subscription.endpoint,
        Owner: state.options.account,
        PendingConfirmation: String(!subscription.confirmed),
        ConfirmationWasAuthenticated: String(
          !needsConfirmation(subscription.protocol) || subscription.authenticateOnUnsubscribe,
        ),
        ...settingsAsAttributes(subscription),
      },
    };
  }),

  SetSubscriptionAttributes: define(
    z.strictObject({ SubscriptionArn: z.string(), AttributeName: z.string(), AttributeValue: z.string().optional() }),
    ({ SubscriptionArn, AttributeName, AttributeValue = '' }) => {
      const { topic, subscription } = mustFind(state, SubscriptionArn);
      const settings = changeSettings(subscription.protocol, { [AttributeName]: AttributeValue }, subscription);
      if (subscription.filterPolicy === undefined) checkFilterPolicyLimit(topic, settings);
      Object.assign(subscription, settings);
      return {};
    },
  ),
});

/** Follows the link at the foot of a mail, as its reader or a mail scanner does: no credentials are shown. */
export const openUnsubscribeLink = (state: SnsState, subscriptionArn: string): void => {
  const { topic, subscription } = mustFind(state, subscriptionArn);
  if (subscription.authenticateOnUnsubscribe) throw notAuthorized(`SNS:Unsubscribe on ${subscriptionArn}`);
  remove(topic, subscription);
};

const subscribe = (
  state: SnsState,
  topic: Topic,
  {
    protocol,
    endpoint,
    settings,
  }: { readonly protocol: Protocol; readonly endpoint: string; readonly settings: Settings },
): Subscription => {
  const asks = needsConfirmation(protocol);
  if (asks) checkPendingSubscriptions(state);
  const subscription: Subscription = {
    arn: `${topic.arn}:${randomUUID()}`,
    protocol,
    endpoint,
    createdAt: state.options.now(),
    token: asks ? randomBytes(96).toString('hex') : '',
    confirmed: !asks,
    suspendedAt: undefined,
    recentMails: [],
    authenticateOnUnsubscribe: false,
    ...settings,
  };
  topic.subscriptions.set(subscription.arn, subscription);
  return subscription;
};

const confirm = (subscription: Subscription): void => {
  subscription.confirmed = true;
  subscription.suspendedAt = undefined;
};

const remove = (topic: Topic, subscription: Subscription): void => {
  topic.subscriptions.delete(subscription.arn);
  topic.deletedSubscriptions += 1;
};

const checkSame = (existing: Subscription, given: Readonly<Record<string, string>>, settings: Settings): void => {
  const wanted = settingsAsAttributes(settings);
  const present = settingsAsAttributes(existing);
  if (Object.keys(given).some((name) => wanted[name] !== present[name])) {
    throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
  }
};

const list = (state: SnsState, topicArns: readonly string[], token: string | undefined): Record<string, unknown> => {
  const subscriptions = topicArns.flatMap((arn) => {
    const topic = findTopic(state, arn);
    return [...topic.subscriptions.values()].map(({ arn: subscriptionArn, confirmed, protocol, endpoint }) => ({
      SubscriptionArn: confirmed ? subscriptionArn : 'PendingConfirmation',
      Owner: state.options.account,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topic.arn,
    }));
  });
  const page = pageOf(subscriptions, pageSize, token);
  if (page === undefined) throw invalidParameter('NextToken');
  return { Subscriptions: page.items, ...(page.nextToken !== undefined && { NextToken: page.nextToken }) };
};

const mustFind = (state: SnsState, arn: string): { topic: Topic; subscription: Subscription } => {
  const found = findSubscription(state, arn);
  if (found === undefined) throw notFound('Subscription');
  return found;
};
