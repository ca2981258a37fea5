import process from 'node:process';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { startStack, type TestStack } from '../support/local-stack.ts';

export const losAngeles = { latitude: 34.0522, longitude: -118.2437, accuracy: 20 };
export const pins = { right: '4821', duress: '9977' };
export const person = 'María Fernanda Ruiz';
export const relative = { name: 'José Ruiz', phone: '213 555 0101', e164: '+12135550101' };

/** One phone: a browser profile of its own, opened on the app. */
export type Phone = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Requests to the API so far, as `POST /v1/alerts`. */
  readonly asked: () => readonly string[];
};

export type PhoneOptions = BrowserContextOptions & { readonly path?: string; readonly permissions?: string[] };

export type Phones = {
  readonly stack: TestStack;
  readonly open: (options?: PhoneOptions) => Promise<Phone>;
  /** Closes all phones; fails if any asked another host for anything, or was refused something by the app's policy. */
  readonly closeAll: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/**
 * The local stack with phones that open its app.
 * @param origin of what stands between them; the stack itself otherwise
 * @param options of the stack
 */
export const startPhones = async (
  origin?: (stack: TestStack) => Promise<string>,
  options: Parameters<typeof startStack>[0] = {},
): Promise<Phones> => {
  const executablePath = process.env['CHROMIUM'];
  if (executablePath === undefined) throw new Error('CHROMIUM is not set: npm run test:app finds it');
  const stack = await startStack(options);
  const baseURL = (await origin?.(stack)) ?? stack.url;
  const browser: Browser = await chromium.launch({
    executablePath,
    // In containers there is neither a sandbox nor a large /dev/shm.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  const contexts: BrowserContext[] = [];
  const wrong: string[] = [];

  const open: Phones['open'] = async ({ path = '/', ...own } = {}) => {
    const context = await browser.newContext({
      baseURL,
      viewport: { width: 360, height: 740 },
      locale: 'es-MX',
      geolocation: losAngeles,
      permissions: ['geolocation'],
      ...own,
    });
    contexts.push(context);
    context.setDefaultTimeout(30_000);
    const asked: string[] = [];
    context.on('request', (request) => {
      const { origin: asks, pathname } = new URL(request.url());
      if (asks !== new URL(baseURL).origin) wrong.push(`asked ${request.url()}`);
      if (pathname.startsWith('/v1/')) asked.push(`${request.method()} ${pathname}`);
    });
    context.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) wrong.push(message.text());
    });
    context.on('weberror', (fault) => wrong.push(String(fault.error())));
    const page = await context.newPage();
    await page.goto(path);
    return { context, page, asked: () => asked };
  };
  const closeAll = async (): Promise<void> => {
    await Promise.all(contexts.splice(0).map(async (context) => context.close()));
    expect(wrong.splice(0)).toEqual([]);
  };
  return {
    stack,
    open,
    closeAll,
    end: async () => {
      await browser.close();
      await stack.close();
    },
  };
};

