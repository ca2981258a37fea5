import { notUnderstood } from '../aws-input.ts';
import { AwsError } from '../aws-service.ts';
import { invalidParameter } from './errors.ts';
import { acceptEverything, compileFilterPolicy } from './filter-policy.ts';
import type { Protocol, Subscription, Topic } from './state.ts';

/** The part of a subscription that Subscribe's `Attributes` and SetSubscriptionAttributes decide. */
export type Settings = Pick<Subscription, 'rawMessageDelivery' | 'filterPolicy' | 'filterPolicyScope' | 'accepts'>;

const defaults: Settings = {
  rawMessageDelivery: false,
  filterPolicy: undefined,
  filterPolicyScope: 'MessageAttributes',
  accepts: acceptEverything,
};

const notEmulated = new Set(['DeliveryPolicy', 'RedrivePolicy', 'SubscriptionRoleArn', 'ReplayPolicy', 'ReplayStatus']);
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
    if (!['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope'].includes(name))
      throw invalidParameter('AttributeName');
  }
  const rawMessageDelivery =
    changes['RawMessageDelivery'] === undefined
      ? present.rawMessageDelivery
      : readRaw(protocol, changes['RawMessageDelivery']);
  const filterPolicyScope =
    changes['FilterPolicyScope'] === undefined ? present.filterPolicyScope : readScope(changes['FilterPolicyScope']);
  const filterPolicy = changes['FilterPolicy'] ?? present.filterPolicy;
  if (filterPolicy === undefined || filterPolicy === '' || filterPolicy === '{}') {
    return { rawMessageDelivery, filterPolicyScope, filterPolicy: undefined, accepts: acceptEverything };
  }
  const accepts = compileFilterPolicy(filterPolicy, filterPolicyScope);
  return { rawMessageDelivery, filterPolicyScope, filterPolicy, accepts };
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
  ...(settings.filterPolicy !== undefined && {
    FilterPolicy: settings.filterPolicy,
    FilterPolicyScope: settings.filterPolicyScope,
  }),
});
