import { randomUUID } from 'node:crypto';
import {
  startLambdaWorker,
  type InvokeOutcome,
  type LambdaWorker,
  type LambdaWorkerOptions,
  type Outcome,
} from './lambda-worker.ts';

export type WorkerPoolOptions = {
  readonly functionName: string;
  readonly timeoutSeconds: number;
  /** Most workers at a time; further invocations wait. AWS's own limit is 1,000 an account, this machine's is lower. */
  readonly maxWorkers: number;
  /** Starts a worker whose SDK calls carry this session token. */
  readonly worker: (sessionToken: string) => LambdaWorkerOptions;
};

/** An invocation that no worker has yet. */
type Waiting = {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  readonly resolve: (outcome: InvokeOutcome) => void;
};

/** The workers of one function. */
export type WorkerPool = {
  readonly options: WorkerPoolOptions;
  /** By session token. */
  readonly workers: Map<string, LambdaWorker>;
  /** Tokens of those that have nothing to do, the one used last at the end. */
  readonly idle: string[];
  readonly queue: Waiting[];
  starting: number;
  closed: boolean;
};

export const newPool = (options: WorkerPoolOptions): WorkerPool => ({
  options,
  workers: new Map(),
  idle: [],
  queue: [],
  starting: 0,
  closed: false,
});

/** Runs an invocation as soon as a worker is free for it. */
export const enqueue = (pool: WorkerPool, waiting: Waiting): void => {
  pool.queue.push(waiting);
  dispatch(pool);
};

const serve = async (pool: WorkerPool, token: string, next: Waiting): Promise<void> => {
  const worker = pool.workers.get(token);
  if (worker === undefined) return;
  const { requestId, event, resolve } = next;
  const outcome = await worker.run({ requestId, event, timeoutMs: pool.options.timeoutSeconds * 1000 });
  if (worker.isAlive()) pool.idle.push(token);
  else pool.workers.delete(token);
  resolve({ ...outcome, requestId });
  dispatch(pool);
};

const start = async (pool: WorkerPool): Promise<void> => {
  if (pool.closed) return;
  pool.starting += 1;
  const token = `local-${pool.options.functionName}-${randomUUID()}`;
  const worker = startLambdaWorker(pool.options.worker(token));
  pool.workers.set(token, worker);
  const failure = await worker.ready;
  pool.starting -= 1;
  if (failure === undefined && worker.isAlive()) {
    pool.idle.push(token);
    dispatch(pool);
    return;
  }
  pool.workers.delete(token);
  void worker.terminate();
  // As in Lambda, the invocation that waited for this start fails with its error.
  const waiting = pool.queue.shift();
  const error = failure ?? { errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited during init' };
  waiting?.resolve({ kind: 'error', error, requestId: waiting.requestId });
  dispatch(pool);
};

/** The worker used last first, as Lambda does: the others stay spare. */
const takeIdle = ({ idle, workers }: WorkerPool): string | undefined => {
  for (let token = idle.pop(); token !== undefined; token = idle.pop()) {
    if (workers.get(token)?.isAlive()) return token;
    workers.delete(token);
  }
  return undefined;
};

const dispatch = (pool: WorkerPool): void => {
  const { queue, workers, options } = pool;
  while (queue.length > 0) {
    const token = takeIdle(pool);
    const next = token === undefined ? undefined : queue.shift();
    if (token === undefined || next === undefined) break;
    void serve(pool, token, next);
  }
  // One start at a time: each takes a core for a tenth of a second, which the workers that run could use.
  if (!pool.closed && queue.length > 0 && pool.starting === 0 && workers.size < options.maxWorkers) void start(pool);
};

/** Loads workers until there are `count`, or as many as there may be. */
export const prewarmPool = async (pool: WorkerPool, count: number): Promise<void> => {
  const missing = Math.min(count, pool.options.maxWorkers) - pool.workers.size;
  for (let started = 0; started < missing; started += 1) await start(pool);
};

/** Ends all threads; what waits gets `outcome`. */
export const closePool = async (pool: WorkerPool, outcome: Outcome): Promise<void> => {
  pool.closed = true;
  for (const { requestId, resolve } of pool.queue.splice(0)) resolve({ ...outcome, requestId });
  await Promise.all([...pool.workers.values()].map((worker) => worker.terminate()));
};
