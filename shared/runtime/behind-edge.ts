import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type FunctionName, edgeKeyHeader, envNames } from '../names.ts';
import { optional, required } from './env.ts';
import { type HttpHandler, httpHandler } from './http.ts';
import { prefersPage } from './page.ts';
import { HttpProblem } from './problem.ts';

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What a device's token opens, and whether we are there, is answered wherever it is asked. */
const isOpen = (routeKey: string): boolean => / \/(health$|v1\/(alerts|check-ins|family)(\/|$))/.test(routeKey);

/** The operator's own name still leads to the gateway: it would be sent to itself. Once it leads to the edge this is over. */
const hasNotMoved = ({ requestContext }: APIGatewayProxyEventV2, publicUrl: string): boolean =>
  requestContext.domainName === new URL(publicUrl).host;

/**
 * Where the operator put an edge before the service, what needs no device's token is answered through it alone. Reading
 * leads there, so that links of before go on working, and so do forms that were open; all else is refused.
 */
export const behindEdge = (env: NodeJS.ProcessEnv, functionName: FunctionName, handler: HttpHandler): HttpHandler => {
  const key = optional(env, envNames.edgeKey);
  if (key === undefined) return handler;
  const [keyHash, publicUrl] = [hash(key), required(env, envNames.publicUrl)];
  const elsewhere = httpHandler(functionName, async (request) => {
    const { rawPath, rawQueryString, requestContext } = request.event;
    const isRead = ['GET', 'HEAD'].includes(requestContext.http.method);
    if (!isRead && !prefersPage(request)) {
      throw new HttpProblem(403, 'forbidden', 'Send it to the service’s public address.');
    }
    const location = `${publicUrl}${rawPath}${rawQueryString === '' ? '' : `?${rawQueryString}`}`;
    // Of a form nothing is done; GET of its address leads to its page.
    return { status: isRead ? 307 : 303, body: '', headers: { location, 'content-type': 'text/plain' } };
  });
  return async (event, context) => {
    const cameThrough = timingSafeEqual(hash(event.headers[edgeKeyHeader] ?? ''), keyHash);
    const isAnswered = cameThrough || isOpen(event.routeKey) || hasNotMoved(event, publicUrl);
    return isAnswered ? handler(event, context) : elsewhere(event, context);
  };
};
