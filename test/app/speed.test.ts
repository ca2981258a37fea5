import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Phone, click, holdAlert, openRegistered, startPhones, waitForWord, waitForWorker } from './phones.ts';

const phones = await startPhones();
beforeEach(async () => phones.stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

/** A second page of the phone that opens the app on a bad network and a slow processor. @returns milliseconds until the button can be held */
const openSlowly = async ({ context }: Phone): Promise<{ page: Page; readyAfter: number }> => {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 400_000 / 8,
    uploadThroughput: 400_000 / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.getElementById('alert')) return;
      Reflect.set(globalThis, 'readyAfter', performance.now());
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto('/');
  await page.getByRole('button', { name: 'ALERTA', exact: true }).waitFor();
  return { page, readyAfter: await page.evaluate(() => Number(Reflect.get(globalThis, 'readyAfter'))) };
};

/** The least of three: what else this machine does meanwhile is not the app's time. */
const bestOfThree = async (measure: () => Promise<number>): Promise<number> => {
  const measured = [await measure(), await measure(), await measure()];
  return Math.min(...measured);
};

describe('on a cheap phone with a bad network', () => {
  it('the button can be held 3 seconds after the first opening', async () => {
    const phone = await openRegistered(phones);
    await waitForWorker(phone.page);
    const origin = new URL(phone.page.url()).origin;
    let last = phone.page;
    const measure = async (): Promise<number> => {
      const session = await phone.context.newCDPSession(last);
      await session.send('Network.clearBrowserCache');
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'service_workers,cache_storage' });
      await last.close();
      const { page, readyAfter } = await openSlowly(phone);
      last = page;
      return readyAfter;
    };
    expect(await bestOfThree(measure)).toBeLessThan(3000);
  }, 60_000);

  it('and 1 second after each later one', async () => {
    const phone = await openRegistered(phones);
    await waitForWorker(phone.page);
    await phone.page.close();
    const measure = async (): Promise<number> => {
      const { page, readyAfter } = await openSlowly(phone);
      await page.close();
      return readyAfter;
    };
    expect(await bestOfThree(measure)).toBeLessThan(1000);
  });
});

it('the press is on the wire within 100 ms of the end of the hold', async () => {
  const { page } = await openRegistered(phones);
  await page.evaluate(() => {
    addEventListener('pointerdown', (event) => Reflect.set(globalThis, 'heldFrom', event.timeStamp), true);
  });
  const measure = async (): Promise<number> => {
    const started = await page.evaluate(() => performance.now());
    await holdAlert(page);
    await waitForWord(page, 'Recibida');
    const late = await page.evaluate((since) => {
      const requests = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const press = requests.find(({ name, startTime }) => name.endsWith('/v1/alerts') && startTime > since + 1400);
      return Number(press?.requestStart) - Number(Reflect.get(globalThis, 'heldFrom')) - 1500;
    }, started);
    await click(page, 'Volver al botón');
    return late;
  };
  const late = await bestOfThree(measure);
  expect(late).toBeGreaterThanOrEqual(0);
  expect(late).toBeLessThan(100);
});
