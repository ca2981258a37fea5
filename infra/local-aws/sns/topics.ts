import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { notUnderstood, operationsOf, pageOf, type Operation } from '../aws-input.ts';
import { isObject, parseJson } from '../json.ts';
import { invalidParameter, refuseInput } from './errors.ts';
import { checkArn, findTopic, topicArn, type SnsOptions, type SnsState, type Topic } from './state.ts';

const define = operationsOf(refuseInput);
const pageSize = 100;

/** Attributes of topics that a caller may set: https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const settable: Readonly<Record<string, (value: string) => boolean>> = {
  // https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html
  DisplayName: (value) => value.length <= 100 && !/[\r\n\t]/.test(value),
  Policy: (value) => {
    const policy = parseJson(value);
    return isObject(policy) && policy['Statement'] !== undefined;
  },
  KmsMasterKeyId: () => true,
  DeliveryPolicy: (value) => value === '' || isObject(parseJson(value)),
  SignatureVersion: (value) => value === '1' || value === '2',
  TracingConfig: (value) => value === 'PassThrough' || value === 'Active',
};

const notEmulated =
  /^(FifoTopic|ContentBasedDeduplication|ArchivePolicy|FifoThroughputScope|MaximumMessageSize|DataProtectionPolicy|\w+FeedbackRoleArn|\w+FeedbackSampleRate)$/;

export const topicOperations = (state: SnsState): Record<string, Operation> => ({
  /** Idempotent, unless what it asks for differs: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  CreateTopic: define(
    z.strictObject({
      Name: z.string(),
      Attributes: z.record(z.string(), z.string()).optional(),
      Tags: z.array(z.strictObject({ Key: z.string().min(1), Value: z.string() })).optional(),
    }),
    ({ Name, Attributes = {}, Tags }) => {
      if (Name.endsWith('.fifo')) throw notUnderstood('SNS FIFO topics');
      if (!/^[A-Za-z0-9_-]{1,256}$/.test(Name)) throw invalidParameter('Topic Name');
      for (const [name, value] of Object.entries(Attributes)) {
        checkAttribute(name, value, `Attributes Reason: Unknown attribute: ${name}`);
      }
      const tags = Tags && new Map(Tags.map(({ Key, Value }) => [Key, Value]));
      const arn = topicArn(state.options, Name);
      const existing = state.topics.get(arn);
      if (existing !== undefined) checkSame(existing, Attributes, tags);
      else state.topics.set(arn, newTopic(state.options, { name: Name, arn, attributes: Attributes, tags }));
      return { TopicArn: arn };
    },
  ),

  /** Deletes the topic and all its subscriptions; idempotent: https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html */
  DeleteTopic: define(z.strictObject({ TopicArn: z.string() }), ({ TopicArn }) => {
    checkArn(state, TopicArn, 6, 'TopicArn');
    state.topics.delete(TopicArn);
    return {};
  }),

  SetTopicAttributes: define(
    z.strictObject({ TopicArn: z.string(), AttributeName: z.string(), AttributeValue: z.string().optional() }),
    ({ TopicArn, AttributeName, AttributeValue = '' }) => {
      const topic = findTopic(state, TopicArn);
      checkAttribute(AttributeName, AttributeValue, 'AttributeName');
      topic.attributes.set(AttributeName, AttributeValue);
      return {};
    },
  ),

  GetTopicAttributes: define(z.strictObject({ TopicArn: z.string() }), ({ TopicArn }) => {
    const topic = findTopic(state, TopicArn);
    const subscriptions = [...topic.subscriptions.values()];
    const given = [...topic.attributes].filter(([name, value]) => value !== '' || name === 'DisplayName');
    return {
      Attributes: {
        ...Object.fromEntries(given),
        TopicArn: topic.arn,
        Owner: state.options.account,
        SubscriptionsConfirmed: String(subscriptions.filter(({ confirmed }) => confirmed).length),
        SubscriptionsPending: String(subscriptions.filter(({ confirmed }) => !confirmed).length),
        SubscriptionsDeleted: String(topic.deletedSubscriptions),
      },
    };
  }),

  /** Pages of 100: https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
  ListTopics: define(z.strictObject({ NextToken: z.string().optional() }), ({ NextToken }) => {
    const page = pageOf([...state.topics.keys()], pageSize, NextToken);
    if (page === undefined) throw invalidParameter('NextToken');
    return {
      Topics: page.items.map((arn) => ({ TopicArn: arn })),
      ...(page.nextToken !== undefined && { NextToken: page.nextToken }),
    };
  }),
});

const checkAttribute = (name: string, value: string, unknown: string): void => {
  if (notEmulated.test(name)) throw notUnderstood(`the SNS topic attribute ${name}`);
  const isValid = Object.hasOwn(settable, name) ? settable[name] : undefined;
  if (isValid === undefined) throw invalidParameter(unknown);
  if (!isValid(value)) throw invalidParameter(`Attributes Reason: Invalid value of ${name}`);
};

const checkSame = (
  topic: Topic,
  attributes: Readonly<Record<string, string>>,
  tags: ReadonlyMap<string, string> | undefined,
): void => {
  for (const [name, value] of Object.entries(attributes)) {
    const present = topic.attributes.get(name) ?? '';
    if (value !== present && !isSameDocument(value, present)) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    }
  }
  if (tags !== undefined && !isDeepStrictEqual(tags, topic.tags)) {
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
  }
};

const isSameDocument = (one: string, other: string): boolean => {
  const document = parseJson(one);
  return isObject(document) && isDeepStrictEqual(document, parseJson(other));
};

const newTopic = (
  options: SnsOptions,
  topic: {
    readonly name: string;
    readonly arn: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly tags: ReadonlyMap<string, string> | undefined;
  },
): Topic => ({
  name: topic.name,
  arn: topic.arn,
  attributes: new Map(
    Object.entries({ DisplayName: '', Policy: defaultPolicy(options, topic.arn), ...topic.attributes }),
  ),
  tags: topic.tags ?? new Map(),
  subscriptions: new Map(),
  deletedSubscriptions: 0,
});

/** Only the owner may use the topic: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
const defaultPolicy = ({ account }: SnsOptions, arn: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });
