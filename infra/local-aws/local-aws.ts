import { createActivity } from './activity.ts';
import type { Assembly } from './assembly.ts';
import { createFaults } from './aws-endpoint/faults.ts';
import { createClock } from './clock.ts';
import { createStack, type DeployedStack, type StackInMaking } from './deployed-stack.ts';
import { bodyLimitBytes, bodyTooLarge } from './http-api/http-api.ts';
import { gatewayAnswer } from './http-api/response.ts';
import { createJournal, type CallEntry, type LogEntry } from './journal.ts';
import { localUrlOf } from './platform.ts';
import { dispatch } from './server/dispatch.ts';
import { startHttpServer, type HttpAnswer, type HttpRequest } from './server/http-server.ts';
import type { Surroundings } from './surroundings.ts';

export type LocalAwsOptions = {
  /** @default 0 = any free port */
  readonly port?: number | undefined;
  /** Where the table survives a restart. @default - in memory */
  readonly dataDirectory?: string | undefined;
  /** How email subscriptions are confirmed. @default auto */
  readonly confirm?: 'auto' | 'manual' | undefined;
  /** Whether schedules fire as time goes by, or only when somebody advances the clock. @default real-time */
  readonly schedules?: 'real-time' | 'when-advanced' | undefined;
  /** How the journals call a function of the template. @default - its logical id */
  readonly functionName?: (logicalId: string) => string;
  /**
   * Answers requests that are the host's own, such as a console. Those that it answers with undefined go on to SNS's
   * links and to the template's HTTP API. @default - the host has none
   */
  readonly answer?: (request: HttpRequest) => Promise<HttpAnswer | undefined>;
};

/** AWS on this machine, behind one port of 127.0.0.1. */
export type LocalAws = {
  /** `http://127.0.0.1:<port>`: AWS's endpoint, the template's HTTP API and what the host answers. */
  readonly url: string;
  /** Serves a stack, one in a lifetime; rejects if the template has what is not understood. */
  readonly deploy: (assembly: Assembly) => Promise<DeployedStack>;
  /** Ends all threads and connections. */
  readonly close: () => Promise<void>;
};

/** What is answered as long as nothing is deployed. */
export const starting = gatewayAnswer(503, 'The local stack is starting');

/** Listens before anything is deployed: functions need the port, and a port in use is said before a second of work. */
export const startLocalAws = async (options: LocalAwsOptions = {}): Promise<LocalAws> => {
  // Functions run in UTC, as in Lambda; a thread cannot have another time zone than its process.
  process.env['TZ'] = 'UTC';
  const clock = createClock();
  const logs = createJournal<LogEntry>();
  let stack: StackInMaking | undefined;

  const server = await startHttpServer({
    port: options.port ?? 0,
    now: clock.now,
    bodyLimitBytes,
    bodyTooLarge,
    onFault: (line) => logs.add({ at: clock.now().toISOString(), function: 'local-stack', line }),
    answer: async (request) =>
      stack === undefined ? starting : dispatch(request, stack.doors, options.answer ?? (async () => undefined)),
  });
  const surroundings: Surroundings = {
    clock,
    logs,
    activity: createActivity(),
    calls: createJournal<CallEntry>(),
    faults: createFaults(),
    confirm: options.confirm ?? 'auto',
    schedules: options.schedules ?? 'real-time',
    dataDirectory: options.dataDirectory,
    port: server.port,
    functionName: options.functionName ?? ((logicalId) => logicalId),
  };
  return {
    url: localUrlOf(server.port),
    deploy: async (assembly) => {
      stack = await createStack(assembly, surroundings);
      return stack.deploy();
    },
    close: async () => {
      await Promise.all([stack?.close(), server.close()]);
    },
  };
};
