import * as z from 'zod';
import type { RouteLimits } from '../http-api/throttle.ts';
import type { Platform } from '../platform.ts';
import { stableId } from '../template/names.ts';
import { inert, resourceType } from './resource-type.ts';

/** How a route names its integration. */
const integrationPrefix = 'integrations/';

/** `AWS::ApiGatewayV2::Api` */
export const api = resourceType(
  z.strictObject({ Name: z.string(), ProtocolType: z.literal('HTTP'), Description: inert, Tags: inert }),
  (_given, _resource, { api: httpApi, apiUrl }) => ({
    ref: httpApi.apiId,
    attributes: { ApiEndpoint: apiUrl, ApiId: httpApi.apiId },
  }),
);

/** `arn:…:function:name`, or API Gateway's longer form `arn:aws:apigateway:…/functions/<arn>/invocations`. */
const functionArn = (uri: string): string => /\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;

/** `AWS::ApiGatewayV2::Integration` */
export const integration = resourceType(
  z.strictObject({
    ApiId: z.string(),
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: z.string(),
    PayloadFormatVersion: z.literal('2.0'),
  }),
  ({ IntegrationUri }, { logicalId }, { api: httpApi }) => {
    const id = stableId(logicalId, 7);
    httpApi.addIntegration(id, functionArn(IntegrationUri));
    return { ref: id };
  },
);

/** The ARN that API Gateway shows to a function's policy: `{proxy+}` and `$default` as their key says. */
const sourceArn = ({ region, account, api: { apiId } }: Platform, routeKey: string): string => {
  const [method, path] = routeKey === '$default' ? ['*', '/$default'] : routeKey.split(' ');
  return `arn:aws:execute-api:${region}:${account}:${apiId}/$default/${method === 'ANY' ? '*' : method}${path}`;
};

/** `AWS::ApiGatewayV2::Route`. A function that does not permit the gateway to invoke it answers 500, as in AWS. */
export const route = resourceType(
  z.strictObject({
    ApiId: z.string(),
    RouteKey: z.string(),
    Target: z.string().startsWith(integrationPrefix),
    AuthorizationType: z.literal('NONE').optional(),
  }),
  ({ RouteKey, Target }, { logicalId }, platform) => {
    const { api: httpApi, functions } = platform;
    httpApi.addRoute({
      routeKey: RouteKey,
      target: () => {
        const integrated = functions.find(httpApi.integration(Target.slice(integrationPrefix.length)) ?? '');
        if (integrated === undefined) return undefined;
        const source = sourceArn(platform, RouteKey);
        return functions.isPermitted(integrated.arn, 'apigateway.amazonaws.com', source) ? integrated : undefined;
      },
    });
    return { ref: stableId(logicalId, 7) };
  },
);

const limitsSchema = z.strictObject({
  ThrottlingRateLimit: z.number(),
  ThrottlingBurstLimit: z.number(),
  DetailedMetricsEnabled: inert,
});

const limitsOf = (given: z.infer<typeof limitsSchema>): RouteLimits => ({
  ratePerSecond: given.ThrottlingRateLimit,
  burst: given.ThrottlingBurstLimit,
});

/** `AWS::ApiGatewayV2::Stage` */
export const stage = resourceType(
  z.strictObject({
    ApiId: z.string(),
    StageName: z.literal('$default', 'the local stack serves at the root only'),
    AutoDeploy: z.literal(true),
    RouteSettings: z.record(z.string(), limitsSchema).default({}),
    DefaultRouteSettings: limitsSchema.optional(),
    // Access logs go to CloudWatch; `/_local/logs` has what the functions say.
    AccessLogSettings: inert,
    Description: inert,
    Tags: inert,
  }),
  ({ StageName, RouteSettings, DefaultRouteSettings }, { type, logicalId }, { api: httpApi }) => {
    const unknown = Object.keys(RouteSettings).find((key) => !httpApi.routeKeys().includes(key));
    // AWS refuses the stage: "Unable to find Route by key".
    if (unknown !== undefined) throw new Error(`${type} (${logicalId}): RouteSettings: there is no route ${unknown}`);
    httpApi.setStage({
      name: StageName,
      limits: new Map(Object.entries(RouteSettings).map(([key, limits]) => [key, limitsOf(limits)])),
      defaultLimits: DefaultRouteSettings === undefined ? undefined : limitsOf(DefaultRouteSettings),
    });
    return { ref: StageName };
  },
);
