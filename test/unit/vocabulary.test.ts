import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { duressSignal } from '../../shared/domain/family/duress-signal.ts';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoCheckInStore } from '../../shared/adapters/dynamo-check-in-store.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { dynamoFamilyAccounts } from '../../shared/adapters/dynamo-family-account.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoFamilyPresses } from '../../shared/adapters/dynamo-family-presses.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { dynamoLinkStore } from '../../shared/adapters/dynamo-link-store.ts';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import type { Representative } from '../../shared/domain/representatives/representative.ts';
import { aRepresentative } from '../support/representatives.ts';
import { dynamoReachStore } from '../../shared/adapters/dynamo-reach-store.ts';
import { nodeSecrets } from '../../shared/adapters/node-secrets.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { Delivery } from '../../shared/domain/case/deliveries.ts';
import type { Actor, CaseEvent, CaseEventDetail } from '../../shared/domain/case/case-event.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { LinkRecipient } from '../../shared/domain/case/links.ts';
import type { AssignedConsulate } from '../../shared/domain/offices/consulate.ts';
import * as vocabulary from '../../shared/domain/vocabulary.ts';
import { aCheckIn } from '../support/check-ins.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';
import { tableOfTests } from '../support/table.ts';
import { plainHash } from '../support/keyed-hash.ts';

/*
 * A value that is written and then cannot be read makes a family that nobody tells anything, or a case that nobody can
 * open. So each value of each closed set goes through the adapters once.
 */

type Sets = {
  [
    K in keyof typeof vocabulary as (typeof vocabulary)[K] extends readonly string[] ? K : never
  ]: (typeof vocabulary)[K];
};
type Value<K extends keyof Sets> = Sets[K][number];

const table = tableOfTests();

const now = new Date('2026-11-22T20:10:00.000Z');
const at = now.toISOString();

const stores = () => {
  const { client, tableName } = table;
  const alerts = dynamoAlertReader(client, tableName, () => now);
  const families = dynamoFamilyDirectory(client, tableName);
  return {
    alerts,
    families,
    presses: dynamoPressStore(client, tableName),
    familyPresses: dynamoFamilyPresses(client, tableName, () => now),
    cases: dynamoCaseStore(client, tableName, { alerts, families }),
    register: dynamoFamilyRegister(client, tableName, plainHash),
    accounts: dynamoFamilyAccounts(client, tableName, plainHash),
    checkIns: dynamoCheckInStore(client, tableName, () => now),
    reaches: dynamoReachStore(client, tableName),
    due: dynamoDueStore(client, tableName, () => now),
    roster: dynamoRoster(client, tableName, () => now),
    links: dynamoLinkStore(client, tableName, { now: () => now, newLinkToken: nodeSecrets.newLinkToken }),
  };
};

let phones = 5_550_000;

const register = async (overrides: Partial<Family> = {}): Promise<Family> => {
  const { topics: _, ...family } = aFamily({ familyId: randomUUID(), ...overrides });
  // Each in a phone and mailbox of its own: a day has a limit for both.
  const contacts = family.contacts.map((contact) => ({
    ...contact,
    endpoint: contact.channel === 'sms' ? `+1213${(phones += 1)}` : `${randomUUID()}@example.com`,
  }));
  const { phone: _joinsFiveADay, ...person } = family.person;
  const registered = { ...family, contacts, person };
  const device = { deviceId: 'd1', secretHash: randomUUID() };
  const outcome = await stores().register.register({
    family: registered,
    pins: { pin: 'hash' },
    device,
    recoveryHash: randomUUID(),
    now,
  });
  expect(outcome.kind).toBe('registered');
  return registered;
};

let familyOfCases: string;
beforeAll(async () => {
  ({ familyId: familyOfCases } = await register());
});

const keepsFamily = async (overrides: Partial<Family>): Promise<void> => {
  const family = await register(overrides);
  expect(await stores().families.get(family.familyId)).toEqual(family);
  expect((await stores().accounts.get(family.familyId))?.shownContacts).toEqual(family.contacts);
  expect(await stores().due.read({ familyId: family.familyId })).toMatchObject({ kind: 'registration', family });
};

const keepsAlert = async (overrides: Partial<Alert>): Promise<void> => {
  const alert = anAlert({ familyId: randomUUID(), alertId: randomUUID(), ...overrides });
  await stores().presses.put(alert);
  expect(await stores().alerts.get(alert.familyId, alert.alertId)).toEqual(alert);
  expect(await stores().presses.put(alert)).toMatchObject({ kind: 'exists', alert });
  expect(await stores().familyPresses.list(alert.familyId)).toMatchObject([{ state: alert.state }]);
};

