import { consentTexts } from '../../shared/data/consent-texts.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { AlertState } from '../../shared/domain/vocabulary.ts';
import type { CaseEvent, CaseEventDetail } from '../../shared/domain/case/case-event.ts';
import type { Case } from '../../shared/domain/case/case.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import { aFamily, anAlert } from './fixtures.ts';
import { noDistricts } from './no-districts.ts';

export const caseNow = new Date('2026-11-22T21:10:00.000Z');
export const offices = {
  consulateById,
  desk: ministryDesk,
  openConsulates,
  consentTexts,
  ...noDistricts,
  now: () => caseNow,
};

type EventOf = CaseEventDetail & Partial<Pick<CaseEvent, 'by' | 'deliveries'>>;

/** An event so many minutes after the press. */
export const anEventOf = (minutes: number, { by, deliveries, ...detail }: EventOf): CaseEvent => {
  const { familyId, alertId, raisedAt, drill } = anAlert();
  const at = new Date(Date.parse(raisedAt) + minutes * 60_000).toISOString();
  return {
    familyId,
    alertId,
    eventId: `${at}.${detail.type}`,
    at,
    by: by ?? { kind: 'officer', officeId: 'los-angeles' },
    drill,
    deliveries: deliveries ?? {},
    ...detail,
  };
};

/** A case of Los Angeles, told and not acknowledged. */
export const aCase = (
  overrides: { alert?: Partial<Alert>; family?: Partial<Family>; events?: readonly CaseEvent[] } = {},
): Case => ({
  alert: anAlert({
    consulate: { id: 'los-angeles', distanceMeters: 3210, basis: 'location' },
    toldConsulates: ['los-angeles'],
    position: { latitude: 34.05, longitude: -118.24, accuracyMeters: 20, measuredAt: '2026-11-22T19:59:30.000Z' },
    battery: 41,
    note: 'Estoy en la entrada del taller.\nSon cuatro.',
    deliveries: {
      family: { status: 'sent', at: '2026-11-22T20:00:02.000Z' },
      consulate: { status: 'sent', id: 'los-angeles', at: '2026-11-22T20:00:03.000Z' },
      ministry: { status: 'sent', at: '2026-11-22T20:00:03.000Z' },
    },
    ...overrides.alert,
  }),
  family: aFamily(overrides.family),
  events: overrides.events ?? [],
});

const acknowledged = anEventOf(7, {
  type: 'alert.acknowledged.v1',
  officer: 'Lic. Ana Pérez, guardia',
  by: { kind: 'officer', officeId: 'los-angeles', name: 'Lic. Ana Pérez, guardia' },
});
const moved = (to: AlertState) =>
  anEventOf(30, {
    type: 'alert.state-changed.v1',
    from: 'acknowledged',
    to,
    facility: 'Adelanto, CA',
    note: 'Confirmado.',
  });
const relatives = [
  anEventOf(9, { type: 'family.seen.v1', name: 'Lupita', by: { kind: 'family', name: 'Lupita' } }),
  anEventOf(11, {
    type: 'family.on-it.v1',
    name: 'José',
    task: 'llamo al abogado',
    by: { kind: 'family', name: 'José' },
  }),
];
const lawyer = { name: 'Lic. Rosa Íñiguez', phone: '+12135550177', assignedAt: '2026-11-22T20:42:00.000Z' };
const taken = { acknowledgedAt: acknowledged.at, acknowledgedBy: 'Lic. Ana Pérez, guardia' } as const;

/** The same case in each of its states. */
export const caseIn = (state: AlertState): Case => {
  if (state === 'raised') return aCase();
  const events = [acknowledged, ...relatives];
  if (state === 'acknowledged') return aCase({ alert: { state, ...taken }, events });
  const assigned = anEventOf(42, { type: 'alert.representative-assigned.v1', name: lawyer.name, phone: lawyer.phone });
  const alert = { state, ...taken, facility: 'Adelanto, CA', representative: lawyer };
  if (state !== 'closed') return aCase({ alert, events: [...events, moved(state), assigned] });
  const closed = anEventOf(65, { type: 'alert.closed.v1', disposition: 'released', note: 'Salió con fianza.' });
  return aCase({
    alert: { ...alert, disposition: 'released', closedAt: closed.at },
    events: [...events, moved('located'), assigned, closed],
  });
};

/** Cancelled with the PIN, or with the duress PIN: then the case stays open and goes to the next office. */
export const aCancelledCase = (pin: 'ordinary' | 'duress'): Case => {
  const person = { kind: 'person' } as const;
  const first = anEventOf(20, { type: 'alert.cancelled.v1', by: person, deliveries: { family: { status: 'sent' } } });
  if (pin === 'ordinary') {
    return aCase({
      alert: { state: 'closed', disposition: 'cancelled', closedAt: first.at },
      events: [first, { ...first, eventId: `${first.eventId}.2`, deliveries: { ministry: { status: 'sent' } } }],
    });
  }
  return aCase({
    alert: {
      duress: true,
      consulate: { id: 'santa-ana', distanceMeters: 51_000, basis: 'location' },
      toldConsulates: ['los-angeles', 'santa-ana'],
    },
    events: [
      first,
      anEventOf(20, {
        type: 'alert.cancelled-under-duress.v1',
        by: person,
        deliveries: { ministry: { status: 'sent' }, 'consulate:santa-ana': { status: 'sent' } },
      }),
    ],
  });
};

export { alertStates as everyState } from '../../shared/domain/vocabulary.ts';

export { openConsulates };
