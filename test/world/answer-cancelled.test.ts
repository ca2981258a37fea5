import { describe, expect, it } from 'vitest';
import { mostFamilyAnswers } from '../../shared/domain/limits.ts';
import { kilobytes } from '../support/costs.ts';
import { pagesOf } from '../support/serving.ts';
import { type World, authorised, createWelcomedWorld } from '../support/world.ts';

const jose = '+12135550101';

type Cancelled = { readonly world: World; readonly alertId: string; readonly token: string };

/** A press that one of the PINs cancelled. Officers go on with that of the duress PIN. */
const cancelled = async (pin: string): Promise<Cancelled> => {
  const world = await createWelcomedWorld({ registers: { consent: authorised } });
  const alertId = await world.pressed();
  await world.cancelled(alertId, pin);
  for (const text of pin === 'duress' ? ['visto en Adelanto', 'llamé'] : []) {
    await world.acted(alertId, { action: 'note', officer: 'Ana', text });
  }
  return { world, alertId, token: world.linkTo(jose) };
};

const answer = async ({ world, token }: Cancelled, accept: string, body: object = { name: 'Lupita' }) => {
  world.calls.length = 0;
  const seen = { token, action: 'seen' };
  const answered = await pagesOf(world)('POST /f/{token}/{action}', seen, { accept, json: body });
  const calls = world.calls.map(({ operation, input }) => [operation, kilobytes(input)]);
  return {
    ...answered,
    body: answered.body.replaceAll(/"folio":"\w{4}"|Folio del caso: \w{4}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, '*'),
    calls,
  };
};

describe('a relative’s answer to a cancelled alert', () => {
  it.each(['application/json', 'text/html'])(
    'is the same with either PIN, and reads nothing of the case: %s',
    async (accept) => {
      const [one, other] = [await cancelled('pin'), await cancelled('duress')];
      for (const body of [{ name: 'Lupita' }, {}]) {
        const [plain, forced] = [await answer(one, accept, body), await answer(other, accept, body)];
        expect({ ...forced, headers: {} }).toEqual({ ...plain, headers: {} });
        expect(
          new Set(forced.calls.map(([operation]) => operation)).isSubsetOf(new Set(['GetItem', 'TransactWriteItems'])),
        ).toBe(true);
        expect(JSON.stringify(other.world.calls)).not.toContain(`ALERT#${other.alertId}`);
      }
    },
  );

  it('stands on the timeline, for officers', async () => {
    const { world, ...rest } = await cancelled('duress');
    expect(await answer({ world, ...rest }, 'application/json')).toMatchObject({ status: 200 });
    expect(world.items().filter(({ type }) => type === 'family.seen.v1')).toMatchObject([{ name: 'Lupita' }]);
  });

  it('is refused beyond its number', async () => {
    const made = await cancelled('pin');
    const view = made.world.items().find(({ itemType }) => itemType === 'family-view');
    await made.world.set([view!], 'answers', mostFamilyAnswers - 1);
    const statuses = [];
    for (const accept of ['application/json', 'application/json', 'text/html']) {
      statuses.push((await answer(made, accept)).status);
    }
    expect(statuses).toEqual([200, 409, 409]);
    expect(made.world.items().filter(({ type }) => type === 'family.seen.v1')).toHaveLength(1);
  });

  it('is lost to nobody when the table fails: the relative is told, and can send it again', async () => {
    const made = await cancelled('duress');
    made.world.break((operation) => operation === 'TransactWriteItems');
    expect((await answer(made, 'application/json')).status).toBe(500);
    made.world.mend();
    expect((await answer(made, 'application/json')).status).toBe(200);
  });
});