export const click = async (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

export type Answers = {
  readonly consent?: boolean;
  readonly trusted?: boolean;
  readonly duress?: boolean;
  readonly mail?: string;
  /** Stops at the last page instead of opening the button. */
  readonly stay?: boolean;
};

/** Sets up a button, page by page, as a person who reads Spanish does. */
export const register = async ({ page }: Phone, answers: Answers = {}): Promise<void> => {
  const { consent: isGiven = true, trusted = true, duress = true, mail, stay = false } = answers;
  const next = async (): Promise<void> => click(page, 'Continuar');
  await click(page, 'Crear mi botón');
  await next();
  await page.getByLabel('Nombre', { exact: true }).fill(person);
  await next();
  await click(page, 'Agregar contacto');
  await page.getByLabel('Nombre', { exact: true }).fill(relative.name);
  await page.getByLabel('Teléfono o correo', { exact: true }).fill(relative.phone);
  await page.getByLabel('Estados Unidos (+1)').check();
  if (mail !== undefined) {
    await click(page, 'Agregar contacto');
    await page.getByLabel('Nombre', { exact: true }).fill('Lupe');
    await page.getByLabel('Teléfono o correo', { exact: true }).fill(mail);
  }
  await next();
  if (trusted) await page.getByRole('radio', { name: relative.name }).check();
  await next();
  await page.getByLabel('PIN', { exact: true }).fill(pins.right);
  await page.getByLabel('Repita el PIN', { exact: true }).fill(pins.right);
  await next();
  if (duress) await page.getByLabel('PIN por si me obligan', { exact: true }).fill(pins.duress);
  await next();
  await page.getByText('solo sabrán los contactos').waitFor();
  await page.getByRole('radio', { name: isGiven ? 'Sí, autorizo' : 'No autorizo' }).check();
  await next();
  await next();
  await next();
  if (!stay) await click(page, 'Listo');
};

type Kept = { readonly token: string; readonly consent: boolean; readonly press?: 'hold' | 'tap' };

/** Writes what a phone keeps, as the app does. */
const keep = async (page: Page, kept: Kept): Promise<void> =>
  page.evaluate(async (phone) => {
    const request = indexedDB.open('alert-button', 1);
    await new Promise((resolve) => request.addEventListener('success', resolve));
    const transaction = request.result.transaction('kept', 'readwrite');
    transaction.objectStore('kept').put({ ...phone, language: 'es', look: 'button' }, 'phone');
    await new Promise((resolve) => transaction.addEventListener('complete', resolve));
    request.result.close();
  }, kept);

/** A phone with a button, without going through the pages that set one up. */
export const openRegistered = async (
  phones: Phones,
  options: PhoneOptions & { readonly consent?: boolean } = {},
): Promise<Phone & { readonly recoveryCode: string }> => {
  const { consent: consularNotification = true, ...rest } = options;
  const { deviceToken, recoveryCode } = await phones.stack.register({
    person: { name: person, language: 'es' },
    contacts: [{ name: relative.name, channel: 'sms', endpoint: relative.e164 }],
    pin: pins.right,
    ...(consularNotification && { duressPin: pins.duress }),
    consent: { consularNotification, version: '2026-01' },
  });
  const phone = await phones.open(rest);
  await phone.page.getByRole('button').first().waitFor();
  await keep(phone.page, { token: deviceToken, consent: consularNotification });
  await phone.page.reload();
  await phone.page.getByRole('button', { name: 'ALERTA', exact: true }).waitFor();
  return { ...phone, recoveryCode };
};

/** Until the choice is written: nobody reloads a page as quickly as a test. */
export const waitForLook = async (page: Page, look: string): Promise<void> => {
  await page.waitForFunction(async (wanted) => {
    const request = indexedDB.open('alert-button', 1);
    await new Promise((resolve) => request.addEventListener('success', resolve));
    const read = request.result.transaction('kept').objectStore('kept').get('phone');
    await new Promise((resolve) => read.addEventListener('success', resolve));
    request.result.close();
    return (read.result as { look: string }).look === wanted;
  }, look);
};

/** Until the app can be opened without a network. */
export const waitForWorker = async (page: Page): Promise<void> =>
  page.evaluate(async () => navigator.serviceWorker.ready.then(() => undefined));

/** Holds the button with the mouse until it has been pressed. */
export const holdAlert = async (page: Page, name = 'ALERTA'): Promise<void> => {
  const box = await page.getByRole('button', { name, exact: true }).boundingBox();
  if (!box) throw new Error('no button to press');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.getByRole('heading', { name: /Su alerta|Your alert/ }).waitFor();
  await page.mouse.up();
};

/** Waits until the page says this of the press: the word alone. */
export const waitForWord = async (page: Page, word: string): Promise<void> =>
  page.getByText(word, { exact: true }).waitFor();

/**
 * Waits until the page shows a press that nobody has received. If it was loaded anew while a request was under way, it
 * cannot know that the request did not arrive, and does not say so.
 */
export const waitForUnreceived = async (page: Page): Promise<void> =>
  page.getByText(/^(?:Guardada|Enviando)$/).waitFor();

/** The three words, of which one is there. */
export const shownWord = async (page: Page): Promise<string> => page.locator('.word').innerText();

/** What everybody was sent about real presses. */
export const raised = (stack: TestStack, type = 'alert.raised.v1') =>
  stack.inbox({ type }).filter(({ endpoint }) => endpoint === relative.e164);
