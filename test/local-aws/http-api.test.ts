import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LambdaFunction } from '../../infra/local-aws/functions/lambda-function.ts';
import { createHttpApi } from '../../infra/local-aws/http-api/http-api.ts';
import { apiEvent, type ApiRequest } from '../../infra/local-aws/http-api/event.ts';
import { apiAnswer } from '../../infra/local-aws/http-api/response.ts';
import { selectRoute } from '../../infra/local-aws/http-api/routes.ts';
import { createThrottle } from '../../infra/local-aws/http-api/throttle.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
describe('the route of a request', () => {
  const routes = [
    'GET /v1/alerts/{alertId}',
    'GET /v1/alerts/open',
    'ANY /v1/alerts/{alertId}',
    'GET /v1/{proxy+}',
    '$default',
  ].map((routeKey) => ({ routeKey, target: routeKey }));
  const select = (method: string, path: string) => {
    const selected = selectRoute(routes, method, path);
    return [selected?.route.routeKey, selected?.pathParameters];
  };

  test.each([
    ['GET', '/v1/alerts/open', 'GET /v1/alerts/open', {}],
    ['GET', '/v1/alerts/a%20b', 'GET /v1/alerts/{alertId}', { alertId: 'a b' }],
    ['POST', '/v1/alerts/1', 'ANY /v1/alerts/{alertId}', { alertId: '1' }],
    ['GET', '/v1/a/b/c%2Fd', 'GET /v1/{proxy+}', { proxy: 'a/b/c/d' }],
    ['GET', '/v1/alerts/', 'GET /v1/{proxy+}', { proxy: 'alerts/' }],
    ['HEAD', '/v1/x', '$default', {}],
    ['GET', '/', '$default', {}],
  ])('%s %s takes %s', (method, path, routeKey, parameters) => {
    expect(select(method, path)).toEqual([routeKey, parameters]);
  });

  test('there is none without $default', () => {
    expect(selectRoute([{ routeKey: 'GET /health', target: 1 }], 'GET', '/healthy')).toBeUndefined();
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
describe('the event of a request', () => {
  const request: ApiRequest = {
    method: 'POST',
    path: '/v1/alerts/caf%C3%A9',
    rawQueryString: 'a=1&a=2&b=%20x',
    headers: new Map([
      ['host', ['127.0.0.1:3000']],
      ['x-two', ['1', '2']],
      ['content-type', ['application/json; charset=utf-8']],
      ['cookie', ['one=1; two=2']],
      ['user-agent', ['test']],
    ]),
    body: Buffer.from('{"ñ":1}'),
    sourceIp: '127.0.0.1',
    httpVersion: '1.1',
  };
  const context = {
    account: '000000000000',
    apiId: 'api',
    stage: '$default',
    routeKey: 'POST /v1/alerts/{alertId}',
    pathParameters: { alertId: 'café' },
    requestId: '11111111-1111-4111-8111-111111111111',
    now: new Date('2026-03-02T19:03:58.000Z'),
  };
  const eventOf = (overrides: Partial<ApiRequest> = {}) => apiEvent({ ...request, ...overrides }, context);
  const withType = (contentType?: string) =>
    eventOf({ headers: new Map(contentType === undefined ? [] : [['content-type', [contentType]]]) });

  test('has payload format 2.0', () => {
    const event = eventOf();
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/alerts/{alertId}',
      rawPath: '/v1/alerts/café',
      rawQueryString: 'a=1&a=2&b=%20x',
      cookies: ['one=1', 'two=2'],
      queryStringParameters: { a: '1,2', b: ' x' },
      pathParameters: { alertId: 'café' },
      body: '{"ñ":1}',
      isBase64Encoded: false,
      requestContext: {
        http: {
          method: 'POST',
          path: '/v1/alerts/café',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        stage: '$default',
        domainName: '127.0.0.1:3000',
        time: '02/Mar/2026:19:03:58 +0000',
        timeEpoch: 1_772_478_238_000,
      },
    });
    expect(event.headers['x-two']).toBe('1,2');
  });

  test('leaves out what a request does not have', () => {
    const event = apiEvent(
      { ...request, rawQueryString: '', headers: new Map(), body: Buffer.alloc(0) },
      { ...context, pathParameters: {} },
    );
    for (const absent of ['cookies', 'queryStringParameters', 'pathParameters', 'body'])
      expect(event).not.toHaveProperty(absent);
    expect(event.isBase64Encoded).toBe(false);
  });

  test.each(['text/plain', 'application/json', 'application/xml', 'application/javascript', 'TEXT/HTML; charset=x'])(
    'a body of %s stays text',
    (contentType) => {
      expect(withType(contentType)).toMatchObject({ body: '{"ñ":1}', isBase64Encoded: false });
    },
  );

  test.each([undefined, 'application/x-www-form-urlencoded', 'image/png', 'application/problem+json'])(
    'a body of %s is base64',
    (contentType) => {
      expect(withType(contentType)).toMatchObject({
        body: Buffer.from('{"ñ":1}').toString('base64'),
        isBase64Encoded: true,
      });
    },
  );

  test('a broken percent sign or a member named __proto__ does no harm', () => {
    expect(eventOf({ path: '/%zz', rawQueryString: '__proto__=1&x=%' })).toMatchObject({
      rawPath: '/%zz',
      queryStringParameters: { x: '%' },
    });
  });
});

describe('the answer of a function', () => {
  const answer = (result: unknown) => {
    const { statusCode, headers, cookies, body } = apiAnswer(JSON.stringify(result));
    return { statusCode, headers, cookies, body: body.toString() };
  };

  test('is taken as it says', () => {
    const result = {
      statusCode: 202,
      headers: { 'X-A': 1, 'Content-Type': 'application/json' },
      cookies: ['a=1'],
      body: '{}',
    };
    expect(answer(result)).toEqual({
      statusCode: 202,
      headers: { 'x-a': '1', 'content-type': 'application/json' },
      cookies: ['a=1'],
      body: '{}',
    });
  });

  test('is decoded from base64', () => {
    expect(answer({ statusCode: 200, body: 'aGk=', isBase64Encoded: true }).body).toBe('hi');
  });

  test('without a status code is the JSON body of a 200', () => {
    expect(answer({ hello: 1 })).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"hello":1}',
    });
    expect(answer('hello').body).toBe('hello');
  });

  test.each([
    { statusCode: 'x' },
    { statusCode: 200, body: {} },
    { statusCode: 200, headers: { a: [] } },
    { statusCode: 9000 },
  ])('that does not fit is the 500 of the gateway: %j', (result) => {
    expect(answer(result)).toMatchObject({ statusCode: 500, body: '{"message":"Internal Server Error"}' });
  });

  test('cannot set the headers of the connection', () => {
    expect(
      answer({ statusCode: 200, headers: { 'Transfer-Encoding': 'chunked', Connection: 'close' } }).headers,
    ).toEqual({
      'content-type': 'text/plain; charset=utf-8',
    });
  });
});

