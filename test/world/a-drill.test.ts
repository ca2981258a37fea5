import { describe, expect, it } from 'vitest';
import { createHandler as createQueries } from '../../functions/answer-queries/handler.ts';
import openApi from '../../docs/openapi.json' with { type: 'json' };
import { composeAnswerQueries, composeCancelAlert, composeRecordPositions } from '../../shared/compose.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import { recordPositions } from '../../shared/domain/case/record-positions.ts';
import { aContext, anEvent, answerOf } from '../support/fixtures.ts';
import type { WorldOptions } from '../support/world.ts';
import { authorised, createWelcomedWorld, downtown } from '../support/world.ts';

/* A person's drill, from the press to its end, with everything that could make it reach an office. */

type Registers = NonNullable<WorldOptions['registers']>;

const drilling = async (registers: Registers = {}, confirm: 'auto' | 'manual' = 'auto') => {
  const world = await createWelcomedWorld({ confirm, registers: { consent: authorised, ...registers } });
  let presses = 0;
  const press = async (more: Record<string, unknown> = {}) => {
    // The same in two worlds: the bucket of what is due follows from it, and is one digit or two.
    const alertId = `3f2504e0-4f89-41d3-9a0c-00000000000${(presses += 1)}`;
    await world.pressed({ alertId, drill: true, position: downtown, ...more });
    return alertId;
  };
  const cancel = async (alertId: string, pin: string) => {
    const before = world.calls.length;
    const outcome = await cancelAlert(world.of(composeCancelAlert), world.token, alertId, pin);
    const calls = world.calls.slice(before).map(({ operation, input }) => {
      const writes = (input['TransactItems'] as readonly object[] | undefined)?.map((write) => JSON.stringify(write));
      return [operation, writes?.map((write) => write.length)] as const;
    });
    await world.stream();
    return { outcome, calls };
  };
  const status = async (alertId: string) => {
    const event = anEvent({
      routeKey: 'GET /v1/alerts/{alertId}',
      headers: { authorization: `Bearer ${world.deviceToken}` },
      pathParameters: { alertId },
    });
    const handler = createQueries({ ...world.of(composeAnswerQueries), openApi });
    return answerOf(await handler(event, aContext)).body as Record<string, unknown>;
  };
  const raised = () => world.items().filter((item) => item['itemType'] === 'alert' && item['drill'] === false);
  const told = () => world.published().map(({ topic, type }) => `${topic} ${type}`);
  return { world, press, cancel, status, raised, told };
};

describe('a drill', () => {
  it('is told to the family alone and shows the office that would have been told', async () => {
    const { press, status, told } = await drilling();
    const alertId = await press();
    expect(told().filter((one) => one.includes('alert.'))).toEqual(['family alert.raised.v1']);
    expect(await status(alertId)).toMatchObject({
      drill: true,
      destinations: [{ kind: 'family', status: 'sent' }],
      consulate: { id: 'los-angeles', basis: 'great-circle' },
      basis: 'great-circle',
    });
  });

  it.each([
    [
      'the registered home',
      { homePosition: { latitude: 32.7, longitude: -117.2 } },
      {},
      { id: 'san-diego', basis: 'home' },
    ],
    ['nothing', {}, {}, { id: 'ministry', city: null, basis: 'ministry' }],
  ])('shows by %s who would have been told', async (_, person, more, office) => {
    const { press, status } = await drilling({ person: { name: 'Ana', language: 'es', ...person } });
    const alertId = await press({ position: undefined, ...more });
    expect(await status(alertId)).toMatchObject({ consulate: office, basis: office.basis });
  });

  it('without authorisation shows none', async () => {
    const { press, status } = await drilling({ consent: { consularNotification: false, version: '1' } });
    expect(await status(await press())).toMatchObject({ consulate: null, basis: 'not-authorised' });
  });

  it('stays the family’s, whatever its phone sends and however long it is open', async () => {
    const { world, press, status, told } = await drilling();
    const alertId = await press({ position: undefined });
    for (const [minutes, latitude] of [
      [1, 34.05],
      [15, 35.5],
    ] as const) {
      await world.advance(minutes);
      const positions = [{ ...downtown, latitude, measuredAt: world.now().toISOString() }];
      await recordPositions(world.of(composeRecordPositions), world.token, alertId, positions);
      await world.stream();
    }
    await world.advance(42);
    expect((await status(alertId))['state']).toBe('raised');
    await world.advance(5);
    expect(await status(alertId)).toMatchObject({ state: 'closed' });
    expect(world.stored({ alertId })).toMatchObject({ state: 'closed', disposition: 'drill' });
    expect(world.stored({ alertId })).not.toHaveProperty('dueAt');
    expect(told().filter((one) => one.includes('alert.'))).toEqual(['family alert.raised.v1']);
  });

  it('that reaches nobody of the family is no news for the ministry', async () => {
    const contacts = [{ name: 'Lupe', channel: 'email' as const, endpoint: 'lupe@family.example' }];
    const { world, press, status, told } = await drilling({ contacts }, 'manual');
    const alertId = await press();
    await world.advance(3);
    expect(await status(alertId)).toMatchObject({ destinations: [{ kind: 'family', status: 'unreachable' }] });
    expect(told().filter((one) => one.startsWith('ministry'))).toEqual([]);
  });

  it('is closed by the round after one that died', async () => {
    const { world, press, status } = await drilling();
    const alertId = await press();
    await world.advance(58);
    world.break((operation) => operation === 'TransactWriteItems');
    await world.advance(5);
    expect((await status(alertId))['state']).toBe('raised');
    world.mend();
    await world.advance(2);
    expect((await status(alertId))['state']).toBe('closed');
  });
});

