import { describe, expect, it } from 'vitest';
import type { WatchmanDeps } from '../../functions/watchman/handler.ts';
import { createHandler } from '../../functions/watchman/handler.ts';
import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import type { EventRef } from '../../shared/domain/event-ref.ts';
import type { StoredEvent } from '../../shared/telling/stored-event.ts';
import type { FamilyTopic, OfficeMessage, OfficeTopic } from '../../shared/telling/channel.ts';
import { aCase, anEventOf } from '../support/cases.ts';
import { fakeChannel, fakeDeliveryStore, fakeFamilies } from '../support/fakes.ts';
import { aContext } from '../support/fixtures.ts';

const pending = { status: 'pending' } as const;
const now = new Date('2026-11-22T20:10:00.000Z');

/** A watchman whose only work is one later event of a case. */
const watchmanOf = (channel: ReturnType<typeof fakeChannel>['channel']) => {
  const event = anEventOf(7, {
    type: 'alert.acknowledged.v1',
    officer: 'Ana',
    deliveries: { family: pending, ministry: pending },
  });
  const current = aCase({ events: [event] });
  const deliveries = fakeDeliveryStore(event.deliveries);
  const { families } = fakeFamilies(current.family);
  const telling = {
    now: () => now,
    channel,
    families,
    deliveries: deliveries.store,
    cases: { read: async () => current },
    linkFor: async () => 'https://example.org/c/token',
    consulateById,
    desk: ministryDesk,
    nearestConsulate: () => undefined,
    consulateTopicArn: (id: string) => id,
    ministryTopicArn: 'ministry',
    reaches: { get: async () => undefined, due: async () => [] },
    officeReach: { get: async () => ({ offices: {}, checkAtMs: Infinity }) },
  };
  const handler = createHandler({
    due: {
      due: async function* () {
        yield { familyId: event.familyId, alertId: event.alertId, eventId: event.eventId, dueAtMs: 0 };
      },
      read: async (_ref: EventRef): Promise<StoredEvent> => ({ kind: 'event', event, dueAtMs: 0 }),
      reschedule: async () => true,
    },
    family: telling,
    authorities: telling,
    reach: telling,
    cases: telling.cases,
    delays: { nextOfficeMs: 1, ministryMs: 1 },
  } as unknown as WatchmanDeps);
  return { handler, statusOf: deliveries.statusOf };
};

describe('the watchman', () => {
  it('tells a family of a later event while SNS does not answer for the ministry (G4)', async () => {
    const { channel } = fakeChannel();
    const silence = Promise.withResolvers<never>();
    const told = Promise.withResolvers<string>();
    const { handler, statusOf } = watchmanOf({
      ...channel,
      send: async (topic: FamilyTopic & OfficeTopic, publication: OfficeMessage) => {
        if (topic.officeId === 'ministry') return silence.promise;
        told.resolve(topic.key);
        return channel.send(topic, publication);
      },
    });
    const round = handler({} as never, aContext);
    expect(await told.promise).toContain('family');
    silence.reject(new Error('SNS does not answer'));
    await round;
    expect([statusOf('family'), statusOf('ministry')]).toEqual(['sent', 'pending']);
  });
});
