import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it, vi } from 'vitest';
import { dynamoRoster } from '../../shared/adapters/dynamo-roster.ts';
import { resourceNames } from '../../shared/names.ts';
import { logLines } from '../support/log-lines.ts';
import { aRepresentative } from '../support/representatives.ts';
import { pagesOf } from '../support/serving.ts';
import { type World, authorised, createWelcomedWorld, downtown } from '../support/world.ts';

/* What a person registers to be found by, and what cannot wait at home: who reads it, and who never does. */

const jose = '+12135550101';
const locator = {
  documentName: 'Zazil Del Papel',
  birthDate: '1988-04-17',
  birthPlace: 'Zempoala',
  aNumber: 'A012345678',
};
const urgentAtHome = 'Insulina para el abuelo';
const toFind = Object.values(locator);

let world: World;
let written: readonly string[];
beforeEach(async () => {
  written = logLines();
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line: unknown) => void process.stdout.write(String(line)));
  }
  world = await createWelcomedWorld({
    registers: {
      person: { name: 'Ana Núñez', language: 'es', speaks: 'nah', locator, urgentAtHome },
      contacts: [
        { name: 'José', channel: 'sms', endpoint: jose },
        { name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' },
      ],
      consent: authorised,
    },
  });
});

const linkIn = (kind: string): string => {
  const pattern = new RegExp(`/${kind}/(\\w{22})`);
  return (
    world
      .published()
      .flatMap(({ bodies }) => pattern.exec(JSON.stringify(bodies))?.[1] ?? [])
      .at(-1) ?? ''
  );
};
const ask = async (kind: string, action?: string, json?: object) => {
  const seen = [];
  for (const accept of ['application/json', 'text/html']) {
    const routeKey = action === undefined ? `GET /${kind}/{token}` : `POST /${kind}/{token}/{action}`;
    seen.push(await pagesOf(world)(routeKey, { token: linkIn(kind), action: action ?? '' }, { accept, json }));
    if (action !== undefined) break;
  }
  expect(seen.map(({ status }) => status)).toEqual(seen.map(() => 200));
  return seen.map(({ body }) => body);
};
const holds = (texts: readonly string[], facts: readonly string[]) =>
  texts.map((text) => facts.filter((fact) => text.includes(fact)));

it('is for officers and a representative who accepted; the family reads what is urgent; in no message and no log', async () => {
  const lawyer = aRepresentative();
  const topic = `${resourceNames.representativeTopicPrefix}${lawyer.representativeId}`;
  await world.sns.call('CreateTopic', { Name: topic });
  await world.sns.subscribe({ topic, protocol: 'email', endpoint: 'vega@example.org' });
  await dynamoRoster(world.outside.dynamo, 'alerts', world.now).putAll([lawyer]);
  await world.pressed({ alertId: randomUUID(), position: downtown });
  expect(holds(await ask('c'), toFind)).toEqual([toFind, toFind]);
  expect(holds(await ask('c'), [urgentAtHome])).toEqual([[urgentAtHome], [urgentAtHome]]);
  expect(holds(await ask('f'), [...toFind, urgentAtHome])).toEqual([[urgentAtHome], [urgentAtHome]]);

  await ask('c', 'acknowledge', { officer: 'Ana' });
  await ask('c', 'offer', { officer: 'Ana' });
  await world.stream();
  expect(holds(await ask('l'), [...toFind, urgentAtHome])).toEqual([[], []]);
  await ask('l', 'accept', {});
  await world.stream();
  expect(holds(await ask('l'), [...toFind, urgentAtHome])).toEqual([
    [...toFind, urgentAtHome],
    [...toFind, urgentAtHome],
  ]);
  expect((await ask('l'))[1]).toMatch(/n[aá]huatl/i);

  await ask('c', 'state', { officer: 'Ana', to: 'located', facility: 'Adelanto' });
  await world.stream();
  await world.advance(20);
  expect(world.sns.inbox().length).toBeGreaterThan(10);
  expect(holds([JSON.stringify(world.sns.inbox())], [...toFind, urgentAtHome])).toEqual([[]]);
  expect(written.length).toBeGreaterThan(0);
  expect(holds(written, [...toFind, urgentAtHome]).flat()).toEqual([]);
});

it('goes with the family that is erased', async () => {
  expect(holds([JSON.stringify(world.items())], [...toFind, urgentAtHome])).toEqual([[...toFind, urgentAtHome]]);
  expect((await world.change({ kind: 'erase' })).kind).toBe('done');
  await world.stream();
  await world.advance(10);
  expect(holds([JSON.stringify(world.table.all())], [...toFind, urgentAtHome])).toEqual([[]]);
});
