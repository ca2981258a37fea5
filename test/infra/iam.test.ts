import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { familyKey } from '../../shared/adapters/dynamo-keys.ts';
import { canaryFamilyId, drillFamilyId, functionNames } from '../../shared/names.ts';
import { type Resource, synth } from './synth.ts';

type Statement = { Effect: string; Action: string | string[]; Resource: unknown; Condition?: object };

let resources: Record<string, Resource>;
const statements: (Statement & { of: string })[] = [];
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

beforeAll(async () => {
  const stack = await synth();
  resources = stack.resources;
  for (const { Properties } of stack.ofType('AWS::IAM::Policy')) {
    const of = Properties.PolicyName.replace(/RoleDefaultPolicy.*/, '').replace(/^(Safety|Geosearch|Canary)/, '');
    statements.push(...Properties.PolicyDocument.Statement.map((statement: Statement) => ({ ...statement, of })));
  }
});

const actionsOf = (name: string): string[] =>
  statements
    .filter(({ of }) => of === name)
    .flatMap(({ Action }) => list(Action))
    .filter((action) => !action.startsWith('logs:'))
    .sort();

describe('what functions may do', () => {
  it('names every resource only where AWS knows none', () => {
    const wide = statements.filter(({ Resource }) => list(Resource).includes('*'));
    expect(new Set(wide.map(({ of, Action }) => `${of} ${list(Action).join()}`))).toEqual(
      new Set([
        'AnnounceToFamily sns:Unsubscribe',
        'ReservedReserveConcurrency lambda:GetAccountSettings',
        'Watchman sms-voice:DescribeOptedOutNumbers',
        'Watchman sns:CheckIfPhoneNumberIsOptedOut,sns:GetSubscriptionAttributes,sns:SetSubscriptionAttributes,sns:Unsubscribe',
      ]),
    );
  });

  it('ends in a wildcard only where a name prefix is the limit', () => {
    const wildcards = new Set(JSON.stringify(statements.map(({ Resource }) => Resource)).match(/[^":/<>]*\*/g));
    expect([...wildcards].sort()).toEqual(
      ['alert-button-consulate-*', 'alert-button-family-*', 'alert-button-representative-*', '*'].sort(),
    );
    // The bare one is `<table>/stream/*`.
    expect(JSON.stringify(statements).match(/"\/stream\/\*"/g)).toHaveLength(2);
  });

  it('names each action in full', () => {
    const wild = statements.flatMap(({ Action }) => list(Action)).filter((action) => action.includes('*'));
    expect(new Set(wild)).toEqual(new Set(['kms:GenerateDataKey*']));
  });

  const isKeyed = ({ Resource }: Statement) => JSON.stringify(Resource).includes('PinKey');

  it('lets only registration, cancelling, check-ins and changing the family use the key of the PINs, and for nothing but MACs', () => {
    const using = statements.filter(isKeyed);
    expect(using.map(({ of }) => of).toSorted()).toEqual([
      'CancelAlert',
      'ManageCheckIns',
      'ManageFamily',
      'RegisterFamily',
    ]);
    for (const { Action, Resource } of using) {
      expect([Action, Resource]).toEqual(['kms:GenerateMac', { 'Fn::GetAtt': ['PinKey', 'Arn'] }]);
    }
  });

  it('lets those use it whom the decision names', () => {
    const decision = readFileSync('docs/adr/010-pins.md', 'utf8').replaceAll(/\s+/g, ' ');
    const [, named = ''] = /The functions (.*?) may use the key/.exec(decision) ?? [];
    const using = statements.filter(isKeyed).map(({ of }) => of.replaceAll(/(?<=.)(?=[A-Z])/g, '-').toLowerCase());
    expect(Array.from(named.matchAll(/`([^`]+)`/g), ([, name]) => name)).toEqual(using.toSorted());
  });

  it('lets only the tellers of families delete', () => {
    const deleting = statements.filter(({ Action }) =>
      list(Action).some((action) => ['dynamodb:DeleteItem', 'sns:DeleteTopic', 'sns:Unsubscribe'].includes(action)),
    );
    expect(new Set(deleting.map(({ of }) => of))).toEqual(new Set(['AnnounceToFamily', 'Watchman']));
  });

  it.each(['CancelAlert', 'ManageCheckIns', 'ManageFamily'])(
    'is for %s to change what it is for, never to publish or delete',
    (name) => {
      expect(actionsOf(name)).toEqual([
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:UpdateItem',
        'kms:Decrypt',
        'kms:Encrypt',
        'kms:GenerateDataKey*',
        'kms:GenerateMac',
        // Whether a mailbox has confirmed.
        ...(name === 'ManageFamily' ? ['sns:ListSubscriptionsByTopic'] : []),
      ]);
    },
  );

  it('uses the other key only through SNS and DynamoDB', () => {
    const withKey = statements.filter(
      (one) => !isKeyed(one) && list(one.Action).some((action) => action.startsWith('kms:')),
    );
    for (const { Condition } of withKey) {
      expect(Condition).toEqual({
        StringEquals: { 'kms:ViaService': expect.stringMatching(/^(sns|dynamodb)\.us-east-1\.amazonaws\.com$/) },
      });
    }
  });

  it('comes from our own policies only', () => {
    const roles = Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    expect(roles).toHaveLength(functionNames.length);
    for (const { Properties } of roles) expect(Object.keys(Properties)).not.toContain('ManagedPolicyArns');
  });

  it('is for the press one read and one write, and the count of drills', () => {
    expect(actionsOf('RaiseAlert')).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'kms:Decrypt',
      'kms:Encrypt',
      'kms:GenerateDataKey*',
    ]);
  });

  it('is for queries to read', () => {
    expect(actionsOf('AnswerQueries')).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'kms:Decrypt',
      'sns:ListSubscriptionsByTopic',
    ]);
  });

  it('lets only the announcers and the sender of drills publish', () => {
    const publishers = statements.filter(({ Action }) => list(Action).includes('sns:Publish')).map(({ of }) => of);
    expect([...new Set(publishers)].sort()).toEqual([
      'AnnounceToAuthorities',
      'AnnounceToFamily',
      'SendDrill',
      'Watchman',
    ]);
  });

  it('lets nobody but the seeder change the geofences', () => {
    const changing = statements.filter(({ Action }) => list(Action).some((action) => action.startsWith('geo:Batch')));
    expect(changing.map(({ of }) => of)).toEqual(['SeedGeofences']);
  });

  it('is for the sender of drills to publish to offices, and of the table to write what is nobody’s', () => {
    expect(actionsOf('SendDrill').filter((action) => action.startsWith('sns:'))).toEqual([
      'sns:GetTopicAttributes',
      'sns:Publish',
    ]);
    const ofTable = statements.filter(
      ({ of, Action }) => of === 'SendDrill' && list(Action)[0]?.startsWith('dynamodb:'),
    );
    expect(ofTable).toEqual([
      expect.objectContaining({
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [familyKey(drillFamilyId).pk] } },
      }),
    ]);
  });

  it('is for the subscriber of offices to subscribe there, and nobody else may', () => {
    expect(actionsOf('SubscribeOffice').filter((action) => action.startsWith('sns:'))).toEqual(['sns:Subscribe']);
    const subscribers = statements.filter(
      ({ Action, Resource }) =>
        list(Action).includes('sns:Subscribe') && JSON.stringify(Resource).includes('alert-button-consulate-'),
    );
    expect([...new Set(subscribers.map(({ of }) => of))]).toEqual(['SubscribeOffice']);
  });

  it('is for the subscriber of offices to end their links, and nothing else of the table', () => {
    const ofTable = statements.filter(
      ({ of, Action }) => of === 'SubscribeOffice' && list(Action)[0]?.startsWith('dynamodb:'),
    );
    expect(ofTable).toEqual([
      expect.objectContaining({
        Action: 'dynamodb:PutItem',
        Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['LINKS-OF#*'] } },
      }),
    ]);
  });

  it('is for the canary what its own family has, and nothing else of the table', () => {
    const ofTable = statements.filter(
      ({ of, Action }) => of === 'ProbePress' && list(Action)[0]?.startsWith('dynamodb:'),
    );
    expect(ofTable).toEqual([
      expect.objectContaining({
        Action: ['dynamodb:BatchWriteItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [familyKey(canaryFamilyId).pk] } },
      }),
    ]);
    expect(actionsOf('ProbePress').filter((action) => action.startsWith('sns:'))).toEqual([]);
  });
});
