import { describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../functions/raise-alert/handler.ts';
import type { Addition } from '../../shared/domain/press/addition.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import type { MutedPress, PressingFamily } from '../../shared/domain/press/device.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aContext, anEvent, answerOf } from '../support/fixtures.ts';

const alertId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const familyId = '11111111-1111-4111-8111-111111111111';
const authorization = `Bearer ${familyId}.${'s'.repeat(43)}`;
const position = { latitude: 34, longitude: -118 };
const authorised: PressingFamily = { device: { deviceId: 'd', familyId }, consularNotification: true };

const setUp = (family: (PressingFamily & { muted?: MutedPress }) | 'unknown' = authorised) => {
  const stored = new Map<string, Alert>();
  const put = vi.fn(async (alert: Alert) => {
    const first = stored.get(alert.alertId);
    if (first) {
      const has = { hasPosition: first.position !== undefined, hasNote: first.note !== undefined };
      return { kind: 'exists' as const, alert: first, first: has };
    }
    stored.set(alert.alertId, alert);
    return { kind: 'stored' as const };
  });
  const drills = vi.fn(() => 0);
  const putDrill = vi.fn(async (alert: Alert) =>
    stored.has(alert.alertId) || drills() < 3 ? put(alert) : { kind: 'used-up' as const },
  );
  const putUnseen = vi.fn(async (_alert: Alert, _muted: MutedPress) => undefined);
  const add = vi.fn(async (_addition: Addition) => undefined);
  const authenticate = vi.fn(async () => (family === 'unknown' ? undefined : family));
  const now = vi.fn(() => new Date('2026-11-22T20:00:00.000Z'));
  const handler = createHandler({
    devices: { authenticatePress: authenticate },
    alerts: { put, putDrill, putUnseen, add },
    now,
  });
  const press = async (json: unknown, event: Parameters<typeof anEvent>[0] = {}) =>
    expectDocumented(
      'POST /v1/alerts',
      answerOf(await handler(anEvent({ headers: { authorization }, json, ...event }), aContext)),
    );
  return { press, put, putUnseen, add, drills, authenticate, now, stored };
};

describe('POST /v1/alerts', () => {
  it('answers 202 only after the write', async () => {
    const { press, put } = setUp();
    put.mockRejectedValueOnce(new Error('table down'));
    expect((await press({ alertId })).status).toBe(500);
    expect(await press({ alertId })).toMatchObject({
      status: 202,
      body: { alertId, state: 'raised', raisedAt: '2026-11-22T20:00:00.000Z' },
    });
  });

  it('answers a repeated press with the first alert', async () => {
    const { press, now } = setUp();
    await press({ alertId });
    now.mockReturnValue(new Date('2026-11-22T20:05:00.000Z'));
    expect(await press({ alertId: alertId.toUpperCase() })).toMatchObject({
      status: 200,
      body: { alertId, state: 'raised', raisedAt: '2026-11-22T20:00:00.000Z' },
    });
  });

  it('keeps what a repeat brings that the first lacked, in one write more, and nothing else', async () => {
    const { press, put, add } = setUp();
    const place = { latitude: 34.05, longitude: -118.24 };
    await press({ alertId });
    await press({ alertId });
    await press({ alertId, position: { latitude: 0, longitude: 0 } });
    expect([put.mock.calls.length, add.mock.calls.length]).toEqual([3, 0]);
    expect((await press({ alertId, position: place, note: 'Nos siguen', battery: 3 })).status).toBe(200);
    expect(add.mock.calls).toEqual([
      [{ familyId: expect.any(String), alertId, at: '2026-11-22T20:00:00.000Z', position: place, note: 'Nos siguen' }],
    ]);
    add.mockRejectedValueOnce(new Error('table down'));
    expect((await press({ alertId, position: place })).status).toBe(500);

    const full = setUp();
    await full.press({ alertId, position: place, note: 'Nos siguen' });
    await full.press({ alertId, position: { latitude: 25, longitude: -80 }, note: 'Otra' });
    expect(full.add).not.toHaveBeenCalled();
  });

  it.each([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic abc' }],
    ['no secret', { authorization: `Bearer ${familyId}` }],
  ])('answers one and the same 401 to %s as to an unknown token', async (_, headers) => {
    const unknown = await setUp('unknown').press({ alertId });
    const malformed = await setUp().press({ alertId }, { headers });
    expect(malformed).toEqual(unknown);
    expect(unknown.status).toBe(401);
    expect(unknown.headers['content-type']).toBe('application/problem+json');
  });

  it('takes the body whatever its content type says', async () => {
    const { press } = setUp();
    const headers = { authorization, 'content-type': 'text/plain' };
    expect((await press({ alertId }, { headers })).status).toBe(202);
  });

  it('takes a body that begins with a byte order mark', async () => {
    expect((await setUp().press(undefined, { body: `\uFEFF${JSON.stringify({ alertId })}` })).status).toBe(202);
  });

  it('names alertId when it is wrong, and refuses bodies that are no JSON or too large', async () => {
    const { press, authenticate } = setUp();
    expect(await press({ alertId: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'alertId', pointer: '#/alertId' }] },
    });
    expect((await press(undefined, { body: '{' })).status).toBe(400);
    expect((await press({ alertId, note: 'ñ'.repeat(9000) })).status).toBe(413);
    expect(authenticate).not.toHaveBeenCalled();
  });

  it('never echoes what was sent', async () => {
    const { press } = setUp();
    expect(JSON.stringify(await press({ alertId: '<script>secret' }))).not.toContain('secret');
  });

  it.each([
    ['a position', { position }, {}, ['family', 'consulate', 'ministry']],
    ['a registered home only', {}, { homePosition: position }, ['family', 'consulate', 'ministry']],
    ['no place at all', {}, {}, ['family', 'ministry']],
    ['exactly 0,0', { position: { latitude: 0, longitude: 0 } }, {}, ['family', 'ministry']],
    ['no authorisation', { position }, { consularNotification: false }, ['family']],
    ['a drill', { position, drill: true }, {}, ['family']],
    ['a drill without authorisation', { drill: true }, { consularNotification: false }, ['family']],
  ])('with %s notes who is to be told', async (_, body, family, destinations) => {
    const { press, stored } = setUp({ ...authorised, ...family });
    await press({ alertId, ...body });
    const pending = destinations.map((key) => [key, { status: 'pending' }]);
    expect(stored.get(alertId)?.deliveries).toEqual(Object.fromEntries(pending));
  });
});

