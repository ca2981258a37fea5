import { mkdir } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { pins } from './cases.ts';
import { startReading } from './reading.ts';

const { cases, browser } = await startReading({ afresh: false });
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env['SCREENSHOTS'];

type Scene = { readonly path: string; readonly prepare?: (page: Page) => Promise<void> };
const scenes = new Map<string, Scene>();

beforeAll(async () => {
  const raised = await cases.pressed({ press: { note: 'Me pararon en la 101.\nVan dos patrullas <blancas>.' } });
  scenes.set('officer-raised', { path: raised.officeLink() });
  scenes.set('family-raised', { path: raised.familyLink() });

  // The longest that names and texts may be, without a place to break them.
  const long = await cases.pressed({ name: `Guadalupe ${'Xochiquetzal'.repeat(5)}` });
  await long.act(long.familyLink(), 'on-it', { name: 'W'.repeat(80), task: 'w'.repeat(200) });
  const longOffice = long.officeLink();
  await long.act(longOffice, 'acknowledge', { officer: 'Ñ'.repeat(80) });
  await long.act(longOffice, 'state', { to: 'located', facility: 'F'.repeat(200), note: 'n'.repeat(500) });
  scenes.set('officer-long', { path: longOffice });
  scenes.set('family-long', { path: long.familyLink() });

  const worked = await cases.pressed({ name: 'Ana Sofía Núñez de la Torre' });
  await worked.drive(8);
  await worked.act(worked.familyLink(), 'seen', { name: 'Lupe' });
  await worked.act(worked.familyLink(), 'on-it', { name: 'José', task: 'Llamo al abogado' });
  const office = worked.officeLink();
  await worked.act(office, 'acknowledge', { officer: 'Cónsul Rosa Díaz' });
  await worked.act(office, 'state', { to: 'located', facility: 'Adelanto ICE Processing Center' });
  await worked.act(office, 'representative', { name: 'Lic. Elena Soto', phone: '+13235550142' });
  await worked.act(office, 'note', { text: 'Hablé con el centro: la visita es mañana a las 9.' });
  scenes.set('officer-worked', { path: office });
  scenes.set('officer-english', { path: `${office}?language=en` });
  scenes.set('officer-wrong', {
    path: office,
    prepare: async (page) => {
      await page.locator('summary', { hasText: 'Asignar representante legal' }).first().click();
      await page.getByLabel('Nombre del abogado o de la abogada').fill('Elena Soto');
      await page.getByLabel('Teléfono con código de país (+1 o +52)').fill('555 01');
      await page.getByRole('button', { name: 'Asignar representante' }).click();
      await page.getByRole('alert').waitFor();
    },
  });
  scenes.set('family-worked', { path: worked.familyLink() });
  scenes.set('family-english', { path: `${worked.familyLink()}?language=en` });

  const moved = await cases.pressed({ name: 'Juan Ortiz' });
  const movedOffice = moved.officeLink();
  await moved.act(movedOffice, 'acknowledge', { officer: 'Rosa Díaz' });
  await moved.act(movedOffice, 'hand-over', { consulateId: 'san-bernardino', note: 'Está en Adelanto.' });
  await moved.act(moved.officeLink('san-bernardino'), 'acknowledge', { officer: 'Inés Mora' });
  scenes.set('officer-not-in-charge', { path: movedOffice });
  scenes.set('family-moved', { path: moved.familyLink() });

  const given = await cases.pressed({ name: 'Rosario Lima' });
  const givingOffice = given.officeLink();
  await given.act(givingOffice, 'acknowledge', { officer: 'Rosa Díaz' });
  await given.act(givingOffice, 'hand-over', { consulateId: 'san-bernardino', note: 'Está en Adelanto.' });
  scenes.set('officer-gives', { path: givingOffice });
  scenes.set('officer-receives', { path: given.officeLink('san-bernardino') });

  const closed = await cases.pressed({ name: 'Luis Mena' });
  await closed.act(closed.officeLink(), 'close', {
    officer: 'Rosa Díaz',
    disposition: 'released',
    note: 'Salió con fianza.',
    confirm: true,
  });
  scenes.set('officer-closed', { path: closed.officeLink() });
  scenes.set('family-closed', { path: closed.familyLink() });

  const closing = await cases.pressed({ name: 'Elena Ibarra' });
  scenes.set('officer-closing', {
    path: closing.officeLink(),
    prepare: async (page) => {
      await page.locator('summary', { hasText: /^Cerrar el caso$/ }).click();
      await page.getByLabel('Otro motivo').check();
      await page.getByLabel('Mensaje para la familia').fill('Le llamamos hoy por la tarde.');
      await page.locator('#close-officer').fill('Lic. Ana Pérez, guardia');
      await page.getByRole('button', { name: 'Cerrar el caso', exact: true }).click();
      await page.getByLabel('Ya hablé con la familia').waitFor();
    },
  });

  const promised = await cases.promised({ label: 'cita ICE Broadview' });
  scenes.set('officer-forced', { path: promised.link('alert-button-ministry') });

  const forced = await cases.pressed({ name: 'Rosa Elena Cruz' });
  const forcedOffice = forced.officeLink();
  await forced.cancel(pins.duressPin);
  scenes.set('officer-duress', { path: forcedOffice });
  scenes.set('family-cancelled', { path: forced.familyLink() });

  const drill = await cases.pressed({ name: 'Pedro Simón', press: { drill: true, position: undefined } });
  scenes.set('family-drill', { path: drill.familyLink() });
  const rehearsed = await cases.pressed({ name: 'Inés Prado', press: { drill: true } });
  await rehearsed.cancel(pins.duressPin);
  await cases.idle();
  scenes.set('officer-forced-drill', { path: rehearsed.officeLink() });
  scenes.set('family-drill-over', { path: rehearsed.familyLink() });

  const alone = await cases.pressed({ name: 'Sara Vidal', consularNotification: false });
  scenes.set('family-alone', { path: alone.familyLink() });

  scenes.set('office-list', { path: office.replace('/c/', '/o/') });
  scenes.set('office-list-empty', { path: (await emptyOffice()).replace('/c/', '/o/') });
  // The watchman counts a minute later.
  await cases.advance(2);
  scenes.set('numbers', { path: `${office.replace('/c/', '/o/')}/numbers` });
  const ministry = raised.link('alert-button-ministry').replace('/c/', '/o/');
  scenes.set('numbers-of-all', { path: `${ministry}/numbers?language=en` });
  scenes.set('no-such-link', { path: `/c/${'x'.repeat(22)}` });
});

