import { setTimeout as pause } from 'node:timers/promises';
import {
  AccessDeniedException,
  BatchDeleteGeofenceCommand,
  BatchPutGeofenceCommand,
  ListGeofencesCommand,
  LocationClient,
} from '@aws-sdk/client-location';

/** An office as a geofence: a circle around a point in degrees, WGS 84. */
type OfficePoint = { readonly id: string; readonly latitude: number; readonly longitude: number };

// Wide enough for Location to accept, narrow enough that no two offices overlap.
const circleRadiusMeters = 100;

// Both batch operations take 10: https://docs.aws.amazon.com/location/latest/APIReference/API_BatchPutGeofence.html
const batchesOf = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / 10) }, (_, batch) => items.slice(batch * 10, batch * 10 + 10));

type BatchError = {
  readonly GeofenceId?: string | undefined;
  readonly Error?: { readonly Code?: string | undefined; readonly Message?: string | undefined } | undefined;
};

const throwIfAny = (action: string, errors: readonly BatchError[]): void => {
  if (errors.length === 0) return;
  const each = errors.map((error) => `${error.GeofenceId} (${error.Error?.Code}: ${error.Error?.Message})`);
  throw new Error(`Amazon Location did not ${action} ${each.join(', ')}`);
};

// A role that was made seconds ago is not known everywhere yet, and no SDK tries a refusal again. Within half of the
// function's time: a role that is wrong fails the deploy with its reason.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
const refusals = 12;
const betweenRefusalsMs = 5_000;

const untilRoleIsKnown = async <Answer>(
  ask: () => Promise<Answer>,
  wait: (ms: number) => Promise<unknown>,
): Promise<Answer> => {
  for (let refused = 0; ; refused += 1) {
    try {
      return await ask();
    } catch (fault) {
      if (!(fault instanceof AccessDeniedException) || refused === refusals) throw fault;
      await wait(betweenRefusalsMs);
    }
  }
};

const listIds = async (client: Pick<LocationClient, 'send'>, collectionName: string): Promise<string[]> => {
  const ids: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(new ListGeofencesCommand({ CollectionName: collectionName, NextToken: nextToken }));
    for (const entry of page.Entries ?? []) {
      if (entry.GeofenceId !== undefined) ids.push(entry.GeofenceId);
    }
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return ids;
};

/** Writes a geofence collection; seeding runs once a deployment, so the SDK's own retries and time limits suffice. */
export const createLocationGeofences = (
  client: Pick<LocationClient, 'send'> = new LocationClient({ maxAttempts: 5 }),
  wait: (ms: number) => Promise<unknown> = pause,
) => ({
  /**
   * Makes the collection hold exactly these offices. Safe to repeat. What left is deleted last, so that the search
   * never finds less than it should.
   * @throws naming each geofence that Location refused.
   */
  replaceAll: async (collectionName: string, offices: readonly OfficePoint[]): Promise<void> => {
    for (const batch of batchesOf(offices)) {
      const command = new BatchPutGeofenceCommand({
        CollectionName: collectionName,
        Entries: batch.map(({ id, latitude, longitude }) => ({
          GeofenceId: id,
          Geometry: { Circle: { Center: [longitude, latitude], Radius: circleRadiusMeters } },
        })),
      });
      const answer = await untilRoleIsKnown(async () => client.send(command), wait);
      throwIfAny('store', answer.Errors ?? []);
    }
    const wanted = new Set(offices.map((office) => office.id));
    const left = (await listIds(client, collectionName)).filter((id) => !wanted.has(id));
    for (const batch of batchesOf(left)) {
      const answer = await client.send(
        new BatchDeleteGeofenceCommand({ CollectionName: collectionName, GeofenceIds: batch }),
      );
      throwIfAny('delete', answer.Errors ?? []);
    }
  },
});
