import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { controlRoutes } from '../../infra/local/control/control-routes.ts';
import { startStack, type TestStack } from '../support/local-stack.ts';

const directory = new URL('../../infra/local/console/', import.meta.url);

let stack: TestStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());
beforeEach(() => stack.reset());

const served = async (): Promise<{ name: string; text: string }[]> => {
  const names = (await readdir(directory)).filter((name) => name !== 'tsconfig.json');
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, directory), 'utf8') })));
};

describe('the console page', () => {
  test('is served with a policy that lets it load and ask nothing from elsewhere', async () => {
    const { status, headers, text } = await stack.send('GET', '/_local');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = /http-equiv="content-security-policy"\s+content="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test('has each of its files at its address, with its type', async () => {
    const types = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', json: 'application/json' };
    for (const { name } of (await served()).filter((file) => file.name !== 'index.html')) {
      const { status, headers } = await stack.send('GET', `/_local/console/${name}`);
      const type = types[name.split('.').at(-1) as keyof typeof types];
      expect([name, status, headers.get('content-type')]).toEqual([name, 200, type]);
    }
  });

  test('names no other origin, and writes no HTML', async () => {
    for (const { name, text } of await served()) {
      const withoutComments = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll("'http://www.w3.org/2000/svg'", '');
      expect(name + (/(https?:)?\/\/[a-z0-9-]+\.[a-z]/i.exec(withoutComments)?.[0] ?? '')).toBe(name);
      expect(name + (/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/.exec(text)?.[0] ?? '')).toBe(name);
    }
  });

  test('calls only control routes that exist', async () => {
    const api = (await served()).find(({ name }) => name === 'api.js')?.text ?? '';
    const called = Array.from(api.matchAll(/control\('([A-Z]+)', '([^']+)'/g), ([, method, path]) => [path!, method!]);
    expect(called.length).toBeGreaterThan(7);
    for (const [path, method] of called) expect(Object.keys(controlRoutes[path!] ?? {})).toContain(method);
    const elsewhere = (await served()).filter(({ name, text }) => name !== 'api.js' && /'\/_local/.test(text));
    expect(elsewhere.map(({ name }) => name)).toEqual([]);
  });
});

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

describe.skipIf(browserPath === undefined)('the console page in a browser', () => {
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    // As root, as in containers, Chromium starts without its sandbox only; it loads nothing but this page.
    browser = await chromium.launch({ executablePath: browserPath!, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    complaints = [];
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(stack.url) && !url.startsWith('data:')) complaints.push(url);
    });
    await page.goto(`${stack.url}/_local`);
  });
  afterEach(() => page.close());

  test('registers, presses and shows who was told, without reloading and without a complaint', async () => {
    await page.getByRole('combobox', { name: 'Place' }).selectOption('Houston, Texas');
    await page.getByRole('button', { name: 'Press', exact: true }).click();
    await page.getByText('The phone sees: raised').waitFor();
    await page.locator('.reached.sent').nth(2).waitFor();
    await page.locator('.phone .bubble.alert', { hasText: 'ALERTA ' }).nth(1).waitFor();
    await page.getByRole('article', { name: 'Consulate Houston' }).getByText('ALERTA: POSIBLE DETENCIÓN').waitFor();
    await page.getByRole('article', { name: 'Ministry' }).waitFor();
    await page.locator('.row', { hasText: 'Answered 202: stored' }).waitFor();

    await page.getByRole('button', { name: 'Send this press again' }).click();
    await page.locator('.row', { hasText: 'Answered 200: known already' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('breaks and mends Location, and what a person writes stays text', async () => {
    const button = page.getByRole('button', { name: 'Location down' });
    await button.click();
    await page.locator('[aria-pressed=true]', { hasText: 'Location down' }).waitFor();
    expect(stack.stack.control.faults.list()).toEqual([{ service: 'location', mode: 'error' }]);
    await button.click();
    await page.locator('[aria-pressed=false]', { hasText: 'Location down' }).waitFor();
    expect(stack.stack.control.faults.list()).toEqual([]);

    const Message = `<img src=x> ${stack.url}/f/abc. http://127.0.0.1.example/x`;
    const TopicArn = stack.stack.services.sns.topics().find(({ topic }) => topic === 'alert-button-ministry')!.arn;
    const MessageAttributes = { mail: { DataType: 'String', StringValue: 'each' } };
    await stack.stack.services.sns.call('Publish', { TopicArn, Message, MessageAttributes });
    const mail = page.getByRole('article', { name: 'Ministry' }).locator('pre');
    expect((await mail.textContent())?.startsWith(Message)).toBe(true);
    expect(await mail.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      '/f/abc',
    ]);
    expect(await page.locator('img').count()).toBe(0);
  });
});
