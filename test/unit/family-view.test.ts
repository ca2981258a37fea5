import { expect, it } from 'vitest';
import { freezeForFamily } from '../../shared/domain/case/family-view.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

it('the family’s page of a cancelled alert needs the press, the person and whose clock it goes by, and nothing else', () => {
  const closedAt = '2026-11-22T20:10:00.000Z';
  const press = {
    familyId: anAlert().familyId,
    alertId: anAlert().alertId,
    drill: false,
    origin: { kind: 'missed-check-in', promisedAt: '2026-11-22T19:30:00.000Z', label: 'cita' },
    raisedAt: '2026-11-22T20:00:00.000Z',
    pressedAt: '2026-11-22T19:59:00.000Z',
    utcOffsetMinutes: -480,
    position: { latitude: 34.05, longitude: -118.24, accuracyMeters: 20 },
    consularNotification: true,
  } as const;
  const homePosition = { latitude: 36.74, longitude: -119.79 };
  const person = { name: 'María Fernanda Ruiz', language: 'es', homePosition } as const;
  const family = aFamily({ person: { ...person, phone: '+12135550100', urgentAtHome: 'gas' } });
  const told = anAlert({ ...press, duress: true, facility: 'Adelanto', battery: 40 });

  expect(freezeForFamily(told, family, closedAt)).toEqual({ alert: press, person, closedAt });
  const consulate = { status: 'sent', id: 'fresno' } as const;
  expect(freezeForFamily({ ...told, deliveries: { consulate } }, family, closedAt)).toHaveProperty(
    'officeId',
    'fresno',
  );
});
