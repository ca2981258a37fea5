/** `npm run test:app`: the person's app in headless Chromium, on the local stack. */
import { runInBrowser } from '../browser/run-in-browser.ts';

await runInBrowser('app', ['speed']);
