import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  click,
  holdAlert,
  losAngeles,
  openRegistered,
  raised,
  register,
  shownWord,
  startPhones,
  waitForUnreceived,
  waitForWord,
  waitForWorker,
} from './phones.ts';

const phones = await startPhones();
const { stack } = phones;
beforeEach(async () => stack.reset());
afterEach(async () => phones.closeAll());
afterAll(async () => phones.end());

describe('the press', () => {
  it('is held for a second and a half, goes out with the place, and says the truth at each step', async () => {
    const phone = await openRegistered(phones);
    await holdAlert(phone.page);
    await waitForWord(phone.page, 'Recibida');
    await stack.idle();
    expect(raised(stack)).toHaveLength(1);
    expect(phone.asked().filter((each) => each === 'POST /v1/alerts')).toHaveLength(1);
    await phone.page.getByText('Consulado General de México en Los Ángeles').waitFor();
    expect(await phone.page.locator('body').innerText()).toContain('todavía no la ha visto ninguna persona');
  });

  it('let go too early is none', async () => {
    const phone = await openRegistered(phones);
    await phone.page.clock.install();
    await phone.page.clock.pauseAt(Date.now() + 60_000);
    const button = phone.page.getByRole('button', { name: 'ALERTA', exact: true });
    const box = await button.boundingBox();
    await phone.page.mouse.move(box!.x + 50, box!.y + 50);
    await phone.page.mouse.down();
    await phone.page.clock.runFor(1400);
    expect(await button.getAttribute('class')).toContain('holding');
    await phone.page.mouse.up();
    await phone.page.clock.runFor(5000);
    expect(await button.isVisible()).toBe(true);
    expect(await button.getAttribute('class')).not.toContain('holding');
    expect(phone.asked()).not.toContain('POST /v1/alerts');
  });

  it('without a network is kept through a reload, and is one alert, received once, when it is back', async () => {
    const phone = await openRegistered(phones);
    await waitForWorker(phone.page);
    await phone.context.setOffline(true);
    await holdAlert(phone.page);
    await waitForWord(phone.page, 'Guardada');
    await phone.page.reload();
    await waitForUnreceived(phone.page);
    await phone.context.setOffline(false);
    await waitForWord(phone.page, 'Recibida');
    await stack.idle();
    expect(raised(stack)).toHaveLength(1);
  });

  it('whose answer is lost after the service stored it is never called unsent, and stays one alert', async () => {
    const phone = await openRegistered(phones);
    let lost = 0;
    await phone.context.route('**/v1/alerts', async (route) => {
      await route.fetch();
      lost += 1;
      if (lost <= 2) await route.abort('connectionreset');
      else await route.continue();
    });
    const words: string[] = [];
    await phone.page.exposeFunction('noteWord', (word: string) => words.push(word));
    await phone.page.evaluate(() => {
      new MutationObserver(() => {
        const word = document.querySelector('.word')?.textContent;
        if (word) (Reflect.get(globalThis, 'noteWord') as (text: string) => void)(word);
      }).observe(document, { subtree: true, childList: true, characterData: true });
    });
    await holdAlert(phone.page);
    await waitForWord(phone.page, 'Recibida');
    expect(lost).toBeGreaterThanOrEqual(3);
    // Saved until it leaves, then under way until an answer comes: never back to "not sent".
    const order = words.filter((word, index) => word !== words[index - 1]);
    expect(order.join(' ')).toMatch(/^(Guardada )?Enviando Recibida$/);
    await stack.idle();
    expect(raised(stack)).toHaveLength(1);
  });

  it('that waited for a day with a clock that was moved goes out all the same', async () => {
    const phone = await openRegistered(phones);
    await waitForWorker(phone.page);
    await phone.context.setOffline(true);
    await holdAlert(phone.page);
    await waitForWord(phone.page, 'Guardada');
    for (const days of [-400, 1]) {
      await phone.context.clock.setSystemTime(Date.now() + days * 86_400_000);
      await phone.page.reload();
      await waitForUnreceived(phone.page);
    }
    await phone.context.setOffline(false);
    await waitForWord(phone.page, 'Recibida');
    await stack.idle();
    expect(raised(stack)).toHaveLength(1);
  });

  it('of two tabs is sent once', async () => {
    const phone = await openRegistered(phones);
    const other = await phone.context.newPage();
    await other.goto('/');
    await other.getByRole('button', { name: 'ALERTA', exact: true }).waitFor();
    await phone.context.setOffline(true);
    await holdAlert(phone.page);
    await waitForWord(phone.page, 'Guardada');
    const before = phone.asked().filter((each) => each === 'POST /v1/alerts').length;
    await phone.context.setOffline(false);
    await waitForWord(phone.page, 'Recibida');
    await stack.idle();
    expect(phone.asked().filter((each) => each === 'POST /v1/alerts').length - before).toBe(1);
    expect(raised(stack)).toHaveLength(1);
    await other.reload();
    await waitForWord(other, 'Recibida');
  });

  it('that stays unanswered for 8 seconds gives somebody to call', async () => {
    const phone = await openRegistered(phones);
    await phone.context.route('**/v1/alerts', async (route) => route.abort('connectionrefused'));
    await phone.page.clock.install();
    await holdAlert(phone.page);
    expect(await phone.page.getByRole('link').count()).toBe(0);
    await phone.page.clock.fastForward(8000);
    const link = phone.page.getByRole('link', { name: /^Llamar/ });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('tel:+15206237874');
    expect(await shownWord(phone.page)).toBe('Enviando');
  });

  it('is followed by where the phone goes', async () => {
    const phone = await openRegistered(phones);
    await holdAlert(phone.page);
    await waitForWord(phone.page, 'Recibida');
    await phone.context.setGeolocation({ ...losAngeles, latitude: 34.1 });
    await expect.poll(() => phone.asked().filter((each) => each.endsWith('/positions')).length).toBeGreaterThan(0);
  });

  it('by a tap counts down, can be stopped, and then goes out', async () => {
    const phone = await phones.open();
    await register(phone, { stay: true });
    await phone.page.getByRole('radio', { name: /^Tocar/ }).check();
    await click(phone.page, 'Listo');
    await phone.page.clock.install();
    await click(phone.page, 'ALERTA');
    await click(phone.page, 'Detener');
    await phone.page.clock.runFor(10_000);
    expect(phone.asked()).not.toContain('POST /v1/alerts');
    await phone.page.clock.resume();
    await click(phone.page, 'ALERTA');
    await phone.page.getByText('Sale en 5').waitFor();
    await waitForWord(phone.page, 'Recibida');
  });
});

describe('a drill', () => {
  it('that the service refuses is never sent again', async () => {
    const phone = await phones.open();
    await register(phone, { stay: true });
    await phone.context.route('**/v1/alerts', async (route) =>
      route.fulfill({ status: 429, contentType: 'application/problem+json', body: '{"code":"drills-used-up"}' }),
    );
    await click(phone.page, 'Hacer un simulacro');
    await phone.page.getByText('Ya no quedan simulacros').waitFor();
    await phone.context.unroute('**/v1/alerts');
    await phone.page.reload();
    // Whatever waited goes before or with it.
    await holdAlert(phone.page);
    await waitForWord(phone.page, 'Recibida');
    await stack.idle();
    expect(phone.asked().filter((each) => each === 'POST /v1/alerts')).toHaveLength(2);
    expect(raised(stack).map(({ attributes }) => attributes['drill'])).toEqual(['false']);
  });
});
