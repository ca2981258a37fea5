import { beforeAll, describe, expect, it } from 'vitest';
import { createHandler as createQueries } from '../../functions/answer-queries/handler.ts';
import { composeAnswerQueries, composeServeCase } from '../../shared/compose.ts';
import { shownAlert } from '../../shared/domain/case/shown-case.ts';
import { timelineOf } from '../../shared/telling/timeline.ts';
import { aContext, anAlert, anEvent } from '../support/fixtures.ts';
import { pagesOf } from '../support/serving.ts';
import { type World, authorised, createWelcomedWorld, downtown } from '../support/world.ts';

const jose = '+12135550101';
/** Minutes between two looks of the watchman. */
const halfDay = 12 * 60;

/** A family that withdrew its consent with one of the PINs, and pressed. */
const withdrawn = async (pin: string) => {
  const world = await createWelcomedWorld({
    registers: {
      contacts: [{ name: 'José', channel: 'sms', endpoint: jose }],
      consent: authorised,
    },
  });
  await world.changeSettings({ consent: { consularNotification: false } }, pin);
  await world.stream();
  world.skip(60_000);
  const alertId = await world.pressed({ position: downtown });
  return { world, alertId };
};

type Pressed = Awaited<ReturnType<typeof withdrawn>>;

const ask = async ({ world }: Pressed, routeKey: string, pathParameters: Record<string, string> = {}) => {
  const headers = { authorization: `Bearer ${world.deviceToken}` };
  const { statusCode, body } = await createQueries({ ...world.of(composeAnswerQueries), openApi: {} })(
    anEvent({ routeKey, headers, pathParameters }),
    aContext,
  );
  return [statusCode, body];
};
const page = async (world: World, accept: string) => {
  const token = world.linkTo(jose);
  const { status, body } = await pagesOf(world)('GET /f/{token}', { token }, { accept });
  return [status, body];
};
/** All that phone and relative can look at. */
const seenOf = async (pressed: Pressed) => {
  const { world, alertId } = pressed;
  const seen = {
    messages: world.sns.inbox({ endpoint: jose }).map(({ body, attributes }) => [attributes['type'], body]),
    status: await ask(pressed, 'GET /v1/alerts/{alertId}', { alertId }),
    list: await ask(pressed, 'GET /v1/alerts'),
    again: await world.press({ alertId, position: downtown }),
    pages: [await page(world, 'application/json'), await page(world, 'text/html')],
    settings: await world.changeSettings({ person: { homePosition: downtown } }, 'pin').then(({ kind }) => kind),
  };
  const { alert, ...again } = { alert: undefined, ...seen.again };
  const { state, raisedAt } = alert ?? {};
  return JSON.parse(
    JSON.stringify({ ...seen, again: [again, state, raisedAt] })
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id')
      .replaceAll(/\b\w{22}\b/g, 'token'),
  ) as Record<string, unknown>;
};
const work = async ({ world, alertId }: Pressed): Promise<void> => {
  await world.acted(alertId, { action: 'acknowledge', officer: 'Ana' });
  await world.acted(alertId, { action: 'state', officer: 'Ana', to: 'locating' });
};
describe('a consent that is withdrawn with the duress PIN', () => {
  describe('looks the same on phone, page and to the family as one withdrawn with the PIN, for nine days', () => {
    const steps = [0, 1, 22, 2, 46, 3, 95, 2, 48];
    const ministryHears = ({ world }: Pressed) =>
      world.told('alert-button-ministry@offices.example').includes('alert.raised.v1');
    const seenWithPin: unknown[] = [];
    beforeAll(async () => {
      const plain = await withdrawn('pin');
      if (ministryHears(plain)) throw new Error('The consent was not withdrawn.');
      for (const hours of steps) {
        await plain.world.advance(hours * 60, halfDay);
        seenWithPin.push(await seenOf(plain));
      }
    });

    it.each(['left alone', 'worked on', 'closed'])('%s', async (how) => {
      const forced = await withdrawn('duress');
      expect(ministryHears(forced)).toBe(true);
      for (const [step, hours] of steps.entries()) {
        await forced.world.advance(hours * 60, halfDay);
        if (hours === 1 && how !== 'left alone') await work(forced);
        if (hours === 2 && how === 'closed') {
          await forced.world.acted(forced.alertId, { action: 'close', officer: 'Ana', disposition: 'released' });
        }
        expect(await seenOf(forced), `after ${hours} hours more`).toEqual(seenWithPin[step]);
      }
      const silent = forced.world.told(jose).filter((type) => type === 'alert.silent.v1');
      expect(silent).toHaveLength(2);
      expect((await seenOf(forced))['status']).toEqual([200, expect.stringContaining('"state":"closed"')]);
    });
  });

  it('does not hide the offices of a press before it, nor shows those of one after it when it is given again', async () => {
    const one = await withdrawn('duress');
    await one.world.advance(8 * 24 * 60, halfDay);
    const before = await ask(one, 'GET /v1/alerts/{alertId}', { alertId: one.alertId });
    await one.world.changeSettings({ consent: authorised }, 'duress');
    expect(await ask(one, 'GET /v1/alerts/{alertId}', { alertId: one.alertId })).toEqual(before);
    await one.world.pressed({ position: downtown });
    expect(one.world.sns.inbox({ endpoint: jose }).at(-1)?.body).toContain('consul');
  });

  it('is told by the family’s clock once where SNS was down on the day', async () => {
    const one = await withdrawn('duress');
    await one.world.advance(23 * 60, halfDay);
    one.world.break((operation) => operation === 'Publish');
    await one.world.advance(2 * 60, halfDay);
    one.world.mend();
    await one.world.advance(60, halfDay);
    expect(one.world.told(jose).filter((type) => type === 'alert.silent.v1')).toHaveLength(1);
  });

  it('hides no answer of a relative', async () => {
    const one = await withdrawn('duress');
    const token = one.world.linkTo(jose);
    const seen = { token, action: 'seen' };
    await pagesOf(one.world)('POST /f/{token}/{action}', seen, { json: { name: 'Lupita' } });
    expect((await page(one.world, 'application/json'))[1]).toContain('Lupita');
  });

  it('is nothing that officers read of', async () => {
    const one = await withdrawn('duress');
    await one.world.advance(80 * 60, halfDay);
    const deps = one.world.of(composeServeCase);
    const found = await deps.cases.read(one.world.familyId, one.alertId);
    const ids = (events: readonly { readonly eventId: string }[]) => events.map(({ eventId }) => eventId);
    expect(ids(found!.events).filter((id) => id.startsWith('family-alone'))).toHaveLength(2);
    expect(ids(timelineOf(found!, deps)).filter((id) => id.startsWith('family-alone'))).toEqual([]);
  });
});

it('a case that is the family’s alone for phone and family keeps why and when the person cancelled it', () => {
  const deviceView = { state: 'closed', status: '{}', until: '2026-12-22T20:00:00.000Z' } as const;
  const cancelled = { state: 'closed', disposition: 'cancelled', closedAt: '2026-11-22T20:10:00.000Z' } as const;
  expect(shownAlert(anAlert({ familyAlone: {}, deviceView, ...cancelled }))).toMatchObject(cancelled);
});
