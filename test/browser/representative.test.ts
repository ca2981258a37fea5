import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { runRepresentatives } from '../../infra/operator/representatives-cli.ts';
import { connect } from '../../infra/operator/target.ts';
import { linksIn, pins } from './cases.ts';
import { startReading } from './reading.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env['SCREENSHOTS'];
const { cases, browser } = await startReading();

/** Nobody's: numbers of a range kept for fiction. */
const lawyers = [
  'los-angeles,Lic. Laura Soto,Soto y Asociadas,+12135550188,soto@example.org,es;en,immigration,5,',
  'los-angeles,Lic. Andrés Vega,,+12135550177,vega@example.org,es,immigration,5,',
];
const header = 'office,name,firm,phone,email,languages,matters,capacity,hours';

const importRoster = async (rows: readonly string[]): Promise<void> => {
  const said: string[] = [];
  const say = (text: string): void => void said.push(text);
  const code = await runRepresentatives(['import', 'roster.csv', '--local', cases.url], {
    connect,
    out: say,
    err: say,
    readFile: async () => [header, ...rows].join('\n'),
  });
  expect([code, said.join('\n')]).toEqual([0, expect.any(String)]);
};

/** Path of the newest page that this phone was sent a link to. */
const linkTo = (endpoint: string): string => {
  const bodies = cases.inbox({ endpoint }).map(({ body }) => body);
  const link = bodies.flatMap((body) => linksIn(body, cases.url)).findLast((path) => path.startsWith('/l/'));
  if (link === undefined) throw new Error(`no offer among ${bodies.length} messages`);
  return link;
};

/** A case that an officer took and offered to the roster. */
const offered = async (rows: readonly string[] = lawyers.slice(0, 1)) => {
  await importRoster(rows);
  const pressed = await cases.pressed();
  const office = pressed.officeLink();
  await pressed.act(office, 'acknowledge', { officer: 'Rosa Díaz' });
  await pressed.act(office, 'offer', {});
  return { ...pressed, office };
};

const isClean = async (link: string, name: string): Promise<void> => {
  const page = await browser.open(link, { width: 320, script: true });
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `representative-${name}.png`), fullPage: true });
};

const press = async (page: Page, button: string): Promise<void> => {
  const isThere = async (): Promise<boolean> =>
    page
      .getByRole('button', { name: button, exact: true })
      .evaluate((each) => each === each.ownerDocument.activeElement);
  for (let tabs = 0; tabs < 20 && !(await isThere()); tabs += 1) await page.keyboard.press('Tab');
  expect(await isThere()).toBe(true);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
};

describe('a representative without JavaScript', () => {
  it('reads what the case is about and not whose, accepts by keyboard, and then reads whom it is about', async () => {
    const { familyLink } = await offered();
    const link = linkTo('+12135550188');
    const page = await browser.open(link, { width: 360 });
    const before = await page.locator('body').innerText();
    expect(before).toContain('Materia');
    for (const secret of ['María', 'Ruiz', 'José', '0101', 'Lupe', 'Rosa']) expect(before).not.toContain(secret);
    await isClean(link, 'offered');

    await press(page, 'Acepto el caso');
    expect(await page.getByRole('status').innerText()).toContain('El caso es suyo');
    const after = await page.locator('body').innerText();
    for (const shown of ['María Fernanda Ruiz', 'Rosa Díaz', 'Folio'])
      expect(after.toLowerCase()).toContain(shown.toLowerCase());
    for (const secret of ['José', '0101', 'Lupe']) expect(after).not.toContain(secret);
    await isClean(link, 'accepted');

    await cases.idle();
    const family = await browser.open(familyLink());
    const named = family.getByRole('region', { name: 'Representante legal' });
    expect(await named.innerText()).toContain('Lic. Laura Soto');
    expect(await named.getByRole('link').getAttribute('href')).toBe('tel:+12135550188');
  });

  it('reads in English, and whoever comes second that somebody else has the case', async () => {
    await offered(lawyers);
    await cases.advance(16);
    const links = ['+12135550188', '+12135550177'].map(linkTo);
    const first = await browser.open(links[0] ?? '');
    await first.getByRole('link', { name: 'English' }).click();
    const second = await browser.open(links[1] ?? '');
    expect(await first.locator('html').getAttribute('lang')).toBe('en');
    await first.getByRole('button', { name: /accept/iu }).click();
    await second.getByRole('button', { name: 'Acepto el caso' }).click();
    expect(await second.locator('body').innerText()).toContain('Otra persona');
    expect(await second.locator('body').innerText()).not.toContain('María');
  });

  it('of a case that goes on in secret is warned, and is given nobody but the trusted contact', async () => {
    const { cancel } = await offered();
    const link = linkTo('+12135550188');
    const page = await browser.open(link);
    await page.getByRole('button', { name: 'Acepto el caso' }).click();
    await cases.idle();
    await cancel(pins.duressPin);
    await page.goto(link);
    const text = await page.locator('body').innerText();
    expect(text).toContain('BAJO COACCIÓN');
    expect(text).toContain('José Ruiz');
    expect(text).not.toContain('Lupe');
    await isClean(link, 'forced');
  });
});
