import { describe, expect, it } from 'vitest';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { Destination } from '../../shared/domain/case/destinations.ts';
import { rehearsed } from '../../shared/domain/case/drill-result.ts';
import type { LinkOpening } from '../../shared/domain/case/links.ts';
import { anEventOf } from '../support/cases.ts';
import { anAlert } from '../support/fixtures.ts';

const at = (minutes: number): string =>
  new Date(Date.parse('2026-11-22T20:00:00.000Z') + minutes * 60_000).toISOString();
const destinations: readonly Destination[] = [
  { kind: 'family', status: 'sent', at: at(0) },
  { kind: 'consulate', id: 'los-angeles', status: 'sent', at: at(0) },
  { kind: 'consulate', id: 'santa-ana', status: 'unreachable', at: at(5) },
  { kind: 'ministry', status: 'pending' },
];
const family = { kind: 'family' } as const;
const office = (id: string) => ({ kind: 'consulate', id }) as const;
const openings: readonly LinkOpening[] = [
  { recipient: office('los-angeles'), openedAt: at(9) },
  { recipient: office('los-angeles'), openedAt: at(3) },
  { recipient: family, openedAt: at(1) },
];
const officer = (minutes: number, officeId: string) =>
  anEventOf(minutes, { type: 'alert.acknowledged.v1', officer: 'Ana', by: { kind: 'officer', officeId } });
const relative = (minutes: number) =>
  anEventOf(minutes, { type: 'family.seen.v1', name: 'José', by: { kind: 'family', name: 'José' } });

const onIt = anEventOf(2, { type: 'family.on-it.v1', name: 'José', by: { kind: 'family', name: 'José' } });
const note = anEventOf(3, { type: 'alert.noted.v1', text: 'x', by: { kind: 'officer', officeId: 'los-angeles' } });

const result = (
  overrides: Partial<Alert> = {},
  events = [onIt, relative(3), note, officer(4, 'los-angeles'), officer(8, 'los-angeles')],
) => rehearsed({ alert: anAlert({ drill: true, ...overrides }), events, openings }, destinations);

describe('the result of a drill', () => {
  it('is at each destination when it was published, first opened and acknowledged', () => {
    expect(result()).toEqual([
      { ...destinations[0], publishedAt: at(0), openedAt: at(1), acknowledgedAt: at(2) },
      { ...destinations[1], publishedAt: at(0), openedAt: at(3), acknowledgedAt: at(4) },
      destinations[2],
      destinations[3],
    ]);
  });

  it('says of each office whether it has acknowledged itself', () => {
    const shown = result({}, [officer(4, 'santa-ana'), officer(6, 'ministry')]);
    expect(shown.map(({ acknowledgedAt }) => acknowledgedAt)).toEqual([undefined, undefined, at(4), at(6)]);
  });

  it('stays as it was when it was cancelled, whichever PIN it was and whatever officers do then', () => {
    const frozen = { state: 'closed', status: '{}', until: at(99_999) } as const;
    const cancelled = anEventOf(2, { type: 'alert.cancelled.v1', by: { kind: 'person' } });
    const forced = anEventOf(2.5, { type: 'alert.cancelled-under-duress.v1', by: { kind: 'person' } });
    const again = anEventOf(99, { type: 'alert.cancelled.v1', by: { kind: 'person' } });
    const ordinary = result({ deviceView: frozen, state: 'closed' }, [relative(2), cancelled, again]);
    const duress = result({ deviceView: frozen, duress: true }, [
      relative(2),
      cancelled,
      forced,
      officer(4, 'los-angeles'),
      relative(50),
      again,
    ]);
    expect(duress).toEqual(ordinary);
    expect(duress[0]).toMatchObject({ openedAt: at(1), acknowledgedAt: at(2) });
    expect(duress[1]).not.toHaveProperty('openedAt');
  });
});
