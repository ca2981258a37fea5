import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/answer-queries/handler.ts';
import { dynamoAlertReader } from '../../shared/adapters/dynamo-alert-reader.ts';
import { dynamoCaseStore } from '../../shared/adapters/dynamo-case-store.ts';
import { dynamoPressStore } from '../../shared/adapters/dynamo-press-store.ts';
import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { alertStatus, destinationsSeen, freezeForDevice } from '../../shared/domain/case/alert-status.ts';
import type { CaseEvent, CaseEventDetail } from '../../shared/domain/case/case-event.ts';
import { readAlert } from '../../shared/domain/case/read-alert.ts';
import { aContext, aFamily, anAlert, anEvent, answerOf } from '../support/fixtures.ts';
import { queryDeps } from '../support/query-deps.ts';
import { tableOfTests } from '../support/table.ts';

const offices = { consulateById, desk: ministryDesk };
const until = new Date('2026-12-22T20:10:00.000Z');
const sent = { status: 'sent' } as const;

const event = (detail: CaseEventDetail, deliveries: CaseEvent['deliveries'] = {}): CaseEvent => ({
  familyId: anAlert().familyId,
  alertId: anAlert().alertId,
  eventId: randomUUID(),
  at: '2026-11-22T20:05:00.000Z',
  by: { kind: 'system' },
  drill: false,
  deliveries,
  ...detail,
});
const near = { id: 'san-jose', distanceMeters: 9, basis: 'location' } as const;
const escalated = event(
  { type: 'alert.escalated.v1', reason: 'not-acknowledged', consulate: near, triedConsulates: ['fresno'] },
  { 'consulate:san-jose': sent, ministry: sent },
);
const told = { family: sent, consulate: { status: 'sent', id: 'fresno' }, ministry: sent } as const;

describe('the destinations that a device sees', () => {
  it('have one entry for each office that the alert came to', () => {
    const handedBack = event(
      {
        type: 'alert.located.v1',
        cause: 'hand-over',
        consulate: { id: 'fresno', distanceMeters: 1, basis: 'great-circle' },
        previous: 'san-jose',
      },
      { 'consulate:fresno': { status: 'pending' } },
    );
    const destinations = destinationsSeen({ alert: anAlert({ deliveries: told }), events: [escalated, handedBack] });
    expect(destinations.map(({ kind, id }) => id ?? kind)).toEqual(['family', 'fresno', 'san-jose', 'ministry']);
  });

  it('name the first office even when it has not been told yet', () => {
    const alert = anAlert({ consulate: near });
    expect(destinationsSeen({ alert, events: [escalated] })[1]).toMatchObject({ id: 'fresno', status: 'pending' });
    expect(destinationsSeen({ alert, events: [] })[1]).toMatchObject({ id: 'san-jose', status: 'pending' });
  });

  it('leave out whoever was told only because the person was forced, and later news', () => {
    const alert = anAlert({ deliveries: told });
    const secret = event({ type: 'alert.cancelled-under-duress.v1' }, { 'consulate:san-jose': sent, ministry: sent });
    const news = event({ type: 'alert.acknowledged.v1', officer: 'x' }, { 'consulate:san-jose': sent });
    expect(destinationsSeen({ alert, events: [secret, news] })).toEqual(destinationsSeen({ alert, events: [] }));
  });
});

describe('the nearest office', () => {
  const office = (id: string) => ({ id, distanceMeters: 9, basis: 'location' }) as const;
  const nearestOf = (alert: Partial<Alert>, ...events: CaseEvent[]) =>
    alertStatus({ alert: anAlert({ consulate: office('los-angeles'), ...alert }), events }, offices).nearest?.id;
  const located = (cause: 'position' | 'hand-over', id: string, previous?: string) =>
    event({ type: 'alert.located.v1', cause, consulate: office(id), ...(previous !== undefined && { previous }) });

  it('is shown beside another that is in charge', () => {
    expect(nearestOf({ raisedTo: office('fresno') })).toBe('fresno');
    expect(nearestOf({ raisedTo: office('los-angeles') })).toBeUndefined();
    expect(nearestOf({})).toBeUndefined();
  });

  it('is never the ministry, which has a case without a place', () => {
    expect(nearestOf({ raisedTo: office('ministry') })).toBeUndefined();
  });

  it('is of the place that decided last', () => {
    expect(nearestOf({ raisedTo: office('fresno') }, located('position', 'san-jose', 'fresno'))).toBe('san-jose');
    expect(nearestOf({ raisedTo: office('fresno') }, located('hand-over', 'san-jose', 'fresno'))).toBe('fresno');
  });

  it('is not one that officers gave the case before the press came to any', () => {
    expect(nearestOf({ raisedTo: office('fresno') }, located('hand-over', 'fresno'))).toBeUndefined();
    expect(nearestOf({ raisedTo: office('fresno') }, located('hand-over', 'san-jose'))).toBe('fresno');
    expect(nearestOf({ raisedTo: office('fresno') }, located('hand-over', 'fresno', 'san-jose'))).toBe('fresno');
  });
});

