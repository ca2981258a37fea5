import { Match } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import consulates from '../../shared/data/consulates.json' with { type: 'json' };
import { operations } from '../../shared/contracts/operations.ts';
import { functionNames, outputNames } from '../../shared/names.ts';
import { routeOf } from '../support/api-contract.ts';
import { type Resource, type Tree, everySetting, synth } from './synth.ts';

let stack: Awaited<ReturnType<typeof synth>>;
let configured: typeof stack;
beforeAll(async () => {
  stack = await synth();
  configured = await synth(everySetting);
});

const functionNamed = (name: string): Resource => {
  const found = stack
    .ofType('AWS::Lambda::Function')
    .find(({ Properties }) => Properties.Role['Fn::GetAtt'][0].includes(name));
  return found ?? expect.fail(`no function ${name}`);
};

describe('the table', () => {
  it('is encrypted with our key, recoverable for a week, protected, and forgets what has expired', () => {
    stack.template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          Match.objectLike({
            Region: 'us-east-1',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
            SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': ['EncryptionKey', 'Arn'] } },
          }),
        ],
      },
    });
  });

  it('has two indexes, of keys alone: what is due, and the open cases of an office', () => {
    stack.template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      GlobalSecondaryIndexes: [
        {
          IndexName: 'due',
          KeySchema: [
            { AttributeName: 'dueBucket', KeyType: 'HASH' },
            { AttributeName: 'dueAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'office',
          KeySchema: [
            { AttributeName: 'officeId', KeyType: 'HASH' },
            { AttributeName: 'raisedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
      AttributeDefinitions: Match.arrayWith([
        { AttributeName: 'dueBucket', AttributeType: 'S' },
        { AttributeName: 'dueAt', AttributeType: 'N' },
        { AttributeName: 'officeId', AttributeType: 'S' },
        { AttributeName: 'raisedAt', AttributeType: 'S' },
      ]),
    });
  });

  it('goes with the stack only if the operator said so', () => {
    configured.template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Delete',
      Properties: { Replicas: [Match.objectLike({ DeletionProtectionEnabled: false })] },
    });
  });
});

// Of the 500 that CloudFormation takes, 40 stay free for what comes next.
it('has at most 460 resources, the topics of today’s offices among them', () => {
  expect(Object.keys(stack.resources).length).toBeLessThanOrEqual(460);
  expect(stack.ofType('AWS::CloudFormation::Stack')).toEqual([]);
});

it('keeps to ASCII: CloudFormation shows other characters as question marks', () => {
  const texts = JSON.stringify(stack.json).match(/"[^"]*[^ -~][^"]*"/g) ?? [];
  expect(texts).toEqual([]);
});

it('every key can be replicated to another region, which no key learns later', () => {
  for (const { Properties } of stack.ofType('AWS::KMS::Key')) expect(Properties.MultiRegion).toBe(true);
  expect(stack.ofType('AWS::KMS::Key')).toHaveLength(2);
});

it('keeps every key with the table, but not those of a first deploy that fails', () => {
  for (const key of stack.ofType('AWS::KMS::Key')) {
    expect(key).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  }
});

describe('the key of the PINs', () => {
  it('makes MACs only, and stays with the table', () => {
    stack.template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
    });
    stack.template.hasResourceProperties('AWS::Lambda::Function', {
      // https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
      Environment: { Variables: Match.objectLike({ PIN_SCRYPT_COST: '32768,8,3' }) },
    });
    configured.template.hasResource('AWS::KMS::Key', {
      DeletionPolicy: 'Delete',
      Properties: { KeySpec: 'HMAC_256' },
    });
  });
});

describe('the stream', () => {
  it('has two readers, each of inserted items of its types, and never a third', () => {
    const patterns = stack
      .ofType('AWS::Lambda::EventSourceMapping')
      .map(({ Properties }) => Properties.FilterCriteria.Filters.map(({ Pattern }: Tree) => JSON.parse(Pattern)));
    expect(patterns).toEqual([
      [
        {
          eventName: ['INSERT'],
          dynamodb: { NewImage: { itemType: { S: ['family', 'alert', 'event', 'family-event'] } } },
        },
      ],
      [{ eventName: ['INSERT'], dynamodb: { NewImage: { itemType: { S: ['alert', 'event', 'addition'] } } } }],
    ]);
  });

  it('is read so that one bad record holds up nobody else, and giving up is heard', () => {
    for (const { Properties } of stack.ofType('AWS::Lambda::EventSourceMapping')) {
      expect(Properties).toMatchObject({
        BatchSize: 10,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        MaximumRetryAttempts: 2,
        MaximumRecordAgeInSeconds: 3600,
        ParallelizationFactor: 10,
        StartingPosition: 'TRIM_HORIZON',
      });
      const queue = Properties.DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0];
      expect(stack.resources[queue]?.Properties).toMatchObject({ SqsManagedSseEnabled: true });
      const alarms = stack
        .ofType('AWS::CloudWatch::Alarm')
        .map((alarm) => JSON.stringify(alarm.Properties.Dimensions ?? []));
      expect(alarms.filter((dimensions) => dimensions.includes(queue))).toHaveLength(1);
    }
  });
});

