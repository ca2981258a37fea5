import * as z from 'zod';

const requestSchema = z.object({
  RequestType: z.string(),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  ResourceProperties: z.unknown(),
});

export type CustomResourceContext = { getRemainingTimeInMillis(): number };

type CustomResource = {
  /** Constant: if it changed, CloudFormation would send Delete for the old one. */
  readonly physicalId: string;
  /** @returns what `Fn::GetAtt` gives */
  readonly make: (properties: unknown) => Promise<Readonly<Record<string, string>> | undefined>;
  /** What a fault is answered as: a stack that goes on without it, or one that is rolled back. */
  readonly whenFailed: (fault: unknown) => Answer;
  readonly answer: (url: string, body: Record<string, unknown>) => Promise<void>;
};

type Answer =
  | { readonly Status: 'SUCCESS'; readonly Data?: Readonly<Record<string, string>> }
  | { readonly Status: 'FAILED'; readonly Reason: string };

/**
 * Answers CloudFormation on every path, even shortly before its own time limit: without an answer a stack waits for an
 * hour. Delete does nothing: what it made goes with the stack's other resources.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
 */
export const customResource = ({ physicalId, make, whenFailed, answer }: CustomResource) => {
  const carryOut = async (requestType: string, properties: unknown) => {
    if (requestType === 'Delete') return undefined;
    if (requestType !== 'Create' && requestType !== 'Update') throw new Error(`unknown request type ${requestType}`);
    return make(properties);
  };
  return async (event: unknown, context: CustomResourceContext): Promise<void> => {
    const { RequestType, ResponseURL, ResourceProperties, ...ids } = requestSchema.parse(event);
    const { promise: closing, reject } = Promise.withResolvers<never>();
    const remainingMs = context.getRemainingTimeInMillis();
    const timer = setTimeout(
      () => reject(new Error('it took too long')),
      Math.max(remainingMs - 10_000, remainingMs / 2),
    );
    const outcome = await Promise.race([carryOut(RequestType, ResourceProperties), closing])
      .then((Data): Answer => ({ Status: 'SUCCESS', ...(Data && { Data }) }))
      .catch(whenFailed)
      .finally(() => clearTimeout(timer));
    await answer(ResponseURL, { ...ids, PhysicalResourceId: physicalId, ...outcome });
  };
};
