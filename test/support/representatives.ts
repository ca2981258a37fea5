import type { Load, Representative, RosterEntry } from '../../shared/domain/representatives/representative.ts';
import { representativeSchema } from '../../shared/domain/representatives/representative.ts';
import { readAs } from '../../shared/domain/shape.ts';

/** A lawyer of Los Angeles who takes what there is, at any hour. */
export const aRepresentative = (overrides: Partial<Representative> = {}): Representative =>
  readAs(representativeSchema, {
    representativeId: '7c0e6f52-0000-4000-8000-000000000001',
    officeId: 'los-angeles',
    name: 'Lic. Andrés Vega',
    phone: '+12135550177',
    email: 'vega@example.org',
    languages: ['es', 'en'],
    matters: ['immigration'],
    capacity: 5,
    state: 'active',
    addedAt: '2026-11-01T12:00:00.000Z',
    confirmedAt: '2026-11-20T12:00:00.000Z',
    ...overrides,
  });

export const rosterEntry = (overrides: Partial<Representative> = {}, load: Load = { openCases: 0 }): RosterEntry => ({
  representative: aRepresentative(overrides),
  load,
});
