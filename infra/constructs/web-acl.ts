import { Duration, Stack } from 'aws-cdk-lib/core';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

type Statement = CfnWebACL.StatementProperty;

/** Requests of one address in five minutes: thirty phones of a workshop share one. */
const requestsOfAnAddress = 2000;

// What WAF looks at of a body, unless one pays for more.
// https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-setting-body-inspection-limit.html
const bodyBytes = 16 * 1024;

/** Decoded and made straight first: else a path with `..` would pass for another. */
const begins = (searchString: string): Statement => ({
  byteMatchStatement: {
    fieldToMatch: { uriPath: {} },
    positionalConstraint: 'STARTS_WITH',
    searchString,
    textTransformations: [
      { priority: 0, type: 'URL_DECODE' },
      { priority: 1, type: 'NORMALIZE_PATH' },
    ],
  },
});

const not = (statement: Statement): Statement => ({ notStatement: { statement } });
const either = (...statements: Statement[]): Statement => ({ orStatement: { statements } });
const every = (...statements: Statement[]): Statement => ({ andStatement: { statements } });

/** A press and an OK pass, however many come from one address (G9). */
const ofAlerts = [begins('/v1/alerts'), begins('/v1/check-ins')];

/** In our words, so that clients take it as they take ours. */
const problem = (status: number, code: string, title: string): string =>
  JSON.stringify({ type: `urn:alert-button:problem:${code}`, title, status, code });

const refuse = (responseCode: number, customResponseBodyKey: string): CfnWebACL.RuleActionProperty => ({
  block: {
    customResponse: {
      responseCode,
      customResponseBodyKey,
      responseHeaders: [
        { name: 'cache-control', value: 'no-store' },
        ...(responseCode === 429 ? [{ name: 'retry-after', value: '60' }] : []),
      ],
    },
  },
});

const rules = [
  {
    name: 'size',
    action: refuse(413, 'too-large'),
    // An office may take hundreds of cases in one form.
    statement: every(not(either(...ofAlerts, begins('/o/'))), {
      sizeConstraintStatement: {
        fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
        comparisonOperator: 'GT',
        size: bodyBytes,
        textTransformations: [{ priority: 0, type: 'NONE' }],
      },
    }),
  },
  {
    name: 'rate',
    action: refuse(429, 'too-many-requests'),
    statement: {
      rateBasedStatement: {
        limit: requestsOfAnAddress,
        evaluationWindowSec: 300,
        aggregateKeyType: 'IP',
        scopeDownStatement: not(either(...ofAlerts)),
      },
    },
  },
];

const body = (status: number, code: string, title: string): CfnWebACL.CustomResponseBodyProperty => ({
  contentType: 'APPLICATION_JSON',
  content: problem(status, code, title),
});

/**
 * What refuses requests before they reach CloudFront's distribution. Two rules; no lists of attacks, which would find
 * something in people's names. It keeps no samples: they have paths with tokens.
 */
export class WebAcl extends Construct {
  readonly arn: string;
  /** Requests that it refused. CloudFront's web ACLs have no region among their dimensions. */
  readonly blocked: Metric;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const metric = (name: string): CfnWebACL.VisibilityConfigProperty => ({
      cloudWatchMetricsEnabled: true,
      metricName: `${Stack.of(this).stackName}-edge-${name}`,
      sampledRequestsEnabled: false,
    });
    const acl = new CfnWebACL(this, 'Acl', {
      description: 'Alert Button: before app, pages and registration',
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: metric('all'),
      customResponseBodies: {
        'too-large': body(413, 'too-large', 'The body is too large'),
        'too-many-requests': body(429, 'too-many-requests', 'Too many requests'),
      },
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: metric(rule.name) })),
    });
    this.arn = acl.attrArn;
    // https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
    this.blocked = new Metric({
      namespace: 'AWS/WAFV2',
      metricName: 'BlockedRequests',
      dimensionsMap: { WebACL: metric('all').metricName, Rule: 'ALL' },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
  }
}
