import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { messageOf } from '../json.ts';

export type HttpRequest = {
  readonly method: string;
  /** Without the query, percent-encoded. */
  readonly path: string;
  readonly rawQueryString: string;
  readonly query: URLSearchParams;
  /** Names in lower case, each with all its values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly httpVersion: string;
  /** Aborts when the caller has gone. */
  readonly hungUp: AbortSignal;
};

export type HttpAnswer = {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: string | Buffer;
};

export type HttpServerOptions = {
  readonly port: number;
  readonly now: () => Date;
  /** Undefined: the request is never answered. */
  readonly answer: (request: HttpRequest) => Promise<HttpAnswer | undefined>;
  /** What is answered to a body beyond the limit, and the limit. */
  readonly bodyLimitBytes: number;
  readonly bodyTooLarge: HttpAnswer;
  /** For faults of the local stack itself. */
  readonly onFault: (text: string) => void;
};

export type HttpServer = { readonly port: number; close: () => Promise<void> };

/** Reads the body; undefined if it is over the limit. */
const readBody = async (request: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: unknown = chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.length;
    // The rest is read and dropped: a caller that still sends does not see the answer.
    if (size <= limitBytes) chunks.push(bytes);
  }
  return size > limitBytes ? undefined : Buffer.concat(chunks);
};

const headersOf = ({ headersDistinct }: IncomingMessage): ReadonlyMap<string, readonly string[]> =>
  new Map(Object.entries(headersDistinct).map(([name, values]) => [name, values ?? []]));

const write = (response: ServerResponse, answer: HttpAnswer, now: Date, isHead: boolean): void => {
  const { statusCode, headers, cookies = [], body } = answer;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  response.statusCode = statusCode;
  // The SDK corrects its clock by this header, so it must follow the local one.
  response.setHeader('date', now.toUTCString());
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  const hasNoBody = statusCode === 204 || statusCode === 304 || statusCode < 200;
  // A function leaves out the body for HEAD: its length is not that of GET's.
  if (!hasNoBody && !isHead) response.setHeader('content-length', bytes.length);
  response.end(isHead || hasNoBody ? undefined : bytes);
};

const handle = async (
  request: IncomingMessage,
  response: ServerResponse,
  { answer, now, bodyLimitBytes, bodyTooLarge, onFault }: HttpServerOptions,
): Promise<void> => {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  const rawQueryString = mark < 0 ? '' : target.slice(mark + 1);
  const isHead = request.method === 'HEAD';
  try {
    const body = await readBody(request, bodyLimitBytes);
    const answered =
      body === undefined
        ? bodyTooLarge
        : await answer({
            method: request.method ?? 'GET',
            path,
            rawQueryString,
            query: new URLSearchParams(rawQueryString),
            headers: headersOf(request),
            body,
            sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
            httpVersion: request.httpVersion,
            hungUp: gone.signal,
          });
    if (answered !== undefined && !gone.signal.aborted) write(response, answered, now(), isHead);
  } catch (error) {
    if (gone.signal.aborted) return;
    onFault(`${request.method} ${path}: ${messageOf(error)}`);
    const fault = { message: `The local stack itself failed: ${messageOf(error)}` };
    const headers = { 'content-type': 'application/json' };
    if (!response.headersSent)
      write(response, { statusCode: 500, headers, body: JSON.stringify(fault) }, now(), isHead);
  }
};

/** AWS: request line and headers together, https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const maxHeaderSize = 10_240;

/**
 * Serves on 127.0.0.1 only.
 * @param options port 0 = any free one
 * @throws if the port is taken, with a text for people
 */
export const startHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const server = createServer({ maxHeaderSize, keepAliveTimeout: 60_000 }, (request, response) => {
    void handle(request, response, options);
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    const inUse = `port ${options.port} is in use: stop what holds it, or set PORT to another one (0 = any)`;
    reject(error.code === 'EADDRINUSE' ? new Error(inUse, { cause: error }) : error);
  });
  server.listen(options.port, '127.0.0.1', resolve);
  await promise;
  server.on('error', (error) => options.onFault(messageOf(error)));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      return closed.promise;
    },
  };
};
