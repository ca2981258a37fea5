import { dynamoTable } from '../../shared/adapters/table.ts';
import { GetItemCommand, TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { retryConflicts } from '../../shared/adapters/dynamo-conflicts.ts';
import { dynamoDeliveryStore } from '../../shared/adapters/dynamo-delivery-store.ts';
import { dynamoDueStore } from '../../shared/adapters/dynamo-due-store.ts';
import { dynamoFamilyDirectory } from '../../shared/adapters/dynamo-family-directory.ts';
import { dynamoFamilyRegister } from '../../shared/adapters/dynamo-family-register.ts';
import { dueBucketOf, familyKey, recoveryKey, spentChallengeKey } from '../../shared/adapters/dynamo-keys.ts';
import { dynamoOpenCases } from '../../shared/adapters/dynamo-open-cases.ts';
import { dynamoDeviceDirectory, dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { type Family, familyTopicKeys } from '../../shared/domain/family/family.ts';
import type { CaseEventOf } from '../../shared/domain/case/case-event.ts';
import type { MetChallenge } from '../../shared/domain/family/register-family.ts';
import { fakeDeliveryStore } from '../support/fakes.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';
import { tableOfTests } from '../support/table.ts';
import { plainHash } from '../support/keyed-hash.ts';

const table = tableOfTests();

const now = new Date('2026-11-22T20:00:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const { topics: _topics, ...newFamily } = aFamily();
const { phone: _phone, ...person } = newFamily.person;
const aContact = () => ({
  contactId: randomUUID(),
  name: 'José Ruiz',
  channel: 'email' as const,
  endpoint: `${randomUUID()}@example.com`,
});
const aChallenge = (): MetChallenge => ({ challengeId: randomUUID(), expiresAt: later(60_000), stale: false });
const tryRegister = async (
  entry: {
    familyId?: string;
    secretHash?: string;
    recoveryHash?: string;
    registrationId?: string;
    bodyHash?: string;
    challenge?: MetChallenge;
    at?: Date;
    family?: Partial<Family>;
  } = {},
) => {
  const familyId = entry.familyId ?? randomUUID();
  return dynamoFamilyRegister(table.client, table.tableName, plainHash).register({
    // Of their own: a phone or mailbox joins at most five families a day.
    family: { ...newFamily, contacts: [aContact()], person, ...entry.family, familyId },
    pins: { pin: 'hash' },
    device: { deviceId: `device-of-${familyId}`, secretHash: entry.secretHash ?? 'hash-1' },
    recoveryHash: entry.recoveryHash ?? randomUUID(),
    ...(entry.registrationId !== undefined && { registrationId: entry.registrationId }),
    ...(entry.bodyHash !== undefined && { bodyHash: entry.bodyHash }),
    ...(entry.challenge && { challenge: entry.challenge }),
    now: entry.at ?? now,
  });
};
const register = async (entry: Parameters<typeof tryRegister>[0] = {}): Promise<Family> => {
  const outcome = await tryRegister(entry);
  if (outcome.kind !== 'registered') throw new Error(outcome.kind);
  return outcome.family;
};
const authenticate = async (familyId: string, secretHash: string) =>
  dynamoDeviceDirectory(table.client, table.tableName).authenticate({ familyId, secretHash });
const put = async (alert: ReturnType<typeof anAlert>) => dynamoPressStore(table.client, table.tableName).put(alert);

describe('families in the table', () => {
  it('come back as they were registered, without PINs and devices', async () => {
    const family = await register();
    expect(await dynamoFamilyDirectory(table.client, table.tableName).get(family.familyId)).toEqual(family);
  });

  it('let a device in by the hash of its secret, and no other', async () => {
    const homePosition = { latitude: 40, longitude: -74 };
    const { familyId } = await register({
      secretHash: 'right',
      family: { person: { ...newFamily.person, homePosition } },
    });
    expect(await authenticate(familyId, 'right')).toEqual({
      device: { familyId, deviceId: `device-of-${familyId}` },
      consularNotification: true,
      homePosition,
    });
    expect(await authenticate(familyId, 'wrong')).toBeUndefined();
    expect(await authenticate(randomUUID(), 'right')).toBeUndefined();
  });

  it('are one for the same registrationId within ten minutes: fresh token, the first revoked', async () => {
    const registrationId = randomUUID();
    const first = await register({ registrationId, secretHash: 'first' });
    const second = await register({ registrationId, secretHash: 'second', at: later(9 * 60_000) });
    expect(second).toEqual(first);
    expect(await authenticate(first.familyId, 'first')).toBeUndefined();
    expect(await authenticate(first.familyId, 'second')).toBeDefined();
  });

  it('are not changed by the same registrationId with another body', async () => {
    const repeated = { registrationId: randomUUID(), bodyHash: 'one', secretHash: 'first' };
    const { familyId } = await register(repeated);
    const other = { ...repeated, bodyHash: 'other', secretHash: 'second' };
    expect(await tryRegister({ ...other, at: later(9 * 60_000) })).toEqual({ kind: 'differs' });
    expect(await authenticate(familyId, 'first')).toBeDefined();
    expect((await register({ ...repeated, secretHash: 'third' })).familyId).toBe(familyId);
    expect((await register({ ...other, at: later(10 * 60_000) })).familyId).not.toBe(familyId);
  });

  // If the family was erased, its registration is gone. The duress PIN must not be known by a refusal (G7).
  it('are another for another body once the first phone was taken away, with either PIN', async () => {
    const repeated = { registrationId: randomUUID(), bodyHash: 'one', secretHash: 'first' };
    const { familyId } = await register(repeated);
    await dynamoTable(table.client, table.tableName).update(familyKey(familyId), {
      set: { 'devices.first.muted': { at: now.toISOString(), heard: true, salt: 'x' } },
    });
    const other = await register({ ...repeated, bodyHash: 'other', secretHash: 'second' });
    expect(other.familyId).not.toBe(familyId);
  });

  it('are found by the code of the last answer alone', async () => {
    const registrationId = randomUUID();
    const { familyId } = await register({ registrationId, secretHash: 'first', recoveryHash: `${registrationId} 1` });
    await register({ registrationId, secretHash: 'second', recoveryHash: `${registrationId} 2`, at: later(60_000) });
    const found = async (code: number) =>
      dynamoTable(table.client, table.tableName).get(recoveryKey(`${registrationId} ${code}`));
    expect(await found(2)).toEqual({ ...recoveryKey(`${registrationId} 2`), itemType: 'recovery', familyId });
    expect(Number((await found(1))?.['expiresAt']) * 1000).toBeLessThanOrEqual(later(60_000).getTime());
  });

  it('use up a challenge, each its own', async () => {
    const challenge = aChallenge();
    await register({ challenge, registrationId: randomUUID() });
    expect(await tryRegister({ challenge, registrationId: randomUUID() })).toEqual({ kind: 'used-before' });
    expect(await tryRegister({ challenge })).toEqual({ kind: 'used-before' });
    const spent = await dynamoTable(table.client, table.tableName).get(spentChallengeKey(challenge.challengeId));
    expect(Number(spent?.['expiresAt']) * 1000).toBe(challenge.expiresAt.getTime());

    const [one, other] = [aChallenge(), aChallenge()];
    const atOnce = await Promise.all([one, one, one, other].map(async (each) => tryRegister({ challenge: each })));
    expect(atOnce.map(({ kind }) => kind).toSorted()).toEqual([
      'registered',
      'registered',
      'used-before',
      'used-before',
    ]);
    expect(atOnce[3]?.kind).toBe('registered');
  });

  it('leave a challenge as good as it was if they are refused', async () => {
    const contacts = [aContact()];
    for (let families = 0; families < 5; families += 1) await register({ family: { contacts } });
    const challenge = aChallenge();
    expect((await tryRegister({ challenge, family: { contacts } })).kind).toBe('limited');
    expect((await tryRegister({ challenge })).kind).toBe('registered');
  });

  it('are one for a repeat, whatever has become of its challenge', async () => {
    const repeated = { registrationId: randomUUID(), bodyHash: 'one', challenge: aChallenge() };
    const { familyId } = await register({ ...repeated, secretHash: 'first' });
    const stale = { ...repeated.challenge, stale: true };
    for (const [index, challenge] of [repeated.challenge, aChallenge(), stale].entries()) {
      const again = await register({ ...repeated, challenge, secretHash: `${index}`, at: later(9 * 60_000) });
      expect(again.familyId).toBe(familyId);
    }
    expect(await tryRegister({ ...repeated, challenge: stale, bodyHash: 'other' })).toEqual({ kind: 'differs' });
    expect(await tryRegister({ ...repeated, challenge: stale, at: later(11 * 60_000) })).toEqual({ kind: 'stale' });
    expect(await tryRegister({ challenge: { ...aChallenge(), stale: true } })).toEqual({ kind: 'stale' });
  });

  // Else one challenge would register and erase families for ten minutes.
  it('need another challenge once the first phone was taken away', async () => {
    const repeated = { registrationId: randomUUID(), bodyHash: 'one', secretHash: 'first', challenge: aChallenge() };
    const { familyId } = await register(repeated);
    await dynamoTable(table.client, table.tableName).update(familyKey(familyId), {
      set: { 'devices.first.muted': { at: now.toISOString(), heard: true, salt: 'x' } },
    });
    const again = { ...repeated, secretHash: 'second' };
    expect(await tryRegister(again)).toEqual({ kind: 'used-before' });
    expect(await tryRegister({ ...again, challenge: { ...repeated.challenge, stale: true } })).toEqual({
      kind: 'stale',
    });
    expect((await register({ ...again, challenge: aChallenge() })).familyId).not.toBe(familyId);
  });

  it('are one when the same registration arrives several times at the same instant', async () => {
    const registrationId = randomUUID();
    const hashes = ['a', 'b', 'c'];
    const families = await Promise.all(hashes.map(async (secretHash) => register({ registrationId, secretHash })));
    expect(new Set(families.map(({ familyId }) => familyId)).size).toBe(1);
    const valid = await Promise.all(hashes.map(async (hash) => authenticate(families[0]?.familyId ?? '', hash)));
    expect(valid.filter(Boolean)).toHaveLength(1);
  });

  it('remember each of their topics, and an erased one stays erased', async () => {
    const { familyId } = await register();
    const families = dynamoFamilyDirectory(table.client, table.tableName);
    const topic = { arn: 'arn:x', ensuredAt: now.toISOString(), confirmedAtOnce: 1 };
    for (const key of familyTopicKeys) await families.recordTopic(familyId, key, { ...topic, arn: key });
    const found = (await families.get(familyId))?.topics;
    expect(found).toEqual(Object.fromEntries(familyTopicKeys.map((key) => [key, { ...topic, arn: key }])));
    const erased = randomUUID();
    await families.recordTopic(erased, 'family', topic);
    const { Item } = await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: marshall(familyKey(erased)) }),
    );
    expect(Item).toBeUndefined();
  });
});

