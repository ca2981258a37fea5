import { describe, expect, it } from 'vitest';
import type { Json } from '../support/local-stack.ts';
import { operator } from '../support/operator-commands.ts';
import { alertItem, deskWith, family, first, now, inTable } from '../support/operator-items.ts';

describe('npm run alerts -- open', () => {
  it('ends with 0 while nothing is open', async () => {
    const { alerts } = await operator();
    expect(await alerts('open')).toEqual({ code: 0, out: 'No alert is open.', err: '' });
  });

  it('lists by office, oldest first, with age, state, officer and who was told', async () => {
    const { alerts } = await deskWith(
      alertItem(1, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001' }),
      alertItem(3, { alertId: 'bbbbbbbb-0000-4000-8000-000000000002' }),
      alertItem(200, {
        alertId: 'cccccccc-0000-4000-8000-000000000003',
        state: 'located',
        acknowledgedAt: '2026-11-22T19:52:00.000Z',
        consulate: { id: 'boise' },
        officeId: 'boise',
        deliveries: { family: { status: 'unreachable' }, consulate: { status: 'sent', id: 'boise' } },
      }),
    );
    const { code, out } = await alerts('open');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "OFFICE       ALERT     FOLIO  AGE         STATE                  OFFICER           LAST ENTRY     TOLD
      boise        cccccccc  GRYU   3 h 20 min  Whereabouts confirmed  after 12 min      3 h 8 min ago  family UNREACHABLE, boise sent
      los-angeles  bbbbbbbb  CQSW   3 min       Not attended           NOBODY for 3 min  none           family sent, los-angeles sent, ministry pending
      los-angeles  aaaaaaaa  FV83   1 min       Not attended           NOBODY for 1 min  none           family sent, los-angeles sent, ministry pending

      3 open; none has waited 5 minutes for an officer."
    `);
  });

  it('says how long each has been without an entry, whom nobody has again, and which hand-over waits', async () => {
    const taken = { state: 'acknowledged', acknowledgedAt: '2026-11-22T20:10:00.000Z' };
    const { alerts } = await deskWith(
      alertItem(180, {
        alertId: 'aaaaaaaa-0000-4000-8000-000000000001',
        ...taken,
        lastEntryAt: '2026-11-22T20:55:00.000Z',
        handOver: { to: { id: 'boise', distanceMeters: 1, basis: 'great-circle' }, at: '2026-11-22T22:52:00.000Z' },
      }),
      alertItem(180, {
        alertId: 'bbbbbbbb-0000-4000-8000-000000000002',
        ...taken,
        lastEntryAt: '2026-11-22T20:10:00.000Z',
        untakenSince: '2026-11-22T22:50:00.000Z',
      }),
      alertItem(180, { alertId: 'cccccccc-0000-4000-8000-000000000003', ...taken, seenOnly: true }),
    );
    const { code, out } = await alerts('open');
    expect(code).toBe(1);
    expect(out).toMatch(/aaaaaaaa .* after 10 min +2 h 5 min ago /);
    expect(out).toMatch(/bbbbbbbb .* NOBODY for 10 min +2 h 50 min ago /);
    expect(out).toMatch(/cccccccc .* only SEEN, after 10 min +2 h 50 min ago /);
    expect(out).toContain('3 open, 1 without an officer for 5 minutes or more. Call:\n  bbbbbbbb');
    expect(out).toContain('aaaaaaaa, handed over to boise, which has NOT taken it for 8 min');
    const shown = JSON.parse((await alerts('open', '--json')).out).alerts.map((alert: Json) => [
      alert['minutesWithoutEntry'],
      alert['untakenSince'],
      alert['handOver'],
    ]);
    expect(shown).toEqual([
      [125, null, { to: 'boise', at: '2026-11-22T22:52:00.000Z' }],
      [170, '2026-11-22T22:50:00.000Z', null],
      [170, null, null],
    ]);
    expect((await alerts('show', 'aaaaaaaa')).out).toContain(
      'Office  los-angeles, handed over to boise, which has NOT taken it for 8 min\nOfficer after 10 min; last entry 2 h 5 min ago;',
    );
  });

  it('ends with 1 once somebody has waited for an officer as long as the setting says, and whom to call', async () => {
    const { alerts } = await deskWith(alertItem(5));
    const { code, out } = await alerts('open');
    expect(code).toBe(1);
    expect(out).toContain('1 open, 1 without an officer for 5 minutes or more. Call:');
    expect(out).toMatch(/3f1c9a44 {2}Consulado General .* \+1\d{10}; Secretaría de Relaciones Exteriores/);
    expect((await (await deskWith(alertItem(4))).alerts('open')).code).toBe(0);
    const slower = await operator({ now, outputs: { EscalationMinutes: '30,60' } });
    slower.table.put(...inTable([alertItem(29)]));
    expect((await slower.alerts('open')).code).toBe(0);
  });

  it.each([
    ['a drill', { drill: true }],
    ['one that an officer has', { state: 'acknowledged', acknowledgedAt: '2026-11-22T22:10:00.000Z' }],
    [
      'one of which no office may hear',
      { consularNotification: false, consulate: undefined, dueBucket: '3', dueAt: 1 },
    ],
  ])('ends with 0 however old %s is', async (_, overrides) => {
    const { alerts } = await deskWith(alertItem(60, overrides));
    const { code, out } = await alerts('open');
    expect(code).toBe(0);
    expect(out).toContain('1 open; none has waited');
  });

  it('finds an alert for which no office could be chosen by what the watchman still has to do', async () => {
    const { alerts } = await deskWith(
      alertItem(7, {
        officeId: undefined,
        consulate: undefined,
        raisedTo: undefined,
        deliveries: { consulate: { status: 'pending' } },
        dueBucket: '15',
        dueAt: now.getTime() + 60_000,
      }),
    );
    const { code, out } = await alerts('open');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^not chosen +3f1c9a44 +[2-9A-Z]{4} +7 min +Not attended +NOBODY for 7 min +none +consulate pending$/m,
    );
  });

  it('leaves out what is closed or has expired, and lists once what both indexes have', async () => {
    const { alerts } = await deskWith(
      alertItem(9, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001', state: 'closed' }),
      alertItem(9, { alertId: 'bbbbbbbb-0000-4000-8000-000000000002', expiresAt: now.getTime() / 1000 }),
      alertItem(2, { dueBucket: '0', dueAt: now.getTime() }),
    );
    expect(JSON.parse((await alerts('open', '--json')).out).alerts.map(({ alertId }: Json) => alertId)).toEqual([
      first,
    ]);
  });

  it('can be asked for one office', async () => {
    const { alerts } = await deskWith(
      alertItem(9, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001', officeId: 'boise', consulate: { id: 'boise' } }),
      alertItem(2),
    );
    expect((await alerts('open', 'los-angeles')).code).toBe(0);
    expect((await alerts('open', 'yuma')).out).toBe('No open alert is with yuma.');
    expect((await alerts('open', 'boise')).code).toBe(1);
    expect(await alerts('open', 'bosie')).toMatchObject({
      code: 2,
      err: 'There is no office "bosie". Did you mean boise?',
    });
  });

  it('names an alert that cannot be read, ends with 1, and shows the others', async () => {
    const { alerts } = await deskWith(
      alertItem(1),
      alertItem(1, { alertId: 'poison', deliveries: 'Ana Sofía', drill: 'Ana Sofía' }),
    );
    const { code, out } = await alerts('open');
    expect(code).toBe(1);
    expect(out).toContain('3f1c9a44');
    expect(out).toContain(`Not all can be read of:\n  ${family} poison`);
    expect(out).not.toContain('Ana Sofía');
  });

  it('writes as much of an id as tells it from the others', async () => {
    const { alerts } = await deskWith(
      alertItem(1),
      alertItem(1, { alertId: first.replace(/d611$/, 'd612') }),
      alertItem(1, { alertId: 'aaaaaaaa-0000-4000-8000-000000000001' }),
    );
    const { out } = await alerts('open');
    expect(out).toMatch(/ aaaaaaaa {2}/);
    expect(out).toContain(` ${first} `);
  });
});
