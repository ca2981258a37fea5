import * as z from 'zod';

const requestSchema = z.object({
  RequestType: z.string(),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: z.unknown(),
});

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

const seed = async (deps: Deps, requestType: string, properties: unknown): Promise<void> => {
  // The collection is a resource of the same stack. Deleting it deletes its geofences.
  if (requestType === 'Delete') return;
  if (requestType !== 'Create' && requestType !== 'Update') throw new Error(`unknown request type ${requestType}`);
  const { CollectionName, Geofences } = propertiesSchema.parse(properties);
  await deps.replaceAll(CollectionName, Geofences);
};

/**
 * The custom resource that fills the geofence collection; the function is the service token itself. It answers
 * CloudFormation on every path, even shortly before its own time limit: without an answer a stack waits for an hour.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export const createHandler =
  (deps: Deps) => async (event: unknown, context: { getRemainingTimeInMillis(): number }) => {
    const { RequestType, ResponseURL, ResourceProperties, ...ids } = requestSchema.parse(event);
    const { promise: closing, reject } = Promise.withResolvers<never>();
    const remainingMs = context.getRemainingTimeInMillis();
    const timer = setTimeout(
      () => reject(new Error('seeding took too long')),
      Math.max(remainingMs - 10_000, remainingMs / 2),
    );
    const outcome = await Promise.race([seed(deps, RequestType, ResourceProperties), closing])
      .then(() => ({ Status: 'SUCCESS' }))
      .catch((fault: unknown) => ({ Status: 'FAILED', Reason: String(fault).slice(0, 1_000) }))
      .finally(() => clearTimeout(timer));
    // A constant id: if it changed, CloudFormation would send Delete for the old one.
    await deps.answer(ResponseURL, { ...ids, PhysicalResourceId: 'office-geofences', ...outcome });
  };
