import { AwsError } from './aws-service.ts';
import type { EndpointService } from './aws-endpoint/aws-endpoint.ts';
import { createDynamoDb, type DynamoDb, type DynamoDbOptions } from './dynamodb/dynamodb.ts';
import type { Functions } from './functions/functions.ts';
import { isAllowed } from './iam/evaluate.ts';
import { parsePolicy } from './iam/policy.ts';
import { isObject, stringAt } from './json.ts';
import { createKms } from './kms/kms.ts';
import { keptSeed } from './kms/kept-seed.ts';
import { createLocation, type LocalLocation } from './location/location.ts';
import { snsXmlNamespace } from './server/sns-links.ts';
import { withCallQuotas } from './sns/quotas.ts';
import { createSns, type LocalSns } from './sns/sns.ts';
import type { Confirm } from './sns/state.ts';
import { createWebHooks, isLoopback } from './sns/web-hooks.ts';
import { createSqs, type LocalSqs } from './sqs/sqs.ts';
import { awsJson } from './wire/aws-json.ts';
import { awsQuery } from './wire/aws-query.ts';
import { locationRest } from './wire/location-rest.ts';

/** AWS's services in this process. */
export type Services = {
  readonly dynamoDb: DynamoDb;
  readonly sns: LocalSns;
  readonly sqs: LocalSqs;
  readonly location: LocalLocation;
  /** By the name under which requests are signed. */
  readonly bySigningName: ReadonlyMap<string, EndpointService>;
  /** How subscriptions made from now on are confirmed. */
  readonly setConfirm: (mode: Confirm) => void;
  readonly attributesOfTopic: (topicArn: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Gives up what is on its way to web hooks. */
  readonly close: () => Promise<void>;
} & { readonly kms: EndpointService['service'] };

export type ServicesOptions = Pick<DynamoDbOptions, 'now' | 'onRecord'> & {
  readonly dataDirectory: string | undefined;
  readonly region: string;
  readonly account: string;
  readonly confirm: 'auto' | 'manual';
  /** `http://127.0.0.1:<port>`: what links in SNS's messages open. */
  readonly localUrl: string;
  readonly log: (line: string) => void;
  readonly functions: Pick<Functions, 'find' | 'isPermitted'>;
};

/** A queue without a policy takes nothing from SNS: https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html */
const admits = (policy: string, queueArn: string, topicArn: string, account: string): boolean => {
  const principal = 'Service:sns.amazonaws.com';
  const values = { 'aws:sourcearn': topicArn, 'aws:sourceaccount': account, 'aws:securetransport': 'true' };
  const resource = policy === '' ? [] : parsePolicy(JSON.parse(policy), queueArn);
  return isAllowed(
    { action: 'sqs:SendMessage', resource: queueArn, principal, account, values },
    { identity: [], resource },
  );
};

/** A topic that does not exist has no attributes: its absence is for the service itself to say. */
const attributesOf = async (sns: LocalSns, topicArn: string): Promise<Readonly<Record<string, unknown>>> => {
  try {
    const { Attributes } = await sns.call('GetTopicAttributes', { TopicArn: topicArn });
    return isObject(Attributes) ? Attributes : {};
  } catch (error) {
    if (error instanceof AwsError) return {};
    throw error;
  }
};

type Delivery = Parameters<LocalSqs['deliver']>[0] & { readonly topicArn: string };

/** Puts what SNS delivers into a queue of this stack, if the queue's policy lets it. */
const toQueue =
  (sqs: LocalSqs, { account, log }: ServicesOptions) =>
  (delivery: Delivery): void => {
    const { queueArn, topicArn } = delivery;
    const policy = sqs.policyOf(queueArn);
    // Another organisation's, as a web hook on another machine: what it would receive stands in the inbox.
    if (policy === undefined) return;
    if (!admits(policy, queueArn, topicArn, account)) {
      const problem = `the policy of ${queueArn} does not let ${topicArn} send to it`;
      log(`SNS: ${problem}`);
      throw new Error(problem);
    }
    sqs.deliver(delivery);
  };

/** Hands a function of this stack what SNS delivers, if its policy lets the topic invoke it. What it makes of it is its own affair. */
const toFunction =
  ({ functions, log }: ServicesOptions) =>
  async ({
    functionArn,
    topicArn,
    event,
  }: {
    functionArn: string;
    topicArn: string;
    event: unknown;
  }): Promise<void> => {
    const found = functions.find(functionArn);
    // Another account's.
    if (!found) return;
    if (!functions.isPermitted(functionArn, 'sns.amazonaws.com', topicArn)) {
      const problem = `${found.name} does not permit ${topicArn} to invoke it`;
      log(`SNS: ${problem}`);
      throw new Error(problem);
    }
    void found.invoke(event);
  };

const dynamoDbWire = awsJson({ version: '1.0', errorNamespace: 'com.amazonaws.dynamodb.v20120810' });
const sqsWire = awsJson({ version: '1.0', errorNamespace: 'com.amazonaws.sqs', blobs: ['BinaryValue'] });
const kmsWire = awsJson({ version: '1.1', errorNamespace: 'com.amazonaws.kms', blobs: ['Message', 'Mac'] });

export const createServices = async (options: ServicesOptions): Promise<Services> => {
  const { now, onRecord, dataDirectory, region, account } = options;
  const place = { now, region, account };
  const confirmation: { confirm: Confirm } = { confirm: options.confirm };
  const sqs = createSqs(place);
  const webHooks = createWebHooks(options.log);
  const snsOptions = {
    ...place,
    ...confirmation,
    origin: options.localUrl,
    deliverToQueue: toQueue(sqs, options),
    deliverToFunction: toFunction(options),
    deliverHttps: webHooks.post,
    reaches: isLoopback,
  };
  const sns = createSns(snsOptions);
  const location = createLocation(place);
  const seed = dataDirectory === undefined ? undefined : await keptSeed(dataDirectory);
  const kms = createKms({ region, account, ...(seed && { seed }) });
  const kept = dataDirectory === undefined ? {} : { dataDirectory };
  const dynamoDb = await createDynamoDb({ now, onRecord, region, accountId: account, ...kept });
  return {
    dynamoDb,
    sns,
    sqs,
    location,
    kms,
    bySigningName: new Map([
      ['dynamodb', { name: 'dynamodb', wire: dynamoDbWire, service: dynamoDb }],
      ['sns', { name: 'sns', wire: awsQuery(snsXmlNamespace), service: withCallQuotas(sns) }],
      ['geo', { name: 'location', wire: locationRest, service: location }],
      ['sqs', { name: 'sqs', wire: sqsWire, service: sqs }],
      ['kms', { name: 'kms', wire: kmsWire, service: kms }],
    ]),
    setConfirm: (mode) => {
      snsOptions.confirm = mode;
    },
    attributesOfTopic: (topicArn) => attributesOf(sns, topicArn),
    close: async () => {
      webHooks.close();
      await sns.settled();
    },
  };
};

/** One attribute of a topic, absent where SNS gives an empty text. */
export const topicAttribute = async (
  services: Services,
  topicArn: string,
  name: string,
): Promise<string | undefined> => {
  const value = stringAt({ ...(await services.attributesOfTopic(topicArn)) }, name);
  return value === '' ? undefined : value;
};
