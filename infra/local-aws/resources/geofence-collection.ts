import * as z from 'zod';
import { stringAt } from '../json.ts';
import { inert, resourceType } from './resource-type.ts';

/** `AWS::Location::GeofenceCollection` */
export const geofenceCollection = resourceType(
  z.strictObject({
    CollectionName: z.string(),
    Description: z.string().optional(),
    KmsKeyId: z.string().optional(),
    Tags: inert,
  }),
  async ({ CollectionName, Description, KmsKeyId }, _resource, { location }) => {
    const given = { CollectionName, ...(Description && { Description }), ...(KmsKeyId && { KmsKeyId }) };
    const arn = stringAt(await location.call('CreateGeofenceCollection', given), 'CollectionArn') ?? '';
    return { ref: CollectionName, attributes: { Arn: arn, CollectionArn: arn } };
  },
);
