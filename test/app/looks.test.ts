import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { startPhones } from './phones.ts';
import { walk } from './screens.ts';

const phones = await startPhones();
beforeEach(async () => phones.stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

const axeSource = await readFile(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const pictures = process.env['SCREENSHOTS'];

type AxeResults = {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
};

const violations = async (page: Page, ...rules: string[]): Promise<string[]> => {
  const options = { resultTypes: ['violations'], ...(rules.length > 0 && { runOnly: rules }) };
  const found = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** Pixels by which the page is wider than the screen. */
const overflow = async (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const widths = [
  { width: 360, height: 740, text: 100 },
  { width: 320, height: 480, text: 100 },
  { width: 320, height: 480, text: 200 },
];

it.for<'es' | 'en'>(['es', 'en'])(
  'every screen (%s) is readable by everybody: small, with large text, by day and by night, by a screen reader',
  { timeout: 150_000 },
  async (language) => {
    const { page } = await phones.open({ locale: language === 'es' ? 'es-MX' : 'en-US', reducedMotion: 'reduce' });
    const wrong: string[] = [];
    await walk(page, language, async (screen) => {
      const shoot = async (name: string): Promise<void> => {
        if (pictures === undefined) return;
        await mkdir(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, `${language}-${screen}-${name}.png`), fullPage: true });
      };
      for (const { text, ...size } of widths) {
        await page.setViewportSize(size);
        await page.evaluate((percent) => {
          document.documentElement.style.fontSize = `${0.17 * percent}px`;
        }, text);
        const pixels = await overflow(page);
        if (pixels > 0) wrong.push(`${screen} ${size.width} px ${text} %: ${pixels} px too wide`);
        await shoot(`${size.width}-${text}`);
      }
      await page.setViewportSize({ width: 360, height: 740 });
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '';
      });
      if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource);
      wrong.push(...(await violations(page)).map((each) => `${screen} ${each}`));
      await page.emulateMedia({ colorScheme: 'dark' });
      wrong.push(...(await violations(page, 'color-contrast')).map((each) => `${screen} dark ${each}`));
      await shoot('dark');
      await page.emulateMedia({ colorScheme: 'light' });
    });
    expect(wrong).toEqual([]);
  },
);
