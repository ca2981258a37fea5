import {
  FilterPolicyLimitExceededException,
  InvalidParameterException,
  ListTopicsCommand,
  NotFoundException,
  SetSubscriptionAttributesCommand,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { mendOfficeFilter } from '../../shared/adapters/sns-office-filters.ts';
import { subscriptionPages } from '../../shared/adapters/sns-pages.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import { officeFilter } from '../../shared/office-filter.ts';
import { machineSettings } from '../machine-subscriptions.ts';
import type { Office } from './offices.ts';
import { offices } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import type { Aws } from './target.ts';

type Sns = Aws['sns'];
/** SNS, and where that is. */
type SnsThere = Pick<Aws, 'sns' | 'place'>;

export type Subscription = {
  readonly protocol: string;
  readonly endpoint: string;
  readonly confirmed: boolean;
  readonly arn: string;
};

/** An office with its subscriptions; `undefined`: it has no topic. */
export type SubscribedOffice = { readonly office: Office; readonly subscriptions: readonly Subscription[] | undefined };

/**
 * The ARN of every topic without its name, as the first of our topics has it. Stops there: an account may hold
 * 100,000 family topics, 100 a page.
 * @throws OperatorError when the account has none of our topics.
 */
export const findTopicArnPrefix = async ({ sns, place }: SnsThere): Promise<string> => {
  const ours = new Set(offices.map((office) => office.topic));
  let nextToken: string | undefined;
  do {
    const page = await sns.send(new ListTopicsCommand({ NextToken: nextToken }));
    for (const { TopicArn: arn = '' } of page.Topics ?? []) {
      const name = arn.split(':').at(-1) ?? '';
      if (ours.has(name)) return arn.slice(0, -name.length);
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  throw new OperatorError(
    `There are no consulate topics in this account in ${place}. Deploy the stack there, or give its --region.`,
  );
};

/** `undefined` when the topic does not exist. */
export const subscriptionsOf = async (sns: Sns, topicArn: string): Promise<Subscription[] | undefined> => {
  const found: Subscription[] = [];
  try {
    for await (const page of subscriptionPages(sns, topicArn)) {
      for (const { Protocol: protocol = '', Endpoint: endpoint = '', SubscriptionArn: arn = '' } of page) {
        // Otherwise the text is `PendingConfirmation`, or `Deleted` for a while after unsubscribing.
        if (arn !== 'Deleted') found.push({ protocol, endpoint, arn, confirmed: arn.startsWith('arn:') });
      }
    }
  } catch (fault) {
    if (fault instanceof NotFoundException) return undefined;
    throw fault;
  }
  return found;
};

// ListSubscriptionsByTopic is limited to 30 calls a second in an account: https://docs.aws.amazon.com/general/latest/gr/sns.html
const concurrency = 6;

/** The offices' subscriptions, in their order. @param wanted every office and the ministry unless given */
export const readSubscriptions = async (
  aws: SnsThere,
  wanted: readonly Office[] = offices,
): Promise<SubscribedOffice[]> => {
  const prefix = await findTopicArnPrefix(aws);
  return inParallel(wanted, concurrency, async (office) => ({
    office,
    subscriptions: await subscriptionsOf(aws.sns, prefix + office.topic),
  }));
};

const noTopic = (office: Office): OperatorError =>
  new OperatorError(`${office.id} has no topic (${office.topic}): deploy the stack again to create it.`);

type Wanted = { readonly topicArn: string; readonly protocol: string; readonly endpoint: string };

const trySubscribe = async (
  sns: Sns,
  { topicArn, protocol, endpoint }: Wanted,
  attributes: object,
): Promise<string> => {
  const { SubscriptionArn: arn = '' } = await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: protocol,
      Endpoint: endpoint,
      Attributes: { ...attributes },
    }),
  );
  return arn;
};

const attributesOf = ({ protocol, topicArn }: Wanted): Readonly<Record<string, string>> => {
  const { deliveryPolicy, redrivePolicy } = machineSettings(protocol, topicArn);
  return {
    ...(deliveryPolicy && { DeliveryPolicy: JSON.stringify(deliveryPolicy) }),
    ...(redrivePolicy && { RedrivePolicy: JSON.stringify(redrivePolicy) }),
  };
};

/** One that exists with other attributes gets them now; one too many for the account is subscribed without a filter. */
const subscribeFiltered = async (sns: Sns, wanted: Wanted): Promise<string> => {
  const attributes = attributesOf(wanted);
  const filter = { FilterPolicy: JSON.stringify(officeFilter(wanted.protocol)) };
  try {
    return await trySubscribe(sns, wanted, { ...attributes, ...filter });
  } catch (fault) {
    if (fault instanceof FilterPolicyLimitExceededException) return trySubscribe(sns, wanted, attributes);
    if (!(fault instanceof InvalidParameterException)) throw fault;
    const arn = await trySubscribe(sns, wanted, {});
    if (!arn.startsWith('arn:')) return arn;
    await mendOfficeFilter(sns, arn);
    for (const [AttributeName, AttributeValue] of Object.entries(attributes)) {
      await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn: arn, AttributeName, AttributeValue }));
    }
    return arn;
  }
};

/** @returns whether the subscription counts at once; otherwise its owner has to confirm it. */
export const subscribe = async (
  aws: SnsThere,
  office: Office,
  protocol: string,
  endpoint: string,
): Promise<{ readonly confirmed: boolean }> => {
  const topicArn = (await findTopicArnPrefix(aws)) + office.topic;
  try {
    const arn = await subscribeFiltered(aws.sns, { topicArn, protocol, endpoint });
    return { confirmed: arn.startsWith('arn:') };
  } catch (fault) {
    if (fault instanceof NotFoundException) throw noTopic(office);
    throw fault;
  }
};

/**
 * Sets the filter of every confirmed subscription that was made without: by hand, or before there was one.
 * @returns ids of the offices with how many were set
 */
export const mendFilters = async (
  { sns }: SnsThere,
  rows: readonly SubscribedOffice[],
): Promise<readonly { readonly id: string; readonly count: number }[]> => {
  const mended = await inParallel(rows, concurrency, async ({ office: { id }, subscriptions = [] }) => {
    let count = 0;
    for (const { confirmed, arn } of subscriptions) {
      if (confirmed && (await mendOfficeFilter(sns, arn))) count += 1;
    }
    return { id, count };
  });
  return mended.filter(({ count }) => count > 0);
};

/** Removes every confirmed subscription of the endpoint; answers them. @throws OperatorError when there is none. */
export const unsubscribe = async (
  aws: SnsThere,
  office: Office,
  endpoint: string,
): Promise<readonly Subscription[]> => {
  const all = await subscriptionsOf(aws.sns, (await findTopicArnPrefix(aws)) + office.topic);
  if (!all) throw noTopic(office);
  const matching = all.filter((subscription) => subscription.endpoint === endpoint);
  if (matching.length === 0) throw new OperatorError(`That endpoint is not subscribed to ${office.id}.`);
  const confirmed = matching.filter((subscription) => subscription.confirmed);
  if (confirmed.length === 0) {
    throw new OperatorError(
      'That subscription was never confirmed, so SNS cannot remove it; it deletes it itself after 48 hours.',
    );
  }
  for (const { arn } of confirmed) await aws.sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
  return confirmed;
};
