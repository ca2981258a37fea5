import { describe, expect, it } from 'vitest';
import { composeAnswerQueries, composeRecordPositions } from '../../shared/compose.ts';
import type { OfficerAction } from '../../shared/domain/case/act-on-case.ts';
import { alertStatus } from '../../shared/domain/case/alert-status.ts';
import { readAlert } from '../../shared/domain/case/read-alert.ts';
import { recordPositions } from '../../shared/domain/case/record-positions.ts';
import { logLines } from '../support/log-lines.ts';
import { type Breaking, greatCircle } from '../support/outside.ts';
import type { World, WorldOptions } from '../support/world.ts';
import { authorised, createWelcomedWorld, downtown, topicOfOffice } from '../support/world.ts';

const alertId = '22222222-2222-4222-8222-222222222222';
/** Avalon: an island of Los Angeles County, and nearer to Santa Ana. */
const island = { latitude: 33.3428, longitude: -118.3278 };
const source = 'consulados.us/consulado-de-mexico-en-los-angeles';

type Options = Omit<WorldOptions, 'start'>;

/** A family whose person authorised consular contact, with the welcome behind it. */
const setUp = async (options: Options = {}) => createWelcomedWorld({ registers: { consent: authorised }, ...options });
const press = async (world: World, overrides: Record<string, unknown> = { position: island }) =>
  world.pressed({ alertId, ...overrides });
const officesTold = (world: World, type = 'alert.raised.v1') =>
  world
    .published()
    .filter((one) => one.type === type && one.topic !== 'family')
    .map(({ topic }) => topic)
    .toSorted();
const textTo = (world: World, topic: string, type = 'alert.raised.v1') => {
  const bodies = world.published().find((one) => one.topic === topic && one.type === type)?.bodies;
  const document = topic === 'family' ? '{}' : (bodies?.['default'] ?? '{}');
  return { email: bodies?.['email'] ?? '', sms: bodies?.['sms'] ?? '', json: JSON.parse(document) };
};
const publishTo =
  (office: string): Breaking =>
  (operation, input) =>
    operation === 'Publish' && String(input['TopicArn']).endsWith(topicOfOffice(office));
const deafTo = (world: World, ...offices: string[]) => {
  for (const office of offices) world.sns.removeSubscriptions(topicOfOffice(office));
};
const statusOf = (world: World, key: string) => world.stored({ alertId })?.['deliveries'][key]?.status;
const events = (world: World, type: string) => world.items().filter((item) => item['type'] === type);
const act = async (world: World, office: string, action: OfficerAction) =>
  (await world.acted(alertId, action, office)).kind;
/** What the phone sees. */
const status = async (world: World) => {
  const deps = world.of(composeAnswerQueries);
  const found = await readAlert(deps, world.token, alertId);
  if (found.kind !== 'found') throw new Error(found.kind);
  return alertStatus(found, deps);
};
const send = async (world: World, ...positions: (typeof island)[]) => {
  await recordPositions(world.of(composeRecordPositions), world.token, alertId, positions);
  await world.stream();
};

