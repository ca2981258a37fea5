import { describe, expect, it } from 'vitest';
import { listDestinations } from '../../infra/operator/alert-facts.ts';
import { alertStatus } from '../../shared/domain/case/alert-status.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import { destinationsOf } from '../../shared/domain/case/destinations.ts';
import { openView, quietlyTold } from '../../shared/domain/case/open-view.ts';
import { familyCase } from '../../shared/pages/case-for-family.ts';
import { officerCase } from '../../shared/pages/case-for-officer.ts';
import { aCase, anEventOf, offices } from '../support/cases.ts';

const sent = { status: 'sent' } as const;
const pending = { status: 'pending' } as const;
const unreachable = { status: 'unreachable' } as const;
const santaAna = { id: 'santa-ana', distanceMeters: 51_000, basis: 'location' } as const;

const lines = (destinations: readonly { kind?: string; id?: string; status: string }[]): string[] =>
  destinations.map(({ kind, id = kind, status }) => `${id} ${status}`);

const seen = (found: Case) => ({
  phone: lines(alertStatus(found, offices).destinations),
  officer: lines(officerCase(found, [], offices, { recipient: { kind: 'ministry' } }).destinations),
  operator: lines(listDestinations(found)),
});

describe('what became of each destination', () => {
  it('is the same for phone and officer; the operator sees what is still to go out', () => {
    const found = aCase({
      alert: { deliveries: { family: unreachable, consulate: { ...unreachable, id: 'los-angeles' }, ministry: sent } },
      events: [
        anEventOf(5, {
          type: 'alert.acknowledged.v1',
          officer: 'Ana',
          deliveries: { family: sent, 'consulate:los-angeles': pending, ministry: pending },
        }),
      ],
    });
    const known = ['family sent', 'los-angeles pending', 'ministry sent'];
    expect(seen(found)).toEqual({
      phone: known,
      officer: known,
      operator: ['family sent', 'los-angeles pending', 'ministry pending'],
    });
    expect(familyCase(found, offices).consulate).toMatchObject({ id: 'los-angeles', status: 'pending' });
  });

  it('was reached by the first message that went out, whatever became of later ones', () => {
    const at = '2026-11-22T20:00:02.000Z';
    const found = aCase({
      alert: { deliveries: { family: { ...sent, at } } },
      events: [
        anEventOf(5, { type: 'alert.reopened.v1', deliveries: { family: unreachable } }),
        anEventOf(6, {
          type: 'alert.reopened.v1',
          deliveries: { family: { ...sent, at: '2026-11-22T20:06:00.000Z' } },
        }),
      ],
    });
    expect(destinationsOf(found, 'reached')).toEqual([{ kind: 'family', ...sent, at }]);
    const topics = { family: { ...sent, at }, 'family:en': { ...sent, at: '2026-11-22T20:00:03.000Z' } };
    expect(destinationsOf({ alert: { deliveries: topics }, events: [] }, 'reached')).toEqual([
      { kind: 'family', ...sent, at },
    ]);
  });

  it('has an entry for each office, in the order in which they were told, and one for the office to be chosen', () => {
    const escalated = anEventOf(5, {
      type: 'alert.escalated.v1',
      reason: 'not-acknowledged',
      consulate: santaAna,
      triedConsulates: ['los-angeles'],
      by: { kind: 'system' },
      deliveries: { 'consulate:santa-ana': pending, ministry: sent },
    });
    const found = aCase({ alert: { consulate: santaAna }, events: [escalated] });
    expect(lines(destinationsOf(found, 'reached'))).toEqual([
      'family sent',
      'los-angeles sent',
      'santa-ana pending',
      'ministry sent',
    ]);
    const again = { ...escalated, triedConsulates: ['santa-ana'] };
    expect(lines(destinationsOf({ ...found, events: [escalated, again] }, 'reached'))).toContain('los-angeles sent');
    const { consulate: _, ...unplaced } = aCase({ alert: { deliveries: { consulate: pending } } }).alert;
    expect(destinationsOf({ alert: unplaced, events: [] }, 'reached')).toEqual([{ kind: 'consulate', ...pending }]);
    const byDesk = { ...unplaced, consulate: { id: 'ministry', distanceMeters: null, basis: 'ministry' } } as const;
    expect(destinationsOf({ alert: byDesk, events: [] }, 'reached')).toEqual([{ kind: 'consulate', ...pending }]);
  });

  it('leaves out the ministry as an office: as owner it gets its own message', () => {
    const found = aCase({ alert: { deliveries: { consulate: { ...unreachable, id: 'ministry' }, ministry: sent } } });
    expect(destinationsOf(found, 'reached')).toEqual([{ kind: 'ministry', ...sent }]);
  });

  it('leaves out the reminder to the person’s own phone', () => {
    expect(destinationsOf(aCase({ alert: { deliveries: { self: sent, family: sent } } }), 'reached')).toHaveLength(1);
  });
});

