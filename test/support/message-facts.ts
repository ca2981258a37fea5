import type { Alert } from '../../shared/domain/case/alert.ts';
import type { Consulate, MinistryDesk } from '../../shared/domain/offices/consulate.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { Disposition } from '../../shared/domain/vocabulary.ts';
import type { Deliveries } from '../../shared/domain/case/deliveries.ts';
import type { Actor, CaseEvent, CaseEventDetail } from '../../shared/domain/case/case-event.ts';
import type { CaseMessageFacts } from '../../shared/telling/case-message.ts';
import type { RaisedForAuthorityFacts } from '../../shared/telling/raised-message.ts';

/** People and numbers of these facts are invented: 555-01xx is kept for fiction. */
export const desk: MinistryDesk = {
  id: 'ministry',
  ministry: 'Secretaría de Relaciones Exteriores',
  name: 'Secretaría de Relaciones Exteriores / CIAM',
  phone: '+12025550100',
};

export const losAngeles: Consulate = {
  id: 'los-angeles',
  kind: 'consulate-general',
  name: 'Consulado General de México en Los Ángeles',
  city: 'Los Angeles',
  state: 'CA',
  latitude: 34.06,
  longitude: -118.27,
  precision: 'city',
  website: null,
  mainPhone: null,
  emergencyPhone: desk.phone,
  timeZone: 'America/Los_Angeles',
};

export const press: Alert = {
  familyId: '7d0e9f52-6a0b-4a52-9a0c-0d7a5c1f2b10',
  alertId: '3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d611',
  deviceId: 'device',
  state: 'raised',
  raisedAt: '2026-11-22T22:32:10.000Z',
  pressedAt: '2026-11-22T22:32:08.000Z',
  drill: false,
  position: {
    latitude: 34.0522,
    longitude: -118.2437,
    accuracyMeters: 25,
    measuredAt: '2026-11-22T22:30:10.000Z',
  },
  battery: 41,
  note: 'Dos camionetas.\nEstoy en el trabajo.',
  droppedFields: [],
  consularNotification: true,
  deliveries: {},
};

export const familyOf = (person: Partial<Family['person']> = {}): Family => ({
  familyId: press.familyId,
  person: { name: 'Ana López García', language: 'es', phone: '+12135550111', ...person },
  contacts: [
    { contactId: 'c1', name: 'María García Núñez', channel: 'sms', endpoint: '+525555550122' },
    { contactId: 'c2', name: 'Pedro López', channel: 'email', endpoint: 'pedro@example.org' },
  ],
  consent: { consularNotification: true, version: '2026-10', at: '2026-10-03T17:20:00.000Z' },
  sharePositionWithFamily: true,
  registeredAt: '2026-10-03T17:20:00.000Z',
});

export const authorityFacts: RaisedForAuthorityFacts = {
  alert: press,
  family: familyOf(),
  assigned: { id: 'los-angeles', distanceMeters: 3214, basis: 'location' },
  consulate: losAngeles,
  consulateById: (id) => offices.find((office) => office.id === id),
  desk,
  now: new Date('2026-11-22T22:32:11.000Z'),
};

export const santaAna: Consulate = {
  ...losAngeles,
  id: 'santa-ana',
  city: 'Santa Ana',
  name: 'Consulado de México en Santa Ana',
};
export const phoenix: Consulate = {
  ...losAngeles,
  id: 'phoenix',
  city: 'Phoenix',
  state: 'AZ',
  name: 'Consulado General de México en Phoenix',
  emergencyPhone: '+16025550177',
  timeZone: 'America/Phoenix',
};
const offices = [losAngeles, santaAna, phoenix];

