import * as z from 'zod';
import { notUnderstood } from '../aws-input.ts';
import { AwsError } from '../aws-service.ts';
import { parseJson } from '../json.ts';
import { invalidParameter } from './errors.ts';
import { acceptEverything, compileFilterPolicy } from './filter-policy.ts';
import type { Protocol, Subscription, Topic } from './state.ts';

/** The part of a subscription that Subscribe's `Attributes` and SetSubscriptionAttributes decide. */
export type Settings = Pick<
  Subscription,
  'rawMessageDelivery' | 'deliveryPolicy' | 'deadLetterArn' | 'filterPolicy' | 'filterPolicyScope' | 'accepts'
>;

const defaults: Settings = {
  rawMessageDelivery: false,
  deliveryPolicy: undefined,
  deadLetterArn: undefined,
  filterPolicy: undefined,
  filterPolicyScope: 'MessageAttributes',
  accepts: acceptEverything,
};

const notEmulated = new Set(['SubscriptionRoleArn', 'ReplayPolicy', 'ReplayStatus']);
const rawProtocols: ReadonlySet<Protocol> = new Set(['sqs', 'http', 'https']);

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const maxFilterPoliciesPerTopic = 200;

/**
 * The settings after a change. Throws for what Subscribe refuses:
 * https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html
 */
export const changeSettings = (
  protocol: Protocol,
  changes: Readonly<Record<string, string>>,
  present: Settings = defaults,
): Settings => {
  for (const name of Object.keys(changes)) {
    if (notEmulated.has(name)) throw notUnderstood(`the SNS subscription attribute ${name}`);
    if (!['RawMessageDelivery', 'DeliveryPolicy', 'RedrivePolicy', 'FilterPolicy', 'FilterPolicyScope'].includes(name))
      throw invalidParameter('AttributeName');
  }
  const deliveryPolicy =
    changes['DeliveryPolicy'] === undefined
      ? present.deliveryPolicy
      : readDeliveryPolicy(protocol, changes['DeliveryPolicy']);
  const deadLetterArn =
    changes['RedrivePolicy'] === undefined ? present.deadLetterArn : readRedrive(changes['RedrivePolicy']);
  const rawMessageDelivery =
    changes['RawMessageDelivery'] === undefined
      ? present.rawMessageDelivery
      : readRaw(protocol, changes['RawMessageDelivery']);
  const filterPolicyScope =
    changes['FilterPolicyScope'] === undefined ? present.filterPolicyScope : readScope(changes['FilterPolicyScope']);
  const filterPolicy = changes['FilterPolicy'] ?? present.filterPolicy;
  if (filterPolicy === undefined || filterPolicy === '' || filterPolicy === '{}') {
    return {
      rawMessageDelivery,
      deliveryPolicy,
      deadLetterArn,
      filterPolicyScope,
      filterPolicy: undefined,
      accepts: acceptEverything,
    };
  }
  const accepts = compileFilterPolicy(filterPolicy, filterPolicyScope);
  return { rawMessageDelivery, deliveryPolicy, deadLetterArn, filterPolicyScope, filterPolicy, accepts };
};

const seconds = z.int().min(1).max(3600);
const count = z.int().min(0).max(100);

/** https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy */
const deliveryPolicySchema = z.strictObject({
  healthyRetryPolicy: z
    .strictObject({
      minDelayTarget: seconds.optional(),
      maxDelayTarget: seconds.optional(),
      numRetries: count.optional(),
      numNoDelayRetries: count.optional(),
      numMinDelayRetries: count.optional(),
      numMaxDelayRetries: count.optional(),
      backoffFunction: z.enum(['arithmetic', 'exponential', 'geometric', 'linear']).optional(),
    })
    .optional(),
  throttlePolicy: z.strictObject({ maxReceivesPerSecond: z.int().min(1).optional() }).optional(),
  requestPolicy: z.strictObject({ headerContentType: z.string().optional() }).optional(),
});

/** "With the exception of HTTP/S, you can't change Amazon SNS-defined delivery policies": the same page. */
const readDeliveryPolicy = (protocol: Protocol, value: string): string | undefined => {
  if (value === '') return undefined;
  const isWebHook = protocol === 'http' || protocol === 'https';
  if (!isWebHook || !deliveryPolicySchema.safeParse(parseJson(value)).success) {
    throw invalidParameter('DeliveryPolicy');
  }
  return value;
};

/** "By default … Amazon SNS attempts up to three retries": https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.retry.html */
const defaultRetries = 3;

/** How often a delivery that failed on the subscriber's side is tried again. */
export const retriesOf = (deliveryPolicy: string | undefined): number => {
  const { data } = deliveryPolicySchema.safeParse(parseJson(deliveryPolicy ?? '{}'));
  return data?.healthyRetryPolicy?.numRetries ?? defaultRetries;
};

/** https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html */
const redrivePolicySchema = z.strictObject({
  deadLetterTargetArn: z.string().regex(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/),
});

const readRedrive = (value: string): string | undefined => {
  if (value === '' || value === '{}') return undefined;
  const { data } = redrivePolicySchema.safeParse(parseJson(value));
  if (data === undefined) throw invalidParameter('RedrivePolicy');
  return data.deadLetterTargetArn;
};

/** A message reaches phones and mailboxes as text only: sns-large-payload-raw-message-delivery.html */
const readRaw = (protocol: Protocol, value: string): boolean => {
  const raw = value.toLowerCase() === 'true';
  if (!raw && value.toLowerCase() !== 'false') {
    throw invalidParameter(`Attributes Reason: RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  }
  if (raw && !rawProtocols.has(protocol)) {
    throw invalidParameter(`Attributes Reason: Delivery protocol [${protocol}] does not support raw message delivery.`);
  }
  return raw;
};

const readScope = (value: string): Settings['filterPolicyScope'] => {
  if (value === 'MessageAttributes' || value === 'MessageBody') return value;
  throw invalidParameter(
    `Attributes Reason: FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
  );
};

/** Throws `FilterPolicyLimitExceeded` when one more filter policy is one too many for the topic. */
export const checkFilterPolicyLimit = (topic: Topic, settings: Settings): void => {
  if (settings.filterPolicy === undefined) return;
  const present = [...topic.subscriptions.values()].filter(({ filterPolicy }) => filterPolicy !== undefined).length;
  if (present >= maxFilterPoliciesPerTopic) {
    throw new AwsError('FilterPolicyLimitExceeded', `Topic already has ${present} filter policies.`, {
      statusCode: 403,
    });
  }
};

/** As GetSubscriptionAttributes names them. */
export const settingsAsAttributes = (settings: Settings): Record<string, string> => ({
  RawMessageDelivery: String(settings.rawMessageDelivery),
  ...(settings.deliveryPolicy !== undefined && { DeliveryPolicy: settings.deliveryPolicy }),
  ...(settings.deadLetterArn !== undefined && {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: settings.deadLetterArn }),
  }),
  ...(settings.filterPolicy !== undefined && {
    FilterPolicy: settings.filterPolicy,
    FilterPolicyScope: settings.filterPolicyScope,
  }),
});