describe('presses in the table', () => {
  it('are stored once: the second gets what the first wrote', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    const again = { ...alert, raisedAt: later(5000).toISOString() };
    expect(await put(alert)).toEqual({ kind: 'stored' });
    expect(await put(again)).toMatchObject({ kind: 'exists', alert: { raisedAt: alert.raisedAt, state: 'raised' } });
    const reader = dynamoAlertReader(table.client, table.tableName, () => now);
    expect(await reader.get(alert.familyId, alert.alertId)).toEqual(alert);
  });

  it('are one when they arrive twice at the same instant', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    const outcomes = await Promise.all([put(alert), put(alert), put(alert)]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['exists', 'exists', 'stored']);
  });

  it('of two families may have the same id', async () => {
    const alertId = randomUUID();
    expect(await put(anAlert({ alertId }))).toEqual({ kind: 'stored' });
    expect(await put(anAlert({ alertId, familyId: randomUUID() }))).toEqual({ kind: 'stored' });
  });

  it('are not shown any more once their time is over', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    await put(alert);
    const inHalfAYear = () => later(181 * 24 * 60 * 60_000);
    expect(
      await dynamoAlertReader(table.client, table.tableName, inHalfAYear).get(alert.familyId, alert.alertId),
    ).toBeUndefined();
  });
});

