import { describe, expect, it, vi } from 'vitest';
import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import type { TellOfficesDeps } from '../../shared/telling/to-offices.ts';
import { tellOfficesOfEvent, tellOfficesOfPress } from '../../shared/telling/to-offices.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../../shared/domain/offices/choose-consulate.ts';
import type { AssignedConsulate } from '../../shared/domain/offices/consulate.ts';
import { fakeChannel, fakeDeliveryStore, fakeFamilies } from '../support/fakes.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

const losAngeles: AssignedConsulate = { id: 'los-angeles', distanceMeters: 3000, basis: 'location' };

const setUp = (
  options: {
    channel?: Parameters<typeof fakeChannel>[0];
    recorded?: AssignedConsulate;
    alert?: Parameters<typeof anAlert>[0];
    /** What became of the case before the message came to nothing. */
    meanwhile?: Parameters<typeof anAlert>[0];
  } = {},
) => {
  const alert = anAlert(options.alert);
  const deliveries = fakeDeliveryStore(alert.deliveries, options.recorded);
  const { channel, published } = fakeChannel(options.channel);
  const chooseConsulate = vi.fn<(facts: ChooseConsulateFacts) => Promise<ChosenConsulate>>(async ({ exclude = [] }) => {
    const id =
      ['los-angeles', 'santa-ana', 'san-bernardino', 'oxnard'].find((office) => !exclude.includes(office)) ?? '';
    return { kind: 'chosen', assigned: { ...losAngeles, id } };
  });
  const deps: TellOfficesDeps = {
    deliveries: deliveries.store,
    channel,
    families: fakeFamilies(aFamily()).families,
    now: () => new Date('2026-11-22T20:00:00.000Z'),
    chooseConsulate,
    consulateById,
    desk: ministryDesk,
    cases: {
      read: async () => {
        const last = deliveries.followUps.at(-1);
        const consulate = (last && 'consulate' in last ? last.consulate : undefined) ?? deliveries.consulate();
        const inCharge = { ...alert, ...(consulate && { consulate }), ...options.meanwhile };
        return { alert: inCharge, family: aFamily(), events: [] };
      },
    },
    linkFor: async (recipient) => `https://example.org/${recipient.kind}`,
  };
  const run = async () => tellOfficesOfPress(deps, alert);
  return { deps, run, published, chooseConsulate, ...deliveries };
};
const topics = (published: { topic: string }[]) => published.map(({ topic }) => topic).sort();

describe('telling the authorities', () => {
  it('tells the nearest office and the ministry once each, and records the office', async () => {
    const { run, published, consulate } = setUp();
    await run();
    await run();
    expect(topics(published)).toEqual(['los-angeles', 'ministry']);
    expect(consulate()).toEqual(losAngeles);
  });

  it.each(['ministry', 'los-angeles'])('tells the other when %s is refused or down', async (broken) => {
    const down = (topic: string) => (topic === broken ? new Error('down') : undefined);
    const { run, published } = setUp({ channel: { outcome: down } });
    const { results } = await run();
    expect(published).toHaveLength(1);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['failed', 'sent']);
  });

  it('writes to the office that was recorded, whatever a second search says', async () => {
    const { run, published } = setUp({ recorded: { id: 'fresno', distanceMeters: 1, basis: 'great-circle' } });
    await run();
    expect(topics(published)).toEqual(['fresno', 'ministry']);
    expect(published.every(({ publication }) => publication.subject.includes('Fresno'))).toBe(true);
  });

  it('does not search where the ministry owns the alert, and writes to it once', async () => {
    const { run, published, chooseConsulate } = setUp({
      alert: { deliveries: { family: { status: 'pending' }, ministry: { status: 'pending' } } },
    });
    await run();
    expect(topics(published)).toEqual(['ministry']);
    expect(chooseConsulate).not.toHaveBeenCalled();
  });

  it('tells nobody and asks nobody without authorisation', async () => {
    const { run, published, chooseConsulate } = setUp({ alert: { consularNotification: false } });
    expect((await run()).results).toEqual([]);
    expect(published).toEqual([]);
    expect(chooseConsulate).not.toHaveBeenCalled();
  });

  it('passes the alert on to the next office and the ministry when nobody listens at the first', async () => {
    const nobody = (topic: string) => ({ kind: 'accepted' as const, reached: topic === 'ministry' ? 1 : 0 });
    const { run, deps, followUps, statusOf } = setUp({ channel: { outcome: nobody } });
    const { results } = await run();
    expect(results).toMatchObject([{ kind: 'unreachable', reason: 'no-subscriber' }, { kind: 'sent' }]);
    expect(statusOf('consulate')).toBe('unreachable');
    expect(followUps).toMatchObject([
      {
        eventId: 'office-unreachable.los-angeles',
        consulate: { id: 'santa-ana' },
        triedConsulates: ['los-angeles'],
        deliveries: { 'consulate:santa-ana': { status: 'pending' }, ministry: { status: 'pending' } },
      },
    ]);

    const [first] = followUps;
    const next = fakeDeliveryStore(first!.deliveries);
    const { channel, published } = fakeChannel();
    await tellOfficesOfEvent({ ...deps, channel, deliveries: next.store }, first!);
    expect(topics(published)).toEqual(['ministry', 'santa-ana']);
    expect(published.every(({ publication }) => publication.attributes['type'] === 'alert.escalated.v1')).toBe(true);
  });

  it.each([
    ['is closed', { state: 'closed' }],
    ['went on to another', { consulate: { ...losAngeles, id: 'oxnard' } }],
  ] as const)(
    'leaves it where it is when nobody listens at the first and the case %s meanwhile',
    async (_, meanwhile) => {
      const { run, followUps, statusOf } = setUp({ channel: { reached: 0 }, meanwhile });
      await run();
      expect(statusOf('consulate')).toBe('unreachable');
      expect(followUps).toEqual([]);
    },
  );

  it('makes the ministry the owner when three offices in a row have nobody', async () => {
    const { deps, run, followUps } = setUp({ channel: { reached: 0 } });
    await run();
    for (const hop of [0, 1]) {
      const store = fakeDeliveryStore(followUps[hop]!.deliveries);
      await tellOfficesOfEvent({ ...deps, deliveries: store.store }, followUps[hop]!);
      followUps.push(...store.followUps);
    }
    expect(followUps.map((event) => 'consulate' in event && event.consulate.id)).toEqual([
      'santa-ana',
      'san-bernardino',
      'ministry',
    ]);
    expect(followUps.at(-1)?.deliveries).toEqual({ ministry: { status: 'pending' } });
  });
});
