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
 * @param alone files of it that measure times: they run after the others, one by one
 */
export const runInBrowser = async (folder: string, alone: readonly string[] = []): Promise<void> => {
  const chromium = findChromium(process.env['CHROMIUM']);
  if ('missing' in chromium) {
    console.log(`SKIPPED: ${folder} tests: ${chromium.missing}`);
    return;
  }
  process.env['CHROMIUM'] = chromium.path;
  const filters = process.argv.slice(2);
  const run = async (include: string[], exclude: string[], maxWorkers: number): Promise<void> => {
    const vitest = await startVitest('test', filters, {
      config: false,
      root: join(import.meta.dirname, '../..'),
      include,
      exclude,
      maxWorkers,
      passWithNoTests: true,
      watch: false,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      silent: 'passed-only',
    });
    await vitest.close();
  };
  const measuring = alone.map((name) => `test/${folder}/${name}.test.ts`);
  // Each file has a stack and a browser of its own.
  await run([`test/${folder}/**/*.test.ts`], measuring, 2);
  if (measuring.length > 0) await run(measuring, [], 1);
};
