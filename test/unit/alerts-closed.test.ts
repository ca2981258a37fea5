import { describe, expect, it } from 'vitest';
import { numbersKey } from '../../shared/adapters/dynamo-keys.ts';
import type { CaseNumbers } from '../../shared/domain/numbers/case-numbers.ts';
import { operator } from '../support/operator-commands.ts';
import { alertItem, deskWith, now, secrets } from '../support/operator-items.ts';

const closed = (id: string, closedAt: string, more: Record<string, unknown> = {}) =>
  alertItem(60, {
    alertId: `${id}-0000-4000-8000-000000000001`,
    state: 'closed',
    disposition: 'released',
    closedAt,
    officeId: undefined,
    ...more,
  });

describe('npm run alerts -- closed', () => {
  it('lists what was closed in the last week or since a day, the last one first, and nothing about people', async () => {
    const { alerts } = await deskWith(
      closed('aaaaaaaa', '2026-11-20T10:00:00.000Z'),
      closed('bbbbbbbb', '2026-11-22T10:00:00.000Z', { drill: true, disposition: 'drill' }),
      closed('cccccccc', '2026-11-01T10:00:00.000Z'),
      closed('dddddddd', '2026-11-22T11:00:00.000Z', { expiresAt: now.getTime() / 1000 - 60 }),
      alertItem(5, { alertId: 'eeeeeeee-0000-4000-8000-000000000001' }),
    );
    const { code, out } = await alerts('closed');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual([
      ['CLOSED (UTC)', 'OFFICE', 'ALERT', 'STATE', 'ENDED'],
      ['2026-11-22 10:00', 'los-angeles', 'bbbbbbbb', 'Case closed (drill)', 'drill'],
      ['2026-11-20 10:00', 'los-angeles', 'aaaaaaaa', 'Case closed', 'released'],
    ]);
    expect((await alerts('closed', '--since', '2026-11-01')).out).toContain('cccccccc');
    expect((await alerts('closed', '--since', '2026-11-22')).out).not.toContain('aaaaaaaa');
    for (const value of ['Adelanto', 'camionetas', secrets.acknowledgedBy]) expect(out).not.toContain(value);
    const { out: json } = await alerts('closed', '--json');
    expect(JSON.parse(json)).toMatchObject({ alerts: [{ disposition: 'drill' }, { disposition: 'released' }] });
  });

  it('says so when there is none, and what a day is like', async () => {
    const { alerts } = await operator({ now });
    expect((await alerts('closed')).out).toMatch(/^No alert has been closed since 2026-11-15/);
    for (const since of ['yesterday', '2027-01-01', '2026-02-30']) {
      const { code, err } = await alerts('closed', '--since', since);
      expect([code, err]).toEqual([2, expect.stringContaining(`"${since}" is no day up to today`)]);
    }
  });
});

describe('npm run alerts -- numbers', () => {
  const numbers = (hash: string, counted: Partial<CaseNumbers>, month = '2026-11') => ({
    ...numbersKey(month, hash),
    itemType: 'numbers',
    days: { 'los-angeles': '2026-11-21', ministry: '2026-11-21' },
    isClosed: false,
    revision: 3,
    ...counted,
  });

  /** Nobody of a roster was asked. */
  const unasked = ['-', '-', '-', '0'];

  it('counts per office and day, and the ministry’s rows have every case', async () => {
    const { alerts } = await deskWith(
      numbers('1', { takenAfter: 45, takenBy: 'los-angeles', isClosed: true, disposition: 'safe' }),
      numbers('2', { takenAfter: 600, takenBy: 'san-diego', representativeAfter: 3600 }),
      numbers('3', {}),
      numbers('4', { days: { boise: '2026-10-01', ministry: '2026-10-01' } }, '2026-10'),
    );
    const { code, out } = await alerts('numbers');
    const rows = out.split('\n').map((line) => line.split(/ {2,}/));
    expect([code, rows[1], rows[2]]).toEqual([
      0,
      ['2026-11-21', 'ministry', '3', '2', '0', '1', '0', '45 s / 10 min', '1 h / 1 h', ...unasked, 'safe 1'],
      ['2026-11-21', 'los-angeles', '3', '2', '1', '1', '0', '45 s / 10 min', '1 h / 1 h', ...unasked, 'safe 1'],
    ]);
    expect((await alerts('numbers', 'boise')).out).toBe('No case came from 2026-10-23 to 2026-11-22.');
    expect((await alerts('numbers', 'boise', '--since', '2026-10-01')).out).toContain('boise');
    const { out: json } = await alerts('numbers', '--json');
    expect(JSON.parse(json)).toMatchObject({ since: '2026-10-23', rows: [{ office: 'ministry', pressed: 3 }, {}] });
  });
});
