import type { Page } from 'playwright-core';
import { click, holdAlert, person, pins, relative, waitForLook } from './phones.ts';

type Names = typeof spanish;

/** The accessible names by which the screens are walked through. */
const spanish = {
  create: 'Crear mi botón',
  code: 'Ya tengo un código',
  recover: 'Recuperar mi botón',
  next: 'Continuar',
  back: 'Atrás',
  done: 'Listo',
  name: 'Nombre',
  add: 'Agregar contacto',
  endpoint: 'Teléfono o correo',
  pin: 'PIN',
  repeat: 'Repita el PIN',
  yes: 'Sí, autorizo',
  drill: 'Hacer un simulacro',
  received: 'Recibida',
  alert: 'ALERTA',
  menu: ['Avisar que estoy bien', 'Contactos', 'Mis derechos', 'Ajustes'],
  promise: 'Prometer',
  hour: 'En una hora',
  ok: 'Estoy bien',
  cancel: 'Cancelar alerta',
  cancelled: 'Alerta cancelada',
  look: 'Nombre e ícono discretos',
  calculator: 'Calculadora',
};

const english: Names = {
  create: 'Set up my button',
  code: 'I have a code',
  recover: 'Recover my button',
  next: 'Continue',
  back: 'Back',
  done: 'Done',
  name: 'Name',
  add: 'Add contact',
  endpoint: 'Phone or email',
  pin: 'PIN',
  repeat: 'Repeat the PIN',
  yes: 'Yes, I authorize',
  drill: 'Run a drill',
  received: 'Received',
  alert: 'ALERT',
  menu: ['Say I am OK', 'Contacts', 'My rights', 'Settings'],
  promise: 'Promise',
  hour: 'In one hour',
  ok: 'I am OK',
  cancel: 'Cancel alert',
  cancelled: 'Alert cancelled',
  look: 'Discreet name and icon',
  calculator: 'Calculator',
};

const names = { es: spanish, en: english };

/** Walks through every screen of the app; `look` is called on each, with a name for it. */
export const walk = async (
  page: Page,
  language: 'es' | 'en',
  look: (screen: string) => Promise<void>,
): Promise<void> => {
  const say = names[language];
  const next = async (): Promise<void> => click(page, say.next);
  await look('start');
  for (const [screen, name] of [
    ['code', say.code],
    ['recover', say.recover],
  ] as const) {
    await click(page, name);
    await look(screen);
    await click(page, say.back);
  }
  await click(page, say.create);
  await look('language');
  await next();
  await next();
  await look('name-missing');
  await page.getByLabel(say.name, { exact: true }).fill(person);
  await next();
  await click(page, say.add);
  await page.getByLabel(say.name, { exact: true }).fill(relative.name);
  await page.getByLabel(say.endpoint, { exact: true }).fill(relative.e164);
  await click(page, say.add);
  await page.getByLabel(say.name, { exact: true }).fill('Guadalupe Hernández Villavicencio');
  await page.getByLabel(say.endpoint, { exact: true }).fill('guadalupe.hernandez@family.example');
  await look('contacts');
  await next();
  await look('trusted');
  await next();
  await page.getByLabel(say.pin, { exact: true }).fill(pins.right);
  await page.getByLabel(say.repeat, { exact: true }).fill(pins.right);
  await look('pin');
  await next();
  await look('duress-pin');
  await next();
  await page.getByText(/solo sabrán los contactos|only the contacts whom I chose/).waitFor();
  await look('consent');
  await page.getByRole('radio', { name: say.yes }).check();
  await next();
  await look('share');
  await next();
  await look('home');
  await next();
  await page.getByRole('button', { name: say.done, exact: true }).waitFor();
  await click(page, say.drill);
  await page.getByText(say.received, { exact: true }).waitFor();
  await look('last');
  await click(page, say.done);
  await look('button');
  await click(page, say.menu[0] ?? '');
  await page.getByRole('radio', { name: say.hour }).check();
  await click(page, say.promise);
  await page.getByRole('button', { name: say.ok, exact: true }).waitFor();
  await look('check-ins');
  await click(page, say.back);
  await click(page, say.menu[1] ?? '');
  await page.getByText(relative.name).waitFor();
  await look('contacts-list');
  await page.getByText(relative.name).click();
  await look('contact');
  await click(page, say.back);
  await click(page, say.add);
  await look('contact-new');
  await click(page, say.back);
  await click(page, say.back);
  await click(page, say.menu[2] ?? '');
  await look('rights');
  await click(page, say.back);
  await click(page, say.menu[3] ?? '');
  await look('settings');
  for (const [index, each] of (await page.locator('nav button').allInnerTexts()).entries()) {
    await click(page, each);
    await page.waitForLoadState('networkidle');
    await look(`settings-${String(index).padStart(2, '0')}`);
    await click(page, say.back);
  }
  await click(page, say.back);
  await holdAlert(page, say.alert);
  await page.getByText(say.received, { exact: true }).waitFor();
  await page.locator('h2').waitFor();
  await look('after');
  await page.getByLabel(say.pin, { exact: true }).fill(pins.right);
  await click(page, say.cancel);
  await page.getByText(say.cancelled).waitFor();
  await look('cancelled');
  await page.reload();
  await click(page, say.menu[1] ?? '');
  await page.locator('main p').first().waitFor();
  await look('contacts-counts');
  await click(page, say.back);
  await click(page, say.menu[3] ?? '');
  await click(page, say.look);
  await page.getByRole('radio', { name: say.calculator }).check();
  await waitForLook(page, 'calculator');
  await page.reload();
  await page.getByRole('heading', { name: say.calculator }).waitFor();
  await look('calculator');
};
