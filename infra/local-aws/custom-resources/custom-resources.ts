import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LambdaFunction } from '../functions/lambda-function.ts';
import type { InvokeOutcome } from '../functions/lambda-worker.ts';
import { parseJson } from '../json.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const responseSchema = z.object({
  Status: z.enum(['SUCCESS', 'FAILED']),
  Reason: z.string().optional(),
  PhysicalResourceId: z.string(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
  NoEcho: z.boolean().optional(),
  Data: z.record(z.string(), z.unknown()).optional(),
});

type Response = z.infer<typeof responseSchema>;

/** Path under which functions answer CloudFormation here. */
export const responsePath = '/_local/cloudformation-response/';

export type CustomResources = {
  /** Creates a custom resource through its function; rejects with the function's reason if it fails. */
  readonly create: (request: {
    readonly function: LambdaFunction;
    readonly resourceType: string;
    readonly logicalId: string;
    readonly properties: Readonly<Record<string, unknown>>;
    readonly timeoutSeconds: number;
  }) => Promise<{ readonly physicalId: string; readonly data: Readonly<Record<string, unknown>> }>;
  /** Takes what a function puts to its `ResponseURL`; false where nobody waits for it or it does not fit. */
  readonly accept: (path: string, body: string) => boolean;
};

export const createCustomResources = (options: {
  /** Where the functions reach this machine, without a slash at the end. */
  readonly baseUrl: string;
  readonly stackId: string;
}): CustomResources => {
  const waiting = new Map<string, (response: Response) => void>();

  return {
    create: async ({ function: handler, resourceType, logicalId, properties, timeoutSeconds }) => {
      const requestId = randomUUID();
      const { promise, resolve, reject } = Promise.withResolvers<Response>();
      waiting.set(requestId, resolve);
      const fail = (reason: string): void => reject(new Error(`${resourceType} (${logicalId}): ${reason}`));
      const timer = setTimeout(fail, timeoutSeconds * 1000, `its function did not answer within ${timeoutSeconds} s`);
      const failIfItFailed = (outcome: InvokeOutcome): void => {
        // CloudFormation itself would wait on for the answer; here nobody is to wait for an hour.
        if (outcome.kind === 'error') fail(`its function failed: ${outcome.error.errorMessage}`);
      };
      const invoked = handler.invoke({
        RequestType: 'Create',
        ServiceToken: handler.arn,
        ResponseURL: `${options.baseUrl}${responsePath}${requestId}`,
        StackId: options.stackId,
        RequestId: requestId,
        LogicalResourceId: logicalId,
        ResourceType: resourceType,
        ResourceProperties: properties,
      });
      void invoked.then(failIfItFailed);
      try {
        const response = await promise;
        if (response.Status === 'SUCCESS')
          return { physicalId: response.PhysicalResourceId, data: response.Data ?? {} };
        throw new Error(`${resourceType} (${logicalId}): ${response.Reason ?? 'FAILED without a reason'}`);
      } finally {
        clearTimeout(timer);
        waiting.delete(requestId);
      }
    },
    accept: (path, body) => {
      const requestId = path.slice(responsePath.length);
      const resolve = waiting.get(requestId);
      const parsed = responseSchema.safeParse(parseJson(body));
      if (resolve === undefined || !parsed.success || parsed.data.RequestId !== requestId) return false;
      resolve(parsed.data);
      return true;
    },
  };
};