describe('each function', () => {
  it('runs Node 24 on arm64, logs JSON to a group of its own that forgets after a month', () => {
    const functions = stack.ofType('AWS::Lambda::Function');
    expect(functions).toHaveLength(functionNames.length);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
      expect(Properties.LoggingConfig.LogFormat).toBe('JSON');
      const group = stack.resources[Properties.LoggingConfig.LogGroup.Ref];
      expect(group?.Properties.RetentionInDays).toBe(30);
    }
    const groups = functions.map(({ Properties }) => Properties.LoggingConfig.LogGroup.Ref);
    expect(new Set(groups).size).toBe(functions.length);
  });

  it('shares the account’s concurrency unless the operator keeps some for the press', () => {
    const reserved = (functions: Resource[]) =>
      functions.map(({ Properties }) => Properties.ReservedConcurrentExecutions).filter(Boolean);
    expect(reserved(stack.ofType('AWS::Lambda::Function'))).toEqual([]);
    expect(reserved(configured.ofType('AWS::Lambda::Function'))).toEqual([20]);
  });

  it('gets the registration code as a hash only', () => {
    const { json, ofType } = configured;
    expect(JSON.stringify(json)).not.toContain('correct horse');
    const hashes = ofType('AWS::Lambda::Function').map(
      ({ Properties }) => Properties.Environment?.Variables.REGISTRATION_CODE_SHA256,
    );
    expect(hashes.filter(Boolean)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  });

  it('asks for work where the operator wants it and gave out no code', async () => {
    const asking = (functions: Resource[]) =>
      functions.filter(({ Properties }) => Properties.Environment?.Variables.ASKS_FOR_WORK !== undefined);
    const open = await synth({ registrationProofOfWork: true });
    expect(asking(open.ofType('AWS::Lambda::Function'))).toHaveLength(1);
    expect(asking(configured.ofType('AWS::Lambda::Function'))).toEqual([]);
    expect(asking(stack.ofType('AWS::Lambda::Function'))).toEqual([]);
    expect(JSON.stringify(open.json.Outputs.NextSteps)).not.toContain('Anybody can register');
    expect(JSON.stringify(stack.json.Outputs.NextSteps)).toContain('registrationCode, or registrationProofOfWork');
  });

  it('knows whose contacts are shared if it counts how many families they join', () => {
    const shared = Object.entries(configured.resources)
      .filter(
        ([, { Properties }]) =>
          Properties.Environment?.Variables.SHARED_CONTACTS === '+12145550101,casa@refugio.example',
      )
      .map(([id]) => id.replace(/Function.*/, ''));
    expect(shared.toSorted()).toEqual(['ManageFamily', 'RegisterFamily', 'SafetyWatchman']);
    expect(JSON.stringify(stack.json)).not.toContain('SHARED_CONTACTS');
  });

  it('knows the operator’s desk, if it gives people a phone to call, and never the press', () => {
    const withDesk = configured
      .ofType('AWS::Lambda::Function')
      .filter(({ Properties }) => Properties.Environment?.Variables.DESK_PHONE === '+13125550140');
    expect(withDesk).toHaveLength(
      functionNames.length -
        ['raise-alert', 'seed-geofences', 'reserve-concurrency', 'probe-press', 'subscribe-office'].length,
    );
    expect(JSON.stringify(stack.json)).not.toContain('DESK_NAME');
  });

  it('is left out with the canary when that is off', () => {
    expect(configured.ofType('AWS::Lambda::Function')).toHaveLength(functionNames.length - 1);
    expect(configured.ofType('AWS::Events::Rule').map(({ Properties }) => Properties.ScheduleExpression)).toEqual([
      'rate(1 minute)',
    ]);
  });
});

