import { DefaultStackSynthesizer, Fn, Stack } from 'aws-cdk-lib/core';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { envNames, resourceNames } from '../../shared/names.ts';
import { machineSettings } from '../../shared/machine-subscriptions.ts';
import { officeFilter } from '../../shared/office-filter.ts';
import type { Office } from '../../shared/data/consulate-data.ts';
import type { Config, Subscriber } from '../config.ts';
import type { EncryptionKey } from './encryption-key.ts';
import { officeStacks } from './office-stacks.ts';
import type { ServiceFunction } from './service-function.ts';

export type ConsulateTopicsProps = {
  readonly key: EncryptionKey;
  /** Every office of the data, closed ones too: they keep their topics. */
  readonly offices: readonly Pick<Office, 'id' | 'city' | 'status'>[];
  readonly publishers: readonly ServiceFunction[];
  /** The function that subscribes for the operator's command. */
  readonly subscriber: ServiceFunction;
  readonly config: Pick<
    Config,
    'consulateSubscribers' | 'deployRoles' | 'ministry' | 'smsOriginationNumber' | 'subscriberAccounts'
  >;
};

type TopicSpec = {
  /** Begins the logical ids of its resources. Comes from the office id and never changes. */
  readonly logicalId: string;
  readonly topicName: string;
  readonly displayName: string;
  readonly subscribers: readonly Subscriber[];
};

/** Protocols with which other accounts may subscribe: machines that are theirs. We pay for SMS, and vouch for mailboxes. */
const crossAccountProtocols = ['https', 'sqs'];

const pascalCase = (id: string): string =>
  id.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * SNS puts the display name before each SMS and as sender of each email. ASCII and at most 100 characters:
 * https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
const displayNameOf = (name: string): string =>
  `ALERTA ${name}`
    .normalize('NFD')
    .replaceAll(/[^ -~]/g, '')
    .slice(0, 100);

/** One topic for each office and one for the ministry, named for the people and accounts who subscribe to them. */
export class ConsulateTopics extends Construct {
  /** Ids of the open offices, and `ministry`, to which the operator's settings subscribe nobody. */
  readonly withoutSubscribers: readonly string[];
  readonly #key: EncryptionKey;
  readonly #smsOriginationNumber: string | undefined;
  readonly #ministryTopicArn: string;
  readonly #officeTopicArnPrefix: string;

