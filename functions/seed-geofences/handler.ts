import * as z from 'zod';
import { customResource } from '../../shared/runtime/custom-resource.ts';

const office = z.object({ id: z.string(), latitude: z.coerce.number(), longitude: z.coerce.number() });

/** `Geofences`: JSON text, or a list with numbers as text, as CloudFormation sends them. `DataHash` only causes updates. */
const propertiesSchema = z.object({
  CollectionName: z.string(),
  Geofences: z.preprocess(
    (value): unknown => (typeof value === 'string' ? JSON.parse(value) : value),
    z.array(office).min(1),
  ),
});

type Deps = {
  readonly replaceAll: (collectionName: string, offices: readonly z.infer<typeof office>[]) => Promise<void>;
  /** Puts the answer to the pre-signed URL. */
  readonly answer: (url: string, body: Record<string, unknown>) => Promise<void>;
};

/** The custom resource that fills the geofence collection, which goes with the stack. */
export const createHandler = ({ replaceAll, answer }: Deps) =>
  customResource({
    physicalId: 'office-geofences',
    make: async (properties) => {
      const { CollectionName, Geofences } = propertiesSchema.parse(properties);
      await replaceAll(CollectionName, Geofences);
      return undefined;
    },
    whenFailed: (fault) => ({ Status: 'FAILED', Reason: String(fault).slice(0, 1_000) }),
    answer,
  });
