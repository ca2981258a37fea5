import { posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderNameOf } from '../../infra/local/folder-name.ts';
import { type Tree, everySetting, synth } from './synth.ts';

let edge: Awaited<ReturnType<typeof synth>>;
beforeAll(async () => {
  edge = await synth({ edge: true });
});

const only = (type: string): Tree => {
  const found = edge.ofType(type);
  expect(found).toHaveLength(1);
  return found[0]?.Properties;
};
const distribution = (): Tree => only('AWS::CloudFront::Distribution').DistributionConfig;
describe('the edge', () => {
  it('is not there unless the operator asks for it, and then is four resources and an alarm', async () => {
    const without = await synth();
    const types = /CloudFront|WAFv2|SecretsManager/;
    expect(Object.values(without.resources).filter(({ Type }) => types.test(Type))).toEqual([]);
    expect(JSON.stringify(without.json)).not.toMatch(/EDGE_KEY|EdgeDomain/);
    expect(Object.keys(edge.resources).length - Object.keys(without.resources).length).toBe(5);
  });

  it('has a key that the template does not have, told to CloudFront and to the functions that look for it', () => {
    const [header] = distribution().Origins[0].OriginCustomHeaders;
    expect(header.HeaderName).toBe('x-origin-key');
    expect(JSON.stringify(header.HeaderValue)).toMatch(/\{\{resolve:secretsmanager:.*:SecretString:::\}\}/);
    expect(only('AWS::SecretsManager::Secret').GenerateSecretString).toMatchObject({ PasswordLength: 43 });
    const withKey = Object.entries(edge.resources).filter(
      ([, { Properties }]) => Properties?.Environment?.Variables?.EDGE_KEY !== undefined,
    );
    const names = withKey.map(([id]) => folderNameOf(id));
    expect(names.toSorted()).toEqual(['answer-queries', 'manage-family', 'register-family', 'serve-app', 'serve-case']);
    for (const [, { Properties, DependsOn }] of withKey) {
      expect(Properties.Environment.Variables.EDGE_KEY).toEqual(header.HeaderValue);
      // Nobody is sent to an edge that is not there yet.
      expect(DependsOn?.some((id) => id.startsWith('EdgeDistribution'))).toBe(true);
    }
  });

  it('is what links in messages lead to', async () => {
    const links = (resources: typeof edge) =>
      new Set(
        resources
          .ofType('AWS::Lambda::Function')
          .flatMap(({ Properties }) => Properties.Environment?.Variables.PUBLIC_URL ?? [])
          .map((url) => JSON.stringify(url)),
      );
    const own = links(edge);
    expect(own.size).toBe(1);
    expect([...own][0]).toMatch(/"https:\/\/".*"EdgeDistribution[^"]*","DomainName"/);
    const named = await synth(everySetting);
    expect(links(named)).toEqual(new Set(['"https://alerts.example.org"']));
    const [{ Properties }] = named.ofType('AWS::CloudFront::Distribution') as [Tree];
    expect(Properties.DistributionConfig).toMatchObject({
      Aliases: ['alerts.example.org'],
      ViewerCertificate: { MinimumProtocolVersion: expect.stringMatching(/^TLSv1\.2/) },
    });
    expect(JSON.stringify(named.json.Outputs.NextSteps)).toContain('Point the name in publicUrl at ');
  });

  it('hands on everything but the host, with every method, and keeps nothing of it', () => {
    const { DefaultCacheBehavior, CustomErrorResponses, IPV6Enabled } = distribution();
    expect(new Set(DefaultCacheBehavior.AllowedMethods)).toEqual(
      new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']),
    );
    // AllViewerExceptHostHeader.
    expect(DefaultCacheBehavior.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
    const { CachePolicyConfig } = only('AWS::CloudFront::CachePolicy');
    expect(CachePolicyConfig).toMatchObject({ MinTTL: 0, DefaultTTL: 0, MaxTTL: 1 });
    // Two tokens never share an answer.
    const { HeadersConfig, QueryStringsConfig } = CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin;
    expect(HeadersConfig.Headers).toContain('Authorization');
    expect(QueryStringsConfig).toEqual({ QueryStringBehavior: 'all' });
    expect(CustomErrorResponses).toEqual(
      [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map((ErrorCode) => ({ ErrorCode, ErrorCachingMinTTL: 0 })),
    );
    expect(IPV6Enabled).toBe(false);
  });

  it('keeps the app’s files of hashed names as long as the function says, and no other path', () => {
    expect(distribution().CacheBehaviors).toMatchObject([
      // CachingOptimized.
      { PathPattern: '/app/*', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' },
    ]);
  });
});

/** Whether a statement of WAF holds for a request. */
const holds = (statement: Tree, request: { path: string; bodyBytes: number }): boolean => {
  const [[kind, of]] = Object.entries(statement) as [[string, Tree]];
  switch (kind) {
    case 'NotStatement':
      return !holds(of.Statement, request);
    case 'OrStatement':
      return of.Statements.some((each: Tree) => holds(each, request));
    case 'AndStatement':
      return of.Statements.every((each: Tree) => holds(each, request));
    case 'SizeConstraintStatement':
      expect(of).toMatchObject({ ComparisonOperator: 'GT', FieldToMatch: { Body: { OversizeHandling: 'MATCH' } } });
      return request.bodyBytes > of.Size;
    case 'ByteMatchStatement': {
      expect(of).toMatchObject({ PositionalConstraint: 'STARTS_WITH', FieldToMatch: { UriPath: {} } });
      const transformed = of.TextTransformations.reduce(
        (path: string, { Type }: { Type: string }) =>
          Type === 'URL_DECODE' ? decodeURIComponent(path) : posix.normalize(path),
        request.path,
      );
      return transformed.startsWith(of.SearchString);
    }
    default:
      return expect.fail(`no such statement: ${kind}`);
  }
};

describe('the web ACL', () => {
  const rule = (name: string): Tree => only('AWS::WAFv2::WebACL').Rules.find(({ Name }: Tree) => Name === name);

  it('lets through what no rule refuses, and keeps no samples of requests', () => {
    const acl = only('AWS::WAFv2::WebACL');
    expect(acl).toMatchObject({ Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} } });
    expect(acl.Rules.map(({ Name }: Tree) => Name)).toEqual(['size', 'rate']);
    const samples = [acl, ...acl.Rules].map(({ VisibilityConfig }: Tree) => VisibilityConfig.SampledRequestsEnabled);
    expect(samples).toEqual([false, false, false]);
  });

  it('counts requests by address, with room for a workshop, and none of a press or an OK', () => {
    const { Limit, EvaluationWindowSec, AggregateKeyType, ScopeDownStatement } =
      rule('rate').Statement.RateBasedStatement;
    expect([Limit, EvaluationWindowSec, AggregateKeyType]).toEqual([2000, 300, 'IP']);
    const counted = (path: string): boolean => holds(ScopeDownStatement, { path, bodyBytes: 0 });
    const open = ['/v1/alerts', '/v1/alerts/a1/positions', '/v1/alerts/a1/cancel', '/v1/check-ins/c1/ok'];
    expect(open.map(counted)).toEqual([false, false, false, false]);
    const others = [
      '/',
      '/v1/families',
      '/v1/family',
      '/c/abc',
      '/v1/alerts/../families',
      '/v1/alerts/%2e%2e/families',
    ];
    expect(others.map(counted)).toEqual(others.map(() => true));
  });

  it('refuses long bodies, but no press and no list of cases that an office takes', () => {
    const refused = (path: string, bodyBytes: number): boolean => holds(rule('size').Statement, { path, bodyBytes });
    expect(refused('/v1/families', 16_385)).toBe(true);
    expect(refused('/v1/families', 16_384)).toBe(false);
    expect([refused('/v1/alerts', 99_999), refused('/o/abc/take', 99_999)]).toEqual([false, false]);
  });

  it('refuses in words that clients know: too many is 429, so that they try again', () => {
    const { CustomResponseBodies } = only('AWS::WAFv2::WebACL');
    const answerOf = (name: string): Tree => rule(name).Action.Block.CustomResponse;
    expect(answerOf('rate').ResponseHeaders).toContainEqual({ Name: 'retry-after', Value: '60' });
    for (const [name, status] of [
      ['size', 413],
      ['rate', 429],
    ] as const) {
      const { ResponseCode, CustomResponseBodyKey } = answerOf(name);
      expect(ResponseCode).toBe(status);
      const { Content, ContentType } = CustomResponseBodies[CustomResponseBodyKey];
      expect(ContentType).toBe('APPLICATION_JSON');
      expect(JSON.parse(Content)).toMatchObject({ status, code: CustomResponseBodyKey });
    }
  });
});
