import { beforeEach, describe, expect, it } from 'vitest';
import { createLocation, type LocalLocation } from '../../infra/local-aws/location/location.ts';

const CollectionName = 'offices';
const circle = (Center: number[], Radius = 100) => ({ Circle: { Center, Radius } });
let now: Date;
let location: LocalLocation;

beforeEach(async () => {
  now = new Date('2026-05-01T12:00:00Z');
  location = createLocation({ now: () => now, random: () => 0.5 });
  await location.call('CreateGeofenceCollection', { CollectionName });
});

const putBatch = async (Entries: unknown[]) => location.call('BatchPutGeofence', { CollectionName, Entries });
const put = async (input: Record<string, unknown>) =>
  location.call('PutGeofence', { CollectionName, GeofenceId: 'boise', Geometry: circle([-116.2, 43.6]), ...input });
const refused = (field: string, reason = 'FieldValidationFailed') => ({
  code: 'ValidationException',
  statusCode: 400,
  details: { reason, fieldList: [{ name: field, message: expect.any(String) }] },
});

describe('a geofence collection', () => {
  // https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_CreateGeofenceCollection.html
  it('is created once, described, and deleted with its geofences', async () => {
    await expect(location.call('CreateGeofenceCollection', { CollectionName })).rejects.toMatchObject({
      code: 'ConflictException',
      statusCode: 409,
    });
    await put({});
    expect(await location.call('DescribeGeofenceCollection', { CollectionName })).toMatchObject({
      CollectionName,
      CollectionArn: 'arn:aws:geo:us-east-1:000000000000:geofence-collection/offices',
      CreateTime: now,
      GeofenceCount: 1,
    });
    await location.call('DeleteGeofenceCollection', { CollectionName });
    const missing = { code: 'ResourceNotFoundException', statusCode: 404 };
    await expect(location.call('DeleteGeofenceCollection', { CollectionName })).rejects.toMatchObject(missing);
    await expect(put({})).rejects.toMatchObject(missing);
    await expect(location.call('ListGeofences', { CollectionName })).rejects.toMatchObject(missing);
  });

  it('is refused a name with spaces or too long, and a pricing plan other than the only one', async () => {
    const create = async (input: Record<string, unknown>) => location.call('CreateGeofenceCollection', input);
    await expect(create({ CollectionName: 'my offices' })).rejects.toMatchObject(refused('CollectionName'));
    await expect(create({ CollectionName: 'o'.repeat(101) })).rejects.toMatchObject(refused('CollectionName'));
    await expect(create({})).rejects.toMatchObject(refused('CollectionName', 'Missing'));
    await expect(create({ CollectionName: 'b', PricingPlan: 'MobileAssetTracking' })).rejects.toMatchObject(
      refused('PricingPlan'),
    );
  });
});

// https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_BatchPutGeofence.html
describe('BatchPutGeofence', () => {
  it('stores the good entries and names the bad ones', async () => {
    const answer = await putBatch([
      { GeofenceId: 'boise', Geometry: circle([-116.2, 43.6]) },
      { GeofenceId: 'flat', Geometry: circle([-116.2, 43.6], 0) },
      { GeofenceId: 'huge', Geometry: circle([-116.2, 43.6], 100_001) },
      { GeofenceId: 'swapped', Geometry: circle([43.6, -116.2]) },
      { GeofenceId: 'flatland', Geometry: circle([-116.2]) },
      { GeofenceId: 'with space', Geometry: circle([-116.2, 43.6]) },
      { GeofenceId: 'nothing', Geometry: {} },
      { GeofenceId: 'wordy', Geometry: circle([-116.2, 43.6]), GeofenceProperties: { kind: 'x'.repeat(41) } },
    ]);
    expect(answer['Successes']).toEqual([{ GeofenceId: 'boise', CreateTime: now, UpdateTime: now }]);
    expect(answer['Errors']).toEqual(
      ['flat', 'huge', 'swapped', 'flatland', 'with space', 'nothing', 'wordy'].map((GeofenceId) => ({
        GeofenceId,
        Error: { Code: 'ValidationError', Message: expect.any(String) },
      })),
    );
    expect(location.collections()[0]?.geofences.map(({ id }) => id)).toEqual(['boise']);
  });

  it('takes one to ten entries', async () => {
    const entries = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ GeofenceId: `g${index}`, Geometry: circle([-116.2, 43.6]) }));
    await putBatch(entries(10));
    await expect(putBatch(entries(11))).rejects.toMatchObject(refused('Entries'));
    await expect(putBatch([])).rejects.toMatchObject(refused('Entries'));
  });

  it('keeps the time of creation when it moves a geofence', async () => {
    const created = now;
    await putBatch([{ GeofenceId: 'boise', Geometry: circle([-116.2, 43.6]) }]);
    now = new Date('2026-05-02T12:00:00Z');
    await putBatch([{ GeofenceId: 'boise', Geometry: circle([-117, 44], 200) }]);
    expect(await location.call('GetGeofence', { CollectionName, GeofenceId: 'boise' })).toEqual({
      GeofenceId: 'boise',
      Geometry: circle([-117, 44], 200),
      Status: 'ACTIVE',
      CreateTime: created,
      UpdateTime: now,
    });
  });

  it('does not pretend to know polygons', async () => {
    const Polygon = [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ];
    await expect(putBatch([{ GeofenceId: 'county', Geometry: { Polygon } }])).rejects.toMatchObject({
      code: 'NotImplemented',
      message: expect.stringContaining('Polygon'),
    });
  });
});

it('PutGeofence refuses what the batch only reports', async () => {
  // https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_PutGeofence.html
  await expect(put({ Geometry: circle([-200, 43.6]) })).rejects.toMatchObject(refused('Geometry.Circle.Center'));
  await expect(put({ Geometry: undefined })).rejects.toMatchObject(refused('Geometry', 'Missing'));
  await expect(put({ Colour: 'red' })).rejects.toThrow('Location PutGeofence.Colour');
});

// https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_ListGeofences.html
it('ListGeofences answers in pages of at most 100', async () => {
  for (let index = 0; index < 101; index += 1) await put({ GeofenceId: `g${index}` });
  const first = await location.call('ListGeofences', { CollectionName });
  expect(first['Entries']).toHaveLength(100);
  const { Entries, NextToken } = await location.call('ListGeofences', {
    CollectionName,
    NextToken: first['NextToken'],
  });
  expect(Entries).toMatchObject([{ GeofenceId: 'g100', Status: 'ACTIVE' }]);
  expect(NextToken).toBeUndefined();
  await expect(location.call('ListGeofences', { CollectionName, MaxResults: 101 })).rejects.toMatchObject(
    refused('MaxResults'),
  );
  await expect(location.call('ListGeofences', { CollectionName, NextToken: 'x' })).rejects.toMatchObject(
    refused('NextToken'),
  );
});

// https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_BatchDeleteGeofence.html
it('BatchDeleteGeofence deletes what is there and reports what is not', async () => {
  await put({});
  const remove = async (GeofenceIds: string[]) => location.call('BatchDeleteGeofence', { CollectionName, GeofenceIds });
  expect(await remove(['boise', 'gone'])).toEqual({
    Errors: [{ GeofenceId: 'gone', Error: { Code: 'ResourceNotFoundError', Message: expect.any(String) } }],
  });
  await expect(location.call('GetGeofence', { CollectionName, GeofenceId: 'boise' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
  await expect(remove([])).rejects.toMatchObject(refused('GeofenceIds'));
});
