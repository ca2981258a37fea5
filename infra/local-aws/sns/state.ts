import { createJournal, type Journal } from '../journal.ts';
import { notAuthorized, invalidParameter, notFound } from './errors.ts';
import type { Filter, FilterPolicyScope } from './filter-policy.ts';
import type { MessageAttributes } from './message-attributes.ts';

/** Protocols that the local stack delivers by: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const protocols = ['sms', 'email', 'email-json', 'https', 'http', 'sqs', 'lambda'] as const;
export type Protocol = (typeof protocols)[number];

export type Subscription = {
  readonly arn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly createdAt: Date;
  /** What ConfirmSubscription must be shown; empty for protocols that need no confirmation. */
  readonly token: string;
  confirmed: boolean;
  /** When a mailbox got too many mails in a second, and had to be confirmed again from then on. */
  suspendedAt: Date | undefined;
  /** Epoch milliseconds of the mails of the last second. */
  recentMails: readonly number[];
  authenticateOnUnsubscribe: boolean;
  rawMessageDelivery: boolean;
  /** JSON of the retry policy of a web hook. */
  deliveryPolicy: string | undefined;
  /** ARN of the queue for what cannot be delivered. */
  deadLetterArn: string | undefined;
  filterPolicy: string | undefined;
  filterPolicyScope: FilterPolicyScope;
  accepts: Filter;
};

export type Topic = {
  readonly name: string;
  readonly arn: string;
  readonly attributes: Map<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** By ARN, oldest first. */
  readonly subscriptions: Map<string, Subscription>;
  deletedSubscriptions: number;
};

/** A message as its subscriber receives it. */
export type InboxMessage = {
  readonly messageId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Name of the topic; empty for an SMS published straight to a phone. */
  readonly topic: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly subject?: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Only on a request to confirm a subscription. */
  readonly token?: string;
};

/** A message that SNS accepted and that did not reach this subscriber: opted out, no such queue, too long for SMS. */
export type UndeliveredMessage = Omit<InboxMessage, 'body' | 'subject' | 'attributes' | 'token'> & {
  readonly reason: string;
};

type Transports = {
  /** Throws when there is no such queue, or its policy does not let the topic send. */
  readonly deliverToQueue: (delivery: {
    readonly queueArn: string;
    readonly topicArn: string;
    readonly body: string;
    readonly attributes: MessageAttributes;
  }) => Promise<void> | void;
  /** Posts to the subscriber; throws when it does not take the message. Absent: the inbox is the subscriber. */
  readonly deliverHttps?: (delivery: WebHookDelivery) => Promise<void>;
  /**
   * Whether somebody really listens at a URL and has to confirm by themselves; for all others the inbox is the
   * subscriber. Absent: everything is posted, and confirmed as `confirm` says.
   */
  readonly reaches?: (url: string) => boolean;
  /** Invokes the function with an SNS event. Absent: the inbox is the subscriber. */
  readonly deliverToFunction?: (delivery: {
    readonly functionArn: string;
    readonly topicArn: string;
    readonly event: unknown;
  }) => Promise<void>;
};

export type SnsOptions = Transports & {
  readonly now: () => Date;
  readonly region: string;
  readonly account: string;
  readonly confirm: Confirm;
  /** Where links in messages to programs lead, without a slash at the end. @default AWS's endpoint of the region */
  readonly origin?: string;
  /** @default those of an AWS account */
  readonly quotas?: { readonly pendingSubscriptions?: number };
  /** How many received messages the inbox keeps before it forgets the oldest. @default the journals' limit */
  readonly keptMessages?: number;
};

/**
 * `auto`: subscriptions that need a confirmation confirm themselves and nothing is sent for it, except to a web hook
 * that really listens. `manual`: each is asked. `as-before`: none is asked; for subscriptions that are made again.
 */
export type Confirm = 'auto' | 'manual' | 'as-before';

export type WebHookDelivery = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How often to try again what failed on the receiver's side. */
  readonly retries: number;
};

export type SnsState = {
  readonly options: SnsOptions;
  /** By ARN, oldest first. */
  readonly topics: Map<string, Topic>;
  readonly optedOut: Set<string>;
  readonly inbox: Journal<InboxMessage>;
  readonly undelivered: Journal<UndeliveredMessage>;
  readonly listeners: Set<(message: InboxMessage) => void>;
  /** Deliveries under way that Publish does not wait for. */
  readonly underWay: Set<Promise<void>>;
};

export const newState = (options: SnsOptions): SnsState => ({
  options,
  topics: new Map(),
  optedOut: new Set(),
  inbox: createJournal(options.keptMessages),
  undelivered: createJournal(options.keptMessages),
  listeners: new Set(),
  underWay: new Set(),
});

export const topicArn = ({ region, account }: SnsOptions, name: string): string =>
  `arn:aws:sns:${region}:${account}:${name}`;

/** E.164: https://docs.aws.amazon.com/sns/latest/dg/sms_publish-to-phone.html */
export const isPhoneNumber = (value: string): boolean => /^\+[1-9]\d{6,14}$/.test(value);

const pendingLifetimeMs = 48 * 3_600_000;

/**
 * The topic, its expired requests for confirmation gone ("after 48 hours, Amazon SNS deletes it automatically":
 * https://docs.aws.amazon.com/sns/latest/dg/sns-delete-subscription-topic.html).
 */
export const findTopic = (state: SnsState, arn: string, member = 'TopicArn'): Topic => {
  checkArn(state, arn, 6, member);
  const topic = state.topics.get(arn);
  if (topic === undefined) throw notFound('Topic');
  const oldest = state.options.now().getTime() - pendingLifetimeMs;
  for (const [key, { confirmed, createdAt, suspendedAt = createdAt }] of topic.subscriptions) {
    if (!confirmed && suspendedAt.getTime() < oldest) topic.subscriptions.delete(key);
  }
  return topic;
};

/** Undefined when topic or subscription are gone. */
export const findSubscription = (
  state: SnsState,
  arn: string,
): { topic: Topic; subscription: Subscription } | undefined => {
  const parts = checkArn(state, arn, 7, 'SubscriptionArn');
  const topic = state.topics.get(parts.slice(0, 6).join(':'));
  const subscription = topic?.subscriptions.get(arn);
  return topic === undefined || subscription === undefined ? undefined : { topic, subscription };
};

/** Splits an ARN of this region and account; throws as SNS does for any other. */
export const checkArn = (state: SnsState, arn: string, elements: 6 | 7, member: string): readonly string[] => {
  const parts = arn.split(':');
  if (parts.length < 6) {
    throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${parts.length}`);
  }
  const [prefix, partition, service, region, account] = parts;
  const ours = prefix === 'arn' && partition === 'aws' && service === 'sns' && region === state.options.region;
  if (!ours || parts.length !== elements) throw invalidParameter(member);
  if (account !== state.options.account) throw notAuthorized(`the operation on ${arn}`);
  return parts;
};