const officer: Actor = { kind: 'officer', officeId: 'los-angeles' };
const lawyer = {
  kind: 'representative',
  name: 'Laura Pérez Díaz',
  representativeId: '7c0e6f52-0000-4000-8000-000000000001',
} as const;
const system: Actor = { kind: 'system' };
const person: Actor = { kind: 'person' };
const nextOffice = { id: 'santa-ana', distanceMeters: 48_000, basis: 'location' } as const;
const receiver = { id: 'phoenix', distanceMeters: 574_000, basis: 'great-circle' } as const;
const ministryOwns = { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const;

const eventOf = (at: string, by: Actor, detail: CaseEventDetail, deliveries: Deliveries = {}): CaseEvent => ({
  familyId: press.familyId,
  alertId: press.alertId,
  eventId: `${at}.event`,
  at,
  by,
  drill: false,
  deliveries,
  ...detail,
});

const closed = (disposition: Disposition, familyNote?: string): CaseEvent =>
  eventOf('2026-11-24T18:12:00.000Z', officer, {
    type: 'alert.closed.v1',
    disposition,
    ...(familyNote !== undefined && { familyNote }),
  });

/** One event of each kind that anybody is told of, by a label that tells them apart. */
export const caseEvents = {
  'escalated, office unreachable': eventOf('2026-11-22T22:32:12.000Z', system, {
    type: 'alert.escalated.v1',
    reason: 'office-unreachable',
    consulate: nextOffice,
    triedConsulates: ['los-angeles'],
  }),
  'escalated, not acknowledged': eventOf('2026-11-22T22:37:20.000Z', system, {
    type: 'alert.escalated.v1',
    reason: 'not-acknowledged',
    consulate: nextOffice,
    triedConsulates: ['los-angeles'],
    toldAt: { 'los-angeles': '2026-11-22T22:32:11.000Z' },
  }),
  'escalated to the ministry': eventOf('2026-11-22T22:47:20.000Z', system, {
    type: 'alert.escalated.v1',
    reason: 'not-acknowledged',
    consulate: ministryOwns,
    triedConsulates: ['los-angeles', 'santa-ana'],
    toldAt: { 'los-angeles': '2026-11-22T22:32:11.000Z', 'santa-ana': '2026-11-22T22:37:20.000Z' },
  }),
  'pressed again': eventOf('2026-11-22T22:52:20.000Z', person, {
    type: 'alert.pressed-again.v1',
    pressId: '3f1c9a44-5d3e-4b65-8f3b-1f2a90c7d612',
    pressedAt: '2026-11-22T22:52:10.000Z',
    battery: 12,
    note: 'Me llevan a otro lugar.',
  }),
  silent: eventOf('2026-11-22T23:02:20.000Z', system, { type: 'alert.silent.v1' }),
  unattended: eventOf('2026-11-22T23:41:00.000Z', system, {
    type: 'alert.unattended.v1',
    since: '2026-11-22T22:41:00.000Z',
  }),
  'located by a position': eventOf('2026-11-22T22:35:00.000Z', system, {
    type: 'alert.located.v1',
    cause: 'position',
    consulate: nextOffice,
    previous: 'los-angeles',
  }),
  'located, a first office': eventOf('2026-11-22T22:35:00.000Z', system, {
    type: 'alert.located.v1',
    cause: 'position',
    consulate: nextOffice,
  }),
  'hand-over asked': eventOf('2026-11-23T18:02:00.000Z', officer, {
    type: 'alert.hand-over-asked.v1',
    receiver,
    from: 'los-angeles',
    note: 'La trasladaron a Florence, AZ.',
  }),
  'hand-over unanswered': eventOf('2026-11-23T18:07:00.000Z', system, {
    type: 'alert.hand-over-unanswered.v1',
    receiver,
    askedAt: '2026-11-23T18:02:00.000Z',
  }),
  'hand-over taken back': eventOf('2026-11-23T18:09:00.000Z', officer, {
    type: 'alert.hand-over-ended.v1',
    receiver,
    askedAt: '2026-11-23T18:02:00.000Z',
    why: 'taken-back',
  }),
  'hand-over unreachable': eventOf('2026-11-23T18:02:05.000Z', system, {
    type: 'alert.hand-over-ended.v1',
    receiver,
    askedAt: '2026-11-23T18:02:00.000Z',
    why: 'unreachable',
  }),
  'escalated, hand-over unanswered': eventOf('2026-11-23T18:32:00.000Z', system, {
    type: 'alert.escalated.v1',
    reason: 'hand-over-unanswered',
    consulate: ministryOwns,
    triedConsulates: ['los-angeles', 'phoenix'],
  }),
  'handed over': eventOf(
    '2026-11-23T18:12:00.000Z',
    { kind: 'officer', officeId: 'phoenix', name: 'Luis Mora' },
    {
      type: 'alert.located.v1',
      cause: 'hand-over',
      consulate: receiver,
      previous: 'los-angeles',
    },
  ),
  moved: eventOf('2026-11-22T22:58:00.000Z', system, {
    type: 'alert.position-moved.v1',
    position: { latitude: 34.1478, longitude: -118.1445, accuracyMeters: 30, measuredAt: '2026-11-22T22:57:40.000Z' },
    distanceMeters: 14_080,
  }),
  'moved, measured long before': eventOf('2026-11-22T23:58:00.000Z', system, {
    type: 'alert.position-moved.v1',
    position: { latitude: 34.1478, longitude: -118.1445, measuredAt: '2026-11-22T22:57:40.000Z' },
    distanceMeters: 104_080,
  }),
  'moved, a first place': eventOf('2026-11-22T22:58:00.000Z', system, {
    type: 'alert.position-moved.v1',
    position: { latitude: 34.1478, longitude: -118.1445, measuredAt: '2026-11-22T22:57:40.000Z' },
  }),
  acknowledged: eventOf('2026-11-22T22:41:00.000Z', officer, {
    type: 'alert.acknowledged.v1',
    officer: 'Laura Ruiz Peña',
  }),
  seen: eventOf('2026-11-22T22:41:00.000Z', officer, {
    type: 'alert.acknowledged.v1',
    officer: 'Laura Ruiz Peña',
    seenOnly: true,
  }),
  lapsed: eventOf('2026-11-22T23:11:00.000Z', system, { type: 'alert.lapsed.v1', seenAt: '2026-11-22T22:41:00.000Z' }),
  'acknowledged by the ministry': eventOf(
    '2026-11-22T22:50:00.000Z',
    { kind: 'officer', officeId: 'ministry' },
    { type: 'alert.acknowledged.v1', officer: 'Jorge Salas' },
  ),
  locating: eventOf('2026-11-22T23:02:00.000Z', officer, {
    type: 'alert.state-changed.v1',
    from: 'acknowledged',
    to: 'locating',
  }),
  located: eventOf('2026-11-23T17:20:00.000Z', officer, {
    type: 'alert.state-changed.v1',
    from: 'locating',
    to: 'located',
    facility: 'Adelanto ICE Processing Center',
    note: 'Confirmado con la oficina de enlace.',
  }),
  corrected: eventOf('2026-11-23T17:30:00.000Z', officer, {
    type: 'alert.state-changed.v1',
    from: 'located',
    to: 'located',
    facility: 'Florence Service Processing Center',
  }),
  'in contact': eventOf('2026-11-23T17:45:00.000Z', officer, {
    type: 'alert.state-changed.v1',
    from: 'located',
    to: 'in-contact',
  }),
  transferred: eventOf('2026-11-23T18:05:00.000Z', officer, {
    type: 'alert.state-changed.v1',
    from: 'in-contact',
    to: 'transferred',
    facility: 'Florence Service Processing Center',
  }),
  representative: eventOf('2026-11-23T16:10:00.000Z', officer, {
    type: 'alert.representative-assigned.v1',
    name: 'Laura Pérez Díaz',
    phone: '+12135550188',
  }),
  'representative accepted': eventOf('2026-11-23T16:10:00.000Z', lawyer, {
    type: 'alert.representative-assigned.v1',
    name: lawyer.name,
    phone: '+12135550188',
  }),
  'representative changed': eventOf('2026-11-23T16:10:00.000Z', lawyer, {
    type: 'alert.representative-assigned.v1',
    name: lawyer.name,
    phone: '+12135550188',
    former: 'Lic. María Fernanda de la Concepción Villavicencio',
  }),
  'representative unanswered': eventOf('2026-11-23T16:45:00.000Z', system, {
    type: 'representative.unanswered.v1',
    since: '2026-11-23T16:00:00.000Z',
    asked: 3,
  }),
  'representative done': eventOf('2026-11-24T17:00:00.000Z', lawyer, { type: 'representative.done.v1' }),
  'family unreachable': eventOf('2026-11-22T22:32:13.000Z', system, { type: 'alert.family-unreachable.v1' }),
  cancelled: eventOf('2026-11-22T23:02:00.000Z', person, { type: 'alert.cancelled.v1' }),
  'cancelled under duress': eventOf('2026-11-22T23:02:00.000Z', person, { type: 'alert.cancelled-under-duress.v1' }),
  forced: eventOf('2026-11-22T23:03:00.000Z', person, { type: 'family.forced.v1', occasion: 'contacts' }),
  'closed: safe': closed('safe'),
  'closed: released': closed('released'),
  'closed: repatriated': closed('repatriated', 'Llega el martes a Nuevo Laredo.'),
  'closed: false-alarm': closed('false-alarm'),
  'closed: cancelled': closed('cancelled'),
  'closed: drill': closed('drill'),
  'closed: other': closed('other', 'Le llamamos hoy. Pregunte por la licenciada Ruiz.'),
  reopened: eventOf('2026-11-24T23:02:00.000Z', officer, { type: 'alert.reopened.v1' }),
} satisfies Record<string, CaseEvent>;

/** A short link and the long one of a stage without a domain of its own; 22 characters are 128 bits. */
export const links = {
  short: {
    family: `https://alerta.example.mx/f/${'A'.repeat(22)}`,
    office: `https://alerta.example.mx/c/${'A'.repeat(22)}`,
  },
  long: {
    family: `https://abcdefghij.execute-api.us-east-1.amazonaws.com/f/${'A'.repeat(22)}`,
    office: `https://abcdefghij.execute-api.us-east-1.amazonaws.com/c/${'A'.repeat(22)}`,
  },
} as const;

/** Facts of a message about one event; Los Angeles has the case unless told otherwise. */
export const caseFacts = (event: CaseEvent, changes: Partial<CaseMessageFacts> = {}): CaseMessageFacts => ({
  officeMeters: () => 3214,
  alert: {
    ...press,
    toldConsulates: ['los-angeles'],
    deliveries: { consulate: { status: 'sent', id: 'los-angeles', at: '2026-11-22T22:32:11.000Z' } },
    consulate: authorityFacts.assigned,
  },
  family: familyOf(),
  event,
  assigned: authorityFacts.assigned,
  consulate: losAngeles,
  consulateById: (id) => offices.find((office) => office.id === id),
  desk,
  now: new Date(event.at),
  ...changes,
});
