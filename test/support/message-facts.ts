import type { Alert } from '../../shared/domain/alert.ts';
import type { Consulate, MinistryDesk } from '../../shared/domain/consulate.ts';
import type { Family } from '../../shared/domain/family.ts';
import type { RaisedForAuthorityFacts } from '../../shared/messages/raised-facts.ts';

/** People and numbers of these facts are invented: 555-01xx is kept for fiction. */
export const desk: MinistryDesk = {
  id: 'ministry',
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
  desk,
  now: new Date('2026-11-22T22:32:11.000Z'),
};