const consulate = { id: 'fresno', distanceMeters: 5, basis: 'great-circle' } as const;
const options = { now, leaseMs: 30_000 };

// The fake of the domain's tests is held to what the table does.
describe.each([
  [
    'in the table',
    async () => {
      const alert = anAlert({ alertId: randomUUID() });
      await put(alert);
      return {
        store: dynamoDeliveryStore(table.client, table.tableName, randomUUID),
        ref: alert,
      };
    },
  ],
  [
    'in the fake',
    async () => ({ store: fakeDeliveryStore(anAlert().deliveries).store, ref: { familyId: 'f', alertId: 'a' } }),
  ],
])('deliveries %s', (_, create) => {
  it('are claimed by one at a time, until the lease is over', async () => {
    const { store, ref } = await create();
    const claims = await Promise.all([store.claim(ref, 'family', options), store.claim(ref, 'family', options)]);
    expect(claims.map(({ kind }) => kind).sort()).toEqual(['claimed', 'held']);
    expect((await store.claim(ref, 'family', { ...options, now: later(30_001) })).kind).toBe('claimed');
  });

  it('of one event do not hold up each other', async () => {
    const { store, ref } = await create();
    expect((await store.claim(ref, 'family', options)).kind).toBe('claimed');
    expect((await store.claim(ref, 'ministry', options)).kind).toBe('claimed');
  });

  it('are over once they are settled, and stay what they became', async () => {
    const { store, ref } = await create();
    await store.claim(ref, 'family', options);
    await store.settle(ref, 'family', { status: 'sent', at: now.toISOString() });
    await store.settle(ref, 'family', { status: 'unreachable', at: now.toISOString() });
    expect(await store.claim(ref, 'family', { ...options, now: later(60_000) })).toEqual({ kind: 'settled' });
  });

  it('can be claimed at once when the claim was given back', async () => {
    const { store, ref } = await create();
    await store.claim(ref, 'family', options);
    await store.release(ref, 'family');
    expect(await store.claim(ref, 'family', options)).toMatchObject({ kind: 'claimed', accepted: false });
  });

  it('remember that SNS has the message already', async () => {
    const { store, ref } = await create();
    await store.claim(ref, 'family', options);
    await store.markAccepted(ref, 'family', now);
    expect(await store.claim(ref, 'family', options)).toMatchObject({ kind: 'claimed', accepted: true });
  });

  it('record the first office that a claim brings, and keep it', async () => {
    const { store, ref } = await create();
    expect(await store.claim(ref, 'ministry', { ...options, consulate })).toMatchObject({ kind: 'claimed', consulate });
    const other = { ...consulate, id: 'san-jose' };
    expect(await store.claim(ref, 'consulate', { ...options, consulate: other })).toMatchObject({
      kind: 'claimed',
      consulate,
    });
  });
});