it.each([
  [true, false, { familyAlone: {} }],
  [true, true, {}],
  [false, false, {}],
])('holds %s while phones show %s: what the family is to believe of offices', async (holds, shows, begun) => {
  const shownConsent = { consularNotification: shows };
  const { press, stored } = setUp({ ...authorised, consularNotification: holds, shownConsent });
  await press({ alertId });
  const { familyAlone } = stored.get(alertId)!;
  expect(familyAlone === undefined ? {} : { familyAlone }).toEqual(begun);
});

describe('a drill', () => {
  it.each([
    ['as JSON', { json: { alertId, drill: true } }],
    ['in a body that is no JSON', { body: `{"alertId":"${alertId}","drill":true,}` }],
    ['with a field that does not parse', { json: { alertId, drill: true, battery: 'full' } }],
  ])('beyond the number is refused for good: %s', async (_, event) => {
    const { press, drills, stored } = setUp();
    drills.mockReturnValue(3);
    const { status, body, headers } = await press(undefined, event);
    expect([status, body]).toMatchObject([429, { code: 'drills-used-up', status: 429 }]);
    // A phone would send it again.
    expect(headers).not.toHaveProperty('retry-after');
    expect(stored.size).toBe(0);
  });

  it('that is stored is answered again, however many there were since', async () => {
    const { press, drills } = setUp();
    expect((await press({ alertId, drill: true })).status).toBe(202);
    drills.mockReturnValue(3);
    expect((await press({ alertId, drill: true })).status).toBe(200);
  });

  it('beyond the number keeps no alert from being raised', async () => {
    const { press, drills } = setUp();
    drills.mockReturnValue(3);
    expect((await press({ alertId, drill: 'yes' })).status).toBe(202);
  });

  it.each([true, false])('of a revoked phone is heard by nobody and answered like any (heard: %s)', async (heard) => {
    const muted = { heard, salt: 's' };
    const { press, putUnseen, drills } = setUp({ ...authorised, muted });
    const [alert, drill] = [await press({ alertId }), await press({ alertId, drill: true })];
    drills.mockReturnValue(3);
    expect([alert.status, drill]).toEqual([401, alert]);
    expect(await press({ alertId, drill: true })).toEqual(alert);
    expect(putUnseen.mock.calls.map(([, how]) => how.heard)).toEqual([heard, false, false]);
  });

  it.each([
    [undefined, 'revoked-phone', true],
    ['2099-01-01T00:00:00.000Z', 'lost-phone', true],
    ['2020-01-01T00:00:00.000Z', 'lost-phone', false],
  ])('of a phone that is mute until %s, officers hear why it is secret: %s (heard: %s)', async (until, why, heard) => {
    const { press, putUnseen } = setUp({ ...authorised, muted: { heard: true, salt: 's', ...(until && { until }) } });
    await press({ alertId });
    expect(putUnseen.mock.calls).toMatchObject([
      [
        {
          origin: { kind: 'duress-change', occasion: why },
          duress: true,
          deliveries: { 'family:trusted': { status: 'pending' }, ministry: { status: 'pending' } },
        },
        { heard },
      ],
    ]);
  });
});
