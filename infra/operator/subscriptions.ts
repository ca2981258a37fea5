import {
  ListTopicsCommand,
  NotFoundException,
  SetSubscriptionAttributesCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import * as z from 'zod';
import { mendOfficeFilter } from '../../shared/adapters/sns-office-filters.ts';
import { machineAttributes, snsOfficeSubscribing } from '../../shared/adapters/sns-office-subscribing.ts';
import { subscriptionPages } from '../../shared/adapters/sns-pages.ts';
import { inParallel } from '../../shared/domain/in-parallel.ts';
import { resourceNames } from '../../shared/names.ts';
import type { Subscribed } from '../../shared/telling/channel.ts';
import { invokeFunction } from './invoke-function.ts';
import { type Office, offices } from './offices.ts';
import { OperatorError } from './operator-error.ts';
import { readOutputs } from './stack-outputs.ts';
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

const concurrency = 6;

/**
 * An account has 30 ListSubscriptionsByTopic a second, and the watchman asks as well:
 * https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
const callsASecond = 27;

/** The offices' subscriptions, in their order. @param wanted every office and the ministry unless given */
export const readSubscriptions = async (
  aws: SnsThere & Pick<Aws, 'wait'>,
  wanted: readonly Office[] = offices,
): Promise<SubscribedOffice[]> => {
  const prefix = await findTopicArnPrefix(aws);
  const found: SubscribedOffice[] = [];
  for (let from = 0; from < wanted.length; from += callsASecond) {
    if (from > 0) await aws.wait(1000);
    const read = await inParallel(wanted.slice(from, from + callsASecond), concurrency, async (office) => ({
      office,
      subscriptions: await subscriptionsOf(aws.sns, prefix + office.topic),
    }));
    found.push(...read);
  }
  return found;
};

const noTopic = (office: Office): OperatorError =>
  new OperatorError(`${office.id} has no topic (${office.topic}): deploy the stack again to create it.`);

/** As the function answers. */
const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['confirmed', 'pending']), arn: z.string(), isOther: z.boolean() }),
  z.object({ kind: z.literal('refused'), name: z.string(), message: z.string() }),
]) satisfies z.ZodType<Subscribed>;

/** Has the stack's function subscribe: the topics let nobody else. */
const throughFunction = async (aws: Aws, functionName: string, payload: object): Promise<Subscribed> =>
  invokeFunction(aws, functionName, { payload, answer, runbook: 'subscribe-office' });

/** A stack from before there was a function denies nobody yet, and is subscribed to as the operator. */
const directly = async (aws: Aws, office: Office, protocol: string, endpoint: string): Promise<Subscribed> => {
  const prefix = await findTopicArnPrefix(aws);
  const arns = {
    consulatePrefix: prefix + resourceNames.consulateTopicPrefix,
    ministry: prefix + resourceNames.ministryTopic,
  };
  return snsOfficeSubscribing(aws.sns, arns)(office.id, protocol, endpoint);
};

/** Gives one that was there before what a subscription of its kind has: the function may not. */
const complete = async (sns: Sns, arn: string, protocol: string): Promise<void> => {
  await mendOfficeFilter(sns, arn);
  const topicArn = arn.split(':').slice(0, -1).join(':');
  for (const [AttributeName, AttributeValue] of Object.entries(machineAttributes({ protocol, topicArn }))) {
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn: arn, AttributeName, AttributeValue }));
  }
};

/** @returns whether the subscription counts at once; otherwise its owner has to confirm it. */
export const subscribe = async (
  aws: Aws,
  office: Office,
  protocol: string,
  endpoint: string,
): Promise<{ readonly confirmed: boolean }> => {
  const { subscribeFunction } = await readOutputs(aws);
  const outcome =
    subscribeFunction === undefined
      ? await directly(aws, office, protocol, endpoint)
      : await throughFunction(aws, subscribeFunction, { office: office.id, protocol, endpoint });
  if (outcome.kind !== 'refused') {
    if (outcome.isOther && outcome.kind === 'confirmed') await complete(aws.sns, outcome.arn, protocol);
    return { confirmed: outcome.kind === 'confirmed' };
  }
  if (outcome.name.startsWith('NotFound')) throw noTopic(office);
  throw Object.assign(new Error(outcome.message), { name: outcome.name });
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
