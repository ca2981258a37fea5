import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import type { InvokeOutcome, Outcome } from './lambda-worker.ts';
import { closePool, enqueue, newPool, prewarmPool, type WorkerPoolOptions } from './worker-pool.ts';

/** A deployed function. */
export type LambdaFunction = {
  /** The folder it is written in, such as `raise-alert`; in calls and logs. */
  readonly name: string;
  readonly functionName: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly accessKeyId: string;
  /** Runs the handler with a JSON event and waits for its outcome. Never rejects. */
  readonly invoke: (event: unknown) => Promise<InvokeOutcome>;
  /** The request id of the invocation that holds this session token. */
  readonly requestIdOf: (sessionToken: string) => string | undefined;
  /** Loads so many workers ahead of the first invocation. */
  readonly prewarm: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type LambdaFunctionOptions = WorkerPoolOptions & {
  readonly name: string;
  readonly functionName: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly accessKeyId: string;
  readonly activity: Activity;
};

/** Synchronous invocations: 6 MB of request and of answer, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const payloadLimitBytes = 6 * 1024 * 1024;

const tooLarge = (requestId: string, bytes: number): Outcome => ({
  kind: 'error',
  error: {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `RequestId: ${requestId} Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`,
  },
});

const withinLimit = (outcome: InvokeOutcome): InvokeOutcome => {
  const { requestId } = outcome;
  const bytes = outcome.kind === 'result' ? Buffer.byteLength(outcome.payload) : 0;
  return bytes > payloadLimitBytes ? { ...tooLarge(requestId, bytes), requestId } : outcome;
};

const stopped: Outcome = {
  kind: 'error',
  error: { errorType: 'ResourceNotFoundException', errorMessage: 'The local stack has been stopped' },
};

export const createLambdaFunction = (options: LambdaFunctionOptions): LambdaFunction => {
  const { name, functionName, arn, roleArn, accessKeyId, activity } = options;
  const pool = newPool(options);
  const invoke = (event: unknown): Promise<InvokeOutcome> =>
    activity.track(async () => {
      const requestId = randomUUID();
      if (pool.closed) return { ...stopped, requestId };
      const { promise, resolve } = Promise.withResolvers<InvokeOutcome>();
      enqueue(pool, { requestId, event: JSON.stringify(event), resolve });
      return withinLimit(await promise);
    });
  return {
    name,
    functionName,
    arn,
    roleArn,
    accessKeyId,
    invoke,
    requestIdOf: (sessionToken) => pool.workers.get(sessionToken)?.currentRequestId(),
    prewarm: (count) => prewarmPool(pool, count),
    close: () => closePool(pool, stopped),
  };
};
