import { describe, expect, it, vi } from 'vitest';
import { announceRaisedToAuthorities } from '../../shared/domain/announce-to-authorities.ts';
import type { ChosenConsulate } from '../../shared/domain/choose-consulate.ts';
import type { AssignedConsulate } from '../../shared/domain/consulate.ts';
import { fakeAnnouncer, fakeDeliveryStore, fakeFamilies } from '../support/fakes.ts';
import { aFamily, anAlert } from '../support/fixtures.ts';

const losAngeles: AssignedConsulate = { id: 'los-angeles', distanceMeters: 3000, basis: 'location' };

const setUp = (
  options: {
    announcer?: Parameters<typeof fakeAnnouncer>[0];
    recorded?: AssignedConsulate;
    alert?: Parameters<typeof anAlert>[0];
  } = {},
) => {
  const alert = anAlert(options.alert);
  const deliveries = fakeDeliveryStore(alert.deliveries, options.recorded);
  const { announcer, published } = fakeAnnouncer(options.announcer);
  const chooseConsulate = vi.fn<() => Promise<ChosenConsulate>>(async () => ({ kind: 'chosen', assigned: losAngeles }));
  const run = async () =>
    announceRaisedToAuthorities(
      {
        deliveries: deliveries.store,
        announcer,
        families: fakeFamilies(aFamily()).families,
        now: () => new Date('2026-11-22T20:00:00.000Z'),
        chooseConsulate,
        consulateById: (id) => (id === 'ministry' ? undefined : ({ id } as never)),
        consulateTopicArn: (id) => `consulate-${id}`,
        ministryTopicArn: 'ministry',
        composeRaised: (_recipient, facts) => ({ subject: facts.assigned.id, bodies: { default: '' }, attributes: {} }),
      },
      alert,
    );
  return { run, published, chooseConsulate, ...deliveries };
};
const topics = (published: { topicArn: string }[]) => published.map(({ topicArn }) => topicArn).sort();

describe('telling the authorities', () => {
  it('tells the nearest office and the ministry once each, and records the office', async () => {
    const { run, published, consulate } = setUp();
    await run();
    await run();
    expect(topics(published)).toEqual(['consulate-los-angeles', 'ministry']);
    expect(consulate()).toEqual(losAngeles);
  });

  it.each(['ministry', 'consulate-los-angeles'])('tells the other when %s is refused or down', async (broken) => {
    const down = (arn: string) => (arn === broken ? new Error('down') : undefined);
    const { run, published } = setUp({ announcer: { outcome: down } });
    const { results } = await run();
    expect(published).toHaveLength(1);
    expect(results.map(({ kind }) => kind).sort()).toEqual(['failed', 'sent']);
  });

  it('writes to the office that was recorded, whatever a second search says', async () => {
    const { run, published } = setUp({ recorded: { id: 'fresno', distanceMeters: 1, basis: 'great-circle' } });
    await run();
    expect(topics(published)).toEqual(['consulate-fresno', 'ministry']);
    expect(published.every(({ publication }) => publication.subject === 'fresno')).toBe(true);
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
});
