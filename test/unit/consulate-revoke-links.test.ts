import { describe, expect, it } from 'vitest';
import { operator } from '../support/operator-commands.ts';
import { alertItem, deskWith } from '../support/operator-items.ts';

describe('npm run consulate -- revoke-links', () => {
  it('ends the links of one office, by the stack’s clock, and says how to go on', async () => {
    const now = new Date('2026-11-29T18:40:30.000Z');
    const { run, endedLinks } = await operator({ now });
    const { code, out } = await run('revoke-links', 'boise');
    expect({ code, endedLinks }).toEqual({ code: 0, endedLinks: ['boise'] });
    expect(out).toContain('Links that boise was sent until 2026-11-29 18:40 UTC open nothing any more.');
    expect(JSON.parse((await run('revoke-links', 'ministry', '--json')).out)).toEqual({
      office: 'ministry',
      endedAt: now.toISOString(),
      openCases: 0,
    });
  });

  it('ends with 1 while cases are open there: whoever stays has to be called', async () => {
    const desk = await deskWith(alertItem(5), alertItem(9, { alertId: 'b', officeId: 'boise' }));
    const { code, out } = await desk.run('revoke-links', 'los-angeles');
    expect(code).toBe(1);
    expect(out).toContain('One case is open in its list');
    expect(desk.endedLinks).toEqual(['los-angeles']);
  });

  it('ends nothing for an office that it does not know, at a stack of before, or if the function fails', async () => {
    const { run, endedLinks } = await operator();
    expect((await run('revoke-links')).err).toContain('Name an office');
    expect((await run('revoke-links', 'los-angles')).err).toContain('Did you mean los-angeles?');
    const old = await operator({ outputs: { SubscribeFunction: '' } });
    expect(await old.run('revoke-links', 'boise')).toMatchObject({ code: 2, err: expect.stringContaining('older') });
    const broken = await operator({ outputs: { SubscribeFunction: 'breaks' } });
    expect(await broken.run('revoke-links', 'boise')).toMatchObject({
      code: 2,
      err: expect.stringContaining('docs/runbook.md#subscribe-office'),
    });
    expect([...endedLinks, ...old.endedLinks, ...broken.endedLinks]).toEqual([]);
  });
});
