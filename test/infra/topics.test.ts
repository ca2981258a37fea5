import { beforeAll, describe, expect, it } from 'vitest';
import consulates from '../../shared/data/consulates.json' with { type: 'json' };
import { type Tree, everySetting, synth } from './synth.ts';

const openIds = consulates.offices.filter(({ status }) => status === 'open').map(({ id }) => id);
const deployer = 'arn:aws:iam::123456789012:role/Deployer';

let stack: Awaited<ReturnType<typeof synth>>;
/** Subscribers for every office, in a region without a list of phones that answered STOP, deployed by a role of its own. */
let elsewhere: typeof stack;
beforeAll(async () => {
  stack = await synth(everySetting);
  const subscribers = [{ protocol: 'email', endpoint: 'duty@sre.example' }];
  const consulateSubscribers = Object.fromEntries(['ministry', ...openIds].map((id) => [id, subscribers]));
  elsewhere = await synth({ consulateSubscribers, region: 'eu-south-2', deployRoles: [deployer] });
});

const withoutSubscribers = ({ json }: typeof stack): string[] =>
  json.Outputs.OfficesWithoutSubscribers.Value.split(' ');

describe('the output of offices without subscribers', () => {
  it('names at each deploy whom the settings subscribe nobody to', async () => {
    expect(withoutSubscribers(stack)).toEqual(openIds.filter((id) => id !== 'dallas'));
    const fresh = await synth();
    expect(withoutSubscribers(fresh)).toEqual(['ministry', ...openIds]);
    expect(fresh.json.Outputs.OfficesWithoutSubscribers.Description.length).toBeLessThanOrEqual(1024);
  });

  it('says so when there are none', () => {
    expect(withoutSubscribers(elsewhere)).toEqual(['none']);
  });
});

const named = () => Object.entries(stack.resources).filter(([, { Properties }]) => Properties?.TopicName !== undefined);