describe('a PIN on a drill', () => {
  const both = async (steps: (drill: Awaited<ReturnType<typeof drilling>>, pin: string) => Promise<unknown>) => {
    const [real, forced] = [await drilling(), await drilling()];
    const seen = [await steps(real, 'pin'), await steps(forced, 'duress')];
    return { real, forced, seen };
  };

  it('closes it without telling anybody, and the duress PIN raises an alert of its own beside it', async () => {
    const { real, forced, seen } = await both(async ({ press, cancel, status }, pin) => {
      const alertId = await press();
      const { outcome, calls } = await cancel(alertId, pin);
      return [outcome.kind, calls, { ...(await status(alertId)), alertId: '' }];
    });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]).toMatchObject([
      'cancelled',
      expect.anything(),
      { state: 'closed', consulate: { id: 'los-angeles' } },
    ]);
    expect(real.raised()).toEqual([]);
    expect(real.told().filter((one) => one.includes('alert.'))).toEqual(['family alert.raised.v1']);

    expect(forced.raised()).toMatchObject([
      { deviceId: 'check-in', duress: true, origin: { kind: 'duress-drill' }, state: 'raised', position: downtown },
    ]);
    expect(
      forced
        .told()
        .filter((one) => one.includes('alert.'))
        .toSorted(),
    ).toEqual(['family alert.raised.v1', 'los-angeles alert.raised.v1', 'ministry alert.raised.v1']);
    const toOffice = forced.world.published().find(({ topic }) => topic === 'los-angeles')!.bodies;
    expect(toOffice['email']).toMatch(/nadie ensaya que le obliguen.*LA FAMILIA NO RECIBE ESTE AVISO/s);
    expect(toOffice['email']).not.toMatch(/SIMULACRO: /);
    expect(JSON.parse(toOffice['default']!)).toMatchObject({ status: 'Actual', origin: { kind: 'duress-drill' } });
  });

  it('is followed by nothing that the family or a phone could see, while officers are told again', async () => {
    const { forced, real } = await both(async ({ world, press, cancel }, pin) => {
      await cancel(await press(), pin);
      await world.advance(60);
    });
    const toFamily = ({ told }: typeof real) => told().filter((one) => one.startsWith('family'));
    expect(toFamily(forced)).toEqual(toFamily(real));
    expect(forced.told()).toContain('santa-ana alert.escalated.v1');
    const [alert] = forced.raised();
    expect(await forced.status(String(alert!['alertId']))).toMatchObject({ status: 404 });
    expect((await forced.cancel(String(alert!['alertId']), 'pin')).outcome.kind).toBe('not-found');
    expect(await forced.world.lastDrill()).toBe(await real.world.lastDrill());
  });

  it('typed again signals once a day, and also after the PIN', async () => {
    const { cancel, press, raised, world } = await drilling();
    const alertId = await press();
    const first = await cancel(alertId, 'pin');
    const forced = await cancel(alertId, 'duress');
    const again = await cancel(alertId, 'duress');
    expect(raised()).toHaveLength(1);
    expect(forced.calls).toEqual(again.calls);
    expect(first.outcome).toEqual(forced.outcome);
    world.skip(24 * 60 * 60_000);
    await cancel(alertId, 'duress');
    expect(raised()).toHaveLength(2);
  });

  it('while PINs are locked answers as a wrong one does, writes as much, and signals all the same', async () => {
    const wrong = await drilling();
    const forced = await drilling();
    const seen = [];
    for (const [{ press, cancel, status, world }, pin] of [
      [wrong, 'nonsense'],
      [forced, 'duress'],
    ] as const) {
      const alertId = await press();
      for (let tries = 0; tries < 5; tries += 1) await cancel(alertId, 'nonsense');
      const { outcome, calls } = await cancel(alertId, pin);
      seen.push([outcome, calls, (await status(alertId))['state']]);
      await world.advance(3);
    }
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[0]).toMatchObject([{ kind: 'wrong-pin' }, expect.anything(), 'raised']);
    expect([wrong.raised().length, forced.raised().length]).toEqual([0, 1]);
    expect(forced.told()).toContain('ministry alert.raised.v1');
  });

  it('survives a transaction that somebody else was faster than', async () => {
    const { world, press, cancel, raised, status } = await drilling();
    const alertId = await press();
    await world.advance(59);
    const [{ outcome }] = await Promise.all([cancel(alertId, 'duress'), world.advance(2)]);
    expect(outcome.kind).toBe('cancelled');
    expect(raised()).toHaveLength(1);
    expect((await status(alertId))['state']).toBe('closed');
  });
});
