import { describe, expect, it } from 'vitest';
import { alertEscalatedSchema } from '../../shared/contracts/announcement.ts';
import { composeEscalatedForAuthority } from '../../shared/messages/compose-escalated-for-authority.ts';
import { countParts, isGsm } from '../../shared/messages/gsm0338.ts';
import { authorityFacts, familyOf, losAngeles } from '../support/message-facts.ts';

const santaAna = { ...losAngeles, id: 'santa-ana', city: 'Santa Ana', name: 'Consulado de México en Santa Ana' };
const { alert, assigned } = authorityFacts;
const facts = {
  ...authorityFacts,
  consulate: santaAna,
  assigned: { id: 'santa-ana', distanceMeters: 48_000, basis: 'location' } as const,
  triedConsulates: [losAngeles],
  event: {
    familyId: authorityFacts.family.familyId,
    alertId: alert.alertId,
    eventId: 'office-unreachable.los-angeles',
    type: 'alert.escalated.v1',
    at: '2026-11-22T22:32:03.000Z',
    drill: false,
    reason: 'office-unreachable',
    deliveries: {},
    consulate: { id: 'santa-ana', distanceMeters: 48_000, basis: 'location' },
    triedConsulates: ['los-angeles'],
  },
} as const;
const { consulate: _, ...withoutOffice } = facts;
const owned = { ...withoutOffice, assigned: { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const };
const office = { kind: 'consulate', consulate: santaAna } as const;
const ministry = { kind: 'ministry' } as const;

describe('the message about an alert that passes on', () => {
  it('reads as kept in the snapshot', async () => {
    const shown = [
      composeEscalatedForAuthority(office, facts),
      composeEscalatedForAuthority(ministry, facts),
      composeEscalatedForAuthority(ministry, owned),
    ].map(({ subject, bodies }) => {
      const reason = bodies.email?.split('\n\n')[0];
      return `${subject}\n[${countParts(bodies.sms ?? '')} part(s)] ${bodies.sms}\n\n${reason}\n`;
    });
    await expect(shown.join(`\n${'='.repeat(80)}\n`)).toMatchFileSnapshot('./__snapshots__/escalated-officers.txt');
  });

  it('says everything of the press again, as the office before may not have read it', () => {
    const { bodies } = composeEscalatedForAuthority(office, facts);
    for (const fact of ['Ana López García', '34.052200', 'art. 36(1)(b)', '+525555550122']) {
      expect(bodies.email).toContain(fact);
    }
  });

  it('is an update of the first document, with the offices that were tried', () => {
    const document = alertEscalatedSchema.parse(
      JSON.parse(composeEscalatedForAuthority(office, facts).bodies.sqs ?? ''),
    );
    expect(document).toMatchObject({
      type: 'alert.escalated.v1',
      msgType: 'Update',
      references: [expect.stringContaining('alert.raised.v1')],
      reason: 'office-unreachable',
      triedConsulateIds: ['los-angeles'],
      consulate: { id: 'santa-ana' },
      addresses: ['santa-ana'],
    });
    expect(document.references).not.toContain(document.identifier);
    expect(assigned.id).toBe('los-angeles');
  });

  it('fits two parts whatever the name, and carries the attributes for filters', () => {
    const longName = familyOf({ name: `${'María Guadalupe de los Ángeles '.repeat(2)}Hernández` });
    const publication = composeEscalatedForAuthority(office, {
      ...facts,
      alert: { ...alert, drill: true },
      family: longName,
      triedConsulates: [losAngeles, santaAna, losAngeles],
    });
    const { bodies, attributes } = publication;
    expect(countParts(bodies.sms ?? '')).toBeLessThanOrEqual(2);
    expect(isGsm(bodies.sms ?? '')).toBe(true);
    expect(bodies.sms).toMatch(/^SIMULACRO/);
    expect(attributes).toEqual({ type: 'alert.escalated.v1', drill: 'true', consulateId: 'santa-ana' });
  });
});
