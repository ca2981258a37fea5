import { InvalidParameterException } from '@aws-sdk/client-sns';
import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { composeCancelAlert } from '../../shared/compose.ts';
import { composeAnnounceToFamily } from '../../shared/compose-telling.ts';
import { ministryDesk } from '../../shared/data/consulates.ts';
import { cancelAlert } from '../../shared/domain/case/cancel-alert.ts';
import type { Registration } from '../../shared/domain/family/register-family.ts';
import { worldOffices } from '../support/outside.ts';
import { type World, type WorldOptions, authorised, createWorld, downtown } from '../support/world.ts';
import { noDistricts } from '../support/no-districts.ts';

const alertId = '22222222-2222-4222-8222-222222222222';
const withPhone = { name: 'Ana Sofía Núñez', language: 'es', phone: '+12135550100' } as const;
const minute = 60_000;

const setUp = async (registers: Partial<Registration> = {}, options: WorldOptions = {}) =>
  createWorld({ ...options, registers });
const familyTopic = (world: World) => `alert-button-family-${world.familyId}`;
const topicsOf = (world: World) =>
  world
    .topics()
    .map(({ topic }) => topic.replace(familyTopic(world), 'family'))
    .toSorted();
const published = (world: World, topic = 'family') => world.published().filter((one) => one.topic === topic);
const raised = (world: World) => published(world).find(({ type }) => type === 'alert.raised.v1');
const statusOf = (world: World) => world.stored({ alertId })?.['deliveries'].family.status;
/** Presses, and the stream hands it over. */
const press = async (world: World, overrides: Record<string, unknown> = {}) => world.pressed({ alertId, ...overrides });

