import { serviceOf } from '../aws-input.ts';
import type { AwsService } from '../aws-service.ts';
import { optOutOperations } from './opt-out.ts';
import { publishOperations } from './publish.ts';
import { smsAccountOperations } from './sms-account.ts';
import {
  findTopic,
  newState,
  topicArn,
  type InboxMessage,
  type SnsOptions,
  type SnsState,
  type Subscription,
  type UndeliveredMessage,
} from './state.ts';
import { openUnsubscribeLink, subscriptionOperations } from './subscriptions.ts';
import { topicOperations } from './topics.ts';

/** A topic as the console page and `/_local/topics` show it. */
type TopicView = {
  readonly topic: string;
  readonly arn: string;
  readonly displayName: string;
  /** JSON of the access policy. */
  readonly policy: string;
  readonly kmsMasterKeyId?: string;
  readonly subscriptions: readonly SubscriptionView[];
};

type SubscriptionView = Pick<Subscription, 'arn' | 'protocol' | 'endpoint' | 'filterPolicy'> & {
  readonly status: 'confirmed' | 'pending';
  /** ISO 8601 UTC: it is pending again, as it got too many mails in a second. */
  readonly suspendedAt?: string;
};

/** Amazon SNS in this process, with what only its local user can see and do. */
export type LocalSns = AwsService & {
  /** What subscribers received, oldest first; of very many the newest. `topic` is a name. */
  readonly inbox: (filter?: {
    readonly protocol?: string | undefined;
    readonly endpoint?: string | undefined;
    readonly topic?: string | undefined;
  }) => readonly InboxMessage[];
  /** What SNS accepted and could not deliver, oldest first. */
  readonly undelivered: () => readonly UndeliveredMessage[];
  readonly topics: () => readonly TopicView[];
  /** Subscribes as an operator would; throws what Subscribe throws. `topic` is a name. */
  readonly subscribe: (subscription: {
    readonly topic: string;
    readonly protocol: string;
    readonly endpoint: string;
    /** JSON. */
    readonly filterPolicy?: string;
  }) => Promise<{
    readonly subscriptionArn: string;
  }>;
  /** Removes all subscriptions of a topic, pending ones included; throws `NotFound` for an unknown name. */
  readonly removeSubscriptions: (topicName: string) => void;
  /** Follows the unsubscribe link of a mail; throws `AuthorizationError` where the confirmation forbade it. */
  readonly openUnsubscribeLink: (subscriptionArn: string) => void;
  /** The holder of the phone answers STOP: https://docs.aws.amazon.com/sns/latest/dg/sms_manage.html */
  readonly optOut: (phone: string) => void;
  readonly optIn: (phone: string) => void;
  /** Empties inbox, undelivered messages and the opt-out list; topics and subscriptions stay. */
  readonly clearMessages: () => void;
  /** Calls back with each received message; returns how to stop. */
  readonly on: (listener: (message: InboxMessage) => void) => () => void;
  /** Resolves when the deliveries to functions and web hooks that are under way have ended. */
  readonly settled: () => Promise<void>;
};

export const createSns = (options: SnsOptions): LocalSns => {
  const state = newState(options);
  const service = serviceOf('SNS', {
    ...topicOperations(state),
    ...subscriptionOperations(state),
    ...publishOperations(state),
    ...optOutOperations(state),
    ...smsAccountOperations,
  });
  return { ...service, ...localControls(state, service) };
};

const localControls = (state: SnsState, service: AwsService): Omit<LocalSns, 'call'> => ({
  inbox: ({ protocol, endpoint, topic } = {}) =>
    state.inbox
      .list()
      .filter(
        (message) =>
          (protocol === undefined || message.protocol === protocol) &&
          (endpoint === undefined || message.endpoint === endpoint) &&
          (topic === undefined || message.topic === topic),
      ),
  undelivered: () => [...state.undelivered.list()],
  topics: () => [...state.topics.keys()].map((arn) => viewOf(state, arn)),
  subscribe: async ({ topic, protocol, endpoint, filterPolicy }) => {
    const Attributes = filterPolicy === undefined ? {} : { FilterPolicy: filterPolicy };
    const input = { TopicArn: topicArn(state.options, topic), Protocol: protocol, Endpoint: endpoint, Attributes };
    const { SubscriptionArn } = await service.call('Subscribe', { ...input, ReturnSubscriptionArn: true });
    return { subscriptionArn: String(SubscriptionArn) };
  },
  removeSubscriptions: (topicName) => {
    const topic = findTopic(state, topicArn(state.options, topicName));
    topic.deletedSubscriptions += topic.subscriptions.size;
    topic.subscriptions.clear();
  },
  openUnsubscribeLink: (subscriptionArn) => {
    openUnsubscribeLink(state, subscriptionArn);
  },
  optOut: (phone) => {
    state.optedOut.add(phone);
  },
  optIn: (phone) => {
    state.optedOut.delete(phone);
  },
  clearMessages: () => {
    state.inbox.clear();
    state.undelivered.clear();
    state.optedOut.clear();
  },
  on: (listener) => {
    state.listeners.add(listener);
    return () => {
      state.listeners.delete(listener);
    };
  },
  settled: async () => {
    while (state.underWay.size > 0) await Promise.all(state.underWay);
  },
});

const viewOf = (state: SnsState, arn: string): TopicView => {
  const { name, attributes, subscriptions } = findTopic(state, arn);
  const kmsMasterKeyId = attributes.get('KmsMasterKeyId') ?? '';
  return {
    topic: name,
    arn,
    displayName: attributes.get('DisplayName') ?? '',
    policy: attributes.get('Policy') ?? '',
    ...(kmsMasterKeyId !== '' && { kmsMasterKeyId }),
    subscriptions: [...subscriptions.values()].map(viewOfSubscription),
  };
};

const viewOfSubscription = (subscription: Subscription): SubscriptionView => {
  const { arn, protocol, endpoint, confirmed, suspendedAt, filterPolicy } = subscription;
  return {
    arn,
    protocol,
    endpoint,
    status: confirmed ? 'confirmed' : 'pending',
    ...(suspendedAt && { suspendedAt: suspendedAt.toISOString() }),
    filterPolicy,
  };
};