describe('the frozen view', () => {
  const alert = anAlert({
    deliveries: told,
    consulate: near,
    state: 'acknowledged',
    acknowledgedAt: '2026-11-22T20:06:00.000Z',
  });
  const found = { alert, events: [escalated] };
  const deviceView = freezeForDevice(found, offices, until);

  it('is the status of that moment, closed', () => {
    expect(JSON.parse(deviceView.status)).toEqual({ ...alertStatus(found, offices), state: 'closed' });
    expect(deviceView).toMatchObject({ state: 'closed', until: until.toISOString() });
  });

  const get = async (changed: Partial<Alert>, facts: { drill?: boolean; at?: Date } = {}) => {
    const drill = facts.drill ?? false;
    const pressed = [{ alert: { ...alert, drill, deviceView, ...changed }, events: [escalated, escalated] }];
    const deps = {
      ...queryDeps({ pressed, family: aFamily({ contacts: [] }) }),
      now: () => facts.at ?? new Date('2026-11-22T20:30:00.000Z'),
    };
    const headers = { authorization: `Bearer ${alert.familyId}.${'s'.repeat(43)}` };
    return async (routeKey: string) =>
      answerOf(
        await createHandler(deps)(anEvent({ routeKey, headers, pathParameters: { alertId: alert.alertId } }), aContext),
      );
  };

  it('is what the device gets, whatever officers have done since', async () => {
    const frozen = { status: 200, body: JSON.parse(deviceView.status) };
    for (const changed of [{}, { duress: true as const, state: 'located' as const, facility: 'x' }]) {
      const ask = await get(changed);
      expect(await ask('GET /v1/alerts/{alertId}')).toMatchObject(frozen);
    }
  });

  it('ends when a cancelled case would be forgotten', async () => {
    const ask = await get({}, { at: until });
    expect((await ask('GET /v1/alerts/{alertId}')).status).toBe(404);
  });

  it('is what the family’s device sees of a drill, too', async () => {
    const { destinations } = JSON.parse(deviceView.status);
    const ask = await get({ deliveries: { family: sent } }, { drill: true });
    expect((await ask('GET /v1/family')).body).toMatchObject({ lastDrill: { destinations } });
    const later = await get({}, { drill: true, at: until });
    expect((await later('GET /v1/family')).body['lastDrill']).toBeNull();
  });
});

describe('in the table', () => {
  const table = tableOfTests();

  it('the view is written with the change, read alone, and answers a repeated press', async () => {
    const alert = anAlert({ alertId: randomUUID() });
    const { familyId, alertId } = alert;
    const alerts = dynamoAlertReader(table.client, table.tableName, () => until);
    const presses = dynamoPressStore(table.client, table.tableName);
    const cases = dynamoCaseStore(table.client, table.tableName, { alerts, families: { get: async () => aFamily() } });
    const deviceView = freezeForDevice({ alert, events: [] }, offices, until);

    await presses.put(alert);
    expect(await alerts.deviceView(familyId, alertId)).toEqual({});
    expect(await alerts.deviceView(familyId, randomUUID())).toBeUndefined();
    const events = [{ ...event({ type: 'alert.cancelled-under-duress.v1' }), alertId }];
    await cases.apply({ alert, set: { duress: true, deviceView, state: 'acknowledged' }, events });
    expect(await alerts.deviceView(familyId, alertId)).toEqual({ view: deviceView });
    expect(await presses.put({ ...alert, raisedAt: '2026-11-22T21:00:00.000Z' })).toMatchObject({
      kind: 'exists',
      alert: { state: 'closed', raisedAt: alert.raisedAt },
    });
  });
});

describe('when a cancelled case is forgotten', () => {
  it('the phone costs the same reads, whether DynamoDB has deleted it or officers go on with it', async () => {
    const view = freezeForDevice({ alert: anAlert(), events: [] }, offices, until);
    const read = async (found: { view?: typeof view } | undefined) => {
      const reads: string[] = [];
      const outcome = await readAlert(
        {
          devices: {
            authenticate: async () => ({ device: { deviceId: 'd', familyId: 'f' }, consularNotification: true }),
          },
          families: { get: async () => aFamily() },
          alerts: {
            deviceView: async () => {
              reads.push('view');
              return found;
            },
            getWithEvents: async () => {
              reads.push('case');
              return undefined;
            },
          },
          now: () => until,
        },
        { familyId: 'f', secretHash: '' },
        'a',
      );
      return { outcome, reads };
    };
    expect(await read({ view })).toEqual({ outcome: { kind: 'not-found' }, reads: ['view'] });
    expect(await read(undefined)).toEqual(await read({ view }));
  });
});
