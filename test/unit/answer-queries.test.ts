import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/answer-queries/handler.ts';
import { ministryDesk } from '../../shared/data/consulates.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aContext, aFamily, anAlert, anEvent, answerOf } from '../support/fixtures.ts';
import { queryDeps } from '../support/query-deps.ts';

const familyId = '11111111-1111-4111-8111-111111111111';
const authorization = `Bearer ${familyId}.${'s'.repeat(43)}`;

const ask = async (
  routeKey: string,
  event: Parameters<typeof anEvent>[0] = {},
  facts: Parameters<typeof queryDeps>[0] = {},
) => {
  const handler = createHandler(queryDeps(facts));
  const result = await handler(anEvent({ routeKey, headers: { authorization }, ...event }), aContext);
  return expectDocumented(routeKey, answerOf(result));
};
// The fixture's contact ids are short; the API's are UUIDs.
const aFamilyWithIds = () =>
  aFamily({
    contacts: aFamily().contacts.map((contact, index) => ({
      ...contact,
      contactId: `00000000-0000-4000-8000-00000000000${index}`,
    })),
  });
const status = async (alert: Alert, alertId = alert.alertId, known = true) =>
  ask('GET /v1/alerts/{alertId}', { pathParameters: { alertId } }, { known, pressed: [{ alert, events: [] }] });

