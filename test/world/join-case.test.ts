import { describe, expect, it } from 'vitest';
import { alertStatusAnswer } from '../../functions/answer-queries/alert-status.ts';
import { dynamoOpenCases } from '../../shared/adapters/dynamo-open-cases.ts';
import { composeAnswerQueries, composeCancelAlert, composeRecordPositions } from '../../shared/compose.ts';
import { composeAnnounceToAuthorities, composeAnnounceToFamily } from '../../shared/compose-telling.ts';
import type { OfficerAction } from '../../shared/domain/case/act-on-case.ts';
import type { Alert } from '../../shared/domain/case/alert.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { placePress } from '../../shared/domain/case/join-case.ts';
import { recordPositions } from '../../shared/domain/case/record-positions.ts';
import { httpHandler } from '../../shared/runtime/http.ts';
import { aContext, anEvent } from '../support/fixtures.ts';
import type { World, WorldOptions } from '../support/world.ts';
import { authorised, createWelcomedWorld, downtown } from '../support/world.ts';

const id = (digit: number) => `${digit}2222222-2222-4222-8222-222222222222`;
const [first, second, third] = [id(1), id(2), id(3)];
const oxnard = { latitude: 34.1975, longitude: -119.1771 };
const minute = 60_000;

const setUp = async (options: WorldOptions = {}) =>
  createWelcomedWorld({ registers: { consent: authorised }, ...options });
const press = async (world: World, alertId: string, overrides: Record<string, unknown> = {}) =>
  world.pressed({ alertId, position: downtown, ...overrides });
const told = (world: World) => world.published().map(({ topic, type }) => `${topic} ${type}`);
const again = (world: World) => told(world).filter((one) => one.endsWith('alert.pressed-again.v1'));
const raised = (world: World) => told(world).filter((one) => one.endsWith('alert.raised.v1'));
const isOwn = (world: World, alertId: string): boolean => world.stored({ alertId })?.['ownCase'] !== undefined;
const headOf = (world: World, alertId: string): unknown => world.stored({ alertId })?.['joined']?.headAlertId;
const act = async (world: World, action: OfficerAction, office = 'los-angeles') => world.acted(first, action, office);
const officer = 'Lic. Ana Pérez';
const takes = { action: 'acknowledge', officer } as const;
const cancel = async (world: World, alertId: string, pin = 'pin') => (await world.cancelled(alertId, pin)).kind;
const status = async (world: World, alertId: string) => {
  const queries = world.of(composeAnswerQueries);
  const handler = httpHandler('answer-queries', async (request) => alertStatusAnswer(queries, request));
  const headers = { authorization: `Bearer ${world.deviceToken}` };
  const answer = await handler(
    anEvent({ routeKey: 'GET /v1/alerts/{alertId}', headers, pathParameters: { alertId } }),
    aContext,
  );
  return JSON.parse(answer.body ?? '{}') as Record<string, unknown>;
};
const listed = async (world: World, office: string) => {
  const found = await dynamoOpenCases(world.outside.dynamo, 'alerts', world.outside.now).ofOffice(office);
  return found.map(({ alertId }) => alertId);
};

