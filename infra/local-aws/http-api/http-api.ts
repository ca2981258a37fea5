import { randomUUID } from 'node:crypto';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import { payloadLimitBytes } from '../functions/lambda-function.ts';
import { apiEvent, type ApiRequest } from './event.ts';
import { apiAnswer, gatewayAnswer, internalServerError, type ApiAnswer } from './response.ts';
import { selectRoute, type Route } from './routes.ts';
import { createThrottle, type RouteLimits } from './throttle.ts';

/** Bodies beyond this are refused by the gateway, https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const bodyLimitBytes = 10 * 1024 * 1024;
const integrationTimeoutMs = 30_000;

export const bodyTooLarge = gatewayAnswer(413, 'Request Entity Too Large');

/** Where a route leads. Undefined: there is no such function, or it does not permit the gateway to invoke it. */
type RouteTarget = () => LambdaFunction | undefined;

export type HttpApi = {
  readonly apiId: string;
  readonly addIntegration: (integrationId: string, functionArn: string) => void;
  /** The function ARN of an integration. */
  readonly integration: (integrationId: string) => string | undefined;
  readonly routeKeys: () => readonly string[];
  readonly addRoute: (route: Route<RouteTarget>) => void;
  readonly setStage: (stage: Stage) => void;
  readonly handle: (request: ApiRequest) => Promise<ApiAnswer>;
  /** Full buckets again. */
  readonly reset: () => void;
};

type Stage = {
  readonly name: string;
  /** Limits of each route that has own ones. */
  readonly limits: ReadonlyMap<string, RouteLimits>;
  readonly defaultLimits: RouteLimits | undefined;
};

export type HttpApiOptions = { readonly apiId: string; readonly account: string; readonly now: () => Date };

const timedOut = Symbol('timed out');

/** Waits at most so long; the work itself goes on, as a function does whose gateway has given up. */
const within = async <T>(work: Promise<T>, milliseconds: number): Promise<T | typeof timedOut> => {
  const { promise, resolve } = Promise.withResolvers<typeof timedOut>();
  const timer = setTimeout(resolve, milliseconds, timedOut);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

export const createHttpApi = ({ apiId, account, now }: HttpApiOptions): HttpApi => {
  const routes: Route<RouteTarget>[] = [];
  const integrations = new Map<string, string>();
  let stage: Stage | undefined;
  const throttle = createThrottle((routeKey) => stage?.limits.get(routeKey) ?? stage?.defaultLimits);

  const answer = async (request: ApiRequest, requestId: string): Promise<ApiAnswer> => {
    const selected = stage === undefined ? undefined : selectRoute(routes, request.method, request.path);
    if (stage === undefined || selected === undefined) return gatewayAnswer(404, 'Not Found');
    const { routeKey, target } = selected.route;
    if (!throttle.take(routeKey)) return gatewayAnswer(429, 'Too Many Requests');
    const integrated = target();
    if (integrated === undefined) return internalServerError;
    const { pathParameters } = selected;
    const context = { account, apiId, stage: stage.name, routeKey, pathParameters, requestId, now: now() };
    const event = apiEvent(request, context);
    // What is over Lambda's own limit never reaches the function.
    if ((event.body?.length ?? 0) > payloadLimitBytes) return bodyTooLarge;
    const outcome = await within(integrated.invoke(event), integrationTimeoutMs);
    if (outcome === timedOut) return gatewayAnswer(503, 'Service Unavailable');
    return outcome.kind === 'result' ? apiAnswer(outcome.payload) : internalServerError;
  };

  return {
    apiId,
    addIntegration: (integrationId, functionArn) => {
      integrations.set(integrationId, functionArn);
    },
    integration: (integrationId) => integrations.get(integrationId),
    routeKeys: () => routes.map(({ routeKey }) => routeKey),
    addRoute: (route) => {
      routes.push(route);
    },
    setStage: (next) => {
      stage = next;
    },
    handle: async (request) => {
      const requestId = randomUUID();
      const { headers, ...rest } = await answer(request, requestId);
      return { ...rest, headers: { ...headers, 'apigw-requestid': requestId } };
    },
    reset: throttle.reset,
  };
};
