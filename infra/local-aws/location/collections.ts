import * as z from 'zod';
import { operationsOf, type Operation } from '../aws-input.ts';
import { conflict, notFound, refuseInput } from './errors.ts';
import { collectionName, findCollection, type LocationState } from './state.ts';

const define = operationsOf(refuseInput);

const byName = z.strictObject({ CollectionName: collectionName });

const tags = z
  .record(
    z.string().regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.,:/=+\-@]{1,128}$/iu),
    z.string().regex(/^[\p{L}\p{Z}\p{N}_.,:/=+\-@]{0,256}$/u),
  )
  .refine((record) => Object.keys(record).length <= 50, 'at most 50 tags');

export const collectionOperations = (state: LocationState): Record<string, Operation> => {
  const arnOf = (name: string) => `arn:aws:geo:${state.region}:${state.account}:geofence-collection/${name}`;
  return {
    /** https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_CreateGeofenceCollection.html */
    CreateGeofenceCollection: define(
      z.strictObject({
        CollectionName: collectionName,
        Description: z.string().max(1000).optional(),
        Tags: tags.optional(),
        KmsKeyId: z.string().min(1).max(2048).optional(),
        PricingPlan: z
          .literal('RequestBasedUsage', 'no longer used; the only allowed value is RequestBasedUsage')
          .optional(),
      }),
      ({ CollectionName: name, Description = '', Tags = {}, KmsKeyId }) => {
        if (state.collections.has(name)) throw conflict(`Geofence collection ${name} already exists`);
        const createdAt = state.now();
        state.collections.set(name, {
          name,
          description: Description,
          tags: Tags,
          kmsKeyId: KmsKeyId,
          createdAt,
          updatedAt: createdAt,
          geofences: new Map(),
        });
        return { CollectionName: name, CollectionArn: arnOf(name), CreateTime: createdAt };
      },
    ),

    /** https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_DescribeGeofenceCollection.html */
    DescribeGeofenceCollection: define(byName, ({ CollectionName }) => {
      const collection = findCollection(state, CollectionName);
      return {
        CollectionName,
        CollectionArn: arnOf(CollectionName),
        Description: collection.description,
        Tags: collection.tags,
        PricingPlan: 'RequestBasedUsage',
        PricingPlanDataSource: '',
        CreateTime: collection.createdAt,
        UpdateTime: collection.updatedAt,
        GeofenceCount: collection.geofences.size,
        ...(collection.kmsKeyId !== undefined && { KmsKeyId: collection.kmsKeyId }),
      };
    }),

    /** Deletes the geofences as well: https://docs.aws.amazon.com/location/latest/APIReference/API_WaypointGeofencing_DeleteGeofenceCollection.html */
    DeleteGeofenceCollection: define(byName, ({ CollectionName }) => {
      if (!state.collections.delete(CollectionName)) throw notFound(`Geofence collection ${CollectionName}`);
      return {};
    }),
  };
};