const keepsEvent = async (
  detail: CaseEventDetail,
  { by = { kind: 'system' }, deliveries = {} }: Partial<Pick<CaseEvent, 'by' | 'deliveries'>> = {},
): Promise<void> => {
  const familyId = familyOfCases;
  const alert = anAlert({ familyId, alertId: randomUUID() });
  const event: CaseEvent = {
    familyId,
    alertId: alert.alertId,
    eventId: randomUUID(),
    at,
    by,
    drill: false,
    deliveries,
    ...detail,
  };
  await stores().presses.put(alert);
  expect(await stores().cases.apply({ alert, set: {}, events: [event] })).toBe('applied');
  expect((await stores().cases.read(familyId, alert.alertId))?.events).toEqual([event]);
  expect(await stores().due.read(event)).toMatchObject({ kind: 'event', event });
};

const noted = { type: 'alert.noted.v1', text: 'una nota' } as const;
const losAngeles: AssignedConsulate = { id: 'los-angeles', distanceMeters: 10, basis: 'location' };
const places = { latitude: 34.05, longitude: -118.24, measuredAt: at };

const details: { readonly [T in vocabulary.CaseEventType]: Extract<CaseEventDetail, { readonly type: T }> } = {
  'alert.escalated.v1': {
    type: 'alert.escalated.v1',
    reason: 'not-acknowledged',
    consulate: losAngeles,
    triedConsulates: ['fresno'],
  },
  'alert.pressed-again.v1': {
    type: 'alert.pressed-again.v1',
    pressId: '22222222-2222-4222-8222-222222222223',
    pressedAt: at,
    battery: 12,
    note: 'me llevan',
  },
  'alert.silent.v1': { type: 'alert.silent.v1' },
  'alert.unattended.v1': { type: 'alert.unattended.v1', since: at },
  'alert.located.v1': { type: 'alert.located.v1', cause: 'position', consulate: losAngeles, previous: 'fresno' },
  'alert.hand-over-asked.v1': {
    type: 'alert.hand-over-asked.v1',
    receiver: losAngeles,
    from: 'fresno',
    note: 'una nota',
  },
  'alert.hand-over-unanswered.v1': { type: 'alert.hand-over-unanswered.v1', receiver: losAngeles, askedAt: at },
  'alert.hand-over-ended.v1': {
    type: 'alert.hand-over-ended.v1',
    receiver: losAngeles,
    askedAt: at,
    why: 'taken-back',
  },
  'alert.position-moved.v1': { type: 'alert.position-moved.v1', position: places, distanceMeters: 1200 },
  'alert.acknowledged.v1': { type: 'alert.acknowledged.v1', officer: 'Ana' },
  'alert.lapsed.v1': { type: 'alert.lapsed.v1', seenAt: at },
  'alert.state-changed.v1': { type: 'alert.state-changed.v1', from: 'raised', to: 'located', facility: 'Adelanto' },
  'alert.noted.v1': noted,
  'alert.representative-assigned.v1': {
    type: 'alert.representative-assigned.v1',
    name: 'Lic. Soto',
    phone: '+12135550109',
  },
  'representative.waiting.v1': { type: 'representative.waiting.v1', until: at, name: 'Lic. Soto' },
  'representative.offered.v1': {
    type: 'representative.offered.v1',
    representativeId: 'r1',
    name: 'Lic. Soto',
    rosterId: 'los-angeles',
    matter: 'immigration',
    urgent: true,
  },
  'representative.declined.v1': { type: 'representative.declined.v1', name: 'Lic. Soto', reason: 'de viaje' },
  'representative.lapsed.v1': { type: 'representative.lapsed.v1', name: 'Lic. Soto' },
  'representative.unanswered.v1': { type: 'representative.unanswered.v1', since: at, asked: 3, late: true },
  'representative.contact-shared.v1': { type: 'representative.contact-shared.v1', contact: 'José' },
  'representative.contacted.v1': { type: 'representative.contacted.v1', note: 'hablé con él' },
  'representative.done.v1': { type: 'representative.done.v1' },
  'alert.family-unreachable.v1': { type: 'alert.family-unreachable.v1' },
  'alert.cancelled.v1': { type: 'alert.cancelled.v1' },
  'alert.cancelled-under-duress.v1': { type: 'alert.cancelled-under-duress.v1' },
  'alert.closed.v1': { type: 'alert.closed.v1', disposition: 'safe', note: 'en casa' },
  'alert.reopened.v1': { type: 'alert.reopened.v1' },
  'family.forced.v1': { type: 'family.forced.v1', occasion: 'contacts' },
  'family.seen.v1': { type: 'family.seen.v1', name: 'José' },
  'family.on-it.v1': { type: 'family.on-it.v1', name: 'José', task: 'llamo al abogado' },
};