describe('the HTTP API', () => {
  // Files that a browser asks for are no part of the API that clients program against.
  const app = ['GET /', 'GET /app/{file}', 'GET /sw.js', 'GET /manifest.webmanifest'];

  it('has the routes of the document that it serves, each of them, those of the app, and one for every other path', () => {
    const keys = stack.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => Properties.RouteKey);
    const documented = operations.map(routeOf);
    const addressesOfActions = [
      '/c/{token}/{action}',
      '/f/{token}/{action}',
      '/l/{token}/{action}',
      '/t/{token}/{action}',
      '/o/{token}/search',
      '/o/{token}/take',
    ].map((path) => `GET ${path}`);
    // A table, and no JSON that a client would be made from.
    const downloads = ['GET /o/{token}/numbers.csv'];
    const routes = [...app, ...documented, ...addressesOfActions, ...downloads];
    const heads = routes.filter((route) => route.startsWith('GET ')).map((route) => route.replace('GET', 'HEAD'));
    expect(new Set(keys)).toEqual(new Set(['$default', ...routes, ...heads]));
  });

  it('never throttles the press', () => {
    const [stage] = stack.ofType('AWS::ApiGatewayV2::Stage');
    expect(stage?.Properties.RouteSettings).toMatchObject({
      'POST /v1/families': { ThrottlingRateLimit: 10 },
      'POST /v1/families/recover': { ThrottlingRateLimit: 10 },
      'POST /v1/devices': { ThrottlingRateLimit: 10 },
      'GET /v1/consulates': { ThrottlingRateLimit: 50 },
      'GET /v1/rights': { ThrottlingRateLimit: 50 },
      'GET /c/{token}': { ThrottlingRateLimit: 2000 },
      'GET /o/{token}': { ThrottlingRateLimit: 2000 },
      'HEAD /o/{token}': { ThrottlingRateLimit: 2000 },
    });
    const ofPhones = Object.keys(stage?.Properties.RouteSettings).filter((route) => route.includes('/v1/alerts'));
    expect(ofPhones).toEqual([]);
    expect(stage?.Properties).not.toHaveProperty('DefaultRouteSettings');
  });

  it('logs neither paths, queries nor callers', () => {
    const [stage] = stack.ofType('AWS::ApiGatewayV2::Stage');
    const logged = stage?.Properties.AccessLogSettings.Format.match(/\$context\.[\w.]+/g);
    expect(logged).toContain('$context.routeKey');
    expect(logged.join(' ')).not.toMatch(/path|identity|domain|header|authorizer|error/i);
  });

  it('makes its stage after the routes whose limits it sets', () => {
    const [stage] = stack.ofType('AWS::ApiGatewayV2::Stage');
    const routes = Object.keys(stack.resources).filter(
      (id) => stack.resources[id]?.Type === 'AWS::ApiGatewayV2::Route',
    );
    expect(stage?.DependsOn).toEqual(expect.arrayContaining(routes));
  });
});

describe('the outputs', () => {
  it('name what the operator’s commands look for', async () => {
    // Without a desk of the operator's own the commands know the ministry's; and mostly there is no edge.
    expect(configured.template.findOutputs('*')['Desk']?.['Value']).toBe('+13125550140 Red de Apoyo');
    const outputs = stack.template.findOutputs('*');
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining(
        Object.values(outputNames).filter((name) => name !== outputNames.desk && name !== outputNames.edgeDomain),
      ),
    );
    expect(outputs['TableName']?.['Value']).toEqual({ Ref: 'AlertTable' });
    expect(outputs['EscalationMinutes']?.['Value']).toBe('5,10');
    for (const name of ['DrillFunction', 'SubscribeFunction']) {
      expect(stack.resources[outputs[name]?.['Value'].Ref]?.Type).toBe('AWS::Lambda::Function');
    }
  });

  it('send the operator to the part of the README that registers a family', () => {
    const steps = JSON.stringify(stack.template.findOutputs('NextSteps'));
    const [, heading = ''] = /POST.*\/v1\/families \(README, \\+"([^"\\]+)/.exec(steps) ?? [];
    const [, section = ''] = readFileSync('README.md', 'utf8').split(`\n## ${heading}\n`);
    expect(section.split('\n## ')[0]).toContain('/v1/families');
  });
});

describe('the search', () => {
  it('is filled with every open office by the function itself', () => {
    const [seed] = stack.ofType('Custom::ConsulateGeofences');
    const open = consulates.offices.filter(({ status }) => status === 'open');
    expect(seed?.Properties.Geofences.map(({ id }: Tree) => id)).toEqual(open.map(({ id }) => id));
    expect(seed?.Properties.DataHash).toMatch(/^[0-9a-f]{64}$/);
    const seeder = seed?.Properties.ServiceToken['Fn::GetAtt'][0];
    expect(stack.resources[seeder]?.Properties).toEqual(functionNamed('SeedGeofences').Properties);
  });
});
