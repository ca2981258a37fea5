import { randomUUID } from 'node:crypto';
import type { Activity } from '../activity.ts';
import { startLambdaWorker, type LambdaWorker, type LambdaWorkerOptions, type Outcome } from './lambda-worker.ts';

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

export type InvokeOutcome = Outcome & { readonly requestId: string };

export type LambdaFunctionOptions = {
  readonly name: string;
  readonly functionName: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly accessKeyId: string;
  readonly timeoutSeconds: number;
  /** Most workers at a time; further invocations wait. AWS's own limit is 1,000 an account, this machine's is lower. */
  readonly maxWorkers: number;
  readonly activity: Activity;
  /** Starts a worker whose SDK calls carry this session token. */
  readonly worker: (sessionToken: string) => LambdaWorkerOptions;
};

/** Synchronous invocations: 6 MB of request and of answer, https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const payloadLimitBytes = 6 * 1024 * 1024;

type Waiting = {
  readonly requestId: string;
  readonly event: string;
  readonly resolve: (outcome: InvokeOutcome) => void;
};

const tooLarge = (requestId: string, bytes: number): Outcome => ({
  kind: 'error',
  error: {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `RequestId: ${requestId} Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${payloadLimitBytes} bytes).`,
  },
});

const withinLimit = (requestId: string, outcome: Outcome): Outcome =>
  outcome.kind === 'result' && Buffer.byteLength(outcome.payload) > payloadLimitBytes
    ? tooLarge(requestId, Buffer.byteLength(outcome.payload))
    : outcome;

const stopped: Outcome = {
  kind: 'error',
  error: { errorType: 'ResourceNotFoundException', errorMessage: 'The local stack has been stopped' },
};

export const createLambdaFunction = (options: LambdaFunctionOptions): LambdaFunction => {
  const workers = new Map<string, LambdaWorker>();
  const idle: string[] = [];
  const queue: Waiting[] = [];
  let starting = 0;
  let closed = false;

  const serve = async (token: string, worker: LambdaWorker, next: Waiting): Promise<void> => {
    const { requestId, event } = next;
    const outcome = await worker.run({ requestId, event, timeoutMs: options.timeoutSeconds * 1000 });
    if (worker.isAlive()) idle.push(token);
    else workers.delete(token);
    next.resolve({ ...withinLimit(requestId, outcome), requestId });
    dispatch();
  };

  const start = async (): Promise<void> => {
    if (closed) return;
    starting += 1;
    const token = `local-${options.functionName}-${randomUUID()}`;
    const worker = startLambdaWorker(options.worker(token));
    workers.set(token, worker);
    const failure = await worker.ready;
    starting -= 1;
    if (failure === undefined && worker.isAlive()) {
      idle.push(token);
      dispatch();
      return;
    }
    workers.delete(token);
    void worker.terminate();
    // As in Lambda, the invocation that waited for this start fails with its error.
    const waiting = queue.shift();
    const error = failure ?? { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited during init' };
    waiting?.resolve({ kind: 'error', error, requestId: waiting.requestId });
    dispatch();
  };

  const dispatch = (): void => {
    while (queue.length > 0) {
      // The worker used last first, as Lambda does: the others stay spare.
      const token = idle.pop();
      if (token === undefined) break;
      const worker = workers.get(token);
      if (worker === undefined || !worker.isAlive()) {
        workers.delete(token);
        continue;
      }
      const next = queue.shift();
      if (next !== undefined) void serve(token, worker, next);
    }
    // One start at a time: each takes a core for a tenth of a second, which the workers that run could use.
    if (!closed && queue.length > 0 && starting === 0 && workers.size < options.maxWorkers) void start();
  };

  const invoke = (event: unknown): Promise<InvokeOutcome> =>
    options.activity.track(() => {
      const requestId = randomUUID();
      const { promise, resolve } = Promise.withResolvers<InvokeOutcome>();
      if (closed) {
        resolve({ ...stopped, requestId });
        return promise;
      }
      queue.push({ requestId, event: JSON.stringify(event), resolve });
      dispatch();
      return promise;
    });

  const close = async (): Promise<void> => {
    closed = true;
    for (const { requestId, resolve } of queue.splice(0)) resolve({ ...stopped, requestId });
    await Promise.all([...workers.values()].map((worker) => worker.terminate()));
  };

  const { name, functionName, arn, roleArn, accessKeyId } = options;
  return {
    name,
    functionName,
    arn,
    roleArn,
    accessKeyId,
    invoke,
    requestIdOf: (sessionToken) => workers.get(sessionToken)?.currentRequestId(),
    prewarm: async (count) => {
      const missing = Math.min(count, options.maxWorkers) - workers.size;
      for (let started = 0; started < missing; started += 1) await start();
    },
    close,
  };
};