describe('a press where another office than the nearest is responsible', () => {
  it('is told to both and the ministry once each, however often its record comes', async () => {
    const world = await setUp();
    await world.press({ alertId, position: island });
    const [record] = world.inserted;
    await world.stream();
    world.inserted.push(record!);
    await world.stream();
    await world.advance(2);
    expect(officesTold(world)).toEqual(['los-angeles', 'ministry', 'santa-ana']);
    expect(world.stored({ alertId })).toMatchObject({
      raisedTo: { id: 'los-angeles', basis: 'district' },
      consulate: { id: 'los-angeles', basis: 'district' },
      twoOffices: { nearest: { id: 'santa-ana', basis: 'location' }, source, asOf: '2023-06' },
      deliveries: {
        consulate: { status: 'sent', id: 'los-angeles' },
        'consulate:santa-ana': { status: 'sent', id: 'santa-ana' },
        ministry: { status: 'sent' },
      },
    });
  });

  it('says to the one that it is theirs, to the other to wait, to both by whose word', async () => {
    const world = await setUp();
    await press(world);
    const responsible = textTo(world, 'los-angeles');
    const nearest = textTo(world, 'santa-ana');
    expect(responsible.email).toMatch(/^TOME EL CASO AQUÍ: https/);
    expect(responsible.email).toContain('ES DE SU CIRCUNSCRIPCIÓN');
    expect(responsible.sms).toContain('Los Angeles por circunscripcion; mas cerca Santa Ana.');
    expect(nearest.email).toMatch(/^SI EN 5 MINUTOS NADIE LO HA TOMADO, TÓMELO AQUÍ: https/);
    expect(nearest.email).toContain('ES DE LA CIRCUNSCRIPCIÓN DE Los Angeles');
    expect(nearest.email).not.toContain('Localicen');
    expect(nearest.sms).toContain('si en 5 min nadie lo toma, tomenlo.');
    for (const { email, json } of [responsible, nearest, textTo(world, 'ministry')]) {
      expect(email).toContain(`según ${source} (2023-06).`);
      expect(email).not.toContain('puede no ser la de la circunscripción');
      expect(json).toMatchObject({
        consulate: { id: 'los-angeles', basis: 'district' },
        nearest: { id: 'santa-ana', basis: 'location', state: 'CA' },
        district: { consulateId: 'los-angeles', source, asOf: '2023-06' },
      });
    }
  });

  it('names to the family the one in charge alone', async () => {
    const world = await setUp();
    await press(world);
    const { email, sms } = textTo(world, 'family');
    expect(sms).toContain('consulado Los Angeles');
    expect(`${email}${sms}`).not.toContain('Santa Ana');
  });

  it('shows both to the phone, until the nearest is in charge itself', async () => {
    const world = await setUp();
    await press(world);
    expect(await status(world)).toMatchObject({
      consulate: { id: 'los-angeles', basis: 'district' },
      nearest: { id: 'santa-ana', basis: 'location', distanceMeters: 61_811 },
      basis: 'district',
      destinations: [
        { kind: 'family' },
        { kind: 'consulate', id: 'los-angeles', status: 'sent' },
        { kind: 'consulate', id: 'santa-ana', status: 'sent' },
        { kind: 'ministry' },
      ],
    });
    expect(await act(world, 'santa-ana', { action: 'acknowledge', officer: 'Eva' })).toBe('done');
    const taken = await status(world);
    expect(taken).toMatchObject({ consulate: { id: 'santa-ana', basis: 'location' }, basis: 'location' });
    expect(taken).not.toHaveProperty('nearest');
  });

  it('names no office as nearest to the phone that has the case by people’s choice', async () => {
    const world = await setUp();
    await world.press({ alertId, position: island });
    world.inserted.length = 0;
    const officer = 'Eva';
    await world.acted(alertId, { action: 'hand-over', consulateId: 'oxnard', officer });
    await act(world, 'oxnard', { action: 'acknowledge', officer });
    // The stream had lost the press.
    await world.advance(2);
    expect(world.stored({ alertId })?.['raisedTo']).toMatchObject({ id: 'oxnard' });
    await act(world, 'oxnard', { action: 'hand-over', consulateId: 'san-diego', officer });
    await act(world, 'san-diego', { action: 'acknowledge', officer });
    const seen = await status(world);
    expect(seen.consulate).toMatchObject({ id: 'san-diego' });
    expect(seen).not.toHaveProperty('nearest');
  });

  it.each(['acknowledge', 'take'] as const)('tells the other at once not to call when one does %s', async (action) => {
    for (const [taker, other] of [
      ['los-angeles', 'santa-ana'],
      ['santa-ana', 'los-angeles'],
    ] as const) {
      const world = await setUp();
      await press(world);
      await act(world, taker, { action, officer: 'Eva' });
      expect(officesTold(world, 'alert.acknowledged.v1')).toEqual(['ministry', other].toSorted());
      expect(textTo(world, other, 'alert.acknowledged.v1').email).toContain('No llamen a la familia');
      expect(await act(world, other, { action: 'take', officer: 'Ana' })).toBe('refused');
    }
  });

  it('goes on by silence to the nearest of those that were not told', async () => {
    const world = await setUp();
    await press(world);
    await world.advance(5);
    expect(events(world, 'alert.escalated.v1')).toMatchObject([
      { consulate: { id: 'oxnard' }, triedConsulates: expect.arrayContaining(['los-angeles', 'santa-ana']) },
    ]);
    expect(await status(world)).toMatchObject({ consulate: { id: 'oxnard' }, nearest: { id: 'santa-ana' } });
    await world.advance(10);
    expect(await status(world)).toMatchObject({
      consulate: { id: 'ministry', basis: 'ministry' },
      nearest: { id: 'santa-ana' },
    });
  });

  it('decides by the home likewise, and by nothing without consent or place', async () => {
    const person = { name: 'Ana', language: 'es', homePosition: island } as const;
    const atHome = await setUp({ registers: { consent: authorised, person } });
    await press(atHome, {});
    expect(await status(atHome)).toMatchObject({ basis: 'district', nearest: { id: 'santa-ana', basis: 'home' } });

    const unauthorised = await setUp({ registers: {} });
    await press(unauthorised);
    expect(unauthorised.published().map(({ topic }) => topic)).toEqual(['family']);
    expect(unauthorised.stored({ alertId })).not.toHaveProperty('twoOffices');

    const nowhere = await setUp();
    await press(nowhere, {});
    expect(officesTold(nowhere)).toEqual(['ministry']);
  });

  it('is cancelled for both, even before either is chosen', async () => {
    const world = await setUp();
    await world.press({ alertId, position: island });
    await world.cancelled(alertId);
    await world.advance(2);
    expect(officesTold(world)).toEqual(['los-angeles', 'ministry', 'santa-ana']);
    expect(officesTold(world, 'alert.cancelled.v1')).toEqual(['los-angeles', 'ministry', 'santa-ana']);
  });
});