describe('what was signalled with PINs locked', () => {
  const signal = anEventOf(3, {
    type: 'alert.cancelled-under-duress.v1',
    by: { kind: 'person' },
    deliveries: { 'consulate:los-angeles': sent, 'consulate:santa-ana': sent, ministry: sent },
  });
  const moved = anEventOf(4, {
    type: 'alert.noted.v1',
    text: 'x',
    deliveries: { 'consulate:santa-ana': sent, 'consulate:los-angeles': sent },
  });
  const escalated = (tried: readonly string[]) =>
    anEventOf(5, {
      type: 'alert.escalated.v1',
      reason: 'not-acknowledged',
      consulate: santaAna,
      triedConsulates: tried,
      by: { kind: 'system' },
      deliveries: { 'consulate:santa-ana': pending, ministry: pending },
    });
  const withSignal = (events: Case['events']) =>
    aCase({ alert: { toldConsulates: ['santa-ana', 'los-angeles'] }, events });

  it('shows neither phone nor relatives whom it told, nor later news to them; officers see it', () => {
    const found = withSignal([signal, moved]);
    expect(seen(found).phone).toEqual(['family sent', 'los-angeles sent', 'ministry sent']);
    expect(seen(found).officer).toContain('santa-ana sent');
    expect(familyCase({ ...found, alert: { ...found.alert, consulate: santaAna } }, offices).consulate).toMatchObject({
      id: 'santa-ana',
      status: null,
    });
    expect(quietlyTold(found)).toEqual(new Set(['santa-ana']));
  });

  it('shows such an office from the moment at which the case comes to it openly', () => {
    const found = withSignal([signal, moved, escalated(['santa-ana', 'los-angeles'])]);
    expect(seen(found).phone).toEqual(['family sent', 'los-angeles sent', 'santa-ana pending', 'ministry sent']);
    expect(quietlyTold(found)).toEqual(new Set());
  });

  it('shows that officers asked another office from the moment at which a person there took the case', () => {
    const asked = anEventOf(2, {
      type: 'alert.hand-over-asked.v1',
      receiver: santaAna,
      from: 'los-angeles',
      deliveries: { 'consulate:santa-ana': sent, 'consulate:los-angeles': sent },
    });
    const taken = anEventOf(6, {
      type: 'alert.located.v1',
      cause: 'hand-over',
      consulate: santaAna,
      deliveries: { family: sent, ministry: sent },
    });
    const shown = (events: Case['events']) => seen(aCase({ events })).phone.filter((line) => line.startsWith('santa'));
    expect([shown([asked]), shown([asked, taken])]).toEqual([[], ['santa-ana sent']]);
  });

  it('does not pass for the office of the press while that is still to be chosen', () => {
    const ministry = { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const;
    const toMinistry = { ...escalated(['santa-ana']), consulate: ministry, deliveries: { ministry: pending } };
    const alert = { ...withSignal([]).alert, consulate: ministry, deliveries: { consulate: pending, ministry: sent } };
    const found = { alert, events: [signal, toMinistry] };
    expect(destinationsOf(openView(found), 'reached')).toEqual([
      { kind: 'consulate', ...pending },
      { kind: 'ministry', ...sent },
    ]);
  });
});
