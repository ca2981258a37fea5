import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiResources } from '../support/fixture-assembly.ts';
import { startFixture, type FixtureStack } from '../support/fixture-stack.ts';

/** Answers `action` of the query string in its own way. */
const handler = `
let calls = 0;
const identity = crypto.randomUUID();
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const actions = {
  count: async () => ({ calls: ++calls }),
  slowly: async () => { const from = performance.timeOrigin + performance.now(); await wait(250); return { identity, from, to: performance.timeOrigin + performance.now() }; },
  hang: () => new Promise(() => {}),
  spin: () => { for (;;); },
  exit: () => process.exit(3),
  reject: async () => { Promise.reject(new Error('nobody listens')); await wait(1000); },
  uncaught: async () => { setTimeout(() => { throw new TypeError('in a timer'); }, 1); await wait(1000); },
  throw: async () => { throw new RangeError('out of range'); },
  say: async () => { console.log('to the console'); console.error('two\\nlines'); process.stdout.write('straight'); return {}; },
  environment: async () => ({ ...process.env }),
  time: async (_event, context) => ({ now: Date.now(), made: new Date().getTime(), text: typeof Date(), is: new Date() instanceof Date, year: new Date(2020, 1).getFullYear(), left: context.getRemainingTimeInMillis() }),
  context: async (_event, context) => ({ ...context }),
  malformed: async () => ({ statusCode: 'teapot' }),
  large: async () => 'x'.repeat(7 * 1024 * 1024),
  echo: async (event) => event,
};
export const handler = (event, context) => actions[event.queryStringParameters?.action ?? 'count'](event, context);
`;

let api: FixtureStack;

beforeAll(async () => {
  // A setting of the shell that must not reach any function.
  process.env['AWS_PROFILE'] = 'of-the-shell';
  api = await startFixture(
    { Main: { code: handler, timeoutSeconds: 1, variables: { OWN: 'value' } }, Unpermitted: { code: handler } },
    {
      ...apiResources(
        { 'ANY /run': 'Main', 'GET /limited': 'Main', 'GET /closed': 'Unpermitted', 'GET /items/{id}': 'Main' },
        { RouteSettings: { 'GET /limited': { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 2 } } },
      ),
      Permission2: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': ['Unpermitted', 'Arn'] },
          Principal: 'apigateway.amazonaws.com',
          SourceArn: {
            'Fn::Join': ['', ['arn:aws:execute-api:us-east-1:000000000000:', { Ref: 'Api' }, '/*/*/another']],
          },
        },
      },
    },
  );
});
afterAll(async () => {
  delete process.env['AWS_PROFILE'];
  await api.close();
});
beforeEach(() => api.reset());