it('costs a second office one publish more, and no other write: see docs/operating.md', async () => {
  const countOf = async (position: typeof island) => {
    const world = await setUp();
    await press(world, { position });
    const {
      UpdateItem = [],
      BatchWriteItem = [],
      Publish = [],
    } = Object.groupBy(world.calls, ({ operation }) => operation as 'UpdateItem' | 'BatchWriteItem' | 'Publish');
    return [UpdateItem.length, BatchWriteItem.length, Publish.length];
  };
  const one = await countOf(downtown);
  const two = await countOf(island);
  expect(two.map((count, index) => count - (one[index] ?? 0))).toEqual([0, 0, 1]);
});

describe('a position that decides anew', () => {
  it('tells both of its offices, each what it is to it', async () => {
    const world = await setUp();
    await press(world, {});
    await send(world, island);
    expect(officesTold(world, 'alert.located.v1')).toEqual(['los-angeles', 'ministry', 'santa-ana']);
    expect(textTo(world, 'los-angeles', 'alert.located.v1').email).toContain('ES DE SU CIRCUNSCRIPCIÓN');
    const { email, json } = textTo(world, 'santa-ana', 'alert.located.v1');
    expect(email).toMatch(/^SI EN 5 MINUTOS NADIE LO HA TOMADO/);
    expect(email).toContain('HAY UNA ALERTA CERCA DE SU OFICINA');
    expect(json).toMatchObject({ consulate: { id: 'los-angeles' }, nearest: { id: 'santa-ana' } });
    expect(await status(world)).toMatchObject({ basis: 'district', nearest: { id: 'santa-ana' } });
  });

  it('tells a nearer office of a case that stays where it is', async () => {
    const person = { name: 'Ana', language: 'es', homePosition: downtown } as const;
    const world = await setUp({ registers: { consent: authorised, person } });
    await press(world, {});
    await send(world, island);
    expect(officesTold(world, 'alert.located.v1')).toEqual(['los-angeles', 'ministry', 'santa-ana']);
    expect(world.published().filter(({ topic }) => topic === 'family')).toHaveLength(1);
  });

  it('leaves the district where the new place has none of its own', async () => {
    const person = { name: 'Ana', language: 'es', homePosition: island } as const;
    const world = await setUp({ registers: { consent: authorised, person } });
    await press(world, {});
    await send(world, downtown);
    expect(world.stored({ alertId })).not.toHaveProperty('twoOffices');
    const seen = await status(world);
    expect(seen).toMatchObject({ consulate: { id: 'los-angeles', basis: 'location' } });
    expect(seen).not.toHaveProperty('nearest');
  });
});