describe('telling the family', () => {
  it('makes the topics of a new family and welcomes its phones, once', async () => {
    const world = await setUp({ person: withPhone });
    const [registered] = world.inserted;
    await world.stream();
    world.inserted.push(registered!);
    await world.stream();
    expect(topicsOf(world)).toEqual(['family', 'family-self']);
    expect(published(world)).toMatchObject([{ type: 'contact.welcome.v1' }]);
    expect(world.calls.filter(({ operation }) => operation === 'CreateTopic')).toHaveLength(2);
    const { families } = world.of(composeAnnounceToFamily);
    expect(Object.keys((await families.get(world.familyId))?.topics ?? {})).toEqual(['family', 'self']);
  });

  it('speaks of the home where a position is not trusted, and not of that position', async () => {
    const person = { name: 'Ana', language: 'es', homePosition: downtown } as const;
    const world = await setUp({ person, consent: authorised });
    await press(world, { position: { latitude: 34.05, longitude: 0, accuracyMeters: 4 } });
    expect(raised(world)?.bodies['sms']).toContain('Los Angeles');
    expect(raised(world)?.bodies['email']).toContain('No tenemos la ubicación del teléfono.');
  });

  it('says that nobody hears, and whom to call, where the last check found nobody at the office and the ministry', async () => {
    const world = await setUp({ consent: authorised });
    await world.stream();
    const raisedSms = async (...gone: readonly string[]) => {
      for (const topic of gone) world.sns.removeSubscriptions(topic);
      await world.advance(31);
      await press(world, { alertId: randomUUID(), position: downtown, pressedAt: world.now().toISOString() });
      await world.advance(0.2);
      return published(world).findLast(({ type }) => type === 'alert.raised.v1')?.bodies;
    };
    expect((await raisedSms('alert-button-consulate-los-angeles'))?.['sms']).toContain('Se avisa al consulado');
    await world.set(
      world.items().filter(({ itemType }) => itemType === 'alert'),
      'state',
      'closed',
    );
    const bodies = await raisedSms('alert-button-ministry');
    expect(bodies?.['sms']).toMatch(
      /Aqui ningun consulado recibe avisos\. .*Llame usted al \+15206237874, folio \w{4} /,
    );
    expect(bodies?.['sms']).not.toMatch(/Se avisa|avisando/);
    expect(bodies?.['email']).toContain('ninguna oficina de México recibe estos avisos');
  });

  it('tells the family of a press all the same while what the check found cannot be read', async () => {
    const world = await setUp({ consent: authorised });
    await world.stream();
    world.break((operation, { Key }) => operation === 'GetItem' && JSON.stringify(Key).includes('OFFICES'));
    await press(world, { position: downtown });
    expect(raised(world)?.bodies['sms']).toContain('consulado');
  });

  it('makes no topic to a person without a phone', async () => {
    const world = await setUp();
    await world.stream();
    expect(topicsOf(world)).toEqual(['family']);
  });

  it('welcomes also while the topic to the person’s own phone cannot be made', async () => {
    const world = await setUp({ person: withPhone });
    world.break((operation, { Name }) => operation === 'CreateTopic' && String(Name).endsWith('-self'));
    await world.stream();
    expect([topicsOf(world), published(world).length]).toEqual([['family'], 1]);
  });

  it('makes the topic of a family of mailboxes, and needs no welcome', async () => {
    const world = await setUp(
      { contacts: [{ name: 'Lupe', channel: 'email', endpoint: 'lupe@family.example' }] },
      { confirm: 'manual' },
    );
    await world.stream();
    expect([topicsOf(world), world.published()]).toEqual([['family'], []]);
    expect(world.stored()?.['deliveries'].family.status).toBe('sent');
  });

  it('makes sure of the topic first when the press comes right after registration', async () => {
    const world = await setUp();
    world.inserted.length = 0;
    await press(world);
    expect([topicsOf(world), published(world).length, statusOf(world)]).toEqual([['family'], 1, 'sent']);
  });

  it('makes a topic again that was deleted behind our back, with its subscriptions', async () => {
    const world = await setUp();
    await world.stream();
    await world.sns.call('DeleteTopic', { TopicArn: world.topics()[0]!.arn });
    await press(world);
    expect(world.told('+12135550101')).toEqual(['contact.welcome.v1', 'alert.raised.v1']);
  });

  it.each([
    ['PutItem', 0],
    ['Publish', 0],
    // The message is out, and its record is not written: as after any such death it is told once more.
    ['UpdateItem', 1],
  ])(
    'tells it once, a minute later, where the function dies at %s after the write that decides and claims',
    async (deadly, before) => {
      const toldOf = (endpoint: string) => world.told(endpoint).filter((type) => type === 'alert.raised.v1').length;
      const contacts = [
        { name: 'José', channel: 'sms', endpoint: '+12135550101' },
        { name: 'Rose', channel: 'sms', endpoint: '+12135550102', language: 'en' },
      ] as const;
      const world = await setUp({ contacts });
      await world.stream();
      await world.press({ alertId });
      let isDead = false;
      world.intercept(async ({ operation }, goOn) => {
        isDead ||= operation === deadly;
        return isDead ? new Promise(() => undefined) : goOn();
      });
      void world.stream(1);
      await vi.waitUntil(() => isDead);
      const { deliveries, ownCase } = world.stored({ alertId })!;
      expect([ownCase, Object.keys(deliveries as object).toSorted()]).toEqual([{}, ['family', 'family:en']]);
      world.intercept(async (_call, goOn) => goOn());
      const endpoints = ['+12135550101', '+12135550102'];
      // Whoever died holds the claims.
      await world.round();
      expect(endpoints.map(toldOf)).toEqual([before, before]);
      await world.advance(2);
      expect(endpoints.map(toldOf)).toEqual([before + 1, before + 1]);
    },
  );

  it('names the nearest office without waiting for the search', async () => {
    const world = await setUp(
      { consent: authorised },
      {
        locator: {
          nearest: async () => {
            expect(published(world)).toHaveLength(1);
            return { consulateId: 'oxnard' };
          },
        },
      },
    );
    world.inserted.length = 0;
    await press(world, { position: downtown });
    expect(raised(world)?.bodies['sms']).toContain('Los Angeles');
  });

  it('names the recorded office once there is one', async () => {
    const world = await setUp(
      { consent: authorised },
      { locator: { nearest: async () => ({ consulateId: 'oxnard' }) }, ...noDistricts },
    );
    world.inserted.length = 0;
    world.break((operation, { TopicArn }) => operation === 'Publish' && String(TopicArn).includes('family'));
    await press(world, { position: downtown });
    world.mend();
    await world.advance(1);
    expect(raised(world)?.bodies['sms']).toContain('Oxnard');
  });

  it('names the desk when nothing says which office is near', async () => {
    const world = await setUp({ consent: authorised });
    world.inserted.length = 0;
    await press(world);
    expect(raised(world)?.bodies['sms']).toContain(ministryDesk.phone);
    expect(raised(world)?.bodies['sms']).not.toMatch(/Los Angeles|Oxnard/);
  });

  it('tells nobody of a family that was erased', async () => {
    const world = await setUp();
    const { pk, sk } = world.stored()!;
    await world.press();
    await world.table.call('BatchWriteItem', {
      RequestItems: { alerts: [{ DeleteRequest: { Key: { pk: { S: pk }, sk: { S: sk } } } }] },
    });
    await world.stream();
    expect(world.published()).toEqual([]);
  });
});

