import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { parseJson } from '../domain/parse-json.ts';
import type { FunctionName } from '../names.ts';
import { type Log, createLog, describeFault } from './log.ts';
import { HttpProblem } from './problem.ts';

/** A request as handlers see it. Header names are in lower case. */
export type HttpRequest = {
  readonly event: APIGatewayProxyEventV2;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly requestId: string;
  readonly log: Log;
};

/** A text goes out as it is, and bytes are a file. */
export type HttpAnswer = {
  readonly status: number;
  readonly body: object | string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
};

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

const maximumBodyBytes = 16 * 1024;

// On every answer: nothing may be stored, framed, indexed or leak as a referrer.
const commonHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

const write = (
  status: number,
  contentType: string,
  body: HttpAnswer['body'],
  headers?: Readonly<Record<string, string>>,
) => ({
  statusCode: status,
  headers: { 'content-type': contentType, ...commonHeaders, ...headers },
  ...(body instanceof Uint8Array
    ? { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
    : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
});

export const toProblem = (fault: unknown, log: Log): HttpProblem => {
  if (fault instanceof HttpProblem) return fault;
  log.error('request.failed', describeFault(fault));
  return new HttpProblem(500, 'internal', 'Something failed on our side. Send the same request again.');
};

const isHead = ({ requestContext }: APIGatewayProxyEventV2): boolean => requestContext.http.method === 'HEAD';

/** HEAD is answered as GET is, and the body is left out (RFC 9110 §9.3.2). It has a route of its own at the gateway. */
const asGet = (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 =>
  isHead(event) ? { ...event, routeKey: event.routeKey.replace(/^HEAD /, 'GET ') } : event;

/**
 * A handler returns an {@link HttpAnswer} or throws an {@link HttpProblem}. Anything else that it throws becomes an opaque
 * 500 with the request's id.
 */
export const httpHandler =
  (functionName: FunctionName, answer: (request: HttpRequest) => Promise<HttpAnswer>): HttpHandler =>
  async (received, context) => {
    const requestId = context.awsRequestId;
    const log = createLog({ function: functionName, requestId });
    const event = asGet(received);
    const written = async () => {
      try {
        const { status, body, headers } = await answer({ event, headers: event.headers, requestId, log });
        return write(status, 'application/json', body, headers);
      } catch (fault) {
        const problem = toProblem(fault, log);
        return write(problem.status, 'application/problem+json', problem.toDocument(requestId), problem.headers);
      }
    };
    const result = await written();
    return isHead(received) ? { ...result, body: '', isBase64Encoded: false } : result;
  };

/** @throws {HttpProblem} 413 over that many bytes */
export const readBytes = (
  { event: { body = '', isBase64Encoded } }: HttpRequest,
  maximumBytes: number = maximumBodyBytes,
): Buffer => {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length <= maximumBytes) return bytes;
  throw new HttpProblem(413, 'too-large', `The body may hold at most ${maximumBytes} bytes.`);
};

/** @throws {HttpProblem} 413 over 16 KB, or over that many bytes */
export const readText = (request: HttpRequest, maximumBytes?: number): string =>
  // Unlike Buffer's own, drops the byte order mark that some clients write (RFC 8259 §8.1): no press fails for it.
  new TextDecoder().decode(readBytes(request, maximumBytes));

/**
 * @param options.mended the text as it is tried again where it is no JSON
 * @throws {HttpProblem} 413 over 16 KB or that many bytes, 415 for another content type, 400 for no JSON
 */
export const readJson = (
  request: HttpRequest,
  { maximumBytes, mended }: { readonly maximumBytes?: number; readonly mended?: (text: string) => string } = {},
): unknown => {
  const text = readText(request, maximumBytes);
  const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType !== 'application/json' && !mediaType?.endsWith('+json')) {
    throw new HttpProblem(415, 'unsupported-media-type', 'Send the body as application/json.');
  }
  let parsed = parseJson(text);
  if (parsed === undefined && mended) parsed = parseJson(mended(text));
  if (parsed === undefined) throw new HttpProblem(400, 'not-json', 'The body is not valid JSON.');
  return parsed;
};
