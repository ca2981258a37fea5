import { devices, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  click,
  holdAlert,
  openRegistered,
  person,
  pins,
  raised,
  register,
  relative,
  startPhones,
  waitForLook,
  waitForWord,
} from './phones.ts';
import { languages } from '../../shared/domain/vocabulary.ts';

const phones = await startPhones();
const { stack } = phones;
beforeEach(async () => stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

/** Goes on by Tab until the element of this name has the focus. */
const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let tabs = 0; tabs < 40; tabs += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labels =
        element instanceof HTMLInputElement ? Array.from(element.labels ?? [], (label) => label.innerText) : [];
      return [...labels, element?.textContent ?? ''].map((text) => text.trim());
    });
    if (focused.includes(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}`);
};

const type = async (page: Page, name: string, text: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.type(text);
};
const activate = async (page: Page, name: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
};

describe('setting up', () => {
  it('works from the first page to a drill and a press by keyboard alone', async () => {
    const { page } = await phones.open();
    const title = async (text: string): Promise<void> => page.getByRole('heading', { level: 1, name: text }).waitFor();
    await activate(page, 'Crear mi botón');
    await title('¿En qué idioma quiere la aplicación?');
    await activate(page, 'Continuar');
    await title('¿Cómo se llama?');
    await type(page, 'Nombre', person);
    await page.keyboard.press('Enter');
    await title('¿A quién avisamos?');
    await activate(page, 'Agregar contacto');
    await type(page, 'Nombre', relative.name);
    await type(page, 'Teléfono o correo', relative.e164);
    await activate(page, 'Continuar');
    await title('¿Quién debe saber la verdad si me obligan?');
    await activate(page, 'Continuar');
    await title('Elija un PIN');
    await type(page, 'PIN', pins.right);
    await type(page, 'Repita el PIN', pins.right);
    await page.keyboard.press('Enter');
    await title('Un segundo PIN, por si le obligan');
    await activate(page, 'Continuar');
    await title('¿Avisamos también al consulado?');
    await tabTo(page, 'Sí, autorizo');
    await page.keyboard.press('Space');
    await page.getByText('solo sabrán los contactos').waitFor();
    await activate(page, 'Continuar');
    await title('¿Pueden sus contactos ver dónde está su teléfono?');
    await activate(page, 'Continuar');
    await title('¿Dónde vive?');
    await activate(page, 'Continuar');
    await title('Su botón está listo');
    await activate(page, 'Hacer un simulacro');
    await waitForWord(page, 'Recibida');
    await stack.idle();
    expect(raised(stack).map(({ body }) => body.slice(0, 9))).toEqual(['SIMULACRO']);
    await activate(page, 'Listo');
    await title('Botón de Alerta');
    await tabTo(page, 'ALERTA');
    await page.keyboard.down('Space');
    await title('Su alerta');
    await page.keyboard.up('Space');
    await waitForWord(page, 'Recibida');
  });

  it('works by touch', async () => {
    const phone = await phones.open({ ...devices['Galaxy S9+'], hasTouch: true });
    await register(phone, { stay: true });
    await phone.page.getByRole('button', { name: 'Hacer un simulacro' }).tap();
    await waitForWord(phone.page, 'Recibida');
    await phone.page.getByRole('button', { name: 'Listo', exact: true }).tap();
    const box = await phone.page.getByRole('button', { name: 'ALERTA', exact: true }).boundingBox();
    const session = await phone.context.newCDPSession(phone.page);
    const touchPoints = [{ x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }];
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await phone.page.getByRole('heading', { name: 'Su alerta' }).waitFor();
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await waitForWord(phone.page, 'Recibida');
  });

  it('sends what was chosen, and nothing that was not', async () => {
    const phone = await phones.open();
    const sent = phone.page.waitForRequest((request) => request.url().endsWith('/v1/families'));
    await register(phone, { mail: 'lupe@family.example' });
    expect((await sent).postDataJSON()).toEqual({
      registrationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      person: { name: person, language: 'es', speaks: 'es' },
      contacts: [
        { name: relative.name, channel: 'sms', endpoint: relative.e164, trusted: true },
        { name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' },
      ],
      pin: pins.right,
      duressPin: pins.duress,
      consent: { consularNotification: true, version: '2026-01', language: 'es' },
    });
  });

  it('goes back to the page whose answer the service did not accept', async () => {
    const phone = await phones.open();
    await phone.context.route('**/v1/families', async (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 400, errors: [{ field: 'person.name', code: 'x', detail: 'x' }] }),
      }),
    );
    await register(phone, { stay: true });
    await phone.page.getByRole('heading', { name: '¿Cómo se llama?' }).waitFor();
    expect(await phone.page.getByRole('alert').innerText()).toBe('Revise este dato.');
    expect(await phone.page.getByLabel('Nombre', { exact: true }).inputValue()).toBe(person);
  });

  it('takes the code of a workshop from its link, and leaves it in no address', async () => {
    const { page } = await phones.open({ path: '/#r=CASA-2026' });
    await click(page, 'Crear mi botón');
    expect(await page.getByLabel('Código del taller', { exact: true }).inputValue()).toBe('CASA-2026');
    expect(page.url()).not.toContain('CASA');
  });

  it('begins on an iPhone by installing, and shows the code to take along', async () => {
    const { page } = await phones.open({ userAgent: devices['iPhone 13'].userAgent, path: '/#r=CASA-2026' });
    await page.getByRole('heading', { name: 'Instalar en este teléfono' }).waitFor();
    expect(await page.locator('main').innerText()).toContain('CASA-2026');
    await click(page, 'Seguir sin instalar');
    await page.getByRole('button', { name: 'Crear mi botón' }).waitFor();
  });

  it('refuses PINs that a glance confuses, and a second one that would warn nobody', async () => {
    const { page } = await phones.open();
    await click(page, 'Crear mi botón');
    await click(page, 'Continuar');
    await page.getByLabel('Nombre', { exact: true }).fill(person);
    await click(page, 'Continuar');
    await click(page, 'Continuar');
    expect(await page.getByRole('alert').innerText()).toBe('Agregue por lo menos a una persona.');
    await click(page, 'Agregar contacto');
    await page.getByLabel('Nombre', { exact: true }).fill(relative.name);
    await page.getByLabel('Teléfono o correo', { exact: true }).fill(relative.phone);
    await click(page, 'Continuar');
    await page.getByText('Elija el país del teléfono.').waitFor();
    await page.getByLabel('México (+52)').check();
    await click(page, 'Continuar');
    await click(page, 'Continuar');
    await page.getByLabel('PIN', { exact: true }).fill('4821');
    await page.getByLabel('Repita el PIN', { exact: true }).fill('4822');
    await click(page, 'Continuar');
    await page.getByText('No es igual al de arriba.').waitFor();
    await page.getByLabel('Repita el PIN', { exact: true }).fill('4821');
    await click(page, 'Continuar');
    await page.getByLabel('PIN por si me obligan', { exact: true }).fill('1284');
    await click(page, 'Continuar');
    await page.getByText('no su revés').waitFor();
    await page.getByLabel('PIN por si me obligan', { exact: true }).fill('9977');
    await click(page, 'Continuar');
    await page.getByText('solo sabrán los contactos').waitFor();
    await page.getByRole('radio', { name: 'No autorizo' }).check();
    await click(page, 'Continuar');
    await page.getByText('Su segundo PIN no avisaría a nadie').waitFor();
  });
});

describe('without consular consent', () => {
  it('no screen, link or card names an office or its desk', async () => {
    const { page, context, ...phone } = await phones.open();
    await page.clock.install();
    await register({ page, context, ...phone }, { consent: false, stay: true });
    await page.getByRole('button', { name: 'Listo', exact: true }).waitFor();
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      const links = await page.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
      seen.push(await page.locator('body').innerText(), ...links);
    };
    await look();
    await click(page, 'Listo');
    await look();
    for (const language of languages) {
      const menu =
        language === 'es'
          ? ['Avisar que estoy bien', 'Contactos', 'Mis derechos', 'Ajustes']
          : ['Say I am OK', 'Contacts', 'My rights', 'Settings'];
      for (const name of menu) {
        await click(page, name);
        await page.waitForLoadState('networkidle');
        await look();
        const pages = name === 'Ajustes' || name === 'Settings' ? await page.locator('nav button').allInnerTexts() : [];
        for (const each of pages) {
          await click(page, each);
          await page.waitForLoadState('networkidle');
          await look();
          await page.goBack();
        }
        await page.goBack();
      }
      await click(page, language === 'es' ? 'English' : 'Español');
    }
    await context.route('**/v1/alerts', async (route) => route.abort('connectionrefused'));
    await holdAlert(page);
    await page.clock.fastForward(9000);
    await look();
    await context.unroute('**/v1/alerts');
    await waitForWord(page, 'Recibida');
    await page.getByText('Sus contactos: avisado').waitFor();
    await look();
    const named = seen.flatMap((text) => text.match(/.{0,30}(?:consul|cancill|ministr|CIAM|623.?7874).{0,30}/gi) ?? []);
    expect(named).toEqual([]);
    expect(seen.length).toBeGreaterThan(40);
  }, 60_000);
});

describe('a discreet install', () => {
  it('opens on a calculator that works, also after a press, and on the button behind a long press on its title', async () => {
    const { page } = await openRegistered(phones);
    await click(page, 'Ajustes');
    await click(page, 'Nombre e ícono discretos');
    await page.getByRole('radio', { name: 'Calculadora' }).check();
    expect(await page.locator('link[rel=manifest]').getAttribute('href')).toBe('/app/calculator-es.webmanifest');
    await waitForLook(page, 'calculator');
    await page.reload();
    for (const key of ['7', 'Por', '6', 'Igual']) await click(page, key);
    expect(await page.locator('output').innerText()).toBe('42');
    expect(await page.title()).toBe('Calculadora');
    expect(await page.locator('body').innerText()).not.toContain('ALERTA');

    const reveal = async (): Promise<void> => {
      const box = await page.getByRole('heading', { name: 'Calculadora' }).boundingBox();
      await page.mouse.move(box!.x + 20, box!.y + 10);
      await page.mouse.down();
      await page.getByRole('button', { name: 'English' }).and(page.locator('header *')).waitFor();
      await page.mouse.up();
    };
    await reveal();
    await holdAlert(page);
    await waitForWord(page, 'Recibida');
    expect(await page.title()).toBe('Calculadora');
    await page.reload();
    await page.getByRole('heading', { name: 'Calculadora' }).waitFor();
    await reveal();
    await waitForWord(page, 'Recibida');
  });

  it('installed from its own manifest is discreet from its first second', async () => {
    const { page } = await phones.open({ path: '/?as=calculator' });
    await page.getByRole('heading', { name: 'Calculadora' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });
});

describe('in English', () => {
  it('has the English names, switched on any page without losing what was typed', async () => {
    const { page } = await phones.open({ locale: 'en-US' });
    await click(page, 'Set up my button');
    await click(page, 'Continue');
    await page.getByLabel('Name', { exact: true }).fill('Kevin Ruiz');
    await click(page, 'Español');
    expect(await page.getByLabel('Nombre', { exact: true }).inputValue()).toBe('Kevin Ruiz');
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
  });
});
