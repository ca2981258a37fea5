import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  click,
  holdAlert,
  losAngeles,
  openRegistered,
  person,
  pins,
  raised,
  register,
  relative,
  startPhones,
  waitForWord,
  waitForWorker,
} from './phones.ts';

const phones = await startPhones();
const { stack } = phones;
beforeEach(async () => stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

const cancel = async (page: Page, pin: string): Promise<void> => {
  await page.getByLabel('PIN', { exact: true }).fill(pin);
  await click(page, 'Cancelar alerta');
};

/** Pressed and cancelled: the picture of every screen that follows. */
const picturesAfter = async (pin: string): Promise<Buffer[]> => {
  await stack.reset();
  const { page } = await openRegistered(phones, { reducedMotion: 'reduce' });
  await holdAlert(page);
  await waitForWord(page, 'Recibida');
  await stack.idle();
  await page.getByText('Sus contactos: avisado').waitFor();
  await cancel(page, pin);
  await page.getByText('Alerta cancelada').waitFor();
  await stack.idle();
  const pictures = [await page.screenshot({ fullPage: true })];
  await click(page, 'Volver al botón');
  pictures.push(await page.screenshot({ fullPage: true }));
  await click(page, 'Contactos');
  await page.getByText('reciben los avisos').waitFor();
  pictures.push(await page.screenshot({ fullPage: true }));
  return pictures;
};

describe('cancelling', () => {
  it('looks the same with both PINs, byte for byte', async () => {
    const honest = await picturesAfter(pins.right);
    const forced = await picturesAfter(pins.duress);
    expect(stack.inbox({ type: 'alert.cancelled-under-duress.v1' }).length).toBeGreaterThan(0);
    expect(forced.map((picture, index) => picture.equals(honest[index]!))).toEqual(honest.map(() => true));
  });

  it('with a wrong PIN says so, and the alert stays open', async () => {
    const { page } = await openRegistered(phones);
    await holdAlert(page);
    await waitForWord(page, 'Recibida');
    await cancel(page, '0000');
    await page.getByText('Ese PIN no es').waitFor();
    expect(await page.getByRole('button', { name: 'Cancelar alerta' }).isVisible()).toBe(true);
    await cancel(page, pins.right);
    await page.getByText('Alerta cancelada').waitFor();
    await stack.idle();
    expect(raised(stack, 'alert.cancelled.v1')).toHaveLength(1);
  });

  it('without a network waits in memory alone: after a reload the PIN is asked for again', async () => {
    const { page, context, asked } = await openRegistered(phones);
    await waitForWorker(page);
    await holdAlert(page);
    await waitForWord(page, 'Recibida');
    await context.setOffline(true);
    await cancel(page, pins.right);
    await page.getByText('La cancelación sale en cuanto haya señal').waitFor();
    await page.reload();
    await page.getByText('escriba otra vez su PIN').waitFor();
    const tries = asked().filter((each) => each.endsWith('/cancel')).length;
    await context.setOffline(false);
    await context.setGeolocation({ ...losAngeles, latitude: 34.1 });
    // What needs no PIN is sent meanwhile.
    await expect.poll(() => asked().filter((each) => each.endsWith('/positions')).length).toBeGreaterThan(0);
    expect(asked().filter((each) => each.endsWith('/cancel'))).toHaveLength(tries);
    await cancel(page, pins.right);
    await page.getByText('Alerta cancelada').waitFor();
    await stack.idle();
    expect(raised(stack, 'alert.cancelled.v1')).toHaveLength(1);
  });
});

/** Everything that a browser keeps of the app, as one text. */
const keptIn = async (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const kept: unknown[] = [
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      document.cookie,
      history.state,
      location.href,
    ];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error));
      });
      for (const store of Array.from(database.objectStoreNames)) {
        const all = database.transaction(store).objectStore(store).getAll();
        await new Promise((resolve) => all.addEventListener('success', resolve));
        kept.push(name, store, all.result);
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        kept.push(request.url);
        if (!request.url.includes('/app/')) kept.push(await (await cache.match(request))?.text());
      }
    }
    return JSON.stringify(kept);
  });

describe('what the phone keeps', () => {
  it('after a press names nobody, and holds no PIN at any time', async () => {
    const { page, ...phone } = await phones.open();
    await register({ page, ...phone }, { mail: 'lupe@family.example', stay: true });
    const secrets = [person, 'Fernanda', relative.name, 'Lupe', relative.e164, '5550101', 'lupe@family.example'];
    const holds = async (words: readonly string[]): Promise<string[]> => {
      const kept = await keptIn(page);
      return words.filter((word) => kept.includes(word));
    };
    expect(await holds(Object.values(pins))).toEqual([]);
    await click(page, 'Listo');
    await click(page, 'Contactos');
    await page.getByText(relative.name).waitFor();
    await click(page, 'Atrás');
    await waitForWorker(page);
    await holdAlert(page);
    await waitForWord(page, 'Recibida');
    expect(await holds([...secrets, ...Object.values(pins)])).toEqual([]);
    for (let steps = 0; steps < 4; steps += 1) {
      await page.goBack();
      const text = await page.locator('body').innerText();
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    }
  });

  it('is nothing once the button is erased', async () => {
    const { page } = await openRegistered(phones);
    await click(page, 'Ajustes');
    await click(page, 'Borrar mi botón');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await page.getByRole('main').getByRole('button', { name: 'Borrar mi botón' }).click();
    await page.getByRole('button', { name: 'Crear mi botón' }).waitFor();
    expect(await keptIn(page)).not.toContain('token');
  });
});
