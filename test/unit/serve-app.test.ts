import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/serve-app/handler.ts';
import { appFiles } from '../../infra/constructs/app-files.ts';
import { aContext, anEvent } from '../support/fixtures.ts';

const settings = {
  desk: { name: 'Mesa "24 horas" <CIAM>', phone: '+15206237874' },
  asksForCode: true,
};
const files = appFiles();
const named = (pattern: RegExp): string =>
  Object.keys(files).find((path) => pattern.test(path)) ?? expect.fail('no file');

const get = async (path: string, headers: Record<string, string> = {}, served = settings) => {
  const [, file] = /^\/app\/(.+)$/.exec(path) ?? [];
  const handler = createHandler({ files, settings: served });
  const answer = await handler(
    anEvent({
      routeKey: file === undefined ? `GET ${path}` : 'GET /app/{file}',
      pathParameters: file === undefined ? {} : { file },
      headers,
    }),
    aContext,
  );
  const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8');
  return { status: answer.statusCode, headers: answer.headers ?? {}, bytes, text: bytes.toString() };
};

describe('the app', () => {
  it('opens at the root, with what it must know of this deployment and nothing inline', async () => {
    const { status, headers, text } = await get('/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    const [, content = ''] = /<meta name="settings" content="([^"]*)"/.exec(text) ?? [];
    const unescaped = content.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    expect(JSON.parse(unescaped)).toEqual(settings);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\{\{/);
    for (const [, path = ''] of text.matchAll(/(?:href|src|data-calculator)="([^"]+)"/g)) {
      expect(Object.keys(files)).toContain(path);
    }
  });

  it('may run its own scripts and ask its own origin, and nothing else', async () => {
    const { headers } = await get('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(String(headers['permissions-policy'])).toMatch(/^geolocation=\(self\), .*camera=\(\)/);
  });

  it('may be kept for good where the name changes with the bytes, and nowhere else', async () => {
    for (const path of Object.keys(files)) {
      const { headers } = await get(path);
      expect([path, headers['cache-control']]).toEqual([
        path,
        /-[0-9A-Za-z]{8}\.\w+$/.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ]);
    }
  });

  it('comes compressed to whoever can read that', async () => {
    const path = named(/main-.*\.js$/);
    const plain = await get(path);
    const packed = await get(path, { 'accept-encoding': 'br, gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true);
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('has a worker that is another one when the settings are', async () => {
    const worker = await get('/sw.js');
    expect((await get('/sw.js')).text).toBe(worker.text);
    const other = await get('/sw.js', {}, { ...settings, asksForCode: false });
    expect(other.text).not.toBe(worker.text);
  });

  it('answers HEAD as GET, without the bytes', async () => {
    const { requestContext } = anEvent();
    const ask = async (method: string) => {
      const event = {
        routeKey: `${method} /sw.js`,
        requestContext: { ...requestContext, http: { ...requestContext.http, method } },
      };
      return createHandler({ files, settings })(anEvent(event), aContext);
    };
    const got = await ask('GET');
    expect(got.body).not.toBe('');
    expect(await ask('HEAD')).toEqual({ ...got, body: '', isBase64Encoded: false });
  });

  it('has no other files', async () => {
    expect((await get('/app/nothing.js')).status).toBe(404);
  });
});
