import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startReading } from './reading.ts';

const { cases, browser } = await startReading();

const submit = async (page: Page, button: string): Promise<void> => {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.waitForLoadState();
  await cases.idle();
};
const unfold = async (page: Page, title: string): Promise<void> =>
  page.locator('summary', { hasText: new RegExp(`^${title}$`) }).click();
const said = async (page: Page): Promise<string> => page.getByRole('status').innerText();
const timeline = async (page: Page): Promise<string> =>
  page.locator('section', { has: page.locator('#timeline') }).innerText();

const acknowledge = async (page: Page, officer = 'Cónsul Rosa Díaz'): Promise<void> => {
  await page.getByRole('textbox', { name: 'Su nombre y cargo' }).fill(officer);
  await submit(page, 'Tomar el caso');
};

describe('an officer without JavaScript', () => {
  it('takes the case, works on it, closes it and opens it again', async () => {
    const { officeLink, read } = await cases.pressed();
    const link = officeLink();
    const page = await browser.open(link);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('María Fernanda Ruiz');
    expect(await page.evaluate('getComputedStyle(document.querySelector("header")).color')).toBe('rgb(255, 255, 255)');

    await acknowledge(page);
    expect(await said(page)).toBe('El caso quedó a su nombre.');
    expect(await page.locator('.now').innerText()).toBe('En atención');

    await unfold(page, 'Cambiar el estado');
    await page.getByLabel('Localización confirmada').check();
    await page.getByLabel('Lugar (centro de detención, ciudad)').fill('Adelanto ICE Processing Center');
    await submit(page, 'Guardar el estado');
    expect(await said(page)).toBe('El estado quedó guardado.');
    expect(await page.locator('.now').innerText()).toBe('Localización confirmada');
    expect(await page.getByRole('region', { name: 'Dónde' }).innerText()).toContain('Adelanto ICE Processing Center');

    await unfold(page, 'Agregar una nota');
    await page
      .getByRole('textbox', { name: 'Nota', exact: true })
      .fill('Hablé con el oficial.\n"A-número" pendiente <hoy>.');
    await submit(page, 'Guardar la nota');
    expect(await timeline(page)).toContain('"A-número" pendiente <hoy>.');

    await unfold(page, 'Asignar representante legal');
    await page.getByLabel('Nombre del abogado o de la abogada').fill('Lic. Elena Soto');
    await page.getByLabel('Teléfono con código de país (+1 o +52)').fill('+1 (323) 555-0142');
    await submit(page, 'Asignar representante');
    expect(await page.getByRole('region', { name: 'Representante legal' }).innerText()).toContain('Lic. Elena Soto');

    await unfold(page, 'Cerrar el caso');
    await page.getByLabel('En libertad').check();
    await submit(page, 'Cerrar el caso');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(
      'Cerrar el caso de María Fernanda Ruiz: En libertad',
    );
    expect(await page.locator('.quote').first().innerText()).toContain('salio en libertad');
    expect(await read(link)).toMatchObject({ state: 'located' });
    await submit(page, 'Cerrar el caso y avisar a la familia');
    expect(await page.locator('.now').innerText()).toBe('Caso cerrado');

    await submit(page, 'Reabrir el caso');
    expect(await said(page)).toBe('El caso está abierto otra vez.');
    expect(await read(link)).toMatchObject({ state: 'acknowledged', representative: { phone: '+13235550142' } });
  });

  it('hands the case to another office, has it until somebody there acts, and can only add notes from then on', async () => {
    const { officeLink } = await cases.pressed();
    const page = await browser.open(officeLink());
    await acknowledge(page);
    await unfold(page, 'Pasar el caso a otra oficina');
    await page.getByLabel('Oficina que recibe el caso').selectOption('san-bernardino');
    await submit(page, 'Pasar el caso');
    expect(await said(page)).toContain('Su oficina sigue a cargo hasta que alguien ahí lo tome');
    const unfolding = page.locator('section:has(#actions) > details > summary');
    expect(await unfolding.allInnerTexts()).toContain('Cerrar el caso');

    const other = await browser.open(officeLink('san-bernardino'));
    expect(await timeline(other)).toContain('Tomó el caso.');
    await unfold(other, 'Cambiar el estado');
    await other.getByLabel('En búsqueda').check();
    await other.locator('#state-officer').fill('Luis Mora');
    await submit(other, 'Guardar el estado');
    expect(await other.locator('.now').innerText()).toBe('En búsqueda');
    await page.reload();
    expect(await unfolding.allInnerTexts()).toEqual(['Agregar una nota']);
  });

  it('closes a case for another reason only once they have spoken with the family, and is not asked for their name again', async () => {
    const { officeLink, familyLink, read } = await cases.pressed();
    const link = officeLink();
    const page = await browser.open(link);
    await acknowledge(page);
    expect(await page.getByText('Firma: Cónsul Rosa Díaz.').count()).toBeGreaterThan(1);
    await unfold(page, 'Cerrar el caso');
    await page.getByLabel('Otro motivo').check();
    await page.getByLabel('Mensaje para la familia').fill('Le llamamos hoy por la tarde.');
    await submit(page, 'Cerrar el caso');
    await page.getByRole('button', { name: 'Cerrar el caso y avisar a la familia' }).click();
    expect(await read(link)).toMatchObject({ state: 'acknowledged' });
    await page.getByLabel('Ya hablé con la familia').check();
    await submit(page, 'Cerrar el caso y avisar a la familia');
    expect(await read(link)).toMatchObject({ state: 'closed', disposition: 'other' });
    expect(await timeline(page)).toContain('Cónsul Rosa Díaz, Los Angeles');
    const relative = await browser.open(familyLink());
    expect(await relative.getByText('Le llamamos hoy por la tarde.').isVisible()).toBe(true);
  });

  it('does everything up to acknowledging by keyboard', async () => {
    const { officeLink, read } = await cases.pressed();
    const link = officeLink();
    const page = await browser.open(link);
    const focused = page.locator(':focus');
    await page.keyboard.press('Tab');
    expect(await focused.innerText()).toBe('Ir al contenido');
    expect((await focused.boundingBox())?.x).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('Enter');
    for (let tabs = 0; (await focused.getAttribute('name')) !== 'officer'; tabs += 1) {
      expect(tabs, 'tabs from the content to the first field').toBeLessThan(2);
      await page.keyboard.press('Tab');
    }
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
    await page.keyboard.type('Rosa Díaz');
    await page.keyboard.press('Tab');
    expect(await focused.innerText()).toBe('Tomar el caso');
    await page.keyboard.press('Space');
    await page.getByRole('status').waitFor();
    expect(await read(link)).toMatchObject({ state: 'acknowledged', acknowledged: { officer: 'Rosa Díaz' } });
  });

  it('sees a wrong phone beside its field, with what was typed', async () => {
    const { officeLink, read } = await cases.pressed();
    const link = officeLink();
    const page = await browser.open(link);
    await acknowledge(page);
    await unfold(page, 'Asignar representante legal');
    await page.getByLabel('Nombre del abogado o de la abogada').fill('Lic. Elena Soto');
    const phone = page.getByLabel('Teléfono con código de país (+1 o +52)');
    await phone.fill('555 01');
    await submit(page, 'Asignar representante');
    const wrong = 'Escriba el número completo con código de país: +1 o +52.';
    expect(await phone.inputValue()).toBe('555 01');
    expect(await phone.getAttribute('aria-invalid')).toBe('true');
    const description = page.locator(`[id="${await phone.getAttribute('aria-describedby')}"]`);
    expect(await description.innerText()).toBe(wrong);
    expect(await page.getByLabel('Nombre del abogado o de la abogada').inputValue()).toBe('Lic. Elena Soto');
    const alert = page.getByRole('alert');
    expect(await alert.innerText()).toContain(wrong);
    await alert.getByRole('link', { name: wrong }).click();
    // The signature, which is folded as the name is known, stands before the button.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Asignar representante');
    expect(await read(link)).toMatchObject({ representative: null });
  });

  it('relieves a colleague who was quicker, and is told who has the case', async () => {
    const { officeLink, read } = await cases.pressed();
    const link = officeLink();
    const [first, second] = [await browser.open(link), await browser.open(link)];
    await acknowledge(first, 'Primera');
    await second.getByRole('textbox', { name: 'Su nombre y cargo' }).fill('Segundo');
    await submit(second, 'Tomar el caso');
    expect(await second.getByText('Lo tomó Segundo').isVisible()).toBe(true);
    expect(await read(link)).toMatchObject({ acknowledged: { officer: 'Segundo' } });
  });

  it('comes from the list of the office to another case and acts on it', async () => {
    const other = await cases.pressed({ name: 'Juan Ortiz' });
    const { officeLink, read } = await cases.pressed();
    const page = await browser.open(officeLink());
    await page.getByRole('link', { name: 'Casos abiertos de mi oficina' }).click();
    expect(await page.locator('.row .who').allInnerTexts()).toEqual(['Juan Ortiz', 'María Fernanda Ruiz']);
    await page.getByRole('link', { name: 'Juan Ortiz' }).click();
    await acknowledge(page);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Juan Ortiz');
    expect(await other.status()).toMatchObject({ state: 'acknowledged' });
    expect(await read(officeLink())).toMatchObject({ state: 'raised' });
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('.now').innerText()).toBe('Being attended');
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Juan Ortiz');
  });
});
