import { type LocationClient, AccessDeniedException } from '@aws-sdk/client-location';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHandler } from '../../functions/seed-geofences/handler.ts';
import { createLocation } from '../../infra/local-aws/location/location.ts';
import { answerCloudFormation } from '../../shared/adapters/cloudformation-answer.ts';
import { createLocationGeofences } from '../../shared/adapters/location-geofences.ts';
import { clientOf } from '../support/sdk-client.ts';

const offices = Array.from({ length: 23 }, (_, index) => ({
  id: `office-${index}`,
  latitude: 30 + index / 10,
  longitude: -100,
}));

/** The local Location with a collection that holds `initial`. */
const collection = async (initial: readonly string[] = []) => {
  const service = createLocation({ now: () => new Date() });
  await service.call('CreateGeofenceCollection', { CollectionName: 'offices' });
  const { client, sent } = clientOf(service);
  const { replaceAll } = createLocationGeofences(client);
  if (initial.length > 0) {
    await replaceAll(
      'offices',
      initial.map((id) => ({ id, latitude: 40, longitude: -90 })),
    );
  }
  sent.splice(0);
  const circles = () => new Map(service.collections()[0]!.geofences.map(({ id, ...circle }) => [id, circle]));
  return { circles, sent, replaceAll };
};

const request = (RequestType: string, properties: Record<string, unknown> = {}) => ({
  RequestType,
  ResponseURL: 'https://cloudformation.example/answer?signature=abc',
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'Geofences',
  ResourceType: 'Custom::OfficeGeofences',
  ResourceProperties: { CollectionName: 'offices', Geofences: JSON.stringify(offices), DataHash: 'x', ...properties },
});

const run = async (
  event: unknown,
  replaceAll: Parameters<typeof createHandler>[0]['replaceAll'],
  remainingMs = 60_000,
) => {
  const answers: { url: string; body: Record<string, unknown> }[] = [];
  const handler = createHandler({
    replaceAll,
    answer: async (url, body) => {
      answers.push({ url, body });
    },
  });
  await handler(event, { getRemainingTimeInMillis: () => remainingMs });
  expect(answers).toHaveLength(1);
  return answers[0]!;
};

