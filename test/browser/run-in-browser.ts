import { join } from 'node:path';
import process from 'node:process';
import { startVitest } from 'vitest/node';
import { findChromium } from './find-chromium.ts';

/**
 * Runs the tests of a folder with a headless Chromium. A runner of its own, so that a machine without a browser says
 * that it skipped them, and `npm test` needs none.
 *
 * CHROMIUM: path of the browser. SCREENSHOTS: directory for pictures.
 * @param folder under `test/`
 */
export const runInBrowser = async (folder: string): Promise<void> => {
  const chromium = findChromium(process.env['CHROMIUM']);
  if ('missing' in chromium) {
    console.log(`SKIPPED: ${folder} tests: ${chromium.missing}`);
    return;
  }
  process.env['CHROMIUM'] = chromium.path;
  const vitest = await startVitest('test', process.argv.slice(2), {
    config: false,
    root: join(import.meta.dirname, '../..'),
    include: [`test/${folder}/**/*.test.ts`],
    watch: false,
    // Each file has a stack and a browser of its own.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    silent: 'passed-only',
  });
  await vitest.close();
};