describe('the phone after a real press', () => {
  const seized = (world: World) => world.stored()?.['seizedDevices'];
  const pressed = async (options: Parameters<World['press']>[0] = {}): Promise<World> => {
    const world = await setUp();
    await press(world, options);
    return world;
  };

  it('is seized at once, and for good when the press is forgotten', async () => {
    const world = await pressed();
    const { deviceId } = world.stored({ alertId })!;
    expect([statusOf(world), (await world.read()).kind, seized(world)]).toEqual(['sent', 'seized', undefined]);
    await world.advance(2);
    expect(seized(world)).toEqual(new Set([deviceId]));
    const { pk, sk } = world.stored({ alertId })!;
    await world.table.call('DeleteItem', { TableName: 'alerts', Key: { pk: { S: pk }, sk: { S: sk } } });
    expect((await world.read()).kind).toBe('seized');
  });

  it('is remembered where the person cancelled before the watchman looked, and once', async () => {
    const world = await pressed();
    await world.cancelled(alertId);
    world.calls.length = 0;
    await world.advance(20);
    expect(seized(world)?.size).toBe(1);
    expect(world.calls.filter(({ input }) => JSON.stringify(input).includes('seizedDevices'))).toHaveLength(1);
  });

  it('is not seized by a drill', async () => {
    const world = await pressed({ drill: true });
    await world.advance(2);
    expect([statusOf(world), seized(world)]).toEqual(['sent', undefined]);
  });

  it('is remembered in a later round when it cannot be written at once', async () => {
    const world = await pressed();
    let tries = 0;
    world.break((_, input) => JSON.stringify(input).includes('seizedDevices') && (tries += 1) < 3);
    await world.advance(2);
    expect(seized(world)).toBeUndefined();
    await world.advance(2);
    expect([tries, seized(world)?.size]).toEqual([3, 1]);
  });
});