/** A link of an office that was told of a case and has none now. */
const emptyOffice = async (): Promise<string> => {
  const { officeLink, act } = await cases.pressed({ press: { position: { latitude: 41.8781, longitude: -87.6298 } } });
  await act(officeLink('chicago'), 'close', { officer: 'Luis Mora', disposition: 'safe', confirm: true });
  return officeLink('chicago');
};

const names = [
  'officer-raised',
  'officer-long',
  'officer-worked',
  'officer-english',
  'officer-wrong',
  'officer-not-in-charge',
  'officer-gives',
  'officer-receives',
  'officer-closed',
  'officer-closing',
  'officer-forced',
  'officer-duress',
  'officer-forced-drill',
  'family-raised',
  'family-long',
  'family-worked',
  'family-english',
  'family-moved',
  'family-closed',
  'family-cancelled',
  'family-drill',
  'family-drill-over',
  'family-alone',
  'office-list',
  'office-list-empty',
  'numbers',
  'numbers-of-all',
  'no-such-link',
];

const picture = async (page: Page, name: string): Promise<void> => {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  await page.screenshot({ path: join(pictures, `${name}-top.png`) });
};

const overflow = async (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** @param rules alone; all of axe's unless given */
const violations = async (page: Page, ...rules: string[]): Promise<string[]> => {
  const options = { resultTypes: ['violations'], ...(rules.length > 0 && { runOnly: rules }) };
  const { violations: found } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

it.for(names)('%s is readable by everybody, on a phone and on a desk, by day and by night', async (name) => {
  const { path, prepare } = scenes.get(name) ?? { path: '' };
  const page = await browser.open(path, { script: true });
  await prepare?.(page);
  await picture(page, `${name}-390`);
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  expect(await overflow(page)).toBe(0);
  await page.evaluate(axeSource);
  expect(await violations(page)).toEqual([]);
  // Nothing but colours differs by night.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page, 'color-contrast')).toEqual([]);
  await picture(page, `${name}-390-dark-unfolded`);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await overflow(page)).toBe(0);
  await picture(page, `${name}-1280`);
});
