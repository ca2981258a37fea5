import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestStack } from '../support/local-stack.ts';
import { click, holdAlert, openRegistered, pins, raised, startPhones, waitForWord, waitForWorker } from './phones.ts';

/** Stands between phones and the stack: a later version of the app is served as soon as it says so. */
let version = 1;
let server: Server | undefined;
const inBetween = async (stack: TestStack): Promise<string> => {
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
    const answer = await fetch(stack.url + request.url, {
      method: request.method ?? 'GET',
      headers: { ...(headers as Record<string, string>), 'accept-encoding': 'identity' },
      ...(body.length > 0 && { body }),
    });
    const { connection: _c, 'keep-alive': _k, ...passed } = Object.fromEntries(answer.headers);
    let bytes = Buffer.from(await answer.arrayBuffer());
    if (request.url === '/sw.js' && version > 1) {
      bytes = Buffer.from(bytes.toString().replace(/"[0-9a-f]{8}"/, '"ffffffff"'));
    }
    response.writeHead(answer.status, { ...passed, 'content-length': bytes.length });
    response.end(bytes);
  };
  server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const phones = await startPhones(inBetween);
const { stack } = phones;
beforeEach(async () => stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => {
  await phones.end();
  server?.close();
});

describe('a new version of the app', () => {
  it('takes over during an open alert, which goes on', async () => {
    const { page, context } = await openRegistered(phones);
    await waitForWorker(page);
    const before = await page.evaluate(async () => caches.keys());
    await context.setOffline(true);
    await holdAlert(page);
    await waitForWord(page, 'Guardada');
    await context.setOffline(false);
    await waitForWord(page, 'Recibida');
    version = 2;
    await page.evaluate(async () => {
      const changed = new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
      await (await navigator.serviceWorker.ready).update();
      await changed;
    });
    expect(await page.evaluate(async () => caches.keys())).toEqual([...before, 'app-ffffffff']);
    await waitForWord(page, 'Recibida');
    await page.reload();
    await waitForWord(page, 'Recibida');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Cancelar alerta');
    await page.getByText('Alerta cancelada').waitFor();
    await stack.idle();
    expect(raised(stack)).toHaveLength(1);
  });
});

describe('the service worker', () => {
  it('sends what waits by the browser’s own retry while nobody has the app open', async () => {
    const { page, context } = await openRegistered(phones, { permissions: ['geolocation', 'background-sync'] });
    await waitForWorker(page);
    await context.setOffline(true);
    await holdAlert(page);
    await waitForWord(page, 'Guardada');
    await page.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.ready;
      return (await (Reflect.get(registration, 'sync') as { getTags: () => Promise<string[]> }).getTags()).length > 0;
    });
    await page.goto('about:blank');
    await context.setOffline(false);
    await expect.poll(() => raised(stack).length, { timeout: 10_000 }).toBe(1);
  });

  it('answers the app’s own files alone', async () => {
    const { page } = await phones.open();
    await waitForWorker(page);
    await page.reload();
    const fromWorker = async (path: string): Promise<boolean> => {
      const response = page.waitForResponse((each) => new URL(each.url()).pathname === path);
      await page.evaluate(async (asked) => fetch(asked).then(() => undefined), path);
      return (await response).fromServiceWorker();
    };
    expect(await fromWorker('/')).toBe(true);
    expect(await fromWorker('/manifest.webmanifest')).toBe(true);
    expect(await fromWorker('/v1/rights')).toBe(false);
    expect(await fromWorker('/health')).toBe(false);
  });
});