describe.each(['in the table', 'in the fake'] as const)('two offices of a press %s', (where) => {
  const responsible = { id: 'fresno', distanceMeters: 5, basis: 'district' } as const;
  const nearest = { id: 'oxnard', distanceMeters: 4, basis: 'location' } as const;
  const twoOffices = { responsible, nearest, source: 'a newspaper', asOf: null };
  const create = async (overrides: Partial<Alert> = {}) => {
    const alert = anAlert({ alertId: randomUUID(), ...overrides });
    await put(alert);
    const store =
      where === 'in the table'
        ? dynamoDeliveryStore(table.client, table.tableName, randomUUID)
        : fakeDeliveryStore(alert.deliveries, alert.raisedTo ?? alert.consulate).store;
    return { store, ref: alert };
  };

  it('are recorded once, with a delivery to the nearest of its own', async () => {
    const { store, ref } = await create();
    expect(await store.recordOffices(ref, twoOffices)).toEqual({ chosen: responsible, twoOffices });
    const others = { ...twoOffices, responsible: { ...responsible, id: 'los-angeles' } };
    expect(await store.recordOffices(ref, others)).toEqual({ chosen: responsible, twoOffices });
    expect((await store.claim(ref, 'consulate:oxnard', options)).kind).toBe('claimed');
    expect(await store.claim(ref, 'consulate', { ...options, consulate: nearest })).toMatchObject({
      kind: 'claimed',
      consulate: responsible,
    });
  });

  it.each([
    ['is brought to an office already', { raisedTo: consulate, consulate }],
    ['has an office by a later position', { consulate: nearest }],
  ])('are not recorded where it %s', async (_, overrides) => {
    const { store, ref } = await create(overrides);
    expect(await store.recordOffices(ref, twoOffices)).toEqual({ chosen: overrides.consulate });
    expect(await store.claim(ref, 'consulate:oxnard', options)).toEqual({ kind: 'settled' });
  });
});

