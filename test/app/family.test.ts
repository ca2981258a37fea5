import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { click, holdAlert, openRegistered, pins, relative, startPhones, waitForWord } from './phones.ts';

const phones = await startPhones();
const { stack } = phones;
beforeEach(async () => stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

/** What a phone keeps under a key. */
const keptBy = async <Kept>(page: Page, key: string): Promise<Kept> =>
  page.evaluate(async (name) => {
    const request = indexedDB.open('alert-button', 1);
    await new Promise((resolve) => request.addEventListener('success', resolve));
    const read = request.result.transaction('kept').objectStore('kept').get(name);
    await new Promise((resolve) => read.addEventListener('success', resolve));
    request.result.close();
    return read.result as Kept;
  }, key);

/** A token of another phone of the same family, as the service gives it out. */
const anotherToken = async (page: Page): Promise<string> => {
  const { token } = await keptBy<{ token: string }>(page, 'phone');
  const auth = { authorization: `Bearer ${token}` };
  const { json } = await stack.send('POST', '/v1/family/devices', { pin: pins.right }, auth);
  return json.deviceToken;
};

describe('contacts', () => {
  it('are added, changed and removed with the PIN', async () => {
    const { page } = await openRegistered(phones);
    await click(page, 'Contactos');
    await click(page, 'Agregar contacto');
    await page.getByLabel('Nombre', { exact: true }).fill('Lupe');
    await page.getByLabel('Teléfono o correo', { exact: true }).fill('+52 55 1234 5678');
    await page.getByLabel('PIN', { exact: true }).fill('0000');
    await click(page, 'Guardar');
    await page.getByText('Ese PIN no es').waitFor();
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Guardar');
    await page.getByText('Lupe').click();
    await click(page, 'Quitar');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Quitar');
    await page.getByRole('heading', { name: 'Contactos' }).waitFor();
    await page.getByText(relative.name).waitFor();
    expect(await page.getByText('Lupe').count()).toBe(0);
  });

  it('who have not confirmed their mailbox are shown with what to do, and can be asked again', async () => {
    const { page, context } = await openRegistered(phones);
    const contact = { contactId: '0', name: 'Lupe', channel: 'email', endpoint: 'l***@example.com', status: 'pending' };
    await context.route('**/v1/family', async (route) => route.fulfill({ json: { counts: {}, contacts: [contact] } }));
    await context.route('**/v1/family/contacts/0/invite', async (route) => route.fulfill({ json: {} }));
    await click(page, 'Contactos');
    await page.getByText('no ha confirmado').click();
    await page.getByText('Confirm subscription').waitFor();
    await click(page, 'Pedir otra vez que confirme');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Pedir otra vez que confirme');
    await page.getByText('Se le mandó otra vez').waitFor();
  });
});

// The service gives out codes, recovers and lists alerts later than this app: its answers are written here.
describe('another phone', () => {
  it('joins by the code that the first one shows, sees the open alert and cancels it', async () => {
    const first = await openRegistered(phones);
    const deviceToken = await anotherToken(first.page);
    await first.context.route('**/v1/family/devices', async (route) =>
      route.fulfill({ json: { code: 'K7QM-2XWD', expiresAt: new Date(Date.now() + 900_000).toISOString() } }),
    );
    await click(first.page, 'Ajustes');
    await click(first.page, 'Otro teléfono');
    await first.page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(first.page, 'Dar un código');
    await first.page.getByText('K7QM-2XWD', { exact: true }).waitFor();
    const square = await first.page.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).width);
    expect(square).toBeGreaterThan(25);
    await first.page.goto('/');
    await holdAlert(first.page);
    await waitForWord(first.page, 'Recibida');
    const second = await phones.open({ path: '/#c=k7qm-2xwd' });
    const asked = second.page.waitForRequest((request) => request.url().endsWith('/v1/devices'));
    await second.context.route('**/v1/devices', async (route) => route.fulfill({ status: 201, json: { deviceToken } }));
    const { presses } = await keptBy<{ presses: { alertId: string; pressedAt: string }[] }>(first.page, 'queue');
    const pressed = presses[0]!;
    const listed = { alertId: pressed.alertId, raisedAt: pressed.pressedAt, state: 'raised', drill: false };
    await second.context.route('**/v1/alerts', async (route) =>
      route.request().method() === 'GET' ? route.fulfill({ json: { alerts: [listed] } }) : route.continue(),
    );
    expect(await second.page.getByLabel('Código', { exact: true }).inputValue()).toBe('k7qm-2xwd');
    await click(second.page, 'Continuar');
    expect((await asked).postDataJSON()).toEqual({ code: 'K7QM-2XWD' });
    await click(second.page, 'Listo');
    await click(second.page, 'Ver mi alerta');
    await second.page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(second.page, 'Cancelar alerta');
    await second.page.getByText('Alerta cancelada').waitFor();
  });

  it('recovers the button with the code from paper, and shows the next code once', async () => {
    const first = await openRegistered(phones);
    const deviceToken = await anotherToken(first.page);
    const { page, context } = await phones.open();
    const asked = page.waitForRequest((request) => request.url().endsWith('/v1/families/recover'));
    await context.route('**/v1/families/recover', async (route) =>
      route.fulfill({ status: 201, json: { deviceToken, recoveryCode: 'NEXT-CODE-0001' } }),
    );
    await click(page, 'Recuperar mi botón');
    await page.getByLabel('Código de recuperación', { exact: true }).fill('FIRST-CODE');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Continuar');
    expect((await asked).postDataJSON()).toEqual({ recoveryCode: 'FIRST-CODE', pin: pins.right });
    await page.getByText('NEXT-CODE-0001', { exact: true }).waitFor();
    await page.getByText('A todos sus contactos les llegarán los avisos.').waitFor();
    await click(page, 'Listo');
    await holdAlert(page);
    await waitForWord(page, 'Recibida');
  });

  it('that the service does not know any more says so before and after a press', async () => {
    const { page, context } = await openRegistered(phones);
    await context.route('**/v1/alerts', async (route) => route.fulfill({ status: 401, json: {} }));
    await page.reload();
    await page.getByText('Este teléfono ya no tiene botón').waitFor();
    await holdAlert(page);
    await page.getByText('No se puede enviar').waitFor();
    await click(page, 'Recuperar mi botón');
    await page.getByLabel('Código de recuperación', { exact: true }).waitFor();
  });
});
