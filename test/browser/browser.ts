import process from 'node:process';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { expect } from 'vitest';

export type Reader = {
  readonly width?: number;
  readonly scheme?: 'light' | 'dark';
  /** Only for looking into pages: nobody needs it to use them. @default false */
  readonly script?: boolean;
};

/** A browser that notes what it asks of others and what the pages' policy refuses. */
export type WatchedBrowser = {
  /** A new browser profile on its own page. */
  readonly open: (path: string, reader?: Reader) => Promise<Page>;
  /** Fails if any page asked another origin for anything, or was refused something by its own policy. */
  readonly expectNothingForeign: () => void;
  readonly closePages: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Starts Chromium without a window. @param baseUrl of the stack */
export const startBrowser = async (baseUrl: string): Promise<WatchedBrowser> => {
  const executablePath = process.env['CHROMIUM'];
  if (executablePath === undefined) throw new Error('CHROMIUM is not set: npm run test:browser finds it');
  const browser: Browser = await chromium.launch({
    executablePath,
    // In containers there is neither a sandbox nor a large /dev/shm.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const contexts: BrowserContext[] = [];
  const foreign: string[] = [];
  const refused: string[] = [];

  return {
    open: async (path, { width = 390, scheme = 'light', script = false } = {}) => {
      const context = await browser.newContext({
        baseURL: baseUrl,
        viewport: { width, height: 844 },
        colorScheme: scheme,
        javaScriptEnabled: script,
      });
      contexts.push(context);
      context.setDefaultTimeout(30_000);
      context.on('request', (request) => {
        if (new URL(request.url()).origin !== baseUrl) foreign.push(request.url());
      });
      context.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) refused.push(message.text());
      });
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
    expectNothingForeign: () => {
      expect(foreign).toEqual([]);
      expect(refused).toEqual([]);
    },
    closePages: async () => {
      await Promise.all(contexts.splice(0).map(async (context) => context.close()));
    },
    close: async () => browser.close(),
  };
};
