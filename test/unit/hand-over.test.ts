import { describe, expect, it } from 'vitest';
import type { CaseEventOf } from '../../shared/domain/case/case-event.ts';
import { handOverUnreachable } from '../../shared/domain/case/hand-over.ts';
import { anAlert } from '../support/fixtures.ts';
import { caseEvents } from '../support/message-facts.ts';

const asked = caseEvents['hand-over asked'] as CaseEventOf<'alert.hand-over-asked.v1'>;
const now = new Date('2026-11-23T18:03:00.000Z');
const waiting = anAlert({
  consulate: { id: 'los-angeles', distanceMeters: 10, basis: 'location' },
  handOver: { to: asked.receiver, at: asked.at },
});

describe('a hand-over to an office where nobody is subscribed', () => {
  it('ends, and the giver and the ministry hear', () => {
    expect(handOverUnreachable(waiting, asked, now)).toMatchObject({
      type: 'alert.hand-over-ended.v1',
      why: 'unreachable',
      by: { kind: 'system' },
      at: now.toISOString(),
      receiver: asked.receiver,
      askedAt: asked.at,
      eventId: `hand-over-unreachable.${asked.eventId}`,
      deliveries: { 'consulate:los-angeles': { status: 'pending' }, ministry: { status: 'pending' } },
    });
  });

  it('of the ministry’s own case is heard by the ministry alone', () => {
    const { consulate: _, ...ofMinistry } = waiting;
    expect(Object.keys(handOverUnreachable(ofMinistry, asked, now)?.deliveries ?? {})).toEqual(['ministry']);
  });

  it('says nothing once the case is closed, or the hand-over is over or another', () => {
    const { handOver: _, ...over } = waiting;
    const another = { ...waiting, handOver: { to: asked.receiver, at: '2026-11-23T18:02:30.000Z' } };
    const elsewhere = { ...waiting, handOver: { to: { ...asked.receiver, id: 'oxnard' }, at: asked.at } };
    for (const alert of [{ ...waiting, state: 'closed' as const }, over, another, elsewhere])
      expect(handOverUnreachable(alert, asked, now)).toBeUndefined();
  });
});
