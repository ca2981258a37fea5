import { describe, expect, it } from 'vitest';
import { openConsulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { positionFactsOf } from '../../shared/domain/case/alert-position.ts';
import { movedTo, moveOf } from '../../shared/domain/case/position-moved.ts';
import { metersToNearest } from '../../shared/domain/offices/nearest-consulates.ts';
import { anAlert } from '../support/fixtures.ts';

const now = new Date('2026-11-22T21:00:00.000Z');
const home = { latitude: 34.05, longitude: -118.24 };
/** So many metres north of the press. */
const north = (meters: number, measuredAt = '2026-11-22T20:59:00.000Z') => ({
  ...home,
  latitude: home.latitude + meters / 110_922,
  measuredAt,
});
const pressed = (overrides: Partial<Alert> = {}) =>
  anAlert({ position: { ...home, measuredAt: '2026-11-22T19:59:00.000Z' }, ...overrides });
const told = (minutesAgo: number, meters = 0) => ({
  ...north(meters, '2026-11-22T20:30:00.000Z'),
  toldAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
  times: 1,
});
const frozen = { state: 'closed', status: '{}', until: '2027-01-01T00:00:00.000Z' } as const;
const { position: _position, ...nowhere } = anAlert();
const factsOf = (alert: Alert) => positionFactsOf(alert, home, metersToNearest(openConsulates));

describe('a move that officers are told of', () => {
  it.each([
    ['over 1 km from the press', pressed(), north(1_010), 1010],
    ['over 1 km from where the last message put it', pressed({ toldPosition: told(11, 5000) }), north(6_010), 1010],
    ['ten minutes after the last message', pressed({ toldPosition: told(10) }), north(2_000), 2000],
    ['by whichever way the person is forced', pressed({ duress: true, deviceView: frozen }), north(2_000), 2000],
    [
      'of a case cancelled with the PIN, for the time that it takes',
      pressed({ state: 'closed', deviceView: frozen }),
      north(2_000),
      2000,
    ],
    [
      'measured after the press as the phone says, although the press came later',
      anAlert({ pressedAt: '2026-11-22T19:00:00.000Z', position: home, raisedAt: '2026-11-22T20:00:00.000Z' }),
      north(2_000, '2026-11-22T19:30:00.000Z'),
      2000,
    ],
    ['without any place before', { ...nowhere, deviceView: frozen }, north(0), undefined],
    [
      'without a trusted place before',
      pressed({ state: 'acknowledged', position: { latitude: 34.05, longitude: 0 } }),
      north(0),
      undefined,
    ],
  ])('is one %s', (_, alert, newest, distance) => {
    const move = moveOf(alert, newest, now, factsOf(alert));
    expect(move?.position).toEqual(newest);
    const rounded = move?.distanceMeters && Math.round(move.distanceMeters / 10) * 10;
    expect(rounded).toBe(distance);
  });

  it.each([
    ['1 km or less', pressed(), north(990)],
    ['less than ten minutes after the last message', pressed({ toldPosition: told(9.9) }), north(20_000)],
    ['to where the last message put it', pressed({ toldPosition: told(60, 5000) }), north(5_500)],
    ['measured before the press', pressed(), north(5_000, '2026-11-22T19:58:00.000Z')],
    ['measured as the press was', pressed(), north(5_000, '2026-11-22T19:59:00.000Z')],
    ['measured before the last message', pressed({ toldPosition: told(60) }), north(5_000, '2026-11-22T20:29:00.000Z')],
    [
      'before the press by the phone’s clock',
      anAlert({ position: home, pressedAt: '2026-11-22T19:00:00.000Z' }),
      north(5_000, '2026-11-22T18:59:00.000Z'),
    ],
    ['of a case that an officer closed', pressed({ state: 'closed' }), north(5_000)],
    ['of a person who did not authorise it', pressed({ consularNotification: false }), north(5_000)],
    ['after two hundred of them', pressed({ toldPosition: { ...told(60), times: 200 } }), north(5_000)],
  ])('is none %s', (_, alert, newest) => {
    expect(moveOf(alert, newest, now, factsOf(alert))).toBeUndefined();
  });

  const change = (alert: Alert) =>
    movedTo({ now, newId: () => 'id', retentionMs: 1000 }, alert, { position: north(2_000), distanceMeters: 2000 });

  it('is told to the ministry and every office that was told, never to the family', () => {
    const ministry = { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const;
    const { events, set, forgetEventsAt } = change(
      pressed({ toldConsulates: ['fresno', 'boston', 'ministry'], consulate: ministry, duress: true }),
    );
    expect(Object.keys(events[0]!.deliveries)).toEqual(['consulate:fresno', 'consulate:boston', 'ministry']);
    expect(set).toEqual({ toldPosition: { ...north(2_000), toldAt: now.toISOString(), times: 1 } });
    expect(forgetEventsAt).toEqual(new Date(now.getTime() + 1000));
  });

  it('is written the same after either PIN, and told to nobody after the ordinary one', () => {
    const both = { deviceView: frozen, toldConsulates: ['fresno'] };
    const ordinary = change(pressed({ ...both, state: 'closed', disposition: 'cancelled' }));
    const duress = change(pressed({ ...both, duress: true }));
    expect(ordinary.events[0]!.deliveries).toEqual({});
    expect(Object.keys(duress.events[0]!.deliveries)).toEqual(['consulate:fresno', 'ministry']);
    const written = ({ set, remove, events, forget, forgetEventsAt }: typeof duress) => ({
      set,
      remove,
      forget,
      forgetEventsAt,
      events: events.map(({ deliveries: _deliveries, ...event }) => event),
    });
    expect(written(ordinary)).toEqual(written(duress));
  });
});
