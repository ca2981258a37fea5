import { describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../functions/record-positions/handler.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import type { ChooseConsulateFacts, ChosenConsulate } from '../../shared/domain/choose-consulate.ts';
import type { TrackPoint } from '../../shared/domain/position.ts';
import { fakeCaseStore } from '../support/fake-case-store.ts';
import { aContext, aFamily, anAlert, anEvent, answerOf } from '../support/fixtures.ts';

const { position: _position, ...withoutPosition } = anAlert();
const position = { latitude: 36.7, longitude: -119.8, measuredAt: '2026-11-22T20:05:00-08:00' };

const setUp = (alert: Alert = withoutPosition) => {
  const cases = fakeCaseStore(alert, aFamily());
  const added: TrackPoint[] = [];
  const chooseConsulate = vi.fn(async (_facts: ChooseConsulateFacts): Promise<ChosenConsulate> => ({
    kind: 'chosen',
    assigned: { id: 'fresno', distanceMeters: 900, basis: 'location' },
  }));
  const handler = createHandler({
    devices: {
      authenticate: async () => ({ device: { deviceId: 'd', familyId: alert.familyId }, consularNotification: true }),
    },
    alerts: { get: async (_, alertId) => (alertId === alert.alertId ? cases.current().alert : undefined) },
    cases: cases.store,
    track: { add: async (_alert, points) => void added.push(...points) },
    chooseConsulate,
    now: () => new Date('2026-11-23T05:00:00.000Z'),
    newId: () => 'id',
  });
  const post = async (json: unknown, alertId = alert.alertId) =>
    answerOf(
      await handler(
        anEvent({
          json,
          pathParameters: { alertId },
          headers: { 'content-type': 'application/json', authorization: `Bearer ${alert.familyId}.${'s'.repeat(43)}` },
        }),
        aContext,
      ),
    );
  return { post, added, chooseConsulate, ...cases };
};

describe('POST /v1/alerts/{alertId}/positions', () => {
  it('keeps each position with its time in UTC, ours where the phone gave none', async () => {
    const { post, added } = setUp(anAlert());
    expect((await post({ positions: [position, { latitude: 36.8, longitude: -119.9 }] })).status).toBe(202);
    expect(added.map(({ measuredAt }) => measuredAt)).toEqual(['2026-11-23T04:05:00.000Z', '2026-11-23T05:00:00.000Z']);
  });

  it('lets the first usable position decide the office, and tells everyone', async () => {
    const ministry = { id: 'ministry', distanceMeters: null, basis: 'ministry' } as const;
    const { post, current } = setUp({ ...withoutPosition, consulate: ministry, toldConsulates: ['ministry'] });
    await post({ positions: [{ latitude: 0, longitude: 0 }, position] });
    expect(current().alert).toMatchObject({ consulate: { id: 'fresno' }, position: { latitude: 36.7 } });
    expect(current().events).toMatchObject([{ type: 'alert.located.v1', cause: 'position', previous: 'ministry' }]);
    expect(Object.keys(current().events[0]?.deliveries ?? {})).toEqual(['family', 'consulate:fresno', 'ministry']);
  });

  it('decides all the same when somebody changes the case at that moment', async () => {
    const { post, current, interrupt } = setUp(withoutPosition);
    interrupt({ state: 'acknowledged' });
    expect((await post({ positions: [position] })).status).toBe(202);
    expect(current().alert).toMatchObject({ state: 'acknowledged', consulate: { id: 'fresno' } });
  });

  it('tells the office before as well when another one has it now', async () => {
    const home = { id: 'los-angeles', distanceMeters: 5, basis: 'home' } as const;
    const { post, current } = setUp({ ...withoutPosition, consulate: home, toldConsulates: ['los-angeles'] });
    await post({ positions: [position] });
    expect(Object.keys(current().events[0]?.deliveries ?? {})).toEqual([
      'family',
      'consulate:los-angeles',
      'consulate:fresno',
      'ministry',
    ]);
  });

  it.each([
    ['the press had a position', anAlert()],
    ['the person did not authorise it', { ...withoutPosition, consularNotification: false }],
    ['the case is closed', { ...withoutPosition, state: 'closed' as const }],
    [
      'it was cancelled, with whichever PIN',
      { ...withoutPosition, deviceView: { state: 'closed', status: '{}', until: '2027-01-01T00:00:00.000Z' } as const },
    ],
  ])('decides nothing when %s, and keeps the positions all the same', async (_, alert) => {
    const { post, chooseConsulate, current, added } = setUp(alert);
    expect((await post({ positions: [position] })).status).toBe(202);
    expect(chooseConsulate).not.toHaveBeenCalled();
    expect(current().events).toEqual([]);
    expect(added).toHaveLength(1);
  });

  it.each([
    [{}, ['positions']],
    [{ positions: [] }, ['positions']],
    [{ positions: Array.from({ length: 101 }, () => position) }, ['positions']],
    [{ positions: [{ ...position, latitude: 91 }] }, ['positions.0.latitude']],
    [{ positions: [{ ...position, measuredAt: 'noon' }] }, ['positions.0.measuredAt']],
  ])('names what is wrong in %j', async (json, fields) => {
    const { status, body } = await setUp().post(json);
    expect(status).toBe(400);
    expect(body.errors?.map(({ field }) => field)).toEqual(fields);
  });

  it('answers 404 for what is not this family’s', async () => {
    expect((await setUp().post({ positions: [position] }, '33333333-3333-4333-8333-333333333333')).status).toBe(404);
  });
});