describe('a person who presses again', () => {
  it('has one case, told in full once, and then as pressed again', async () => {
    const world = await setUp();
    for (let digit = 1; digit <= 9; digit += 1) await press(world, id(digit));
    expect(raised(world).toSorted()).toEqual([
      'family alert.raised.v1',
      'los-angeles alert.raised.v1',
      'ministry alert.raised.v1',
    ]);
    expect(again(world).toSorted()).toEqual([
      'family alert.pressed-again.v1',
      'los-angeles alert.pressed-again.v1',
      'ministry alert.pressed-again.v1',
    ]);
    expect([await listed(world, 'los-angeles'), await listed(world, 'ministry')]).toEqual([[first], [first]]);
    const pressedAgain = world.stored({ alertId: first })?.['pressedAgain'] as { alertId: string }[];
    expect(pressedAgain.map(({ alertId }) => alertId)).toEqual([2, 3, 4, 5, 6, 7, 8, 9].map(id));
  });

  it('is told again at most once in 10 minutes', async () => {
    const world = await setUp();
    await press(world, first);
    await press(world, second);
    world.skip(10 * minute - 1);
    await press(world, third);
    expect(again(world)).toHaveLength(3);
    world.skip(1);
    await press(world, id(4));
    expect(again(world)).toHaveLength(6);
  });

  const ends: readonly (readonly [string, (world: World) => Promise<unknown>])[] = [
    ['the case is as old as six hours', async (world) => Promise.resolve(world.skip(6 * 60 * minute))],
    [
      'the person is found',
      async (world) => {
        await act(world, takes);
        await act(world, { action: 'state', to: 'located', officer });
      },
    ],
    ['an officer has closed the case', async (world) => act(world, { action: 'close', disposition: 'safe', officer })],
    ['it was cancelled', async (world) => cancel(world, first)],
    ['it was cancelled under duress', async (world) => cancel(world, first, 'duress')],
  ];
  it.each(ends)('is told in full when %s', async (_, happens) => {
    const world = await setUp();
    await press(world, first);
    await happens(world);
    world.calls.length = 0;
    await press(world, second);
    expect([again(world), raised(world).length, isOwn(world, second)]).toEqual([[], 3, true]);
  });

  it('is told in full after a forced cancellation: officers alone read of the earlier case', async () => {
    const world = await setUp();
    await press(world, first);
    await cancel(world, first, 'duress');
    world.calls.length = 0;
    await press(world, second);
    const of = (topic: string) => world.published().find((one) => one.topic === topic)?.bodies;
    for (const topic of ['los-angeles', 'ministry']) {
      expect(of(topic)?.['email']).toContain('CASO ANTERIOR SIGUE ABIERTO BAJO COACCIÓN');
      expect(JSON.parse(of(topic)?.['default'] ?? '')).toMatchObject({
        earlierUnderDuress: { caseId: `${world.familyId}.${first}` },
      });
    }
    const withPin = await setUp();
    await press(withPin, first);
    await cancel(withPin, first, 'pin');
    withPin.calls.length = 0;
    await press(withPin, second);
    expect(JSON.stringify(withPin.published())).not.toContain('COACCI');
    const family = ({ published }: World) => JSON.stringify(published().filter(({ topic }) => topic === 'family'));
    const withoutLinks = (text: string) => text.replaceAll(/\/f\/\w+/g, '/f/');
    expect(withoutLinks(family(world))).toBe(withoutLinks(family(withPin)));
  });

  it('is told in full in and after a drill, and by another authorisation', async () => {
    const world = await setUp();
    await press(world, first, { drill: true });
    world.calls.length = 0;
    await press(world, second);
    expect([raised(world).length, again(world)]).toEqual([3, []]);
    world.calls.length = 0;
    await press(world, third, { drill: true });
    expect([raised(world).length > 0, again(world), headOf(world, third)]).toEqual([true, [], undefined]);
    await world.set([world.stored()!], 'consent', {
      ...(world.stored()?.['consent'] as object),
      consularNotification: false,
    });
    world.calls.length = 0;
    await press(world, id(4));
    expect(told(world)).toEqual(['family alert.raised.v1']);
  });

  it('is joined by nothing that nobody pressed', async () => {
    const world = await setUp();
    await press(world, first);
    const alert = { ...(world.stored({ alertId: first }) as Alert), alertId: second };
    const { ownCase: _, ...missed } = alert;
    const origin = { kind: 'missed-check-in', checkInId: id(7), promisedAt: alert.raisedAt } as const;
    const deps = world.of(composeAnnounceToFamily);
    expect(await placePress(deps, { ...missed, deliveries: {}, origin })).toMatchObject({ kind: 'own' });
    expect(await placePress(deps, { ...missed, deliveries: {}, deviceId: 'check-in' })).toMatchObject({ kind: 'own' });
  });

  it('reads of each press by its own id, with the destinations and the office of the case', async () => {
    const world = await setUp();
    await press(world, first);
    await act(world, takes);
    world.skip(minute);
    await press(world, second);
    const of = { first: await status(world, first), second: await status(world, second) };
    expect(of.first).toMatchObject({ alertId: first, state: 'acknowledged', consulate: { id: 'los-angeles' } });
    expect(of.second).toMatchObject({ alertId: second, state: 'raised', consulate: { id: 'los-angeles' } });
    expect(of.second['raisedAt']).toBe(world.now().toISOString());
    expect(of.second).not.toHaveProperty('acknowledgedAt');
    expect(of.second['destinations']).toEqual(of.first['destinations']);
    await act(world, { action: 'note', text: 'Llamé.', officer });
    expect(await status(world, second)).toMatchObject({ state: 'acknowledged', acknowledgedAt: expect.any(String) });
    await act(world, { action: 'close', disposition: 'safe', officer });
    expect([await status(world, first), await status(world, second)]).toMatchObject([
      { alertId: first, state: 'closed' },
      { alertId: second, state: 'closed' },
    ]);
    expect(world.stored({ alertId: second })?.['expiresAt']).toBe(world.stored({ alertId: first })?.['expiresAt']);
    await act(world, { action: 'reopen', officer });
    expect(await status(world, second)).toMatchObject({ alertId: second, state: 'acknowledged' });
  });

  it('has the case untaken again, until an officer writes something', async () => {
    const world = await setUp();
    await press(world, first);
    await act(world, takes);
    await press(world, second);
    world.calls.length = 0;
    await world.advance(6);
    expect(told(world)).toContain('santa-ana alert.escalated.v1');
    await act(world, { action: 'note', text: 'Llamé.', officer }, 'ministry');
    expect(world.stored({ alertId: first })).not.toHaveProperty('untakenSince');
    world.calls.length = 0;
    await world.advance(15);
    expect(told(world)).toEqual([]);
  });

  it('puts off no step that is due', async () => {
    const world = await setUp();
    await press(world, first);
    await world.advance(4);
    await press(world, second);
    await world.advance(1);
    expect(told(world)).toContain('santa-ana alert.escalated.v1');
    await world.advance(9);
    await press(world, third);
    await world.advance(1);
    expect(world.stored({ alertId: first })?.['consulate']).toMatchObject({ id: 'ministry' });
  });

  it('waits since the first press, also where the second was handled first', async () => {
    const world = await setUp();
    await world.press({ alertId: first, position: downtown });
    // The stream loses it, and nobody looks for four minutes.
    world.inserted.length = 0;
    world.skip(4 * minute);
    await press(world, second);
    expect(isOwn(world, second)).toBe(true);
    await world.advance(1);
    expect(headOf(world, first)).toBe(second);
    await world.advance(1);
    expect(told(world)).toContain('santa-ana alert.escalated.v1');
  });

  it('is followed where the phone is by then', async () => {
    const world = await setUp();
    await press(world, first);
    world.skip(minute);
    await press(world, second, { position: oxnard });
    expect(told(world)).toContain('los-angeles alert.position-moved.v1');
    expect(world.stored({ alertId: first })?.['lastPosition']).toMatchObject(oxnard);
  });

  it('has an office by the position of the second press, where the first had none', async () => {
    const world = await setUp();
    await press(world, first, { position: undefined });
    expect(world.stored({ alertId: first })?.['consulate']).toMatchObject({ id: 'ministry' });
    world.skip(minute);
    await press(world, second, { position: oxnard });
    expect(world.stored({ alertId: first })?.['consulate']).toMatchObject({ id: 'oxnard' });
    expect(told(world)).toContain('oxnard alert.located.v1');
  });

  it('sends positions for any of the presses', async () => {
    const world = await setUp();
    await press(world, first);
    await press(world, second);
    world.skip(minute);
    const positions = [{ ...oxnard, measuredAt: world.now().toISOString() }];
    expect(await recordPositions(world.of(composeRecordPositions), world.token, second, positions)).toMatchObject({
      kind: 'recorded',
      alert: { alertId: first },
    });
    await world.stream();
    expect(told(world)).toContain('ministry alert.position-moved.v1');
  });
});

