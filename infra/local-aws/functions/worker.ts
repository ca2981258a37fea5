/** The thread of one function: what Lambda's Node runtime is to a handler. Runs one invocation at a time. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { isObject } from '../json.ts';
import type { FunctionError, Invoke, WorkerData, WorkerMessage } from './messages.ts';
import { captureOutput } from './worker-output.ts';
import { followLocalClock, resolveLoopbackNames } from './worker-surroundings.ts';

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only');

const isWorkerData = (value: unknown): value is WorkerData =>
  isObject(value) && typeof value['bundlePath'] === 'string';
const received: unknown = workerData;
if (!isWorkerData(received)) throw new Error('worker.ts was started without its data');
const data = received;
const send = (message: WorkerMessage): void => port.postMessage(message);

let currentRequestId: string | undefined;
const log = (line: string): void =>
  send({ kind: 'log', line, ...(currentRequestId === undefined ? {} : { requestId: currentRequestId }) });

followLocalClock(data.clockOffset);
resolveLoopbackNames();
captureOutput(log);

const describe = (error: unknown): FunctionError =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: 'Runtime.UnknownError', errorMessage: String(error) };

type Handler = (event: unknown, context: unknown) => unknown;
const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const loadHandler = async (): Promise<Handler> => {
  const bundle: unknown = await import(pathToFileURL(data.bundlePath).href);
  const handler = isObject(bundle) ? bundle[data.exportName] : undefined;
  if (isHandler(handler)) return handler;
  throw new Error(`${data.bundlePath} exports no function ${data.exportName}`);
};

const contextOf = ({ requestId, timeoutMs }: Invoke): Record<string, unknown> => {
  const deadline = performance.now() + timeoutMs;
  return {
    awsRequestId: requestId,
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memoryMegabytes),
    logGroupName: `/aws/lambda/${data.functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
};

const run = async (handler: Handler, invocation: Invoke): Promise<void> => {
  const { requestId } = invocation;
  currentRequestId = requestId;
  try {
    const result: unknown = await handler(JSON.parse(invocation.event), contextOf(invocation));
    send({ kind: 'result', requestId, payload: result === undefined ? 'null' : JSON.stringify(result) });
  } catch (error) {
    const described = describe(error);
    log(JSON.stringify({ timestamp: new Date().toISOString(), level: 'ERROR', requestId, message: described }));
    send({ kind: 'error', requestId, error: described });
  }
};

try {
  const handler = await loadHandler();
  port.on('message', (invocation: Invoke) => {
    void run(handler, invocation);
  });
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'init-error', error: describe(error) });
}
