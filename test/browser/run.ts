/** `npm run test:browser`: the case pages in headless Chromium, on the local stack. */
import { runInBrowser } from './run-in-browser.ts';

await runInBrowser('browser');