describe('seeding the geofences', () => {
  it('puts a circle of 100 m per office, ten a call, and answers CloudFormation', async () => {
    const { circles, sent, replaceAll } = await collection();
    const { url, body } = await run(request('Create'), replaceAll);
    expect(url).toBe('https://cloudformation.example/answer?signature=abc');
    expect(body).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: 'office-geofences',
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Geofences',
    });
    expect(circles().size).toBe(23);
    expect(circles().get('office-1')).toEqual({ center: { longitude: -100, latitude: 30.1 }, radiusMeters: 100 });
    expect(sent.filter(({ operation }) => operation === 'BatchPutGeofence')).toHaveLength(3);
  });

  it('takes a list whose numbers CloudFormation has made text', async () => {
    const { circles, replaceAll } = await collection();
    const Geofences = [{ id: 'yuma', latitude: '32.69', longitude: '-114.62' }];
    expect(await run(request('Create', { Geofences }), replaceAll)).toMatchObject({ body: { Status: 'SUCCESS' } });
    expect(circles().get('yuma')).toEqual({ center: { longitude: -114.62, latitude: 32.69 }, radiusMeters: 100 });
  });

  it('deletes what left, over all pages', async () => {
    const left = Array.from({ length: 112 }, (_, index) => `gone-${index}`);
    const { circles, replaceAll } = await collection(left);
    await run(request('Update'), replaceAll);
    expect([...circles().keys()].sort()).toEqual(offices.map(({ id }) => id).sort());
  });

  it('fails when Location refuses one geofence, naming it', async () => {
    const Geofences = [...offices, { id: 'no such/id', latitude: 30, longitude: -100 }];
    const { body } = await run(request('Create', { Geofences }), (await collection()).replaceAll);
    expect(body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'office-geofences' });
    expect(body['Reason']).toMatch(/did not store no such\/id \(ValidationError: /);
  });

  describe('with a role that was made seconds ago', () => {
    const denied = new AccessDeniedException({
      message: 'is not authorized to perform: geo:BatchPutGeofence',
      Message: 'is not authorized to perform: geo:BatchPutGeofence',
      $metadata: {},
    });
    const refusing = async (times: number) => {
      const service = createLocation({ now: () => new Date() });
      await service.call('CreateGeofenceCollection', { CollectionName: 'offices' });
      const { client, sent } = clientOf(service);
      const location: LocationClient = client;
      let left = times;
      const waited: number[] = [];
      const sometimes = async (...given: Parameters<LocationClient['send']>): Promise<unknown> => {
        left -= 1;
        if (left >= 0) throw denied;
        return location.send(...given);
      };
      const refused = { send: sometimes } as unknown as LocationClient;
      const { replaceAll } = createLocationGeofences(refused, async (ms) => waited.push(ms));
      return { sent, replaceAll, waited };
    };

    it('waits until Location knows it', async () => {
      const { sent, replaceAll, waited } = await refusing(4);
      expect(await run(request('Create'), replaceAll)).toMatchObject({ body: { Status: 'SUCCESS' } });
      expect(waited).toEqual([5_000, 5_000, 5_000, 5_000]);
      expect(sent.filter(({ operation }) => operation === 'BatchPutGeofence')).toHaveLength(3);
    });

    it('fails with the reason after a minute, when the role is wrong', async () => {
      const { replaceAll, waited } = await refusing(1_000);
      const { body } = await run(request('Create'), replaceAll);
      expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('geo:BatchPutGeofence') });
      expect(waited.reduce((sum, ms) => sum + ms, 0)).toBe(60_000);
    });
  });

  it('changes nothing on Delete', async () => {
    const { circles, sent, replaceAll } = await collection(['office-1']);
    expect(await run(request('Delete', { CollectionName: undefined }), replaceAll)).toMatchObject({
      body: { Status: 'SUCCESS' },
    });
    expect(sent).toEqual([]);
    expect(circles().size).toBe(1);
  });

  it.each([
    ['an unknown request type', request('Reboot'), /unknown request type Reboot/],
    ['offices that are no JSON', request('Create', { Geofences: '{' }), /SyntaxError/],
    ['no offices', request('Create', { Geofences: '[]' }), /Geofences/],
    ['no collection', request('Create', { CollectionName: undefined }), /CollectionName/],
  ])('answers FAILED to %s', async (_, event, reason) => {
    const { body } = await run(event, (await collection()).replaceAll);
    expect(body).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) });
  });

  describe('when Location never answers', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it.each([
      [60_000, 50_000],
      [3_000, 1_500],
    ])('answers FAILED before its own time of %d ms is up', async (remainingMs, answeredAfterMs) => {
      const outcome = run(request('Create'), async () => new Promise(() => {}), remainingMs);
      await vi.advanceTimersByTimeAsync(answeredAfterMs);
      expect(await outcome).toMatchObject({ body: { Status: 'FAILED', Reason: 'Error: it took too long' } });
    });
  });
});

describe('answering CloudFormation', () => {
  const body = { Status: 'SUCCESS' };

  it('puts JSON without a content type, and again when that failed', async () => {
    const outcomes = [
      new TypeError('fetch failed'),
      new Response(null, { status: 503 }),
      new Response(null, { status: 200 }),
    ];
    const sent: RequestInit[] = [];
    await answerCloudFormation('https://cloudformation.example/answer', body, async (_, init) => {
      sent.push(init!);
      const outcome = outcomes[sent.length - 1]!;
      if (outcome instanceof Error) throw outcome;
      return outcome;
    });
    expect(sent).toHaveLength(3);
    expect(sent[0]).toMatchObject({ method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(body) });
  });

  it('throws when nothing got through, so that Lambda tries the whole request again', async () => {
    const refused = async () => new Response(null, { status: 403 });
    await expect(answerCloudFormation('https://cloudformation.example/answer', body, refused)).rejects.toThrow(
      'did not take the answer',
    );
  });
});