const actors: { readonly [K in Actor['kind']]: Extract<Actor, { readonly kind: K }> } = {
  person: { kind: 'person' },
  officer: { kind: 'officer', officeId: 'los-angeles', name: 'Ana' },
  family: { kind: 'family', name: 'José' },
  representative: { kind: 'representative', name: 'Lic. Soto', representativeId: 'r1' },
  system: { kind: 'system' },
};

const recipients: { readonly [K in LinkRecipient['kind']]: Extract<LinkRecipient, { readonly kind: K }> } = {
  family: { kind: 'family' },
  trusted: { kind: 'trusted', endpoints: ['+12135550109'] },
  representative: { kind: 'representative', id: 'r1', officeId: 'los-angeles' },
  consulate: { kind: 'consulate', id: 'los-angeles' },
  ministry: { kind: 'ministry' },
};

const keepsRepresentative = async (overrides: Partial<Representative>): Promise<void> => {
  const representative = aRepresentative({ representativeId: randomUUID(), officeId: 'fresno', ...overrides });
  const { roster } = stores();
  await roster.putAll([representative]);
  expect(await roster.get('fresno', representative.representativeId)).toEqual(representative);
  expect(await roster.ofOffice('fresno')).toContainEqual({ representative, load: { openCases: 0 } });
};

const keepsDelivery = async (delivery: Delivery): Promise<void> => {
  await keepsAlert({ deliveries: { family: delivery, consulate: delivery, ministry: delivery } });
  await keepsEvent(noted, { deliveries: { family: delivery, 'consulate:fresno': delivery, ministry: delivery } });
  const checkIn = aCheckIn({ familyId: randomUUID(), deliveries: { self: delivery } });
  await stores().checkIns.add(checkIn, new Date('2027-01-01'));
  expect(await stores().checkIns.get(checkIn.familyId, checkIn.checkInId)).toEqual(checkIn);
};

