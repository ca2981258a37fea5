import {
  type SNSClient,
  FilterPolicyLimitExceededException,
  InvalidParameterException,
  NotFoundException,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { machineSettings } from '../machine-subscriptions.ts';
import { officeFilter } from '../office-filter.ts';
import type { OfficeSubscribing } from '../telling/channel.ts';
import { type OfficeTopicArns, officeTopicArn } from './sns-topics.ts';

type Sns = Pick<SNSClient, 'send'>;
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

/** What a machine's subscription has beside its filter, as SNS takes it. */
export const machineAttributes = ({
  protocol,
  topicArn,
}: Pick<Wanted, 'protocol' | 'topicArn'>): Readonly<Record<string, string>> => {
  const { deliveryPolicy, redrivePolicy } = machineSettings(protocol, topicArn);
  return {
    ...(deliveryPolicy && { DeliveryPolicy: JSON.stringify(deliveryPolicy) }),
    ...(redrivePolicy && { RedrivePolicy: JSON.stringify(redrivePolicy) }),
  };
};

/** One too many filters for the account: it is subscribed without, and gets everything rather than nothing. */
const subscribeWith = async (sns: Sns, wanted: Wanted, attributes: object): Promise<string> => {
  const filter = { FilterPolicy: JSON.stringify(officeFilter(wanted.protocol)) };
  try {
    return await trySubscribe(sns, wanted, { ...attributes, ...filter });
  } catch (fault) {
    if (fault instanceof FilterPolicyLimitExceededException) return trySubscribe(sns, wanted, attributes);
    throw fault;
  }
};

const isRefusal = (fault: unknown): fault is InvalidParameterException | NotFoundException =>
  fault instanceof InvalidParameterException || fault instanceof NotFoundException;

/** Subscribes to the topics of offices and ministry, with what a subscription of its kind has there. */
export const snsOfficeSubscribing =
  (sns: Sns, arns: OfficeTopicArns): OfficeSubscribing =>
  async (officeId, protocol, endpoint) => {
    const wanted = { topicArn: officeTopicArn(arns, { officeId }), protocol, endpoint };
    const kindOf = (arn: string) => (arn.startsWith('arn:') ? ('confirmed' as const) : ('pending' as const));
    try {
      const arn = await subscribeWith(sns, wanted, machineAttributes(wanted));
      return { kind: kindOf(arn), arn, isOther: false };
    } catch (fault) {
      if (fault instanceof NotFoundException) return { kind: 'refused', name: fault.name, message: fault.message };
      if (!isRefusal(fault)) throw fault;
    }
    try {
      // It may be there with other attributes: asked for without any, SNS says which it is.
      const arn = await trySubscribe(sns, wanted, {});
      return { kind: kindOf(arn), arn, isOther: true };
    } catch (fault) {
      if (!isRefusal(fault)) throw fault;
      return { kind: 'refused', name: fault.name, message: fault.message };
    }
  };
