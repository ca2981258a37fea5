import { describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/manage-check-ins/handler.ts';
import { composeAnswerQueries, composeManageCheckIns } from '../../shared/compose.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { expectDocumented } from '../support/api-contract.ts';
import { aCheckIn } from '../support/check-ins.ts';
import { aContext, anEvent, answerOf } from '../support/fixtures.ts';
import { kilobytes } from '../support/costs.ts';
import { type World, authorised, createWelcomedWorld, createWorld, downtown } from '../support/world.ts';

const minute = 60_000;
const { checkInId, promisedAt } = aCheckIn();
const dueAt = Date.parse(promisedAt);
const at = (minutes: number): string => new Date(dueAt + minutes * minute).toISOString();
const pins = { pin: '4821', duress: '1357' } as const;

const registers: Partial<Registration> = {
  person: { name: 'Ana', language: 'es', homePosition: downtown },
  consent: authorised,
  pin: pins.pin,
  duressPin: pins.duress,
};

/** A check-in so many minutes after its time; the watchman has raised its alert and everybody was told. */
const missedFor = async (minutes: number): Promise<World> => {
  const world = await createWelcomedWorld({ registers });
  const { checkIns } = world.of(composeManageCheckIns);
  const { familyId } = world;
  await checkIns.add(aCheckIn({ familyId, deviceId: 'd1', deliveries: {} }), new Date(dueAt + 1e9));
  world.skip(dueAt - world.now().getTime());
  await world.round();
  await world.stream();
  world.skip(minutes * minute);
  world.calls.length = 0;
  return world;
};

const say = async (world: World, body: object, how: 'ok' | 'end' = 'ok') => {
  const routeKey = `POST /v1/check-ins/{checkInId}/${how}`;
  const handler = createHandler(world.of(composeManageCheckIns));
  const event = anEvent({
    routeKey,
    pathParameters: { checkInId },
    headers: { authorization: `Bearer ${world.deviceToken}`, 'content-type': 'application/json' },
    json: body,
  });
  const { status, body: answered } = expectDocumented(routeKey, answerOf(await handler(event, aContext)));
  await world.stream();
  return [status, answered['state']];
};

const alerts = (world: World) => world.items().filter(({ itemType }) => itemType === 'alert');
const told = (world: World) =>
  world
    .published()
    .map(({ topic, type }) => `${topic} ${type}`)
    .toSorted();
/** What a phone sees: its check-ins, and the alert of the missed one. */
const seen = async (world: World) => {
  const routeKey = 'GET /v1/check-ins';
  const headers = { authorization: `Bearer ${world.deviceToken}` };
  const handler = createHandler(world.of(composeManageCheckIns));
  const list = answerOf(await handler(anEvent({ routeKey, headers }), aContext)).body;
  const alertId = String(alerts(world)[0]?.['alertId']);
  return [list, await world.of(composeAnswerQueries).alerts.deviceView(world.familyId, alertId)];
};

describe('an OK that was said in time and comes late', () => {
  it('takes back the alert that was raised meanwhile, and everybody who was told hears it', async () => {
    const world = await missedFor(14);
    expect(await say(world, { pin: pins.pin, saidAt: at(-30) })).toEqual([200, 'ok']);
    expect(alerts(world)).toMatchObject([{ state: 'closed', disposition: 'cancelled' }]);
    expect(told(world)).toEqual([
      'family alert.cancelled.v1',
      'los-angeles alert.cancelled.v1',
      'ministry alert.cancelled.v1',
    ]);
    expect(world.stored({ checkInId })).toMatchObject({ state: 'ok' });
    // The phone asks again after a lost answer: nobody hears it twice.
    world.calls.length = 0;
    expect(await say(world, { pin: pins.pin, saidAt: at(-30) })).toEqual([200, 'ok']);
    expect([told(world), alerts(world).length]).toEqual([[], 1]);
  });

  it('raises nothing where the watchman has not looked yet', async () => {
    const world = await createWorld({ registers });
    const { checkIns } = world.of(composeManageCheckIns);
    await checkIns.add(aCheckIn({ familyId: world.familyId, deliveries: {} }), new Date(dueAt + 1e9));
    world.skip(dueAt + 2 * minute - world.now().getTime());
    expect(await say(world, { pin: pins.pin, saidAt: at(0) })).toEqual([200, 'ok']);
    await world.advance(3);
    expect(alerts(world)).toEqual([]);
  });

  it('counts only if it was said by the promised time and comes within 15 minutes of it', async () => {
    for (const [late, saidAt, status] of [
      [15, at(0), 200],
      [5, at(0).replace('.000Z', '+00:00'), 200],
      [5, Date.parse(at(-1)), 200],
      [5, new Date(at(-1)).toUTCString(), 200],
      [16, at(-1), 409],
      [5, at(1), 409],
      [5, undefined, 409],
      [5, null, 409],
      [5, 'yesterday', 409],
      [5, 4.9e-324, 409],
      [5, { at: at(-1) }, 409],
    ] as const) {
      const world = await missedFor(late);
      const [answered] = await say(world, { pin: pins.pin, saidAt });
      expect([late, saidAt, answered]).toEqual([late, saidAt, status]);
      expect(alerts(world).map(({ state }) => state)).toEqual([status === 200 ? 'closed' : 'raised']);
    }
  });

  it('excuses no promise that is taken back', async () => {
    const world = await missedFor(5);
    expect(await say(world, { pin: pins.pin, saidAt: at(-1) }, 'end')).toEqual([409, undefined]);
    expect(alerts(world)).toMatchObject([{ state: 'raised' }]);
  });

  it('with the duress PIN looks the same, costs the same, and leaves the case open for officers who hear of it', async () => {
    const [one, other] = [await missedFor(5), await missedFor(5)];
    const body = { saidAt: at(-2) };
    const answered = await say(one, { ...body, pin: pins.pin });
    expect(await say(other, { ...body, pin: pins.duress })).toEqual(answered);
    expect(await seen(other)).toEqual(await seen(one));
    expect(alerts(other)).toMatchObject([{ state: 'raised', duress: true }]);
    const family = (world: World) => world.published().filter(({ topic }) => topic === 'family');
    expect(family(other)).toEqual(family(one));
    expect(told(other).filter((line) => !line.startsWith('family'))).toEqual([
      'los-angeles alert.cancelled-under-duress.v1',
      'ministry alert.cancelled-under-duress.v1',
      'santa-ana alert.cancelled-under-duress.v1',
    ]);
    // Asked again after a lost answer it raises no second alert: officers know.
    expect(await say(other, { ...body, pin: pins.duress })).toEqual(answered);
    expect(alerts(other)).toHaveLength(1);
  });

  it('writes as many items of as many kilobytes for both PINs', async () => {
    const sizes = async (pin: string) => {
      const world = await missedFor(5);
      const handler = createHandler(world.of(composeManageCheckIns));
      const headers = { authorization: `Bearer ${world.deviceToken}`, 'content-type': 'application/json' };
      const routeKey = 'POST /v1/check-ins/{checkInId}/ok';
      await handler(
        anEvent({ routeKey, pathParameters: { checkInId }, headers, json: { pin, saidAt: at(-2) } }),
        aContext,
      );
      return world.calls.map(({ operation, input }) => {
        const { TransactItems } = input as { TransactItems?: readonly Record<string, unknown>[] };
        return `${operation} ${
          TransactItems?.map((write) => `${Object.keys(write)[0]} ${kilobytes(write)}`)
            .toSorted()
            .join(' ') ?? ''
        }`;
      });
    };
    expect(await sizes(pins.duress)).toEqual(await sizes(pins.pin));
  });

  it('while PINs are locked is refused with every PIN, and the duress PIN is heard', async () => {
    const [one, other] = [await missedFor(5), await missedFor(5)];
    for (const world of [one, other]) {
      for (let tries = 0; tries < 5; tries += 1) expect(await say(world, { pin: '0000' })).toEqual([403, undefined]);
      world.calls.length = 0;
    }
    const body = { saidAt: at(-2) };
    expect(await say(one, { ...body, pin: pins.pin })).toEqual([403, undefined]);
    expect(await say(other, { ...body, pin: pins.duress })).toEqual([403, undefined]);
    expect(await seen(other)).toEqual(await seen(one));
    expect(told(one)).toEqual([]);
    expect(told(other)).toContain('los-angeles alert.cancelled-under-duress.v1');
    expect(told(other).filter((line) => line.startsWith('family'))).toEqual([]);
  });

  it('survives what stands in its way: a watchman at the same moment, a write that fails', async () => {
    // The watchman raises the alert between reading and writing.
    const race = await createWorld({ registers });
    const { checkIns } = race.of(composeManageCheckIns);
    await checkIns.add(aCheckIn({ familyId: race.familyId, deliveries: {} }), new Date(dueAt + 1e9));
    await race.stream();
    race.skip(dueAt - race.now().getTime());
    let raised = false;
    race.intercept(async ({ operation }, goOn) => {
      if (operation === 'TransactWriteItems' && !raised) {
        raised = true;
        await race.round();
      }
      return goOn();
    });
    expect(await say(race, { pin: pins.pin, saidAt: at(-1) })).toEqual([200, 'ok']);
    expect(raised).toBe(true);
    expect(alerts(race)).toMatchObject([{ state: 'closed' }]);

    // Two phones have kept the same OK, and send it in the same instant.
    const twice = await missedFor(5);
    const ok = { pin: pins.pin, saidAt: at(-1) };
    const answers: unknown[] = [];
    let writing = 0;
    twice.intercept(async ({ operation }, goOn) => {
      if (operation === 'TransactWriteItems' && (writing += 1) === 2) answers.push(await say(twice, ok));
      return goOn();
    });
    answers.push(await say(twice, ok));
    expect(answers).toEqual([
      [200, 'ok'],
      [200, 'ok'],
    ]);
    expect(told(twice).filter((line) => line.startsWith('family'))).toEqual(['family alert.cancelled.v1']);

    // Between reading and writing another phone says OK with the duress PIN, too late: the excuse holds all the same.
    const forced = await missedFor(5);
    writing = 0;
    forced.intercept(async ({ operation }, goOn) => {
      if (operation === 'TransactWriteItems' && (writing += 1) === 2)
        answers.push(await say(forced, { pin: pins.duress }));
      return goOn();
    });
    answers.push(await say(forced, ok));
    expect(answers.slice(2)).toEqual([
      [409, undefined],
      [200, 'ok'],
    ]);
    expect(forced.stored({ checkInId })).toMatchObject({ state: 'ok' });

    // The alert is cancelled, and the check-in cannot be written: asked again, it is settled and nobody hears twice.
    const broken = await missedFor(5);
    let writes = 0;
    broken.break((operation) => operation === 'TransactWriteItems' && (writes += 1) === 2);
    expect(await say(broken, { pin: pins.pin, saidAt: at(-1) })).toEqual([500, undefined]);
    broken.mend();
    expect(alerts(broken)).toMatchObject([{ state: 'closed' }]);
    expect(await say(broken, { pin: pins.pin, saidAt: at(-1) })).toEqual([200, 'ok']);
    expect(told(broken).filter((line) => line.startsWith('family'))).toEqual(['family alert.cancelled.v1']);
  });
});
