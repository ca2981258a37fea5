import { beforeAll, describe, expect, it } from 'vitest';
import { createHandler as createQueries } from '../../functions/answer-queries/handler.ts';
import { createHandler as createCheckIns } from '../../functions/manage-check-ins/handler.ts';
import { createHandler as createPositions } from '../../functions/record-positions/handler.ts';
import { composeAnswerQueries, composeManageCheckIns, composeRecordPositions } from '../../shared/compose.ts';
import { envNames } from '../../shared/names.ts';
import { kilobytes } from '../support/costs.ts';
import { aContext, anEvent } from '../support/fixtures.ts';
import { pagesOf } from '../support/serving.ts';
import { type World, authorised, createWelcomedWorld, downtown } from '../support/world.ts';

/*
 * What a captor looks at after a cancellation, with either PIN: each request reads and writes as much, and answers the same,
 * however long officers have worked on what goes on in secret. The time that a request takes follows from this;
 * `npm run test:timing` measures it.
 */

const jose = '+12135550101';

type Cancelled = { readonly world: World; readonly alertId: string; readonly page: string };

/** For `hours` the watchman looks; on the first day, when it does so each hour, officers write in the case of the duress PIN. */
const cancelled = async (pin: string, hours: number, retentionDays = '30'): Promise<Cancelled> => {
  const world = await createWelcomedWorld({
    registers: { consent: authorised },
    env: { [envNames.retentionDays]: retentionDays },
  });
  const alertId = await world.pressed({ position: downtown });
  const page = world.linkTo(jose);
  await world.cancelled(alertId, pin);
  for (let passed = 0; passed < hours; passed += passed < 24 ? 1 : 6) {
    await world.advance((passed < 24 ? 1 : 6) * 60, 6 * 60);
    if (pin === 'duress' && passed < 24) {
      for (const text of ['visto en Adelanto', 'llamé']) {
        expect((await world.acted(alertId, { action: 'note', officer: 'Ana', text })).kind).toBe('done');
      }
    }
  }
  return { world, alertId, page };
};

/** As DynamoDB does within days. */
const deleteExpired = async (world: World): Promise<void> => {
  const expired = world.items().filter(({ expiresAt }) => Number(expiresAt) * 1000 <= world.now().getTime());
  for (const { pk, sk } of expired) {
    await world.table.call('DeleteItem', { TableName: 'alerts', Key: { pk: { S: pk }, sk: { S: sk } } });
  }
};

type Look = (
  cancelled: Cancelled,
) => Promise<{ readonly statusCode?: number | undefined; readonly body?: string | undefined }>;

const asPhone = ({ world, alertId }: Cancelled, routeKey: string, json?: object) =>
  anEvent({
    routeKey,
    headers: { authorization: `Bearer ${world.deviceToken}`, 'content-type': 'application/json' },
    pathParameters: { alertId },
    ...(json && { json }),
  });
const query =
  (routeKey: string): Look =>
  async (seen) =>
    createQueries({ ...seen.world.of(composeAnswerQueries), openApi: {} })(asPhone(seen, routeKey), aContext);
const onPage =
  (routeKey: string, json?: object): Look =>
  async ({ world, page }) =>
    pagesOf(world)(routeKey, { token: page, action: 'seen' }, { accept: 'application/json', json });

const looks: Readonly<Record<string, Look>> = {
  'GET /v1/family': query('GET /v1/family'),
  'GET /v1/alerts': query('GET /v1/alerts'),
  'GET /v1/alerts/{alertId}': query('GET /v1/alerts/{alertId}'),
  'GET /v1/check-ins': async (seen) =>
    createCheckIns(seen.world.of(composeManageCheckIns))(asPhone(seen, 'GET /v1/check-ins'), aContext),
  'GET /f/{token}': onPage('GET /f/{token}'),
  'POST /f/{token}/seen': onPage('POST /f/{token}/{action}', { name: 'Lupita' }),
  'POST /v1/alerts/{alertId}/positions': async (seen) =>
    createPositions(seen.world.of(composeRecordPositions))(
      asPhone(seen, 'POST /v1/alerts/{alertId}/positions', { positions: [downtown] }),
      aContext,
    ),
  'POST /v1/alerts again': async ({ world, alertId }) => ({
    body: JSON.stringify(await world.press({ alertId, position: downtown })),
  }),
};

/** Ids and folios. */
const masked = (body = ''): string =>
  body
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, 'id')
    .replaceAll(/"folio":"\w{4}"|Folio: \w{4}/g, 'folio')
    .replaceAll(/"deviceId":"[^"]*"/g, 'device');

/** The answer; and of each call its name, kilobytes of what it was asked, and units of 4 KB, as DynamoDB reads, of its answer. */
const looked = async (seen: Cancelled, look: Look) => {
  const calls: unknown[] = [];
  seen.world.intercept(async (call, goOn) => {
    const answer = await goOn();
    calls.push([call.operation, kilobytes(call.input), Math.ceil(kilobytes(answer) / 4)]);
    return answer;
  });
  const { statusCode, body } = await look(seen);
  await seen.world.stream(0);
  return { statusCode, body: masked(body), calls };
};

/** The looks come one after the other, as a captor's do; those that write are last. */
const bothCancelled = (hours: number, retentionDays?: string) => {
  let both: readonly [plain: Cancelled, forced: Cancelled];
  beforeAll(async () => {
    both = [await cancelled('pin', hours, retentionDays), await cancelled('duress', hours, retentionDays)];
  });
  return () => both;
};

describe('what a captor looks at after a cancellation', () => {
  describe('costs and answers the same when officers have worked on it for 24 hours', () => {
    const both = bothCancelled(25);

    it('though more is stored of it', () => {
      const [plain, forced] = both();
      expect(forced.world.items().length).toBeGreaterThan(plain.world.items().length + 40);
    });

    it.each(Object.entries(looks))('%s', async (_, look) => {
      const [plain, forced] = both();
      const [one, other] = [await looked(plain, look), await looked(forced, look)];
      expect(other).toEqual(one);
      expect(one.calls.length).toBeGreaterThan(0);
    });
  });

  describe('is the same when a short retention is over', () => {
    const both = bothCancelled(9 * 24, '7');
    beforeAll(async () => {
      for (const { world } of both()) await deleteExpired(world);
    });

    it.each(Object.entries(looks))('%s', async (_, look) => {
      const [plain, forced] = both();
      expect((await looked(forced, look)).body).toEqual((await looked(plain, look)).body);
    });
  });
});
