import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { CfnStage, HttpApi as GatewayApi, HttpMethod, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { OperatorAlarms } from './operator-alarms.ts';
import type { ServiceFunction } from './service-function.ts';

type Route = {
  readonly method: HttpMethod;
  readonly path: string;
  readonly target: ServiceFunction;
  /**
   * Requests a second of all callers together; the burst is the same number.
   * @default - the account's: 10,000 a second, burst 5,000
   */
  readonly perSecond?: number;
};

export type HttpApiProps = {
  readonly routes: readonly Route[];
  /** For every path that is no route. */
  readonly otherwise: Omit<Route, 'method' | 'path'>;
  readonly alarms: OperatorAlarms;
};

/**
 * An access log line. It has `routeKey` and not the path, which has alert ids and tokens; no query string, address or
 * user agent (G8).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  functionStatus: '$context.integrationStatus',
  functionLatencyMs: '$context.integrationLatency',
});

/** The public API. No CORS: the clients are apps, and the pages are our own. */
export class HttpApi extends Construct {
  /** Without a trailing slash. */
  readonly url: string;
  /** Requests that it answered with a fault of its own. */
  readonly faults: Metric;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const api = new GatewayApi(this, 'Api', {
      apiName: 'alert-button',
      description: 'Alert Button',
      createDefaultStage: false,
    });
    this.url = api.apiEndpoint;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Device tokens are checked by the function in the read that the press needs anyway; an authorizer would be one more thing between a person and help. The other routes are public by design.',
    });

    const integrations = new Map<ServiceFunction, HttpLambdaIntegration>();
    const integrationOf = (target: ServiceFunction): HttpLambdaIntegration => {
      const integration = integrations.get(target) ?? new HttpLambdaIntegration(target.name, target.function);
      integrations.set(target, integration);
      return integration;
    };
    const add = (routeKey: HttpRouteKey, target: ServiceFunction): HttpRoute =>
      new HttpRoute(this, routeKey.key, { httpApi: api, routeKey, integration: integrationOf(target) });

    const throttles: Record<string, object> = {};
    const routes = [
      ...props.routes
        // HEAD answers wherever GET does; to the gateway it is a route of its own.
        .flatMap((route) =>
          route.method === HttpMethod.GET ? [route, { ...route, method: HttpMethod.HEAD }] : [route],
        )
        .map((route) => ({ ...route, key: HttpRouteKey.with(route.path, route.method) })),
      { ...props.otherwise, key: HttpRouteKey.DEFAULT },
    ].map(({ key, target, perSecond }) => {
      if (perSecond) throttles[key.key] = { ThrottlingRateLimit: perSecond, ThrottlingBurstLimit: perSecond };
      return add(key, target);
    });

    const accessLog = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new CfnStage(this, 'Stage', {
      apiId: api.apiId,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.logGroupArn, format: accessLogFormat },
      routeSettings: throttles,
    });
    // A stage refuses settings of a route that does not exist yet.
    stage.node.addDependency(...routes);

    this.faults = new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensionsMap: { ApiId: api.apiId },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
    props.alarms.add('api-5xx', {
      metric: this.faults,
      threshold: 1,
      what: 'The API answered a request with a fault of its own.',
      impact: 'A press or a registration may have failed; phones retry a press with the same id.',
    });
  }
}
