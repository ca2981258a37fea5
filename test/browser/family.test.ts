import { describe, expect, it } from 'vitest';
import { pins } from './cases.ts';
import { startReading } from './reading.ts';

const { cases, browser } = await startReading();

describe('a relative without JavaScript', () => {
  it('says that they saw it, another one what they do about it, and neither silences the other', async () => {
    const { familyLink } = await cases.pressed();
    const link = familyLink();
    const page = await browser.open(link);
    await page.getByLabel('Su nombre', { exact: false }).fill('Lupe');
    await page.getByRole('button', { name: 'Ya lo vi' }).click();
    expect(await page.getByRole('status').innerText()).toBe('Quedó escrito. Gracias.');

    const another = await browser.open(link);
    await another.getByLabel('Su nombre', { exact: false }).fill('José');
    await another.getByLabel('De qué se ocupa').fill('Llamo al abogado');
    await another.getByRole('button', { name: 'Yo me ocupo' }).click();
    const relatives = await another.getByRole('region', { name: 'Qué hace la familia' }).innerText();
    expect(relatives).toContain('Lupe ya lo vio.');
    expect(relatives).toContain('José: Llamo al abogado');
  });

  it('sees an error beside the field, in the language chosen', async () => {
    const { familyLink } = await cases.pressed();
    const page = await browser.open(familyLink());
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByLabel('Your name', { exact: false }).fill('***');
    await page.getByLabel('What you are doing', { exact: false }).fill('calling');
    await page.getByRole('button', { name: 'I am on it' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    const name = page.getByLabel('Your name', { exact: false });
    expect(await name.inputValue()).toBe('***');
    expect(await page.locator('#on-it-name-error').innerText()).not.toBe('');
    expect(await page.getByLabel('What you are doing', { exact: false }).inputValue()).toBe('calling');
  });

  it('reads in Spanish and English who has the case and whom to call', async () => {
    const { familyLink, officeLink, act } = await cases.pressed();
    const office = officeLink();
    await act(office, 'acknowledge', { officer: 'Rosa Díaz' });
    await act(office, 'representative', { name: 'Elena Soto', phone: '+13235550142' });
    const page = await browser.open(familyLink());
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    expect(await page.getByRole('region', { name: 'Quién sabe de esto' }).innerText()).toContain('Rosa Díaz');
    expect(await page.getByRole('region', { name: 'Representante legal' }).getByRole('link').getAttribute('href')).toBe(
      'tel:+13235550142',
    );
    await page.getByRole('link', { name: 'English' }).click();
    expect(await page.getByRole('region', { name: 'Who knows' }).innerText()).toContain('Rosa Díaz');
    const text = await page.locator('body').innerText();
    for (const secret of ['+12135550101', '555 0101', 'guadalupe.xochiquetzal']) expect(text).not.toContain(secret);
  });
});

describe('after a cancellation under duress', () => {
  it('the family page is byte for byte that of an ordinary one, whatever officers do, and officers see it', async () => {
    const minute = async (): Promise<string | undefined> =>
      (await cases.send('GET', '/health')).headers.get('date')?.slice(0, -7);
    const scene = async () => {
      const ordinary = await cases.pressed();
      const forced = await cases.pressed();
      const office = forced.officeLink();
      await ordinary.cancel(pins.pin);
      await forced.cancel(pins.duressPin);
      await forced.act(office, 'acknowledge', { officer: 'Rosa Díaz' });
      await forced.act(office, 'representative', { name: 'Elena Soto', phone: '+13235550142' });
      await forced.act(office, 'hand-over', { consulateId: 'chicago' });
      await forced.act(forced.officeLink('chicago'), 'acknowledge', { officer: 'Inés Mora' });
      const pageOf = async (link: string) => {
        const { status, headers, text } = await cases.send('GET', link, undefined, { accept: 'text/html' });
        const steady = [...headers].filter(([name]) => !['date', 'apigw-requestid'].includes(name));
        // The folio is of the case's ids alone, as the token is of chance.
        const same = text.replaceAll(link.split('/').at(-1) ?? '', 'TOKEN').replace(/Folio del caso: \w{4}/, 'FOLIO');
        return { status, headers: steady, text: same };
      };
      return {
        office: forced.officeLink('chicago'),
        ordinary: await pageOf(ordinary.familyLink()),
        forced: await pageOf(forced.familyLink()),
      };
    };
    // Pages say times to the minute: when one ends meanwhile, the scene is played again.
    let started = await minute();
    let played = await scene();
    while (started !== (await minute())) {
      await cases.reset();
      started = await minute();
      played = await scene();
    }
    expect(played.ordinary.status).toBe(200);
    expect(played.ordinary.text).toContain('canceló su alerta');
    expect(played.forced).toEqual(played.ordinary);

    const page = await browser.open(played.office);
    const banner = page.getByRole('region', { name: 'CANCELADA BAJO COACCIÓN' });
    expect(await banner.isVisible()).toBe(true);
    expect(await banner.getByRole('link').getAttribute('href')).toBe('tel:+12135550101');
    expect(await page.locator('a[href^="mailto:"]').count()).toBe(0);
  });
});
