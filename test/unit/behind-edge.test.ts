import { describe, expect, it } from 'vitest';
import { operations } from '../../shared/contracts/operations.ts';
import { behindEdge } from '../../shared/runtime/behind-edge.ts';
import { httpHandler } from '../../shared/runtime/http.ts';
import { routeOf } from '../support/api-contract.ts';
import { aContext, anEvent } from '../support/fixtures.ts';

const edge = { EDGE_KEY: 'the-key', PUBLIC_URL: 'https://alerts.example.org' };
const through = { 'x-origin-key': 'the-key' };

/** A handler that says so when a request reaches it. */
const answering = httpHandler('serve-case', async () => ({ status: 200, body: { reached: true } }));

const ask = async (
  routeKey: string,
  {
    headers = {},
    env = edge,
    path,
    query = '',
    host,
  }: {
    headers?: Record<string, string>;
    env?: Record<string, string>;
    path?: string;
    query?: string;
    host?: string;
  } = {},
) => {
  const [method = 'GET', route = '/'] = routeKey === '$default' ? ['GET', '/nothing'] : routeKey.split(' ');
  const { requestContext } = anEvent();
  const event = anEvent({
    routeKey,
    headers,
    rawPath: path ?? route,
    rawQueryString: query,
    requestContext: {
      ...requestContext,
      ...(host !== undefined && { domainName: host }),
      http: { ...requestContext.http, method },
    },
  });
  return behindEdge(env, 'serve-case', answering)(event, aContext);
};

describe('a function behind the edge', () => {
  it('answers what came through it', async () => {
    expect((await ask('GET /c/{token}', { headers: through })).statusCode).toBe(200);
    expect((await ask('POST /v1/families', { headers: through })).statusCode).toBe(200);
  });

  it('answers everybody where there is none, whatever they send', async () => {
    expect((await ask('POST /v1/families', { env: {} })).statusCode).toBe(200);
    expect((await ask('POST /v1/families', { env: { EDGE_KEY: '' }, headers: through })).statusCode).toBe(200);
  });

  it('leads a link of before to the same page behind the edge', async () => {
    const path = '/c/Jd8kP3mWq5XcR7vT2nYb4s';
    for (const method of ['GET', 'HEAD']) {
      const { statusCode, headers, body } = await ask(`${method} /c/{token}`, { path, query: 'language=en&case=1.2' });
      expect([statusCode, headers?.['location']]).toEqual([
        307,
        `https://alerts.example.org${path}?language=en&case=1.2`,
      ]);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
      expect(body).toBe('');
    }
  });

  it.each([[{}], [{ 'x-origin-key': 'another-key' }], [{ 'x-origin-key': '' }]])(
    'refuses what writes and did not come through it (%j)',
    async (headers) => {
      const { statusCode, body } = await ask('POST /v1/families', { headers });
      expect(statusCode).toBe(403);
      expect(JSON.parse(body ?? '')).toMatchObject({ code: 'forbidden' });
      expect(body).not.toContain('the-key');
    },
  );

  it('leads a form that was open before to its page, having done nothing of it', async () => {
    const path = '/c/Jd8kP3mWq5XcR7vT2nYb4s/acknowledge';
    const { statusCode, headers } = await ask('POST /c/{token}/{action}', { path, headers: { accept: 'text/html' } });
    expect([statusCode, headers?.['location']]).toEqual([303, `https://alerts.example.org${path}`]);
  });

  it('answers for all that a device’s token opens, and whether it is there, at any address: nothing else', async () => {
    const open = operations.filter(({ auth, path }) => auth === 'device' || path === '/health').map(routeOf);
    expect(open.length).toBeGreaterThan(15);
    for (const route of [...operations.map(routeOf), '$default', 'GET /', 'GET /sw.js', 'GET /app/{file}']) {
      const { statusCode } = await ask(route);
      expect([route, statusCode === 200]).toEqual([route, open.includes(route)]);
    }
  });

  it('does not send a name to itself that still leads to the gateway', async () => {
    expect((await ask('GET /c/{token}', { host: 'alerts.example.org' })).statusCode).toBe(200);
    expect((await ask('GET /c/{token}', { host: 'other.example.org' })).statusCode).toBe(307);
  });
});
