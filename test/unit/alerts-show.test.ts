import { describe, expect, it } from 'vitest';
import { reportAlert } from '../../infra/operator/alert-timeline.ts';
import { ministryDesk } from '../../shared/data/consulates.ts';
import type { AlertRecord } from '../../infra/operator/alert-items.ts';
import type { CaseEvent } from '../../shared/domain/case/case-event.ts';
import { caseEvents, press } from '../support/message-facts.ts';
import { operator } from '../support/operator-commands.ts';
import { alertItem, deskWith, eventItem, family, first, timeline } from '../support/operator-items.ts';

describe('npm run alerts -- show', () => {
  it('prints deliveries and timeline of one alert, and nothing about people', async () => {
    const { alerts } = await deskWith(...timeline);
    const { code, out } = await alerts('show', '3f1c');
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Alert   3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611
      Folio   BDZS
      Family  7d0e9f52-6a0b-4a52-9a0c-0d7a5c1f2b10
      Raised  2026-11-22 22:46:00 UTC by press, 14 min ago
      State   Not attended
      Office  douglas
      Officer NOBODY for 14 min; last entry none; steps of silence taken: 0
      Told    family sent, los-angeles sent, douglas UNREACHABLE, ministry pending
      Call    Consulado General de México en Los Ángeles +12133516800; Consulado de México en Douglas (no phone on record); Secretaría de Relaciones Exteriores / CIAM +15206237874

      AT (UTC)             AFTER   EVENT                   BY                 WHAT                                                     TOLD
      2026-11-22 22:46:00  0 s     alert.raised.v1         person             The Alert Button was pressed.                            family sent after 1 s, los-angeles sent after 1 s, ministry pending
      2026-11-22 22:47:00  60 s    alert.escalated.v1      system             The message could not be delivered. Goes on to Douglas.  douglas UNREACHABLE after 2 s, ministry sent after 1 s
      2026-11-22 22:57:00  11 min  alert.state-changed.v1  officer (douglas)  Being attended → Whereabouts confirmed.                  family sent after 4 s
      2026-11-22 22:58:00  12 min  family.on-it.v1         family             Is on it.                                                -"
    `);
    const json = (await alerts('show', family.toUpperCase(), first, '--json')).out;
    expect(JSON.parse(json)).toMatchObject({
      familyId: family,
      alertId: first,
      overdue: true,
      destinations: [
        { id: 'family', status: 'sent' },
        { id: 'los-angeles', status: 'sent' },
        { id: 'douglas', status: 'unreachable' },
        { id: 'ministry', status: 'pending', at: null },
      ],
      timeline: [
        { type: 'alert.raised.v1', by: { kind: 'person', office: null } },
        { type: 'alert.escalated.v1', reason: 'office-unreachable', office: 'douglas' },
        {
          type: 'alert.state-changed.v1',
          from: 'acknowledged',
          to: 'located',
          by: { kind: 'officer', office: 'douglas' },
        },
        { type: 'family.on-it.v1', by: { kind: 'family', office: null } },
      ],
    });
    expect(out + json).not.toMatch(/Pérez|Lupita|Soto|Adelanto|camionetas|34\.05|118|555|a-claim|llamar|device/);
  });

  it('says of every kind of event what it was, in the words of the pages, without anything that people wrote', () => {
    const { familyId, alertId, state, raisedAt, drill, consularNotification, deliveries } = press;
    const alert = { familyId, alertId, state, raisedAt, drill, consularNotification, deliveries };
    const written = new Set(['officer', 'name', 'phone', 'text', 'facility', 'note', 'task', 'position']);
    const events = Object.values<CaseEvent>(caseEvents).map((event) =>
      Object.fromEntries(Object.entries(event).filter(([key]) => !written.has(key))),
    );
    const record = { alert, events } as unknown as AlertRecord;
    const { text } = reportAlert(record, { now: new Date(raisedAt), escalationMinutes: [5], desk: ministryDesk });
    expect(text).not.toMatch(/v1 .* {2}- {2}|undefined/);
    expect(text).toContain('Assigned a legal representative.');
    expect(text).toContain('Handed the case over to Phoenix, which has not taken it yet.');
  });

  it('knows the family’s message of a forced cancellation for ours, and says of a move only that there was one', async () => {
    const cancelled = (type: string) => eventItem(type, 5, { type, by: { kind: 'person' } });
    const { alerts } = await deskWith(
      alertItem(9),
      cancelled('alert.cancelled.v1'),
      cancelled('alert.cancelled-under-duress.v1'),
      eventItem('moved', 3, { type: 'alert.position-moved.v1', by: { kind: 'system' }, distanceMeters: 5000 }),
    );
    const { out } = await alerts('show', first);
    expect(out).toMatch(/alert\.cancelled\.v1 .* The family was told that the alert was canceled\./);
    expect(out).toMatch(/alert\.position-moved\.v1 .* The phone moved\. /);
  });

  it('says when nobody pressed', async () => {
    const origin = { kind: 'missed-check-in', promisedAt: '2026-11-22T22:40:00.000Z', label: 'cita en Dallas' };
    const { alerts } = await deskWith(alertItem(3, { origin }));
    const { out } = await alerts('show', first);
    expect(out).toMatch(/^Raised .* UTC by missed-check-in, 3 min ago$/m);
    expect(out).toMatch(/alert\.raised\.v1 +system/);
    const json = (await alerts('show', first, '--json')).out;
    expect(JSON.parse(json)).toMatchObject({ origin: 'missed-check-in', timeline: [{ by: { kind: 'system' } }] });
    expect(out + json).not.toContain('cita');
  });

  it('finds a closed one by its family, and says so without', async () => {
    const { alerts } = await deskWith(
      alertItem(60, {
        state: 'closed',
        officeId: undefined,
        disposition: 'safe',
        closedAt: '2026-11-22T22:30:00.000Z',
      }),
    );
    expect(await alerts('show', first)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^No open alert begins with 3f1c9a44.*name the family too: npm run alerts -- show <family-id>/,
      ),
    });
    expect(await alerts('show', family, '3f1c')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/State +Case closed: Safe, at 2026-11-22 22:30:00/),
    });
  });

  it('names the alerts that may be meant when there is more than one', async () => {
    const second = first.replace(/^3f1c9a44/, '3f1c0000');
    const { alerts } = await deskWith(alertItem(1), alertItem(1, { alertId: second }));
    const { code, err } = await alerts('show', '3f1c');
    expect(code).toBe(2);
    expect(err).toBe(`More than one alert begins with 3f1c:\n  ${family} ${first}\n  ${family} ${second}`);
  });

  it.each([
    [['show'], /Name an alert: npm run alerts -- open/],
    [['show', 'abc'], /"abc" is not the id of an alert, nor its first four letters/],
    [['show', 'María'], /is not the id of an alert/],
    [['show', 'family', first], /"family" is not the id of a family: it is a whole UUID/],
    [['show', family, 'ffffffff'], /There is no alert ffffffff; or it has been forgotten/],
    [['show', family, first, 'more'], /show does not take "more"/],
    [['close', first], /There is no command "close"/],
    [[], /Say what to do\.[^]*npm run alerts -- open/],
    [['open', '--show-endpoints'], /--show-endpoints is not an option of open/],
    [['open', '--token', 'a'], /--token is not an option of open/],
  ])('answers 2 and what to do instead to %j', async (argv, message) => {
    const { alerts } = await operator();
    const { code, out, err } = await alerts(...argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  it('says where the stack is not', async () => {
    const { alerts } = await operator({ stackName: 'AnotherStack' });
    expect(await alerts('open')).toEqual({
      code: 2,
      out: '',
      err: 'There is no stack AlertButton in this account in us-east-1. Deploy it there, or give its --region.',
    });
  });

  it('prints its usage', async () => {
    const { alerts } = await operator();
    expect(await alerts('--help')).toMatchObject({ code: 0, out: expect.stringContaining('Exit codes: 0 done') });
  });
});
