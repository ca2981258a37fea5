import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createHandler as createCancel } from '../../functions/cancel-alert/handler.ts';
import { createHandler as createCheckIns } from '../../functions/manage-check-ins/handler.ts';
import { createHandler as createFamily } from '../../functions/manage-family/handler.ts';
import {
  composeAnswerQueries,
  composeCancelAlert,
  composeManageCheckIns,
  composeManageFamily,
} from '../../shared/compose.ts';
import { pinLockMs } from '../../shared/domain/family/pins.ts';
import { readFamily } from '../../shared/domain/family/read-family.ts';
import { aContext, anEvent } from '../support/fixtures.ts';
import { type World, createWelcomedWorld } from '../support/world.ts';

/* What a phone gets from the routes that take a PIN, as their handlers answer. */

const [jose, marta] = ['+12135550101', '+12135550109'];
const pins = { pin: '482915', duressPin: '110022' };

const aWorld = async (consularNotification = true) =>
  createWelcomedWorld({
    registers: {
      ...pins,
      contacts: [
        { name: 'José', channel: 'sms', endpoint: jose },
        { name: 'Marta', channel: 'sms', endpoint: marta, trusted: true },
      ],
      consent: { consularNotification, version: '1' },
    },
  });

const send = async (world: World, path: string, body: object, ids: Record<string, string> = {}) => {
  const handlerOf = () => {
    if (path.includes('/alerts/')) return createCancel(world.of(composeCancelAlert));
    if (path.includes('/check-ins/')) return createCheckIns(world.of(composeManageCheckIns));
    return createFamily(world.of(composeManageFamily));
  };
  const answer = await handlerOf()(
    anEvent({
      routeKey: `POST ${path}`,
      headers: { authorization: `Bearer ${world.deviceToken}`, 'content-type': 'application/json' },
      pathParameters: ids,
      json: body,
    }),
    aContext,
  );
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: JSON.parse(answer.body ?? '{}') as Record<string, unknown>,
  };
};

const routes: Readonly<Record<string, (world: World) => Promise<{ ids?: Record<string, string>; body?: object }>>> = {
  '/v1/alerts/{alertId}/cancel': async (world) => {
    const alertId = await world.pressed();
    return { ids: { alertId } };
  },
  ...Object.fromEntries(
    ['ok', 'end'].map((to) => [
      `/v1/check-ins/{checkInId}/${to}`,
      async (world: World) => {
        const checkInId = randomUUID();
        const dueAt = new Date(world.now().getTime() + 3_600_000).toISOString();
        await createCheckIns(world.of(composeManageCheckIns))(
          anEvent({
            routeKey: 'POST /v1/check-ins',
            headers: { authorization: `Bearer ${world.deviceToken}`, 'content-type': 'application/json' },
            json: { checkInId, dueAt },
          }),
          aContext,
        );
        return { ids: { checkInId } };
      },
    ]),
  ),
  '/v1/family/settings': async () => ({}),
  '/v1/family/contacts': async () => ({ body: { name: 'Rosa', channel: 'sms', endpoint: '+12135550122' } }),
  '/v1/family/contacts/{contactId}': async ({ contacts }) => ({ ids: { contactId: contacts[0]!.contactId } }),
  '/v1/family/contacts/{contactId}/invite': async ({ contacts }) => ({ ids: { contactId: contacts[0]!.contactId } }),
  '/v1/family/contacts/{contactId}/remove': async ({ contacts }) => ({ ids: { contactId: contacts[0]!.contactId } }),
  '/v1/family/devices': async () => ({}),
  '/v1/family/devices/{deviceId}/revoke': async () => ({ ids: { deviceId: randomUUID() } }),
  '/v1/family/erase': async () => ({}),
  '/v1/families/recover': async ({ recoveryCode }) => ({ body: { recoveryCode } }),
};

describe('while PINs are locked', () => {
  it.each(Object.entries(routes))('every PIN gets one answer, which says until when: %s', async (path, prepare) => {
    const world = await aWorld();
    const { ids, body } = await prepare(world);
    const type = async (pin: string) => send(world, path, { ...body, pin }, ids);
    for (let tries = 0; tries < 5; tries += 1) {
      const wrong = await type('000000');
      expect([wrong.status, wrong.headers]).toEqual([
        403,
        expect.not.objectContaining({ 'retry-after': expect.anything() }),
      ]);
    }
    world.skip(60_000);
    const answers = [await type('000000'), await type(pins.pin), await type(pins.duressPin)];
    expect(answers[0]).toMatchObject({ status: 403, headers: { 'retry-after': String((pinLockMs - 60_000) / 1000) } });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});

describe('whom a second PIN warns', () => {
  const idOf = (world: World, name: string) => world.contacts.find((contact) => contact.name === name)!.contactId;
  const remove = async (world: World, name: string, pin: string) =>
    send(world, '/v1/family/contacts/{contactId}/remove', { pin }, { contactId: idOf(world, name) });

  it.each(Object.values(pins))('is said when the last one is removed, with either PIN: %s', async (pin) => {
    const codes = async (consent: boolean, name: string) => {
      const { status, body } = await remove(await aWorld(consent), name, pin);
      expect(status).toBe(200);
      return (body['warnings'] as { code: string }[]).map(({ code }) => code);
    };
    expect(await codes(false, 'Marta')).toEqual(['second-pin-warns-nobody']);
    expect(await codes(false, 'José')).toEqual([]);
    expect(await codes(true, 'Marta')).toEqual([]);
  });

  it('is somebody who is added as trusted, whom no phone sees as such', async () => {
    const world = await aWorld(false);
    await remove(world, 'Marta', pins.pin);
    const rosa = { name: 'Rosa', channel: 'sms', endpoint: '+12135550122', trusted: true };
    const added = await send(world, '/v1/family/contacts', { ...rosa, pin: pins.pin });
    expect([added.status, JSON.stringify(added.body)]).toEqual([201, expect.not.stringContaining('trusted')]);
    await world.stream();
    const settings = await send(world, '/v1/family/settings', { pin: pins.pin });
    expect(settings.body['warnings']).toEqual([]);
    await send(world, '/v1/family/devices', { pin: pins.duressPin });
    await world.stream();
    expect(world.told('+12135550122')).toContain('family.forced.v1');
    const seen = await readFamily(world.of(composeAnswerQueries), world.token);
    expect(JSON.stringify(seen)).not.toContain('trusted');
  });
});