describe('a cancellation of one press of several', () => {
  it.each([first, second, third])('cancels all of the case: %s', async (which) => {
    const world = await setUp();
    for (const alertId of [first, second, third]) await press(world, alertId);
    world.calls.length = 0;
    expect(await cancel(world, which)).toBe('cancelled');
    expect(told(world).toSorted()).toEqual([
      'family alert.cancelled.v1',
      'los-angeles alert.cancelled.v1',
      'ministry alert.cancelled.v1',
    ]);
    for (const alertId of [first, second, third]) {
      expect(await status(world, alertId)).toMatchObject({
        alertId,
        state: 'closed',
        consulate: { id: 'los-angeles' },
      });
    }
    expect(await listed(world, 'ministry')).toEqual([]);
    world.calls.length = 0;
    expect(await cancel(world, second)).toBe('cancelled');
    expect(told(world)).toEqual([]);
  });

  it('makes the same calls and shows the same with either PIN, at once and later', async () => {
    const cancelledWith = async (pin: string) => {
      const world = await setUp();
      for (const alertId of [first, second, third]) await press(world, alertId);
      const seen: unknown[] = [];
      for (const alertId of [second, first]) {
        world.calls.length = 0;
        await cancelAlert(world.of(composeCancelAlert), world.token, alertId, pin);
        seen.push(
          world.calls.map(({ operation, input }) => [
            operation,
            (input['TransactItems'] as unknown[] | undefined)?.length,
          ]),
        );
        await world.stream();
      }
      seen.push(await Promise.all([first, second, third].map(async (alertId) => status(world, alertId))));
      seen.push(told(world).filter((one) => one.startsWith('family')));
      return { world, seen };
    };
    const [pin, duress] = [await cancelledWith('pin'), await cancelledWith('duress')];
    const withoutIds = (seen: unknown) => JSON.stringify(seen).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id');
    expect(withoutIds(duress.seen)).toBe(withoutIds(pin.seen));
    expect(await listed(duress.world, 'los-angeles')).toEqual([first]);
    expect(duress.world.stored({ alertId: second })?.['state']).toBe('raised');
  });

  it('cancels also what nobody has handled yet', async () => {
    const world = await setUp();
    await press(world, first);
    await world.press({ alertId: second });
    expect(await cancel(world, second)).toBe('cancelled');
    expect(await status(world, first)).toMatchObject({ state: 'closed' });
    expect(headOf(world, second)).toBe(first);
    expect(raised(world)).toHaveLength(3);
  });
});