describe('a message about a press that is sent again', () => {
  it('does not bring a closed case back into the list of open ones, and still knows its office', async () => {
    const alert = anAlert({ alertId: randomUUID(), state: 'closed' });
    await put(alert);
    const store = dynamoDeliveryStore(table.client, table.tableName, randomUUID);
    expect(await store.claim(alert, 'ministry', { ...options, consulate })).toMatchObject({
      kind: 'claimed',
      consulate,
    });
    expect(
      await dynamoOpenCases(table.client, table.tableName, () => options.now).ofOffice(consulate.id),
    ).not.toContainEqual(expect.objectContaining({ alertId: alert.alertId }));
    expect(await store.claim(alert, 'ministry', { ...options, consulate })).toEqual({ kind: 'held' });
  });
});

describe('passing an alert on', () => {
  const event = (alertId: string, office: string, tried: string[]): CaseEventOf<'alert.escalated.v1'> => ({
    by: { kind: 'system' },
    familyId: anAlert().familyId,
    alertId,
    eventId: `office-unreachable.${tried.at(-1)}`,
    type: 'alert.escalated.v1',
    at: later(tried.length * 1000).toISOString(),
    drill: false,
    reason: 'office-unreachable',
    deliveries: { [`consulate:${office}`]: { status: 'pending' as const }, ministry: { status: 'pending' as const } },
    consulate: { id: office, distanceMeters: 9, basis: 'location' },
    triedConsulates: tried,
  });
  const ended = (id: string) => ({ status: 'unreachable', at: now.toISOString(), id }) as const;

  it('ends the delivery, puts the event and gives the alert its new office in one write, once', async () => {
    const alert = anAlert({ alertId: randomUUID(), consulate });
    await put(alert);
    const store = dynamoDeliveryStore(table.client, table.tableName, randomUUID);
    const first = event(alert.alertId, 'san-jose', ['fresno']);
    await store.settle(alert, 'consulate', ended('fresno'), first);
    await store.settle(alert, 'consulate', ended('fresno'), { ...first, eventId: 'again' });
    const reader = dynamoAlertReader(table.client, table.tableName, () => now);
    expect(await reader.getWithEvents(alert.familyId, alert.alertId)).toMatchObject({
      alert: { consulate: { id: 'san-jose' }, deliveries: { consulate: ended('fresno') } },
      events: [first],
    });

    const second = event(alert.alertId, 'sacramento', ['fresno', 'san-jose']);
    await store.settle(first, 'consulate:san-jose', ended('san-jose'), second);
    expect(await reader.getWithEvents(alert.familyId, alert.alertId)).toMatchObject({
      // Each office once, in the order in which they were told.
      alert: { consulate: { id: 'sacramento' }, toldConsulates: ['fresno', 'san-jose', 'sacramento'] },
      events: [{ ...first, deliveries: { 'consulate:san-jose': ended('san-jose') } }, second],
    });
    const due = dynamoDueStore(table.client, table.tableName, () => now);
    expect(await due.read(second)).toMatchObject({ kind: 'event', event: second });
    const found = new Set<string | undefined>();
    for await (const found_ of due.due(later(120_000))) if (found_.alertId === alert.alertId) found.add(found_.eventId);
    expect(found).toEqual(new Set([undefined, first.eventId, second.eventId]));
  });

  it.each([
    ['is closed', { consulate, state: 'closed' }],
    ['has gone to another office', { consulate: { ...consulate, id: 'sacramento' } }],
  ] as const)('only ends the delivery when the case %s', async (_, alertNow) => {
    const alert = anAlert({ alertId: randomUUID(), ...alertNow });
    await put(alert);
    const store = dynamoDeliveryStore(table.client, table.tableName, randomUUID);
    await store.settle(alert, 'consulate', ended('fresno'), event(alert.alertId, 'san-jose', ['fresno']));
    const reader = dynamoAlertReader(table.client, table.tableName, () => now);
    expect(await reader.getWithEvents(alert.familyId, alert.alertId)).toMatchObject({
      alert: { consulate: alert.consulate, deliveries: { consulate: ended('fresno') } },
      events: [],
    });
  });
});

