import { describe, expect, it, vi } from 'vitest';
import { alertKey } from '../../shared/adapters/dynamo-keys.ts';
import { composeRecordPositions } from '../../shared/compose.ts';
import { recordPositions } from '../../shared/domain/case/record-positions.ts';
import type { ConsulateLocator } from '../../shared/domain/offices/choose-consulate.ts';
import type { Position } from '../../shared/domain/position.ts';
import { greatCircle } from '../support/outside.ts';
import type { World, WorldOptions } from '../support/world.ts';
import { authorised, createWelcomedWorld, downtown, topicOfOffice } from '../support/world.ts';

const alertId = '22222222-2222-4222-8222-222222222222';

/** A family whose person authorised consular contact, with the welcome behind it. */
const setUp = async (options: Omit<WorldOptions, 'locator'> = {}) => {
  const nearest = vi.fn<ConsulateLocator['nearest']>(async (search) => greatCircle.nearest(search));
  const world = await createWelcomedWorld({ registers: { consent: authorised }, locator: { nearest }, ...options });
  const press = async (overrides: Record<string, unknown> = { position: downtown }) =>
    world.pressed({ alertId, ...overrides });
  return { world, nearest, press };
};
const told = (world: World, type = 'alert.raised.v1') =>
  world
    .published()
    .filter((one) => one.type === type && one.topic !== 'family')
    .map(({ topic }) => topic)
    .toSorted();
const statusOf = (world: World, key: string) => world.stored({ alertId })?.['deliveries'][key]?.status;
const isPublishTo = (office: string) => (operation: string, input: Record<string, unknown>) =>
  operation === 'Publish' && String(input['TopicArn']).endsWith(topicOfOffice(office));

describe('telling the offices', () => {
  it('tells the nearest office and the ministry once each, and records the office', async () => {
    const { world, press } = await setUp();
    await world.press({ alertId, position: downtown });
    const [record] = world.inserted;
    await press();
    world.inserted.push(record!);
    await world.stream();
    expect(told(world)).toEqual(['los-angeles', 'ministry']);
    expect(world.stored({ alertId })).toMatchObject({
      raisedTo: { id: 'los-angeles' },
      consulate: { id: 'los-angeles' },
      deliveries: { consulate: { status: 'sent', id: 'los-angeles' }, ministry: { status: 'sent' } },
    });
  });

  it.each(['ministry', 'los-angeles'])('tells the other when %s is refused or down', async (broken) => {
    const { world, press } = await setUp();
    world.break(isPublishTo(broken));
    await press();
    const [other, keys] =
      broken === 'ministry' ? ['los-angeles', ['consulate', 'ministry']] : ['ministry', ['ministry', 'consulate']];
    expect(told(world)).toEqual([other]);
    expect(keys.map((key) => statusOf(world, key))).toEqual(['sent', 'pending']);
  });

  it('tells the ministry while Amazon Location is still asked, and the offices that follow from its answer after that', async () => {
    const { world, nearest, press } = await setUp();
    const ministryIsTold = Promise.withResolvers<undefined>();
    nearest.mockImplementation(async () => {
      await ministryIsTold.promise;
      return { consulateId: 'oxnard' };
    });
    world.intercept(async ({ operation, input }, goOn) => {
      const answer = await goOn();
      if (isPublishTo('ministry')(operation, input)) ministryIsTold.resolve(undefined);
      return answer;
    });
    await press();
    expect(told(world)).toEqual(['los-angeles', 'ministry', 'oxnard']);
    const first = world.published().find(({ topic }) => topic !== 'family');
    expect(first?.topic).toBe('ministry');
    // By our own distance, to which no office is nearer than the responsible one. The page has what is on the record.
    const document = JSON.parse(first!.bodies['default']!);
    expect([document.consulate.id, document.nearest?.id]).toEqual(['los-angeles', undefined]);
    expect(world.stored({ alertId })).toMatchObject({ twoOffices: { nearest: { id: 'oxnard' } } });
  });

  it('writes to the office that was recorded, whatever a second search says', async () => {
    const { world, nearest, press } = await setUp();
    world.break((operation) => operation === 'Publish');
    await press();
    nearest.mockResolvedValue({ consulateId: 'oxnard' });
    world.mend();
    await world.advance(1);
    expect(told(world)).toEqual(['los-angeles', 'ministry']);
    const named = world
      .published()
      .filter(({ topic }) => topic !== 'family')
      .map(({ bodies }) => JSON.parse(bodies['default']!).consulate.id);
    expect(named).toEqual(['los-angeles', 'los-angeles']);
  });

  const oxnard = { latitude: 34.1975, longitude: -119.1771 };
  const atHome = {
    registers: { consent: authorised, person: { name: 'Ana', language: 'es', homePosition: oxnard } },
  } as const;
  const flawed = { latitude: 34.052, longitude: 0, accuracyMeters: 4 };

  it('lets the home decide where a position is not trusted, and says what is wrong with that one', async () => {
    const { world, press } = await setUp(atHome);
    await press({ position: flawed });
    expect(told(world)).toEqual(['ministry', 'oxnard']);
    const { bodies } = world.published().find(({ topic }) => topic === 'oxnard')!;
    expect(JSON.parse(bodies['default']!)).toMatchObject({
      position: null,
      untrustedPosition: { latitude: 34.052, longitude: 0, flaw: 'coordinate-missing' },
      homePosition: oxnard,
      consulate: { basis: 'home' },
    });
    expect(bodies['email']).toContain('NO CONFIABLE: al punto le falta una coordenada.');
  });

  it('stays with the home whatever positions follow that are not trusted, and until one is', async () => {
    const { world, press } = await setUp(atHome);
    await press({});
    const send = async (...positions: Position[]) => {
      await recordPositions(world.of(composeRecordPositions), world.token, alertId, positions);
      await world.stream();
      return world.stored({ alertId })?.['consulate'];
    };
    expect(await send({ latitude: 0, longitude: -88.1575, accuracyMeters: 165 })).toMatchObject({ id: 'oxnard' });
    expect(await send(oxnard)).toMatchObject({ id: 'oxnard', basis: 'location' });
    expect(told(world, 'alert.located.v1')).toEqual([]);
  });

  it('does not search where the ministry owns the alert, and writes to it once', async () => {
    const { world, nearest, press } = await setUp();
    await press({});
    expect(told(world)).toEqual(['ministry']);
    expect(nearest).not.toHaveBeenCalled();
  });

  it('tells nobody and asks nobody without authorisation', async () => {
    const { world, nearest, press } = await setUp({ registers: {} });
    await press();
    expect(world.published().map(({ topic }) => topic)).toEqual(['family']);
    expect(nearest).not.toHaveBeenCalled();
  });

  it('says of each message what it is to mailboxes', async () => {
    const { world, press } = await setUp();
    await press();
    const mails = world.calls
      .filter(({ operation, input }) => isPublishTo('ministry')(operation, input))
      .map(({ input }) => (input['MessageAttributes'] as Record<string, { StringValue: string }>)['mail']?.StringValue);
    expect(mails).toEqual(['each']);
  });
});

