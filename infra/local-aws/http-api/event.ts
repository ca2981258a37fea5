import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** A request as it came in over HTTP. */
export type ApiRequest = {
  readonly method: string;
  /** Path without the query, percent-encoded. */
  readonly path: string;
  readonly rawQueryString: string;
  /** Names in lower case, each with all its values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly httpVersion: string;
};

export type EventContext = {
  readonly account: string;
  readonly apiId: string;
  readonly stage: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly requestId: string;
  readonly now: Date;
};

/**
 * AWS's documentation does not list the content types whose bodies stay text. Measured by others against AWS
 * (https://github.com/ministackorg/ministack/pull/766): these; a missing type and form-encoded bodies are base64.
 */
const isText = (contentType: string | undefined): boolean =>
  /^(text\/.+|application\/(json|xml|javascript))$/i.test((contentType ?? '').split(';')[0]?.trim() ?? '');

const decodedPath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Common Log Format, UTC: `12/Mar/2020:19:03:58 +0000`. */
const commonLogTime = (now: Date): string => {
  const [day, time] = now.toISOString().split('T');
  const [year, month, date] = (day ?? '').split('-');
  return `${date}/${months[Number(month) - 1]}/${year}:${(time ?? '').slice(0, 8)} +0000`;
};

const joinedQuery = (rawQueryString: string): Record<string, string> => {
  const joined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = Object.hasOwn(joined, name) ? `${joined[name]},` : '';
    Object.defineProperty(joined, name, { value: `${before}${value}`, enumerable: true, configurable: true });
  }
  return joined;
};

const unlessEmpty = <Key extends string, Value extends object>(key: Key, value: Value): Partial<Record<Key, Value>> => {
  const present: Partial<Record<Key, Value>> = {};
  if (Object.keys(value).length > 0) present[key] = value;
  return present;
};

/**
 * Payload format 2.0,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const apiEvent = (request: ApiRequest, context: EventContext): APIGatewayProxyEventV2 => {
  const { method, headers, body, rawQueryString } = request;
  const joinedHeaders = Object.fromEntries([...headers].map(([name, values]) => [name, values.join(',')]));
  const host = joinedHeaders['host'] ?? '';
  const cookies = (headers.get('cookie') ?? []).flatMap((line) => line.split(/;\s*/)).filter((cookie) => cookie !== '');
  const text = isText(joinedHeaders['content-type']);
  // AWS hands the path over decoded, and the query string as it came.
  const rawPath = decodedPath(request.path);
  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath,
    rawQueryString,
    ...unlessEmpty('cookies', cookies),
    headers: {
      ...joinedHeaders,
      'x-amzn-trace-id': `Root=1-${Math.floor(context.now.getTime() / 1000).toString(16)}-${context.requestId.replaceAll('-', '').slice(0, 24)}`,
      'x-forwarded-for': request.sourceIp,
      'x-forwarded-port': host.split(':')[1] ?? '80',
      'x-forwarded-proto': 'http',
    },
    ...unlessEmpty('queryStringParameters', joinedQuery(rawQueryString)),
    ...unlessEmpty('pathParameters', context.pathParameters),
    requestContext: {
      accountId: context.account,
      apiId: context.apiId,
      domainName: host,
      domainPrefix: host.split('.')[0] ?? '',
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.sourceIp,
        userAgent: joinedHeaders['user-agent'] ?? '',
      },
      requestId: context.requestId,
      routeKey: context.routeKey,
      stage: context.stage,
      time: commonLogTime(context.now),
      timeEpoch: context.now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
};
