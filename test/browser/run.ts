/**
 * `npm run test:browser`: the pages in headless Chromium, on the local stack. A runner of its own, so that a machine
 * without a browser says that it skipped them, and `npm test` needs none.
 *
 * CHROMIUM: path of the browser. SCREENSHOTS: directory for pictures of every page at 390 and 1280 px.
 */
import { join } from 'node:path';
import process from 'node:process';
import { startVitest } from 'vitest/node';
import { findChromium } from './find-chromium.ts';

const chromium = findChromium(process.env['CHROMIUM']);
if ('missing' in chromium) {
  console.log(`SKIPPED: browser tests: ${chromium.missing}`);
} else {
  process.env['CHROMIUM'] = chromium.path;
  const vitest = await startVitest('test', process.argv.slice(2), {
    config: false,
    root: join(import.meta.dirname, '../..'),
    include: ['test/browser/**/*.test.ts'],
    watch: false,
    // Each file has a stack and a browser of its own.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    silent: 'passed-only',
  });
  await vitest.close();
}
