import { buildSync } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../json.ts';
import type { FunctionError, Invoke, WorkerData, WorkerMessage } from './messages.ts';

/** How one run of a handler ended. `payload` is JSON text. */
export type Outcome =
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: FunctionError };

/** How an invocation ended. */
export type InvokeOutcome = Outcome & { readonly requestId: string };

/** One execution environment of a function: a thread that keeps its memory between invocations. */
export type LambdaWorker = {
  /** Resolves when the bundle is loaded; undefined, or what kept it from loading. */
  readonly ready: Promise<FunctionError | undefined>;
  /** Runs the handler once. Never rejects. The worker must not be busy. */
  readonly run: (invocation: Invoke) => Promise<Outcome>;
  /** False once the thread has ended, for whatever reason. */
  readonly isAlive: () => boolean;
  readonly currentRequestId: () => string | undefined;
  readonly terminate: () => Promise<void>;
};

export type LambdaWorkerOptions = {
  readonly data: WorkerData;
  /** The function's whole environment: nothing of this process's environment is added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onLog: (line: string, requestId: string | undefined) => void;
};

/** Lambda's text: seconds with two decimals. */
const timeoutError = (requestId: string, timeoutMs: number): FunctionError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
});

const exitError = (requestId: string, code: number): FunctionError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`,
});

let module: URL | undefined;

/**
 * `worker.ts` with what it imports, without types, made once: to take the types out anew costs each thread a third of
 * its start.
 */
const workerModule = (): URL => {
  if (module) return module;
  const [file] = buildSync({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    write: false,
  }).outputFiles;
  module = new URL(`data:text/javascript,${encodeURIComponent(file?.text ?? '')}`);
  return module;
};

type Running = { readonly requestId: string; readonly settle: (outcome: Outcome) => void };

/** Sorts what a thread says. */
const listen = (
  thread: Worker,
  heard: Pick<LambdaWorkerOptions, 'onLog'> & {
    readonly ready: () => void;
    readonly settle: (outcome: Outcome) => void;
    readonly fail: (error: FunctionError) => void;
  },
): void => {
  thread.on('message', (message: WorkerMessage) => {
    switch (message.kind) {
      case 'ready':
        heard.ready();
        break;
      case 'init-error':
        heard.fail(message.error);
        break;
      case 'log':
        heard.onLog(message.line, message.requestId);
        break;
      case 'result':
      case 'error':
        heard.settle(message);
        break;
    }
  });
  // An exception outside the handler's promise, or an unhandled rejection: Lambda's runtime dies of it.
  thread.on('error', (error: unknown) => {
    const errorType = error instanceof Error ? error.name : 'Runtime.UnknownError';
    heard.fail({ errorType, errorMessage: messageOf(error) });
  });
};

export const startLambdaWorker = ({ data, environment, onLog }: LambdaWorkerOptions): LambdaWorker => {
  const thread = new Worker(workerModule(), {
    workerData: data,
    env: environment,
    execArgv: [],
    stdin: false,
  });
  const ready = Promise.withResolvers<FunctionError | undefined>();
  let alive = true;
  let running: Running | undefined;

  const settle = (outcome: Outcome): void => {
    const ended = running;
    running = undefined;
    ended?.settle(outcome);
  };

  const fail = (error: FunctionError): void => {
    alive = false;
    ready.resolve(error);
    if (running === undefined) return;
    onLog(error.errorMessage, running.requestId);
    settle({ kind: 'error', error });
  };

  listen(thread, { onLog, ready: () => ready.resolve(undefined), settle, fail });
  thread.on('exit', (code) => fail(exitError(running?.requestId ?? 'init', code)));

  const run = (invocation: Invoke): Promise<Outcome> => {
    const { requestId, timeoutMs } = invocation;
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const timer = setTimeout(() => {
      fail(timeoutError(requestId, timeoutMs));
      void thread.terminate();
    }, timeoutMs);
    running = {
      requestId,
      settle: (outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      },
    };
    thread.postMessage(invocation);
    return promise;
  };

  return {
    ready: ready.promise,
    run,
    isAlive: () => alive,
    currentRequestId: () => running?.requestId,
    terminate: async () => {
      await thread.terminate();
    },
  };
};
