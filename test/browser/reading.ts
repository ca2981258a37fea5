import { afterAll, afterEach, beforeEach } from 'vitest';
import { type WatchedBrowser, startBrowser } from './browser.ts';
import { type CaseStack, startCases } from './cases.ts';

/**
 * Cases, and a browser on them, which end with the file. After each test nothing may have been asked of another origin.
 * @param options.afresh an empty stack for each test. Default: true
 */
export const startReading = async ({ afresh = true }: { readonly afresh?: boolean } = {}): Promise<{
  readonly cases: CaseStack;
  readonly browser: WatchedBrowser;
}> => {
  const cases = await startCases();
  const browser = await startBrowser(cases.url);
  if (afresh) beforeEach(cases.reset);
  afterEach(async () => {
    await browser.closePages();
    browser.expectNothingForeign();
  });
  afterAll(async () => {
    await browser.close();
    await cases.close();
  });
  return { cases, browser };
};