describe('a family that could not be told', () => {
  const gap = (alertId: string): CaseEventOf<'alert.family-unreachable.v1'> => ({
    familyId: anAlert().familyId,
    alertId,
    eventId: 'family-unreachable',
    at: now.toISOString(),
    drill: false,
    type: 'alert.family-unreachable.v1',
    by: { kind: 'system' },
    deliveries: { ministry: { status: 'pending' } },
  });
  const unreachable = { status: 'unreachable', at: now.toISOString() } as const;
  const read = async ({ familyId, alertId }: Alert) =>
    dynamoAlertReader(table.client, table.tableName, () => now).getWithEvents(familyId, alertId);

  it('puts the event in the write that ends the delivery, once', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    await put(alert);
    const store = dynamoDeliveryStore(table.client, table.tableName, randomUUID);
    await store.settle(alert, 'family', unreachable, gap(alert.alertId));
    await store.settle(alert, 'family', unreachable, { ...gap(alert.alertId), eventId: 'again' });
    expect(await read(alert)).toMatchObject({
      // Who changes the case meanwhile reads it again, so that closing it forgets this event, too.
      alert: { deliveries: { family: unreachable }, revision: 1 },
      events: [gap(alert.alertId)],
    });
  });

  it('only ends the delivery when the case is closed', async () => {
    const alert = anAlert({ alertId: randomUUID(), state: 'closed' });
    await put(alert);
    const store = dynamoDeliveryStore(table.client, table.tableName, randomUUID);
    await store.settle(alert, 'family', unreachable, gap(alert.alertId));
    expect(await read(alert)).toMatchObject({ alert: { deliveries: { family: unreachable } }, events: [] });
  });
});

describe('deliveries of what is not there', () => {
  it('are settled, and nothing is made of them', async () => {
    const store = dynamoDeliveryStore(table.client, table.tableName, randomUUID);
    const ref = { familyId: randomUUID(), alertId: randomUUID() };
    expect(await store.claim(ref, 'family', options)).toEqual({ kind: 'settled' });
    await store.settle(ref, 'family', { status: 'sent', at: now.toISOString() });
    await store.release(ref, 'family');
    expect(
      await dynamoAlertReader(table.client, table.tableName, () => now).get(ref.familyId, ref.alertId),
    ).toBeUndefined();
  });

  it('knows a repeat of its own claim by its id: the answer may have been lost', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    await put(alert);
    const store = dynamoDeliveryStore(table.client, table.tableName, () => 'the same claim');
    expect((await store.claim(alert, 'family', options)).kind).toBe('claimed');
    expect((await store.claim(alert, 'family', options)).kind).toBe('claimed');
  });
});

