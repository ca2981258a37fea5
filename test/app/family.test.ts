import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { click, holdAlert, openRegistered, pins, relative, startPhones, waitForWord } from './phones.ts';

const phones = await startPhones();
const { stack } = phones;
beforeEach(async () => stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

const addLupe = async (page: Page, mailbox: string): Promise<void> => {
  await click(page, 'Agregar contacto');
  await page.getByLabel('Nombre', { exact: true }).fill('Lupe');
  await page.getByLabel('Teléfono o correo', { exact: true }).fill(mailbox);
  await page.getByLabel('PIN', { exact: true }).fill(pins.right);
  await click(page, 'Guardar');
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
    await click(page, 'Cambiar');
    await page.getByLabel('Nombre', { exact: true }).fill('Guadalupe');
    await page.getByLabel('Teléfono o correo', { exact: true }).fill('55 1234 5699');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Guardar');
    await page.getByText('+52********99').waitFor();
    await page.getByText('Guadalupe').click();
    await click(page, 'Quitar');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Quitar');
    await page.getByRole('heading', { name: 'Contactos' }).waitFor();
    await page.getByText(relative.name).waitFor();
    expect(await page.getByText('Guadalupe').count()).toBe(0);
  });

  it('who have not confirmed their mailbox are shown with what to do, and can be asked again', async () => {
    stack.stack.services.setConfirm('manual');
    const { page } = await openRegistered(phones);
    await click(page, 'Contactos');
    await addLupe(page, 'lupe@example.com');
    await stack.idle();
    const asked = stack.inbox({ endpoint: 'lupe@example.com' }).length;
    await page.getByText('no ha confirmado').click();
    await page.getByText('Confirm subscription').waitFor();
    await click(page, 'Pedir otra vez que confirme');
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Pedir otra vez que confirme');
    await page.getByText('Se le mandó otra vez').waitFor();
    await stack.idle();
    expect(stack.inbox({ endpoint: 'lupe@example.com' })).toHaveLength(asked + 1);
  });
});

describe('a contact whom the messages service does not take', () => {
  it('is shown as not added yet, with what to do, and not as somebody who has to confirm', async () => {
    const { page } = await openRegistered(phones);
    await stack.idle();
    stack.fault({ service: 'sns', operation: 'Subscribe', mode: 'error' });
    await click(page, 'Contactos');
    await addLupe(page, 'lupe@example.com');
    await page.getByText('Lupe').waitFor();
    await stack.advance(2);
    await page.reload();
    await click(page, 'Contactos');
    await page.getByText('todavía no se pudo agregar').click();
    await page.getByText('se vuelve a intentar cada quince minutos').waitFor();
    expect(await page.getByText('Pedir otra vez que confirme').count()).toBe(0);
  });
});

describe('another phone', () => {
  it('joins by the code that the first one shows, sees the open alert and cancels it', async () => {
    const first = await openRegistered(phones);
    await click(first.page, 'Ajustes');
    await click(first.page, 'Otro teléfono');
    await first.page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(first.page, 'Dar un código');
    const code = await first.page.locator('p.code').innerText();
    expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const square = await first.page.locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).width);
    expect(square).toBeGreaterThan(25);
    await first.page.goto('/');
    await holdAlert(first.page);
    await waitForWord(first.page, 'Recibida');
    const second = await phones.open({ path: `/#c=${code.toLowerCase()}` });
    expect(await second.page.getByLabel('Código', { exact: true }).inputValue()).toBe(code.toLowerCase());
    await click(second.page, 'Continuar');
    await click(second.page, 'Listo');
    await click(second.page, 'Ver mi alerta');
    await second.page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(second.page, 'Cancelar alerta');
    await second.page.getByText('Alerta cancelada').waitFor();
  });

  it('recovers the button with the code from paper, and shows the next code once', async () => {
    const { recoveryCode } = await openRegistered(phones);
    const { page } = await phones.open();
    await click(page, 'Recuperar mi botón');
    await page.getByLabel('Código de recuperación', { exact: true }).fill(recoveryCode.toLowerCase());
    await page.getByLabel('PIN', { exact: true }).fill(pins.right);
    await click(page, 'Continuar');
    const next = await page.locator('p.code').innerText();
    expect(next).toMatch(/^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/);
    expect(next).not.toBe(recoveryCode);
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