  constructor(scope: Construct, id: string, props: ConsulateTopicsProps) {
    super(scope, id);
    this.#key = props.key;
    this.#smsOriginationNumber = props.config.smsOriginationNumber;
    this.#officeTopicArnPrefix = Stack.of(this).formatArn({
      service: 'sns',
      resource: resourceNames.consulateTopicPrefix,
    });

    const { consulateSubscribers, ministry } = props.config;
    const homeOf = officeStacks(this);
    for (const office of props.offices) {
      this.#addTopic(homeOf(office.id), props, {
        logicalId: `Office${pascalCase(office.id)}`,
        topicName: `${resourceNames.consulateTopicPrefix}${office.id}`,
        displayName: displayNameOf(office.city),
        subscribers: consulateSubscribers[office.id] ?? [],
      });
    }
    const mailbox: Subscriber[] = ministry.email ? [{ protocol: 'email', endpoint: ministry.email }] : [];
    const listed = (consulateSubscribers['ministry'] ?? []).filter(
      ({ protocol, endpoint }) => protocol !== 'email' || endpoint !== ministry.email,
    );
    this.withoutSubscribers = [
      ...([...mailbox, ...listed].length > 0 ? [] : ['ministry']),
      ...props.offices
        .filter((office) => office.status === 'open' && (consulateSubscribers[office.id] ?? []).length === 0)
        .map((office) => office.id),
    ];
    this.#ministryTopicArn = this.#addTopic(this, props, {
      logicalId: 'Ministry',
      topicName: resourceNames.ministryTopic,
      displayName: displayNameOf('SRE'),
      subscribers: [...mailbox, ...listed],
    }).ref;
  }

  /** Publishing to every office and the ministry, and counting confirmed subscriptions. */
  grantPublishing(grantee: ServiceFunction): void {
    grantee.allow({
      actions: ['sns:GetTopicAttributes', 'sns:Publish'],
      resources: [`${this.#officeTopicArnPrefix}*`, this.#ministryTopicArn],
    });
    this.#acceptEveryOffice(
      grantee,
      'All of these topics are this construct’s, one an office: any of them can be the nearest.',
    );
    this.#key.grantPublishing(grantee);
    grantee.setVariable(envNames.consulateTopicArnPrefix, this.#officeTopicArnPrefix);
    grantee.setVariable(envNames.ministryTopicArn, this.#ministryTopicArn);
    if (this.#smsOriginationNumber) grantee.setVariable(envNames.smsOriginationNumber, this.#smsOriginationNumber);
  }

  /** Setting filters where a subscription made by hand has none. */
  grantMendingFilters(grantee: ServiceFunction): void {
    grantee.allow({
      actions: ['sns:ListSubscriptionsByTopic'],
      resources: [`${this.#officeTopicArnPrefix}*`, this.#ministryTopicArn],
    });
    grantee.allow({ actions: ['sns:GetSubscriptionAttributes', 'sns:SetSubscriptionAttributes'], resources: ['*'] });
    grantee.acceptWildcard(
      'Resource::*',
      'SNS has no resource for subscriptions; the watchman changes those of offices’ topics only.',
    );
  }

  /** Subscribing to every office and the ministry. */
  grantSubscribing(grantee: ServiceFunction): void {
    grantee.allow({
      actions: ['sns:Subscribe'],
      resources: [`${this.#officeTopicArnPrefix}*`, this.#ministryTopicArn],
    });
    this.#acceptEveryOffice(grantee, 'All of these topics are this construct’s: any of them can get a subscriber.');
    grantee.setVariable(envNames.consulateTopicArnPrefix, this.#officeTopicArnPrefix);
    grantee.setVariable(envNames.ministryTopicArn, this.#ministryTopicArn);
  }

  #acceptEveryOffice(grantee: ServiceFunction, reason: string): void {
    const region = Stack.of(this).region;
    grantee.acceptWildcard(
      `Resource::arn:aws:sns:${region}:<AWS::AccountId>:${resourceNames.consulateTopicPrefix}*`,
      reason,
    );
  }

  #addTopic(home: Construct, { key, publishers, subscriber, config }: ConsulateTopicsProps, spec: TopicSpec): CfnTopic {
    const topic = new CfnTopic(home, `${spec.logicalId}Topic`, {
      topicName: spec.topicName,
      displayName: spec.displayName,
      kmsMasterKeyId: key.key.keyArn,
      // SHA-256; 1, the default, is SHA-1: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
      signatureVersion: '2',
    });
    const policy = new CfnTopicPolicy(home, `${spec.logicalId}TopicPolicy`, {
      topics: [topic.ref],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          ...onlyPublishers(topic.ref, publishers),
          onlySubscribers(topic.ref, [subscriber.roleArn, ...deployers(this, config.deployRoles)], config),
          ...otherAccounts(topic.ref, config.subscriberAccounts),
        ],
      },
    });
    topic.overrideLogicalId(`${spec.logicalId}Topic`);
    policy.overrideLogicalId(`${spec.logicalId}TopicPolicy`);
    for (const [index, { protocol, endpoint }] of spec.subscribers.entries()) {
      const subscription = new CfnSubscription(home, `${spec.logicalId}Subscriber${index}`, {
        topicArn: topic.ref,
        protocol,
        endpoint,
        filterPolicy: officeFilter(protocol),
        ...machineSettings(protocol, Stack.of(this).formatArn({ service: 'sns', resource: spec.topicName })),
      });
      subscription.addResourceDependency(policy);
    }
    return topic;
  }
}

// Nobody is told by these, so nobody subscribes with them: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
const knownProtocols = ['email', 'email-json', 'https', 'sms', 'sqs'];

/**
 * An explicit Deny, because an administrator's `sns:*` must not be enough to send a false alert. AWS services have no
 * `aws:PrincipalArn`, and a negated condition on a missing key is true, so they are denied too.
 */
const onlyPublishers = (topicArn: string, publishers: readonly ServiceFunction[]): readonly object[] => [
  {
    Sid: 'OnlyOurFunctionsPublish',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'sns:Publish',
    Resource: topicArn,
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': publishers.map(({ roleArn }) => roleArn) } },
  },
  {
    Sid: 'OnlyOverTls',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['sns:Publish', 'sns:Subscribe'],
    Resource: topicArn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'OnlyWhatOfficesHave',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'sns:Subscribe',
    Resource: topicArn,
    // Null: of a request that does not say its kind nothing is known.
    Condition: { StringNotEquals: { 'sns:Protocol': knownProtocols }, Null: { 'sns:Protocol': 'false' } },
  },
];

/** The roles with which CloudFormation subscribes whom the settings name: the bootstrap's, and what the operator lists. */
const deployers = (scope: Construct, listed: readonly string[] = []): readonly string[] => {
  const { synthesizer } = Stack.of(scope);
  // It has placeholders of its own for partition and account.
  const own =
    synthesizer instanceof DefaultStackSynthesizer ? [Fn.sub(synthesizer.cloudFormationExecutionRoleArn)] : [];
  return [...own, ...listed];
};

/** Who subscribes to an office reads where people are: nobody of the account but these, and the listed accounts. */
const onlySubscribers = (
  topicArn: string,
  roleArns: readonly string[],
  { subscriberAccounts }: Pick<Config, 'subscriberAccounts'>,
): object => ({
  Sid: 'OnlyTheCommandSubscribes',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sns:Subscribe',
  Resource: topicArn,
  Condition: {
    ArnNotEquals: { 'aws:PrincipalArn': roleArns },
    ...(subscriberAccounts.length > 0 && { StringNotEquals: { 'aws:PrincipalAccount': subscriberAccounts } }),
  },
});

const otherAccounts = (topicArn: string, accounts: readonly string[]): readonly object[] =>
  accounts.length === 0
    ? []
    : [
        {
          Sid: 'ListedAccountsSubscribe',
          Effect: 'Allow',
          Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
          Action: 'sns:Subscribe',
          Resource: topicArn,
          Condition: { StringEquals: { 'sns:Protocol': crossAccountProtocols } },
        },
      ];