describe('GET /v1/alerts', () => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, 22, 19, minute)).toISOString();
  const pressed = (minute: number, overrides: Partial<Alert> = {}) => ({
    alert: anAlert({
      alertId: `22222222-2222-4222-8222-2222222222${String(minute).padStart(2, '0')}`,
      raisedAt: at(minute),
      ...overrides,
    }),
    events: [],
  });
  const view = (until: string) => ({ state: 'closed' as const, status: '{}', until });
  const list = async (alerts: ReturnType<typeof pressed>[], known = true) => {
    const { status: answered, body } = await ask('GET /v1/alerts', {}, { known, pressed: alerts });
    return { answered, alerts: body['alerts'] as { alertId: string; state: string }[] };
  };

  it('has the newest 20 of all the family’s phones, newest first', async () => {
    const { alerts } = await list(
      Array.from({ length: 25 }, (_, minute) => pressed(minute, { deviceId: `d${minute}` })),
    );
    expect(alerts).toHaveLength(20);
    expect(alerts[0]).toEqual({ alertId: pressed(24).alert.alertId, state: 'raised', raisedAt: at(24), drill: false });
  });

  it('shows one that was cancelled with either PIN as closed, until it is forgotten', async () => {
    const forced = pressed(1, { state: 'acknowledged', duress: true, deviceView: view('2026-12-22T00:00:00.000Z') });
    const cancelled = pressed(2, { state: 'closed', deviceView: view('2026-12-22T00:00:00.000Z') });
    const forgotten = pressed(3, { state: 'acknowledged', duress: true, deviceView: view('2026-11-22T20:09:00.000Z') });
    const { alerts } = await list([forced, cancelled, forgotten]);
    expect(alerts.map(({ state }) => state)).toEqual(['closed', 'closed']);
  });

  it('keeps an alert that no phone may know of to itself, and refuses an unknown token', async () => {
    expect((await list([pressed(1, { deviceId: 'check-in' })])).alerts).toEqual([]);
    expect((await list([pressed(1)], false)).answered).toBe(401);
  });
});

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
    ['34,05', '-118,24'],
    [' 34.05', '−118.24'],
    ['٣٤٫٠٥', '-١١٨٫٢٤'],
    ['3.405e1', '-118.24°'],
  ])('reads numbers as phones write them: %s and %s', async (latitude, longitude) => {
    expect(await nearest({ latitude, longitude })).toEqual(await nearest({ latitude: '34.05', longitude: '-118.24' }));
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

describe('GET /v1/family', () => {
  const confirmed = aFamily().contacts.map(({ endpoint }) => ({ key: 'family' as const, endpoint, confirmed: true }));
  const read = async (facts: Parameters<typeof queryDeps>[0] = {}) =>
    ask('GET /v1/family', {}, { subscriptions: confirmed, family: aFamilyWithIds(), ...facts });
  const alertId = '33333333-3333-4333-8333-333333333333';

  it('lists the contacts, their endpoints masked, and says that there was no drill yet', async () => {
    expect(await read()).toMatchObject({
      status: 200,
      body: {
        familyId,
        counts: { pending: 0, subscribed: 2, 'opted-out': 0, unsubscribed: 0, waiting: 0 },
        contacts: [
          { name: 'José Ruiz', channel: 'sms', endpoint: '+1********01', status: 'subscribed' },
          { name: 'Lupita', channel: 'email', endpoint: 'l***@example.com', status: 'subscribed' },
        ],
        lastDrill: null,
      },
    });
  });

  it('shows what became of the last drill', async () => {
    const drill = anAlert({ alertId, drill: true, deliveries: { family: { status: 'sent' } } });
    expect((await read({ pressed: [{ alert: drill, events: [] }] })).body['lastDrill']).toEqual({
      alertId,
      raisedAt: drill.raisedAt,
      destinations: [{ kind: 'family', status: 'sent' }],
    });
  });

  it('shows nothing but counts after a real press', async () => {
    const pressed = [anAlert(), anAlert({ alertId, drill: true })].map((alert) => ({ alert, events: [] }));
    expect((await read({ pressed })).body).toEqual({
      familyId,
      counts: { pending: 0, subscribed: 2, 'opted-out': 0, unsubscribed: 0, waiting: 0 },
    });
  });

  it('answers 401 to an unknown token, and to the token of an erased family', async () => {
    const unknown = await read({ known: false });
    expect(unknown.status).toBe(401);
    expect(await read({ family: undefined })).toEqual(unknown);
    expect((await ask('GET /v1/family', { headers: {} })).status).toBe(401);
  });
});

describe('GET /v1/rights', () => {
  const read = async (queryStringParameters?: Record<string, string>) =>
    ask('GET /v1/rights', { headers: {}, ...(queryStringParameters && { queryStringParameters }) });

  it('speaks Spanish unless asked otherwise', async () => {
    expect((await read()).body['language']).toBe('es');
    expect((await read({ language: 'en' })).body['language']).toBe('en');
  });

  it.each(['fr', '', 'e s', 'es,en'])('names the field when the language is %j', async (language) => {
    const { status: code, body } = await read({ language });
    expect(code).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(['language']);
  });
});

describe('the other paths', () => {
  it('serves the document of the API', async () => {
    expect(await ask('GET /openapi.json')).toMatchObject({ status: 200, body: { openapi: '3.1.1' } });
  });

  it('answers GET /health without touching anything', async () => {
    expect(await ask('GET /health')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('answers unknown paths with a problem document, and browsers with a page in both languages', async () => {
    const handler = createHandler(queryDeps({}));
    const at = async (accept?: string) => {
      const headers = accept === undefined ? {} : { accept };
      const {
        statusCode,
        headers: answered,
        body,
      } = await handler(anEvent({ routeKey: '$default', headers }), aContext);
      expect([statusCode, answered?.['vary']]).toEqual([404, 'Accept']);
      return `${String(answered?.['content-type'])} ${body}`;
    };
    for (const program of [undefined, '*/*', 'application/json, text/plain, */*', 'application/problem+json']) {
      expect(await at(program)).toMatch(/^application\/problem\+json .*problem:not-found/);
    }
    const page = await at('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8');
    expect(page).toMatch(/^text\/html; charset=utf-8 /);
    for (const text of ['Aquí no hay ninguna página', 'There is no page here', 'href="/"'])
      expect(page).toContain(text);
    // Of no case: nobody knows whether whoever reads it authorised that the desk hears of them.
    expect(page).not.toContain('tel:');
  });
});