describe('topics of the authorities', () => {
  it('are one for each office and one for the ministry, by name', () => {
    const names = named().map(([, { Properties }]) => Properties.TopicName);
    expect(new Set(names)).toEqual(
      new Set([...consulates.offices.map(({ id }) => `alert-button-consulate-${id}`), 'alert-button-ministry']),
    );
    expect(named()).toHaveLength(consulates.offices.length + 1);
  });

  it('keep their logical ids, which come from the office: a changed one would lose the subscribers', () => {
    expect(stack.resources['OfficeSanAntonioTopic']?.Properties.TopicName).toBe('alert-button-consulate-san-antonio');
    expect(stack.resources['MinistryTopic']?.Properties.TopicName).toBe('alert-button-ministry');
  });

  it('are encrypted and named for SMS in plain letters', () => {
    for (const [, { Properties }] of named()) {
      expect(Properties.KmsMasterKeyId).toEqual({ 'Fn::GetAtt': ['EncryptionKey', 'Arn'] });
      expect(Properties.DisplayName).toMatch(/^ALERTA [ -~]{1,93}$/);
    }
  });

  it('sign what they send with SHA-256', () => {
    for (const [, { Properties }] of named()) expect(Properties.SignatureVersion).toBe('2');
  });

  it('are published to by the two announcers and the sender of drills only, over TLS only', () => {
    for (const [id] of named()) {
      const statements = stack.resources[`${id}Policy`]?.Properties.PolicyDocument.Statement;
      const deny = statements.find(({ Sid }: Tree) => Sid === 'OnlyOurFunctionsPublish');
      expect(deny).toMatchObject({ Effect: 'Deny', Action: 'sns:Publish', Resource: { Ref: id } });
      const roles = deny.Condition.ArnNotEquals['aws:PrincipalArn'].map((arn: Tree) => arn['Fn::GetAtt'][0]);
      expect(roles).toEqual([
        expect.stringMatching(/^AnnounceToAuthorities/),
        expect.stringMatching(/Watchman/),
        expect.stringMatching(/^SendDrill/),
      ]);
      expect(statements.find(({ Sid }: Tree) => Sid === 'OnlyOverTls')).toMatchObject({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      });
    }
  });

  it('are subscribed to by the function behind the command, CloudFormation’s role and what the operator lists, and nobody else', () => {
    const executionIn = (region: string) => ({
      'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/cdk-hnb659fds-cfn-exec-role-\${AWS::AccountId}-${region}`,
    });
    const subscriber = { 'Fn::GetAtt': [expect.stringMatching(/^SubscribeOfficeRole/), 'Arn'] };
    const denied = ({ resources }: typeof stack, id: string): Tree =>
      resources[`${id}Policy`]?.Properties.PolicyDocument.Statement.find(
        ({ Sid }: Tree) => Sid === 'OnlyTheCommandSubscribes',
      );
    const deny = { Sid: 'OnlyTheCommandSubscribes', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sns:Subscribe' };
    for (const [id] of named()) {
      expect(denied(stack, id)).toEqual({
        ...deny,
        Resource: { Ref: id },
        Condition: {
          ArnNotEquals: { 'aws:PrincipalArn': [subscriber, executionIn('us-east-1')] },
          StringNotEquals: { 'aws:PrincipalAccount': ['123456789012'] },
        },
      });
    }
    expect(denied(elsewhere, 'MinistryTopic').Condition).toEqual({
      ArnNotEquals: { 'aws:PrincipalArn': [subscriber, executionIn('eu-south-2'), deployer] },
    });
  });

  it('let the listed accounts subscribe, with the listed protocols', async () => {
    const allowed = (resources: typeof stack.resources) =>
      resources['OfficeDallasTopicPolicy']?.Properties.PolicyDocument.Statement.filter(
        ({ Effect }: Tree) => Effect === 'Allow',
      );
    expect(allowed(stack.resources)).toEqual([
      {
        Sid: 'ListedAccountsSubscribe',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::123456789012:root'] },
        Action: 'sns:Subscribe',
        Resource: { Ref: 'OfficeDallasTopic' },
        Condition: { StringEquals: { 'sns:Protocol': ['https', 'sqs'] } },
      },
    ]);
    expect(allowed((await synth()).resources)).toEqual([]);
  });

  it('are subscribed as configured, each protocol to what is meant for it, phones without drills', () => {
    const people = { mail: [{ 'anything-but': ['none'] }] };
    const authorities = new Set(named().map(([id]) => id));
    const subscriptions = stack.ofType('AWS::SNS::Subscription').map(({ Properties }) => Properties);
    expect(subscriptions.filter(({ TopicArn }) => authorities.has(TopicArn.Ref))).toEqual([
      {
        TopicArn: { Ref: 'OfficeDallasTopic' },
        Protocol: 'email',
        Endpoint: 'duty@dallas.example',
        FilterPolicy: people,
      },
      {
        TopicArn: { Ref: 'OfficeDallasTopic' },
        Protocol: 'sms',
        Endpoint: '+12145550100',
        FilterPolicy: { drill: ['false'], ...people },
      },
      {
        TopicArn: { Ref: 'MinistryTopic' },
        Protocol: 'email',
        Endpoint: 'desk@sre.example',
        FilterPolicy: people,
      },
      {
        TopicArn: { Ref: 'MinistryTopic' },
        Protocol: 'https',
        Endpoint: 'https://sre.example/alerts',
        FilterPolicy: { mail: [{ 'anything-but': ['digest'] }] },
        DeliveryPolicy: { healthyRetryPolicy: expect.anything() },
        RedrivePolicy: { deadLetterTargetArn: expect.anything() },
      },
    ]);
  });

  it('put aside what a machine does not take, where an alarm rings, under the key of the table', () => {
    const { Properties } = stack.ofType('AWS::SQS::Queue').find((queue) => queue.Properties.QueueName)!;
    expect(Properties).toMatchObject({
      QueueName: 'alert-button-undelivered',
      KmsMasterKeyId: { 'Fn::GetAtt': ['EncryptionKey', 'Arn'] },
    });
    const { RedrivePolicy } = stack
      .ofType('AWS::SNS::Subscription')
      .find((subscription) => subscription.Properties.Protocol === 'https')!.Properties;
    expect(JSON.stringify(RedrivePolicy)).toContain('alert-button-undelivered');
    const senders = { 'aws:SourceArn': [expect.anything(), expect.anything()] };
    const ofSns = (statements: Tree[]) =>
      statements.filter(({ Principal }: Tree) => Principal?.Service === 'sns.amazonaws.com');
    const allowing = stack
      .ofType('AWS::SQS::QueuePolicy')
      .flatMap((policy) => policy.Properties.PolicyDocument.Statement);
    expect(ofSns(allowing)).toMatchObject([{ Action: 'sqs:SendMessage', Condition: { ArnLike: senders } }]);
    const key = stack.resources['EncryptionKey']?.Properties.KeyPolicy.Statement;
    expect(ofSns(key)).toMatchObject([
      { Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: { ArnLike: senders } },
    ]);
  });

  it('take no subscription of a kind that nobody reads', () => {
    for (const [id] of named()) {
      const statements = stack.resources[`${id}Policy`]?.Properties.PolicyDocument.Statement;
      expect(statements.find(({ Sid }: Tree) => Sid === 'OnlyWhatOfficesHave')).toMatchObject({
        Effect: 'Deny',
        Action: 'sns:Subscribe',
        Condition: {
          StringNotEquals: { 'sns:Protocol': ['email', 'email-json', 'https', 'sms', 'sqs'] },
          Null: { 'sns:Protocol': 'false' },
        },
      });
    }
  });

  // "The total policy retry time for an HTTP/S endpoint cannot be greater than 3,600 seconds": sns-message-delivery-retries.html
  it('try a web hook for the better part of an hour, and no longer than SNS allows', () => {
    const policy = stack.ofType('AWS::SNS::Subscription').find(({ Properties }) => Properties.Protocol === 'https')
      ?.Properties.DeliveryPolicy.healthyRetryPolicy;
    const backoff =
      policy.numRetries - policy.numNoDelayRetries - policy.numMinDelayRetries - policy.numMaxDelayRetries;
    expect(backoff).toBeGreaterThan(0);
    const atLeast = (policy.numMinDelayRetries + backoff) * policy.minDelayTarget;
    const slow = policy.numMaxDelayRetries * policy.maxDelayTarget;
    expect(slow + atLeast).toBeGreaterThan(45 * 60);
    expect(slow + policy.numMinDelayRetries * policy.minDelayTarget + backoff * policy.maxDelayTarget).toBeLessThan(
      3600,
    );
  });
});

describe('the account’s list of phones that answered STOP', () => {
  it('lets SNS read it, unless the operator or the region says otherwise', async () => {
    const [policy, ...others] = (await synth()).ofType('AWS::SMSVOICE::ResourcePolicy');
    expect(others).toEqual([]);
    expect(JSON.stringify(policy?.Properties.ResourceArn)).toMatch(/:sms-voice:.*:opt-out-list\/Default/);
    expect(policy?.Properties.PolicyDocument.Statement).toEqual([
      {
        Sid: 'SnsReadsOptOuts',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sms-voice:DescribeOptedOutNumbers',
        Resource: policy?.Properties.ResourceArn,
      },
    ]);
    for (const { ofType } of [stack, elsewhere]) expect(ofType('AWS::SMSVOICE::ResourcePolicy')).toEqual([]);
  });
});