/** How each value of a set is written and read again; a text says why a set is in no item. */
const sets: { readonly [K in keyof Sets]: ((value: Value<K>) => Promise<void>) | string } = {
  alertStates: async (state) => {
    await keepsAlert({ state });
    await keepsEvent({ type: 'alert.state-changed.v1', from: state, to: state });
  },
  listSections: 'worked out for the office that looks',
  dispositions: async (disposition) => {
    await keepsAlert({ state: 'closed', disposition, closedAt: at });
    await keepsEvent({ type: 'alert.closed.v1', disposition });
  },
  languages: async (language) => keepsFamily({ person: { name: 'María', language } }),
  spokenLanguages: async (speaks) => keepsFamily({ person: { name: 'María', language: 'es', speaks } }),
  channels: async (channel) => keepsFamily({ contacts: [{ contactId: 'c', name: 'José', channel, endpoint: '' }] }),
  matters: async (matter) => keepsRepresentative({ matters: [matter] }),
  offerStates: async (state) => {
    const offer = { representativeId: 'r1', officeId: 'fresno', name: 'Lic. Soto', state, at } as const;
    await keepsAlert({ offers: [{ ...offer, answeredAt: at, contactedAt: at }], sharedContactId: 'c1' });
  },
  searchers: async (by) => {
    const times = { startedAt: at, since: at, waitsUntil: at, nextAt: at, unansweredAt: at, lateAt: at };
    const chosen = { officeId: 'fresno', representativeId: 'r1' };
    await keepsAlert({ offering: { by, matter: 'immigration', urgent: true, chosen, ...times } });
  },
  representativeActions: 'What was done stands there as an event.',
  rosterStates: async (state) => keepsRepresentative({ state }),
  destinationKinds: async (kind) => {
    const pending: Delivery = { status: 'pending' };
    await keepsAlert({ deliveries: { [kind]: pending } });
    const link = { familyId: randomUUID(), alertId: randomUUID(), expiresAt: '2026-12-22T20:10:00.000Z' };
    const token = await stores().links.mint({ ...link, recipient: recipients[kind] });
    expect(await stores().links.find(token)).toEqual({ ...link, recipient: recipients[kind] });
  },
  deliveryStatuses: async (status) => keepsDelivery({ status, at, id: 'los-angeles' }),
  officeBases: async (basis) => {
    const consulate = { ...losAngeles, basis };
    await keepsAlert({ consulate, raisedTo: consulate });
    await keepsEvent({ type: 'alert.located.v1', cause: 'position', consulate });
  },
  bases: async (basis) => {
    // `not-authorised` is said of alerts that have no office.
    if (basis === 'ministry') await keepsAlert({ consulate: { id: 'ministry', distanceMeters: null, basis } });
  },
  caseEventTypes: async (type) => keepsEvent(details[type]),
  escalationReasons: async (reason) => keepsEvent({ ...details['alert.escalated.v1'], reason }),
  handOverEndings: async (why) => keepsEvent({ ...details['alert.hand-over-ended.v1'], why }),
  locationCauses: async (cause) => keepsEvent({ ...details['alert.located.v1'], cause }),
  familyOriginKinds: 'they are among originKinds',
  secretOriginKinds: 'they are among originKinds',
  forcedOccasions: async (occasion) => keepsEvent({ type: 'family.forced.v1', occasion }),
  originKinds: async (kind) => keepsAlert({ origin: { kind, checkInId: 'c', promisedAt: at, label: 'cita' } }),
  actorKinds: async (kind) => keepsEvent(noted, { by: actors[kind] }),
  checkInStates: async (state) => {
    const checkIn = aCheckIn({ familyId: randomUUID(), state });
    await stores().checkIns.add(checkIn, new Date('2027-01-01'));
    expect(await stores().checkIns.list(checkIn.familyId)).toEqual([checkIn]);
    expect(await stores().due.read(checkIn)).toMatchObject({ kind: 'check-in', checkIn });
  },
  checkInAnswers: async (to) => {
    const checkIn = aCheckIn({ familyId: randomUUID() });
    await stores().checkIns.add(checkIn, new Date('2027-01-01'));
    const alert = anAlert({ familyId: checkIn.familyId, alertId: randomUUID() });
    expect(await stores().checkIns.answer({ checkIn, to, alert, raises: false, now })).toBe('applied');
    expect(await stores().checkIns.get(checkIn.familyId, checkIn.checkInId)).toMatchObject({ state: to });
  },
  contactStatuses: async (status) => {
    const { familyId } = await register();
    const reach = { contacts: { c1: { status, confirmed: true } }, reachable: 1, checkedAt: at };
    expect(await stores().reaches.end({ familyId, dueAtMs: now.getTime() + 900_000 }, undefined, reach)).toBe(true);
    expect(await stores().reaches.get(familyId)).toEqual(reach);
  },
  familyChanges: async (change) => {
    const { familyId } = await register();
    const account = await stores().accounts.get(familyId);
    if (!account) throw new Error('The family is gone.');
    const event = {
      type: 'contact.list-changed.v1' as const,
      familyId,
      eventId: randomUUID(),
      at,
      change,
      contactId: 'c1',
      inSecret: false,
      deliveries: { family: { status: 'pending' as const } },
    };
    const moment = { now, newId: randomUUID, occasion: 'contacts' } as const;
    const signal = duressSignal(account.family, 'pin', [], moment);
    expect((await stores().accounts.apply({ account, event, signal }, now)).kind).toBe('applied');
    expect(await stores().due.read(event)).toMatchObject({ kind: 'family-event', event });
  },
  caseActions: 'What was done stands there as an event.',
  familyActions: 'What was done stands there as an event.',
  trustedActions: 'What was done stands there as an alert, or as nothing.',
  caseRefusals: 'Nothing is written.',
  familyRefusals: 'Nothing is written.',
  familyWarningCodes: 'Worked out anew for each answer.',
  officeKinds: 'Of the data that are delivered with the code.',
  officePrecisions: 'Of the data that are delivered with the code.',
  fieldProblems: 'only in answers that refuse',
};

const all: Sets = vocabulary;
const isSet = (name: string): name is keyof Sets => name in sets;

describe('what is written can be read again', () => {
  for (const name of Object.keys(all).filter(isSet)) {
    const writeAndRead: ((value: never) => Promise<void>) | string = sets[name];
    if (typeof writeAndRead === 'string') continue;
    it.each(all[name])(`${name}: %s`, async (value) => writeAndRead(value as never));
  }
});