test('a throttled route has its burst at once and then its rate', () => {
  let now = 0;
  const throttle = createThrottle(
    (route) => (route === 'free' ? undefined : { ratePerSecond: 2, burst: 3 }),
    () => now,
  );
  const take = (times: number) => Array.from({ length: times }, () => throttle.take('slow'));
  expect(take(4)).toEqual([true, true, true, false]);
  now = 1000;
  expect(take(3)).toEqual([true, true, false]);
  now = 60_000;
  expect(take(4)).toEqual([true, true, true, false]);
  expect(throttle.take('free')).toBe(true);
});

describe('a slow function', () => {
  afterEach(() => vi.useRealTimers());

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
  test('is given up after 30 seconds', async () => {
    vi.useFakeTimers();
    const api = createHttpApi({ apiId: 'api', account: '000000000000', now: () => new Date() });
    const hanging = { invoke: () => new Promise(() => {}) } as unknown as LambdaFunction;
    api.addRoute({ routeKey: '$default', target: () => hanging });
    api.setStage({ name: '$default', limits: new Map(), defaultLimits: undefined });
    const request = { method: 'GET', path: '/', rawQueryString: '', headers: new Map(), body: Buffer.alloc(0) };
    const settled = vi.fn<() => void>();
    const handled = api.handle({ ...request, sourceIp: '127.0.0.1', httpVersion: '1.1' }).finally(settled);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    const { statusCode, body } = await handled;
    expect([statusCode, body.toString()]).toEqual([503, '{"message":"Service Unavailable"}']);
  });
});