describe('a family whom no message reaches', () => {
  /** A family whose topic is older than counts lag, and what SNS does about it. */
  const pressUnheard = async (
    prepare: (world: World) => Promise<void> | void,
    registers: Partial<Registration> = {},
    options: WorldOptions = {},
  ) => {
    const world = await setUp({ consent: authorised, ...registers }, options);
    await world.stream();
    world.skip(11 * minute);
    await prepare(world);
    await press(world);
    const gap = world.stored({ alertId, eventId: 'family-unreachable' });
    return { world, status: statusOf(world), gap };
  };
  const nobody = (world: World) => world.sns.removeSubscriptions(familyTopic(world));

  it('is one of which the ministry hears when nobody is subscribed', async () => {
    const { world, status, gap } = await pressUnheard(nobody);
    expect(status).toBe('unreachable');
    expect(gap).toMatchObject({
      type: 'alert.family-unreachable.v1',
      drill: false,
      deliveries: { ministry: { status: 'sent' } },
    });
    expect(published(world, 'ministry').map(({ type }) => type)).toContain('alert.family-unreachable.v1');
  });

  it('is one of which the ministry hears when SNS refuses the message', async () => {
    const refuse: WorldOptions['around'] = async ({ operation, input }, goOn) => {
      const isRaised = JSON.stringify(input['MessageAttributes'] ?? {}).includes('alert.raised.v1');
      if (operation === 'Publish' && isRaised && String(input['TopicArn']).includes('family')) {
        throw new InvalidParameterException({ message: '', $metadata: {} });
      }
      return goOn();
    };
    const { status, gap } = await pressUnheard(() => undefined, {}, { around: refuse });
    expect([status, gap?.['type']]).toEqual(['unreachable', 'alert.family-unreachable.v1']);
  });

  it('is also one whose only phone answered STOP: SNS still counts it', async () => {
    const optOut = async (world: World) => {
      world.sns.optOut('+12135550101');
      // The daily check finds it.
      await world.advance(10);
    };
    const contacts = [{ name: 'José', channel: 'sms', endpoint: '+12135550101' }] as const;
    const onePhone = await pressUnheard(optOut, { contacts });
    expect([onePhone.status, published(onePhone.world).at(-1)?.type]).toEqual(['unreachable', 'alert.raised.v1']);
    expect((await pressUnheard(optOut)).status).toBe('sent');
  });

  it('is none while what the check found cannot be read', async () => {
    const { status } = await pressUnheard((world) => {
      world.break((operation, input) => operation === 'GetItem' && JSON.stringify(input).includes('"REACH"'));
    });
    expect(status).toBe('sent');
  });

  it('is nobody’s business where the person authorised no consular contact', async () => {
    const { status, gap } = await pressUnheard(nobody, { consent: { consularNotification: false, version: '1' } });
    expect([status, gap]).toEqual(['unreachable', undefined]);
  });

  it('is none as long as somebody hears, or SNS does not say', async () => {
    expect((await pressUnheard(() => undefined)).gap).toBeUndefined();
    const silent = await pressUnheard((world) => {
      world.break((operation) => operation === 'GetTopicAttributes');
    });
    expect([silent.status, silent.gap, published(silent.world).length]).toEqual(['pending', undefined, 2]);
    silent.world.mend();
    await silent.world.advance(1);
    expect([statusOf(silent.world), published(silent.world).length]).toEqual(['sent', 2]);
  });
});

describe('telling the family of a cancellation', () => {
  // Found by the model: the office of the press was chosen before or after, by chance, and another one has other clocks.
  it.each(['before', 'after'])(
    'that comes %s the office was chosen goes by the office that the message about the press named',
    async (order) => {
      const world = await setUp(
        { consent: authorised },
        { locator: { nearest: async () => ({ consulateId: 'oxnard' }) } },
      );
      world.inserted.length = 0;
      await world.press({ alertId, position: downtown });
      if (order === 'after') {
        world.break((operation, { TopicArn }) => operation === 'Publish' && String(TopicArn).includes('family'));
        await world.stream();
        world.mend();
      } else {
        // The stream loses the press: the watchman tells of it, of the cancellation first.
        world.inserted.length = 0;
      }
      expect(await cancelAlert(world.of(composeCancelAlert), world.token, alertId, 'pin')).toMatchObject({
        kind: 'cancelled',
      });
      await world.stream();
      const id = order === 'after' ? 'oxnard' : 'los-angeles';
      const { emergencyPhone } = worldOffices.find((office) => office.id === id)!;
      const [cancellation] = published(world);
      expect(cancellation?.type).toBe('alert.cancelled.v1');
      expect(cancellation?.bodies['email']).toContain(emergencyPhone);
    },
  );
});
