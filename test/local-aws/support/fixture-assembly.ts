import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTemplate } from '../../../infra/local-aws/template/template.ts';
import type { Assembly } from '../../../infra/local-aws/assembly.ts';

export type FixtureFunction = {
  code: string;
  timeoutSeconds?: number;
  statements?: unknown[];
  variables?: Record<string, unknown>;
};

const role = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
};

const policyOf = (name: string, statements: unknown[]): object => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: name,
    PolicyDocument: { Version: '2012-10-17', Statement: statements },
    Roles: [{ Ref: `${name}Role` }],
  },
});

const functionOf = (name: string, { timeoutSeconds = 3, variables = {} }: FixtureFunction): object => ({
  Type: 'AWS::Lambda::Function',
  Metadata: { 'aws:asset:path': `asset.${name}` },
  Properties: {
    Role: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: timeoutSeconds,
    Environment: { Variables: variables },
  },
});

/** A hand-written stack: small functions given as the source of an ES module, beside any other resources. */
export const fixtureAssembly = async (
  functions: Record<string, FixtureFunction>,
  resources: Record<string, object> = {},
): Promise<Assembly> => {
  const assetDirectory = await mkdtemp(join(tmpdir(), 'alert-button-fixture-'));
  const all: Record<string, object> = { ...resources };
  for (const [name, fixture] of Object.entries(functions)) {
    await mkdir(join(assetDirectory, `asset.${name}`));
    await writeFile(join(assetDirectory, `asset.${name}`, 'index.mjs'), fixture.code);
    all[`${name}Role`] = role;
    all[name] = functionOf(name, fixture);
    if (fixture.statements) all[`${name}Policy`] = policyOf(name, fixture.statements);
  }
  return {
    stackName: 'Fixture',
    region: 'us-east-1',
    template: parseTemplate({ Resources: all }),
    assetDirectory,
    dispose: () => rm(assetDirectory, { recursive: true, force: true }),
  };
};

/** The resources of an HTTP API with these routes, each to a function of the fixture that permits it. */
export const apiResources = (routes: Record<string, string>, stage: object = {}): Record<string, object> => ({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'fixture', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    DependsOn: Object.keys(routes).map((_key, index) => `Route${index}`),
    Properties: { ApiId: { Ref: 'Api' }, StageName: '$default', AutoDeploy: true, ...stage },
  },
  ...Object.fromEntries(
    Object.entries(routes).flatMap(([routeKey, name], index) => [
      [
        `Integration${index}`,
        {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: {
            ApiId: { Ref: 'Api' },
            IntegrationType: 'AWS_PROXY',
            IntegrationUri: { 'Fn::GetAtt': [name, 'Arn'] },
            PayloadFormatVersion: '2.0',
          },
        },
      ],
      [
        `Route${index}`,
        {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'Api' },
            RouteKey: routeKey,
            Target: { 'Fn::Join': ['', ['integrations/', { Ref: `Integration${index}` }]] },
          },
        },
      ],
      [
        `Permission${index}`,
        {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Action: 'lambda:InvokeFunction',
            FunctionName: { 'Fn::GetAtt': [name, 'Arn'] },
            Principal: 'apigateway.amazonaws.com',
          },
        },
      ],
    ]),
  ),
});

/** A table with a stream and nothing else. */
export const tableResources: Record<string, object> = {
  Table: {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      Replicas: [{ Region: 'us-east-1' }],
    },
  },
};
