import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import {
  composeCancelAlert,
  composeManageCheckIns,
  composeManageFamily,
  composeServeCase,
} from '../../shared/compose.ts';
import { actOnCase } from '../../shared/domain/case/act-on-case.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { answerCheckIn } from '../../shared/domain/check-in/answer-check-in.ts';
import { makeCheckIn } from '../../shared/domain/check-in/manage-check-ins.ts';
import type { FamilyRequest } from '../../shared/domain/family/planned-change.ts';
import { pinLockMs } from '../../shared/domain/family/pins.ts';
import { lettersIn } from '../../shared/domain/family/readable-code.ts';
import { recoverFamily } from '../../shared/domain/family/recover-family.ts';
import { answerOffer } from '../../shared/domain/representatives/answer-offer.ts';
import { aRepresentative } from '../support/representatives.ts';
import { kilobytes } from '../support/costs.ts';
import { type World, authorised, createWelcomedWorld } from '../support/world.ts';

/*
 * What each route that takes a PIN costs with either: a captor who can measure must find no difference. The table stands
 * in docs/threat-model.md, and this test holds it.
 */

const rosa = { name: 'Rosa', channel: 'sms', endpoint: '+525555550122' } as const;

type Route = {
  /** As OpenAPI writes it. */
  readonly path: string;
  /** @param pin the one that is sent */
  readonly before?: (world: World, pin: string) => Promise<string>;
  readonly send: (world: World, pin: string, id: string) => Promise<unknown>;
};

const pressed = async (world: World) => world.pressed();
/** One representative has the case, and another is asked. */
const represented = async (world: World): Promise<string> => {
  const alertId = await pressed(world);
  const lawyers = ['1', '2'].map((last) =>
    aRepresentative({ officeId: 'ministry', representativeId: `7c0e6f52-0000-4000-8000-00000000000${last}` }),
  );
  await dynamoRoster(world.outside.dynamo, 'alerts', world.now).putAll(lawyers);
  const deps = world.of(composeServeCase);
  const ref = { familyId: world.familyId, alertId };
  const ministry = { ...ref, recipient: { kind: 'ministry' } } as const;
  await actOnCase(deps, ministry, { action: 'acknowledge', officer: 'Ana' });
  for (const [index, { representativeId: id, officeId }] of lawyers.entries()) {
    const offered = await actOnCase(deps, ministry, { action: 'offer', officer: 'Ana', representativeId: id });
    expect(offered.kind).toBe('done');
    const link = { ...ref, recipient: { kind: 'representative', id, officeId } } as const;
    if (index === 0) expect((await answerOffer(deps, link, { action: 'accept' })).kind).toBe('done');
  }
  await world.stream();
  return alertId;
};
const cancelled = async (world: World, pin: string, alertId: string) =>
  cancelAlert(world.of(composeCancelAlert), world.token, alertId, pin);
/** The same PIN was typed before: while the alert is open, and while PINs were locked. */
const signalled = async (world: World, pin: string): Promise<string> => {
  const alertId = await pressed(world);
  await world.change({ kind: 'add-device' }, pin);
  await locked(world);
  await cancelled(world, pin, alertId);
  world.skip(pinLockMs);
  return alertId;
};
const promised = async (world: World): Promise<string> => {
  const checkInId = randomUUID();
  const dueAt = new Date(world.now().getTime() + 3_600_000).toISOString();
  await makeCheckIn(world.of(composeManageCheckIns), world.token, { checkInId, dueAt });
  return checkInId;
};
const answered = (to: 'ok' | 'ended') => async (world: World, pin: string, checkInId: string) =>
  answerCheckIn(world.of(composeManageCheckIns), world.token, { checkInId, pin, to });
const change = (request: FamilyRequest) => async (world: World, pin: string) => world.change(request, pin);
const locked = async (world: World): Promise<string> => {
  for (const wrong of ['1', '2', '3', '4', '5']) await world.change({ kind: 'erase' }, wrong);
  return '';
};
const recovered = async (world: World, pin: string): Promise<unknown> => {
  const codeHash = createHash('sha256').update(lettersIn(world.recoveryCode)).digest('hex');
  return recoverFamily(world.of(composeManageFamily), codeHash, pin);
};
const secondPhone = async (world: World): Promise<string> => {
  const outcome = await world.change({ kind: 'add-device' });
  return outcome.kind === 'done' ? (outcome.device?.deviceId ?? '') : '';
};

/** Five other families of the day have the contact. */
const fill = async (world: World): Promise<string> => {
  for (let families = 0; families < 5; families += 1) {
    await world.register({ registrationId: randomUUID(), contacts: [rosa] });
  }
  return '';
};

