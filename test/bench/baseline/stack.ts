import { build } from 'esbuild';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assembly } from '../../../infra/local-aws/assembly.ts';
import { parseTemplate } from '../../../infra/local-aws/template/template.ts';

const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const refTo = (logicalId: string) => ({ Ref: logicalId });
const topics = ['FamilyTopic', 'OfficeTopic', 'MinistryTopic'] as const;

/** The template that the tutorial's CDK would write, without what does nothing here. */
const template = {
  Resources: {
    Table: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ['pk', 'sk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Replicas: [{ Region: 'us-east-1' }],
      },
    },
    Collection: { Type: 'AWS::Location::GeofenceCollection', Properties: { CollectionName: 'offices' } },
    ...Object.fromEntries(
      topics.map((topic) => [topic, { Type: 'AWS::SNS::Topic', Properties: { TopicName: topic } }]),
    ),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
    },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'Press',
        Roles: [refTo('Role')],
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: arnOf('Table') },
            { Effect: 'Allow', Action: ['geo:ForecastGeofenceEvents'], Resource: arnOf('Collection') },
            { Effect: 'Allow', Action: ['sns:Publish'], Resource: topics.map(refTo) },
          ],
        },
      },
    },
    Press: {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:asset:path': 'asset.press' },
      Properties: {
        Role: arnOf('Role'),
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Timeout: 10,
        Environment: {
          Variables: {
            TABLE: refTo('Table'),
            COLLECTION: 'offices',
            FAMILY_TOPIC: refTo('FamilyTopic'),
            OFFICE_TOPIC: refTo('OfficeTopic'),
            MINISTRY_TOPIC: refTo('MinistryTopic'),
          },
        },
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'press', ProtocolType: 'HTTP' } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: refTo('Api'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: arnOf('Press'),
        PayloadFormatVersion: '2.0',
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: refTo('Api'),
        RouteKey: 'POST /alerts',
        AuthorizationType: 'NONE',
        Target: { 'Fn::Join': ['', ['integrations/', refTo('Integration')]] },
      },
    },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: refTo('Api'), StageName: '$default', AutoDeploy: true },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: arnOf('Press'),
        Principal: 'apigateway.amazonaws.com',
        SourceArn: {
          'Fn::Join': [
            '',
            [
              'arn:',
              refTo('AWS::Partition'),
              ':execute-api:',
              refTo('AWS::Region'),
              ':',
              refTo('AWS::AccountId'),
              ':',
              refTo('Api'),
              '/*/*/alerts',
            ],
          ],
        },
      },
    },
  },
};

/** The tutorial's stack, its function bundled as `NodejsFunction` bundles it with `bundleAwsSDK`: not minified. */
export const baselineAssembly = async (): Promise<Assembly> => {
  const assetDirectory = await mkdtemp(join(tmpdir(), 'alert-button-baseline-'));
  await mkdir(join(assetDirectory, 'asset.press'));
  await build({
    entryPoints: [join(import.meta.dirname, 'handler.ts')],
    outfile: join(assetDirectory, 'asset.press', 'index.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return {
    stackName: 'Tutorial',
    region: 'us-east-1',
    template: parseTemplate(template),
    assetDirectory,
    dispose: () => rm(assetDirectory, { recursive: true, force: true }),
  };
};
