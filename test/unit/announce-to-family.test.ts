import { describe, expect, it } from 'vitest';
import { tellFamilyOfEvent, tellFamilyOfPress, welcomeFamily } from '../../shared/telling/to-family.ts';
import type { FamilyReach } from '../../shared/domain/family/reach.ts';
import type { Family } from '../../shared/domain/family/family.ts';
import type { Position } from '../../shared/domain/position.ts';
import { consulateById, ministryDesk, openConsulates } from '../../shared/data/consulates.ts';
import { nearestConsulates } from '../../shared/domain/offices/nearest-consulates.ts';
import { fakeChannel, fakeDeliveryStore, fakeFamilies } from '../support/fakes.ts';
import { anEventOf } from '../support/cases.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

const setUp = (
  family: Family | undefined,
  channelOptions: Parameters<typeof fakeChannel>[0] = {},
  reach?: FamilyReach,
) => {
  const deliveries = fakeDeliveryStore({ family: { status: 'pending' } });
  const { channel, published, ensured } = fakeChannel(channelOptions);
  const { families } = fakeFamilies(family);
  const deps = {
    deliveries: deliveries.store,
    channel,
    families,
    reaches: { get: async () => reach, hasten: async () => undefined },
    now: () => new Date('2026-11-22T20:00:00.000Z'),
    consulateById,
    nearestConsulate: (position: Position) => nearestConsulates(position, openConsulates, 1)[0]?.consulate,
    desk: ministryDesk,
    cases: { read: async () => undefined },
    linkFor: async () => 'https://example.org/f/token',
  };
  return { deps, published, ensured, statusOf: deliveries.statusOf, followUps: deliveries.followUps, families };
};
const smsOf = ([one]: ReturnType<typeof setUp>['published']) => one?.publication.bodies.sms;
const { topics, ...withoutTopic } = aFamily();

describe('telling the family', () => {
  it('welcomes a new family after making its topic', async () => {
    const { deps, published, ensured, families } = setUp(withoutTopic);
    expect(await welcomeFamily(deps, withoutTopic)).toMatchObject([{ kind: 'sent' }]);
    expect(ensured.toSorted()).toEqual([`${withoutTopic.familyId} family`, `${withoutTopic.familyId} self`]);
    expect(published).toMatchObject([{ publication: { attributes: { type: 'contact.welcome.v1' } } }]);
    expect(await families.get('')).toMatchObject({ topics: { family: {}, self: {} } });
  });

  it('makes no topic to a person without a phone, nor a second one, and one that fails touches no welcome', async () => {
    const { phone: _, ...person } = withoutTopic.person;
    for (const family of [
      { ...withoutTopic, person },
      { ...aFamily(), topics: { ...topics, self: {} } },
    ]) {
      const { deps, ensured } = setUp(family);
      await welcomeFamily(deps, family);
      expect(ensured.filter((one) => one.endsWith('self'))).toEqual([]);
    }
    const { deps, published } = setUp(withoutTopic);
    const ensure: typeof deps.channel.ensure = async (topic) => {
      if (topic.key === 'self') throw new Error('SNS is down');
      return deps.channel.ensure(topic);
    };
    const results = await welcomeFamily({ ...deps, channel: { ...deps.channel, ensure } }, withoutTopic);
    expect(results).toMatchObject([{ kind: 'sent' }, { destination: 'self', kind: 'failed' }]);
    expect(published).toHaveLength(1);
  });

  it('makes the topic of a family of mailboxes, and needs no welcome', async () => {
    const mailboxes = { ...withoutTopic, contacts: withoutTopic.contacts.filter(({ channel }) => channel === 'email') };
    const { deps, published, ensured, statusOf } = setUp(mailboxes, { reached: 0 });
    expect(await welcomeFamily(deps, mailboxes)).toMatchObject([{ kind: 'sent' }]);
    expect(ensured).toHaveLength(2);
    expect(published).toEqual([]);
    expect(statusOf('family')).toBe('sent');
  });

  it('makes sure of the topic first when the press comes right after registration', async () => {
    const { deps, published, ensured } = setUp(withoutTopic);
    await tellFamilyOfPress(deps, anAlert());
    expect(ensured).toHaveLength(1);
    expect(published).toHaveLength(1);
  });

  it('makes a topic again that was deleted behind our back', async () => {
    let isGone = true;
    const { deps, published, ensured } = setUp(aFamily(), {
      outcome: () => (isGone ? { kind: 'no-topic' } : undefined),
      whenEnsured: () => (isGone = false),
    });
    expect(await tellFamilyOfPress(deps, anAlert())).toMatchObject([{ kind: 'sent' }]);
    expect(ensured).toHaveLength(1);
    expect(published).toHaveLength(1);
  });

  it('names the nearest office without waiting for the search, and the recorded one once there is one', async () => {
    const { deps, published } = setUp(aFamily());
    await tellFamilyOfPress(deps, anAlert());
    expect(smsOf(published)).toContain('Los Angeles');
    const later = setUp(aFamily());
    await tellFamilyOfPress(later.deps, anAlert({ raisedTo: { id: 'fresno', distanceMeters: 1, basis: 'location' } }));
    expect(smsOf(later.published)).toContain('Fresno');
  });

  it('names the desk when nothing says which office is near', async () => {
    const { deps, published } = setUp(aFamily());
    const { position, ...withoutPosition } = anAlert();
    expect(position).toBeDefined();
    await tellFamilyOfPress(deps, withoutPosition);
    expect(smsOf(published)).toContain(ministryDesk.phone);
    expect(smsOf(published)).not.toMatch(/Los Angeles|Fresno/);
  });

  it('tells nobody of a family that was erased', async () => {
    const { deps, published } = setUp(undefined);
    expect(await tellFamilyOfPress(deps, anAlert())).toEqual([]);
    expect(published).toEqual([]);
  });
});