describe('whoever handles a press first', () => {
  const atOnce = async (world: World, alertIds: readonly string[]) => {
    for (const alertId of alertIds) await world.press({ alertId, position: downtown });
    const alerts = alertIds.map((alertId) => {
      const { ownCase: _, joined: __, ...seen } = world.stored({ alertId }) as Alert;
      return seen;
    });
    const deps = [world.of(composeAnnounceToFamily), world.of(composeAnnounceToAuthorities)];
    return Promise.all(alerts.flatMap((alert) => deps.map(async (each) => placePress(each, alert))));
  };

  it('decides for all, of presses in the same instant too: one begins a case and the others join it', async () => {
    const world = await setUp();
    const placed = await atOnce(world, [first, second, third]);
    const own = placed.filter(({ kind }) => kind === 'own');
    expect(own).toHaveLength(2);
    const head = [first, second, third].find((alertId) => isOwn(world, alertId));
    const joined = [first, second, third].filter((alertId) => alertId !== head);
    expect(joined.map((alertId) => headOf(world, alertId))).toEqual([head, head]);
    const pressedAgain = world.stored({ alertId: head! })?.['pressedAgain'] as { alertId: string }[];
    expect(pressedAgain.map(({ alertId }) => alertId).toSorted()).toEqual(joined);
    await world.stream();
    // The office hears of the press that began the case, and was not told before that one.
    expect(raised(world)).toHaveLength(3);
    expect(again(world).toSorted()).toEqual(['family alert.pressed-again.v1', 'ministry alert.pressed-again.v1']);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])(
    'may die before its call %i: the watchman tells each what they have to hear',
    async (calls) => {
      const world = await setUp();
      await press(world, first);
      await world.press({ alertId: second, position: downtown });
      let made = 0;
      world.intercept(async (_call, goOn) => {
        made += 1;
        if (made >= calls) throw new Error('it is dead');
        return goOn();
      });
      await world.stream(1);
      world.intercept(async (_call, goOn) => goOn());
      await world.advance(6);
      expect(headOf(world, second)).toBe(first);
      expect([raised(world).length, new Set(again(world).filter((one) => !one.startsWith('santa-ana'))).size]).toEqual([
        3, 3,
      ]);
      expect(world.stored({ alertId: second })?.['dueAt']).toBeUndefined();
    },
  );

  it('tells a press in full when the case before cannot be read', async () => {
    const world = await setUp();
    await press(world, first);
    await world.set([world.stored({ alertId: first })!], 'state', 'poison');
    world.calls.length = 0;
    await press(world, second);
    expect([raised(world).length, isOwn(world, second)]).toEqual([3, true]);
  });

  it('tells a press in full when the case before changes all the time', async () => {
    const world = await setUp();
    await press(world, first);
    world.break((operation, input) => {
      const [update] = (input['TransactItems'] ?? []) as { Update?: { Key: { sk: { S: string } } } }[];
      if (operation === 'TransactWriteItems' && update?.Update?.Key.sk.S === `ALERT#${first}`) {
        void world.set([world.stored({ alertId: first })!], 'revision', world.calls.length + 100);
      }
      return false;
    });
    world.calls.length = 0;
    await press(world, second);
    expect([raised(world).length, isOwn(world, second)]).toEqual([3, true]);
  });

  it('takes up to fifty presses into one case, so that it can change with all of them', async () => {
    const world = await setUp();
    await press(world, first);
    const many = Array.from({ length: 50 }, (_, index) => ({
      alertId: `press ${index}`,
      at: world.now().toISOString(),
    }));
    await world.set([world.stored({ alertId: first })!], 'pressedAgain', many);
    await press(world, second);
    expect(isOwn(world, second)).toBe(true);
  });
});
