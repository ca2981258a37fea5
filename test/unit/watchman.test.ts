import { describe, expect, it } from 'vitest';
import type { WatchmanDeps } from '../../functions/watchman/handler.ts';
import { createHandler } from '../../functions/watchman/handler.ts';
import { consulateById, ministryDesk } from '../../shared/data/consulates.ts';
import type { EventRef } from '../../shared/telling/delivery.ts';
import type { StoredEvent } from '../../shared/telling/watch.ts';
import { aCase, anEventOf } from '../support/cases.ts';
import { fakeAnnouncer, fakeDeliveryStore, fakeFamilies } from '../support/fakes.ts';
import { aContext } from '../support/fixtures.ts';

const pending = { status: 'pending' } as const;
const now = new Date('2026-11-22T20:10:00.000Z');

/** A watchman whose only work is one later event of a case. */
const watchmanOf = (announcer: ReturnType<typeof fakeAnnouncer>['announcer']) => {
  const event = anEventOf(7, {
    type: 'alert.acknowledged.v1',
    officer: 'Ana',
    deliveries: { family: pending, ministry: pending },
  });
  const current = aCase({ events: [event] });
  const deliveries = fakeDeliveryStore(event.deliveries);
  const { families, topics } = fakeFamilies(current.family);
  const telling = {
    now: () => now,
    announcer,
    families,
    topics,
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
    const { announcer } = fakeAnnouncer();
    const silence = Promise.withResolvers<never>();
    const told = Promise.withResolvers<string>();
    const { handler, statusOf } = watchmanOf({
      ...announcer,
      publish: async (topicArn, publication) => {
        if (topicArn === 'ministry') return silence.promise;
        told.resolve(topicArn);
        return announcer.publish(topicArn, publication);
      },
    });
    const round = handler({} as never, aContext);
    expect(await told.promise).toContain('family');
    silence.reject(new Error('SNS does not answer'));
    await round;
    expect([statusOf('family'), statusOf('ministry')]).toEqual(['sent', 'pending']);
  });
});