const run = (action: string) => api.send('GET', `/run?action=${action}`);
const linesOf = () => api.logs.list().map(({ line }) => line);

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
describe('a function', () => {
  test('keeps its memory between calls', async () => {
    const { calls } = (await run('count')).json;
    expect((await run('count')).json).toEqual({ calls: calls + 1 });
  });

  test('that times out ends with Lambda’s error, also if it never yields, and the next call gets a new worker', async () => {
    for (const answer of await Promise.all([run('hang'), run('spin')])) {
      expect(answer).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
    }
    expect(linesOf()).toHaveLength(2);
    for (const line of linesOf()) {
      expect(line).toMatch(/^RequestId: [\w-]{36} Error: Task timed out after 1\.00 seconds$/);
    }
    expect((await run('count')).json).toEqual({ calls: 1 });
  });

  test.each([
    ['exit', /Runtime exited with error: exit status 3/],
    ['reject', /nobody listens/],
    ['uncaught', /in a timer/],
  ])('that crashes (%s) fails this call only', async (action, line) => {
    expect((await run(action)).status).toBe(500);
    expect(linesOf().at(-1)).toMatch(line);
    expect((await run('count')).json).toEqual({ calls: 1 });
  });

  test('that throws keeps its worker, and its error is logged', async () => {
    const { calls } = (await run('count')).json;
    expect((await run('throw')).status).toBe(500);
    expect(linesOf().at(-1)).toContain('"errorType":"RangeError"');
    expect((await run('count')).json).toEqual({ calls: calls + 1 });
  });

  test('has its lines in the log with its name and the request', async () => {
    await run('say');
    const entries = api.logs.list();
    expect(entries.map(({ line }) => line)).toEqual(['to the console', 'two', 'lines', 'straight']);
    expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(1);
    expect(entries[0]).toMatchObject({ function: 'Main', requestId: expect.stringMatching(/^[\w-]{36}$/) });
  });

  test('sees its own environment and nothing of the shell', async () => {
    const { json } = await run('environment');
    expect(json).toMatchObject({
      OWN: 'value',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: expect.stringMatching(/^Fixture-Main-/),
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
    });
    expect(json).not.toHaveProperty('AWS_PROFILE');
    expect(json).not.toHaveProperty('HOME');
  });

  test('follows the local clock, and its time-outs follow real time', async () => {
    await run('count');
    await api.advance(60);
    const { json } = await run('time');
    const ahead = Math.round((json.now - Date.now()) / 60_000);
    expect([ahead, json.text, json.is, json.year]).toEqual([60, 'string', true, 2020]);
    expect(Math.abs(json.made - json.now)).toBeLessThan(50);
    expect(json.left).toBeGreaterThan(0);
    expect(json.left).toBeLessThanOrEqual(1000);
  });

  test('gets Lambda’s context', async () => {
    expect((await run('context')).json).toMatchObject({
      functionVersion: '$LATEST',
      memoryLimitInMB: '128',
      awsRequestId: expect.any(String),
    });
  });

  test('runs one call at a time in each of its workers, and starts workers as calls come', { retry: 2 }, async () => {
    const calls = (await Promise.all([1, 2, 3, 4].map(() => run('slowly')))).map(({ json }) => json);
    const identities = new Set(calls.map(({ identity }) => identity));
    // How many start while the first is busy depends on the machine; that more than one does is the point.
    expect(identities.size).toBeGreaterThan(1);
    for (const identity of identities) {
      const inTurn = calls.filter((call) => call.identity === identity).toSorted((a, b) => a.from - b.from);
      for (const [index, call] of inTurn.entries())
        expect(call.from).toBeGreaterThanOrEqual(inTurn[index - 1]?.to ?? 0);
    }
    expect(identities).toContain((await run('slowly')).json.identity);
  });
});

describe('the HTTP API', () => {
  test.each([
    ['GET', '/nowhere', 404, 'Not Found'],
    ['POST', '/limited', 404, 'Not Found'],
    ['GET', '/run?action=malformed', 500, 'Internal Server Error'],
    ['GET', '/run?action=large', 500, 'Internal Server Error'],
    ['GET', '/closed', 500, 'Internal Server Error'],
  ])('%s %s is %i of the gateway', async (method, path, status, message) => {
    expect(await api.send(method, path)).toMatchObject({ status, json: { message } });
  });

  test('refuses bodies over 10 MB', async () => {
    expect(await api.send('POST', '/run', 'x'.repeat(10 * 1024 * 1024 + 1))).toMatchObject({
      status: 413,
      json: { message: 'Request Entity Too Large' },
    });
    expect((await api.send('POST', '/run?action=count', 'x'.repeat(100_000))).status).toBe(200);
  });

  test('refuses a request line and headers over 10,240 bytes', async () => {
    expect((await api.send('GET', '/run', undefined, { 'x-long': 'x'.repeat(11_000) })).status).toBe(431);
    expect((await api.send('GET', '/run', undefined, { 'x-long': 'x'.repeat(9000) })).status).toBe(200);
  });

  test('throttles a route by its stage settings', async () => {
    const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await api.send('GET', '/limited')).status));
    expect(statuses.toSorted((left, right) => left - right)).toEqual([200, 200, 429, 429]);
    expect((await api.send('GET', '/run')).status).toBe(200);
  });

  test('answers HEAD without a body and names its own request', async () => {
    const { status, text, headers } = await api.send('HEAD', '/run?action=count');
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('apigw-requestid')).toMatch(/^[\w-]{36}$/);
    // A function that leaves out the body would be given the length 0, which is not GET's (RFC 9110 §8.6).
    expect(headers.get('content-length')).toBeNull();
  });

  test('hands over a decoded path parameter', async () => {
    const { json } = await api.send('GET', '/items/a%20b?action=echo');
    expect(json).toMatchObject({ routeKey: 'GET /items/{id}', rawPath: '/items/a b', pathParameters: { id: 'a b' } });
  });
});
