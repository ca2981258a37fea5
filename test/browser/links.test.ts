import { describe, expect, it, vi } from 'vitest';
import { linksIn } from './cases.ts';
import { startReading } from './reading.ts';

const { cases, browser } = await startReading();

describe('a link', () => {
  it('that expired, is another office’s, or never was, shows the same page', async () => {
    const stranger = await cases.pressed({ press: { position: { latitude: 41.8781, longitude: -87.6298 } } });
    const elsewhere = stranger.officeLink('chicago');
    const { familyId, alertId, officeLink } = await cases.pressed();
    const link = officeLink();
    const family = stranger.familyLink().replace('/f/', '/c/');
    const shown = async (path: string) => {
      const page = await browser.open(path);
      const { status, headers } = await cases.send('GET', path);
      return { status, csp: headers.get('content-security-policy'), html: await page.content() };
    };
    const never = await shown(`/c/${'x'.repeat(22)}`);
    expect(never.status).toBe(404);
    expect(never.html).toContain('Este enlace no sirve');
    expect(await shown(`${elsewhere}?case=${familyId}.${alertId}`)).toEqual(never);
    expect(await shown(family)).toEqual(never);
    expect((await cases.send('GET', link)).status).toBe(200);
    await cases.expire(link);
    expect(await shown(link)).toEqual(never);
  });

  it('can be followed by a scanner, with every link on its page, without changing anything', async () => {
    const { officeLink, familyLink, read, status, act } = await cases.pressed();
    await act(officeLink(), 'acknowledge', { officer: 'Rosa Díaz' });
    await act(officeLink(), 'state', { to: 'located', facility: 'Adelanto' });
    const facts = async () => ({
      office: await read(officeLink()),
      family: await read(familyLink()),
      device: await status(),
      messages: (await cases.received()).length,
      writes: cases.stack.streamRecords().length,
    });
    const before = await facts();

    const queue = (await cases.received()).flatMap(({ body }) => linksIn(body, cases.url));
    expect(queue.filter((path) => /^\/[cf]\//.test(path)).length).toBeGreaterThan(5);
    const get = async (path: string) =>
      vi.waitFor(async () => {
        const answer = await cases.send('GET', path);
        if (answer.status === 429) throw new Error('throttled');
        return answer;
      }, 5000);
    const led = async (path: string) =>
      vi.waitFor(async () => {
        const { status: code, headers } = await fetch(`${cases.url}${path}`, { redirect: 'manual' });
        if (code === 429) throw new Error('throttled');
        return [code, headers.get('location')];
      }, 5000);
    const addresses = (html: string, attribute: string): string[] =>
      [...html.matchAll(new RegExp(` ${attribute}="(/[^"#]*)`, 'g'))].map(([, path = '']) =>
        path.replaceAll('&amp;', '&'),
      );
    const visited = new Set<string>();
    const forms = new Set<string>();
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      // The list's link to what is new carries the instant of each look.
      const place = path.replace(/since=[^&]*/u, 'since');
      if (visited.has(place)) continue;
      visited.add(place);
      const { status: code, text } = await get(path);
      expect([path.slice(0, 3), code]).toEqual([path.slice(0, 3), 200]);
      queue.push(...addresses(text, 'href'));
      for (const action of [...addresses(text, 'action'), ...addresses(text, 'formaction')]) forms.add(action);
    }
    // Addresses of forms, too: a scanner that GETs them is led to their page.
    expect(forms.size).toBeGreaterThan(10);
    for (const form of forms) {
      const page = form.replace(/\/[\w-]+(?=\?|$)/u, '');
      expect([form, await led(form)]).toEqual([form, [303, page]]);
    }
    await cases.idle();
    expect(visited.size).toBeGreaterThan(15);
    expect(await facts()).toEqual(before);
  });
});
