import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/answer-queries/handler.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import type { CaseEvent } from '../../shared/domain/case-event.ts';
import { aContext, anAlert, anEvent, answerOf } from '../support/fixtures.ts';

const familyId = '11111111-1111-4111-8111-111111111111';
const authorization = `Bearer ${familyId}.${'s'.repeat(43)}`;

const ask = async (
  routeKey: string,
  event: Parameters<typeof anEvent>[0],
  alert?: Alert,
  known = true,
  events: CaseEvent[] = [],
) => {
  const handler = createHandler({
    devices: {
      authenticate: async () =>
        known ? { device: { deviceId: 'd', familyId }, consularNotification: true } : undefined,
    },
    alerts: {
      getWithEvents: async (_, alertId) => (alert?.alertId === alertId ? { alert, events } : undefined),
    },
    consulateById,
    openConsulates,
    desk: ministryDesk,
  });
  return answerOf(await handler(anEvent({ routeKey, headers: { authorization }, ...event }), aContext));
};
const status = async (alert: Alert, alertId = alert.alertId, known = true, events: CaseEvent[] = []) =>
  ask('GET /v1/alerts/{alertId}', { pathParameters: { alertId } }, alert, known, events);

describe('GET /v1/alerts/{alertId}', () => {
  it('says of each destination how far it is, and which office has the case', async () => {
    const alert = anAlert({
      deliveries: {
        family: { status: 'sent', at: '2026-11-22T20:00:01.000Z' },
        consulate: { status: 'unreachable', at: '2026-11-22T20:00:02.000Z' },
        ministry: { status: 'pending' },
      },
      consulate: { id: 'los-angeles', distanceMeters: 4020, basis: 'location' },
    });
    expect(await status(alert, alert.alertId.toUpperCase())).toMatchObject({
      status: 200,
      body: {
        alertId: alert.alertId,
        state: 'raised',
        drill: false,
        destinations: [
          { kind: 'family', status: 'sent', at: '2026-11-22T20:00:01.000Z' },
          { kind: 'consulate', id: 'los-angeles', status: 'unreachable' },
          { kind: 'ministry', status: 'pending' },
        ],
        consulate: {
          id: 'los-angeles',
          city: 'Los Angeles',
          emergencyPhone: ministryDesk.phone,
          distanceMeters: 4020,
          basis: 'location',
        },
        basis: 'location',
      },
    });
  });

  it('shows each office that the alert came to when nobody listened at the first', async () => {
    const alert = anAlert({
      deliveries: { consulate: { status: 'unreachable', id: 'fresno' }, ministry: { status: 'sent' } },
      consulate: { id: 'san-jose', distanceMeters: 9, basis: 'location' },
    });
    const event: CaseEvent = {
      familyId,
      alertId: alert.alertId,
      eventId: 'office-unreachable.fresno',
      type: 'alert.escalated.v1',
      at: '2026-11-22T20:00:02.000Z',
      drill: false,
      reason: 'office-unreachable',
      deliveries: { consulate: { status: 'sent' }, ministry: { status: 'sent' } },
      consulate: { id: 'san-jose', distanceMeters: 9, basis: 'location' },
      triedConsulates: ['fresno'],
    };
    expect((await status(alert, undefined, true, [event])).body).toMatchObject({
      destinations: [
        { kind: 'consulate', id: 'fresno', status: 'unreachable' },
        { kind: 'consulate', id: 'san-jose', status: 'sent' },
        { kind: 'ministry', status: 'sent' },
      ],
      consulate: { id: 'san-jose' },
    });
  });

  it('says so while no office is chosen', async () => {
    expect((await status(anAlert())).body).toMatchObject({ consulate: null, basis: null });
  });

  it('shows the desk where the ministry owns the alert', async () => {
    const alert = anAlert({
      deliveries: { family: { status: 'sent' }, ministry: { status: 'sent' } },
      consulate: { id: 'ministry', distanceMeters: null, basis: 'ministry' },
    });
    expect((await status(alert)).body).toMatchObject({
      consulate: {
        id: 'ministry',
        city: null,
        distanceMeters: null,
        basis: 'ministry',
        emergencyPhone: ministryDesk.phone,
      },
      basis: 'ministry',
    });
  });

  it('names no office without authorisation', async () => {
    const alert = anAlert({ consularNotification: false, deliveries: { family: { status: 'sent' } } });
    expect((await status(alert)).body).toMatchObject({
      consulate: null,
      basis: 'not-authorised',
      destinations: [{ kind: 'family' }],
    });
  });

  it.each(['33333333-3333-4333-8333-333333333333', 'not-a-uuid'])('answers 404 to %s', async (alertId) => {
    expect((await status(anAlert(), alertId)).status).toBe(404);
  });

  it('answers 401 to an unknown token, whether or not there is such an alert', async () => {
    expect((await status(anAlert(), undefined, false)).status).toBe(401);
    expect((await status(anAlert(), 'nothing', false)).status).toBe(401);
  });
});

describe('GET /v1/consulates', () => {
  const nearest = async (query: Record<string, string>) => ask('GET /v1/consulates', { queryStringParameters: query });

  it('gives the nearest offices, nearest first, three unless asked otherwise', async () => {
    const { status: code, body } = await nearest({ latitude: '34.05', longitude: '-118.24' });
    expect(code).toBe(200);
    const offices = body['consulates'] as { id: string; distanceMeters: number }[];
    expect(offices.map(({ id }) => id)).toEqual(['los-angeles', 'santa-ana', expect.any(String)]);
    expect(offices.map(({ distanceMeters }) => distanceMeters)).toEqual(
      offices.map((o) => o.distanceMeters).toSorted((a, b) => a - b),
    );
    expect(Object.keys(offices[0] ?? {}).sort()).toEqual(
      [
        'id',
        'name',
        'kind',
        'city',
        'state',
        'website',
        'latitude',
        'longitude',
        'precision',
        'mainPhone',
        'emergencyPhone',
        'distanceMeters',
      ].sort(),
    );
    expect((await nearest({ latitude: '34.05', longitude: '-118.24', limit: '10' })).body['consulates']).toHaveLength(
      10,
    );
  });

  it.each([
    [{}, ['latitude', 'longitude']],
    [{ latitude: '91', longitude: '0' }, ['latitude']],
    [{ latitude: '1', longitude: 'west' }, ['longitude']],
    [{ latitude: '1', longitude: '' }, ['longitude']],
    [{ latitude: '1', longitude: '1', limit: '0' }, ['limit']],
    [{ latitude: '1', longitude: '1', limit: '11' }, ['limit']],
    [{ latitude: '1', longitude: '1', limit: '1.5' }, ['limit']],
  ])('names what is wrong in %j', async (query, fields) => {
    const { status: code, body } = await nearest(query);
    expect(code).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(fields);
  });
});

describe('the other paths', () => {
  it('answers GET /health without touching anything', async () => {
    expect(await ask('GET /health', {})).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('answers unknown paths with a problem document', async () => {
    const { status: code, headers } = await ask('$default', {});
    expect(code).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
  });
});
