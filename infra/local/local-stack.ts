import { createActivity } from './activity.ts';
import { createFaults } from './aws-endpoint/faults.ts';
import { createClock } from './clock.ts';
import type { ControlTarget } from './control/control-routes.ts';
import type { StreamRecord } from './dynamodb/stream-records.ts';
import type { InvokeOutcome } from './functions/lambda-function.ts';
import { bodyLimitBytes, bodyTooLarge } from './http-api/http-api.ts';
import { gatewayAnswer } from './http-api/response.ts';
import { createJournal, type CallEntry, type LogEntry } from './journal.ts';
import { createRunningStack, type RunningStack, type Surroundings } from './running-stack.ts';
import { dispatch } from './server/dispatch.ts';
import { startHttpServer } from './server/http-server.ts';
import type { Services } from './services.ts';
import { synthesise, type Assembly } from './template/synthesise.ts';

export type LocalStackOptions = {
  /** @default 0 = any free port */
  readonly port?: number;
  /** Where the table survives a restart. @default - in memory */
  readonly dataDirectory?: string;
  /** How email subscriptions are confirmed. @default auto */
  readonly confirm?: 'auto' | 'manual';
  /** What to serve. @default - the CDK app, synthesised in this process */
  readonly assembly?: Assembly;
};

/** The running stack. Beside what HTTP shows, what tests of the stack need. */
export type LocalStack = {
  /** `http://127.0.0.1:<port>`: the API, the control routes and AWS's endpoint. */
  readonly url: string;
  readonly services: Services;
  readonly control: ControlTarget;
  /** Outputs of the template. */
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Resolves when all work under way has ended. */
  readonly idle: () => Promise<void>;
  /** Invokes a function by its folder name. */
  readonly invoke: (name: string, event: unknown) => Promise<InvokeOutcome>;
  /** The records of the table's stream so far, oldest first. */
  readonly streamRecords: () => readonly StreamRecord[];
  /** Hands records to the stream's readers again, as a stream may. */
  readonly redeliver: (records: readonly StreamRecord[]) => void;
  /**
   * Loads workers of each function, so that the first press is as quick as the second.
   * @param workers how many of each; with two, two calls at the same instant really race. @default 1
   */
  readonly prewarm: (workers?: number) => Promise<void>;
  /** Ends all threads and connections. */
  readonly close: () => Promise<void>;
};

const starting = gatewayAnswer(503, 'The local stack is starting');

/** Starts the stack of the template on this machine; rejects, with everything stopped, if the template is refused. */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  // Functions run in UTC, as in Lambda; a thread cannot have another time zone than its process.
  process.env['TZ'] = 'UTC';
  const clock = createClock();
  const logs = createJournal<LogEntry>();
  let stack: RunningStack | undefined;

  // First the port: the functions' environment needs it, and a port in use is said before a second of work.
  const server = await startHttpServer({
    port: options.port ?? 0,
    now: clock.now,
    bodyLimitBytes,
    bodyTooLarge,
    onFault: (line) => logs.add({ at: clock.now().toISOString(), function: 'local-stack', line }),
    answer: async (request) => (stack === undefined ? starting : dispatch(request, stack.doors)),
  });
  let assembly: Assembly | undefined;
  const close = async (): Promise<void> => {
    await Promise.all([stack?.close(), server.close()]);
    await assembly?.dispose();
  };

  try {
    assembly = options.assembly ?? (await synthesise());
    const surroundings: Surroundings = {
      clock,
      logs,
      activity: createActivity(),
      calls: createJournal<CallEntry>(),
      faults: createFaults(),
      confirm: options.confirm ?? 'auto',
      dataDirectory: options.dataDirectory,
      port: server.port,
    };
    stack = await createRunningStack(assembly, surroundings);
    const outputs = await stack.deploy();
    const { services, doors, idle, invoke, streamRecords, redeliver, prewarm } = stack;
    const url = `http://127.0.0.1:${server.port}`;
    return { url, services, control: doors.control, outputs, idle, invoke, streamRecords, redeliver, prewarm, close };
  } catch (error) {
    await close();
    throw error;
  }
};