describe('when something fails', () => {
  it.each([
    ['los-angeles', 'santa-ana'],
    ['santa-ana', 'los-angeles'],
  ])('publishing to %s, the other and the ministry hear at once, and it later, once', async (broken, other) => {
    const world = await setUp();
    world.break(publishTo(broken));
    await press(world);
    expect(officesTold(world)).toEqual([other, 'ministry'].toSorted());
    expect(statusOf(world, broken === 'los-angeles' ? 'consulate' : 'consulate:santa-ana')).toBe('pending');
    world.mend();
    await world.advance(2);
    expect(officesTold(world)).toEqual(['los-angeles', 'ministry', 'santa-ana']);
  });

  it('the districts, the nearest has it alone, and nobody waits', async () => {
    const lines = logLines();
    const world = await setUp({
      districtAt: () => {
        throw new Error('no districts');
      },
    });
    await press(world);
    const logged = lines.join('');
    expect(officesTold(world)).toEqual(['ministry', 'santa-ana']);
    expect(textTo(world, 'family').sms).toContain('consulado Santa Ana');
    expect(await status(world)).toMatchObject({ consulate: { id: 'santa-ana' }, basis: 'location' });
    expect(logged).toMatch(/"reason":"no-district".*"UnreachableDestinations":1/);
  });

  it('recording the two, the ministry hears, and the offices with the next try', async () => {
    const world = await setUp();
    const isRecording: Breaking = (operation, input) =>
      operation === 'UpdateItem' && JSON.stringify(input).includes('twoOffices');
    world.break(isRecording);
    await press(world);
    expect(officesTold(world)).toEqual(['ministry']);
    world.mend();
    await world.advance(2);
    expect(officesTold(world)).toEqual(['los-angeles', 'ministry', 'santa-ana']);
  });

  it('everything after it is recorded, a second search changes neither office', async () => {
    let nearest = 'santa-ana';
    const world = await setUp({
      locator: {
        nearest: async (search) => (search.exclude.size > 0 ? greatCircle.nearest(search) : { consulateId: nearest }),
      },
    });
    world.break((operation) => operation === 'Publish');
    await press(world);
    nearest = 'oxnard';
    world.mend();
    await world.advance(2);
    expect(officesTold(world)).toEqual(['los-angeles', 'ministry', 'santa-ana']);
  });

  it('nobody listens at the responsible office: the nearest is in charge, and no third one is told', async () => {
    const world = await setUp();
    deafTo(world, 'los-angeles');
    await press(world);
    expect(events(world, 'alert.escalated.v1')).toMatchObject([
      { reason: 'office-unreachable', consulate: { id: 'santa-ana' }, triedConsulates: ['los-angeles'] },
    ]);
    expect(await status(world)).toMatchObject({ consulate: { id: 'santa-ana' }, basis: 'location' });
  });

  it('nobody listens at the nearest: the responsible one has it, and the ministry', async () => {
    const world = await setUp();
    deafTo(world, 'santa-ana');
    await press(world);
    expect(statusOf(world, 'consulate:santa-ana')).toBe('unreachable');
    expect(events(world, 'alert.escalated.v1')).toEqual([]);
    expect(await status(world)).toMatchObject({ consulate: { id: 'los-angeles' } });
  });

  it('nobody listens at either: the next of all has it', async () => {
    const world = await setUp();
    deafTo(world, 'los-angeles', 'santa-ana');
    await press(world);
    expect(await status(world)).toMatchObject({ consulate: { id: 'oxnard' }, nearest: { id: 'santa-ana' } });
  });
});