describe('what is due', () => {
  const store = () => dynamoDueStore(table.client, table.tableName, () => now);
  const dueIds = async (at: Date) => {
    const ids = new Set<string>();
    for await (const ref of store().due(at)) ids.add(ref.alertId ?? ref.familyId);
    return ids;
  };

  it('is each new press and each new family after a minute, and not before', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    await put(alert);
    const { familyId } = await register();
    const early = await dueIds(later(59_000));
    const late = await dueIds(later(60_000));
    for (const id of [alert.alertId, familyId]) {
      expect(early).not.toContain(id);
      expect(late).toContain(id);
    }
  });

  it('is found in every other bucket while one cannot be read, and then the fault is told', async () => {
    const alerts = Array.from({ length: 60 }, () => anAlert({ alertId: randomUUID() }));
    for (const alert of alerts) await put(alert);
    const [broken] = alerts.map(({ alertId }) => dueBucketOf(alertId));
    const client = {
      send: async (command: { input: { ExpressionAttributeValues: Record<string, { S?: string }> } }) => {
        const values = Object.values(command.input.ExpressionAttributeValues);
        if (values.some(({ S }) => S === broken)) throw new Error('throttled');
        return table.client.send(command as never);
      },
    } as unknown as typeof table.client;
    const found = new Set<string>();
    const reading = async () => {
      for await (const { alertId = '' } of dynamoDueStore(client, table.tableName, () => now).due(later(60_000)))
        found.add(alertId);
    };
    await expect(reading()).rejects.toThrow('throttled');
    for (const { alertId } of alerts) expect(found.has(alertId)).toBe(dueBucketOf(alertId) !== broken);
  });

  it('moves only from where it was seen, and leaves the index for good', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    await put(alert);
    const dueAt = now.getTime() + 60_000;
    await store().reschedule(alert, dueAt, dueAt + 60_000);
    await store().reschedule(alert, dueAt, undefined);
    expect(await store().read(alert)).toMatchObject({ kind: 'alert', dueAtMs: dueAt + 60_000 });
    await store().reschedule(alert, dueAt + 60_000, undefined);
    expect(await store().read(alert)).not.toHaveProperty('dueAtMs');
    expect(await dueIds(later(1e9))).not.toContain(alert.alertId);
  });

  it('reads a registration with how far its welcome is', async () => {
    const { familyId } = await register();
    expect(await store().read({ familyId })).toMatchObject({
      kind: 'registration',
      deliveries: { family: { status: 'pending' } },
    });
    await dynamoDeliveryStore(table.client, table.tableName, randomUUID).settle({ familyId }, 'family', {
      status: 'sent',
    });
    expect(await store().read({ familyId })).toMatchObject({
      kind: 'registration',
      deliveries: { family: { status: 'sent' } },
    });
  });
});

describe('a write that meets a transaction on the same item', () => {
  const conflict = () => new TransactionConflictException({ message: 'Transaction is ongoing', $metadata: {} });
  // Of the pauses between tries it takes a random part.
  beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));

  it('is tried again, and given up when it goes on', async () => {
    const write = vi.fn(async () => 'written');
    write.mockRejectedValueOnce(conflict());
    expect(await retryConflicts(write)).toBe('written');
    write.mockRejectedValue(conflict());
    await expect(retryConflicts(write)).rejects.toThrow('ongoing');
    expect(write).toHaveBeenCalledTimes(7);
  });

  it('and is a press answers what was first, as ever: officers at work must not show on the phone', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    await put(alert);
    let conflicts = 2;
    const send = async (command: never) => {
      if ((conflicts -= 1) >= 0) throw conflict();
      return table.client.send(command);
    };
    const store = dynamoPressStore({ send } as unknown as typeof table.client, table.tableName);
    expect(await store.put(alert)).toMatchObject({ kind: 'exists', alert: { raisedAt: alert.raisedAt } });
    conflicts = 2;
    const muted = { heard: true, salt: randomUUID() };
    expect(await store.putUnseen(alert, muted)).toBeUndefined();
  });

  it('is not tried again when it was refused', async () => {
    const write = vi.fn(async () => Promise.reject(new Error('refused')));
    await expect(retryConflicts(write)).rejects.toThrow('refused');
    expect(write).toHaveBeenCalledTimes(1);
  });
});