const routes: Readonly<Record<string, Route>> = {
  'cancel an alert': {
    path: '/v1/alerts/{alertId}/cancel',
    before: pressed,
    send: cancelled,
  },
  'cancel, represented': {
    path: '/v1/alerts/{alertId}/cancel',
    before: represented,
    send: cancelled,
  },
  'cancel, the PIN typed before': {
    path: '/v1/alerts/{alertId}/cancel',
    before: signalled,
    send: cancelled,
  },
  'cancel a drill': {
    path: '/v1/alerts/{alertId}/cancel',
    before: async (world) => world.pressed({ drill: true }),
    send: cancelled,
  },
  'check-in, OK': {
    path: '/v1/check-ins/{checkInId}/ok',
    before: promised,
    send: answered('ok'),
  },
  'check-in, end': {
    path: '/v1/check-ins/{checkInId}/end',
    before: promised,
    send: answered('ended'),
  },
  'add a contact': {
    path: '/v1/family/contacts',
    send: change({ kind: 'add-contact', contact: rosa }),
  },
  'add a contact who waits': {
    path: '/v1/family/contacts',
    before: fill,
    send: change({ kind: 'add-contact', contact: rosa }),
  },
  'change a contact’s phone': {
    path: '/v1/family/contacts/{contactId}',
    send: async (world, pin) =>
      world.change(
        {
          kind: 'change-contact',
          contactId: world.contacts[1]!.contactId,
          wanted: { channel: 'sms', endpoint: rosa.endpoint },
        },
        pin,
      ),
  },
  'ask a mailbox that has confirmed': {
    path: '/v1/family/contacts/{contactId}/invite',
    send: async (world, pin) => world.change({ kind: 'invite-contact', contactId: world.contacts[1]!.contactId }, pin),
  },
  'remove a contact': {
    path: '/v1/family/contacts/{contactId}/remove',
    send: async (world, pin) => world.change({ kind: 'remove-contact', contactId: world.contacts[1]!.contactId }, pin),
  },
  'remove one who is not there': {
    path: '/v1/family/contacts/{contactId}/remove',
    send: change({ kind: 'remove-contact', contactId: 'none' }),
  },
  'add a phone': {
    path: '/v1/family/devices',
    send: change({ kind: 'add-device' }),
  },
  'a code for a phone': {
    path: '/v1/family/devices',
    send: change({ kind: 'add-device', as: 'code' }),
  },
  'revoke a phone': {
    path: '/v1/family/devices/{deviceId}/revoke',
    before: secondPhone,
    send: async (world, pin, deviceId) => world.change({ kind: 'revoke-device', deviceId }, pin),
  },
  erase: {
    path: '/v1/family/erase',
    send: change({ kind: 'erase' }),
  },
  'erase, PINs locked': {
    path: '/v1/family/erase',
    before: locked,
    send: change({ kind: 'erase' }),
  },
  'erase, alert open': {
    path: '/v1/family/erase',
    before: pressed,
    send: change({ kind: 'erase' }),
  },
  settings: {
    path: '/v1/family/settings',
    send: async (world, pin) => world.changeSettings({ sharePositionWithFamily: true }, pin),
  },
  recover: { path: '/v1/families/recover', send: recovered },
  'recover, PINs locked': { path: '/v1/families/recover', before: locked, send: recovered },
  'recover, alert open': { path: '/v1/families/recover', before: pressed, send: recovered },
};

/** Reads, writes with the kilobytes of each, and messages. */
const costOf = (world: World): string => {
  const reads = world.calls.filter(({ operation }) => /^(?:Get|Query|BatchGet)/.test(operation)).length;
  const writes = world.calls.flatMap(({ operation, input }) => {
    if (operation === 'TransactWriteItems')
      return [(input['TransactItems'] as readonly unknown[]).map(kilobytes).join('+')];
    return /^(?:Put|Update|Delete)/.test(operation) ? [String(kilobytes(input))] : [];
  });
  const publishes = world.calls.filter(({ operation }) => operation === 'Publish').length;
  return `${reads} | ${writes.join(', ')} | ${publishes}`;
};

const measure = async ({ before, send }: Route, pin: string): Promise<string> => {
  const world = await createWelcomedWorld({ registers: { consent: authorised } });
  const id = (await before?.(world, pin)) ?? '';
  world.calls.length = 0;
  await send(world, pin, id);
  return costOf(world);
};

it('is the same for both PINs on each route, and stands in the threat model', async () => {
  const rows = [];
  for (const [name, route] of Object.entries(routes)) {
    const [pin, duress] = [await measure(route, 'pin'), await measure(route, 'duress')];
    expect([name, duress]).toEqual([name, pin]);
    rows.push(`| ${name} | ${pin} |`);
  }
  const table = /<!-- costs of PINs -->\n\n?([^]*?)\n\n?<!-- end -->/.exec(
    readFileSync('docs/threat-model.md', 'utf8'),
  )?.[1];
  const cells = (text: string) =>
    text.split('\n').map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .join('|'),
    );
  expect(cells(table ?? '').slice(2)).toEqual(cells(rows.join('\n')));
});

it('has a row for each route that takes a PIN', () => {
  const { paths, components } = JSON.parse(readFileSync('docs/openapi.json', 'utf8'));
  const takesPin = (operation: object): boolean => {
    const [, name = ''] = /"requestBody":.*?#\/components\/schemas\/(\w+)/.exec(JSON.stringify(operation)) ?? [];
    return JSON.stringify(components.schemas[name] ?? {}).includes('"pin":');
  };
  const taking = Object.keys(paths).filter((path) => Object.values<object>(paths[path]).some(takesPin));
  // Registration chooses the PINs.
  expect(new Set(Object.values(routes).map(({ path }) => path))).toEqual(
    new Set(taking.filter((path) => path !== '/v1/families')),
  );
});
