import { describe, expect, it } from 'vitest';
import { consulateById } from '../../shared/data/consulates.ts';
import { endDrill } from '../../shared/domain/case/end-drill.ts';
import { keptMs, mayPagePhones, officeDrill, toldOf } from '../../shared/domain/case/office-drill.ts';
import { dayMs } from '../../shared/domain/limits.ts';
import { drillFamilyId } from '../../shared/names.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';
import { operator } from '../support/operator-commands.ts';
import { alertItem, deskWith, now } from '../support/operator-items.ts';

describe('npm run consulate -- drill', () => {
  it('raises a case at each office that is named, once, and where nobody is confirmed none', async () => {
    const { run, sns, raised } = await operator();
    await sns.subscribe({ topic: 'alert-button-consulate-boise', protocol: 'email', endpoint: 'guardia@example.org' });
    await sns.subscribe({ topic: 'alert-button-ministry', protocol: 'email', endpoint: 'guardia@example.org' });
    const { code, out } = await run('drill', 'boise', 'ministry', 'boise');
    expect(code).toBe(0);
    expect(out).toMatch(/^boise +has a case to take +[0-9a-f]{8}$/m);
    expect(raised).toMatchObject([
      {
        familyId: drillFamilyId,
        drill: true,
        raisedTo: { id: 'boise' },
        deliveries: { consulate: { status: 'pending' } },
      },
      { familyId: drillFamilyId, consulate: { id: 'ministry' }, deliveries: { ministry: { status: 'pending' } } },
    ]);
    const nobody = await run('drill', 'yuma', '--json');
    expect(nobody.code).toBe(1);
    expect(JSON.parse(nobody.out)).toEqual({ drills: [{ id: 'yuma', status: 'nobody', alertId: null }] });
    expect(raised).toHaveLength(2);
  });

  // Boise is 7 hours behind UTC in November.
  it.each([
    ['2026-11-27T16:30:00.000Z', 'raised', 0],
    ['2026-11-28T00:30:00.000Z', 'raised', 0],
    ['2026-11-27T15:30:00.000Z', 'outside-hours', 1],
    ['2026-11-28T01:30:00.000Z', 'outside-hours', 1],
    ['2026-11-29T18:00:00.000Z', 'outside-hours', 1],
  ])('pages phones in office hours by the clock of the office: %s, %s', async (at, status, exitCode) => {
    const { run, raised } = await operator({ now: new Date(at) });
    await run('subscribe', 'boise', 'sms', '+12085550199');
    expect(JSON.parse((await run('drill', 'boise', '--json')).out).drills[0].status).toBe('phones-only');
    const { code, out } = await run('drill', 'boise', '--with-phones', '--json');
    expect({ code, status: JSON.parse(out).drills[0].status }).toEqual({ code: exitCode, status });
    expect(raised.map(({ pagesPhones }) => pagesPhones)).toEqual(exitCode === 0 ? [true] : []);
  });

  it('says what cannot be carried out', async () => {
    const { run } = await operator();
    expect((await run('drill')).err).toContain('Name an office');
    expect((await run('drill', 'los-angles')).err).toContain('Did you mean los-angeles?');
    const broken = await operator({ outputs: { DrillFunction: 'breaks' } });
    await broken.everybody();
    const { code, err } = await broken.run('drill', 'boise');
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('docs/runbook.md#send-drill') });
  });
});

describe('npm run consulate -- drills', () => {
  const drill = (daysAgo: number, id: string, overrides: Record<string, unknown> = {}) =>
    alertItem(daysAgo * 24 * 60, {
      familyId: drillFamilyId,
      alertId: `${id}-${daysAgo}`,
      drill: true,
      state: 'closed',
      consulate: { id },
      officeId: undefined,
      ...(id === 'ministry' ? { raisedTo: undefined } : { raisedTo: { id } }),
      ...overrides,
    });
  const taken = (daysAgo: number, seconds: number) => ({
    acknowledgedAt: new Date(now.getTime() - daysAgo * dayMs + seconds * 1000).toISOString(),
  });

  it('names every open office, and the ministry, that took none in 45 days', async () => {
    const desk = await deskWith(
      drill(46, 'boise', taken(46, 60)),
      drill(1, 'boise'),
      drill(44, 'yuma', taken(44, 90)),
      drill(2, 'yuma'),
      drill(3, 'ministry', taken(3, 600)),
    );
    const { code, out } = await desk.run('drills', '--json');
    expect(code).toBe(1);
    const rows: { id: string; lacking: boolean }[] = JSON.parse(out);
    expect(rows.filter(({ lacking }) => !lacking).map(({ id }) => id)).toEqual(['ministry', 'yuma']);
    expect(rows.find(({ id }) => id === 'boise')).toEqual({
      id: 'boise',
      lastAt: drill(1, 'boise').raisedAt,
      lastTakenAfterSeconds: null,
      takenAt: drill(46, 'boise').raisedAt,
      lacking: true,
    });
    const text = (await desk.run('drills')).out;
    expect(text).toMatch(/^boise .* NOT TAKEN /m);
    expect(text).toMatch(/^ministry .* taken after 10 min /m);
    expect(text).toMatch(/^fresno +- +NEVER +-$/m);
    expect(text).toMatch(/No drill was taken in the last 45 days at \d+ of \d+: .*boise/);
  });
});

describe('an office’s drill', () => {
  const alert = officeDrill(consulateById('boise'), { alertId: 'a', now, note: 'n', pagesPhones: false });

  it('is told to offices alone, and is kept until the next is long due', () => {
    const deliveries = {
      family: { status: 'pending' },
      ministry: { status: 'pending' },
      'consulate:yuma': { status: 'pending' },
    } as const;
    expect(toldOf(alert, deliveries)).toEqual({ 'consulate:yuma': { status: 'pending' } });
    expect(toldOf(anAlert(), deliveries)).toEqual(deliveries);
    expect(keptMs(alert, 30 * dayMs)).toBe(60 * dayMs);
    expect(keptMs(alert, 90 * dayMs)).toBe(90 * dayMs);
    expect(keptMs(anAlert(), 30 * dayMs)).toBe(30 * dayMs);
    const over = new Date(now.getTime() + 60 * 60_000);
    const ended = endDrill({ alert, family: aFamily(), events: [] }, over, 30 * dayMs);
    expect(ended?.forget?.at).toEqual(new Date(over.getTime() + 60 * dayMs));
  });

  it('pages nobody on a weekend, at night, or in the summer an hour too early', () => {
    expect(mayPagePhones(new Date('2026-07-03T15:00:00Z'), 'America/Boise')).toBe(true);
    expect(mayPagePhones(new Date('2026-07-03T14:59:00Z'), 'America/Boise')).toBe(false);
    expect(mayPagePhones(new Date('2026-07-04T18:00:00Z'), 'America/Boise')).toBe(false);
  });
});