describe('an office where nobody listens', () => {
  const deafTo = (world: World, ...offices: string[]) => {
    for (const office of offices) world.sns.removeSubscriptions(topicOfOffice(office));
  };
  const escalations = (world: World) =>
    world
      .items()
      .filter(({ type }) => type === 'alert.escalated.v1')
      .toSorted((a, b) => (a['triedConsulates'] as string[]).length - (b['triedConsulates'] as string[]).length);

  it('passes the alert on to the next office and the ministry', async () => {
    const { world, press } = await setUp();
    deafTo(world, 'los-angeles');
    await press();
    expect([statusOf(world, 'consulate'), statusOf(world, 'ministry')]).toEqual(['unreachable', 'sent']);
    expect(escalations(world)).toMatchObject([
      {
        eventId: 'office-unreachable.los-angeles',
        reason: 'office-unreachable',
        consulate: { id: 'santa-ana' },
        triedConsulates: ['los-angeles'],
        deliveries: { 'consulate:santa-ana': { status: 'sent', id: 'santa-ana' }, ministry: { status: 'sent' } },
      },
    ]);
    expect(told(world, 'alert.escalated.v1')).toEqual(['ministry', 'santa-ana']);
  });

  it.each([
    ['is closed', { state: 'closed' }],
    ['went on to another', { consulate: { id: 'oxnard', distanceMeters: 1, basis: 'location' } }],
  ] as const)('leaves the case where it is when that %s meanwhile', async (_, meanwhile) => {
    // It happens while the message is on its way.
    const { world, press } = await setUp();
    deafTo(world, 'los-angeles');
    world.intercept(async ({ operation, input }, goOn) => {
      const answer = await goOn();
      if (isPublishTo('los-angeles')(operation, input)) {
        const { pk, sk } = alertKey(world.familyId, alertId);
        for (const [name, value] of Object.entries(meanwhile)) await world.set([{ pk, sk }], name, value);
      }
      return answer;
    });
    await press();
    expect(statusOf(world, 'consulate')).toBe('unreachable');
    expect(escalations(world)).toEqual([]);
  });

  it('makes the ministry the owner when three in a row have nobody', async () => {
    const { world, press } = await setUp();
    deafTo(world, 'los-angeles', 'santa-ana', 'oxnard', 'san-diego');
    await press();
    expect(escalations(world).map((event) => (event['consulate'] as { id: string }).id)).toEqual([
      'santa-ana',
      'oxnard',
      'ministry',
    ]);
    // The third of its mails within seconds: it reads of it in a digest.
    await world.advance(1);
    expect(escalations(world).at(-1)?.['deliveries']).toMatchObject({ ministry: { status: 'sent' } });
    expect(Object.keys(escalations(world).at(-1)?.['deliveries'] ?? {}).sort()).toEqual(['family', 'ministry']);
  });
});