describe('the phone after a real press', () => {
  it('is remembered as seized, beside telling the family', async () => {
    const { deps, published, families } = setUp(aFamily());
    expect(await tellFamilyOfPress(deps, anAlert())).toMatchObject([{ kind: 'sent' }]);
    expect(published).toHaveLength(1);
    expect((await families.get(''))?.seizedDevices).toEqual(new Set(['d1']));
  });

  it('is not seized by a drill', async () => {
    const { deps, families } = setUp(aFamily());
    await tellFamilyOfPress(deps, anAlert({ drill: true }));
    expect((await families.get(''))?.seizedDevices).toBeUndefined();
  });

  it('holds up nobody when it cannot be remembered, and is tried again with the record', async () => {
    const { deps, published, families } = setUp(aFamily());
    const down = { ...families, recordSeizedDevice: async () => Promise.reject(new Error('table down')) };
    expect(await tellFamilyOfPress({ ...deps, families: down }, anAlert())).toMatchObject([
      { kind: 'sent' },
      { kind: 'failed' },
    ]);
    expect(published).toHaveLength(1);
    expect(await tellFamilyOfPress(deps, anAlert())).toEqual([{ destination: 'family', kind: 'left' }]);
    expect((await families.get(''))?.seizedDevices).toEqual(new Set(['d1']));
    expect(published).toHaveLength(1);
  });
});

describe('a family whom no message reaches', () => {
  const alert = anAlert({ drill: true });
  const { familyId, alertId } = alert;

  it('is one of which the ministry hears, whether nobody is subscribed or SNS refuses', async () => {
    const refused = { outcome: () => ({ kind: 'refused', reason: 'InvalidParameter' }) as const };
    for (const options of [{ reached: 0 }, refused]) {
      const { deps, followUps } = setUp(aFamily(), options);
      expect(await tellFamilyOfPress(deps, alert)).toMatchObject([{ kind: 'unreachable' }]);
      expect(followUps).toMatchObject([
        {
          familyId,
          alertId,
          eventId: 'family-unreachable',
          type: 'alert.family-unreachable.v1',
          drill: true,
          deliveries: { ministry: { status: 'pending' } },
        },
      ]);
    }
  });

  it('is also one whose only phones answered STOP: SNS still counts them', async () => {
    const optedOut = { status: 'opted-out', confirmed: true } as const;
    const reach = { contacts: { c1: optedOut }, reachable: 0, checkedAt: '2026-11-22T00:00:00.000Z' };
    for (const [confirmed, status] of [
      [1, 'unreachable'],
      [2, 'sent'],
    ] as const) {
      const { deps, statusOf, published } = setUp(aFamily(), { reached: confirmed }, reach);
      await tellFamilyOfPress(deps, alert);
      expect([statusOf('family'), published.length]).toEqual([status, 1]);
    }
    const broken = setUp(aFamily(), { reached: 1 });
    const reaches = { ...broken.deps.reaches, get: async () => Promise.reject(new Error('the table is down')) };
    const deps = { ...broken.deps, reaches };
    expect(await tellFamilyOfPress(deps, alert)).toMatchObject([{ kind: 'sent' }]);
  });

  it('is nobody’s business where the person authorised no consular contact', async () => {
    const { deps, followUps, statusOf } = setUp(aFamily(), { reached: 0 });
    await tellFamilyOfPress(deps, { ...alert, consularNotification: false });
    expect([statusOf('family'), followUps]).toEqual(['unreachable', []]);
  });

  it('is none as long as somebody hears, or SNS does not say', async () => {
    for (const confirmed of [1, undefined]) {
      const { deps, followUps } = setUp(aFamily(), { reached: confirmed });
      await tellFamilyOfPress(deps, alert);
      expect(followUps).toEqual([]);
    }
  });
});

describe('telling the family of a cancellation', () => {
  // Found by the model: the office of the press was chosen before or after, by chance, and another one has other clocks.
  it.each([
    ['before', {}, 'los-angeles'],
    ['after', { raisedTo: { id: 'boston', distanceMeters: 1, basis: 'location' as const } }, 'boston'],
  ])(
    'that comes %s the office was chosen goes by the office that the message about the press named',
    async (_, more, id) => {
      const alert = { ...anAlert(), ...more };
      const family = aFamily();
      const event = anEventOf(1, {
        by: { kind: 'person' },
        type: 'alert.cancelled.v1',
        deliveries: { family: { status: 'pending' } },
      });
      const press = setUp(family);
      await tellFamilyOfPress(press.deps, alert);
      const cancellation = setUp(family);
      await tellFamilyOfEvent(
        {
          ...cancellation.deps,
          cases: { read: async () => ({ alert, family, events: [event] }) },
        },
        event,
      );
      const { emergencyPhone } = consulateById(id)!;
      for (const { published } of [press, cancellation]) {
        expect(published[0]?.publication.bodies.email).toContain(emergencyPhone);
        expect(smsOf(published)).toContain(id === 'boston' ? '15:0' : '12:0');
      }
    },
  );
});
