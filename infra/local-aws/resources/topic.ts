import * as z from 'zod';
import { stringAt } from '../json.ts';
import { parsePolicy } from '../iam/policy.ts';
import { physicalName } from '../template/names.ts';
import { inert, resourceType } from './resource-type.ts';

/** `AWS::SNS::Topic` */
export const topic = resourceType(
  z.strictObject({
    TopicName: z.string().optional(),
    DisplayName: z.string().optional(),
    KmsMasterKeyId: z.string().optional(),
    SignatureVersion: z.string().optional(),
    Tags: inert,
  }),
  async ({ TopicName, DisplayName, KmsMasterKeyId, SignatureVersion }, { logicalId }, { stackName, sns, onTopic }) => {
    const name = TopicName ?? physicalName(stackName, logicalId);
    const Attributes = {
      ...(DisplayName && { DisplayName }),
      ...(KmsMasterKeyId && { KmsMasterKeyId }),
      ...(SignatureVersion && { SignatureVersion }),
    };
    const arn = stringAt(await sns.call('CreateTopic', { Name: name, Attributes }), 'TopicArn') ?? '';
    onTopic({ name, arn });
    return { ref: arn, attributes: { TopicArn: arn, TopicName: name } };
  },
);

/** `AWS::SNS::TopicPolicy` replaces the policy of each of its topics. */
export const topicPolicy = resourceType(
  z.strictObject({ PolicyDocument: z.record(z.string(), z.unknown()), Topics: z.array(z.string()) }),
  async ({ PolicyDocument, Topics }, { logicalId }, { sns }) => {
    parsePolicy(PolicyDocument, `AWS::SNS::TopicPolicy (${logicalId})`);
    for (const TopicArn of Topics) {
      const AttributeValue = JSON.stringify(PolicyDocument);
      await sns.call('SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
    }
    return { ref: logicalId };
  },
);

/** `AWS::SNS::Subscription` */
export const subscription = resourceType(
  z.strictObject({
    TopicArn: z.string(),
    Protocol: z.string(),
    Endpoint: z.string(),
    FilterPolicy: z.record(z.string(), z.unknown()).optional(),
    FilterPolicyScope: z.string().optional(),
    RawMessageDelivery: z.boolean().optional(),
    DeliveryPolicy: z.record(z.string(), z.unknown()).optional(),
    RedrivePolicy: z.record(z.string(), z.unknown()).optional(),
  }),
  async (
    { FilterPolicy, FilterPolicyScope, RawMessageDelivery, DeliveryPolicy, RedrivePolicy, ...target },
    _resource,
    { sns },
  ) => {
    const Attributes = {
      ...(FilterPolicy && { FilterPolicy: JSON.stringify(FilterPolicy) }),
      ...(FilterPolicyScope && { FilterPolicyScope }),
      ...(RawMessageDelivery !== undefined && { RawMessageDelivery: String(RawMessageDelivery) }),
      ...(DeliveryPolicy && { DeliveryPolicy: JSON.stringify(DeliveryPolicy) }),
      ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    };
    const answer = await sns.call('Subscribe', { ...target, Attributes, ReturnSubscriptionArn: true });
    const arn = stringAt(answer, 'SubscriptionArn') ?? '';
    return { ref: arn, attributes: { Arn: arn } };
  },
);
